"""ENISA 2013, *Recommendations for a methodology of the assessment of severity of personal data breaches*: the formula, the
bands, and the inputs of one incident. All values are multiples of 0.25, so equality of floats is safe."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.assess.context import Minors, class_scores, in_words
from analysis.ground.words import Said, Score, say
from analysis.model import Exposure, Incident, Severity
from analysis.model.codes import Band
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Severity as SeverityRules

# Of ENISA, from the lowest, and their names.
BAND_LABELS = {str(band): band.said for band in Band}
BANDS = tuple(BAND_LABELS)
FLAG_PEOPLE = 100


def score(dpc: int, ei: float, cb: float) -> float:
    """SE = DPC x EI + CB, between 0.25 and 6."""
    return dpc * ei + cb


def band_of(se: float) -> str:
    """Low < 2 <= medium < 3 <= high < 4 <= very high."""
    return max(BANDS, key=lambda band: (se >= load(SeverityRules).bands[band], BANDS.index(band)))


def grave(bands: Iterable[tuple[str, int]]) -> int:
    """Persons of high or very high severity. `bands`: band, persons."""
    return sum(people for band, people in bands if band in BANDS[2:])


def circumstances(incident: Incident) -> float:
    """CB = C + I + A + M, each 0, 0.25 or 0.5 (M: 0 or 0.5). What is not declared counts 0."""
    malice = 0.5 if incident.malicious else 0.0
    return load(SeverityRules).disclosure[incident.disclosure] + incident.integrity + incident.availability + malice


def declared(incident: Incident) -> bool:
    """Whether a person has said enough for the severity to be more than a minimum."""
    return incident.nature != "unknown" and incident.disclosure != "undeclared" and incident.malicious is not None


def at_worst(incident: Incident) -> Incident:
    """The same with all that is not declared at its worst; itself once enough is declared."""
    if declared(incident):
        return incident
    natures = load(SeverityRules).nature
    return replace(
        incident,
        nature=max(natures, key=lambda code: natures[code].dpc) if incident.nature == "unknown" else incident.nature,
        disclosure="unknown" if incident.disclosure == "undeclared" else incident.disclosure,
        malicious=incident.malicious is not False,
        integrity=incident.integrity or 0.5,
        availability=incident.availability or 0.5,
    )


def context(incident: Incident, minors: bool = False) -> int:
    """DPC of civil status and contact details that come from a controller of this nature."""
    nature = load(SeverityRules).nature[incident.nature]
    return nature.minors if minors else nature.dpc


def declared_context(incident: Incident) -> int:
    """The highest DPC of the categories declared outside the file; 1 when there is none."""
    return max((load(SeverityRules).category[item] for item in incident.other_categories), default=1)


def incident_severity(exposure: Exposure, incident: Incident, ei: float, minors: Minors) -> tuple[Severity, Severity]:
    """Severity for the file at hand, and for the incident with the categories declared outside it."""
    cb = circumstances(incident)
    classes = class_scores(exposure, incident, minors)
    worst = max(classes, key=lambda item: (item.final, item.base))
    by_hand = next(((score, why) for what, score, why in incident.overrules if what == "ei"), None)
    known = say("EI {ei}: {what}", ei=Score(ei), what=identification(exposure))
    if by_hand:
        ei = by_hand[0]
        known = say("EI {ei}, decided by hand: {why}", ei=Score(ei), why=by_hand[1][:200])
    ends = [known, say("CB {cb}: {what}", cb=Score(cb), what=circumstances_said(incident))]
    others = [in_words(item) for item in classes if item is not worst]
    doubts = [move.said for item in classes for move in item.moves if not move.applied]
    sample = severity_of(worst.final, ei, cb, [in_words(worst), *others, *ends, *doubts])
    wider = max(worst.final, declared_context(incident))
    more = say("DPC {dpc}: with the categories declared outside the file", dpc=wider)
    return sample, severity_of(wider, ei, cb, [more, *ends]) if wider > worst.final else sample


def severity_of(dpc: int, ei: float, cb: float, reasons: list[Said]) -> Severity:
    se = score(dpc, ei, cb)
    return Severity(dpc, ei, cb, se, band_of(se), tuple(reasons))


def identification(exposure: Exposure) -> Said:
    found = {field.kind for field in exposure.every}
    if {"last_name", "first_name"} <= found or "full_name" in found:
        more = [kinds()[kind].said for kind in ("birth_date", "email", "address") if kind in found]
        if more:
            return say("full name with {kind}", kind=more[0])
        return say("full name alone: the frequency of each name decides")
    if found & {"email", "phone", "address", "person_id"}:
        return say("contact details or a number, without a full name")
    return say("no direct identifier")


def circumstances_said(incident: Incident) -> Said:
    if incident.disclosure == "undeclared" and incident.malicious is None:
        return say("circumstances not declared, counted 0: this severity is a minimum")
    known = {
        "undeclared": say("recipients not declared"),
        "none": say("no evidence of access"),
        "known": say("known recipients"),
        "unknown": say("an unknown number of recipients"),
    }[incident.disclosure]
    if incident.malicious:
        return say("{recipients}, with malicious intent", recipients=known)
    return say("{recipients}, without declared malice", recipients=known)


def flags(incident: Incident, people: int) -> tuple[Said, ...]:
    """ENISA's two flags, which never change the number; and what is declared against what the file says."""
    found: list[Said] = []
    if 0 < incident.claimed_people < people:
        found.append(
            say(
                "{claimed} people were declared, but the file holds {n}: one of the two is wrong.",
                claimed=incident.claimed_people,
                n=people,
            )
        )
    if people > FLAG_PEOPLE:
        found.append(say("More than {n} individuals (flag of the method; threshold unverified)", n=FLAG_PEOPLE))
    if incident.unintelligible:
        found.append(say("The data are unintelligible (encrypted, key safe): the practical effect may be far lower"))
    return tuple(found)
