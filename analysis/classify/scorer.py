"""Features and headers in, a probability per kind out: an additive model whose weights are data
(resources/rules/weights.json).

logit(kind) = bias + a sum of one curve per feature + what the header says of it, then weights for what the other columns of
the table seem to be. A curve is a*v + b*sqrt(v) + c*v^2: that a tenth of the cells passes a check says more than a tenth of
what all say. The weights are fitted by `python -m tools.fit` on tables that our generators make.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import Any

from analysis.rules.headers import header_scores
from analysis.rules.kinds import fitted

HEADER = ("exact", "part", "weak", "against", "longest")


@dataclass(frozen=True, slots=True)
class Model:
    """`values[kind][feature]`: the curve (a, b, c); `header[name]`; `left`, `right`, `beside`: [kind][other kind] weights of
    the neighbors."""

    version: str
    kinds: tuple[str, ...]
    bias: Mapping[str, float]
    values: Mapping[str, Mapping[str, Sequence[float]]]
    header: Mapping[str, float]
    left: Mapping[str, Mapping[str, float]]
    right: Mapping[str, Mapping[str, float]]
    beside: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Probability of each kind for one column, and what spoke for and against each: (what, weight)."""

    probability: Mapping[str, float]
    parts: Mapping[str, Sequence[tuple[str, float]]]

    def best(self) -> list[tuple[str, float]]:
        return sorted(self.probability.items(), key=lambda item: -item[1])


@cache
def model() -> Model:
    return model_of(fitted())


def model_of(found: Mapping[str, Any]) -> Model:
    return Model(
        found["version"],
        tuple(found["kinds"]),
        found["bias"],
        found["values"],
        found["header"],
        found["left"],
        found["right"],
        found["beside"],
    )


def header_features(name: str) -> dict[str, dict[str, float]]:
    """Kind -> what a header says of it."""
    scores = header_scores(name)
    longest = max(scores.values(), default=0.0)
    found: dict[str, dict[str, float]] = {}
    for kind, score in scores.items():
        parts = {
            "exact": float(score == 1.0),
            "part": score if 0.3 < score < 1.0 else 0.0,
            "weak": float(0 < score <= 0.3),
            "against": float(score < 0),
            "longest": float(score == longest and score > 0.3),
        }
        found[kind] = {name: value for name, value in parts.items() if value}
    return found


def of_table(named: bool, name: str, features: Mapping[str, float]) -> dict[str, float]:
    """The features of a column with what its header is: absent, or saying nothing that is known."""
    scores = header_scores(name) if named else {}
    silent = named and max(scores.values(), default=0.0) <= 0.3
    return {**features, "header_absent": float(not named), "header_silent": float(silent), "empty": float(not features)}


def ranked(columns: Sequence[tuple[str, Mapping[str, float]]], named: bool, given: Model | None = None) -> list[Ranking]:
    """One ranking per column (name, features) of a table. `given`: other weights than those that are shipped."""
    weights = given or model()
    first = [alone(name if named else "", of_table(named, name, features), weights) for name, features in columns]
    guesses = [softmax({kind: sum(value for _, value in parts) for kind, parts in item.items()}) for item in first]
    best = {kind: nlargest(2, ((guess[kind], at) for at, guess in enumerate(guesses))) for kind in weights.kinds}
    return [with_neighbors(at, first[at], guesses, others(best, at), weights) for at in range(len(columns))]


def others(best: Mapping[str, Sequence[tuple[float, int]]], at: int) -> dict[str, float]:
    """Kind -> how much the column that seems most like it does, the column `at` left out. `best`: the two best of each kind."""
    return {kind: next((value for value, place in two if place != at), 0.0) for kind, two in best.items()}


def alone(name: str, features: Mapping[str, float], weights: Model) -> dict[str, list[tuple[str, float]]]:
    told = header_features(name) if name else {}
    terms = [(feature, value, math.sqrt(value), value * value) for feature, value in features.items() if value]
    found: dict[str, list[tuple[str, float]]] = {}
    for kind in weights.kinds:
        mine = weights.values[kind]
        parts = [("bias", weights.bias[kind])]
        for feature, value, root, square in terms:
            if feature in mine:
                a, b, c = mine[feature]
                parts.append((feature, a * value + b * root + c * square))
        parts += [(f"header_{what}", weights.header[what] * value) for what, value in told.get(kind, {}).items()]
        found[kind] = parts
    return found


def with_neighbors(
    at: int,
    parts: Mapping[str, list[tuple[str, float]]],
    guesses: Sequence[Mapping[str, float]],
    beside: Mapping[str, float],
    weights: Model,
) -> Ranking:
    near = (
        (weights.left, guesses[at - 1] if at else None),
        (weights.right, guesses[at + 1] if at + 1 < len(guesses) else None),
        (weights.beside, beside),
    )
    found: dict[str, list[tuple[str, float]]] = {}
    for kind, mine in parts.items():
        more = [
            (f"beside_{other}", table[kind][other] * guess[other])
            for table, guess in near
            if guess is not None
            for other in table[kind]
            if guess.get(other, 0.0) > 0.02
        ]
        found[kind] = [*mine, *more]
    return Ranking(softmax({kind: sum(value for _, value in items) for kind, items in found.items()}), found)


def softmax(logits: Mapping[str, float]) -> dict[str, float]:
    most = max(logits.values())
    powers = {kind: math.exp(value - most) for kind, value in logits.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}
