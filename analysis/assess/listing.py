"""Impact in, pages of persons out: worst first, with the texts of the row that stands for each."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ibis

from analysis.assess.parts import those_of
from analysis.assess.profile import MINOR, OLD, flags_of, whole
from analysis.assess.rating import rarest
from analysis.classify.cells import bare
from analysis.ground.watch import Watch
from analysis.ground.words import Said, say
from analysis.model import Exposure, Impact, tables
from analysis.model.codes import Band, Channel, EiReason, Role
from analysis.model.tables import Kept
from analysis.resolve.gather import Group, groups, lines_of
from analysis.resolve.mentions import mention_of, roles_of
from analysis.rules.kinds import kinds
from analysis.store import Store
from analysis.store.functions import capitals
from analysis.store.rows import Column, Rows

# Columns of the list that it can be ordered by.
SORTS: dict[str, Callable[[Rows], Column]] = {
    "se": lambda people: people.se,
    "age": lambda people: people.age,
    "channel": lambda people: people.channel,
    "rows": lambda people: people.rows,
    "why": lambda people: people.ei_reason,
}
FEW = 0.2  # expected others of one birth, sex and town, from which nearly nobody else is meant
# Kinds of which another person than a subject is shown in the columns of the subjects.
SHOWN = ("last_name", "first_name", "full_name", "birth_date", "sex", "email", "phone", "address", "postal_code", "city")


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list. `cells`: the texts of the person's first row (of somebody who is not the subject of one: hers, in the
    columns of their kinds), leak text, to be masked and never kept; `roles`: nothing where everybody has the same."""

    position: int
    person: int
    rows: int
    age: int | None
    department: str
    band: Band
    se: float
    reason: EiReason
    channel: Channel
    profile: int
    why: tuple[Said, ...]  # what puts her where she stands in the list, beside what makes her recognizable
    cells: tuple[str, ...]
    roles: tuple[Role, ...] = ()


def listed(
    store: Store, impact: Impact, watch: Watch, group: str = "", by: str = "", down: bool = False
) -> tuple[Kept[tables.Listing], int]:
    """The table that holds the order of the list (see `in_order`) and how many persons it has."""
    # The engine sorts with all its cores; numbered by a window of its own, it would with one.
    table = store.keep(tables.Listing, numbered(in_order(store, impact, group, by, down)), watch)
    return table, impact.people.best if not group else int(store.one(store.table(table).aggregate(n=lambda t: t.count()))["n"])


def begun(
    store: Store, impact: Impact, watch: Watch, count: int, group: str = "", by: str = "", down: bool = False
) -> tuple[list[Person], int]:
    """The first persons of a list, and how many it has: before the rest of it is put in order."""
    ordered = in_order(store, impact, group, by, down)
    total = int(store.one(those_of(store, impact, group).aggregate(n=lambda t: t.count()))["n"]) if group else impact.people.best
    first = store.keep(tables.Listing, numbered(ordered.limit(count)), watch)
    return persons_in(store, impact, store.table(first), True), total


def numbered(ordered: Rows) -> Rows:
    return ordered.select("person").mutate(position=ibis.row_number())


def in_order(store: Store, impact: Impact, group: str, by: str, down: bool) -> Rows:
    """The persons as the list shows them. `group`: see `those_of`; nothing: everybody. `by`: a column of `SORTS`, or of the table
    that is looked at (`c3`), instead of the order below; `down`: the last first.

    Who is told first, then severity, then what her data open, how rare it is what is exposed of her, how young or old she is, and
    how few others of her birth, sex and town there are to be expected: what differs between people, whatever the order of the
    file."""
    rated = not by or by in SORTS
    people = store.table(impact.verdict.table if rated else impact.census.facts)
    if group:
        people = people.semi_join(those_of(store, impact, group), "person")
    if not by:
        return people.order_by(ranked(people))
    keyed = sortable(store, impact, people, by).select("person", "sort_key")
    key = keyed.sort_key.desc() if down else keyed.sort_key
    return keyed.order_by([keyed.sort_key.isnull(), key, keyed.person])  # who has none stands last


def sortable(store: Store, impact: Impact, people: Rows, by: str) -> Rows:
    """The persons with what they are ordered by. Texts without case, accents and blanks around them;
    births as dates."""
    if by in SORTS:
        return people.mutate(sort_key=SORTS[by](people))
    if by == "role":
        held = store.table(impact.people.table).select("person", sort_key="roles")
        return people.inner_join(held, "person")
    raw = store.table(impact.people.exposure.leak.table)
    cells = raw.select(person=mention_of(raw.rowid()), sort_key=capitals(bare(raw[by])).nullif(""))
    field = next((item for item in impact.people.exposure.fields if f"c{item.position}" == by), None)
    if field is not None and field.kind == "birth_date":
        return people.mutate(sort_key=people.birth_date)
    return people.left_join(cells, "person").drop("person_right")


def ranked(people: Rows) -> list[Column]:
    """The order, column by column; the row of the file comes last."""
    young, old = MINOR - people.age, people.age - OLD + 1
    frail: Column = ibis.ifelse(people.minor, young, ibis.ifelse(people.old, old, 0)).fill_null(0)
    alone = people.others.fill_null(float("inf"))
    worst = [people.tier, people.se.desc(), people.open.desc(), people.rarity.desc(), frail.desc(), alone]
    return [*worst, people.birth_date, people.postal_code, people.person]


def page(store: Store, impact: Impact, table: Kept[tables.Listing], start: int, count: int, texts: bool = True) -> list[Person]:
    """Persons at positions start ... start + count - 1; without their `texts` where nobody needs them."""
    ordered = store.table(table)
    return persons_in(store, impact, ordered.filter((ordered.position >= start) & (ordered.position < start + count)), texts)


def some(store: Store, impact: Impact, table: Kept[tables.Listing], persons: Sequence[int]) -> list[Person]:
    """Some persons (by `Person.person`) of a list, in their own order."""
    ordered = store.table(table)
    found = {item.person: item for item in persons_in(store, impact, ordered.filter(ordered.person.isin(list(persons))), True)}
    return [found[person] for person in persons if person in found]


def persons_in(store: Store, impact: Impact, wanted: Rows, texts: bool) -> list[Person]:
    """position, person: the persons, in the order of the list."""
    told = store.table(impact.verdict.table).inner_join(wanted, "person")
    asked = told.select(
        "position", "person", "rows", "age", "department", "band", "se", "ei_reason", "channel", "profile", "held", "others"
    )
    lines = sorted(store.rows(asked))
    having: Counter[str] = Counter()
    for number, n in impact.census.profiles:
        having.update(dict.fromkeys(flags_of(number), n))
    found = texts_of(store, impact.people.exposure, [int(line[1]) for line in lines]) if texts else {}
    masks = dict[int, int]()
    if impact.people.roles:
        persons = store.table(impact.people.table)
        masks = {
            int(person): int(mask) for person, mask in store.rows(persons.semi_join(wanted, "person").select("person", "roles"))
        }
    return [
        Person(
            position,
            person,
            rows,
            age,
            place or "",
            Band(band),
            se,
            EiReason(why),
            Channel(how),
            whole(profile, held),
            placed_by(flags_of(whole(profile, held)), age, others, having, impact.people.best),
            found.get(person, ()),
            roles_of(masks.get(person, 0)),
        )
        for position, person, rows, age, place, band, se, why, how, profile, held, others in lines
    ]


def placed_by(
    flags: frozenset[str], age: int | None, others: float | None, having: Mapping[str, int], people: int
) -> tuple[Said, ...]:
    """What puts a person where she stands: her age, what few others have exposed, how few there are like her in town."""
    found: list[Said] = []
    if age is not None and flags & {"minor", "old"}:
        found.append(say("{n} year old", "{n} years old", n=age))
    if "private_told" in flags:
        found.append(say("a text tells of private life (Article 9 or 10)"))
    if "grave_told" in flags:
        found.append(say("a text tells of violence, debts, a child in danger, or judges her"))
    if (kind := rarest(flags, having, people)) in kinds():
        found.append(say("{kind}, exposed of {share} of the people", kind=kinds()[kind].said, share=having[kind] / people))
    if others is not None and others < FEW:
        found.append(say("hardly anybody of her birth, sex and town"))
    return tuple(found)


def texts_of(store: Store, exposure: Exposure, mentions: list[int]) -> dict[int, tuple[str, ...]]:
    """Mention -> a text for each column of the table that is looked at."""
    own = [f"c{at}" for at in range(len(exposure.leak.columns))]

    def columns(group: Group) -> list[str]:
        return shown_as(exposure, group.exposure) if group.slot else own

    lines = lines_of(store, groups(exposure), mentions, columns, Watch())
    return {mention: texts for mention, _, texts in lines}


def shown_as(exposure: Exposure, other: Exposure) -> list[str]:
    """For each column of the table that is looked at, the column of another person's (empty: none) that holds the same kind."""
    best = {field.position: field.kind for kind in SHOWN if (field := exposure.of_kind(kind))}
    names = {"full_name": "last_name", "last_name": "full_name"}

    def source(at: int) -> str:
        kind = best.get(at, "")
        hers = other.of_kind(kind) or (other.of_kind(names[kind]) if kind in names else None) if kind else None
        return f"c{hers.position}" if hers else ""

    return [source(at) for at in range(len(exposure.leak.columns))]
