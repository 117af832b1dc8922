"""Impact in, pages of persons out: worst first, with the texts of the row that stands for each."""

from dataclasses import dataclass

import ibis

from analysis.assess.profile import whole
from analysis.assess.surroundings import members
from analysis.ground.watch import Watch
from analysis.model import Exposure, Impact, tables
from analysis.model.codes import Band, Channel, EiReason, Role
from analysis.model.tables import Kept
from analysis.resolve import for_sure
from analysis.resolve.gather import Group, groups, lines_of
from analysis.resolve.mentions import bit_of, roles_of
from analysis.store import Store
from analysis.store.rows import Rows

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
    cells: tuple[str, ...]
    roles: tuple[Role, ...] = ()


def listed(store: Store, impact: Impact, watch: Watch, group: str = "") -> tuple[Kept[tables.Listing], int]:
    """The table that holds the order of the list (who is told first, then severity, then the order of the file) and how many
    persons it has. `group`: see `those_of`; nothing: everybody."""
    people = store.table(impact.verdict.table)
    if group:
        people = people.semi_join(those_of(store, impact, group), "person")
    order = ibis.row_number().over(order_by=[people.tier, people.se.desc(), people.open.desc(), people.person])
    chosen = people.select("person", position=order)
    table = store.keep(tables.Listing, chosen.order_by("position"), watch)
    return table, impact.people.best if not group else int(store.one(store.table(table).aggregate(n=lambda t: t.count()))["n"])


def those_of(store: Store, impact: Impact, group: str) -> Rows:
    """`person`: of one of `GROUPS`; of a role (`role:guardian`); of whom another file holds for sure, perhaps or not
    (`register:sure`)."""
    what, _, part = group.partition(":")
    persons = store.table(impact.people.table)
    if not part:
        return members(store, impact.people, impact.verdict.table, group)
    if what == "role":
        return persons.filter((persons.roles & bit_of(Role(part))) != 0).select("person")
    held = store.table(next(item.table for item in impact.matches if item.what == what))
    if part == "none":
        return persons.anti_join(held.select(person=held.a), "person").select("person")
    return held.filter(for_sure(held) if part == "sure" else ~for_sure(held)).select(person=held.a)


def page(store: Store, impact: Impact, table: Kept[tables.Listing], start: int, count: int) -> list[Person]:
    """Persons at positions start ... start + count - 1."""
    ordered = store.table(table)
    wanted = ordered.filter((ordered.position >= start) & (ordered.position < start + count))
    told = store.table(impact.verdict.table).inner_join(wanted, "person")
    asked = told.select(
        "position", "person", "rows", "age", "department", "band", "se", "ei_reason", "channel", "profile", "held"
    )
    lines = sorted(store.rows(asked))
    found = texts_of(store, impact.people.exposure, [int(line[1]) for line in lines])
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
            found[person],
            roles_of(masks.get(person, 0)),
        )
        for position, person, rows, age, place, band, se, why, how, profile, held in lines
    ]


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
