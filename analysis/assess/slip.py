"""A person in, the slip out: everything exposed of her, the rows that are hers and why, and who was almost taken for her."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

import ibis

from analysis.classify.values import folded
from analysis.ground.watch import Watch
from analysis.model import Exposure, Impact, People
from analysis.model.codes import Likeness
from analysis.resolve.cumulated import before_of
from analysis.resolve.mentions import row_of
from analysis.store import Store

ROWS, NEAR = 60, 20  # rows of a person that are shown; persons kept apart
ALIKE = 0.8  # share of equal signs from which two texts are nearly the same


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A column and the distinct texts of it that stand in the person's rows: leak text, to be masked and never kept."""

    column: str
    kind: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """Another row (from 0), as `texts` of the same columns as the slip's; `reason`: the code of why it is hers, empty for one
    that was kept apart; `agreeing`: what agrees with the person's first row how much, and the kinds."""

    row: int
    texts: tuple[str, ...]
    reason: str
    agreeing: tuple[tuple[Likeness, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """`row`: the first row of the person. `more`: rows beyond those that are shown. `before`: the kinds that an earlier leak
    held of her; None where she is not in it, or none was compared."""

    row: int
    told: tuple[Disclosed, ...]
    hers: tuple[Kin, ...]
    near: tuple[Kin, ...]
    more: int
    before: tuple[str, ...] | None = None


def slip_of(store: Store, impact: Impact, person: int, watch: Watch) -> Slip:
    """Everything of one person (`Person.person`)."""
    people, exposure = impact.people, impact.people.exposure
    links = store.table(people.links)
    mine = store.rows(
        links.filter(links.person == person).select("mention", "exact", "reason").order_by("mention").limit(ROWS * 20),
        watch,
    )
    exact = {int(found) for _, found, _ in mine}
    others = apart_from(store, people, exact, watch)
    shown = [row_of(int(mention)) for mention, *_ in mine[:ROWS]]
    cells = cells_of(store, exposure, [*shown, *others], watch)
    first = cells[shown[0]]
    reasons = {row_of(int(mention)): why(int(mention), int(found), reason, person) for mention, found, reason in mine}
    fields = exposure.personal
    told = tuple(
        Disclosed(field.column, field.kind, distinct(cells[row][at] for row in shown)) for at, field in enumerate(fields)
    )
    hers = tuple(Kin(row, cells[row], reasons[row], agreeing(exposure, first, cells[row])) for row in shown[1:])
    near = tuple(Kin(row, cells[row], "", agreeing(exposure, first, cells[row])) for row in others)
    return Slip(
        shown[0],
        tuple(item for item in told if item.texts),
        hers,
        near,
        len(mine) - len(shown),
        before(store, impact, person, watch),
    )


def before(store: Store, impact: Impact, person: int, watch: Watch) -> tuple[str, ...] | None:
    found = next((item.cumulated for item in impact.matches if item.cumulated), None)
    return before_of(store, found, person, watch) if found else None


def why(mention: int, exact: int, reason: str | None, person: int) -> str:
    """The code of the reason why a mention is hers: her identity agrees, or what linked her other self."""
    return (reason or "same_identity").partition(":")[0] if exact != person and mention == exact else "same_identity"


def apart_from(store: Store, people: People, exact: set[int], watch: Watch) -> list[int]:
    """The first rows of the exact persons that were nearly merged with one of these."""
    if not people.near:
        return []
    pairs = store.table(people.near)
    one = pairs.filter(pairs.a.isin(exact)).select(other=pairs.b)
    two = pairs.filter(pairs.b.isin(exact)).select(other=pairs.a)
    found = store.rows(one.union(two).distinct().order_by("other").limit(NEAR + len(exact)), watch)
    return [row_of(int(other)) for (other,) in found if int(other) not in exact][:NEAR]


def cells_of(store: Store, exposure: Exposure, rows: list[int], watch: Watch) -> dict[int, tuple[str, ...]]:
    """Row -> its texts in the personal columns."""
    raw = store.table(exposure.leak.table)
    numbered = raw.select(*(raw[f"c{field.position}"] for field in exposure.personal), row=raw.rowid())
    found = store.rows(numbered.filter(numbered.row.isin([ibis.literal(row, "int64") for row in rows])), watch)
    return {int(line[-1]): tuple((cell or "").strip() for cell in line[:-1]) for line in found}


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def agreeing(exposure: Exposure, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[Likeness, tuple[str, ...]], ...]:
    """Which kinds agree, nearly agree and differ, of those that both rows tell."""
    parts: dict[Likeness, dict[str, None]] = {like: {} for like in Likeness}
    for field, left, right in zip(exposure.personal, one, other, strict=True):
        if left and right:
            parts[likeness(left, right)][field.kind] = None
    return tuple((mark, tuple(found)) for mark, found in parts.items() if found)


def likeness(left: str, right: str) -> Likeness:
    letters = [folded(text) for text in (left, right)]
    digits = ["".join(sign for sign in text if sign.isdigit())[-9:] for text in (left, right)]
    left, right = left.casefold(), right.casefold()
    if left == right or (letters[0] == letters[1] and digits[0] == digits[1] and (letters[0] or digits[0])):
        return Likeness.SAME
    if one_sign_apart(left, right):
        return Likeness.NEAR
    return Likeness.ALIKE if SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE else Likeness.DIFFERENT


def one_sign_apart(left: str, right: str) -> bool:
    """Whether one sign is another, too many, missing, or two neighbors are exchanged (a Damerau distance of 1, 1964)."""
    for _ in range(2):  # without what both begin with, then without what both end with
        while left and right and left[0] == right[0]:
            left, right = left[1:], right[1:]
        left, right = left[::-1], right[::-1]
    one, other = left, right
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
