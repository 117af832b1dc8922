"""What the readers of a delimited text hand on to each other."""

from dataclasses import dataclass

from analysis.ground.watch import Watch
from analysis.model import Dialect
from analysis.read.source import Source
from analysis.store import Store


@dataclass(frozen=True, slots=True)
class Reading:
    """A source that is read into a table of the store, as a dialect of `width` columns."""

    store: Store
    table: str
    source: Source
    dialect: Dialect
    width: int
    watch: Watch
