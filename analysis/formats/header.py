"""Records in, where the header stands and the column names out; told nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from statistics import median, pstdev

from analysis.formats.shapes import TYPED, shape_of, usual_shape
from analysis.rules.headers import header_tells
from analysis.rules.loading import load
from analysis.rules.shapes import Heading as Weights

BODY = 200  # records below that are looked at
COMPARED = 100  # of them, cell by cell
HANDFUL = 5  # rows of a sample, at most
LONG = 60  # signs of a cell that is no name of a column
MOST_ROWS = 3  # rows of a header
NAME = re.compile(r"[A-Za-zÀ-ÿ][\w .°()/%'’&?:,<>=+*#€$-]{0,58}|[a-z]+(?:[A-Z][a-z]+)+|[A-Za-z]+(?:_[A-Za-z0-9]+)+")
CASED = re.compile(r"[a-z][A-Z]|_")
YEAR = re.compile(r"(?:19|20)\d\d")
ALONE = {
    **dict.fromkeys(("email", "url"), "contact"),
    **dict.fromkeys(("date", "time", "phone", "money"), "moment"),
    **dict.fromkeys(("integer", "decimal"), "number"),
    "code": "code",
    "text": "text",
}
COUNTED = frozenset({"col", "column", "field", "colonne", "champ", "spalte", "feld", "campo", "c", "f", "v", "h", "x", "var"})
ANY = ("told", "name", "word_above", "same_type", "again")
Records = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Heading:
    """Lines before the header (the preamble), records and lines of the header, column names, and how sure that is."""

    preamble: int
    records: int
    lines: int
    names: tuple[str, ...]
    confidence: float


def heading(rows: Records, width: int, asked: int | None) -> Heading:
    """Where the table begins and what names its columns; `asked`: rows of the header, as a person said."""
    start = first_full(rows, width)
    count, sure = (asked, 1.0) if asked is not None else header_rows(rows, start, width)
    if asked is None and count:
        start = widened(rows, start, width)
        count = max(count, first_full(rows, width) - start + count)
    top = [cells for _, cells in rows[start : start + count]]
    preamble = rows[start][0] if start < len(rows) else 0
    lines = rows[start + count][0] - preamble if start + count < len(rows) else count
    return Heading(preamble, count, lines, names_below(top, width), sure)


def first_full(rows: Records, width: int) -> int:
    """Index of the first record that has the table's width and about as many values as its rows."""
    near = 0 if width < 3 else 1
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows if len(cells) == width]
    least = min(max(2.0, 0.5 * median(filled)), width) if filled and width > 1 else 1
    for at, (_, cells) in enumerate(rows):
        if width == 2 < len(cells) and shape_of(cells[0]) == "email":
            return at  # a password may hold the sign that keeps it apart
        numbers = [row[0].strip() for _, row in rows[at + 1 : at + 4]] if width > 2 and not cells[0].strip() else []
        if abs(len(cells) - width) <= near and sum(bool(cell.strip()) for cell in cells) + is_index(numbers) >= least:
            return at
    return 0


def widened(rows: Records, start: int, width: int) -> int:
    """A row of group titles right above the header (merged cells leave gaps) belongs to it."""
    above = start - 1
    if above >= 0 and len(rows[above][1]) == width:
        cells = [cell.strip() for cell in rows[above][1]]
        filled = [cell for cell in cells if cell]
        if (
            len(filled) >= 2
            and not any(shape_of(cell) in TYPED - {"code"} for cell in filled)
            and len(set(filled)) == len(filled)
        ):
            return above
    return start


def header_rows(rows: Records, start: int, width: int) -> tuple[int, float]:
    """How many rows from `start` name the columns: 0 to MOST_ROWS, and how sure."""
    first = [cells for _, cells in rows[start : start + 1]]
    if not first:
        return 0, 0.5
    # The last rows of the sample speak for the data: a second row of the header is not among them.
    body = [cells for _, cells in rows[start + 1 :] if len(cells) == width][:BODY]
    rest = body[MOST_ROWS - 1 :] if len(body) > 2 * MOST_ROWS else body
    score = header_score(first[0], rest or body)
    if score <= 0:
        return 0, min(0.99, 0.6 - score)
    count = 1
    while count < MOST_ROWS and len(body) > 2 * MOST_ROWS and second_header(body[count - 1], rest):
        count += 1
    return count, min(0.99, 0.6 + score)


def second_header(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a row below the header still names columns: none of its cells is like the typed columns below it."""
    typed = against = 0
    for at, cell in enumerate(row):
        shape, share = usual_shape(line[at] for line in body if at < len(line))
        if shape in TYPED and share > 0.8 and cell.strip():
            typed += 1
            against += shape_of(cell) in ("word", "name", "text")
    return typed >= 2 and against == typed


def header_score(first: Sequence[str], body: Sequence[Sequence[str]]) -> float:
    """Above 0: a header; -0.5 to 0.5. A sum of signs, weighed by how often they were right on public tables (`heading.toml`)."""
    weights = load(Weights).few if len(body) <= HANDFUL else load(Weights).more
    total = sum(weights.get(name, 0.0) * value for name, value in signs_of(first, body[:COMPARED]).items())
    return 1 / (1 + exp(-max(min(total, 30.0), -30.0))) - 0.5


def signs_of(first: Sequence[str], body: Sequence[Sequence[str]]) -> dict[str, float]:
    """What speaks for and against a header: shares of the cells of the first record, or of the whole."""
    cells = [cell.strip() for cell in first]
    filled = [cell for cell in cells if cell]
    body = [row for row in body if list(row) != list(first)]  # a header that comes again speaks for itself
    if not filled:
        return {"nothing": 1.0}
    elsewhere = {cell.strip().casefold() for row in body for cell in row if cell.strip()}
    found: dict[str, float] = defaultdict(float)
    for at, cell in enumerate(cells):
        below = [row[at].strip() for row in body if at < len(row)]
        values = [value for value in below if value]
        if cell:
            for sign in (*signs_alone(cell), *signs_above(cell, values)):
                found[sign] += 1
            found["anywhere"] += cell.casefold() in elsewhere
        elif below:
            found["gap"] += len(values) / len(below)
    shares = {name: count / len(filled) for name, count in found.items()}
    shares |= {f"any_{name}": 1.0 for name in ANY if found[name]}
    numbers = [int(cell) for cell in filled if re.fullmatch(r"\d{1,6}", cell)]
    steps = {after - before for before, after in pairwise(numbers)}
    years = [cell for cell in filled if YEAR.fullmatch(cell)]
    return shares | {
        "bias": 1.0,
        "gap": found["gap"] / len(cells),
        "index": float(not cells[0] and is_index([row[0].strip() for row in body if row])),
        "double": 1 - len(set(map(str.casefold, filled))) / len(filled),
        "series": len(numbers) / len(filled) if len(numbers) > 2 and len(steps) == 1 and steps != {0} else 0.0,
        "years": len(years) / len(filled) if len(set(years)) == len(years) else 0.0,
        "numbered": float(numbered(filled)),
        "few_rows": 1 / (1 + len(body)),
        "narrow": 1 / len(cells),
    }


def signs_alone(cell: str) -> Iterator[str]:
    """Of a cell of the first record, whatever stands below."""
    shape = shape_of(cell)
    if header_tells(cell):
        yield "told"
    if NAME.fullmatch(cell):
        yield "name"
    if len(cell) > LONG:
        yield "long"
    if shape in ALONE:
        yield ALONE[shape]


def signs_above(cell: str, values: Sequence[str]) -> Iterator[str]:
    """Of a cell of the first record above the values of its column."""
    if not values:
        yield "no_values"
        return
    if CASED.search(cell) and not any(map(CASED.search, values[:50])):
        yield "snake"
    mine, (shape, share) = shape_of(cell), usual_shape(values)
    if shape in TYPED and share > 0.6:
        yield typed_above(mine, shape)
    elif mine in TYPED - {"code"}:
        yield "type_above_words"
    else:
        yield from words_above(cell, values)


def typed_above(mine: str, shape: str) -> str:
    if mine == shape or (mine, shape) == ("integer", "decimal"):
        return "same_type"
    if mine in TYPED:
        return "code_above" if mine == "code" else "other_type"
    return "word_above_code" if shape == "code" else "word_above"


def words_above(cell: str, values: Sequence[str]) -> Iterator[str]:
    """A name above words: it is no value, and is written otherwise."""
    lengths = [len(value) for value in values]
    if cell.casefold() in map(str.casefold, values):
        yield "again"
    if len(values) > 2 and len(set(values)) <= 0.5 * len(values) and cell not in values:
        yield "few"
    if case_of(cell) not in map(case_of, values[:50]):
        yield "case_new"
    if len(values) > 2 and abs(len(cell) - median(lengths)) > 3 * max(pstdev(lengths), 0.5):
        yield "length"
    if len(values) > 1 and len(cell.split()) not in [len(value.split()) for value in values]:
        yield "words"
    if len(cell) < 0.5 * min(lengths):
        yield "short"
    if len(cell) < 0.3 * median(lengths):
        yield "brief"


def is_index(values: Sequence[str]) -> bool:
    """Whether they number the rows, as programs write them before a table."""
    if len(values) < 2 or not all(value.isdecimal() and len(value) < 9 for value in values):
        return False
    return {int(after) - int(before) for before, after in pairwise(values)} == {1}


def case_of(text: str) -> str:
    letters = "".join(filter(str.isalpha, text))
    if letters.isupper() or letters.islower():
        return "upper" if letters.isupper() else "lower"
    return "title" if letters[:1].isupper() else "mixed" if letters else ""


def numbered(names: Sequence[str]) -> bool:
    """Names such as c1, c2, c3 or field_1, field_2."""
    parts = [re.fullmatch(r"([^\W\d][\w ]{0,30}?)[_ ]?(\d{1,6})", name) for name in names]
    found = [part for part in parts if part is not None]
    words = {part[1] for part in found}
    if len(found) < len(names) or len(words) > 1 or not (len(names) > 2 or (len(names) == 2 and words <= COUNTED)):
        return False
    numbers = [int(part[2]) for part in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def names_below(top: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """One name per column: the rows of the header joined, an upper title carried over the gaps beside it; the first row alone
    where it tells all columns apart (units or codes follow)."""
    first = [cell.strip() for cell in top[0]] if top else []
    if len(set(first)) == len(first) >= width and all(first):
        top = top[:1]
    names: list[str] = []
    carried = [""] * len(top)
    for at in range(width):
        parts: list[str] = []
        for level, row in enumerate(top):
            cell = row[at].replace("\0", "").strip() if at < len(row) else ""
            if cell or level == len(top) - 1:
                carried[level] = cell
            if carried[level] and carried[level] not in parts:
                parts.append(carried[level])
        names.append(" ".join(parts) or f"column {at + 1}")
    return tuple(names)
