"""Lines in, records out: cells parted by given signs, and how many a record should have."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.formats.header import header_score
from analysis.model import Dialect

LINES = 400
# Stands for a delimiter of several signs while the standard library splits a line.
STAND_IN = "\ue000"
LINE_END = re.compile(r"\r\n|\n|\r")
TORN = 0.6  # share of the rows of one width up to which the header is trusted more
PREAMBLE = 20  # lines above a header, at most
Rows = list[tuple[int, list[str]]]  # number of the first line, cells


@dataclass(frozen=True, slots=True)
class Signs:
    """How cells are kept apart. `loose`: blanks after a delimiter are not part of the value."""

    delimiter: str
    quote: str = '"'
    escape: str = ""
    loose: bool = False


def signs_of(dialect: Dialect) -> Signs:
    return Signs(dialect.delimiter, dialect.quote, dialect.escape, dialect.loose)


def split(line: str, signs: Signs) -> list[str]:
    """The cells of one record."""
    delimiter, quote = signs.delimiter, signs.quote
    if not delimiter:
        whole = line.strip() if quote and line.strip()[:1] == quote else line
        return [whole[1:-1].replace(quote * 2, quote)] if len(whole) > 1 and quote and whole[0] == whole[-1] == quote else [line]
    if (not quote or quote not in line) and not signs.escape:
        cells = line.split(delimiter)
        return [cell.lstrip(" ") for cell in cells] if signs.loose else cells
    return next(records_of([line], signs), (0, line.split(delimiter)))[1]


def records_of(lines: list[str], signs: Signs):  # type: ignore[no-untyped-def]
    """Line number (from 0) and cells of each record; a quoted line break stays inside its record."""
    single = signs.delimiter if len(signs.delimiter) == 1 else STAND_IN
    given = (line + "\n" if len(signs.delimiter) == 1 else line.replace(signs.delimiter, STAND_IN) + "\n" for line in lines)
    quoting = csv.QUOTE_MINIMAL if signs.quote else csv.QUOTE_NONE
    reader = csv.reader(
        given,
        delimiter=single or "\0",
        quotechar=signs.quote or None,
        escapechar=signs.escape or None,
        doublequote=True,
        quoting=quoting,
        skipinitialspace=signs.loose,
    )
    start = 0
    try:
        for cells in reader:
            if cells and single == STAND_IN:
                cells = [cell.replace(STAND_IN, signs.delimiter) for cell in cells]
            yield start, [cell.removesuffix("\n") for cell in cells] if len(cells) else [""]
            start = reader.line_num
    except csv.Error:
        return


def lines_of(sample: str, most: int = LINES) -> list[str]:
    """The first lines, without empty ones at the end."""
    lines = LINE_END.split(sample)[:most]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def filled_of(rows: Rows) -> list[list[str]]:
    """The records that hold anything."""
    return [cells for _, cells in rows if any(map(str.strip, cells))] or [[""]]


def width_of(rows: list[list[str]], usual: int) -> int:
    """What the first record says of the width, where it is a header: rows may leave out empty cells at their end, have some too
    many, or be torn."""
    first, *body = rows
    own = len(first)
    if own < 2 or own == usual or not body:
        return usual
    surplus = any(cell.strip() for cells in body for cell in cells[own:])
    torn = sum(len(cells) == usual for cells in body) <= TORN * len(body)
    if (own > usual or torn or not surplus) and header_score(first, [padded(cells, own) for cells in body]) > 0:
        return own
    return usual


def headline(rows: list[list[str]]) -> int:
    """Index of the first record, or of the header below a preamble of narrower lines: wider than all above it, as wide as most
    of the records below it, and narrower than none."""
    widest = 0
    for at, cells in enumerate(rows[: PREAMBLE + 1]):
        own, above = len(cells), widest
        widest = max(own, widest)
        if own < 3 or own <= above or not cells[-1].strip():
            continue
        below = [row[:own] if is_padded(row, own) else row for row in rows[at + 1 :]]
        full = sum(len(row) == own for row in below)
        regular = below and max(map(len, below)) <= own and 2 * full >= len(below)
        if regular and header_score(cells, [padded(row, own) for row in below]) > 0:
            return at
    return 0


def padded(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def best_rows(lines: list[str], signs: Signs) -> tuple[Rows, int]:
    """The records, by line or with quoted line breaks, whichever agrees more; and their usual number of cells."""
    best: tuple[float, Rows, int] = (-1.0, [(at, [line]) for at, line in enumerate(lines)], 1)
    by_line = [(at, split(line, signs)) for at, line in enumerate(lines)]
    by_record = list(records_of(lines, signs)) if signs.quote and signs.delimiter else []
    for rows in (by_line, by_record):
        width, share = usual_width(rows)
        if share > best[0] + 1e-9:
            best = share, rows, width
    return best[1], best[2]


def usual_width(rows: Rows) -> tuple[int, float]:
    """The number of cells that most records have, and their share; wider counts win a tie."""
    counts = Counter(len(cells) for _, cells in rows if any(cell.strip() for cell in cells))
    if not counts:
        return 1, 0.0
    width, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]))
    return width, agreeing / sum(counts.values())


def is_padded(cells: Sequence[str], width: int) -> bool:
    """Whether a record has too many cells, and all of those are empty."""
    return len(cells) > width and not any(map(str.strip, cells[width:]))
