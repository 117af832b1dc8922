"""What a person declared of the incident in, a page of the report and a part of the JSON out: on what every figure stands."""

from dataclasses import asdict, fields
from datetime import date, datetime

from analysis import __version__
from analysis.ground.now import now
from analysis.ground.words import Words, mark
from analysis.model import NOT_YET, Impact, Incident
from analysis.model.codes import CATEGORIES, CAUSES, DISCLOSURES, FOUND_BY, LINES, LOSSES, MALICE, MOMENTS, NATURES, POLICE, TEXTS
from analysis.report.sheet import Cell, Page

LABELS = {
    "controller": mark("Controller"),
    "nature": mark("Nature of the controller"),
    "breach_date": mark("Day of the breach"),
    "aware": MOMENTS["aware"],
    "started": MOMENTS["started"],
    "ended": MOMENTS["ended"],
    "discovered": MOMENTS["discovered"],
    "time_zone": mark("Time zone"),
    "cause": mark("Cause"),
    "disclosure": mark("Recipients"),
    "integrity": mark("Data altered"),
    "availability": mark("Data out of reach"),
    "malicious": mark("Intent"),
    "other_categories": mark("Declared beside the file"),
    "claimed_people": mark("People claimed"),
    "unintelligible": mark("Unintelligible (encrypted, key safe)"),
    "public": mark("Public before"),
    **TEXTS,
    **LINES,
    "found_by": mark("Found out"),
    "informed": mark("People told on"),
    "informed_people": mark("People whom the messages reached"),
    "police": mark("Complaint"),
    "processor": mark("Processed for another controller"),
    "notified": mark("Authority told"),
    "overrules": mark("Decided by hand"),
}


def incident_page(impact: Impact, words: Words, at: datetime | None = None) -> Page:
    """What was declared, which file it is about, and when and with what it was written."""
    incident, leak, before = impact.incident, impact.people.exposure.leak, Incident()
    told = [name for name in LABELS if getattr(incident, name) != getattr(before, name)]
    rows: list[tuple[Cell, ...]] = [(words(LABELS[name]), shown(name, getattr(incident, name), words)) for name in told]
    rows += [
        (words("File"), leak.name),
        (words("SHA-256 of the file"), leak.sha256),
        (words("Version"), f"Ampleur {__version__}"),
        (words("Written"), (at or now()).isoformat(sep=" ", timespec="minutes")),
    ]
    said = (
        words("What was declared; all other figures come from the file.")
        if told
        else words("Nothing was declared of the incident.")
    )
    return Page(words("Incident"), said, (words("Item"), words("Value")), tuple(rows))


def shown(name: str, value: object, words: Words) -> Cell:
    match name, value:
        case "nature", str():
            return words(NATURES[value])
        case "cause", str():
            return words(CAUSES[value])
        case "notified", text if text == NOT_YET:
            return words("not yet")
        case "disclosure", str():
            return words(DISCLOSURES[value])
        case "malicious", bool():
            return words(MALICE["yes" if value else "no"])
        case "found_by", str():
            return words(FOUND_BY[value])
        case "police", bool():
            return words(POLICE["yes" if value else "no"])
        case "integrity" | "availability", float():
            return words(LOSSES[f"{value:g}"])
        case "other_categories", tuple():
            return ", ".join(words(CATEGORIES[str(item)]) for item in value)
        case "overrules", tuple():
            return "; ".join(f"{what}: {score:g} ({reason})" for what, score, reason in value)
        case _, tuple():
            return "; ".join(map(str, value))
        case _, bool():
            return words("yes") if value else words("no")
        case _, date():
            return words.day(value)
        case _, int() | float() | str():
            return value
        case _:
            return ""


def incident_json(incident: Incident) -> dict[str, object]:
    """Every item, as it is declared or not."""
    found = asdict(incident)
    return {item.name: day.isoformat() if isinstance(day := found[item.name], date) else day for item in fields(Incident)}
