"""Exposure in, the same with a few masked cells of each column out: some that are valid, some that are not."""

from dataclasses import replace
from operator import or_

from analysis.classify.cells import text_of
from analysis.classify.mask import masked
from analysis.ground.watch import Watch
from analysis.model import Exposure, Status
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.rows import Rows

EXAMPLES = 3
FIRST = 200  # rows that examples come from


def with_examples(store: Store, exposure: Exposure, watch: Watch) -> Exposure:
    wanted = exposure.personal
    if not wanted:
        return exposure
    statuses = store.table(exposure.table)
    good = cells(store, exposure, statuses.filter(statuses.row < FIRST), watch)
    wrong = balanced(or_, [statuses[f"s{field.position}"] == int(Status.MALFORMED) for field in wanted])
    bad = (
        cells(store, exposure, statuses.filter(wrong).order_by("row").limit(FIRST), watch)
        if any(field.malformed for field in wanted)
        else {}
    )
    fields = {
        field.position: replace(
            field,
            examples=shapes(good.get(field.position, ()), Status.VALID),
            counterexamples=shapes(bad.get(field.position, ()), Status.MALFORMED),
        )
        for field in wanted
    }
    return replace(exposure, fields=tuple(fields.get(field.position, field) for field in exposure.fields))


def cells(store: Store, exposure: Exposure, statuses: Rows, watch: Watch) -> dict[int, tuple[tuple[str, Status], ...]]:
    """Text and status of the cells of some rows, by position."""
    raw = store.table(exposure.leak.table)
    rows = statuses.inner_join(raw.mutate(row=raw.rowid()), "row").order_by("row")
    asked = {f"c{field.position}": text_of(rows[f"c{field.position}"]) for field in exposure.personal}
    found = store.rows(
        rows.select(**asked, **{f"s{field.position}": rows[f"s{field.position}"] for field in exposure.personal}), watch
    )
    columns = list(zip(*found, strict=True))
    half = len(exposure.personal)
    return (
        {field.position: tuple(zip(columns[at], columns[half + at], strict=True)) for at, field in enumerate(exposure.personal)}
        if found
        else {}
    )


def shapes(cells: tuple[tuple[str, Status], ...], wanted: Status) -> tuple[str, ...]:
    return tuple(dict.fromkeys(masked(text) for text, status in cells if text and status == wanted))[:EXAMPLES]
