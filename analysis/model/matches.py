"""The leak held against another file."""

from dataclasses import dataclass
from datetime import date

from analysis.model import tables
from analysis.model.tables import NOWHERE, Kept


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """Of the persons that are in two sources: how often a field agrees, differs, or stands on one side alone."""

    kind: str
    agree: int
    differ: int
    only_here: int
    only_there: int


@dataclass(frozen=True, slots=True)
class Site:
    """A value of a column of the register (a site, a service): its records, and how many of them are in the leak."""

    column: str
    value: str
    leaked: int
    records: int


@dataclass(frozen=True, slots=True)
class Cumulated:
    """What two leaks together tell of the persons who are in both. `newly`: kind, and of how many persons this leak exposes
    it and the earlier one did not; `sizes`: kinds known from the earlier leak, from this one, from both together, and how
    many persons; `table`: a (person), now, before: one bit for each kind."""

    table: Kept[tables.Cumulated]
    newly: tuple[tuple[str, int], ...]
    sizes: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The leak against another file, `what`: the controller's register, or an earlier leak. Persons of the leak that are in
    it for sure, perhaps, or not; `not_leaked`: its persons who are not in the leak. The leak was drawn after `newest_match`
    and before `oldest_difference` (days of `date_column`)."""

    what: str
    rows: int
    persons: int
    confirmed: int
    ambiguous: int
    not_found: int
    not_leaked: int
    comparable: bool = True  # whether the two share columns that identify a person
    fields: tuple[FieldMatch, ...] = ()
    newest_match: date | None = None
    oldest_difference: date | None = None
    date_column: str = ""
    sites: tuple[Site, ...] = ()
    new_kinds: tuple[str, ...] = ()
    cumulated: Cumulated | None = None  # with an earlier leak
    table: Kept[tables.Matched] = NOWHERE  # who is in it, for sure or perhaps
