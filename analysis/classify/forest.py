"""Rows of numbers in, the probability that each is right out: boosted trees (Friedman, Annals of Statistics 2001), as LightGBM
fitted them, evaluated side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Tree:
    """Inner nodes: feature, threshold, and the next node where the value is at most the threshold, and where it is more (below 0:
    leaf -1 - next). `leaves`: log-odds."""

    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float32]
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    leaves: npt.NDArray[np.float32]

    def of(self, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        node, at = np.zeros(len(rows), np.int64), np.arange(len(rows))
        while len(at):
            here = node[at]
            less = rows[at, self.feature[here]] <= self.threshold[here]
            node[at] = np.where(less, self.low[here], self.high[here])
            at = at[node[at] >= 0]
        return self.leaves[-1 - node]


@dataclass(frozen=True, slots=True)
class Forest:
    """`names`: of the features, in their order."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        trees: Sequence[Sequence[Sequence[float]]] = found["trees"]
        return cls(
            tuple(found["features"]),
            tuple(
                Tree(
                    np.array(feature, np.int64),
                    np.array(threshold, np.float32),
                    np.array(low, np.int64),
                    np.array(high, np.int64),
                    np.array(leaves, np.float32),
                )
                for feature, threshold, low, high, leaves in trees
            ),
        )

    def probability(self, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        total = np.zeros(len(rows), np.float32)
        for tree in self.trees:
            total += tree.of(rows)
        return 1.0 / (1.0 + np.exp(-total))
