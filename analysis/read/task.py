"""What the readers of a delimited text are given, and what they give back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_hex

from analysis.ground.watch import Watch
from analysis.model import Dialect
from analysis.read.counting import all_blank, blank_rows
from analysis.read.records import signs_of
from analysis.read.repair import ByHand, Mended, Mender, rigid_shapes
from analysis.read.source import Source
from analysis.store import Store

AFTER = " │ "  # between the cells of a repaired row, as the ledger shows it

Note = tuple[int, str, str, str, str | None]  # line, outcome (repaired, irregular or rejected), reason, before, after
IRREGULAR = frozenset({"too_few_cells", "too_many_cells"})
# Parts the last cell of an irregular row from what the row has too much, until the table is read. (A file cannot know it.)
SURPLUS = f"\ue001{token_hex(8)}\ue001"


def note(line: int, reason: str, before: str, row: Sequence[str | None] | None) -> Note:
    """The ledger's line about a record; `row`: what became of it, None where it was rejected."""
    after = None if row is None else AFTER.join([cell or "" for cell in row]).replace(SURPLUS, AFTER)
    outcome = "rejected" if row is None else "irregular" if reason in IRREGULAR else "repaired"
    return line, outcome, reason, before, after


def cells_of(mended: Mended) -> tuple[str, ...] | None:
    """A mended row as it is put into the table: the surplus waits behind the last cell."""
    if mended.row is None or not mended.surplus:
        return mended.row
    return (*mended.row[:-1], mended.row[-1] + SURPLUS + mended.surplus)


@dataclass(frozen=True, slots=True)
class Reading:
    """A source that is read into a table of the store, as a dialect of so many columns."""

    store: Store
    source: Source
    dialect: Dialect
    columns: tuple[str, ...]
    watch: Watch
    by_hand: ByHand = field(default_factory=dict[int, tuple[int, ...]])

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def table(self) -> str:
        """Another one where it is cut otherwise, or records are placed otherwise: what was asked of the first does not hold of
        the second."""
        way = repr((self.dialect, self.columns, sorted(self.by_hand.items())))
        return f"leak_{self.source.mark}{sha256(way.encode()).hexdigest()[:8]}"

    def mender(self, rows: Sequence[Sequence[str | None]]) -> Mender:
        """`rows`: some that are whole, by whose shapes the others are judged."""
        signs, shapes = signs_of(self.dialect), rigid_shapes(rows, self.width)
        return Mender(self.width, signs, shapes, self.dialect.short, self.by_hand)


@dataclass(slots=True)
class Account:
    """Where the records went."""

    rows: int = 0
    records: int = 0
    blank: int = 0
    notes: list[Note] = field(default_factory=list["Note"])

    def without_blank_rows(self, reading: Reading) -> None:
        """Rows of nothing but delimiters and blanks are taken out and counted."""
        store, table = reading.store, reading.table
        if blank_rows(store, table, reading.watch):
            removed = store.remove(table, all_blank(store.table(table)), reading.watch)
            self.rows, self.blank = self.rows - removed, self.blank + removed


class OtherEncoding(Exception):
    """Some cells are not UTF-8, which the first megabytes did not show."""
