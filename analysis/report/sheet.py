"""A titled table of a report, as any medium can render it."""

from dataclasses import dataclass

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Plot:
    """Which columns of a table a medium may draw: labels, values (stacked), at most so many rows."""

    labels: int
    values: tuple[int, ...]
    most: int = 30


@dataclass(frozen=True, slots=True)
class Page:
    """A titled table; shares are fractions between 0 and 1."""

    title: str
    said: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Plot | None = None
