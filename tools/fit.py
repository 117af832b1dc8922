"""Generated tables and the numbers of the public ones in, `resources/rules/weights.json` out: the classification of columns.

`python -m tools.fit [TABLES] [SEED] [--fold K]` (needs the extra `bench`). Generated tables come from Faker's locales alone (the benchmark
scores on mimesis); public ones from `bench/classification/corpus.parquet` (`tools/corpus.py`). Two steps: a sum of curves for each
column by itself (scorer.py), then trees that judge every candidate, the table taken as a whole (together.py). The trees learn from
sums of which they have not seen the source group, and the calibration from trees that have not.
"""

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pyarrow.parquet as pq
from scipy.optimize import minimize

from analysis.classify.evidence import columns_of, features_of, lists, words_of
from analysis.classify.scorer import Model, model_of, softmax, terms_of
from analysis.classify.together import AROUND, ITSELF, alone, candidates, shared
from analysis.ground.watch import Watch
from analysis.rules.headers import heard
from analysis.rules.kinds import kinds
from analysis.store import Store
from bench.classification.sources import FAKER_FIT, Fake
from bench.classification.tables import tables

OUT = Path(__file__).parents[1] / "resources" / "rules" / "weights.json"
CORPUS = Path(__file__).parents[1] / "bench" / "classification" / "corpus.parquet"
FOLDS = 5
MADE, JUDGED = 0.4, 1.5  # what a generated column counts for beside a public one; what more among the candidates of the trees
BARE = 0.1  # what a public column counts for of which the header alone is shown
DECAY, FREE = 1.0, 0.1  # ridge on the weights, and on what every column has
STEPS = 120
TREES = {
    "objective": "binary", "learning_rate": 0.04, "num_leaves": 31, "min_data_in_leaf": 40, "bagging_fraction": 0.7, "bagging_freq": 1,
    "feature_fraction": 0.3, "lambda_l2": 5.0, "verbose": -1, "num_threads": 2, "deterministic": True, "seed": 7,
}  # fmt: skip
ROUNDS = 600
OFTEN = 90  # public columns that must have a feature for the trees to see it
DOUBT = 0.65 / 0.35  # `none` is the answer to beat
FREELY = ("bias", "header_absent", "header_silent", "empty")


@dataclass(frozen=True, slots=True)
class Judged:
    """A table with its truth. `columns`: what the name says and the features; `accepted`: other right answers by column."""

    columns: tuple[tuple[Any, dict[str, float]], ...]
    kinds: tuple[str, ...]
    accepted: tuple[frozenset[str], ...]
    group: str
    weight: float
    persons: bool = True
    state: str = "present"  # of the header

    @property
    def fold(self) -> int:
        return fold_of(self.group)


def fold_of(group: str) -> int:
    """A source group is in one of five folds for ever."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def world() -> list[Judged]:
    """The public tables with their headers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in pq.read_table(CORPUS).to_pylist():
        found.setdefault(row["table"], []).append(row)
    return [public(rows) for rows in found.values()]


def public(rows: list[dict[str, Any]]) -> Judged:
    persons, columns = rows[0]["persons"], list[tuple[Any, dict[str, float]]]()
    for row in rows:
        header = dict(zip(row["headers"], row["scores"], strict=True)) if row["named"] else None
        columns.append((header, dict(zip(row["features"], row["values"], strict=True))))
    accepted = tuple(frozenset({row["label"], *row["also"], *(() if persons else ("none",))}) for row in rows)
    return Judged(tuple(columns), tuple(row["label"] for row in rows), accepted, rows[0]["group"], 1.0, persons)


def states(table: Judged) -> tuple[Judged, Judged, Judged]:
    """A public table as it is, without its header, and without its rows."""
    unnamed = tuple((None, features) for _, features in table.columns)
    bare = tuple((header, dict[str, float]()) for header, _ in table.columns)
    return table, replace(table, columns=unnamed, state="absent"), replace(table, columns=bare, state="bare", weight=BARE)


def made(count: int, seed: int, half: int | None = None) -> list[Judged]:
    """Generated tables. Lists are thinned at random, because the world holds names that no list has. `half`: see `Draw`."""
    rng, store = random.Random(seed), Store()
    drawn = list(tables([Fake(locale, seed) for locale in FAKER_FIT], count, seed, half, vary=True))
    rows = [list(zip(*table.columns, strict=True)) for table in drawn]
    cells = [columns_of(row, len(table.kinds)) for table, row in zip(drawn, rows, strict=True)]
    words = {word for columns in cells for item in columns for text in item.first for word in words_of(text)}
    known = lists(store, words, Watch())
    store.close()
    found: list[Judged] = []
    for at, (table, row, counted) in enumerate(zip(drawn, rows, cells, strict=True)):
        columns: list[tuple[Any, dict[str, float]]] = []
        for name, item in zip(table.names, features_of(row, counted, known), strict=True):
            thin = rng.random() if rng.random() < 0.4 else 1.0
            shares = {
                key: value * (thin if key.startswith(("list_", "name_pair", "begins_", "holds_", "in_")) else 1.0)
                for key, value in item.features.items()
            }
            columns.append((heard(name) if table.header != "absent" and rng.random() > 0.2 else None, shares))
        accepted = tuple(frozenset({kind}) for kind in table.kinds)
        found.append(Judged(tuple(columns), table.kinds, accepted, f"made {at}", MADE, state=table.header))
    return found


def stacked(data: Sequence[Judged], codes: Sequence[str]) -> tuple[list[dict[str, float]], Any, Any]:
    """Terms, place of the kind and weight of every column that has a known kind."""
    terms, truth, weights = list[dict[str, float]](), list[int](), list[float]()
    for table in data:
        for column, kind in zip(table.columns, table.kinds, strict=True):
            if kind in codes:
                terms.append(terms_of(*column))
                truth.append(codes.index(kind))
                weights.append(table.weight)
    return terms, np.array(truth), np.array(weights, np.float32)


def sums(data: Sequence[Judged], codes: Sequence[str], start: dict[str, Any]) -> dict[str, list[float]]:
    """Ridge-penalized multinomial logistic regression around `start` (term -> weight of each kind)."""
    terms, truth, weights = stacked(data, codes)
    names = list(dict.fromkeys([*start, *(name for item in terms for name in item)]))
    place = {name: at for at, name in enumerate(names)}
    values = np.zeros((len(terms), len(names)), np.float32)
    for at, item in enumerate(terms):
        for name, value in item.items():
            values[at, place[name]] = value
    prior = np.array([start.get(name, [0.0] * len(codes)) for name in names], np.float32)
    decay = np.array([[FREE if name in FREELY else DECAY] for name in names], np.float32)
    target = np.eye(len(codes), dtype=np.float32)[truth]

    def loss(flat: Any) -> tuple[float, Any]:
        w = flat.reshape(prior.shape).astype(np.float32)
        p, apart = softmax(values @ w), w - prior
        cost = -(weights * np.log(np.maximum((p * target).sum(axis=1), 1e-12))).sum() + 0.5 * float((decay * apart * apart).sum())
        return float(cost), (values.T @ ((p - target) * weights[:, None]) + decay * apart).ravel().astype(np.float64)

    found = minimize(loss, prior.ravel().astype(np.float64), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 8})
    fitted = found.x.reshape(prior.shape)
    return {
        name: [round(float(value), 2) for value in row]
        for name, row in zip(names, fitted, strict=True)
        if np.abs(row).max() >= 0.02
    }


def seen_of(public_tables: Sequence[Judged]) -> list[str]:
    """What the trees see of a candidate, in the order of its features."""
    counts = Counter(name for table in public_tables for _, features in table.columns for name in features)
    return [*AROUND, *(name for name, count in sorted(counts.items()) if count >= OFTEN), *ITSELF]


def forest(parts: Sequence[tuple[Any, Any, Any]], seen: list[str]) -> dict[str, Any]:
    """Boosted trees from (features, right, weight) of the candidates, as `Forest.of` takes them."""
    x, y, w = (np.concatenate([part[at] for part in parts]) for at in range(3))
    found = lightgbm.train(TREES, lightgbm.Dataset(x, y.astype(int), weight=w), ROUNDS)
    return {"features": seen, "trees": [tree_of(item["tree_structure"]) for item in found.dump_model()["tree_info"]]}


def tree_of(root: dict[str, Any]) -> list[list[float]]:
    feature, threshold, low, high, leaves = list[int](), list[float](), list[int](), list[int](), list[float]()

    def walk(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 4))
            return -len(leaves)
        at = len(feature)
        feature.append(node["split_feature"])
        threshold.append(float(f"{node['threshold']:.5g}"))
        low.append(0)
        high.append(0)
        low[at], high[at] = walk(node["left_child"]), walk(node["right_child"])
        return at

    if walk(root) < 0:  # a tree of one leaf
        return [[0], [0.0], [-1], [-1], leaves]
    return [feature, threshold, low, high, leaves]


def judged(table: Judged, model: Model) -> tuple[Any, Any, Any, Any, Any]:
    """Features, truth and weight of the candidates of a table (those that are accepted without being the label left out)."""
    rows, which, features = candidates(alone(table.columns, model), model)
    names = [model.kinds[at] for at in which]
    right = np.array([table.kinds[row] == name for row, name in zip(rows, names, strict=True)], bool)
    use = np.array([
        table.kinds[row] in model.kinds and (name == table.kinds[row] or name not in table.accepted[row])
        for row, name in zip(rows, names, strict=True)
    ], bool)  # fmt: skip
    weight = table.weight * (JUDGED if table.weight == MADE else 1.0)
    return rows, which, features, right, np.where(use, weight, 0.0).astype(np.float32)


def start_of(generated: Sequence[Judged]) -> dict[str, list[float]]:
    """The sum as the generated tables alone would have it."""
    return sums([replace(table, weight=1.0) for table in generated], list(kinds()), {})


def fit(
    generated: Sequence[Judged], public_tables: Sequence[Judged], given: dict[str, list[float]] | None = None
) -> dict[str, Any]:
    """The weights, as `model_of` takes them. `given`: what `start_of` found, where it is known."""
    codes, start, seen = list(kinds()), given or start_of(generated), seen_of(public_tables)
    every = [*generated, *(state for table in public_tables for state in states(table))]
    parts: dict[int, list[Any]] = {}
    for fold in range(FOLDS):
        terms = sums([table for table in every if table.fold != fold], codes, start)
        model = made_model(codes, terms, {"features": seen, "trees": []}, [(0.0, 0.0), (1.0, 1.0)])
        parts[fold] = [(table, *judged(table, model)) for table in every if table.fold == fold]
    points: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        trees = forest([training(item) for other in parts if other != fold for item in parts[other]], seen)
        model = made_model(codes, {}, trees, [(0.0, 0.0), (1.0, 1.0)])
        for item in parts[fold]:
            if item[0].state in ("present", "absent") and item[0].weight == 1.0:
                points += said(item, model)
    trees = forest([training(item) for fold in parts for item in parts[fold]], seen)
    return written(codes, sums(every, codes, start), trees, line(points))


def training(item: tuple[Any, ...]) -> tuple[Any, Any, Any]:
    _, _, _, features, right, weight = item
    keep = weight > 0
    return features[keep], right[keep], weight[keep]


def said(item: tuple[Any, ...], model: Model) -> Iterator[tuple[float, bool]]:
    """Probability of the verdict and whether it is right, of the columns of a table."""
    table, rows, which, features, _, _ = item
    found = shared(len(table.columns), rows, which, model.forest.probability(features), model)
    for at, row in enumerate(found):
        if table.kinds[at] in model.kinds:
            yield float(row.max()), model.kinds[int(row.argmax())] in table.accepted[at]


def line(points: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Isotonic regression of being right on the probability (pool adjacent violators), as at most a dozen points."""
    ordered = np.array(sorted(points))
    blocks = [[float(part[:, 0].mean()), float(part[:, 1].mean()), len(part)] for part in np.array_split(ordered, 24)]
    at = 0
    while at + 1 < len(blocks):
        if blocks[at][1] > blocks[at + 1][1]:
            (x, y, n), (x2, y2, n2) = blocks[at], blocks[at + 1]
            blocks[at : at + 2] = [[(x * n + x2 * n2) / (n + n2), (y * n + y2 * n2) / (n + n2), n + n2]]
            at = max(at - 1, 0)
        else:
            at += 1
    return [(round(x, 3), round(y, 3)) for x, y, _ in blocks]


def made_model(codes: Sequence[str], terms: dict[str, list[float]], trees: dict[str, Any], calibration: Any) -> Model:
    return model_of(written(codes, terms or {"bias": [0.0] * len(codes)}, trees, calibration))


def written(codes: Sequence[str], terms: dict[str, list[float]], trees: dict[str, Any], calibration: Any) -> dict[str, Any]:
    head = {"version": f"weights-{date.today():%Y.%m}", "kinds": list(codes), "doubt": round(DOUBT, 3)}
    return head | {"calibration": calibration, "terms": terms, "forest": trees}


def lined(found: dict[str, Any]) -> str:
    """JSON with one term or tree a line, so that two versions can be compared."""
    terms = ",\n".join(f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in found["terms"].items())
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in found["forest"]["trees"])
    head = ",\n".join(f"{json.dumps(key)}: {json.dumps(found[key])}" for key in ("version", "kinds", "doubt", "calibration"))
    names = json.dumps(found["forest"]["features"])
    return f'{{\n{head},\n"terms": {{\n{terms}\n}},\n"forest": {{"features": {names}, "trees": [\n{trees}\n]}}\n}}\n'


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tables", nargs="?", type=int, default=4_000)
    parser.add_argument("seed", nargs="?", type=int, default=7)
    left_out = "leave this fifth of the source groups out, score it, write nothing"
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help=left_out)
    asked = parser.parse_args()
    if asked.fold is not None:
        from bench.classification.world import lines_of, of_fold

        print("\n".join(lines_of(of_fold(asked.fold, asked.tables))))
        return
    OUT.write_text(lined(fit(made(asked.tables, asked.seed), world())), encoding="utf-8")
    print(OUT.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
