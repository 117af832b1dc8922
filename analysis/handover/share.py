"""An impact in, a document out that may be published: no name, no example, no file, and no count from which fewer than ten people
can be found.

Each table is a list of counts that add up to a number that is told. Counts below ten are left out, and further ones with them,
the smallest first, until nobody who knows the sum, what is told, and this rule can say any count that is left out to nearer than
ten. Where that cannot be had, nothing of the table is told. No two tables share a count: none is the sum of parts of another."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis import __version__
from analysis.assess.severity import BAND_LABELS, declared
from analysis.ground.now import now
from analysis.ground.words import Said, Words, say
from analysis.model import Impact
from analysis.model.codes import Channel
from analysis.render import Document, Heading, Items, KeyNumber, KeyNumbers, Note, Paragraph, Table
from analysis.report.front import kinds_said

FEW = 10
LEFT_OUT = "< "


@dataclass(frozen=True, slots=True)
class Counts:
    """A title, the sum, and labels with their counts (None: left out)."""

    said: Said
    total: int
    parts: tuple[tuple[str, int | None], ...]

    @property
    def left_out(self) -> int:
        return sum(count is None for _, count in self.parts)


def suppressed(counts: Sequence[int]) -> list[int | None]:
    """The counts of a list whose sum is told, with None for those that are left out."""
    few = {at for at, count in enumerate(counts) if 0 < count < FEW}
    order = sorted((at for at, count in enumerate(counts) if count >= FEW), key=lambda at: counts[at])
    while few and not hidden(counts, few):
        if not order:
            return [None] * len(counts)
        few.add(order.pop(0))
    return [None if at in few else count for at, count in enumerate(counts)]


def hidden(counts: Sequence[int], out: set[int]) -> bool:
    """Whether each count that is left out may be any of ten or more, for somebody who knows that it is one at least and, since
    the smallest are left out first, no larger than the smallest that is told."""
    total = sum(counts[at] for at in out)
    most = min((count for at, count in enumerate(counts) if at not in out and count), default=total)
    others = len(out) - 1
    return min(most, total - others) - max(1, total - others * most) >= FEW


def made_safe(said: Said, labels: Sequence[str], counts: Sequence[int]) -> Counts:
    return Counts(said, sum(counts), tuple(zip(labels, suppressed(counts), strict=True)))


def safe_tables(impact: Impact, words: Words) -> tuple[Counts, ...]:
    census, verdict = impact.census, impact.verdict
    bands = range(0, 110, 10)
    aged = {first: sum(item.people for item in census.ages if first <= item.age < first + 10) for first in bands}
    placed = sorted((place for place in census.places if place.people), key=lambda place: place.code)
    reach = verdict.reach
    channels = {name: getattr(reach, name) for name in ("email", "sms", "post", "call", "none")} | {"relatives": reach.deceased}
    return (
        made_safe(
            say("Ages"),
            [*(f"{first}–{first + 9}" for first in aged), words("Age not known")],
            [*aged.values(), impact.people.best - sum(aged.values())],
        ),
        made_safe(
            say("Départements"),
            [*(f"{place.code} {place.name}" for place in placed), words("Without a known French postal code")],
            [*(place.people for place in placed), census.abroad],
        ),
        made_safe(say("How people can be told"), [words.of(Channel(name).said) for name in channels], list(channels.values())),
    )


def shareable(impact: Impact, words: Words) -> Document:
    """The document, and in it what was removed."""
    found = safe_tables(impact, words)
    known = declared(impact.incident)
    level = words.of(BAND_LABELS[impact.verdict.declared.band]) if known else words("not declared")
    people = impact.people.best if impact.people.best >= FEW else 0
    blocks = [
        KeyNumbers(
            (
                KeyNumber(words.number(people) if people else f"{LEFT_OUT}{FEW}", words("people")),
                KeyNumber(level, words("severity (ENISA)")),
            )
        ),
        Paragraph(words("Exposed: {kinds}.", kinds=kinds_said(impact, words))),
    ]
    for item in found:
        rows = tuple((label, words("left out") if count is None else count) for label, count in item.parts)
        blocks += [Heading(words.of(item.said)), Table((words("Group"), words("People")), rows, words.of(item.said))]
    blocks += [Heading(words("What was removed")), Items(tuple(removed(found, words)))]
    return Document(
        title=words("Personal data breach: figures that may be shared"),
        language=words.language,
        blocks=(
            Note(words("Counts below {n} are left out, and others with them, so that no difference gives them away.", n=FEW)),
            *blocks,
        ),
        written=now().replace(hour=0, minute=0, second=0, microsecond=0),
        foot=f"Ampleur {__version__}",
    )


def removed(found: Sequence[Counts], words: Words) -> list[str]:
    """What a reader of the whole report would have and a reader of this has not."""
    told = [
        words("{what}: {n} counts of {all}", what=words.of(item.said), n=item.left_out, all=len(item.parts))
        for item in found
        if item.left_out
    ]
    return [
        *told,
        words("The names of controller, file and columns, the fingerprint of the file, examples, and the hour"),
        words("Ages by sex, ages of five years, communes, classes of people who can be told apart, scenarios, the ledger"),
    ]
