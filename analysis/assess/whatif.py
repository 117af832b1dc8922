"""An Impact and a change of the data in, the impact that it would have had out: severity, bands, scenarios from the profiles in milliseconds;
uniqueness from classes that are counted once for each coarseness of the three quasi-identifiers."""

from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from operator import and_
from typing import Any

import ibis
from ibis import _

from analysis.assess.persons import age_table, places
from analysis.assess.rating import EI_VALUES, Rating, rated, totals
from analysis.assess.reidentification import DAYS
from analysis.assess.severity import BANDS, incident_severity
from analysis.functions import hash_all
from analysis.kinds import kinds
from analysis.model import Exposure, Impact, Severity
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import say

# How much of each quasi-identifier is left.
BIRTH, SEX, PLACE = ("date", "month", "year", "none"), ("sex", "none"), ("postal_code", "department", "none")
MONTHS = DAYS / 12
# Bits of a profile that a field of a kind makes; a kind that is none of these makes its own.
BITS = {"last_name": ("name",), "first_name": ("name",), "birth_date": ("birth", "minor", "old"), "sex": ("sex",), "address": ("home",),
        "postal_code": ("place", "small_town"), "email": ("email", "email_named", "email_role"), "phone": ("phone", "mobile")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What would have been done to the data: kinds removed or masked; encrypted with a key that is safe (to whoever holds the file, removed); birth
    dates and postal codes coarsened."""

    removed: frozenset[str] = frozenset()
    encrypted: frozenset[str] = frozenset()
    birth: str = "date"
    place: str = "postal_code"

    @property
    def gone(self) -> frozenset[str]:
        return self.removed | self.encrypted


@dataclass(frozen=True, slots=True)
class Unique:
    """Of persons who have what is left of birth date, sex and place: how many, smallest class, alone in the file, and the share expected to be alone in
    the population (None where none of the three is left)."""

    known: int
    k: int
    alone: int
    in_population: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`bands`: persons from low to very high; `scenarios`: code, persons for whom it is serious or grave; `unique`: None until it was counted."""

    severity: Severity
    bands: tuple[tuple[str, int], ...]
    scenarios: tuple[tuple[str, int], ...]
    unique: Unique | None


Classes = dict[tuple[str, str, str], Unique]


def what_if(impact: Impact, change: Change, classes: Classes | None = None) -> Outcome:
    """`classes`: what `coarse_classes` gives, once it is there."""
    ratings = rated(impact.profiles, impact.incident, lambda flags: left(flags, change))
    bands = totals(ratings, lambda item: [item.band])
    best = max((item.ei for item in ratings), default=min(EI_VALUES.values()))
    minors = impact.minors if left(frozenset({"minor"}), change) else 0
    sample, _other = incident_severity(without(impact.people.exposure, change.gone), impact.incident, best, minors)
    return Outcome(
        severity=sample,
        bands=tuple((band, bands[at]) for at, band in enumerate(BANDS)),
        scenarios=tuple((code, harmful(ratings, at)) for at, (code, *_) in enumerate(impact.scenarios)),
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


def coarse_classes(store: Store, impact: Impact, watch: Watch) -> Classes:
    """The equivalence classes of every coarseness, and the population's share of people alone: postal codes (or départements) with the age pyramid,
    as Poisson cells (Golle 2006)."""
    persons = store.table(impact.facts)
    ages, towns = age_table(store), places(store.reference("geo_fr"))
    crowds = towns.group_by("department").aggregate(crowd=_.population.sum())
    joined = persons.left_join(crowds, "department").drop("department_right")
    capped = joined.mutate(cell_age=ibis.least(joined.age, 100))
    shares = ages.select(cell_age=ages.age, sex=ages.sex, share=ages.share)
    both = capped.left_join(shares, ["cell_age", "sex"]).drop("cell_age_right", "sex_right")
    whole = shares.group_by("cell_age").aggregate(any_sex=_.share.sum())
    told = store.table(store.keep("cells", both.left_join(whole, "cell_age").drop("cell_age_right"), watch))
    found: Classes = {}
    every = list(product(BIRTH, SEX, PLACE))
    for at, (birth, sex, place) in enumerate(every):
        watch.tell(say("Counting the classes of every coarseness"), at / len(every))
        found[birth, sex, place] = classes_of(store, told, birth, sex, place, watch)
    return found


def classes_of(store: Store, told: Any, birth: str, sex: str, place: str, watch: Watch) -> Unique:
    day = told.birth_date
    births = {"date": day, "month": day.truncate("M"), "year": day.truncate("Y")}
    parts = {name: value for name, value in (("birth", births.get(birth)), ("sex", told.sex if sex == "sex" else None),
                                             ("place", {"postal_code": told.postal_code, "department": told.department}.get(place))) if value is not None}  # fmt: skip
    if not parts:
        return Unique(0, 0, 0, None)
    whole = told.filter(reduce(and_, [value.notnull() for value in parts.values()]))
    sizes = whole.select(key=hash_all(ibis.struct(parts))).group_by("key").aggregate(size=_.count())
    counts = store.one(sizes.aggregate(known=sizes["size"].sum(), k=sizes["size"].min(), alone=(sizes["size"] == 1).sum()), watch)
    people = {"postal_code": told.population, "department": told.crowd}.get(place)
    share = told.share if sex == "sex" else told.any_sex
    cells = {"date": DAYS, "month": 12.0, "year": 1.0}.get(birth)
    expected = None
    if people is not None and cells is not None:
        expected = store.one(
            told.filter(share.notnull() & people.notnull()).aggregate(x=(-(people * share / cells)).exp().mean()), watch
        )["x"]
    return Unique(
        int(counts["known"] or 0), int(counts["k"] or 0), int(counts["alone"] or 0), None if expected is None else float(expected)
    )


def removable(impact: Impact) -> tuple[str, ...]:
    """The kinds that a person may remove or encrypt, in the order of `kinds()`."""
    here = {field.kind for field in impact.people.exposure.personal if field.valid}
    return tuple(code for code in kinds() if code in here)
