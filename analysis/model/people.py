"""How many persons, and which rows speak of each."""

from dataclasses import dataclass

from analysis.ground.words import Said
from analysis.model import tables
from analysis.model.codes import Role
from analysis.model.exposure import Exposure
from analysis.model.tables import NOWHERE, Kept

MANY_ROWS = 10  # of a person: so many or more are counted together


@dataclass(frozen=True, slots=True)
class InRole:
    """How many persons have a role; a person may have several."""

    role: Role
    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share, or an amount, with its bounds (95 %)."""

    low: float
    best: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What a person's answers on doubtful pairs say of the linkage. `answers`: those that say yes or no; `precision`: of the
    pairs that were linked; `recall`: of the pairs of one person that were compared; `missed`: of those that were not linked, how
    many there are at most."""

    answers: int
    unsure: int
    precision: Share
    recall: Share
    missed: int


@dataclass(frozen=True, slots=True)
class People:
    """How many persons, at three levels: `strict` of rows that differ at all, `exact` of identities that agree, `best` once
    near ones are linked (`level`: by rules alone, or by a model too); and from `low` to `high`. `table`: one row per person;
    `links`: the person of each row."""

    exposure: Exposure
    low: int
    best: int
    high: int
    merges: tuple[tuple[str, int], ...]  # reason of a merge, rows merged
    limits: tuple[Said, ...]  # why no better count is possible
    table: Kept[tables.Exact | tables.Persons]
    links: Kept[tables.Links]
    rules: str
    strict: int = 0
    exact: int = 0
    level: str = "rules"  # rules or model
    sizes: tuple[tuple[int, int], ...] = ()  # rows of a person (MANY_ROWS: so many or more), persons
    near: Kept[tables.Near] = NOWHERE  # exact persons that may be one, and were kept apart
    doubts: Kept[tables.Doubts] = NOWHERE  # pairs that may be one person, linked or not
    review: Measured | None = None
    joined: int = 0  # pairs of rows that a person joined
    split: int = 0  # pairs of rows that a person split
    roles: tuple[InRole, ...] = ()  # in the order of `Role`
    several: int = 0  # persons of more than one role
