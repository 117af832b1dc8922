"""Exposure in, the same with a few masked cells of each column out: some that are valid, some that are not."""

from dataclasses import replace
from operator import or_

from analysis.classify.cells import text_of
from analysis.classify.mask import masked
from analysis.ground.watch import Watch
from analysis.model import Exposure, Field, Status
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.rows import Rows

EXAMPLES = 3
FIRST = 200  # rows that examples come from


def with_examples(store: Store, exposure: Exposure, watch: Watch) -> Exposure:
    wanted = tuple(field for field in exposure.fields if field.taken != "none")
    if not wanted:
        return exposure
    statuses = store.table(exposure.table)
    good = cells(store, exposure, wanted, statuses.filter(statuses.row < FIRST), watch)
    wrong = balanced(or_, [statuses[f"s{field.position}"] == int(Status.MALFORMED) for field in wanted])
    bad = (
        cells(store, exposure, wanted, statuses.filter(wrong).order_by("row").limit(FIRST), watch)
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


def cells(
    store: Store, exposure: Exposure, wanted: tuple[Field, ...], statuses: Rows, watch: Watch
) -> dict[int, tuple[tuple[str, Status], ...]]:
    """Text and status of the cells of some rows, by position."""
    raw, places = store.table(exposure.leak.table), [field.position for field in wanted]
    rows = statuses.inner_join(raw.mutate(row=raw.rowid()), "row").order_by("row")
    texts = {f"c{at}": text_of(rows[f"c{at}"]) for at in places}
    columns = list(zip(*store.rows(rows.select(**texts, **{f"s{at}": rows[f"s{at}"] for at in places}), watch), strict=True))
    if not columns:
        return {}
    return {at: tuple(zip(columns[n], columns[len(places) + n], strict=True)) for n, at in enumerate(places)}


def shapes(cells: tuple[tuple[str, Status], ...], wanted: Status) -> tuple[str, ...]:
    return tuple(dict.fromkeys(masked(text) for text, status in cells if text and status == wanted))[:EXAMPLES]
