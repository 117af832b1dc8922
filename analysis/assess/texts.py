"""People in, of whom texts tell something of private life out: by category and meaning."""

from functools import reduce

from ibis import _, literal

from analysis.classify.cells import text_of
from analysis.classify.sensitive import categories
from analysis.classify.texts import PLACE, bit
from analysis.ground.watch import Watch
from analysis.model import Exposure, People, tables
from analysis.model.codes import Meant
from analysis.model.tables import NOWHERE, Kept
from analysis.resolve.gather import groups
from analysis.resolve.mentions import mention_of
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive
from analysis.store import Store
from analysis.store.functions import hashed
from analysis.store.rows import Column, Rows

MEANT = (Meant.TOLD, Meant.PAST)  # what counts as told of her


def told_of(store: Store, people: People, watch: Watch) -> Kept[tables.ToldOf]:
    """What the texts of the rows of each person tell; NOWHERE where none tells anything."""
    subjects = [item for item in groups(people.exposure) if not item.place and item.table.told]
    parts = [part for item in subjects for part in of_table(store, item.table, item.slot)]
    if not parts:
        return NOWHERE
    every = reduce(lambda one, more: one.union(more), parts)
    mine = store.table(people.links).select("mention", "person").inner_join(every, "mention")
    merged = mine.group_by("person").aggregate(told=mine.told.bit_or().cast("int64"), beside=mine.beside.bit_or().cast("int64"))
    return store.keep(tables.ToldOf, merged, watch, load(Sensitive).version)


def of_table(store: Store, table: Exposure, slot: int) -> list[Rows]:
    """mention, told, beside: of each column whose texts tell something."""
    raw, known = store.table(table.leak.table), store.table(table.told)
    found: list[Rows] = []
    for item in table.fields:
        if item.tells:
            cells = raw.select(mention=mention_of(raw.rowid(), slot), key=hashed(text_of(raw[f"c{item.position}"])))
            of_column = known.filter(known["position"] == item.position).select("key", "told", "beside")
            found.append(cells.inner_join(of_column, "key").select("mention", "told", "beside"))
    return found


def counted(store: Store, name: Kept[tables.ToldOf], watch: Watch) -> tuple[tuple[str, str, int], ...]:
    """Category, meaning, people."""
    if not name:
        return ()
    rows = store.table(name)
    asked = {
        (category, how): ((rows[("told", "beside")[which]] & literal(bit(category, how), "int64")) != 0).sum()
        for category in categories()
        for how, (which, _) in PLACE.items()
    }
    counts = store.one(rows.aggregate(**{f"n{at}": expression for at, expression in enumerate(asked.values())}), watch)
    found = ((category, str(how), int(counts[f"n{at}"] or 0)) for at, (category, how) in enumerate(asked))
    return tuple(item for item in found if item[2])


def private(told: Column, grave: bool) -> Column:
    """Whether what is told of her, now or in the past, is of Article 9 or 10, or (`grave`) of the other categories."""
    chosen = [code for code, item in load(Sensitive).category.items() if (item.article == 0) is grave]
    mask = sum(bit(code, how) for code in chosen for how in MEANT)
    return ((told & literal(mask, "int64")) != 0).fill_null(False)


def marked(store: Store, name: Kept[tables.ToldOf], found: Rows) -> Rows:
    """The persons with whether texts tell of them what is private, or grave."""
    if not name:
        return found.mutate(private_told=literal(False), grave_told=literal(False))
    rows = store.table(name)
    told = rows.select("person", private_told=private(rows.told, False), grave_told=private(rows.told, True))
    joined = found.left_join(told, "person").drop("person_right")
    return joined.mutate(private_told=_.private_told.fill_null(False), grave_told=_.grave_told.fill_null(False))
