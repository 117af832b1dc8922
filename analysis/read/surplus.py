"""A table whose irregular rows have more cells than there are columns in, the same with a column for the surplus out."""

from dataclasses import replace

import ibis

from analysis.ground.watch import Watch
from analysis.model import Sheet
from analysis.read.task import SURPLUS
from analysis.store import Store

NAME = "surplus"  # of the column


def with_surplus(store: Store, sheet: Sheet) -> Sheet:
    """What stands behind the last cell gets a column of its own, where any row has it."""
    rows, width = store.table(sheet.table), len(sheet.columns)
    if not {"too_many_cells", "by_hand"} & dict(sheet.ledger.reasons).keys():
        return sheet
    if f"c{width}" in rows.columns:  # parted while it was read
        return replace(sheet, columns=(*sheet.columns, NAME), surplus=True)
    last = rows[f"c{width - 1}"]
    place = last.find(SURPLUS)
    held = place >= 0
    if not store.one(rows.aggregate(n=held.sum()), Watch())["n"]:
        return sheet
    cells = {
        f"c{width - 1}": ibis.ifelse(held, last.left(place), last).nullif(""),
        f"c{width}": ibis.ifelse(held, last.substr(place + len(SURPLUS)), ibis.null("string")),
    }
    store.replace(sheet.table, rows.mutate(**cells), Watch())
    return replace(sheet, columns=(*sheet.columns, NAME), surplus=True)
