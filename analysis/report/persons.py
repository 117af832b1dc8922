"""People in, a CSV out: of each row, the person that it is about, and why. It holds no cell of the leak."""

import csv
from itertools import groupby
from pathlib import Path

from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.model import People
from analysis.read.places import row_lines
from analysis.resolve.gather import groups
from analysis.resolve.mentions import row_of, slot_of
from analysis.store import Store

HEAD = ("row", "line", "person", "level", "reason", "table", "others")


def write_persons(store: Store, people: People, source: Path, path: Path, watch: Watch) -> None:
    """One line for each row of each table that is counted. row: number from 1 among the kept rows; line: in the source, empty
    where a row is no line of a text; person: the number of her first row (of another table or place in the row: `ROW/SLOT`);
    level: exact (the identity agrees) or linked; reason: a code, `first` for the row that stands for the others; table: empty
    for the one that is looked at; others: the other people of the row, each as `role:person`."""
    lines = row_lines(store, people.exposure.leak, source, watch.within(0.0, 0.6))
    every = groups(people.exposure)
    links = store.table(people.links).select("mention", "person", "exact", "reason")
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for group in every:
            if group.place:
                continue
            slots = [group.slot, *(item.slot for item in every if item.table is group.table and item.place)]
            mine = links.filter(slot_of(links.mention).isin(slots))
            ordered = mine.order_by([row_of(mine.mention), mine.mention])
            rows = groupby(store.stream(ordered, watch.within(0.6, 1.0)), key=lambda told: row_of(told[0]))
            for row, told in rows:
                here = list(told)
                first = here[0] if slot_of(here[0][0]) == group.slot else None
                others = " ".join(
                    f"{every[slot_of(mention)].role}:{number_of(person)}" for mention, person, *_ in here[bool(first) :]
                )
                line = lines[row] if lines and not group.slot else ""
                name = group.name if group.slot else ""
                writer.writerow((row + 1, line, *(judged(*first) if first else ("", "", "")), name, others))


def number_of(person: int) -> str:
    """The number of a person: of her first row, with its slot where that is not the first."""
    return f"{row_of(person) + 1}/{slot_of(person)}" if slot_of(person) else str(row_of(person) + 1)


def judged(mention: int, person: int, exact: int, reason: str | None) -> tuple[str, str, str]:
    """Whom a mention is about, and why."""
    level = "linked" if reason and exact != person else "exact"
    told = reason if level == "linked" else "first" if mention == exact else "same_identity"
    return number_of(person), level, told or ""
