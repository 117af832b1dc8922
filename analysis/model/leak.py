"""What is in the file."""

from dataclasses import dataclass

from analysis.ground.words import Said
from analysis.model import tables
from analysis.model.codes import KeyEvidence
from analysis.model.tables import Kept


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited text is written. `header_rows`: records of the header, `header_lines`: the lines they take;
    `preamble`: lines before it; `loose`: blanks after a delimiter belong to no value; `confidence`: 0 to 1; `short`: cells of a
    row that leaves out its last ones, as a kind of row or as a habit of the file (0: none does); `rival`: an encoding that is
    nearly as likely."""

    encoding: str
    delimiter: str
    quote: str
    header_rows: int
    preamble: int
    header_lines: int
    escape: str = ""
    loose: bool = False
    confidence: float = 1.0
    named: bool = False  # the format itself names the columns
    twice: bool = False  # letters that had been encoded twice were repaired
    short: int = 0
    wrapped: bool = False  # each line is one quoted cell that holds the record
    rival: str = ""

    @property
    def encodings(self) -> str:
        """As it is shown: with the other one, where the letters leave a doubt."""
        return f"{self.encoding} ({self.rival}?)" if self.rival else self.encoding

    @property
    def header(self) -> bool:
        """Whether the columns have names of their own."""
        return self.header_rows > 0 or self.named

    @property
    def skipped(self) -> int:
        """Lines before the data."""
        return self.preamble + self.header_lines


# A record that a person placed: its table, its line, and for each of its cells the column that it belongs to (from 0; OUTSIDE: to
# none of them, the surplus). Without any column the record is left out.
Placed = tuple[str, int, tuple[int, ...]]
OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of the file; None or empty where the program decides. `header`: rows of it, 0 for none. `placed`:
    records that are placed by hand."""

    encoding: str = ""
    delimiter: str = ""
    quote: str | None = None
    header: int | None = None
    table: str = ""
    password: str = ""
    join: str = ""  # another table, or TABLE:COLUMN=COLUMN
    placed: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where every record went: records_read = header + preamble + blank + kept + irregular + repaired + rejected. Irregular: a
    row with too few or too many cells, of which what can be placed is placed."""

    physical_lines: int
    records_read: int
    header: int
    preamble: int
    blank: int
    kept: int
    repaired: int
    rejected: int
    irregular: int = 0
    reasons: tuple[tuple[str, int], ...] = ()  # code of a repair or a reject, records

    @property
    def balanced(self) -> bool:
        parts = self.header + self.preamble + self.blank + self.kept + self.irregular + self.repaired + self.rejected
        return parts == self.records_read

    @property
    def rows(self) -> int:
        """Records that became rows of the table."""
        return self.kept + self.irregular + self.repaired

    @property
    def changed(self) -> int:
        """Records that the ledger names one by one."""
        return self.irregular + self.repaired + self.rejected


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a source. `table` holds its raw text in columns c0 ... cN, `notes` the ledger's lines; `likely`: 0 to 1,
    how much its columns speak of persons; `types`: what the source declares of each column (SQL), empty where it does not;
    `foreign`: column, the table to which the source says it refers, and the column there (empty: the key of that table);
    `surplus`: the last column holds what irregular rows had too much; `parts`: name and rows of the tables of the same columns
    that were read as this one (nothing where it is one itself)."""

    name: str
    format: str
    dialect: Dialect
    columns: tuple[str, ...]
    ledger: Ledger
    table: Kept[tables.Leak]
    notes: Kept[tables.Notes]
    likely: float
    types: tuple[str, ...] = ()
    surplus: bool = False
    parts: tuple[tuple[str, int], ...] = ()
    foreign: tuple[tuple[str, str, str], ...] = ()

    @property
    def listed(self) -> tuple[tuple[str, int], ...]:
        """Name and rows of every table that it is made of."""
        return self.parts or ((self.name, self.ledger.rows),)

    @property
    def width(self) -> int:
        """Columns of the source."""
        return len(self.columns) - self.surplus


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of a folder or a member of an archive of which no table could be read, and why."""

    name: str
    code: str
    said: Said


@dataclass(frozen=True, slots=True)
class Leak:
    """What is in the file, line for line: the table `sheet` among those of the source, worst first. `files`: how many were
    read; `unread`: those, and members of archives, that hold no table or could not be opened."""

    name: str
    sha256: str
    size: int
    sheet: Sheet
    sheets: tuple[Sheet, ...]
    files: int = 1
    unread: tuple[Unread, ...] = ()

    @property
    def format(self) -> str:
        return self.sheet.format

    @property
    def dialect(self) -> Dialect:
        return self.sheet.dialect

    @property
    def columns(self) -> tuple[str, ...]:
        return self.sheet.columns

    @property
    def ledger(self) -> Ledger:
        return self.sheet.ledger

    @property
    def table(self) -> str:
        return self.sheet.table

    @property
    def notes(self) -> str:
        return self.sheet.notes

    @property
    def rows(self) -> int:
        return self.ledger.rows

    @property
    def in_lines(self) -> bool:
        """Whether each row is a line of one text, as far as the leak itself tells (it may be packed)."""
        return self.format == "delimited" and self.files == 1 and len(self.sheets) == 1 and self.dialect.delimiter != ""


# A column that refers to one of another table, as a person said it: table, place, the other table (none: to nothing), place.
Relation = tuple[str, int, str, int]


@dataclass(frozen=True, slots=True)
class Key:
    """Columns (by place) of two tables that hold the same values; `share`: of the left rows that find a partner; `evidence`: from
    what it is known."""

    left: str
    right: str
    left_column: int
    right_column: int
    share: float
    name: str
    evidence: KeyEvidence = KeyEvidence.NAMES
