"""First lines in, Dialect and column names out: delimiter, preamble and header, told nothing."""

import csv
import re
from collections import Counter

from analysis.kinds import header_tells
from analysis.model import Dialect

DELIMITERS = (";", "\t", ",", "|")
LINES = 400
DIGITS = re.compile(r"\d")


def split(line: str, delimiter: str, quote: str = '"') -> list[str]:
    """The cells of one record."""
    if quote not in line:
        return line.split(delimiter) if delimiter else [line]
    try:
        return next(csv.reader([line], delimiter=delimiter or "\0", quotechar=quote), [""])
    except csv.Error:
        return line.split(delimiter) if delimiter else [line]


Rows = list[tuple[int, list[str]]]  # number of the first line, cells


def guess(sample: str, encoding: str) -> tuple[Dialect, tuple[str, ...]]:
    """How the text is written and its column names; `sample`: its first whole lines."""
    lines = re.split(r"\r\n|\n|\r", sample)[:LINES]
    while lines and not lines[-1]:
        lines.pop()
    delimiter, width, rows = best_delimiter(lines)
    near = 0 if width == 1 else 1
    start = next((at for at, cells in rows if any(map(str.strip, cells)) and abs(len(cells) - width) <= near), 0)
    first = next(([cell.strip() for cell in cells] for at, cells in rows if at == start), [""])
    below = [cells for at, cells in rows if at > start and len(cells) == width][: LINES // 2]
    header = is_header(first, below)
    names = tuple((first[at] if header and at < len(first) and first[at] else f"column {at + 1}") for at in range(width))
    return Dialect(encoding, delimiter, '"', header, start), names


def best_delimiter(lines: list[str]) -> tuple[str, int, Rows]:
    """The delimiter under which most records have the same number of cells, that number, and the records so read."""
    best, found = 0.0, ("", 1, [(at, [line]) for at, line in enumerate(lines)])
    for rank, delimiter in enumerate(DELIMITERS):
        for rows in (by_line(lines, delimiter), by_record(lines, delimiter)):
            counts = Counter(len(cells) for _, cells in rows if any(cells))
            wide = {width: count for width, count in counts.items() if width > 1}
            if not wide:
                continue
            width, agreeing = max(wide.items(), key=lambda item: (item[1], item[0]))
            share = agreeing / sum(counts.values())
            score = share * (1 - 1 / (width + 1)) - rank * 0.001
            if score > best and share > 0.5:
                best, found = score, (delimiter, width, rows)
    return found


def by_line(lines: list[str], delimiter: str) -> Rows:
    """Every line a record."""
    return [(at, split(line, delimiter)) for at, line in enumerate(lines)]


def by_record(lines: list[str], delimiter: str) -> Rows:
    """Quoted line breaks kept inside their record; nothing where a quote is never closed."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    rows: Rows = []
    start = 0
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num
    except csv.Error:
        return []
    return rows


def numbered(names: list[str]) -> bool:
    """Names such as c1, c2, c3 or field_1, field_2."""
    parts = [re.fullmatch(r"([^\W\d][\w ]*?)[_ ]?(\d+)", name) for name in names]
    found = [part for part in parts if part is not None]
    if len(found) < len(names) or len(names) < 3 or len({part[1] for part in found}) > 1:
        return False
    numbers = [int(part[2]) for part in found]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def is_header(first: list[str], body: list[list[str]]) -> bool:
    """Whether the first row names the columns: words of a known header, or shapes unlike the column below."""
    named = [cell for cell in first if cell]
    if not named or any("@" in cell for cell in named):
        return False
    told = sum(header_tells(cell) for cell in named)
    if told >= max(1, len(named) * 0.3):
        return True
    if numbered(named):
        return True
    if any(DIGITS.search(cell) and not re.search(r"[^\W\d]", cell) for cell in named):
        return False
    if not body or len(set(named)) < len(named):
        return False
    unlike = apart = 0
    for at, cell in enumerate(first):
        column = [row[at].strip() for row in body if at < len(row) and row[at].strip()]
        digits = sum(bool(DIGITS.search(value)) for value in column)
        apart += len(column) >= 3 and cell not in column and len(set(column)) <= len(column) / 2
        unlike += bool(column) and not DIGITS.search(cell) and digits > 0.8 * len(column)
    return (unlike >= 1 and unlike >= 0.15 * len(first)) or apart >= 0.8 * len(first)
