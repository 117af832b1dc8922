"""What every document of an incident says of itself, and the figures that stand first."""

from collections.abc import Sequence
from datetime import datetime

from analysis import __version__
from analysis.assess.clock import clock, told_at
from analysis.assess.findings import between
from analysis.assess.severity import BAND_LABELS, declared
from analysis.ground.now import now
from analysis.ground.words import Said, Words, say
from analysis.model import Impact
from analysis.model.codes import DutyState, Meant
from analysis.render import Block, Document, KeyNumber, KeyNumbers
from analysis.report.groups import part_said
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive


def made(
    impact: Impact,
    words: Words,
    title: str,
    blocks: Sequence[Block],
    *,
    subtitle: str = "",
    missing: Sequence[Said] = (),
    letter: bool = False,
    bare: bool = False,
) -> Document:
    """A document about an incident; what it lacks stands first. `bare`: a message, which is set as it stands."""
    return Document(
        title=title,
        language=words.language,
        blocks=tuple(blocks),
        written=now(),
        subtitle=subtitle,
        about=() if letter else about(impact, words),
        missing=tuple(words.of(said) for said in missing),
        missing_said=words("NOT FINISHED: this document lacks what the law asks for"),
        foot="" if letter else foot(impact, words),
        letter=letter,
        bare=bare,
    )


def about(impact: Impact, words: Words) -> tuple[tuple[str, str], ...]:
    """Of whom, of which file, when, and whose figures: what makes each number one that can be found again."""
    leak, incident = impact.people.exposure.leak, impact.incident
    told = [
        (words("Controller"), incident.controller or words("not declared")),
        *([(words("Reference"), incident.reference)] if incident.reference else []),
        (words("File"), leak.name),
        (words("SHA-256"), leak.sha256),
        (words("Records read"), words.number(leak.rows)),
        (words("Written"), hour(now(), words)),
        (words("Version"), f"Ampleur {__version__}"),
    ]
    if impact.parts:
        told.insert(1, (words("ONLY THESE PEOPLE"), "; ".join(words.of(part_said(code)) for code in impact.parts)))
    return tuple(told)


def foot(impact: Impact, words: Words) -> str:
    return f"{impact.incident.controller or words('Controller not declared')} · {words.day(now().date())} · Ampleur {__version__}"


def hour(when: datetime, words: Words) -> str:
    return f"{words.day(when.date())} {when:%H:%M} ({when:%Z})"


def first_figures(impact: Impact, words: Words) -> KeyNumbers:
    """How many, what, how bad, how long."""
    people, verdict = impact.people, impact.verdict
    told = [
        KeyNumber(
            words.number(people.best), words("people"), words("between {low} and {high}", low=people.low, high=people.high)
        ),
        KeyNumber(words.number(len(kinds_exposed(impact))), words("kinds of personal data"), ""),
        KeyNumber(words.number(verdict.minors), words("minors"), words("on {day}", day=impact.census.reference_date)),
        KeyNumber(*severity_short(impact, words)),
    ]
    return KeyNumbers(tuple(told))


def severity_short(impact: Impact, words: Words) -> tuple[str, str, str]:
    found = impact.verdict.declared
    if not declared(impact.incident):
        return "?", words("severity"), words.of(between(impact))
    return words.score(found.se), words("severity (ENISA)"), words.of(BAND_LABELS[found.band])


def kinds_exposed(impact: Impact) -> list[str]:
    """The kinds of data that the file discloses, sensitive ones first."""
    codes = dict.fromkeys(item.kind for item in impact.people.exposure.every if item.valid and item.kind in kinds())
    return sorted(codes, key=lambda code: not kinds()[code].sensitive)


def told_categories(impact: Impact) -> list[str]:
    """The categories of private life (`sensitive.toml`) that texts tell of somebody in the file, now or in the past."""
    known = (Meant.TOLD, Meant.PAST)
    return list(dict.fromkeys(category for category, how, n in impact.census.told if n and how in known))


def categories_said(impact: Impact, words: Words) -> str:
    return ", ".join(words(load(Sensitive).category[code].label) for code in told_categories(impact))


def kinds_said(impact: Impact, words: Words) -> str:
    said = ", ".join(words.of(kinds()[code].said) for code in kinds_exposed(impact)) or "–"
    return f"{said}; {words('in free text')}: {told}" if (told := categories_said(impact, words)) else said


def sentence(impact: Impact) -> Said:
    """What is recommended, in one sentence."""
    states = impact.verdict.states
    if impact.incident.processor:
        return say("Tell every controller without undue delay (Article 33(2)): they assess the risk and notify.")
    if not declared(impact.incident):
        return say("Declare what the file cannot tell, and tell the authority within 72 hours unless a risk is unlikely.")
    if states.get("people") is DutyState.DUE:
        return say("Tell the authority and the people concerned without undue delay (presumption, to be confirmed).")
    if states.get("authority") in (DutyState.DUE, DutyState.DONE):
        return say("Tell the authority; decide whether the people concerned must be told (presumption, to be confirmed).")
    return say("Document the breach; the authority need not be told while a risk is unlikely (presumption, to be confirmed).")


def deadline(impact: Impact, words: Words) -> str:
    """Until when the authority must be told, or that it was."""
    found, told = clock(impact.incident), told_at(impact.incident)
    if impact.incident.processor:
        return words("A processor tells its controllers without undue delay (Article 33(2)).")
    if told is not None:
        return words("The authority was told on {day}.", day=told.date())
    if found is None:
        return words("Awareness is not declared: the 72 hours run from it.")
    return words("Deadline of Article 33(1): {when}", when=hour(found.deadline, words))
