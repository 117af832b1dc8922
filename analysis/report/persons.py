"""People in, a CSV out: of each row, the person that it is about, and why. It holds no cell of the leak."""

import csv
from pathlib import Path

from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.model import People
from analysis.read.places import row_lines
from analysis.resolve.mentions import row_of
from analysis.store import Store

HEAD = ("row", "line", "person", "level", "reason")


def write_persons(store: Store, people: People, source: Path, path: Path, watch: Watch) -> None:
    """row: number from 1 among the kept rows; line: in the source, empty where a row is no line of a text; person: number of
    its first row; level: exact (the identity agrees) or linked; reason: a code, `first` for the row that stands for the
    others."""
    leak = people.exposure.leak
    lines = row_lines(store, leak, source, watch.within(0.0, 0.6))
    links = store.table(people.links)
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for mention, person, exact, reason in store.stream(
            links.select("mention", "person", "exact", "reason").order_by("mention"), watch.within(0.6, 1.0)
        ):
            row = row_of(mention)
            level = "linked" if reason and exact != person else "exact"
            told = reason if level == "linked" else "first" if mention == exact else "same_identity"
            writer.writerow((row + 1, lines[row] if lines else "", row_of(person) + 1, level, told))
