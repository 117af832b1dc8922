"""An Impact in, the same incident by other methods out, side by side, each with its status. None of them decides: the tests
of the law remain GDPR Articles 33(1) and 34(1)."""

from dataclasses import dataclass

from analysis.assess.precedents import Precedent, nearest
from analysis.assess.scenarios import CARE, HEALTH
from analysis.assess.severity import declared
from analysis.ground.words import Said, listed, say
from analysis.model import Impact, Incident
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Case, Edpb

CNIL = {"low": say("Negligible"), "medium": say("Limited"), "high": say("Significant"), "very_high": say("Maximum")}
CNIL_LABEL = say("CNIL, four levels")
CNIL_STATUS = say("Levels of the CNIL; their mapping from ENISA's bands and the likelihood are our convention.")
UNDECLARED = say("Not said before it is declared where the file comes from, who received it, and whether harm was meant.")
LIKELIHOOD = tuple(CNIL.values())  # the same four words
NIST = (say("Low"), say("Moderate"), say("High"))
OUTCOMES = {
    (True, True): say("document, notify the authority, inform the people"),
    (True, False): say("document and notify the authority"),
    (False, False): say("documented, and nobody told"),
}
RECIPIENTS = {
    "none": say("nobody is known"),
    "known": say("known recipients"),
    "unknown": say("an unknown number of recipients"),
    "undeclared": say("not declared"),
}
MANY_HIPAA = 500
FINANCE = frozenset({"national_id", "id_document", "insurance_number", "bank_account", "credit_card", "income"})
FINANCE_DECLARED = frozenset({"nir", "bank_account", "payment_card", "income"})
HEALTH_DECLARED = frozenset({"prescription", "diagnosis", "treatment", "treating_doctor", "death_certificate"})


@dataclass(frozen=True, slots=True)
class Lens:
    """One method: what it is and how sure its source is, what it says, and why."""

    code: str
    label: Said
    status: Said
    result: Said
    reasons: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Aepd:
    """Annex III of the guide of 2018 of the Spanish authority: score = volume x type x impact."""

    volume: int
    type: int
    impact: int

    @property
    def score(self) -> int:
        return self.volume * self.type * self.impact

    @property
    def circumstances(self) -> int:
        """How many of the three qualitative circumstances hold."""
        return (self.volume > 3) + (self.type > 1) + (self.impact > 4)

    @property
    def authority(self) -> bool:
        return self.score > 20 and self.circumstances >= 2

    @property
    def people(self) -> bool:
        return self.score > 40 and self.circumstances >= 2


def all_lenses(impact: Impact) -> tuple[Lens, ...]:
    return (cnil(impact), edpb(impact), decisions(impact), aepd_lens(impact), nist(impact), hipaa(impact))


def cnil(impact: Impact) -> Lens:
    if not declared(impact.incident):
        return Lens("cnil", CNIL_LABEL, CNIL_STATUS, UNDECLARED)
    level = likelihood(impact.incident)
    severity = CNIL[impact.verdict.declared.band]
    result = (
        say("Severity: {severity}. Likelihood: not declared.", severity=severity)
        if level is None
        else say("Severity: {severity}. Likelihood: {likelihood}.", severity=severity, likelihood=LIKELIHOOD[level - 1])
    )
    return Lens(
        "cnil",
        CNIL_LABEL,
        CNIL_STATUS,
        result,
    )


def likelihood(incident: Incident) -> int | None:
    """1 seems impossible ... 4 extremely easy (our convention): how many hold the file, and whether they mean harm."""
    if incident.disclosure == "undeclared":
        return None
    level = {"none": 1, "known": 2, "unknown": 3}[incident.disclosure] + bool(incident.malicious)
    return 1 if incident.unintelligible else min(level, 4)


def data_level(impact: Impact, declared: bool = True) -> int:
    """1 ordinary, 2 identity numbers or finance, 3 health or another special category: in the file, or (`declared`) outside
    it."""
    here = {field.kind for field in impact.people.exposure.every if field.valid}
    beside = set(impact.incident.other_categories) if declared else set[str]()
    if here & (HEALTH | {"ethnicity"}) or beside & HEALTH_DECLARED:
        return 3
    return 2 if here & FINANCE or beside & FINANCE_DECLARED else 1


def edpb(impact: Impact) -> Lens:
    found = precedents(impact) if declared(impact.incident) or impact.incident.cause != "unknown" else ()
    said = [beside_said(item, say("case {n}", n=item.case.number)) for item in found]
    first = found[0].case if found else None
    result = (
        say(
            "Nearest published case: {number}, {title}. There: {outcome}.",
            number=first.number,
            title=say(first.title),
            outcome=OUTCOMES[first.authority, first.inform],
        )
        if first
        else (say("No published case is near.") if declared(impact.incident) else UNDECLARED)
    )
    status = say("Outcomes as published; facts of most cases and our measure of nearness are unverified.")
    return Lens("edpb", say("EDPB Guidelines 01/2021, 18 cases"), status, result, tuple(said))


def decisions(impact: Impact) -> Lens:
    known = declared(impact.incident) or impact.incident.cause != "unknown"
    found = precedents(impact, load(Edpb).decision) if known else ()
    result = (
        say("{title}: {outcome}.", title=say(found[0].case.title), outcome=say(found[0].case.outcome))
        if found
        else (say("No known decision is near.") if known else UNDECLARED)
    )
    said = tuple(beside_said(item, say(item.case.title)) for item in found)
    status = say("Facts from press releases and decisions; our measure of nearness is unverified.")
    return Lens("decisions", say("Decisions and large breaches in France"), status, result, said)


def precedents(impact: Impact, cases: tuple[Case, ...] | None = None) -> tuple[Precedent, ...]:
    """The published cases (or these) that are nearest to the incident as it is declared."""
    people = max(impact.people.best, impact.incident.claimed_people)
    return nearest(impact.incident, data_level(impact, declared=False), people, cases)


def beside_said(item: Precedent, title: Said) -> Said:
    agrees = listed(item.agrees) if item.agrees else say("nothing")
    differs = listed(item.differs) if item.differs else say("nothing")
    return say("{title}: agrees: {agrees}; differs there: {differs}", title=title, agrees=agrees, differs=differs)


def aepd(records: int, sensitive: bool, impact: int) -> Aepd:
    """`impact`: 2 none, 4 internal, 6 external, 8 public, 10 unknown. A bound belongs to the lower band (our convention): 100
    is 2, a million 4."""
    volume = (
        1 if records < 100 else next((level for level, most in ((2, 1_000), (3, 100_000), (4, 1_000_000)) if records <= most), 5)
    )
    return Aepd(volume, 2 if sensitive else 1, impact)


def aepd_lens(impact: Impact) -> Lens:
    incident = impact.incident
    spread = {"none": 2, "known": 6, "undeclared": 10, "unknown": 8 if incident.malicious else 10}[incident.disclosure]
    found = aepd(
        max(impact.people.exposure.leak.rows, incident.claimed_people), data_level(impact) == 3 or incident.nature in CARE, spread
    )
    told = say("notify and inform") if found.people else say("notify") if found.authority else say("below its thresholds")
    result = say("{v} × {t} × {i} = {score}: {what}.", v=found.volume, t=found.type, i=found.impact, score=found.score, what=told)
    return Lens(
        "aepd", say("AEPD, guide of 2018"), say("Historic: the guide of 2021 replaced it. Values from one public source."), result
    )


def nist(impact: Impact) -> Lens:
    incident, found = impact.incident, impact.verdict.declared
    people = max(impact.people.best, incident.claimed_people)
    factors = (
        (say("identifiability"), 2 if found.ei >= 1 else 1 if found.ei >= 0.5 else 0),
        (say("quantity"), 0 if people < 100 else 1 if people < 10_000 else 2),
        (say("sensitivity of the fields"), 0 if found.dpc <= 1 else 1 if found.dpc <= 3 else 2),
        (say("context of use"), 2 if incident.nature in CARE else 0 if incident.nature in ("unknown", "shop") else 1),
        (say("obligation to protect"), 2 if incident.nature in CARE else 1),
        (say("access to the data"), {"none": 0, "known": 1}.get(incident.disclosure, 2)),
    )
    highest = max(level for _, level in factors)
    reasons = tuple(say("{factor}: {level}", factor=said, level=NIST[level]) for said, level in factors)
    return Lens(
        "nist",
        say("NIST SP 800-122 (2010)"),
        say("Six factors of the text; it has no formula: the highest is our convention."),
        say("{level}.", level=NIST[highest]),
        reasons,
    )


def hipaa(impact: Impact) -> Lens:
    letters = sorted({letter for field in impact.people.exposure.every if field.valid for letter in kinds()[field.kind].hipaa})
    people = max(impact.people.best, impact.incident.claimed_people)
    result = say(
        "{n} of the 18 Safe Harbor identifiers are exposed: {letters}.", n=len(letters), letters=", ".join(letters) or "–"
    )
    reasons = [
        say(
            "nature and extent: {what}",
            what=say("direct identifiers are exposed") if impact.verdict.declared.ei >= 1 else say("no full identity is exposed"),
        ),
        say("who received it: {what}", what=RECIPIENTS[impact.incident.disclosure]),
        say("acquired or viewed: {what}", what=say("not declared") if impact.incident.malicious is None else say("presumed")),
        say("risk mitigated: {n} measures declared", n=len(impact.incident.measures)),
    ]
    if people >= MANY_HIPAA:
        reasons.append(say("from {n} people on, the health authority and the media are told as well", n=MANY_HIPAA))
    return Lens(
        "hipaa",
        say("HIPAA (United States)"),
        say("Only for entities under that law; wording of the four factors unverified."),
        result,
        tuple(reasons),
    )
