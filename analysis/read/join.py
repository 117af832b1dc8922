"""Two tables of one source in, one table out: joined on a key that the program proposes or a person names."""

from dataclasses import replace
from itertools import permutations

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Dialect, Key, Leak, Ledger, Sheet, tables
from analysis.model.tables import Kept
from analysis.store import Store

TABLES = 6  # of the source, the likeliest first
SHARE = 0.5  # of the rows of one table whose key stands in the other
NOUNS = ("id", "num", "no", "nr", "key", "code", "ipp", "ref", "uid")


def keys(store: Store, leak: Leak, watch: Watch) -> tuple[Key, ...]:
    """Joins worth proposing: the right column tells its rows apart, and most left rows find one of them."""
    found: list[Key] = []
    sheets = leak.sheets[:TABLES]
    unique = {
        (sheet.name, at): tells_apart(store, sheet, at, watch)
        for sheet in sheets
        for at, name in enumerate(sheet.columns)
        if is_key(name)
    }
    for left, right in permutations(sheets, 2):
        for at, name in enumerate(left.columns):
            for place, other in enumerate(right.columns):
                if unique.get((right.name, place)) and is_key(name) and same_key(name, other, right.name):
                    share = shared(store, left, at, right, place, watch)
                    if share >= SHARE:
                        found.append(Key(left.name, right.name, at, place, share, name))
    best: dict[frozenset[str], Key] = {}
    for key in sorted(found, key=lambda item: -item.share):
        best.setdefault(frozenset((key.left, key.right)), key)
    return tuple(best.values())


def is_key(name: str) -> bool:
    words = name.lower().replace("-", "_").split("_")
    return any(word in NOUNS or word.endswith("id") for word in words)


def same_key(left: str, right: str, table: str) -> bool:
    """`patient_id` of one table is `id` or `patient_id` of the other."""
    one, other = left.lower(), right.lower()
    plain = table.rpartition("/")[2].lower().rstrip("s")
    return (
        one == other
        or {one, other} in ({f"{plain}_{noun}", noun} for noun in NOUNS)
        or {one, other} in ({f"{noun}_{plain}", noun} for noun in NOUNS)
    )


def tells_apart(store: Store, sheet: Sheet, at: int, watch: Watch) -> bool:
    cells = store.table(sheet.table)[f"c{at}"]
    found = store.one(store.table(sheet.table).aggregate(filled=cells.count(), distinct=cells.nunique()), watch)
    return found["filled"] > 0 and found["distinct"] == found["filled"]


def shared(store: Store, left: Sheet, at: int, right: Sheet, place: int, watch: Watch) -> float:
    mine, theirs = store.table(left.table), store.table(right.table)
    hits = mine.filter(mine[f"c{at}"].isin(theirs[f"c{place}"]))
    return int(store.one(hits.aggregate(n=hits.count()), watch)["n"]) / max(left.ledger.rows, 1)


def joined(store: Store, leak: Leak, key: Key, watch: Watch) -> Leak:
    """Every row of the left table with the columns of its partner; left rows without one are kept, and the right rows
    that nobody claims are counted as rejected."""
    left, right = sheet_of(leak, key.left), sheet_of(leak, key.right)
    watch.tell(say("Joining the tables"), 0.0)
    mine, theirs = store.table(left.table), store.table(right.table)
    width = len(left.columns)
    others = [at for at in range(len(right.columns)) if at != key.right_column]
    renamed = theirs.select(
        partner=theirs[f"c{key.right_column}"], **{f"c{width + at}": theirs[f"c{place}"] for at, place in enumerate(others)}
    )
    whole = mine.left_join(renamed, mine[f"c{key.left_column}"] == renamed.partner).drop("partner")
    table = store.keep(tables.Joined, whole, watch)
    claimed = theirs.filter(theirs[f"c{key.right_column}"].isin(mine[f"c{key.left_column}"]))
    alone = right.ledger.rows - int(store.one(claimed.aggregate(n=claimed.count()), watch)["n"])
    ledger = Ledger(
        physical_lines=left.ledger.physical_lines,
        records_read=left.ledger.rows + alone,
        header=0,
        preamble=0,
        blank=0,
        kept=left.ledger.rows,
        repaired=0,
        rejected=alone,
        reasons=(("no_partner", alone),) if alone else (),
    )
    columns = left.columns + tuple(
        name if (name := right.columns[at]) not in left.columns else f"{right.name}.{name}" for at in others
    )
    name = title(key)
    sheet = Sheet(
        name,
        left.format,
        Dialect("utf-8", "", "", 0, 0, 0, named=True),
        columns,
        ledger,
        Kept[tables.Leak](table),
        left.notes,
        max(left.likely, right.likely),
    )
    return replace(leak, sheet=sheet, sheets=(*(item for item in leak.sheets if item.name != name), sheet))


def title(key: Key) -> str:
    return f"{key.left} + {key.right} ({key.name})"


def sheet_of(leak: Leak, name: str) -> Sheet:
    return next(sheet for sheet in leak.sheets if sheet.name == name)


def asked_join(store: Store, leak: Leak, asked: str, watch: Watch) -> Leak:
    """`OTHER` joins on the proposed key, `OTHER:COLUMN=COLUMN` on the named ones. Raises Trouble where there is none."""
    other, _, columns = asked.partition(":")
    for key in keys(store, leak, watch) if not columns else ():
        if {key.left, key.right} == {leak.sheet.name, other}:
            return joined(store, leak, key, watch)
    mine, _, theirs = columns.partition("=")
    right = next((sheet for sheet in leak.sheets if sheet.name == other), None)
    if right is None or mine not in leak.columns or theirs not in right.columns:
        raise Trouble(
            "join", say("There is no such table or column to join, or no key that the two tables share."), BAD_ARGUMENTS
        )
    key = Key(leak.sheet.name, other, leak.columns.index(mine), right.columns.index(theirs), 1.0, mine)
    if not tells_apart(store, right, key.right_column, watch):
        raise Trouble(
            "join", say("There is no such table or column to join, or no key that the two tables share."), BAD_ARGUMENTS
        )
    return joined(store, leak, key, watch)
