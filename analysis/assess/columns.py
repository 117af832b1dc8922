"""A column of the table that is looked at in, its values with how many people stand with each out; and the people whom a value, a
text or a range names.

What is asked of a column is written `ville=Lyon`: its name, or its place (`#7`), and what stands in it, in any case and without
accents; of a range both ends, either of which may be left out (`naissance=1940..1949`, `solde=1000..`)."""

from dataclasses import dataclass
from datetime import date

import ibis

from analysis.classify.cells import DATED, bare, date_of
from analysis.classify.dates import layouts_and_rest
from analysis.declare.ranges import day_at, ends, number
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Exposure, Impact, tables
from analysis.model.tables import Kept
from analysis.resolve.gather import groups
from analysis.resolve.mentions import row_of, slot_of
from analysis.store import Store
from analysis.store.functions import capitals, regexp_replace
from analysis.store.rows import Column, Rows

SIGNS = 200  # of a cell that are compared
LOOKED_AT = 1000  # cells that tell how dates are written


@dataclass(frozen=True, slots=True)
class Values:
    """The commonest values of a column, each with how many people stand with it; how many values and how many people more
    there are; people who have none. A person may stand with several."""

    told: tuple[tuple[str, int], ...]
    more: int
    without: int


def values_of(store: Store, impact: Impact, position: int, holding: str, most: int, watch: Watch) -> Values:
    """Of the people in view. `holding`: a text that stands in the values told, in any case and without accents."""
    everybody = store.table(impact.census.facts).select("person")
    cells = cells_of(store, impact, position).semi_join(everybody, "person")
    with_one = int(store.one(cells.aggregate(n=cells.person.nunique()), watch)["n"])
    keyed = cells.mutate(key=key(cells.value))
    if holding:
        keyed = keyed.filter(keyed.key.contains(key(ibis.literal(holding))))
    once = keyed.group_by("key", "person").aggregate(value=keyed.value.max())
    counted = once.group_by("key").aggregate(value=once.value.max(), n=once.count())
    told = store.rows(counted.order_by([counted.n.desc(), counted.key]).limit(most).select("value", "n"), watch)
    all_values = int(store.one(counted.aggregate(n=counted.count()), watch)["n"])
    return Values(tuple((str(value)[:SIGNS], int(n)) for value, n in told), all_values - len(told), impact.people.best - with_one)


def standing(store: Store, impact: Impact, how: str, asked: str, watch: Watch) -> Kept[tables.Standing]:
    """Who stands in a row whose cell is what is asked. `how`: `value` (the whole cell; an empty one: people without
    one), `text` (a part of it) or `range`. Raises Trouble for a column that the table does not have, and for ends of no range."""
    exposure = impact.people.exposure
    position, wanted = column_of(exposure, asked)
    cells = cells_of(store, impact, position)
    if how == "range":
        found = cells.filter(within(cells.value, dated(store, exposure, position), wanted))
    elif not wanted.strip():
        found = store.table(impact.people.table).anti_join(cells, "person")
    else:
        same, told = key(cells.value), key(ibis.literal(wanted.strip()))
        found = cells.filter(same == told if how == "value" else same.contains(told))
    return store.keep(tables.Standing, found.select("person").distinct(), watch)


def column_of(exposure: Exposure, asked: str) -> tuple[int, str]:
    """The place of a column, and what is asked of it. A name may hold the sign itself."""
    names = exposure.leak.columns
    at = asked.find("=")
    while at >= 0:
        name, wanted = asked[:at], asked[at + 1 :]
        if name in names:
            return names.index(name), wanted
        if name.startswith("#") and name[1:].isdecimal() and 0 < int(name[1:]) <= len(names):
            return int(name[1:]) - 1, wanted
        at = asked.find("=", at + 1)
    said = say(
        "No column of this table is asked for by {what}: write its name or its place, = and the value (ville=Lyon, #7=Lyon).",
        what=asked[:60],
    )
    raise Trouble("part", said, BAD_ARGUMENTS)


def named(exposure: Exposure, position: int) -> str:
    """How a column is asked for: by its name, where no other has it."""
    name = exposure.leak.columns[position]
    return name if name and exposure.leak.columns.index(name) == position else f"#{position + 1}"


def key(text: Column) -> Column:
    return capitals(text.substr(0, SIGNS))


def within(value: Column, layouts: str, wanted: str) -> Column:
    """Whether a cell lies in a range: of days in a column of dates, which are written so; else of numbers."""
    if layouts:
        return between(date_of(value, layouts), *ends(wanted, day_at))
    return between(
        regexp_replace(value, r"[\s\x{A0}\x{202F}]", "", "g").replace(",", ".").try_cast("float64"), *ends(wanted, number)
    )


def dated(store: Store, exposure: Exposure, position: int) -> str:
    """How the dates of a column are written; nothing where it holds others than dates, or numbers that may be dates."""
    field = exposure.fields[position]
    if field.kind in DATED:
        return field.variant
    raw = store.table(exposure.leak.table)
    texts = [str(text) for (text,) in store.rows(raw.select(text=bare(raw[f"c{position}"])).limit(LOOKED_AT)) if text]
    layouts, rest = layouts_and_rest([text for text in texts if not text.isdecimal()])
    return layouts if len(texts) > 2 * len(rest) else ""


def between(value: Column, low: float | date | None, high: float | date | None) -> Column:
    kept = value.notnull()
    if low is not None:
        kept &= value >= low
    return kept & (value <= high) if high is not None else kept


def cells_of(store: Store, impact: Impact, position: int) -> Rows:
    """person, value: what stands in the rows in which a person stands; nothing of empty cells."""
    return all_cells(store, impact, position).filter(lambda t: t.value != "")


def all_cells(store: Store, impact: Impact, position: int) -> Rows:
    """The same, an empty text for an empty cell."""
    exposure, links = impact.people.exposure, store.table(impact.people.links)
    slots = [group.slot for group in groups(exposure) if group.table is exposure]
    raw = store.table(exposure.leak.table)
    cells = raw.select(row=raw.rowid(), value=bare(raw[f"c{position}"]).fill_null(""))
    mine = links.filter(slot_of(links.mention).isin(slots)).select("person", row=row_of(links.mention))
    return mine.join(cells, "row").select("person", "value")
