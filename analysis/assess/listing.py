"""Impact in, pages of persons out: worst first, with the texts of the row that stands for each."""

from dataclasses import dataclass

import ibis

from analysis.assess.profile import whole
from analysis.assess.surroundings import members
from analysis.ground.watch import Watch
from analysis.model import Impact, tables
from analysis.model.codes import Band, Channel, EiReason
from analysis.model.tables import Kept
from analysis.resolve.mentions import mention_of
from analysis.store import Store


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list. `cells`: the texts of the person's first row, leak text, to be masked and never kept."""

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


def listed(store: Store, impact: Impact, watch: Watch, group: str = "") -> tuple[Kept[tables.Listing], int]:
    """The table that holds the order of the list (who is told first, then severity, then the order of the file) and how many
    persons it has. `group`: one of `GROUPS`, or everybody."""
    people = store.table(impact.verdict.table)
    if group:
        people = people.semi_join(members(store, impact.people, impact.verdict.table, group), "person")
    order = ibis.row_number().over(order_by=[people.tier, people.se.desc(), people.open.desc(), people.person])
    chosen = people.select("person", position=order)
    table = store.keep(tables.Listing, chosen.order_by("position"), watch)
    return table, impact.people.best if not group else int(store.one(store.table(table).aggregate(n=lambda t: t.count()))["n"])


def page(store: Store, impact: Impact, table: Kept[tables.Listing], start: int, count: int) -> list[Person]:
    """Persons at positions start ... start + count - 1."""
    ordered = store.table(table)
    wanted = ordered.filter((ordered.position >= start) & (ordered.position < start + count))
    told = store.table(impact.verdict.table).inner_join(wanted, "person")
    raw = store.table(impact.people.exposure.leak.table)
    numbered = raw.mutate(person=mention_of(raw.rowid()))
    found = {
        line[-1]: tuple(cell or "" for cell in line[:-1])
        for line in store.rows(numbered.filter(numbered.person.isin(wanted.person)).select(*raw.columns, "person"))
    }
    asked = told.select(
        "position", "person", "rows", "age", "department", "band", "se", "ei_reason", "channel", "profile", "held"
    )
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
        )
        for position, person, rows, age, place, band, se, why, how, profile, held in sorted(store.rows(asked))
    ]
