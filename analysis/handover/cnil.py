"""An impact in, the items of the CNIL's online form out, in its words and order, to be copied one by one. The words are French in
every language, as the form is; they come from a third party's copy of it, completed from memory: a person compares them."""

from collections.abc import Iterator

from analysis.assess.clock import clock, told_at
from analysis.assess.severity import declared
from analysis.declare.moments import moment
from analysis.ground.words import Words, say
from analysis.handover.authority import lacking
from analysis.handover.form import OPEN
from analysis.model import Impact, Incident
from analysis.model.codes import DutyState
from analysis.render import Block, Document, Heading, Note, Table
from analysis.report.declared import LABELS
from analysis.report.front import hour, kinds_exposed, made, told_categories
from analysis.rules.kinds import kinds

UNKNOWN = "Ne sait pas pour l'instant"
ORIGINS = {
    "exfiltration": "Piratage, logiciel malveillant (par exemple rançongiciel) et/ou hameçonnage",
    "ransomware": "Piratage, logiciel malveillant (par exemple rançongiciel) et/ou hameçonnage",
    "deception": "Piratage, logiciel malveillant (par exemple rançongiciel) et/ou hameçonnage",
    "loss": "Equipement perdu ou volé",
    "mistake": "Données personnelles envoyées à un mauvais destinataire",
    "insider": "Autre",
    "unknown": "Inconnu",
}
PEOPLE = {
    "hospital": "patients",
    "psychiatry": "patients",
    "oncology": "patients",
    "laboratory": "patients",
    "pharmacy": "patients",
    "employer": "employés",
    "school": "étudiants / élèves",
    "operator": "abonnés",
    "administration": "utilisateurs",
    "social": "personnes vulnérables",
    "belief": "autres",
    "unknown": "pas encore déterminé",
}
BANDS = (
    (5, "Entre 0 et 5 personnes"),
    (50, "Entre 6 et 50 personnes"),
    (300, "Entre 51 et 300 personnes"),
    (5000, "Entre 301 et 5000 personnes"),
)
MOST = "Plus de 5000 personnes"
LEVELS = {"low": "négligeable", "medium": "limitée", "high": "importante", "very_high": "maximale"}
HARMS = {
    "identity_fraud": "vol d'identité",
    "social_security_fraud": "fraude",
    "phishing": "fraude",
    "sms_lure": "fraude",
    "phone_scam": "fraude",
    "blackmail": "atteinte à la réputation",
    "unwanted_visit": "atteinte à la vie privée",
    "account_takeover": "vol d'identité",
    "sim_swap": "pertes financières",
}
INSIDE = frozenset({"insider", "mistake", "loss"})  # causes that begin in the house
Item = tuple[str, str]


def cnil(impact: Impact, words: Words) -> Document:
    """Section by section: the item of the form, and what to put there."""
    blocks: list[Block] = [
        Note(
            words(
                "Prepared for the CNIL's online form: the items are told from a third party's copy of it and from memory "
                "(unverified). Compare each with the form."
            )
        )
    ]
    for title, items in sections(impact, words):
        rows = tuple((name, value or f"[{words(OPEN)}]") for name, value in items)
        blocks += [Heading(title), Table((words("Item of the form"), words("Answer")), rows)]
    missing = [say(LABELS[name]) for name in dict.fromkeys(lacking(impact))]
    return made(impact, words, words("Prepared for the CNIL's online form"), blocks, missing=missing)


def band(people: int) -> str:
    """How the CNIL's open data count people."""
    return next((text for most, text in BANDS if people <= most), MOST)


def sections(impact: Impact, words: Words) -> Iterator[tuple[str, list[Item]]]:
    incident, people, verdict = impact.incident, impact.people, impact.verdict
    kind = "complémentaire" if told_at(incident) else "initiale" if lacking(impact) else "complète"
    yield (
        "Type de notification",
        [
            ("Notification", kind),
            ("Organisme", "" if incident.template else incident.controller),
            ("Coordonnées de l'organisme", incident.contact_details),
            ("Délégué à la protection des données", ", ".join(filter(None, (incident.dpo, incident.dpo_contact)))),
            ("Sous-traitants", "; ".join(incident.processors) or "Aucun déclaré"),
        ],
    )
    yield "Dates", dates(incident, words)
    yield "Origine", [("Origine de l'incident", ORIGINS[incident.cause]), ("Cause de l'incident", cause(incident))]
    yield "Nature", [("Nature de la violation", " · ".join(losses(incident)))]
    yield (
        "Personnes concernées",
        [
            ("Catégories", categories(impact)),
            ("Nombre approximatif de personnes", words.number(people.best)),
            ("Tranche (données ouvertes de la CNIL)", band(people.best)),
            ("Nombre d'enregistrements", words.number(people.exposure.leak.rows)),
            ("Identifiables directement", "oui" if impact.verdict.severity.ei >= 1 else "non"),
        ],
    )
    codes = kinds_exposed(impact)
    items = dict.fromkeys(kinds()[code].cnil for code in codes if kinds()[code].cnil)
    yield (
        "Données",
        [
            ("Données concernées", "; ".join(items)),
            ("Données sensibles", "Oui" if sensitive(codes) or told_categories(impact) else "Non"),
        ],
    )
    harms = dict.fromkeys(
        ["perte de contrôle", *(HARMS[c] for c, _, some, most in verdict.scenarios if some + most and c in HARMS)]
    )
    yield (
        "Conséquences",
        [
            ("Pour la confidentialité", "diffusées plus que nécessaire, hors de la maîtrise des personnes"),
            ("Préjudices possibles", "; ".join(harms)),
            ("Gravité", LEVELS[verdict.declared.band] if declared(incident) else UNKNOWN),
        ],
    )
    yield (
        "Mesures",
        [
            ("Mesures avant la violation", "; ".join(incident.before)),
            ("Mesures immédiates", "; ".join(incident.measures)),
            ("Mesures de prévention", "; ".join(incident.prevention)),
        ],
    )
    yield (
        "Communication aux personnes",
        [
            ("Information des personnes", informed(impact)),
            ("Date", words.day(incident.informed) if incident.informed else UNKNOWN),
            ("Autres autorités", "; ".join(incident.authorities) or UNKNOWN),
            ("Traitement transfrontalier", UNKNOWN),
        ],
    )


def dates(incident: Incident, words: Words) -> list[Item]:
    def at(text: str) -> str:
        return hour(moment(text, incident.time_zone), words) if text else ""

    known = clock(incident)
    return [
        ("Découverte de la violation", at(incident.discovered or incident.aware)),
        ("Prise de connaissance", hour(known.aware, words) if known else ""),
        ("Début de la violation", at(incident.started) or (words.day(incident.breach_date) if incident.breach_date else UNKNOWN)),
        ("Fin de la violation", at(incident.ended) or UNKNOWN),
        ("Circonstances de la découverte", incident.discovery),
        ("Description", incident.circumstances),
        *([("Motifs du retard", incident.late)] if incident.late else []),
    ]


def cause(incident: Incident) -> str:
    if incident.malicious is None:
        return "Inconnu"
    inside = incident.cause in INSIDE or (incident.cause == "unknown" and not incident.malicious)
    return f"Acte {'interne' if inside else 'externe'} {'malveillant' if incident.malicious else 'accidentel'}"


def losses(incident: Incident) -> Iterator[str]:
    yield "Perte de la confidentialité"
    if incident.integrity:
        yield "Perte de l'intégrité"
    if incident.availability:
        yield "Perte de la disponibilité"


def categories(impact: Impact) -> str:
    found = [PEOPLE.get(impact.incident.nature, "clients (actuels ou potentiels)")]
    if impact.verdict.minors:
        found.append("mineurs")
    if impact.verdict.over_75:
        found.append("personnes vulnérables")
    return "; ".join(found)


def sensitive(codes: list[str]) -> bool:
    return any(kinds()[code].gdpr == "special" for code in codes)


def informed(impact: Impact) -> str:
    states = impact.verdict.states
    if impact.incident.informed:
        return "Oui, les personnes ont été informées"
    if states.get("people") is DutyState.DUE:
        return "Non, mais elles le seront"
    return "Non ils ne le seront pas" if states.get("people") is DutyState.NOT_DUE else "Non déterminé pour le moment"
