"""All that a person has said of a leak, in one frozen noun: what the pipeline answers, and what the window can undo."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from analysis.model import Asked, Case, Incident, Key


@dataclass(frozen=True, slots=True)
class Other:
    """A file that the leak is held against, `what`: register or earlier. `key`: of the hashes that it holds."""

    what: str
    path: Path
    key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of `files` (none: of the leak at hand, which no file can give again), and all that was said of them.

    `asked`: how they are written. `table`: another of their tables than the likeliest, or two of them joined. `today`: ages
    are counted on it where no date of the breach is declared. `cases`: what was decided, one for each table. `link`: how
    persons are linked (exact, full, auto: see `resolve`). `singling`: whom a few known fields single out is counted, too;
    `communes`: and where people live.
    `parts`: the people in view are those whom all of these codes name (`assess.parts`).
    """

    incident: Incident = field(default_factory=Incident)
    today: date = field(default_factory=date.today)
    files: tuple[Path, ...] = ()
    asked: Asked = field(default_factory=Asked)
    table: str | Key = ""
    cases: tuple[Case, ...] = ()
    link: str = "exact"
    others: tuple[Other, ...] = ()
    singling: bool = False
    communes: bool = False
    parts: tuple[str, ...] = ()

    @property
    def reading(self) -> Asked:
        """How the files are read: with the records that were placed by hand."""
        return replace(self.asked, placed=tuple(item for case in self.cases for item in case.placed))

    def case_of(self, sha256: str, table: int) -> Case | None:
        """What was decided of a table of a leak."""
        return next((case for case in self.cases if case.of(sha256, table)), None)
