"""A table of the store in, what stands in it counted: rows, signs inside cells, rows of nothing, rows like another."""

from collections.abc import Callable, Sequence
from operator import add, and_

from analysis.ground.watch import Watch
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.rows import Column, Rows

FIRST = 40  # columns that are asked before the others


def count(store: Store, table: str, width: int, sign: str, watch: Watch) -> tuple[int, int]:
    """Rows, and how often a sign (a line end, the delimiter) stands inside their cells."""
    rows = store.table(table)
    inner: dict[str, Column] = {}
    if sign:
        cells = [rows[f"c{at}"] for at in range(width)]
        inner["signs"] = balanced(add, [(cell.length() - cell.replace(sign, "").length()).sum().fill_null(0) for cell in cells])
    found = store.one(rows.aggregate(rows=rows.count(), **inner), watch)
    return int(found["rows"]), int(found.get("signs", 0))


def blank_rows(store: Store, table: str, watch: Watch) -> int:
    """Rows without a value; a filter looks at the further columns only where the first one begins with a blank."""
    found = store.table(table)
    return matching(store, found, lambda columns: all_blank(found, columns), watch)


def matching(store: Store, rows: Rows, condition: Callable[[Sequence[str]], Column], watch: Watch) -> int:
    """Rows that meet a condition on all columns; of a wide table the first columns are asked before the others, because a
    question of thousands of columns takes seconds to translate, and few rows meet it in the first ones."""
    count = 0
    widths = [FIRST, len(rows.columns)] if len(rows.columns) > FIRST else [len(rows.columns)]
    for width in widths:
        met = rows.filter(condition(rows.columns[:width]))
        count = int(store.one(met.aggregate(n=met.count()), watch)["n"])
        if not count:
            break
    return count


def all_blank(rows: Rows, columns: Sequence[str] = ()) -> Column:
    cells = [rows[name] for name in columns or rows.columns]
    return balanced(and_, [cell.isnull() | ((cell < "!") & (cell.strip() == "")) for cell in cells])
