"""A file that is said to be a sample in, why it may be no fair one out: sorted, of one place, of one stretch of time, padded.
What such a file says of the whole is told with these words."""

import ibis
from ibis import _

from analysis.classify.cells import date_of, text_of
from analysis.classify.dates import best_layout
from analysis.ground.watch import Watch
from analysis.ground.words import Said, say
from analysis.model import Field, Impact
from analysis.store import Store
from analysis.store.rows import Column, Rows

SORTED = 0.98  # share of neighboring rows in order from which a file is sorted
ONE_PLACE = 0.8  # share of the people whose département is one
PADDED = 0.05  # share of rows that repeat another
STRETCH = 92  # days between the hundredth and the last but hundredth of a column of dates
DRAWN = 2500  # rows that are looked at
FEW = 100  # rows under which nothing is told


def sample_warnings(store: Store, impact: Impact, watch: Watch) -> tuple[Said, ...]:
    leak = impact.people.exposure.leak
    if leak.rows < FEW:
        return (say("The file is too small to tell whether it is a fair sample."),)
    found: list[Said] = []
    if column := sorted_by(store, impact, watch):
        found.append(
            say(
                "The rows are sorted by {column}: they may be the beginning of the whole, not a draw from it.", column=column[:60]
            )
        )
    top = max(impact.census.places, key=lambda place: place.people, default=None)
    placed = sum(place.people for place in impact.census.places)
    if top is not None and placed and top.people >= ONE_PLACE * placed:
        found.append(
            say(
                "{share} of the people live in one département ({name}): other sites may look otherwise.",
                share=top.people / placed,
                name=top.name,
            )
        )
    if (repeated := leak.rows - impact.people.high) and repeated >= PADDED * leak.rows:
        found.append(say("{share} of the rows repeat another: the file may be padded.", share=repeated / leak.rows))
    if stretch := narrow(store, impact, watch):
        column, days = stretch
        found.append(
            say("All dates of {column} lie within {n} days: other times may look otherwise.", column=column[:60], n=days)
        )
    return tuple(found)


def sorted_by(store: Store, impact: Impact, watch: Watch) -> str:
    """The column by whose texts or days nearly all rows stand in order; empty where there is none."""
    exposure = impact.people.exposure
    raw = drawn(store, impact, watch)
    fields = [field for field in exposure.fields if field.filled > exposure.leak.rows / 2]
    values = {field.position: value_of(raw, field) for field in fields}
    if not values:
        return ""
    told = raw.select(row=raw.rowid(), **{f"v{at}": value for at, value in values.items()})
    window = ibis.window(order_by=told.row)
    steps = told.mutate(**{f"p{at}": told[f"v{at}"].lag().over(window) for at in values})
    counts = store.one(
        steps.aggregate(
            **{f"up{at}": (steps[f"v{at}"] > steps[f"p{at}"]).sum() for at in values},
            **{f"down{at}": (steps[f"v{at}"] < steps[f"p{at}"]).sum() for at in values},
        ),
        watch,
    )
    for field in fields:
        up, down = int(counts[f"up{field.position}"] or 0), int(counts[f"down{field.position}"] or 0)
        if up + down >= FEW and max(up, down) >= SORTED * (up + down):
            return field.column
    return ""


def drawn(store: Store, impact: Impact, watch: Watch) -> Rows:
    """Evenly spaced rows in the order of the file: where all are in order, these are."""
    leak = impact.people.exposure.leak
    return store.table(store.spread(leak.table, leak.rows, DRAWN, watch))


def value_of(raw: Rows, field: Field) -> Column:
    text = text_of(raw[f"c{field.position}"])
    return date_of(text, field.variant) if field.kind in ("birth_date", "death_date") and field.variant else text.upper()


def narrow(store: Store, impact: Impact, watch: Watch) -> tuple[str, int] | None:
    """A column of dates of no person whose days lie close together, and how close."""
    exposure = impact.people.exposure
    raw = drawn(store, impact, watch)
    for field in [field for field in exposure.fields if field.kind == "none" and field.filled > exposure.leak.rows / 2]:
        cells = raw.select(text=text_of(raw[f"c{field.position}"])).filter(_.text.notnull())
        texts = [text for (text,) in store.rows(cells.limit(200), watch)]
        layout, days = best_layout(texts)
        if layout and len(days) >= 0.9 * len(set(texts)):
            day = date_of(cells.text, layout).cast("timestamp").epoch_seconds() / 86_400
            ends = store.one(cells.aggregate(low=day.quantile(0.01), high=day.quantile(0.99)), watch)
            if ends["low"] is not None and ends["high"] - ends["low"] <= STRETCH:
                return field.column, round(ends["high"] - ends["low"]) + 1
    return None
