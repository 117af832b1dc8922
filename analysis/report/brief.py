"""Impact in, the whole story on one page out: how many, what, how bad, who needs care, what to do now, what was not read. Each
line says where it is told in full."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from analysis.assess.clock import clock, told_at
from analysis.assess.findings import head_count, severity_said
from analysis.assess.severity import declared
from analysis.ground.words import Said, listed, say
from analysis.model import Exposure, Impact
from analysis.model.codes import DutyState
from analysis.report.groups import groups
from analysis.rules.kinds import kinds

MOST_KINDS = 7
TOPICS = {
    "people": say("How many people"),
    "exposed": say("What is exposed"),
    "severity": say("How bad it is"),
    "care": say("Who needs care"),
    "todo": say("What to do now"),
    "unread": say("What was not read as it stands"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a topic; `opens`: a page (`page:fields`), the incident, or a part of the people (`part:minor`) where it is
    told in full; `grave`: to be seen first."""

    topic: str
    said: Said
    opens: str
    grave: bool = False


def brief(impact: Impact, now: datetime) -> tuple[Line, ...]:
    """In reading order."""
    return (
        *people(impact),
        *exposed(impact.people.exposure),
        *severity(impact),
        *care(impact),
        *todo(impact, now),
        *unread(impact),
    )


def people(impact: Impact) -> Iterator[Line]:
    yield Line("people", head_count(impact).said, "page:people", grave=True)
    for item in impact.people.roles:
        told = say("{role}: {n} (between {low} and {high})", role=item.role.said, n=item.best, low=item.low, high=item.high)
        yield Line("people", told, f"part:role:{item.role}")
    yield from (Line("people", said, "page:people") for said in impact.people.limits)


def exposed(exposure: Exposure) -> Iterator[Line]:
    """The kinds of data, the most personal ones by name; what waits for a person."""
    codes = list(dict.fromkeys(field.kind for field in exposure.every if field.valid and field.kind in kinds()))
    secret = [code for code in codes if kinds()[code].sensitive]
    others = [code for code in codes if code not in secret]
    if not codes:
        yield Line("exposed", say("No column discloses personal data."), "page:fields")
    if secret:
        yield Line("exposed", say("Sensitive: {kinds}", kinds=said_of(secret)), "page:fields", grave=True)
    if others:
        yield Line("exposed", said_of(others), "page:fields")
    if waiting := sum(field.check for field in exposure.fields):
        yield Line(
            "exposed",
            say(
                "{n} column waits for you: it counts in nothing until its kind is confirmed.",
                "{n} columns wait for you: they count in nothing until their kinds are confirmed.",
                n=waiting,
            ),
            "page:fields",
            grave=True,
        )


def said_of(codes: list[str]) -> Said:
    labels = [kinds()[code].said for code in codes[:MOST_KINDS]]
    more = len(codes) - MOST_KINDS
    return say("{kinds}, and {n} more", kinds=listed(labels), n=more) if more > 0 else listed(labels)


def severity(impact: Impact) -> Iterator[Line]:
    yield Line("severity", severity_said(impact), "page:impact", grave=declared(impact.incident))
    if not declared(impact.incident):
        yield Line("severity", say("Declare where the file comes from and who received it."), "incident", grave=True)
    yield from (Line("severity", said, "page:impact") for said in impact.verdict.flags)


def care(impact: Impact) -> Iterator[Line]:
    """Groups that need care, the largest first; nothing of shared contacts."""
    found = [(n, code, said) for code, said, n in groups(impact) if n and ":" not in code and not code.startswith("shared_")]
    for n, code, said in sorted(found, key=lambda item: -item[0]):
        yield Line("care", say("{group}: {n}", group=said, n=n), f"part:{code}")
    if not found:
        yield Line("care", say("No minor, nobody of 75 or older and nobody out of reach was found."), "page:people")


def todo(impact: Impact, now: datetime) -> Iterator[Line]:
    """The clock, then what is due, then what must be decided."""
    if (left := time_left(impact, now)) is not None:
        yield Line("todo", left, "incident", grave=True)
    for state in (DutyState.DUE, DutyState.OPEN):
        for item in impact.verdict.duties:
            if item.state is state:
                told = item.said if state is DutyState.DUE else say("To decide: {what}", what=item.said)
                yield Line("todo", told, "page:impact", grave=state is DutyState.DUE)


def time_left(impact: Impact, now: datetime) -> Said | None:
    """Until the authority must be told (Article 33(1)), or that it was; that the time is over, its duty says."""
    found, told = clock(impact.incident), told_at(impact.incident)
    if told is not None:
        return say("The authority was told on {day}.", day=told.date())
    if found is None:
        return say("Declare when you became aware: the 72 hours of Article 33(1) run from then.")
    left = found.left(now)
    if left < timedelta(0):
        return None
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    return say("{hours} h {minutes} min are left to tell the authority (Article 33(1)).", hours=hours, minutes=minutes)


def unread(impact: Impact) -> Iterator[Line]:
    """Records and files that did not come in as they stand."""
    exposure = impact.people.exposure
    leak = exposure.leak
    ledger = leak.ledger
    told = (
        (ledger.rejected, say("{n} record was rejected.", "{n} records were rejected.", n=ledger.rejected)),
        (
            ledger.irregular,
            say(
                "{n} record has too few or too many cells, and is kept.",
                "{n} records have too few or too many cells, and are kept.",
                n=ledger.irregular,
            ),
        ),
        (ledger.repaired, say("{n} record was repaired.", "{n} records were repaired.", n=ledger.repaired)),
        (
            len(leak.unread),
            say("{n} file could not be read.", "{n} files could not be read.", n=len(leak.unread)),
        ),
        (
            len(exposure.case.left_out),
            say("{n} table was left out by you.", "{n} tables were left out by you.", n=len(exposure.case.left_out)),
        ),
    )
    found = [said for n, said in told if n]
    yield from (Line("unread", said, "page:file") for said in found)
    if not found:
        yield Line("unread", say("Nothing: all {n} records were read as they stand.", n=ledger.kept), "page:file")
