"""Two tables of one source in, one table out: joined on a key that the program proposes or a person names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations, product

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Dialect, Key, Leak, Ledger, Relation, Sheet, tables
from analysis.model.codes import KeyEvidence
from analysis.model.tables import Kept
from analysis.rules.headers import header_words
from analysis.store import Store
from analysis.store.rows import Column

TABLES = 30  # of the source, the likeliest first
ASKED = 300  # pairs of columns that are compared though their names do not belong together
SHARE, NEARLY_ALL = 0.5, 0.95  # of the rows of one table whose key stands in the other: where the names say so, and where not
LONG, SPARSE = 5.0, 20  # mean signs of keys that tell; whole numbers among which one in so many is given away
NOUNS = frozenset(
    {"id", "num", "no", "nr", "key", "code", "ref", "uid", "uuid", "fk", "pk", "numero", "number", "identifiant", "cle"}
)
# Words that say by themselves what is numbered: equal names of two tables are one thing.
CODES = frozenset({"ipp", "ins", "nir", "nda", "iep", "mrn", "matricule", "ssn", "guid"})
PREFIXES = frozenset({"t", "tbl", "table", "tb", "public", "dbo", "main"})


def keys(store: Store, leak: Leak, watch: Watch) -> tuple[Key, ...]:
    """Columns that refer to another table: the source declares it; or the right column tells its rows apart, its name and the
    left one's belong together, and most left rows find one of its cells. The surest of each left column."""
    sheets = [sheet for sheet in leak.sheets if sheet.ledger.rows][:TABLES]
    declared = {(key.left, key.left_column): key for key in foreign(store, leak, watch)}
    known: dict[tuple[object, str, int], bool] = {}

    def holds(what: Callable[[Store, Sheet, int, Watch], bool], sheet: Sheet, at: int) -> bool:
        """Asked once of each column."""
        if (what, sheet.name, at) not in known:
            known[what, sheet.name, at] = what(store, sheet, at, watch)
        return known[what, sheet.name, at]

    found: dict[tuple[str, int], tuple[bool, Key]] = {}
    numbers = {sheet.name: [(at, name) for at, name in enumerate(sheet.columns) if is_key(words(name))] for sheet in sheets}
    asked = 0
    for left, right in permutations(sheets, 2):
        for (at, name), (place, other) in product(numbers[left.name], numbers[right.name]):
            if (left.name, at) in declared:
                continue
            named = refers(name, other, left.name, right.name)
            if not named:
                if not coded(name, other) or asked >= ASKED or not holds(telling, left, at) or holds(tells_apart, left, at):
                    continue
                asked += 1
            if not holds(tells_apart, right, place):
                continue
            share = shared(store, left, at, right, place, watch)
            before = found.get((left.name, at))
            if share >= (SHARE if named else NEARLY_ALL) and (before is None or (named, share) > (before[0], before[1].share)):
                evidence = KeyEvidence.NAMES if named else KeyEvidence.VALUES
                found[left.name, at] = named, Key(left.name, right.name, at, place, share, name, evidence)
    every = [*declared.values(), *(key for _, key in found.values())]
    return tuple(sorted(every, key=lambda item: -item.share))


def foreign(store: Store, leak: Leak, watch: Watch) -> Iterator[Key]:
    """The keys that the source declares and of which some value stands in the other table."""
    for left in leak.sheets:
        for column, table, there in left.foreign:
            right = named_table(leak, left, table)
            at, place = place_of(left, column), -1 if right is None else place_there(right, there or column, there)
            if right is None or at < 0 or place < 0 or not left.ledger.rows:
                continue
            if share := shared(store, left, at, right, place, watch):
                yield Key(left.name, right.name, at, place, share, left.columns[at], KeyEvidence.DECLARED)


def named_table(leak: Leak, beside: Sheet, name: str) -> Sheet | None:
    """The table of that name, in the same file before those of others."""
    home = beside.name.rpartition("/")[0]
    found = [sheet for sheet in leak.sheets if sheet.name.rpartition("/")[2].casefold() == name.casefold()]
    return min(found, key=lambda sheet: sheet.name.rpartition("/")[0] != home, default=None)


def place_of(sheet: Sheet, column: str) -> int:
    return next((at for at, name in enumerate(sheet.columns) if name.casefold() == column.casefold()), -1)


def place_there(sheet: Sheet, column: str, told: str) -> int:
    """The column that is referred to; where the source does not say which, that of the same name, the number of the table, or
    its first column."""
    found = place_of(sheet, column)
    return found if told or found >= 0 else next((at for at, name in enumerate(sheet.columns) if is_key(words(name))), 0)


def corrected(store: Store, leak: Leak, found: Sequence[Key], told: Sequence[Relation], watch: Watch) -> tuple[Key, ...]:
    """The keys as a person has them: a column refers to what she says, or to nothing. (What names no table or column of the
    source any more is nothing.)"""
    said = {item[:2] for item in told}
    made: list[Key] = [key for key in found if (key.left, key.left_column) not in said]
    sheets = {sheet.name: sheet for sheet in leak.sheets}
    for left, at, right, place in told:
        if left == right or not (has(sheets.get(left), at) and has(sheets.get(right), place)):
            continue
        share = shared(store, sheets[left], at, sheets[right], place, watch)
        made.append(Key(left, right, at, place, share, sheets[left].columns[at], KeyEvidence.BY_HAND))
    return tuple(sorted(made, key=lambda item: -item.share))


def has(sheet: Sheet | None, at: int) -> bool:
    return sheet is not None and at < len(sheet.columns)


def refers(name: str, other: str, left: str, right: str) -> bool:
    """Whether a column may refer to one of another table: `patient_id` to `id` or `patient_id` of patients. A number of the table
    itself (`id`, or `visit_id` of visits) refers to none."""
    mine, theirs = words(name), words(other)
    if not is_key(mine) or not is_key(theirs):
        return False
    bare, bare_theirs = ({plain(word) for word in name if word not in NOUNS} for name in (mine, theirs))
    of_left, of_right = ({plain(word) for word in words(table)} for table in (left, right))
    if not bare or bare <= of_left - of_right:
        return mine == theirs and bool(set(mine) & CODES)
    return mine == theirs or bare | bare_theirs <= of_right


def coded(name: str, other: str) -> bool:
    """Whether two columns of numbers say of what, whatever they call it."""
    return not {*words(name), *words(other)} <= NOUNS


def telling(store: Store, sheet: Sheet, at: int, watch: Watch) -> bool:
    """Whether cells are so long and so far apart that two tables do not share them by chance, as they share 1, 2, 3."""
    cells = store.table(sheet.table)[f"c{at}"]
    number: Column = cells.try_cast("int64")
    asked = {"length": cells.length().mean(), "distinct": cells.nunique(), "low": number.min(), "high": number.max()}
    found = store.one(store.table(sheet.table).aggregate(**asked), watch)
    dense = found["low"] is not None and found["high"] - found["low"] < SPARSE * found["distinct"]
    return (found["length"] or 0.0) >= LONG and not dense


@cache
def words(name: str) -> tuple[str, ...]:
    """`PatientID` as patient, id; without what a table's name may begin with."""
    found = header_words(name.rpartition("/")[2])
    cut = tuple(
        part for word in found for part in ((word[:-2], "id") if len(word) > 3 and word.endswith("id") else (word,)) if part
    )
    return tuple(word for word in cut if word not in PREFIXES) or cut


def is_key(found: tuple[str, ...]) -> bool:
    return not NOUNS.isdisjoint(found) or not CODES.isdisjoint(found)


def plain(word: str) -> str:
    """A word without the sign of the plural."""
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) else word


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
