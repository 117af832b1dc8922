"""An impact in, what is kept and passed on beside the notification out: the entry of the register (Article 33(5)), the note of a
processor to its controllers (33(2)), the dated checklist, and VERIS for incident teams."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

from analysis import __version__
from analysis.assess.severity import BAND_LABELS, declared
from analysis.ground.now import now
from analysis.ground.whole import whole
from analysis.ground.words import Words, mark, say
from analysis.handover.summary import consequences
from analysis.model import Impact, Incident
from analysis.model.codes import CAUSES, DutyState
from analysis.render import Document, Heading, Items, Note, Paragraph, Table
from analysis.render.safe import plain
from analysis.report.front import deadline, kinds_exposed, kinds_said, made, sentence
from analysis.report.ledger import guarded
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.papers import Veris

Entry = tuple[tuple[str, str], ...]
REGISTER = (  # what Article 33(5) and the CNIL ask of a register
    ("reference", mark("Reference")),
    ("controller", mark("Controller")),
    ("started", mark("Began")),
    ("ended", mark("Ended")),
    ("discovered", mark("Discovered")),
    ("aware", mark("Aware")),
    ("notified", mark("Authority told")),
    ("nature", mark("Nature of the breach")),
    ("cause", mark("Cause")),
    ("facts", mark("Facts")),
    ("people_categories", mark("Categories of people")),
    ("people", mark("Number of people")),
    ("records", mark("Number of records")),
    ("data", mark("Data")),
    ("effects", mark("Effects")),
    ("risk", mark("Level of risk")),
    ("reasoning", mark("Reasoning")),
    ("measures", mark("Measures")),
    ("authority", mark("Authority: decision and why")),
    ("informing", mark("People: decision and why")),
    ("file", mark("File and SHA-256")),
    ("written", mark("Written")),
)


def entry(impact: Impact, words: Words) -> Entry:
    """Label and text of each item."""
    incident, people = impact.incident, impact.people
    duties = {item.code: item for item in impact.verdict.duties}

    def decided(code: str) -> str:
        found = duties.get(code)
        return f"{words.of(found.state.said)}: {words.of(found.said)} {words.of(found.why)}" if found else ""

    roles = "; ".join(f"{words.of(item.role.said)}: {words.number(item.best)}" for item in people.roles)
    known = declared(incident)
    level = words.of(BAND_LABELS[impact.verdict.declared.band]) if known else words("not declared")
    told = {
        "reference": incident.reference,
        "controller": incident.controller,
        "started": incident.started or (incident.breach_date.isoformat() if incident.breach_date else ""),
        "ended": incident.ended,
        "discovered": incident.discovered,
        "aware": incident.aware,
        "notified": incident.notified,
        "nature": ", ".join(losses(incident, words)),
        "cause": words(CAUSES[incident.cause]),
        "facts": incident.circumstances,
        "people_categories": roles or words("people of the file"),
        "people": words("{n} (between {low} and {high})", n=people.best, low=people.low, high=people.high),
        "records": words.number(people.exposure.leak.rows),
        "data": kinds_said(impact, words),
        "effects": "; ".join(words.of(said) for said in consequences(impact)),
        "risk": level,
        "reasoning": " ".join(words.of(said) for said in impact.verdict.severity.reasons),
        "measures": "; ".join((*incident.measures, *incident.prevention)),
        "authority": decided("authority"),
        "informing": decided("people"),
        "file": f"{people.exposure.leak.name} {people.exposure.leak.sha256}",
        "written": now().isoformat(timespec="minutes"),
    }
    return tuple((words(label), told[name]) for name, label in REGISTER)


def losses(incident: Incident, words: Words) -> list[str]:
    told = [words("confidentiality")]
    told += [words("integrity")] if incident.integrity else []
    return told + ([words("availability")] if incident.availability else [])


def write_register(impact: Impact, path: Path, words: Words) -> None:
    """One line with its heads, to be put below the others: CSV in UTF-8 with a mark, no cell a formula. Raises Trouble."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    found = entry(impact, words)
    writer.writerow([label for label, _ in found])
    writer.writerow([guarded(plain(value)) for _, value in found])
    with whole(path) as part:
        part.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def register(impact: Impact, words: Words) -> Document:
    rows = tuple((label, value or "–") for label, value in entry(impact, words))
    missing = [] if impact.incident.circumstances else [say("the facts (Article 33(5))")]
    blocks = [Table((words("Item"), words("Value")), rows)]
    return made(impact, words, words("Entry of the register of breaches (Article 33(5))"), blocks, missing=missing)


def processor_note(impact: Impact, words: Words) -> Document:
    """Facts alone: a processor tells, its controllers assess."""
    incident, people = impact.incident, impact.people
    blocks = [
        Paragraph(words("We process personal data for you, and tell you of a breach without undue delay (Article 33(2)).")),
        Heading(words("What happened")),
        Paragraph(incident.circumstances or words("[what happened]")),
        Heading(words("What is known")),
        Items(
            (
                words("People, best estimate: {n} (between {low} and {high})", n=people.best, low=people.low, high=people.high),
                words("Records: {n}", n=impact.people.exposure.leak.rows),
                words("Exposed: {kinds}.", kinds=kinds_said(impact, words)),
                words("Minors: {n}", n=impact.verdict.minors),
            )
        ),
        Heading(words("What was done")),
        Items(incident.measures or (words("[measures taken]"),)),
        Note(words("The assessment of the risk, and the notifications, are yours; the figures are at your disposal.")),
    ]
    missing = [
        *([] if incident.circumstances else [say("what happened, in plain words (nature of the breach)")]),
        *([] if incident.measures else [say("the measures taken")]),
    ]
    return made(impact, words, words("To our controllers: notice of a breach"), blocks, missing=missing)


def checklist(impact: Impact, words: Words) -> Document:
    """Everything that may have to be done, with its article, its deadline and a place for the date."""
    rows = tuple(
        (
            words.of(item.state.said),
            words.of(item.said),
            item.article,
            item.deadline.isoformat(sep=" ", timespec="minutes") if item.deadline else "",
            "",
        )
        for item in impact.verdict.duties
        if item.state is not DutyState.NOT_LAW
    )
    columns = (words("State"), words("What"), words("Article"), words("Until"), words("Done on"))
    blocks = [Note(deadline(impact, words)), Paragraph(words.of(sentence(impact))), Table(columns, rows)]
    return made(impact, words, words("Checklist of notifications"), blocks)


def veris(impact: Impact) -> dict[str, Any]:
    """The incident in the Vocabulary for Event Recording and Incident Sharing (1.3.7): counts and categories alone."""
    incident, people, rules = impact.incident, impact.people, load(Veris)
    codes = kinds_exposed(impact)
    found = {name: [code for code in codes if code in held] for name, held in rules.varieties.items()}
    named = [name for name, held in found.items() if held]
    rest = [code for code in codes if kinds()[code].gdpr != "none" and not any(code in held for held in found.values())]
    action, variety = rules.actions.get(incident.cause, ("unknown", "Unknown"))
    inside = incident.cause in ("insider", "mistake")
    day = incident.breach_date
    when = {"year": day.year, "month": day.month, "day": day.day} if day else {"year": now().year}
    rows = {item.kind: item.valid for item in people.exposure.every}

    def amount(some: list[str]) -> int:
        """Records that hold one of them at least."""
        return max((rows.get(code, 0) for code in some), default=0)

    whose = "internal" if inside else "external" if incident.malicious else "unknown"
    details: dict[str, Any] = {"variety": [variety], "vector": ["Unknown"]} if action != "unknown" else {}
    return {
        "schema_version": "1.3.7",
        "incident_id": incident.reference or people.exposure.leak.sha256[:16],
        "source_id": f"Ampleur {__version__}",
        "security_incident": "Confirmed",
        "confidence": "High" if declared(incident) else "Medium",
        "timeline": {"incident": when},
        "victim": {"victim_id": incident.controller or "Unknown", "country": ["FR"], "employee_count": "Unknown"},
        "actor": {whose: {"variety": ["Unknown"], "motive": ["Unknown"]}},
        "action": {action: details},
        "asset": {"assets": [{"variety": "S - Database"}]},
        "attribute": {
            "confidentiality": {
                "data_disclosure": "Yes",
                "data_total": people.exposure.leak.rows,
                "data": [
                    *({"variety": name, "amount": amount(found[name])} for name in named),
                    *([{"variety": "Personal", "amount": amount(rest)}] if rest else []),
                ],
                "data_victim": [rules.victims.get(incident.nature, "Unknown")],
            }
        },
    }


def write_veris(impact: Impact, path: Path) -> None:
    """Raises Trouble."""
    with whole(path) as part:
        part.write_text(json.dumps(veris(impact), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
