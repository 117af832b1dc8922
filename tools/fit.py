"""Tables of our generators in, `resources/rules/weights.json` out: the weights of the classification of columns.

`python -m tools.fit [TABLES] [SEED]` (needs the extra `bench`). Fitted on Faker's locales alone; the benchmark scores on mimesis.
Lists and headers are thinned at random, because the world holds names and headers that no list has.
"""

import json
import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from analysis.classify.evidence import columns_of, lists, words_of
from analysis.classify.scorer import HEADER, header_features, of_table
from analysis.classify.values import features
from analysis.ground.watch import Watch
from analysis.rules.kinds import kinds
from analysis.store import Store
from bench.classification.sources import FAKER_FIT, Fake
from bench.classification.tables import tables

OUT = Path(__file__).parents[1] / "resources" / "rules" / "weights.json"
# What a header counts for (exact, part, weak, against, longest): given, not fitted. Our tables are cleaner than the world, so a
# fit
# would trust the values more than they deserve.
TRUST = (6.0, 3.5, 0.7, -2.5, 1.0)
Column = tuple[dict[str, float], dict[str, dict[str, float]]]


def gather(count: int, seed: int, half: int | None) -> list[tuple[list[Column], list[str]]]:
    """Features of the columns of each table, as if read from a file."""
    rng = random.Random(seed)
    made = list(tables([Fake(locale, seed) for locale in FAKER_FIT], count, seed, half, vary=True))
    store = Store()
    cells = [columns_of(list(zip(*table.columns, strict=True)), len(table.columns)) for table in made]
    known = lists(
        store, {word for columns in cells for item in columns for text in item.first for word in words_of(text)}, Watch()
    )
    store.close()
    found: list[tuple[list[Column], list[str]]] = []
    for table, columns in zip(made, cells, strict=True):
        named = table.header != "absent"
        parts: list[Column] = []
        for name, item in zip(table.names, columns, strict=True):
            shares = features(item, known)
            if rng.random() < 0.4:
                thin = rng.random()
                shares = {
                    key: value * thin if key.startswith(("list_", "name_pair", "begins_", "holds_", "in_")) else value
                    for key, value in shares.items()
                }
            heard = named and rng.random() > 0.2
            told = of_table(named, name if heard else "?", shares)
            parts.append((told, header_features(name) if heard else {}))
        found.append((parts, list(table.kinds)))
    return found


def arrays(data: list[tuple[list[Column], list[str]]], names: list[str], codes: list[str]) -> tuple[Any, Any, Any, list[int]]:
    """Features (n x F), headers (n x K x H), truth (n), and the number of the table of each column."""
    place, of_kind = {name: at for at, name in enumerate(names)}, {code: at for at, code in enumerate(codes)}
    count = sum(len(parts) for parts, _ in data)
    x, h, y = (
        np.zeros((count, len(names)), np.float32),
        np.zeros((count, len(codes), len(HEADER)), np.float32),
        np.zeros(count, np.int64),
    )
    tables_of: list[int] = []
    at = 0
    for number, (parts, truth) in enumerate(data):
        for (told, heard), kind in zip(parts, truth, strict=True):
            for name, value in told.items():
                if name in place:
                    x[at, place[name]] = value
            for code, items in heard.items():
                for what, value in items.items():
                    h[at, of_kind[code], HEADER.index(what)] = value
            y[at] = of_kind[kind]
            tables_of.append(number)
            at += 1
    return x, h, y, tables_of


def softmax(logits: Any) -> Any:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def descend(parameters: dict[str, Any], gradient: Any, decay: dict[str, float], steps: int, rate: float) -> None:
    """Adam (Kingma and Ba, 2015), whole batch, with decay of the weights."""
    first = {key: np.zeros_like(value) for key, value in parameters.items()}
    second = {key: np.zeros_like(value) for key, value in parameters.items()}
    for step in range(1, steps + 1):
        now = rate * min(1.0, 2.0 * (1 - step / steps) + 0.02)
        for key, slope in gradient(parameters).items():
            slope = slope + decay.get(key, 0.0) * parameters[key]
            first[key] = 0.9 * first[key] + 0.1 * slope
            second[key] = 0.999 * second[key] + 0.001 * slope**2
            parameters[key] -= now * (first[key] / (1 - 0.9**step)) / (np.sqrt(second[key] / (1 - 0.999**step)) + 1e-8)


def main() -> None:
    count, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 13_000, int(sys.argv[2]) if len(sys.argv) > 2 else 7
    found = fit(count, seed)
    lines = [f"{json.dumps(part)}: {lined(found[part])}" for part in found]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(OUT.stat().st_size // 1024, "KB")


def lined(part: Any) -> str:
    """JSON with one kind a line, so that two versions can be compared."""
    if not isinstance(part, dict) or not isinstance(next(iter(part.values())), dict):
        return json.dumps(part)
    return "{\n" + ",\n".join(f"{json.dumps(kind)}: {json.dumps(weights)}" for kind, weights in part.items()) + "\n}"


def fit(count: int, seed: int, half: int | None = None) -> dict[str, Any]:
    """The weights, as `analysis.classify.scorer.model_of` takes them. `half`: of every pool of the generators (see `Draw`)."""
    data, codes = gather(count, seed, half), list(kinds())
    names = sorted({name for parts, _ in data for told, _ in parts for name in told})
    x, h, y, of = arrays(data, names, codes)
    print(len(y), "columns", len(names), "features")
    x = np.hstack([x, np.sqrt(x), x * x])  # the three terms of each curve
    size, rows = len(codes), len(y)
    truth = np.eye(size, dtype=np.float32)[y]
    truth = truth * 0.99 + 0.01 / size  # nobody is ever quite sure

    def alone(p: dict[str, Any]) -> dict[str, Any]:
        error = (softmax(x @ p["w"].T + p["b"] + h @ p["h"]) - truth) / rows
        return {"w": error.T @ x, "b": error.sum(axis=0)}

    first = {
        "w": np.zeros((size, 3 * len(names)), np.float32),
        "b": np.zeros(size, np.float32),
        "h": np.array(TRUST, np.float32),
    }
    descend(first, alone, {"w": 1e-4}, 700, 0.06)
    logits = x @ first["w"].T + first["b"] + h @ first["h"]
    guess = softmax(logits)
    print("alone", (guess.argmax(axis=1) == y).mean())
    left, right, beside = (np.zeros_like(guess) for _ in range(3))
    for at in range(rows):
        if at and of[at - 1] == of[at]:
            left[at] = guess[at - 1]
        if at + 1 < rows and of[at + 1] == of[at]:
            right[at] = guess[at + 1]
    start = 0
    for parts, _ in data:
        end = start + len(parts)
        for at in range(start, end):
            rest = np.delete(guess[start:end], at - start, axis=0)
            if len(rest):
                beside[at] = rest.max(axis=0)
        start = end

    def together(p: dict[str, Any]) -> dict[str, Any]:
        error = (softmax(logits + left @ p["left"].T + right @ p["right"].T + beside @ p["beside"].T) - truth) / rows
        return {"left": error.T @ left, "right": error.T @ right, "beside": error.T @ beside}

    second = {name: np.zeros((size, size), np.float32) for name in ("left", "right", "beside")}
    descend(second, together, dict.fromkeys(second, 4e-4), 250, 0.03)
    final = softmax(logits + left @ second["left"].T + right @ second["right"].T + beside @ second["beside"].T)
    print("together", (final.argmax(axis=1) == y).mean())
    return written(codes, names, first, second)


def written(codes: list[str], names: list[str], first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    def matrix(values: Any, columns: list[str], least: float) -> dict[str, dict[str, float]]:
        return {
            code: {name: round(float(value), 2) for name, value in zip(columns, row, strict=True) if abs(value) >= least}
            for code, row in zip(codes, values, strict=True)
        }

    def curves(values: Any, columns: list[str]) -> dict[str, dict[str, list[float]]]:
        by_kind = values.reshape(len(codes), 3, len(columns)).transpose(0, 2, 1)
        return {
            code: {name: [round(float(term), 2) for term in curve] for name, curve in zip(columns, row, strict=True) if abs(curve).max() >= 0.05}
            for code, row in zip(codes, by_kind, strict=True)
        }  # fmt: skip

    return {"version": f"weights-{date.today():%Y.%m}", "kinds": codes, "bias": {code: round(float(value), 3) for code, value in zip(codes, first["b"], strict=True)},
            "header": {name: round(float(value), 3) for name, value in zip(HEADER, first["h"], strict=True)}, "values": curves(first["w"], names),
            **{name: matrix(second[name], codes, 0.05) for name in second}}  # fmt: skip


if __name__ == "__main__":
    main()
