"""Doubtful pairs in, each as two records side by side out: leak text, to be masked and never kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.assess.slip import Cells, agreeing, cells_of
from analysis.ground.watch import Watch
from analysis.model import Measured, People
from analysis.model.codes import Likeness
from analysis.resolve.gather import groups
from analysis.resolve.mentions import row_of
from analysis.resolve.review import Doubt, Pair, measured, queue
from analysis.store import Store

ASKED = 100  # pairs of one review


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What stands in both records of a doubtful pair. `lines`: column, kind, the two texts; `rows`: from 0; `agreeing`: what
    agrees how much, and the kinds."""

    doubt: Doubt
    rows: Pair
    lines: tuple[tuple[str, str, str, str], ...]
    agreeing: tuple[tuple[Likeness, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The doubtful pairs of a count, and those to ask of, the one that tells most first."""

    doubts: tuple[Doubt, ...]
    asked: tuple[SideBySide, ...]

    def measured(self, answers: Mapping[Pair, str]) -> Measured | None:
        return measured(self.doubts, answers)


def review_of(store: Store, people: People, watch: Watch, most: int = ASKED) -> Review:
    """The next pairs to ask of, with what stands in them."""
    doubts = tuple(doubts_in(store, people, watch))
    by_pair, answers = {item.pair: item for item in doubts}, people.exposure.case.answers
    asked = queue(doubts, answers, most)
    mentions = sorted({mention for pair in asked for mention in pair})
    cells = cells_of(store, groups(people.exposure), mentions, watch)
    return Review(doubts, tuple(beside(by_pair[a, b], cells[a], cells[b]) for a, b in asked))


def doubts_in(store: Store, people: People, watch: Watch) -> Sequence[Doubt]:
    if not people.doubts:
        return ()
    found = store.rows(store.table(people.doubts), watch)
    return [Doubt(int(a), int(b), float(share), bool(linked)) for a, b, share, linked in found]


def beside(doubt: Doubt, one: Cells, other: Cells) -> SideBySide:
    left, right = ({(column, kind): text for column, kind, text in cells} for cells in (one, other))
    keys = dict.fromkeys((*left, *right))
    lines = tuple((column, kind, left.get((column, kind), ""), right.get((column, kind), "")) for column, kind in keys)
    return SideBySide(doubt, (row_of(doubt.a), row_of(doubt.b)), lines, agreeing(one, other))
