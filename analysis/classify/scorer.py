"""Features and headers in, a probability per kind out, each column by itself: an additive model whose weights are data
(resources/rules/weights.json).

logit(kind) = bias + one curve per feature + what the header says. A curve is a*v + b*sqrt(v) + c*v^2: that a tenth of the cells
passes a check says more than a tenth of what all say. `make fit` fits the weights on generated tables and on public ones
(docs/method.md); what the other columns of the table say is weighed afterwards (together.py).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.classify.forest import Forest
from analysis.rules.kinds import fitted

Array = npt.NDArray[Any]
Features = Mapping[str, float]
Header = Mapping[str, float] | None  # what a column's name says of each kind; None: it has no name
Column = tuple[Header, Features]


@dataclass(frozen=True, slots=True)
class Model:
    """`places`: term -> row of `weights` (terms x kinds). `forest`: judges the candidates (together.py). `doubt`: the odds that
    `none` is given beyond what the forest leaves it. `calibration`: what a probability is worth, as points of a line."""

    version: str
    kinds: tuple[str, ...]
    places: Mapping[str, int]
    weights: Array
    forest: Forest
    doubt: float
    calibration: tuple[tuple[float, float], ...]


@cache
def model() -> Model:
    return model_of(fitted())


def model_of(found: Mapping[str, Any]) -> Model:
    terms: Mapping[str, Sequence[float]] = found["terms"]
    return Model(
        found["version"],
        tuple(found["kinds"]),
        {term: at for at, term in enumerate(terms)},
        np.array(list(terms.values()), np.float32),
        Forest.of(found["forest"]),
        found["doubt"],
        tuple((float(a), float(b)) for a, b in found["calibration"]),
    )


def terms_of(header: Header, features: Features) -> dict[str, float]:
    """The terms of the sum for one column."""
    found = {"bias": 1.0}
    for name, value in features.items():
        if value:
            found |= {name: value, f"{name}~root": math.sqrt(value), f"{name}~square": value * value}
    if not features:
        found["empty"] = 1.0
    if header is None:
        return found | {"header_absent": 1.0}
    for kind, score in header.items():
        if score < 0:
            found[f"header~against~{kind}"] = 1.0
        else:
            found |= {f"header~{kind}": score, f"header~exact~{kind}": float(score == 1.0)}
    if max(header.values(), default=0.0) <= 0.3:
        found["header_silent"] = 1.0
    return found


def summed(columns: Sequence[Mapping[str, float]], weights: Model) -> Array:
    """Probabilities (columns x kinds) of columns given by their terms."""
    values = np.zeros((len(columns), len(weights.places)), np.float32)
    for at, terms in enumerate(columns):
        for term, value in terms.items():
            if (place := weights.places.get(term)) is not None:
                values[at, place] = value
    return softmax(values @ weights.weights)


def softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=1, keepdims=True)


def parts_of(terms: Mapping[str, float], kind: str, weights: Model) -> list[tuple[str, float]]:
    """What each feature adds to the sum for a kind, the strongest first; all that the header says as `header`."""
    place = weights.kinds.index(kind)
    found: dict[str, float] = {}
    for term, value in terms.items():
        if (row := weights.places.get(term)) is not None:
            name = term.partition("~")[0]
            found[name] = found.get(name, 0.0) + value * float(weights.weights[row, place])
    return sorted(found.items(), key=lambda item: -item[1])
