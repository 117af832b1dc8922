"""How many people, and how bad for them."""

from dataclasses import dataclass, field
from datetime import date

from analysis.ground.words import Said
from analysis.model import tables
from analysis.model.exposure import Exposure
from analysis.model.tables import NOWHERE, Kept

MANY_ROWS = 10  # of a person: so many or more are counted together


@dataclass(frozen=True, slots=True)
class People:
    """How many persons, at three levels: `high` of rows that differ at all, `exact` of identities that agree, `best` once
    near ones are linked (`level`: by rules alone, or by a model too). `table`: one row per person; `links`: the person of
    each row."""

    exposure: Exposure
    low: int
    best: int
    high: int
    merges: tuple[tuple[str, int], ...]  # reason of a merge, rows merged
    limits: tuple[Said, ...]  # why no better count is possible
    table: Kept[tables.Exact | tables.Persons]
    links: Kept[tables.Links]
    rules: str
    exact: int = 0
    level: str = "rules"  # rules or model
    sizes: tuple[tuple[int, int], ...] = ()  # rows of a person (MANY_ROWS: so many or more), persons
    near: Kept[tables.Near] = NOWHERE  # exact persons that may be one, and were kept apart
    joined: int = 0  # pairs of rows that a person joined
    split: int = 0  # pairs of rows that a person split


@dataclass(frozen=True, slots=True)
class Incident:
    """What the file cannot know; typed by a person, never guessed."""

    controller: str = ""
    nature: str = "unknown"
    breach_date: date | None = None
    aware: str = ""  # ISO 8601, with its offset, or local time of `time_zone`; so are the next three
    started: str = ""
    ended: str = ""
    discovered: str = ""
    time_zone: str = ""  # its name: Europe/Paris
    disclosure: str = "undeclared"  # undeclared, none, known, unknown
    integrity: float = 0.0
    availability: float = 0.0
    malicious: bool | None = None
    other_categories: tuple[str, ...] = ()
    claimed_people: int = 0
    unintelligible: bool = False
    identifiers_rule: str = "or"
    price_email: float | None = None  # euros for one message; None: the assumption of the rules
    price_sms: float | None = None
    price_post: float | None = None
    template: bool = False
    public: bool = False  # the data were public before
    measures: tuple[str, ...] = ()  # taken until now, in the words of the person
    overrules: tuple[tuple[str, float, str], ...] = ()  # class of ENISA (or ei), score, and the reason of the person


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
    histogram: tuple[tuple[int, int], ...]  # size of the equivalence class, classes
    covered: int  # people whose postal code, birth date and sex are in the reference data
    alone_in_town: float  # expected share of them alone in the real population of their postal code
    median_others: float  # median expected number of other people who share the three


@dataclass(frozen=True, slots=True)
class Power:
    """Of a set of fields: persons who have them all, and persons whom nobody else in the file equals in them."""

    fields: tuple[str, ...]  # kinds
    known: int
    alone: int


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who looks for somebody, and what the leak adds; `steps`: the fields known before, one more at each step."""

    code: str
    label: str
    adds: str
    steps: tuple[Power, ...]


@dataclass(frozen=True, slots=True)
class Singling:
    """Whom a few known fields single out. `ranked`: each field by itself, the strongest first; `curve`: the strongest, then
    with the field that adds most, and so on, among all persons: a missing field counts as a value of its own there."""

    ranked: tuple[Power, ...]
    curve: tuple[Power, ...]
    attackers: tuple[Attacker, ...]


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
    costs: tuple[tuple[str, float], ...] = ()  # channel, euros for the people whose best channel it is
    together: tuple[tuple[str, int], ...] = ()  # channels that reach a person, joined by +, and how many persons


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


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its number, how it was computed, and whom it is about: a group of persons, `*` for all, empty for none
    to list."""

    said: Said
    method: Said
    group: str = ""


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
    abroad: int  # people without a known French postal code
    reidentification: Reidentification
    surroundings: Surroundings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the incident makes of them. `table`: one row per person with the score and the codes of its reasons; `scenarios`:
    code, and persons to whom it is open to a possible, a serious, a grave level; `tiers`: who is told first (1) to last (4),
    persons."""

    incident: Incident
    severity: Severity
    declared: Severity  # with the categories declared outside the file
    bands: tuple[tuple[str, int], ...]
    flags: tuple[Said, ...]
    duties: tuple[Said, ...]
    minors: int
    over_75: int
    together: tuple[tuple[str, str, int], ...]  # two kinds, people for whom both are exposed
    exposed: tuple[tuple[str, int], ...]  # kind, people for whom it is exposed
    reach: Reach
    scenarios: tuple[tuple[str, int, int, int], ...]
    tiers: tuple[tuple[int, int], ...]
    table: Kept[tables.Scores]


@dataclass(frozen=True, slots=True)
class Impact:
    """How bad, for whom, and what now."""

    census: Census
    verdict: Verdict
    rules: str
    findings: tuple[Finding, ...] = ()
    matches: tuple[Matched, ...] = ()
    warnings: tuple[Said, ...] = ()  # why the file may be no fair sample of what is claimed
    singling: Singling | None = None  # counted when asked for: every analysis would take a quarter longer

    @property
    def people(self) -> People:
        """Whom the census counts."""
        return self.census.people

    @property
    def incident(self) -> Incident:
        """What the verdict stands on."""
        return self.verdict.incident
