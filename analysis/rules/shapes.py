"""The files of resources/rules, each with its shape: one class per file. What a key means stands in the file itself."""

from datetime import date

import msgspec

from analysis.rules.loading import Rules, Shape


class Kinds(Rules):
    kind: tuple[dict[str, str], ...]


class Sounds(Rules):
    steps: tuple[tuple[str, str], ...]
    by_ear: tuple[tuple[str, str], ...]
    before: frozenset[str]


class Header(Shape):
    names: frozenset[str]
    weak: frozenset[str]
    against: frozenset[str] = msgspec.field(name="not")


class Headers(Rules):
    kind: dict[str, Header]
    abbreviations: dict[str, str]
    noise: frozenset[str]
    generic: frozenset[str]
    neutral: frozenset[str]
    owners: frozenset[str]
    attributes: frozenset[str]
    visits: frozenset[str]


class Form(Shape):
    """`pattern`: of a whole cell, empty for what is computed otherwise; `caseless`: in small letters, too; `said`: as a
    reason says it."""

    pattern: str = ""
    caseless: bool = False
    said: str = ""


class Forms(Rules):
    form: dict[str, Form]


class Values(Rules):
    placeholders: dict[str, tuple[str, ...]]
    longest: dict[str, int]
    patterns: dict[str, str]
    compact_dates: dict[str, str]
    zones: dict[str, tuple[str, ...]]
    floor: dict[str, float]
    types: dict[str, frozenset[str]]
    held: dict[str, frozenset[str]]


class Lexicon(Rules):
    remarks: frozenset[str]
    whole: dict[str, frozenset[str]]
    inside: dict[str, frozenset[str]]
    prefix: dict[str, frozenset[str]]
    sexes: dict[str, frozenset[str]]
    answers: dict[str, frozenset[str]]


class Compound(Shape):
    """Cells of several kinds. `patterns` with a group for each part, named as its kind; `sign`: what stands in most of the cells;
    `of`: what the column may be taken for (nothing: anything); `beside`: kinds of other columns that make it needless; `holds`:
    what a part must be, by feature and share."""

    patterns: tuple[str, ...]
    sign: str
    of: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    holds: dict[str, dict[str, float]] = msgspec.field(default_factory=dict[str, dict[str, float]])


class Compounds(Rules):
    forms: dict[str, str]
    compound: dict[str, Compound]


class Told(Shape):
    """A category of sensitive content. `terms`: small letters without accents, a star for any ending; `against`: words in which a
    term means something else; `family`: whether it may be told of a relative; `spouse`: and of a husband or wife."""

    label: str
    article: int
    terms: tuple[str, ...]
    against: tuple[str, ...] = msgspec.field(name="not", default=())
    family: bool = True
    spouse: bool = False


class Sensitive(Rules):
    category: dict[str, Told]
    cue: dict[str, tuple[str, ...]]


class Heading(Rules):
    few: dict[str, float]
    more: dict[str, float]


class Letters(Rules):
    languages: dict[str, str]


class RoleNames(Shape):
    names: tuple[str, ...]
    apart: tuple[tuple[str, ...], ...] = ()


class Roles(Rules):
    small: frozenset[str]
    telling: frozenset[str]
    weak: frozenset[str]
    subject: tuple[str, ...]
    nobody: tuple[str, ...]
    role: dict[str, RoleNames]


class Months(Rules):
    months: tuple[tuple[str, ...], ...]
    languages: dict[str, tuple[str, ...]]


class Nature(Shape):
    label: str
    dpc: int
    minors: int


class Identification(Shape):
    namesakes_many: float
    small_town: int
    population: int


class Reidentification(Shape):
    threshold: float


class Severity(Rules):
    bands: dict[str, float]
    nature: dict[str, Nature]
    category: dict[str, int]
    exposed: dict[str, int]
    disclosure: dict[str, float]
    ease: dict[str, float]
    identification: Identification
    reidentification: Reidentification


class Scenario(Shape):
    code: str
    label: str
    advice: str
    minor: str = ""
    beside: str = ""
    password: str = ""
    grave: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


class Scenarios(Rules):
    scenario: tuple[Scenario, ...]


class Attacker(Shape):
    code: str
    label: str
    knows: tuple[str, ...]
    adds: str


class Attackers(Rules):
    attacker: tuple[Attacker, ...]


class Case(Shape):
    title: str
    cause: str
    sector: str
    loss: str
    recipients: str
    readable: bool
    data: int
    people: int
    authority: bool
    inform: bool
    malicious: bool | None = None
    paper: bool = False
    number: int = 0  # among the cases of the EDPB
    outcome: str = ""  # of a decision, in words


class Duty(Shape):
    """`since`: the day from which it holds (of a proposal: of which it is); `hours`: of its deadline, 0 for none."""

    article: str
    status: str
    since: date
    checked: str
    hours: int = 0


class Duties(Rules):
    looked_at: date
    duty: dict[str, Duty]


class Edpb(Rules):
    case: tuple[Case, ...]
    decision: tuple[Case, ...]


class Place(Shape):
    size: int
    share: float
    oldest: int = msgspec.field(name="to")
    youngest: int = msgspec.field(name="from")
    one_sex: float | None = None


class Vulnerable(Shape):
    oldest: int
    village: int


class Crowd(Shape):
    names: int
    people: int


class Places(Rules):
    place: dict[str, Place]
    crowd: Crowd
    vulnerable: Vulnerable
    price: dict[str, float]  # of a message, by channel


class Fiction(Rules):
    """`reference_date` and the rest: what the fictional hospital is made of."""

    reference_date: date
    headers: tuple[str, ...]
    kinds: tuple[str, ...]
    domains: tuple[str, ...]
    domain_weights: tuple[int, ...]
    kinds_of_street: tuple[str, ...]
    street_weights: tuple[int, ...]
    streets: tuple[str, ...]
    homes: tuple[str, ...]
    landline_blocks: tuple[str, ...]
    missing: dict[str, float]
    placeholder: dict[str, float]
    malformed: dict[str, float]
    swapped: dict[str, float]
    duplicates: dict[str, float]
