"""Columns of evidence in, the keys under which rows are compared out: few enough pairs to judge, many enough to miss none."""

from collections.abc import Sequence
from itertools import combinations

from analysis.ground.watch import Watch
from analysis.resolve.compared import Compared
from analysis.resolve.mentions import row_of
from analysis.store import Store
from analysis.store.rows import Rows

LEAST, PER_ROW, MOST = 1_500_000, 4, 12_000_000  # pairs that are judged
MOST_KEYS = 14
SAMPLED = 150_000  # rows whose keys are counted; more are estimated from as many

Key = tuple[str, ...]


def keys(store: Store, evidence: Rows, columns: Sequence[Compared], rows: int, watch: Watch) -> list[tuple[Key, int]]:
    """Sets of columns that two rows must agree in to be compared, with the pairs that each makes, the smallest sets first. A set
    that holds a chosen one would find nothing new."""
    budget = min(max(LEAST, PER_ROW * rows), MOST)
    share = max(1, rows // SAMPLED)
    sampled = evidence.filter(row_of(evidence.person).hash() % share == 0) if share > 1 else evidence
    chosen: list[tuple[Key, int]] = []
    spent = 0
    for size in (1, 2, 3):
        candidates = [
            names
            for names in combinations([item.name for item in columns], size)
            if not any(set(key) <= set(names) for key, _ in chosen)
        ]
        if not candidates or len(chosen) >= MOST_KEYS:
            break
        counted = sorted((pairs(store, sampled, names, watch) * share * share, names) for names in candidates[:120])
        for count, names in counted:
            if count and count <= budget / 4 and spent + count <= budget and len(chosen) < MOST_KEYS:
                chosen.append((names, count))
                spent += count
    return chosen


def strangers(store: Store, evidence: Rows, names: Key, rows: int, watch: Watch) -> float:
    """Pairs of `rows` rows that are expected to agree in all of some columns, if each were drawn by itself (the null)."""
    every = rows * (rows - 1) / 2
    expected = every
    for name in names:
        expected *= pairs(store, evidence, (name,), watch) / max(every, 1)
    return expected


def pairs(store: Store, evidence: Rows, names: Key, watch: Watch) -> int:
    """Pairs of rows that agree in these columns."""
    there = evidence.filter([evidence[name].notnull() for name in names])
    sizes = there.group_by(list(names)).aggregate(n=there.count())
    counted = sizes.filter(sizes.n > 1)
    return int(store.one(counted.aggregate(n=(counted.n * (counted.n - 1) / 2).sum()), watch)["n"] or 0)
