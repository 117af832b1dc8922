"""Rows of numbers in, the probability that each is right out: boosted trees (Friedman, Annals of Statistics 2001), as LightGBM
fitted them, walked through all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

ROWS = 2_000  # judged at once


@dataclass(frozen=True, slots=True)
class Forest:
    """`names`: of the features, in their order; `roots`: the first node of each tree. Inner nodes of all trees: feature,
    threshold, and the next node where the value is at most the threshold, and where it is more (below 0: leaf -1 - next).
    `leaves`: log-odds."""

    names: tuple[str, ...]
    roots: npt.NDArray[np.int64]
    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float32]
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    leaves: npt.NDArray[np.float32]

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        """`trees`: feature, threshold, low, high and leaves of each one, counted from 0."""
        trees: Sequence[Sequence[Sequence[float]]] = found["trees"]
        roots, first = np.cumsum([0, *(len(tree[0]) for tree in trees)]), np.cumsum([0, *(len(tree[4]) for tree in trees)])

        def numbers(at: int, kind: type[np.generic]) -> npt.NDArray[Any]:
            return np.array([value for tree in trees for value in tree[at]], kind)

        def placed(at: int) -> npt.NDArray[Any]:
            nodes = [np.array(tree[at], np.int64) for tree in trees]
            moved = [np.where(node < 0, node - leaf, node + root) for node, root, leaf in zip(nodes, roots, first, strict=False)]
            return np.concatenate([*moved, np.zeros(0, np.int64)])

        return cls(
            tuple(found["features"]),
            roots[:-1],
            numbers(0, np.int64),
            numbers(1, np.float32),
            placed(2),
            placed(3),
            numbers(4, np.float32),
        )

    def probability(self, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        parts = [self._log_odds(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]
        return 1.0 / (1.0 + np.exp(-np.concatenate([*parts, np.zeros(0, np.float32)])))

    def _log_odds(self, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        node = np.tile(self.roots, len(rows))
        row = np.repeat(np.arange(len(rows)), len(self.roots))
        at = np.arange(len(node))
        while len(at):
            here = node[at]
            less = rows[row[at], self.feature[here]] <= self.threshold[here]
            node[at] = there = np.where(less, self.low[here], self.high[here])
            at = at[there >= 0]
        return self.leaves[-1 - node].reshape(len(rows), -1).sum(axis=1)
