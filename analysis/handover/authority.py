"""An impact in, the notification to the authority out (GDPR, Article 33): the fields of the EDPB's template 1.0, prefilled where
the leak or the incident knows, each with where it comes from, and what is missing marked.

The machine-readable form allows one letter of a closed list where the form itself allows several: the gravest stands in the
field, all of them in the field of words beside it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from analysis.assess.clock import clock, told_at
from analysis.assess.severity import declared
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.now import now
from analysis.ground.whole import whole
from analysis.ground.words import Words, say
from analysis.handover.filled import filled
from analysis.handover.form import INCIDENT, LEAK, METHOD, OPEN, Answer, blank, chosen, name_of, required, said_of, schema
from analysis.model import Impact
from analysis.render import Document, Heading, Note, Table
from analysis.render.safe import plain
from analysis.report.front import made
from analysis.rules.loading import load
from analysis.rules.papers import Notification

STATE = 4  # the field that says whether the notification is complete
# Answers that say that something is still to be found out.
UNDETERMINED = frozenset(
    {(44, "e"), (56, "e"), (57, "e"), (60, "x"), (61, "e"), (65, "k"), (67, "d"), (70, "t"), (87, "d"), (97, "c")}
)


def answers(impact: Impact, words: Words, follows: str = "", withdrawn: str = "") -> tuple[Answer, ...]:
    """In the order of the form. `follows`: the authority's number of an earlier notification; `withdrawn`: why it is taken
    back."""
    found = {item.number: item for item in (*filing(follows, withdrawn), *filled(impact, words))}
    for number in sorted(required() - set(found) - {STATE}):
        found[number] = blank(number, words)
    whole = not any(item.source == OPEN or (item.number, item.value) in UNDETERMINED for item in found.values())
    found[STATE] = chosen(STATE, "c" if withdrawn else "a" if whole else "b", METHOD)
    return tuple(found[number] for number in sorted(found))


def filing(follows: str, withdrawn: str) -> Iterator[Answer]:
    """What kind of notification it is."""
    yield chosen(3, "b" if follows or withdrawn else "a", INCIDENT)
    if withdrawn:
        yield Answer(5, withdrawn, withdrawn, INCIDENT)
    if follows:
        yield Answer(6, follows, follows, INCIDENT)


def lacking(impact: Impact) -> list[str]:
    """Items of an incident file that a complete notification cannot do without."""
    incident = impact.incident
    names = "controller contact_details dpo dpo_contact aware found_by discovery circumstances systems before measures prevention"
    empty = [name for name in names.split() if not getattr(incident, name)]
    return empty + ([] if declared(incident) else ["disclosure"]) + (["controller"] if incident.template else [])


def late(impact: Impact, at: datetime) -> bool:
    """Whether the 72 hours are over, or were when the authority was told."""
    found, when_told = clock(impact.incident), told_at(impact.incident)
    return found is not None and found.left(when_told or at).total_seconds() < 0


def as_form(found: tuple[Answer, ...]) -> dict[str, Any]:
    """The machine-readable form: it validates where no closed list waits for a choice."""
    told = {name_of(item.number): item.value for item in found if item.value is not None}
    return {name: plain(value) if isinstance(value, str) else value for name, value in told.items()}


def write_form(found: tuple[Answer, ...], path: Path) -> None:
    """As JSON. Raises Trouble."""
    with whole(path) as part:
        part.write_text(json.dumps(as_form(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def earlier(path: Path) -> Mapping[str, Any]:
    """A form that was written before. Raises Trouble."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not all(name in schema()["properties"] for name in found):
        said = say("The earlier notification cannot be read: it must be the edpb.json that Ampleur wrote.")
        raise Trouble("earlier_form", said, BAD_ARGUMENTS)
    return found


def changed(found: tuple[Answer, ...], before: Mapping[str, Any]) -> tuple[Answer, ...]:
    """What a complementary notification tells: the fields that say something else than before, and those that say what it is."""
    other = tuple(item for item in found if item.number < 8 or before.get(name_of(item.number)) != item.value)
    gone = sorted(int(name.removeprefix("field_")) for name in before.keys() - {name_of(item.number) for item in found})
    return (*other, *(Answer(number, None, "–", INCIDENT) for number in gone))


@dataclass(frozen=True, slots=True)
class Line:
    """One field in words. `opens`: where what stands there is shown: a page (`page:people`), some of the people
    (`part:unreachable`), what a person declares (`incident`)."""

    number: int
    label: str
    said: str
    source: str
    opens: str


def lines(found: tuple[Answer, ...], words: Words) -> tuple[Line, ...]:
    """The form as it is read."""
    fields = {item.number: item for item in load(Notification).field}

    def opens(item: Answer) -> str:
        match item.source:
            case source if source == LEAK:
                return fields[item.number].opens or "page:people"
            case source if source == METHOD:
                return "page:impact"
            case _:
                return "incident"

    def line(item: Answer) -> Line:
        said = said_of(item, words) or f"[{words(OPEN)}]"
        return Line(item.number, words(fields[item.number].label), said, words(item.source), opens(item))

    return tuple(map(line, found))


def notification(impact: Impact, found: tuple[Answer, ...], words: Words, only_changed: bool = False) -> Document:
    """The form to be read and copied, section by section."""
    rules = load(Notification)
    labels = {item.number: item.label for item in rules.field}
    blocks: list[Any] = [
        Note(
            words(
                "Prepared on the EDPB's common template 1.0 (8 June 2026): compare it with the form of your authority. Severity "
                "in three levels is a public proposal, not the EDPB's."
            )
        )
    ]
    if only_changed:
        blocks.append(Note(words("Complementary: only what has changed since the earlier notification.")))
    columns = (words("No."), words("Field"), words("Answer"), words("Source"))
    told = lines(found, words)
    for section in rules.section:
        rows = tuple(
            (item.number, item.label, item.said, item.source) for item in told if section.first <= item.number <= section.last
        )
        if rows:
            blocks += [Heading(words(section.label)), Table(columns, rows)]
    missing = [say(labels[item.number]) for item in found if item.source == OPEN]
    if late(impact, now()) and not impact.incident.late:
        missing.insert(0, say(labels[49]))
    return made(impact, words, words("Notification of a personal data breach"), blocks, missing=missing)
