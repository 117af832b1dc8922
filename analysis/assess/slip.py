"""A person in, the slip out: everything exposed of her, the rows that are hers and why, and who was almost taken for her."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.classify.values import folded
from analysis.ground.watch import Watch
from analysis.model import Impact, People
from analysis.model.codes import Likeness, Role
from analysis.resolve.cumulated import before_of
from analysis.resolve.gather import Group, groups, lines_of
from analysis.resolve.mentions import roles_of, row_of, slot_of
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
    """Another mention, as the texts of its columns; `row` (from 0) of `table` (empty: the one that is looked at); `reason`:
    the code of why it is hers, empty for one that was kept apart; `agreeing`: what agrees with the person's first mention how
    much, and the kinds."""

    mention: int
    row: int
    table: str
    texts: tuple[str, ...]
    reason: str
    agreeing: tuple[tuple[Likeness, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """`mention`: the first of the person, in `row` (from 0). `more`: mentions beyond those that are shown. `before`: the
    kinds that an earlier leak held of her; None where she is not in it, or none was compared. `roles`: what she is in the
    files."""

    mention: int
    row: int
    told: tuple[Disclosed, ...]
    hers: tuple[Kin, ...]
    near: tuple[Kin, ...]
    more: int
    before: tuple[str, ...] | None = None
    roles: tuple[Role, ...] = ()


Cells = tuple[tuple[str, str, str], ...]  # column, kind, text of the personal columns of a mention


def slip_of(store: Store, impact: Impact, person: int, watch: Watch) -> Slip:
    """Everything of one person (`Person.person`)."""
    people, every = impact.people, groups(impact.people.exposure)
    links = store.table(people.links)
    mine = store.rows(
        links.filter(links.person == person).select("mention", "exact", "reason").order_by("mention").limit(ROWS * 20),
        watch,
    )
    exact = {int(found) for _, found, _ in mine}
    others = apart_from(store, people, exact, watch)
    shown = [int(mention) for mention, *_ in mine[:ROWS]]
    cells = cells_of(store, every, [*shown, *others], watch)
    reasons = {int(mention): why(int(mention), int(found), reason, person) for mention, found, reason in mine}
    told: dict[tuple[str, str], dict[str, None]] = {}
    for mention in shown:
        for column, kind, text in cells[mention]:
            told.setdefault((column, kind), {})[text] = None

    def kin(mention: int, reason: str) -> Kin:
        name = every[slot_of(mention)].name
        texts = tuple(text for *_, text in cells[mention])
        alike = agreeing(cells[shown[0]], cells[mention])
        return Kin(mention, row_of(mention), "" if name == every[0].name else name, texts, reason, alike)

    return Slip(
        shown[0],
        row_of(shown[0]),
        tuple(Disclosed(column, kind, tuple(texts)) for (column, kind), texts in told.items()),
        tuple(kin(mention, reasons[mention]) for mention in shown[1:]),
        tuple(kin(mention, "") for mention in others),
        len(mine) - len(shown),
        before(store, impact, person, watch),
        roles_held(store, people, person, watch),
    )


def roles_held(store: Store, people: People, person: int, watch: Watch) -> tuple[Role, ...]:
    """What a person is in the files, where people of several roles stand in them."""
    if not people.roles:
        return ()
    persons = store.table(people.table)
    masks = store.rows(persons.filter(persons.person == person).select("roles"), watch)
    return roles_of(int(masks[0][0])) if masks else ()


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
    return [int(other) for (other,) in found if int(other) not in exact][:NEAR]


def cells_of(store: Store, every: tuple[Group, ...], mentions: list[int], watch: Watch) -> dict[int, Cells]:
    """Mention -> what stands in the personal columns that describe her."""
    found: dict[int, Cells] = {}
    for mention, group, texts in lines_of(store, every, mentions, personal, watch):
        told = zip(group.exposure.personal, map(str.strip, texts), strict=True)
        found[mention] = tuple((field.column, field.kind, text) for field, text in told if text)
    return found


def personal(group: Group) -> list[str]:
    return [f"c{field.position}" for field in group.exposure.personal]


def agreeing(one: Cells, other: Cells) -> tuple[tuple[Likeness, tuple[str, ...]], ...]:
    """Which kinds agree, nearly agree and differ, of those that both mentions tell: column by column, else kind by kind."""
    parts: dict[Likeness, dict[str, None]] = {like: {} for like in Likeness}
    columns, kinds = {(column, kind): text for column, kind, text in one}, {kind: text for _, kind, text in reversed(one)}
    for column, kind, text in other:
        if (left := columns.get((column, kind), kinds.get(kind))) is not None:
            parts[likeness(left, text)][kind] = None
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
