"""The nouns: frozen, made of numbers, short texts and tuples. They compute nothing and hold no cell of the leak.

Each noun holds the one before it, so an `Impact` alone tells the whole story.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from analysis.words import Said


class Status(IntEnum):
    """What a cell is, for the kind of its column."""

    EMPTY = 0
    VALID = 1
    MALFORMED = 2
    PLACEHOLDER = 3


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited text is written. `header_rows`: records of the header, `header_lines`: the lines they take;
    `preamble`: lines before it; `loose`: blanks after a delimiter belong to no value; `confidence`: 0 to 1."""

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

    @property
    def header(self) -> bool:
        """Whether the columns have names of their own."""
        return self.header_rows > 0 or self.named

    @property
    def skipped(self) -> int:
        """Lines before the data."""
        return self.preamble + self.header_lines


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of the file; None or empty where the program decides. `header`: rows of it, 0 for none."""

    encoding: str = ""
    delimiter: str = ""
    quote: str | None = None
    header: int | None = None
    table: str = ""
    password: str = ""
    join: str = ""  # another table, or TABLE:COLUMN=COLUMN


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where every record went: records_read = header + preamble + blank + kept + repaired + rejected."""

    physical_lines: int
    records_read: int
    header: int
    preamble: int
    blank: int
    kept: int
    repaired: int
    rejected: int
    reasons: tuple[tuple[str, int], ...] = ()  # code of a repair or a reject, records

    @property
    def balanced(self) -> bool:
        parts = self.header + self.preamble + self.blank + self.kept + self.repaired + self.rejected
        return parts == self.records_read

    @property
    def rows(self) -> int:
        """Records that became rows of the table."""
        return self.kept + self.repaired


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a source. `table` holds its raw text in columns c0 ... cN, `notes` the ledger's lines; `likely`: 0 to 1,
    how much its columns speak of persons."""

    name: str
    format: str
    dialect: Dialect
    columns: tuple[str, ...]
    ledger: Ledger
    table: str
    notes: str
    likely: float


@dataclass(frozen=True, slots=True)
class Leak:
    """What is in the file, line for line: the table `sheet` among those of the source, worst first. `files`: how many were
    read as one; `refused`: members of an archive that were not opened."""

    name: str
    sha256: str
    size: int
    sheet: Sheet
    sheets: tuple[Sheet, ...]
    files: int = 1
    refused: int = 0

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


@dataclass(frozen=True, slots=True)
class Field:
    """What one column discloses. Counts: empty + valid + malformed + placeholder = rows."""

    column: str
    position: int
    kind: str
    variant: str
    confidence: float
    second: str
    corrected: bool
    filled: int
    valid: int
    malformed: int
    placeholder: int
    empty: int
    reasons: tuple[Said, ...]
    against: tuple[Said, ...]
    examples: tuple[str, ...]  # masked
    counterexamples: tuple[str, ...] = ()  # masked, of malformed cells
    embedded: tuple[tuple[str, int], ...] = ()  # kind found inside longer texts, rows


@dataclass(frozen=True, slots=True)
class Coherence:
    """How often two columns agree, of the rows where both say something. `name`: which two; `chance`: the share of agreement when the
    second cell is another row's."""

    name: str
    agreeing: int
    compared: int
    chance: float = 0.0

    @property
    def share(self) -> float:
        return self.agreeing / self.compared if self.compared else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """What a person decided of a leak, kept from one run to the next: the leak (`sha256` of its file, `table`: which of its tables), the rules under which its columns were understood (`kinds`), and
    what a person corrected."""

    sha256: str = ""
    table: int = 0
    rules: str = ""
    kinds: tuple[tuple[int, str], ...] = ()  # position, kind
    corrected: tuple[tuple[int, str], ...] = ()

    def of(self, sha256: str, table: int) -> bool:
        """Whether the case is about this leak (a new one is about any)."""
        return not self.sha256 or (self.sha256, self.table) == (sha256, table)


@dataclass(frozen=True, slots=True)
class Freshness:
    """What tells how old a leak is: the newest date that is not after today and the column it stands in; French mobile numbers, and those
    that begin with 07 (given since 2010); phone numbers of eight digits (before 1996)."""

    newest: date | None = None
    column: str = ""
    mobiles: int = 0
    recent_mobiles: int = 0
    old_phones: int = 0


@dataclass(frozen=True, slots=True)
class Exposure:
    """What each column discloses. `table` holds, for each row, the `Status` of each personal field (s<position>)."""

    leak: Leak
    fields: tuple[Field, ...]
    table: str
    rules: str
    coherence: tuple[Coherence, ...] = ()
    freshness: Freshness = Freshness()
    case: Case = field(default_factory=Case)

    def of_kind(self, *kinds: str) -> "Field | None":
        """The best field of one of these kinds."""
        found = [field for field in self.fields if field.kind in kinds]
        return max(found, key=lambda field: (field.valid, -field.position), default=None)

    @property
    def personal(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind != "none")


@dataclass(frozen=True, slots=True)
class People:
    """How many persons, at three levels: `high` of rows that differ at all, `exact` of identities that agree, `best` once near ones are
    linked (`level`: by rules alone, or by a model too). `table`: one row per person; `links`: the person of each row."""

    exposure: Exposure
    low: int
    best: int
    high: int
    merges: tuple[tuple[str, int], ...]  # reason of a merge, rows merged
    limits: tuple[Said, ...]  # why no better count is possible
    table: str
    links: str
    rules: str
    exact: int = 0
    level: str = "rules"  # rules or model


@dataclass(frozen=True, slots=True)
class Incident:
    """What the file cannot know; typed by a person, never guessed."""

    controller: str = ""
    nature: str = "unknown"
    breach_date: date | None = None
    aware: str = ""  # local time with its zone, ISO 8601
    disclosure: str = "undeclared"  # undeclared, none, known, unknown
    integrity: float = 0.0
    availability: float = 0.0
    malicious: bool | None = None
    other_categories: tuple[str, ...] = ()
    claimed_people: int = 0
    unintelligible: bool = False
    identifiers_rule: str = "or"
    template: bool = False


@dataclass(frozen=True, slots=True)
class Severity:
    """ENISA 2013: se = dpc * ei + cb, each with its reasons."""

    dpc: int
    ei: float
    cb: float
    se: float
    band: str
    reasons: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class AgeBand:
    """People of one sex (f, m or empty) and one five-year age band, `age` its first year."""

    age: int
    sex: str
    people: int


@dataclass(frozen=True, slots=True)
class Place:
    """People exposed in one département, and who lives there."""

    code: str
    name: str
    people: int
    population: int


@dataclass(frozen=True, slots=True)
class Reidentification:
    """Birth date + sex + postal code. Risks as ARX defines them; `alone_in_town` from the French population."""

    rows: int  # people who have the three
    classes: int
    k: int
    uniques: int
    highest: float
    average: float
    at_risk: float  # share of records with 1/f > 0.2
    sizes: tuple[tuple[str, int], ...]  # size of the equivalence class, people
    covered: int  # people whose postal code, birth date and sex are in the reference data
    alone_in_town: float  # expected share of them alone in the real population of their postal code
    median_others: float  # median expected number of other people who share the three


@dataclass(frozen=True, slots=True)
class Reach:
    """The best channel for each person, and how many can be reached by each at all."""

    email: int
    sms: int
    post: int
    none: int
    any_email: int
    any_sms: int
    any_post: int


@dataclass(frozen=True, slots=True)
class Impact:
    """How bad, for whom, and what now. `table`: one row per person with the score and the codes of its reasons."""

    people: People
    incident: Incident
    severity: Severity
    declared: Severity  # with the categories declared outside the file
    bands: tuple[tuple[str, int], ...]
    flags: tuple[Said, ...]
    duties: tuple[Said, ...]
    findings: tuple[Said, ...]
    reference_date: date
    minors: int
    over_75: int
    known_age: int
    ages: tuple[AgeBand, ...]
    places: tuple[Place, ...]
    abroad: int  # people without a known French postal code
    together: tuple[tuple[str, str, int], ...]  # two kinds, people for whom both are exposed
    exposed: tuple[tuple[str, int], ...]  # kind, people for whom it is exposed
    reidentification: Reidentification
    reach: Reach
    table: str
    rules: str
