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


def guess(sample: str, encoding: str) -> tuple[Dialect, tuple[str, ...]]:
    """How the text is written and its column names; `sample`: its first whole lines."""
    lines = [line.rstrip("\r") for line in re.split(r"\n|\r(?!\n)", sample)[:LINES]]
    while lines and not lines[-1]:
        lines.pop()
    delimiter, width = best_delimiter(lines)
    widths = [len(split(line, delimiter)) if line.strip() else 0 for line in lines]
    if width == 1:
        preamble = next((at for at, line in enumerate(lines) if line.strip()), 0)
    else:
        preamble = next((at for at, count in enumerate(widths) if count == width or (count > 1 and abs(count - width) == 1)), 0)
    first = [cell.strip() for cell in split(lines[preamble], delimiter)] if lines else [""]
    below = [split(line, delimiter) for line, count in zip(lines, widths, strict=True) if count == width][: LINES // 2]
    header = is_header(first, [row for row in below if [cell.strip() for cell in row] != first])
    names = tuple((first[at] if header and at < len(first) and first[at] else f"column {at + 1}") for at in range(width))
    return Dialect(encoding, delimiter, '"', header, preamble), names


def best_delimiter(lines: list[str]) -> tuple[str, int]:
    """The delimiter under which most lines have the same number of cells, and that number."""
    best, found = 0.0, ("", 1)
    for rank, delimiter in enumerate(DELIMITERS):
        counts = Counter(len(split(line, delimiter)) for line in lines if line.strip())
        wide = Counter({width: count for width, count in counts.items() if width > 1})
        if not wide:
            continue
        width, agreeing = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = agreeing / sum(counts.values()) * (1 - 1 / (width + 1)) - rank * 0.001
        if score > best and agreeing / sum(counts.values()) > 0.5:
            best, found = score, (delimiter, width)
    return found


def is_header(first: list[str], body: list[list[str]]) -> bool:
    """Whether the first row names the columns: words of a known header, or shapes unlike the column below."""
    named = [cell for cell in first if cell]
    if not named or any("@" in cell for cell in named):
        return False
    told = sum(header_tells(cell) for cell in named)
    if told >= max(1, len(named) * 0.3):
        return True
    if any(DIGITS.search(cell) and not re.search(r"[^\W\d]", cell) for cell in named):
        return False
    if not body or len(set(named)) < len(named):
        return False
    unlike = 0
    for at, cell in enumerate(first):
        column = [row[at].strip() for row in body if at < len(row) and row[at].strip()]
        digits = sum(bool(DIGITS.search(value)) for value in column)
        unlike += bool(column) and not DIGITS.search(cell) and digits > 0.8 * len(column)
    return unlike >= 1 and unlike >= 0.15 * len(first)
