"""The development corpus in, `resources/rules/heading.toml` out: what tells a header from a first record of data.

`python -m tools.heading FOLDER` (needs the extra `bench`). Of every table, public and generated, pieces of few and many rows and columns are taken
with their header and without it; headers are also written otherwise (capitals, numbered names) and, above numbers, as years, quarters
and dates. Prints how often the verdict is right on source groups that were not fitted on, by number of rows.
"""

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from analysis.formats.header import HANDFUL, signs_of
from analysis.formats.shapes import usual_shape
from bench.classification.sources import FAKER_FIT, Fake
from bench.classification.tables import tables
from tools.corpus import labels
from tools.fit import FOLDS, fold_of

OUT = Path(__file__).parents[1] / "resources" / "rules" / "heading.toml"
HEIGHTS = (0, 1, 2, 3, 5, 8, 15, 40, 100)
MADE = 250  # generated tables
# What a first record of data counts for beside a header, above HANDFUL rows at most and above more: most tables have a header.
DATA = (0.12, 0.2)
RIDGE = 0.5
LEAST = 0.05
HEAD = """# What a first record must look like to be a header: weights of its signs (`formats/header.py`), fitted on pieces of public and generated
# tables with and without their header (`tools/heading.py`), above a handful of rows and above more. The sum is a log-odds.
version = "heading-2026.2"
"""
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """The signs of a first record. `height`: rows below it."""

    fold: int
    header: bool
    height: int
    signs: dict[str, float]


def series(rng: random.Random, count: int) -> list[str]:
    """Names of columns of numbers that are numbers or dates themselves."""
    first = rng.choice((rng.randrange(1950, 2020), rng.randrange(3)))
    return rng.choice(
        (
            [str(first + at) for at in range(count)],
            [f"{2005 + at // 4} Q{at % 4 + 1}" for at in range(count)],
            [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(count)],
            [f"{at % 28 + 1:02}/01/2021" for at in range(count)],
        )
    )


def restyled(rng: random.Random, names: list[str]) -> list[str]:
    match rng.randrange(10):
        case 0:
            return [name.upper() for name in names]
        case 1:
            return [name.lower() for name in names]
        case 2:
            return [name.replace("_", " ").title() for name in names]
        case 3:
            word = rng.choice(("col", "column ", "c", "field"))
            return [f"{word}{at}" for at in range(1, len(names) + 1)]
        case _:
            return names


def indexed(rng: random.Random, rows: Rows) -> Rows:
    """At times with the numbers of the rows before them, as programs write a table; the first row is the header."""
    first = rng.randrange(2)
    return rows if rng.random() < 0.9 else [["" if at == 0 else str(at - 1 + first), *row] for at, row in enumerate(rows)]


def pieces(rng: random.Random, fold: int, names: Sequence[str], body: Rows) -> Iterator[Piece]:
    for height in (*HEIGHTS, *HEIGHTS):
        if height > len(body):
            continue
        width = rng.choice((len(names), rng.randint(1, min(len(names), 6))))
        left, top = rng.randrange(len(names) - width + 1), rng.randrange(len(body) - height + 1)
        part = [list(row[left : left + width]) for row in body[top : top + height]]
        head = restyled(rng, list(names[left : left + width]))
        top_row, *below = indexed(rng, [head, *part])
        yield Piece(fold, True, height, signs_of(top_row, below))
        numbers = [at for at in range(width) if part and usual_shape(row[at] for row in part)[0] in ("integer", "decimal")]
        if len(numbers) > 2 and rng.random() < 0.5:
            for at, name in zip(numbers, series(rng, len(numbers)), strict=True):
                head[at] = name
            yield Piece(fold, True, height, signs_of(["" if rng.random() < 0.4 else head[0], *head[1:]], part))
        if height < len(body):
            top = rng.randrange(len(body) - height)
            first, *part = [list(row[left : left + width]) for row in body[top : top + height + 1]]
            yield Piece(fold, False, height, signs_of(first, part))


def every(corpus: Path, seed: int) -> Iterator[Piece]:
    rng = random.Random(seed)
    for name, entry in labels(corpus).items():
        with (corpus / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            names, *body = csv.reader(file)
        yield from pieces(rng, fold_of(entry["group"]), names, body)
    for at, table in enumerate(tables([Fake(locale, seed) for locale in FAKER_FIT], MADE, seed)):
        if table.header != "absent":
            yield from pieces(rng, at % FOLDS, list(table.names), list(zip(*table.columns, strict=True)))


def fitted(values: np.ndarray, header: np.ndarray, data: float) -> np.ndarray:
    """Ridge-penalized logistic regression."""
    weights = np.where(header, 1.0, data)

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        total = values @ found
        cost = (weights * (np.logaddexp(0.0, total) - header * total)).sum() + RIDGE / 2 * found @ found
        return float(cost), values.T @ (weights * (1 / (1 + np.exp(-total)) - header)) + RIDGE * found

    return minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def main() -> None:
    data = list(every(Path(sys.argv[1]), seed=3))
    names = sorted({name for piece in data for name in piece.signs})
    values = np.array([[piece.signs.get(name, 0.0) for name in names] for piece in data])
    header, fold, height = (np.array([getattr(piece, what) for piece in data]) for what in ("header", "fold", "height"))
    said, text = np.zeros(len(data)), HEAD
    for part, weight, mine in (("few", DATA[0], height <= HANDFUL), ("more", DATA[1], height > HANDFUL)):
        for at in range(FOLDS):
            here, others = mine & (fold == at), mine & (fold != at)
            said[here] = values[here] @ fitted(values[others], header[others], weight)
        found = zip(names, fitted(values[mine], header[mine], weight), strict=True)
        text += f"\n[{part}]\n" + "".join(f"{name} = {value:.2f}\n" for name, value in found if abs(value) >= LEAST)
    for rows in HEIGHTS:
        right = [((said > 0) == header)[(height == rows) & (header == there)].mean() for there in (True, False)]
        print(f"{rows} rows: header {right[0]:.3f}, none {right[1]:.3f}")
    OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
