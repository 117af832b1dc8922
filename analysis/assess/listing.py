"""Impact in, pages of persons out: worst first, with the texts of the row that stands for each."""

from dataclasses import dataclass
from typing import Any

import ibis

from analysis.assess.surroundings import members
from analysis.ground.watch import Watch
from analysis.model import Impact
from analysis.store import Store


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list. `cells`: the texts of the person's first row, leak text, to be masked and never kept."""

    position: int
    person: int
    rows: int
    age: int | None
    department: str
    band: int
    se: float
    reason: int
    channel: int
    profile: int
    cells: tuple[str, ...]


def listed(store: Store, impact: Impact, watch: Watch, group: str = "") -> tuple[str, int]:
    """The table that holds the order of the list (who is told first, then severity, then the order of the file) and how many persons it has. `group`: one of
    `GROUPS`, or everybody."""
    people = store.table(impact.table)
    if group:
        people = people.semi_join(members(store, impact.people, impact.table, group), "person")
    order = ibis.row_number().over(order_by=[people.tier, people.se.desc(), people.open.desc(), people.person])
    chosen = people.select("person", "rows", "age", "department", "band", "se", "ei_reason", "channel", "profile", position=order)
    table = store.keep("listing", chosen.order_by("position"), watch)
    return table, impact.people.best if not group else int(store.one(store.table(table).aggregate(n=lambda t: t.count()))["n"])


def page(store: Store, impact: Impact, table: str, start: int, count: int) -> list[Person]:
    """Persons at positions start ... start + count - 1."""
    ordered = store.table(table)
    wanted = ordered.filter((ordered.position >= start) & (ordered.position < start + count))
    raw = store.table(impact.people.exposure.leak.table)
    numbered = raw.mutate(person=raw.rowid())
    found: dict[int, Any] = {row[-1]: row[:-1] for row in store.rows(numbered.filter(numbered.person.isin(wanted.person)))}
    people = store.rows(
        wanted.select("position", "person", "rows", "age", "department", "band", "se", "ei_reason", "channel", "profile")
    )
    return [
        Person(
            position,
            person,
            rows,
            age,
            department or "",
            band,
            se,
            reason,
            channel,
            profile,
            tuple(cell or "" for cell in found[person]),
        )
        for position, person, rows, age, department, band, se, reason, channel, profile in sorted(people)
    ]
