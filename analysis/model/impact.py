"""How many people, and how bad for them."""

from dataclasses import dataclass, replace

from analysis.ground.words import Said
from analysis.model.census import Census
from analysis.model.incident import Incident
from analysis.model.matches import Matched
from analysis.model.people import People
from analysis.model.singling import Singling
from analysis.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its number, how it was computed, and whom it is about: a group of persons, `*` for all, empty for none
    to list."""

    said: Said
    method: Said
    group: str = ""


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
    parts: tuple[str, ...] = ()  # codes of `assess.parts`: the people in view are those whom all of them name
    among: int = 0  # where it is of a part: how many people there are in all

    @property
    def people(self) -> People:
        """Whom the census counts."""
        return self.census.people

    @property
    def incident(self) -> Incident:
        """What the verdict stands on."""
        return self.verdict.incident

    def told_of(self, incident: Incident) -> "Impact":
        """The same figures, with other words of the incident that change none of them."""
        return replace(self, verdict=replace(self.verdict, incident=incident))
