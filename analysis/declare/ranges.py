"""A range as people type it in, its two ends out: `18..25`, `1000..`, `1940..1949-06`, a single value for both."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from analysis.declare.moments import typed_day
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import say

BETWEEN = ".."


End = TypeVar("End")


def ends(wanted: str, read: Callable[[str, bool], End]) -> tuple[End | None, End | None]:
    """Both ends of a range; None for one that is left out. A single one is both."""
    first, parted, last = wanted.partition(BETWEEN)
    try:
        low = read(first.strip(), False) if first.strip() else None
        high = (read(last.strip(), True) if last.strip() else None) if parted else read(first.strip(), True)
    except ValueError:
        low = high = None
    if low is None and high is None:
        said = say("{what} is no range: write 18..25, 1000.. or 1940-01-01..1949-12-31.", what=wanted[:60])
        raise Trouble("range", said, BAD_ARGUMENTS)
    return low, high


def number(text: str, _: bool) -> float:
    """Raises ValueError."""
    return float("".join(text.split()).replace(",", "."))


def day_at(text: str, last: bool) -> date:
    """A day, or the first or the last one of a year or a month. Raises ValueError."""
    parts = text.split("-")
    if all(part.isdecimal() for part in parts) and len(parts[0]) == 4 and len(parts) < 3:
        year, month = int(parts[0]), int(parts[1]) if len(parts) == 2 else 12 if last else 1
        return date(year, month, monthrange(year, month)[1] if last else 1)
    if (day := typed_day(text, date.today())) is None:
        raise ValueError
    return day
