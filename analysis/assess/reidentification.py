"""Sizes of equivalence classes in, re-identification risks out, as ARX defines them; and uniqueness in a population.

The prosecutor knows that the target is in the file. n rows, J classes of size f: share at risk (1/n) sum f [1/f > t],
highest 1/min f, average J/n. Uniques are rows alone in their class. In a population, births being uniform over the year
and people of a cell Poisson, a person is alone with probability exp(-N p).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GROUPS = ((1, 1, "1"), (2, 2, "2"), (3, 4, "3-4"), (5, 9, "5-9"), (10, 1 << 62, "10+"))
DAYS = 365.25
BIRTHS = {"day": DAYS, "month": 12.0, "year": 1.0}  # births of a year that a date of this precision tells apart
QUASI_IDENTIFIERS = ("birth_date", "sex", "postal_code")  # that everybody has


def precision(layout: str) -> str:
    """What a column of dates tells: day, month or year. `layout`: as strptime has it, or a number of days or seconds."""
    if "%" not in layout or "%d" in layout or "%j" in layout:
        return "day"
    return "month" if "%m" in layout or "%b" in layout else "year"


@dataclass(frozen=True, slots=True)
class Risks:
    """Prosecutor risks of a table; `sizes`: group of class sizes -> rows."""

    rows: int
    classes: int
    k: int
    uniques: int
    highest: float
    average: float
    at_risk: float
    sizes: tuple[tuple[str, int], ...]


# Size of a class, classes of that size, persons in them.
Classes = tuple[tuple[int, int, int], ...]


def risks(histogram: Iterable[tuple[int, int]], threshold: float) -> Risks:
    """`histogram`: size of a class, number of classes of that size. An empty table has no risk and k = 0."""
    return risks_of(tuple((int(size), int(n), int(size) * int(n)) for size, n in histogram if n), threshold)


def risks_of(counted: Classes, threshold: float) -> Risks:
    """The risks of the persons in some classes: all of each, or some."""
    rows = sum(people for *_, people in counted)
    if not rows:
        return Risks(0, 0, 0, 0, 0.0, 0.0, 0.0, tuple((label, 0) for *_, label in GROUPS))
    smallest = min(size for size, *_ in counted)
    exposed = sum(people for size, _, people in counted if 1 / size > threshold)
    return Risks(
        rows=rows,
        classes=sum(classes for _, classes, _ in counted),
        k=smallest,
        uniques=sum(people for size, _, people in counted if size == 1),
        highest=1 / smallest,
        average=sum(people / size for size, _, people in counted) / rows,
        at_risk=exposed / rows,
        sizes=tuple((label, sum(people for size, _, people in counted if low <= size <= high)) for low, high, label in GROUPS),
    )


@dataclass(frozen=True, slots=True)
class AttackerRisk:
    """Of an attacker: share of records at risk (None: not defined), the highest risk (None: not defined), the average."""

    at_risk: float | None
    highest: float | None
    average: float


Cell = tuple[int, int, int]  # rows f of a class in the file (1 or more), people F in the population, classes that are so


def journalist(cells: Sequence[Cell], threshold: float) -> AttackerRisk:
    """Does not know whether the target is in the file. As ARX (RiskModelSampleSummary): Ra = (1/n) sum f [1/F > t], Rb = 1/min F,
    Rc = max(J / sum F, (1/n) sum f/F)."""
    rows = sum(f * n for f, _, n in cells)
    at_risk = sum(f * n for f, people, n in cells if 1 / people > threshold) / rows
    share = sum(n for *_, n in cells) / sum(people * n for _, people, n in cells)
    return AttackerRisk(at_risk, 1 / min(people for _, people, _ in cells), max(share, marketer(cells).average))


def marketer(cells: Sequence[Cell]) -> AttackerRisk:
    """Wants as many as possible: (1/n) sum f/F."""
    return AttackerRisk(None, None, sum(f * n / people for f, people, n in cells) / sum(f * n for f, _, n in cells))


def uniqueness(p: float, people: int) -> float:
    """Likelihood that a record of probability p is alone in a population (Rocher 2019, CorrectMatch): (1 - p)^(n - 1)."""
    return (1 - p) ** (people - 1)


def correctness(p: float, people: int) -> float:
    """Likelihood that a match on a record of probability p is right (Rocher 2019, CorrectMatch): (1 - (1 - p)^n) / (n p)."""
    return (1 - (1 - p) ** people) / (people * p)
