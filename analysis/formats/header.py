"""Records in, where the header stands and the column names out; told nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, pstdev

from analysis.formats.shapes import TYPED, shape_of, usual_shape
from analysis.rules.headers import header_tells

BODY = 200  # records below that are compared
MOST_ROWS = 3  # rows of a header
NAME = re.compile(r"[A-Za-zÀ-ÿ][\w .°()/%-]{0,58}|[a-z]+(?:[A-Z][a-z]+)+|[A-Za-z]+(?:_[A-Za-z0-9]+)+")
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
        if abs(len(cells) - width) <= near and sum(bool(cell.strip()) for cell in cells) >= least:
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
    """Above 0: a header. Each column votes by the unlikeness of its first cell, its wording, and its repetition below."""
    cells = [cell.strip() for cell in first]
    filled = [cell for cell in cells if cell]
    if not filled:
        return -0.2
    if any("@" in cell and shape_of(cell) == "email" for cell in filled):
        return -0.4
    if numbered(filled):
        return 0.4
    votes = [vote(cell, [row[at].strip() for row in body if at < len(row)]) for at, cell in enumerate(cells) if cell]
    told = sum(header_tells(cell) for cell in filled) / len(filled)
    total = sum(votes) / len(filled) + 0.8 * told
    if len(set(filled)) < len(filled):
        total -= 0.1
    if not body:
        total += 0.1 if not any(shape_of(cell) in TYPED for cell in filled) else -0.1
    return max(-0.39, min(0.39, total - 0.12))


def vote(cell: str, below: list[str]) -> float:
    """-1 (a value like those below) to 1 (a name) of one column."""
    values = [value for value in below if value]
    mine = shape_of(cell)
    if not values:
        return 0.0 if mine in TYPED else 0.2
    shape, share = usual_shape(values)
    same = mine == shape or (mine == "integer" and shape == "decimal")
    if shape in TYPED and share > 0.6:
        if same or mine in TYPED - {"code"}:
            return -1.0
        return 1.0 if mine != "code" else 0.0
    if cell in values:
        return -1.0 if len(set(values)) < 0.7 * len(values) else -0.6
    if mine in TYPED - {"code"}:
        return -0.6
    found = 0.0
    if len(values) >= 5 and len(set(values)) <= 0.5 * len(values):
        found += 0.5
    if re.search(r"[a-z][A-Z]|_", cell) and not any("_" in value for value in values[:50]):
        found += 0.4
    lengths = [len(value) for value in values]
    if len(values) >= 5 and abs(len(cell) - median(lengths)) > 3 * max(pstdev(lengths), 0.5):
        found += 0.4
    return found if NAME.fullmatch(cell) else found - 0.3


def numbered(names: Sequence[str]) -> bool:
    """Names such as c1, c2, c3 or field_1, field_2."""
    parts = [re.fullmatch(r"([^\W\d][\w ]{0,30}?)[_ ]?(\d{1,6})", name) for name in names]
    found = [part for part in parts if part is not None]
    if len(found) < len(names) or len(names) < 3 or len({part[1] for part in found}) > 1:
        return False
    numbers = [int(part[2]) for part in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def names_below(top: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """One name per column: the rows of the header joined, an upper title carried over the gaps beside it."""
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
