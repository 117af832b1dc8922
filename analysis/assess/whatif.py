"""An Impact and a change of the data in, the impact that it would have had out: severity, bands, scenarios from the profiles
in milliseconds; uniqueness from classes that are counted once for each coarseness of the three quasi-identifiers."""

from dataclasses import dataclass, replace

from analysis.assess.context import Minors
from analysis.assess.rating import Rating, rated, totals
from analysis.assess.severity import BANDS, incident_severity
from analysis.model import Exposure, Impact, Severity
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Severity as SeverityRules

# How much of each quasi-identifier is left.
BIRTH, SEX, PLACE = ("date", "month", "year", "none"), ("sex", "none"), ("postal_code", "department", "none")
# Bits of a profile that a field of a kind makes; a kind that is none of these makes its own.
BITS = {
    "last_name": ("name",),
    "first_name": ("name",),
    "full_name": ("name", "full_name"),
    "birth_date": ("birth", "minor", "old"),
    "sex": ("sex",),
    "address": ("home",),
    "postal_code": ("place", "small_town"),
    "email": ("email", "email_named", "email_role"),
    "phone": ("phone", "mobile"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What would have been done to the data: kinds removed or masked; encrypted with a key that is safe (to whoever holds the
    file, removed); birth dates and postal codes coarsened."""

    removed: frozenset[str] = frozenset()
    encrypted: frozenset[str] = frozenset()
    birth: str = "date"
    place: str = "postal_code"

    @property
    def gone(self) -> frozenset[str]:
        return self.removed | self.encrypted


@dataclass(frozen=True, slots=True)
class Unique:
    """Of persons who have what is left of birth date, sex and place: how many, smallest class, alone in the file, and the
    share expected to be alone in the population (None where none of the three is left)."""

    known: int
    k: int
    alone: int
    in_population: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`bands`: persons from low to very high; `scenarios`: code, persons for whom it is serious or grave; `unique`: None
    until it was counted."""

    severity: Severity
    bands: tuple[tuple[str, int], ...]
    scenarios: tuple[tuple[str, int], ...]
    unique: Unique | None


Classes = dict[tuple[str, str, str], Unique]


def what_if(impact: Impact, change: Change, classes: Classes | None = None) -> Outcome:
    """`classes`: what `coarse_classes` gives, once it is there."""
    ratings = rated(impact.census.profiles, impact.incident, lambda flags: left(flags, change))
    bands = totals(ratings, lambda item: [item.band])
    best = max((item.ei for item in ratings), default=min(load(SeverityRules).ease.values()))
    minors = Minors(impact.verdict.minors, impact.census.known_age) if left(frozenset({"minor"}), change) else Minors()
    sample, _other = incident_severity(without(impact.people.exposure, change.gone), impact.incident, best, minors)
    return Outcome(
        severity=sample,
        bands=tuple((band, bands[band]) for band in BANDS),
        scenarios=tuple((code, harmful(ratings, at)) for at, (code, *_) in enumerate(impact.verdict.scenarios)),
        unique=classes.get(coarseness(change)) if classes else None,
    )


def harmful(ratings: list[Rating], at: int) -> int:
    return sum(item.people for item in ratings if item.levels[at] >= 2)


def left(flags: frozenset[str], change: Change) -> frozenset[str]:
    """What of a person's flags is left after the change."""
    lost = {bit for kind in change.gone for bit in BITS.get(kind, (kind,))}
    if change.birth in ("year", "month"):  # no date of birth any more; whether she is a minor can still be told
        lost.add("birth")
    if change.birth == "none":
        lost |= {"birth", "minor", "old"}
    if change.place != "postal_code":
        lost |= {"place", "small_town"}
    return flags - lost


def without(exposure: Exposure, gone: frozenset[str]) -> Exposure:
    return replace(exposure, fields=tuple(field for field in exposure.fields if field.kind not in gone))


def coarseness(change: Change) -> tuple[str, str, str]:
    """The key of `coarse_classes` that is left by a change."""
    birth = "none" if "birth_date" in change.gone else change.birth
    return birth, "none" if "sex" in change.gone else "sex", "none" if "postal_code" in change.gone else change.place


def removable(impact: Impact) -> tuple[str, ...]:
    """The kinds that a person may remove or encrypt, in the order of `kinds()`."""
    here = {field.kind for field in impact.people.exposure.personal if field.valid}
    return tuple(code for code in kinds() if code in here)
