"""A number of persons and a seed in, arrays of persons out: households, care homes, ages, sexes, names, places."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.rules.kinds import placeholders
from analysis.synth.columns import Column, pc

# Patients of a hospital, not inhabitants (our assumption): older, some more women and infants.
WEIGHT_OLD, WEIGHT_INFANT = 2.2, 1.5
SIZES, SIZE_SHARES = np.array([1, 2, 3, 4, 5, 6]), np.array([0.66, 0.17, 0.08, 0.06, 0.02, 0.01])
IN_HOMES, HOME_SIZE = 0.012, 60


@dataclass(slots=True)
class Persons:
    """Arrays of one entry per person. `place`: row of geo; `home`: care home or -1; `rank`: place in the household."""

    household: np.ndarray
    rank: np.ndarray
    age: np.ndarray
    birth: np.ndarray  # datetime64[D]
    woman: np.ndarray
    first: np.ndarray  # index in `first_names`
    last: np.ndarray  # index in `surnames`
    place: np.ndarray
    home: np.ndarray
    first_names: Column
    surnames: Column
    geo: pa.Table

    def __len__(self) -> int:
        return len(self.age)


@cache
def reference(name: str) -> Any:
    """A table of the committed reference set."""
    return pq.read_table(str(files("resources") / "reference" / f"{name}.parquet"))


@cache
def pyramid() -> tuple[np.ndarray, np.ndarray]:
    """Men and women by year of age, 0 to 100."""
    shape = json.loads((files("resources") / "reference" / "age_shape.json").read_text(encoding="utf-8"))
    return np.array(shape["men"], float), np.array(shape["women"], float)


def weighted(random: np.random.Generator, weights: np.ndarray, size: int) -> np.ndarray:
    """Indices drawn by weight, through the inverse of the cumulative sum."""
    sums = np.cumsum(weights, dtype=float)
    return np.searchsorted(sums, random.random(size) * sums[-1], side="right").clip(0, len(weights) - 1)


def draw_persons(random: np.random.Generator, count: int, today: np.datetime64) -> Persons:
    """Exactly `count` persons living in households and care homes on `today`."""
    household, rank, home = draw_households(random, count)
    households = int(household[-1]) + 1
    age = draw_ages(random, household, rank, home, households)
    men, women = pyramid()
    woman = random.random(count) < np.minimum((women / (men + women))[np.minimum(age, 100)] * 1.03, 0.95)
    birth = today - (age * 365.2425).astype("timedelta64[D]") - random.integers(0, 365, count).astype("timedelta64[D]")
    twin = (rank >= 3) & (random.random(count) < 0.04)
    birth[twin] = birth[np.flatnonzero(twin) - 1]
    geo = reference("geo_fr")
    place = weighted(random, catchment(random, geo), households)[household]
    surnames = reference("surnames")
    own = weighted(random, real_names(surnames, "bearers", "last_name"), count)
    family = own[np.searchsorted(household, np.arange(households))][household]
    keeps = (home < 0) & ((rank != 1) | (random.random(count) < 0.65))
    last = np.where(keeps, family, own)
    first, names = draw_first_names(random, birth, woman)
    namesake = (rank == 2) & ~woman & (random.random(count) < 0.02)
    father = np.searchsorted(household, household[namesake])
    first[namesake] = np.where(woman[father], first[namesake], first[father])
    return Persons(household, rank, age, birth, woman, first, last, place, home, names, surnames["name"].combine_chunks(), geo)


def catchment(random: np.random.Generator, geo: Any) -> np.ndarray:
    """Weights of the places: inhabitants, and some départements that send more patients than others."""
    departments = geo["department"].combine_chunks().dictionary_encode()
    pull = random.lognormal(0, 0.9, len(departments.dictionary))
    return geo["population"].to_numpy() * pull[departments.indices.to_numpy()]


def real_names(names: Any, count: str, kind: str) -> np.ndarray:
    """Weights of names; none for those that read like a placeholder (Inconnu is somebody's name)."""
    excluded = pa.array([word.capitalize() for word in placeholders()[kind]])
    return names[count].to_numpy() * ~np.asarray(pc.is_in(names["name"], excluded))


def draw_households(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Household of each person, place in it, care home (or -1)."""
    homes = int(count * IN_HOMES / HOME_SIZE)
    sizes = np.concatenate(
        [
            random.integers(HOME_SIZE // 2, HOME_SIZE * 3 // 2, homes),
            random.choice(SIZES, count, p=SIZE_SHARES / SIZE_SHARES.sum()),
        ]
    )
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), count)) + 1]
    household = np.repeat(np.arange(len(sizes)), sizes)[:count]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.arange(count) - starts[household]
    return household, rank, np.where(household < homes, household, -1)


def draw_ages(
    random: np.random.Generator, household: np.ndarray, rank: np.ndarray, home: np.ndarray, households: int
) -> np.ndarray:
    men, women = pyramid()
    weights = men + women
    weights *= np.interp(np.arange(101), [50, 80], [1.0, WEIGHT_OLD])
    weights[:2] *= WEIGHT_INFANT
    count = len(household)
    alone = weighted(random, weights, count)
    adults = weights.copy()
    adults[:22] = 0
    head = weighted(random, adults, households)
    sizes = np.bincount(household, minlength=households)
    age = np.where(rank == 0, head[household], head[household] + np.rint(random.normal(0, 3, count)))
    age = np.where(rank == 1, np.maximum(age, 19), age)
    child = head[household] - 29 + np.rint(random.normal(0, 5, count))
    child = np.where((child < 0) | (child > 24), random.integers(0, 25, count), child)
    age = np.where(rank >= 2, child, age)
    age = np.where(sizes[household] == 1, alone, age)
    age = np.where(home >= 0, np.clip(np.rint(random.normal(87, 6, count)), 65, 104), age)
    return np.where(age >= 100, np.minimum(age, 104), age).astype(np.int64)


def draw_first_names(random: np.random.Generator, birth: np.ndarray, woman: np.ndarray) -> tuple[np.ndarray, Column]:
    """First names that fit sex and decade of birth; indices into the list of all names."""
    table = reference("first_names")
    names = table["name"].combine_chunks().dictionary_encode()
    codes, sexes, decades = names.indices.to_numpy(), table["sex"].to_pylist(), table["decade"].to_numpy()
    births, female = real_names(table, "births", "first_name").astype(float), np.array([sex == "f" for sex in sexes])
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    decade = np.clip((year - 1) // 10 * 10 + 1, 1901, 2011)
    first = np.zeros(len(birth), np.int64)
    for sex in (True, False):
        for start in range(1901, 2012, 10):
            chosen = (woman == sex) & (decade == start)
            listed = np.flatnonzero((female == sex) & (decades == start))
            first[chosen] = codes[listed[weighted(random, births[listed], int(chosen.sum()))]]
    return first, names.dictionary


def choose(random: np.random.Generator, values: Sequence[str], weights: Sequence[int] | None, size: int) -> Column:
    """Texts drawn from a list."""
    drawn = weighted(random, np.array(weights or [1] * len(values), float), size)
    return pa.array(values).take(pa.array(drawn))


Texts = dict[str, Any]
