"""What the incident makes of them."""

from dataclasses import dataclass
from datetime import date, datetime

from analysis.ground.words import Said
from analysis.model import tables
from analysis.model.codes import DutyState, DutyStatus
from analysis.model.incident import Incident
from analysis.model.tables import Kept

MOST_IN_ONE = 0.9  # share of the people in one band, above which bands tell nobody apart


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
class Duty:
    """What must be done, may have to be, or need not, and why. `article`, `status`, `since`, `checked`: see `rules/duties.toml`
    (nothing where no law asks for it); `deadline`: with its zone."""

    code: str
    state: DutyState
    said: Said
    why: Said
    article: str = ""
    status: DutyStatus = DutyStatus.PRACTICE
    since: date | None = None
    checked: str = ""
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """The best channel for each person, and how many can be reached by each at all."""

    email: int
    sms: int
    post: int
    call: int  # a phone that takes no SMS, and nothing else
    none: int
    any_email: int
    any_sms: int
    any_post: int
    any_call: int
    deceased: int = 0  # by their date of death: their relatives are told
    minors: int = 0  # of those who can be reached: through their representatives
    costs: tuple[tuple[str, float], ...] = ()  # channel, euros for the people whose best channel it is
    together: tuple[tuple[str, int], ...] = ()  # channels that reach a person, joined by +, and how many persons


@dataclass(frozen=True, slots=True)
class Slice:
    """The first of the list (`share` of the people), and what they are. `opened`: abuses open to each at a serious or grave
    level, the mean."""

    share: float
    people: int
    minors: int
    old: int
    opened: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the incident makes of them. `table`: one row per person with the score and the codes of its reasons; `scenarios`:
    code, and persons to whom it is open to a possible, a serious, a grave level; `tiers`: who is told first (1) to last (4),
    persons."""

    incident: Incident
    severity: Severity
    declared: Severity  # with the categories declared outside the file
    most: Severity  # what it may come to, were all that is not declared at its worst
    bands: tuple[tuple[str, int], ...]
    flags: tuple[Said, ...]
    duties: tuple[Duty, ...]
    minors: int
    over_75: int
    together: tuple[tuple[str, str, int], ...]  # two kinds, people for whom both are exposed
    exposed: tuple[tuple[str, int], ...]  # kind, people for whom it is exposed
    reach: Reach
    scenarios: tuple[tuple[str, int, int, int], ...]
    tiers: tuple[tuple[int, int], ...]
    table: Kept[tables.Scores]
    order: tuple[Slice, ...] = ()
    opened: tuple[tuple[int, int], ...] = ()  # abuses open at a serious or grave level, persons

    @property
    def states(self) -> dict[str, DutyState]:
        """Of each duty, by its code."""
        return {item.code: item.state for item in self.duties}

    @property
    def bands_tell(self) -> bool:
        """Whether bands tell people apart: not where one of them holds nearly everybody."""
        people = sum(n for _, n in self.bands)
        return max((n for _, n in self.bands), default=0) <= MOST_IN_ONE * max(people, 1)
