"""Who they are, whatever the incident."""

from dataclasses import dataclass, field
from datetime import date

from analysis.model import tables
from analysis.model.people import People
from analysis.model.tables import NOWHERE, Kept


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
class Commune(Place):
    """The same of a commune, of a département."""

    department: str


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
    histogram: tuple[tuple[int, int], ...]  # size of the equivalence class, classes
    covered: int  # people whose postal code, birth date and sex are in the reference data
    alone_in_town: float  # expected share of them alone in the real population of their town
    median_others: float  # median expected number of other people who share the three
    communes: int = 0  # of the covered, those whose commune is known; of the others the postal code is the town

    @property
    def by_commune(self) -> bool:
        """Whether the town is the commune for nearly everybody."""
        return self.communes >= 0.9 * self.covered


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses of one kind where many people of the leak live, and the people there."""

    kind: str
    addresses: int
    people: int


@dataclass(frozen=True, slots=True)
class Shared:
    """E-mail addresses or phones of several persons: how many points, of how many persons, and the most that share one."""

    points: int = 0
    people: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who lives or is reached together. `households`: addresses of two persons or more; `deceased`: with a date of death, or
    older than anyone is likely to be; `village`: in a commune of few inhabitants. `homes`: table of home, size, place."""

    households: int = 0
    in_households: int = 0
    largest: int = 0
    places: tuple[Places, ...] = ()
    deceased: int = 0
    village: int = 0
    emails: Shared = field(default_factory=Shared)
    phones: Shared = field(default_factory=Shared)
    homes: Kept[tables.Homes] = NOWHERE

    @property
    def care_home(self) -> int:
        """Residents of what looks like care homes."""
        return sum(item.people for item in self.places if item.kind == "care_home")


@dataclass(frozen=True, slots=True)
class Census:
    """Who they are, whatever the incident. `facts`: one row per person; `profiles`: what persons have in common (see
    `assess.profile`), and how many."""

    people: People
    reference_date: date
    facts: Kept[tables.Facts]
    profiles: tuple[tuple[int, int], ...]
    known_age: int
    ages: tuple[AgeBand, ...]
    places: tuple[Place, ...]
    minors_at_most: int  # more than there are, where births are told by the year or month alone
    unborn: int  # people whose birth date is after the day
    abroad: int  # people without a known French postal code
    reidentification: Reidentification
    surroundings: Surroundings
    communes: tuple[Commune, ...] | None = None  # counted when asked for, or where one département is in view
    countries: tuple[tuple[str, int], ...] | None = None  # ISO codes and people; counted when asked for
    told: tuple[tuple[str, str, int], ...] = ()  # by texts: category, meaning (a code of `Meant`), people
