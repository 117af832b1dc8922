"""What the model believes: probabilities and weights, how many pairs are one person at all, and which share of them it finds."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.resolve.blocking import Key

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 1  # of what is drawn
ROUNDS = 30  # of the estimate of how many pairs are one person
MERGED, POSSIBLE = 0.2, 0.01  # probability from which a pair is one person, and from which it may be
DRAWN = 20_000  # pairs of one person by which the recall is estimated


def probability(weight: float) -> float:
    """Of log2 odds."""
    return 1 / (1 + 2 ** -min(max(weight, -60.0), 60.0))


def log_odds(share: float) -> float:
    """Log2 of the odds of a probability."""
    return math.log2(share / (1 - share))


def shifted(histogram: list[tuple[float, int]], rows: int, prior: float) -> float:
    """What is added to each weight so that the share of matches among all pairs and the probabilities of the pairs agree (the
    step of the expectation for lambda, repeated). `prior`: what the weights hold of that share (log2 odds)."""
    total = rows * (rows - 1) / 2
    shift = 0.0
    for _ in range(ROUNDS):
        expected = sum(n * probability(weight + shift) for weight, n in histogram)
        share = min(max(expected / total, 1e-12), 0.5)
        shift = log_odds(share) - prior
    return shift


def recall(model: dict[str, Any], keys: Sequence[Key], filled: dict[str, float], prior: float) -> float:
    """Which share of the pairs of one person agree in one of the keys and weigh enough to be merged, as the model itself says
    how one person differs from herself: `DRAWN` pairs are drawn from it. `filled`: share of the rows in which each column is
    filled."""
    rng = np.random.default_rng(SEED)
    weight = np.full(DRAWN, prior)
    agreeing: dict[str, NDArray[np.bool_]] = {}
    for item in model["comparisons"]:
        name = item["output_column_name"]
        levels = [level for level in item["comparison_levels"] if "m_probability" in level]
        m = np.array([level["m_probability"] for level in levels])
        u = np.array([level.get("u_probability", m[at]) for at, level in enumerate(levels)])
        there = rng.random(DRAWN) < filled[name] ** 2
        agreeing[name] = there
        if not levels:  # nothing was learned of it
            continue
        drawn = rng.choice(len(levels), DRAWN, p=m / m.sum())
        weight += np.where(there, np.log2(m / np.maximum(u, 1e-9))[drawn], 0.0)
        agreeing[name] = there & (drawn == 0)
    met = np.zeros(DRAWN, dtype=bool)
    for key in (key for key in keys if agreeing.keys() >= set(key)):
        met |= np.logical_and.reduce([agreeing[name] for name in key])
    found = met & (weight >= log_odds(MERGED))
    return float(found.mean())
