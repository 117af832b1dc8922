"""Exposure in, the same with a few masked cells of each column out: some that are valid, some that are not."""

from dataclasses import replace
from typing import Any

from analysis.classify.cells import text_of
from analysis.classify.mask import masked
from analysis.model import Exposure, Field, Status
from analysis.store import Store
from analysis.watch import Watch

EXAMPLES = 3
FIRST = 200  # rows that most examples come from


def with_examples(store: Store, exposure: Exposure, watch: Watch) -> Exposure:
    wanted = exposure.personal
    if not wanted:
        return exposure
    raw, statuses = store.table(exposure.leak.table), store.table(exposure.table)
    first = raw.mutate(row=raw.rowid()).filter(lambda t: t.row < FIRST).inner_join(statuses.filter(statuses.row < FIRST), "row")
    found = store.rows(
        first.select(**{f"{kind}{field.position}": cell(first, field, kind) for field in wanted for kind in "cs"}), watch
    )
    columns = list(zip(*found, strict=True))
    fields = {
        field.position: replace(
            field,
            examples=shapes(columns[2 * at], columns[2 * at + 1], Status.VALID) if columns else (),
            counterexamples=counterexamples(store, raw, statuses, field, watch) if field.malformed else (),
        )
        for at, field in enumerate(wanted)
    }
    return replace(exposure, fields=tuple(fields.get(field.position, field) for field in exposure.fields))


def cell(rows: Any, field: Field, kind: str) -> Any:
    """The text of a cell (c) or its status (s)."""
    return text_of(rows[f"c{field.position}"]) if kind == "c" else rows[f"s{field.position}"]


def shapes(cells: tuple[Any, ...], statuses: tuple[Any, ...], wanted: Status) -> tuple[str, ...]:
    kept = dict.fromkeys(masked(text) for text, status in zip(cells, statuses, strict=True) if text and status == wanted)
    return tuple(kept)[:EXAMPLES]


def counterexamples(store: Store, raw: Any, statuses: Any, field: Field, watch: Watch) -> tuple[str, ...]:
    """The first cells that are filled and not what the kind asks for."""
    bad = (
        statuses.filter(statuses[f"s{field.position}"] == int(Status.MALFORMED)).select("row").order_by("row").limit(4 * EXAMPLES)
    )
    rows = store.rows(bad, watch)
    numbers = [row for (row,) in rows]
    texts = store.rows(raw.filter(raw.rowid().isin(numbers)).select(cell=text_of(raw[f"c{field.position}"])), watch)
    return tuple(dict.fromkeys(masked(text) for (text,) in texts if text))[:EXAMPLES]
