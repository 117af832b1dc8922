"""The columns of a table, each judged by itself, in; a probability per kind out, the table taken as a whole.

Every kind that a column may be (a candidate) is judged by the same trees, whichever kind it is: how sure its own values and its
header are, what the neighbors are, whether the table speaks of persons at all. So a rare kind profits from what is known of the
frequent ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.classify.scorer import Array, Column, Features, Model, model, parts_of, summed, terms_of
from analysis.rules.kinds import kinds

LIKELIEST, UNNAMED = 6, 2  # candidates by rank: with what the header says, and without
TOLD = 0.7  # what a header must say of a kind that is a candidate for it alone
LEAST = 1e-4
# Kinds that tell a table about persons, the surest first (names and births).
PERSONAL = (
    "last_name",
    "first_name",
    "full_name",
    "maiden_name",
    "middle_name",
    "birth_date",
    "age",
    "sex",
    "email",
    "phone",
    "national_id",
    "person_id",
    "marital_status",
    "insurance_number",
    "username",
    "password",
    "death_date",
    "title",
)
NAMES = 5  # of them
MOST_NEAR = 20  # columns that are named as neighbors of any other
# What the trees see of a candidate, before the features of its values (those that the fit chose) and its kind.
AROUND = (
    "own",
    "none",
    "next",
    "rank",
    "unnamed",
    "unnamed_none",
    "header",
    "header_most",
    "headers_exact",
    "header_none",
    "named",
    "left",
    "right",
    "beside",
    "share",
    "left_none",
    "right_none",
    "share_none",
    "share_health",
    "share_family",
    "personal_kinds",
    "personal",
    "columns",
    "taken",
    "place",
    "alone",
    "names",
)
ITSELF = ("family", "kind")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Probability of each kind for one column; `terms`: what its own sum was made of; `unnamed`: the probabilities without the
    header; `near`: the kinds that other columns of the table most likely are."""

    probability: Mapping[str, float]
    terms: Mapping[str, float]
    near: tuple[str, ...]
    weights: Model

    def best(self) -> list[tuple[str, float]]:
        return sorted(self.probability.items(), key=lambda item: -item[1])

    def parts(self, kind: str) -> list[tuple[str, float]]:
        """What speaks for a kind, and with how much, the strongest first."""
        return parts_of(self.terms, kind, self.weights)


@dataclass(frozen=True, slots=True)
class Alone:
    """The columns of a table, each by itself: the terms of its sum, (columns x kinds) probabilities with and
    without the header, what the headers say, and the features."""

    terms: tuple[Mapping[str, float], ...]
    named: Array
    unnamed: Array
    headers: Array
    heard: tuple[bool, ...]
    features: tuple[Features, ...]


def ranked(columns: Sequence[Column], given: Model | None = None) -> list[Ranking]:
    """One ranking per column of a table. `given`: other weights than those that are shipped."""
    if not columns:
        return []
    weights = given or model()
    table = alone(columns, weights)
    rows, which, features = candidates(table, weights)
    found = shared(len(columns), rows, which, weights.forest.probability(features), weights)
    beside = near(found, weights.kinds)
    return [
        Ranking(dict(zip(weights.kinds, map(float, found[at]), strict=True)), table.terms[at], beside[at], weights)
        for at in range(len(columns))
    ]


def alone(columns: Sequence[Column], weights: Model) -> Alone:
    headers = np.zeros((len(columns), len(weights.kinds)), np.float32)
    for at, (header, _) in enumerate(columns):
        for kind, score in (header or {}).items():
            headers[at, weights.kinds.index(kind)] = score
    terms = tuple([terms_of(header, features) for header, features in columns])
    return Alone(
        terms,
        summed(terms, weights),
        summed([terms_of(None, features) for _, features in columns], weights),
        headers,
        tuple(header is not None for header, _ in columns),
        tuple(features for _, features in columns),
    )


def shared(count: int, rows: Array, which: Array, right: Array, weights: Model) -> Array:
    """Probabilities (columns x kinds) from those of the candidates; what they leave is that of `none`."""
    none = weights.kinds.index("none")
    found = np.zeros((count, len(weights.kinds)), np.float32)
    found[rows, which] = right
    found[:, none] = np.maximum(1.0 - found.sum(axis=1), 0.02) * weights.doubt
    return found / found.sum(axis=1, keepdims=True)


def near(found: Array, codes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """By column: what the columns on both sides are, then the surest others."""
    best, sure = found.argmax(axis=1), found.max(axis=1)
    told = [
        codes[int(kind)] if share > 0.8 and codes[int(kind)] != "none" else "" for kind, share in zip(best, sure, strict=True)
    ]
    surest = [int(at) for at in np.argsort(-sure) if told[int(at)]][:MOST_NEAR]
    lists: list[tuple[str, ...]] = []
    for at in range(len(found)):
        order = [place for place in (at - 1, at + 1, *surest) if 0 <= place < len(found) and place != at and told[place]]
        lists.append(tuple(dict.fromkeys(told[place] for place in order))[:3])
    return lists


@cache
def families(codes: tuple[str, ...]) -> tuple[tuple[str, ...], Array]:
    """The families of kinds, and which kinds are of one (kinds x kinds)."""
    of = [kinds()[code].family for code in codes]
    return tuple(sorted(set(of))), np.array([[a == b for b in of] for a in of], np.float32)


def candidates(table: Alone, weights: Model) -> tuple[Array, Array, Array]:
    """Column and kind of each candidate, and what the trees see of it (candidates x names of the forest)."""
    codes, seen = weights.kinds, weights.forest.names[len(AROUND) : -len(ITSELF)]
    none, p, bare, headers = codes.index("none"), table.named, table.unnamed, table.headers
    rank = np.argsort(np.argsort(-p, axis=1), axis=1)
    wanted = (rank < LIKELIEST) | (headers >= TOLD) | (np.argsort(np.argsort(-bare, axis=1), axis=1) < UNNAMED)
    wanted[:, none] = False
    rows, which = np.nonzero(wanted)
    around = surroundings(p, codes)
    ranking = np.sort(np.where(np.arange(len(codes)) == none, 0.0, p), axis=1)
    rival = np.where(p[rows, which] >= ranking[rows, -1] - 1e-9, ranking[rows, -2], ranking[rows, -1])
    shares = np.array([[features.get(name, 0.0) for name in seen] for features in table.features], np.float32)
    names, _ = families(codes)
    family = np.array([names.index(kinds()[code].family) for code in codes])
    heard = np.array(table.heard, np.float32)
    values = [
        logged(p[rows, which]),
        logged(p[rows, none]),
        logged(rival),
        rank[rows, which],
        logged(bare[rows, which]),
        logged(bare[rows, none]),
        headers[rows, which],
        headers.max(axis=1)[rows],
        (headers >= 0.99).sum(axis=1)[rows],
        headers[rows, none],
        heard[rows],
        *(array[rows, which] for array in around.by_kind),
        around.by_kind[0][rows, none],
        around.by_kind[1][rows, none],
        around.by_kind[3][rows, none],
        around.health[rows],
        around.family[rows, which],
        around.table[rows],
        shares[rows],
        family[which],
        which,
    ]
    return rows, which, np.column_stack(values).astype(np.float32)


def logged(values: Array) -> Array:
    return np.log(np.maximum(values, LEAST))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the other columns are. `by_kind`: the left one, the right one, the likeliest, the mean (columns x kinds each);
    `family`: the mean over the kinds of one family; `table`: (columns x 7) what is known of the table."""

    by_kind: tuple[Array, Array, Array, Array]
    family: Array
    health: Array
    table: Array


def surroundings(p: Array, codes: tuple[str, ...]) -> Surroundings:
    count, none = len(p), codes.index("none")
    left, right = np.zeros_like(p), np.zeros_like(p)
    left[1:], right[:-1] = p[:-1], p[1:]
    ordered = np.sort(p, axis=0)
    likeliest = np.where(p >= ordered[-1] - 1e-9, ordered[-2] if count > 1 else 0.0, ordered[-1])
    mean = (p.sum(axis=0) - p) / max(count - 1, 1)
    _, same = families(codes)
    health = [at for at, code in enumerate(codes) if kinds()[code].family == "health"]
    personal = p[:, [codes.index(code) for code in PERSONAL]]
    absent = np.log1p(-np.clip(personal, 0.0, 0.98))
    held = 1.0 - np.exp(absent.sum(axis=0) - absent)  # by another column
    places, ones = np.arange(count) / max(count - 1, 1), np.ones(count)
    table = np.column_stack(
        [
            held.sum(axis=1) / 5,
            held.max(axis=1),
            ones * min(np.log10(count) / 2, 1.0),
            ones * (1.0 - p[:, none].mean()),
            places,
            ones * (count == 1),
            held[:, :NAMES].max(axis=1),
        ]
    )
    return Surroundings((left, right, likeliest, mean), mean @ same, mean[:, health].sum(axis=1), table)


def calibrated(probability: float, weights: Model) -> float:
    """The share of verdicts of this probability that were right on groups of tables that were not fitted on."""
    said, right = zip(*weights.calibration, strict=True)
    return float(np.interp(probability, said, right))
