"""What each column discloses."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from analysis.ground.words import Said
from analysis.model import tables
from analysis.model.case import Case
from analysis.model.codes import Counting, Meant, Role
from analysis.model.leak import Key, Leak, Sheet
from analysis.model.tables import NOWHERE, Kept

YES_NO = "yes_no"  # variant of a column that says of each person whether something is so
NAMED = "named"  # variant of a column of e-mail addresses with names or other contacts beside them
ROLES = "roles"  # variant of a column of no kind whose cells say what the person of the row is
HOMBRE = "h_m"  # variant of a column of sexes in which M is a woman (mujer), and H a man
HOUSE = "house_number"  # variant of a column of addresses that holds the number alone


# Kinds of which one tells that a row is about somebody.
TELLING = frozenset({"last_name", "first_name", "full_name", "birth_date", "email", "phone", "national_id", "username"})


# Kinds that tell of nobody where they stand alone: a list of towns, the lines of a letter.
OF_NOBODY = frozenset({"none", "city", "postal_code", "region", "country", "geo", "organization", "url", "free_text"})


class Status(IntEnum):
    """What a cell is, for the kind of its column."""

    EMPTY = 0
    VALID = 1
    MALFORMED = 2
    PLACEHOLDER = 3


@dataclass(frozen=True, slots=True)
class Tells:
    """What texts of a column tell of private life, by category (a code of `rules/sensitive.toml`) and meaning, in how many rows;
    `example`: masked but for the word that tells."""

    category: str
    meant: Meant
    rows: int
    example: str


@dataclass(frozen=True, slots=True)
class Field:
    """What one column discloses. Counts: empty + valid + malformed + placeholder = rows. `suspected`: the kind that a person must
    confirm (the counts are those of its cells); until then the column counts as of none."""

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
    suspected: str = ""
    role: Role = Role.SUBJECT  # of the person whom the column describes
    tells: tuple[Tells, ...] = ()
    named: tuple[int, int] = (0, 0)  # rows whose text names somebody else: for sure, perhaps
    slot: int = 0  # which of the people of a row that is (0: its subject; below: nobody who is counted)

    @property
    def check(self) -> bool:
        """Whether a person is asked to confirm or to correct the kind."""
        return bool(self.suspected)

    @property
    def taken(self) -> str:
        """The kind that the column is taken for, counted or not."""
        return self.suspected or self.kind


@dataclass(frozen=True, slots=True)
class Coherence:
    """How often two columns agree, of the rows where both say something. `name`: which two; `chance`: the share of agreement
    when the second cell is another row's."""

    name: str
    agreeing: int
    compared: int
    chance: float = 0.0

    @property
    def share(self) -> float:
        return self.agreeing / self.compared if self.compared else 0.0


@dataclass(frozen=True, slots=True)
class Freshness:
    """What tells how old a leak is: the newest date that is not after today and the column it stands in; among evenly spaced
    rows, French mobile numbers, those that begin with 07 (given since 2010), phone numbers of eight digits (before 1996);
    rows with a French postal code, with a withdrawn one, with a commune that has merged into another, with one of a new name
    and the newest year of such a name (0: none)."""

    newest: date | None = None
    column: str = ""
    mobiles: int = 0
    recent_mobiles: int = 0
    old_phones: int = 0
    places: int = 0
    closed_codes: int = 0
    merged_places: int = 0
    new_places: int = 0
    new_place_year: int = 0


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What another table of the source discloses, by a sample of its rows; its people are not counted."""

    sheet: Sheet
    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def rows(self) -> int:
        return self.sheet.ledger.rows

    @property
    def persons(self) -> bool:
        """Whether its rows are about people who can be told."""
        return self.rows > 0 and not TELLING.isdisjoint(self.kinds)


@dataclass(frozen=True, slots=True)
class Exposure:
    """What each column discloses. `table` holds, for each row, the `Status` of each personal field (s<position>); `others`: the
    other tables of the source, of which `related` are counted as well, each with what it discloses; `keys`: which column of a
    table refers to which of another, `proposed`: as the program found it, before a person said otherwise."""

    leak: Leak
    fields: tuple[Field, ...]
    table: Kept[tables.Exposure]
    rules: str
    coherence: tuple[Coherence, ...] = ()
    freshness: Freshness = Freshness()
    case: Case = field(default_factory=Case)
    others: tuple[Disclosed, ...] = ()
    related: tuple["Exposure", ...] = ()
    keys: tuple[Key, ...] = ()
    proposed: tuple[Key, ...] = ()
    told: Kept[tables.Told] = NOWHERE  # what each distinct text tells

    def of_kind(self, *kinds: str) -> "Field | None":
        """The best field of the subject of a row of one of these kinds. (A house number without its street is no address.)"""
        found = [field for field in self.fields if field.kind in kinds and field.variant != HOUSE and not field.slot]
        return max(found, key=lambda field: (field.valid, -field.position), default=None)

    @property
    def seats(self) -> tuple[int, ...]:
        """The places of the people that a row speaks of."""
        return tuple(sorted({0, *(field.slot for field in self.fields if field.slot > 0)}))

    def seat(self, slot: int) -> "Exposure":
        """What the columns of one of the people of a row disclose of her."""
        if not slot and not any(field.slot for field in self.fields):
            return self
        hers = tuple(replace(field, slot=0) for field in self.fields if field.slot == slot)
        return replace(self, fields=hers)

    @property
    def telling(self) -> Field | None:
        """The column whose cells say what the person of a row is."""
        return next((field for field in self.fields if field.variant == ROLES), None)

    def role_of(self, slot: int) -> Role:
        return next((field.role for field in self.fields if field.slot == slot), Role.SUBJECT)

    @property
    def counted(self) -> tuple["Exposure", ...]:
        """The tables whose people are counted; the one that is looked at comes first."""
        return (self, *self.related)

    @property
    def counted_names(self) -> frozenset[str]:
        return frozenset(item.leak.sheet.name for item in self.counted)

    def believed(self) -> "Exposure":
        """The same with every doubted kind that no other column has taken for what it seems: of a list that its owner knows."""
        known = {field.kind for field in self.fields}
        fields = tuple(
            replace(field, kind=field.suspected, suspected="") if field.check and field.suspected not in known else field
            for field in self.fields
        )
        return replace(self, fields=fields)

    @property
    def about_people(self) -> bool:
        """Whether a row tells of somebody, as far as is known or must be confirmed."""
        return any(field.taken not in OF_NOBODY for field in self.fields)

    def counting(self, item: Disclosed) -> Counting:
        """Whether the people of a table are counted."""
        if item.name in self.counted_names:
            return Counting.COUNTED
        if item.name in self.case.left_out:
            return Counting.LEFT_OUT
        return Counting.NOT_COUNTED if item.persons else Counting.NOBODY

    @property
    def uncounted(self) -> tuple[Disclosed, ...]:
        """The other tables about people that are not counted, without those that a person left out."""
        return tuple(item for item in self.others if self.counting(item) is Counting.NOT_COUNTED)

    @property
    def every(self) -> tuple[Field, ...]:
        """The personal fields of every table that is counted."""
        return tuple(field for item in self.counted for field in item.personal)

    @property
    def tables(self) -> tuple[Disclosed, ...]:
        """What every table of the source discloses; the one whose people are counted comes first."""
        chosen = self.leak.sheet
        return (
            Disclosed(chosen, tuple(dict.fromkeys(item.kind for item in self.personal))),
            *self.others,
        )

    @property
    def to_check(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.check)

    @property
    def personal(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind != "none")
