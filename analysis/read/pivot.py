"""A table of attributes and values in, the same with one row per thing and one column per attribute out.

Content systems and health software keep what they know of a person in rows (person, attribute, value): the attribute says what
each value is, which no column of theirs does.
"""

from dataclasses import dataclass

from analysis.ground.watch import Watch
from analysis.model import Dialect, Ledger, Sheet, tables
from analysis.model.tables import Kept
from analysis.rules.headers import header_words, names_field
from analysis.rules.loading import load
from analysis.rules.shapes import Headers
from analysis.store import Store
from analysis.store.rows import Rows

LOOKED = 300  # rows that tell whether a table is one
WIDEST = 12  # columns of such a table
TELLING = 2  # attributes that must name personal data
TIMES = 2  # that an attribute comes at least, on the average
UNIQUE = 0.9  # share of the pairs of thing and attribute that come once
DENSE = 0.3  # share of the attributes that a thing has, on the average
MOST = 200  # attributes that become columns
LONGEST = 60  # signs of the name of an attribute


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold the thing, the attribute and the value."""

    thing: int
    attribute: int
    value: int


def pivoted(store: Store, sheet: Sheet, watch: Watch) -> Sheet | None:
    """One row per thing; None for an ordinary table. Values of an attribute that a thing has twice are counted as rejected."""
    if not 3 <= len(sheet.columns) <= WIDEST or not any(map(names_attributes, sheet.columns)):
        return None
    layout = layout_of(sheet.columns, list(zip(*store.rows(store.table(sheet.table).limit(LOOKED)), strict=True)))
    if layout is None:
        return None
    rows = store.table(sheet.table)
    triples = rows.select(
        thing=rows[f"c{layout.thing}"], name=rows[f"c{layout.attribute}"], value=rows[f"c{layout.value}"], at=rows.rowid()
    ).filter(lambda t: t.thing.notnull() & t.name.notnull())
    names = names_of(store, triples, watch)
    # Of an attribute that comes twice the first value stays.
    columns = {f"c{at + 1}": triples.value.argmin(triples.at, where=triples.name == name) for at, name in enumerate(names)}
    wide = triples.group_by("thing").aggregate(first=triples.at.min(), **columns).order_by("first")
    table = store.keep(tables.Leak, wide.drop("first").rename(c0="thing"), watch)
    title = (sheet.columns[layout.thing], *names)
    return Sheet(
        f"{sheet.name} ({sheet.columns[layout.attribute]})",
        sheet.format,
        Dialect("utf-8", "", "", 0, 0, 0, named=True),
        title,
        ledger_of(store, triples, names, sheet, watch),
        Kept[tables.Leak](table),
        sheet.notes,
        0.0,
    )


def layout_of(names: tuple[str, ...], columns: list[tuple[str | None, ...]]) -> Layout | None:
    """The columns of a sample that are thing, attribute and value. The name of the second one must say so: what else repeats
    words that are names of fields is an ordinary column."""
    for at, column in enumerate(columns):
        if not names_attributes(names[at]):
            continue
        told = {text for text in column if text and len(text) <= LONGEST}
        if len(told) * TIMES > len(column) or sum(map(names_field, told)) < TELLING:
            continue
        value = at + 1 if at + 1 < len(columns) else at - 1
        things = [place for place in range(len(columns)) if place not in (at, value) and tells(columns[place], column)]
        if things:
            return Layout(min(things, key=lambda place: abs(place - at)), at, value)
    return None


def names_attributes(header: str) -> bool:
    """Whether a column says what the value beside it is, by its name."""
    return " ".join(header_words(header)) in load(Headers).attributes


def tells(things: tuple[str | None, ...], attributes: tuple[str | None, ...]) -> bool:
    """Whether a column names the things: each comes with several attributes, and hardly ever twice with the same one."""
    pairs = [(thing, name) for thing, name in zip(things, attributes, strict=True) if thing and name]
    apart, names = len({thing for thing, _ in pairs}), len({name for _, name in pairs})
    least = max(UNIQUE * len(pairs), TIMES * apart, DENSE * apart * names)
    return apart > 1 and len(set(pairs)) >= least


def names_of(store: Store, triples: Rows, watch: Watch) -> tuple[str, ...]:
    """The attributes, the most frequent ones if there are too many, in the order of the file."""
    counted = triples.group_by("name").aggregate(n=triples.count(), first=triples.at.min())
    kept = counted.order_by([counted.n.desc(), "first"]).limit(MOST)
    return tuple(str(name) for name, *_ in sorted(store.rows(kept.select("name", "first"), watch), key=lambda row: row[1]))


def ledger_of(store: Store, triples: Rows, names: tuple[str, ...], sheet: Sheet, watch: Watch) -> Ledger:
    things = int(store.one(triples.aggregate(n=triples.thing.nunique()), watch)["n"])
    pairs = triples.filter(triples.name.isin(names)).select("thing", "name").distinct()
    lost = sheet.ledger.rows - int(store.one(pairs.aggregate(n=pairs.count()), watch)["n"])
    return Ledger(
        physical_lines=sheet.ledger.physical_lines,
        records_read=things + lost,
        header=0,
        preamble=0,
        blank=0,
        kept=things,
        repaired=0,
        rejected=lost,
        reasons=(("attribute_again", lost),) if lost else (),
    )
