"""A record of the wrong shape in, a row or a reason out. Conservative: a row is only mended where one reading fits."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from string import ascii_letters, digits

from analysis.formats.shapes import is_remark, shape_of
from analysis.model import OUTSIDE
from analysis.read.records import Signs, is_padded, split

# A column is rigid when this many shapes cover nearly all of its cells: only such columns can judge a mended row.
SHAPES = 12
COVER = 0.97
TAUGHT = 20  # rows, below which nothing is usual
FEW, REPEATED = 8, 5  # values of a closed column, and how often each stands there on average
CELL = 1024
OTHERS = (";", ",", "\t", "|")  # delimiters of a line that came from another system
FOLDED = {**{ord(sign): "a" for sign in ascii_letters}, **{ord(sign): "9" for sign in digits}, 9: " ", 10: " ", 13: " "}
LETTERS, BLANKS = re.compile("aa+"), re.compile("  +")
ByHand = Mapping[int, tuple[int, ...]]  # by the line of a record: the column of each of its cells
TRIED = 40  # positions tried before a row counts as hopeless


@lru_cache(maxsize=50_000)
def shape(cell: str) -> str:
    """Runs of letters and of blanks folded to one sign each, digits to 9; other signs kept."""
    text = cell[:CELL].strip()
    if text.isascii():
        if text.isdigit():
            return "9" * len(text)
        if text.isalpha():
            return "a"
        folded = text.translate(FOLDED)
        folded = LETTERS.sub("a", folded) if "aa" in folded else folded
        return BLANKS.sub(" ", folded) if "  " in folded else folded
    text = re.sub(r"[^\W\d_]+", "a", text)
    return re.sub(r"\s+", " ", re.sub(r"\d", "9", text))


@dataclass(frozen=True, slots=True)
class Usual:
    """How the cells of a column look: their shapes; and, where they are a few words that come again and again, these words."""

    shapes: frozenset[str]
    values: frozenset[str] = frozenset()

    def holds(self, cell: str) -> bool:
        return cell.strip() in self.values if self.values else shape(cell) in self.shapes

    @property
    def wordy(self) -> bool:
        """Words, where a delimiter may well stand inside a value."""
        return any("a" in text for text in self.shapes) and not any("9" in text for text in self.shapes)


Shapes = Sequence[Usual | None]  # of the columns; None where the cells vary too much to judge by


def rigid_shapes(rows: Sequence[Sequence[str | None]], width: int) -> Shapes:
    """What is usual in each column, or None where the cells vary too much to judge by."""
    return tuple(usual([(row[at] or "").strip() for row in rows]) if len(rows) >= TAUGHT else None for at in range(width))


def usual(cells: Sequence[str]) -> Usual | None:
    counts = Counter(map(shape, cells))
    common = counts.most_common(SHAPES)
    if sum(count for _, count in common) < COVER * len(cells):
        return None
    known, values = Usual(frozenset(text for text, _ in common) | {""}), frozenset(cells)
    closed = known.wordy and len(values) <= FEW and REPEATED * len(values) <= len(cells)
    return replace(known, values=values | {""}) if closed else known


@dataclass(frozen=True, slots=True)
class Mended:
    """A row and what was wrong with it (nothing: a good row that a neighbor's quote had swallowed); `row` is None where
    the record is rejected. `surplus`: what an irregular row has too much."""

    row: tuple[str, ...] | None
    reason: str
    surplus: str = ""


def fits(cell: str, known: Usual | None) -> bool:
    """Whether a cell looks as those of its column do."""
    return known is None or known.holds(cell)


def placed(line: str, columns: Sequence[int], width: int, signs: Signs) -> Mended:
    """A record whose cells a person put into columns; several in one column are joined by the delimiter that parted them."""
    if not any(0 <= column < width for column in columns):
        return Mended(None, "left_out")
    cells: list[list[str]] = [[] for _ in range(width)]
    surplus: list[str] = []
    for at, cell in enumerate(split(line, signs)):
        column = columns[at] if at < len(columns) else OUTSIDE
        (cells[column] if 0 <= column < width else surplus).append(cell)
    join = signs.delimiter.join
    return Mended(tuple(join(parts) for parts in cells), "by_hand", join(cell for cell in surplus if cell.strip()))


def mend(line: str, width: int, signs: Signs, shapes: Shapes, short: int = 0) -> Mended:
    """One physical line that is not a row as it stands. `short`: cells of a row that may leave out the last ones."""
    delimiter, quote = signs.delimiter, signs.quote
    cells = split(line, signs)
    if len(cells) == width and "\n" not in line and ("\\" + quote not in line or signs.escape):
        return Mended(tuple(cells), "stray_quote" if quote and quote in line else "")
    if short and len(cells) == short and "\n" not in line:
        return Mended((*cells, *[""] * (width - short)), "")
    if len(cells) != width and line.lstrip()[:1] == "#":
        return Mended(None, "comment")
    if len(cells) < width and not any(map(str.isalnum, line)):
        return Mended(None, "ruler")
    if len(cells) == 1 and width > 2 and is_remark(line):
        return Mended(None, "footer")
    quoted = bool(quote) and quote in line
    if quoted and not signs.escape and "\\" + quote in line:
        unescaped = split(line, replace(signs, escape="\\"))
        if len(unescaped) == width:
            return Mended(tuple(unescaped), "escaped_quote")
    if quoted and any(quote in cell for cell in (line, *cells)[line.count(quote) % 2 == 0 :]):  # quotes that quote nothing
        bare = line.split(delimiter) if delimiter else [line]
        if len(bare) == width:
            return Mended(tuple(cell.strip(quote) if cell.count(quote) == 1 else cell for cell in bare), "stray_quote")
    for other in OTHERS if len(cells) < width else ():
        if other != delimiter and other in line:
            row = split(line, replace(signs, delimiter=other))
            if len(row) == width and all(map(fits, row, shapes)):
                return Mended(tuple(row), "other_delimiter")
    if len(cells) > width == 2 and (delimiter == ":" or shape_of(cells[0]) == "email"):
        return Mended((cells[0], delimiter.join(cells[1:])), "delimiter_inside_cell")  # a password may hold the sign
    if len(cells) > width:
        return narrowed(cells, width, delimiter, shapes)
    return widened(cells, width, shapes)


@dataclass(frozen=True, slots=True)
class Mender:
    """Mends the records of one text; what a person placed (`by_hand`) is as she said. `short`: see `mend`."""

    width: int
    signs: Signs
    shapes: Shapes
    short: int
    by_hand: ByHand

    def row(self, number: int, line: str) -> Mended:
        columns = self.by_hand.get(number)
        if columns is not None:
            return placed(line, columns, self.width, self.signs)
        return mend(line, self.width, self.signs, self.shapes, self.short)

    def whole(self, number: int, first: str, second: str) -> str:
        """The record that two lines are (see `joined`), the first of this number; empty where a person placed one of them."""
        if {number, number + 1} & self.by_hand.keys():
            return ""
        return joined(first, second, self.signs, self.shapes, self.short)


def joined(first: str, second: str, signs: Signs, shapes: Shapes, short: int = 0) -> str:
    """Two lines that are torn at a line break inside a cell, as the one record that they are; empty where they are not, or may be
    two: the columns must tell, or a backslash."""
    width = len(shapes)
    if width < 3 or (signs.quote and signs.quote in first + second):
        return ""
    head, tail = split(first, signs), split(second, signs)
    if len(head) + len(tail) - 1 != width or not 1 < len(head) < width or short in (len(head), len(tail)) or not tail[0].strip():
        return ""
    escaped = first.endswith("\\")
    whole = (first[:-1] if escaped else first) + " " + second
    kept = [*shapes[: len(head) - 1], None, *shapes[len(head) :]]  # the torn cell may hold anything
    told = any(kept) and all(map(fits, split(whole, signs), kept)) and not all(map(fits, tail, shapes))
    return whole if escaped or told else ""


def narrowed(cells: list[str], width: int, delimiter: str, shapes: Shapes) -> Mended:
    """Too many cells: empty ones at the end are dropped, or in the middle where the others fit without them; else a delimiter
    stood inside one cell, or the row is irregular."""
    if is_padded(cells, width):
        return Mended(tuple(cells[:width]), "extra_delimiter_at_end")
    extra = len(cells) - width
    if any(known is not None for known in shapes) and width <= TRIED and extra <= TRIED:
        first = fitting(cells, shapes)  # column of the first cell that does not fit as it stands
        last = width - fitting(cells[: extra - 1 : -1], shapes[::-1])  # column from which on all cells fit, moved
        empty = [at for at in range(last, first + 1) if not any(map(str.strip, cells[at : at + extra]))]
        rows = {(*cells[:at], *cells[at + extra :]) for at in empty}
        if len(rows) == 1 and first < width:
            return Mended(rows.pop(), "extra_delimiter")
        candidates = range(max(last - 1, 0), min(first + 1, width))
        places = [at for at in candidates if may_hold(shapes[at], cells, at, extra, delimiter)]
        if len(places) == 1:
            at = places[0]
            joined = delimiter.join(cells[at : at + extra + 1])
            return Mended((*cells[:at], joined, *cells[at + extra + 1 :]), "delimiter_inside_cell")
    return Mended(tuple(cells[:width]), "too_many_cells", delimiter.join(cells[width:]))


def may_hold(known: Usual | None, cells: list[str], at: int, extra: int, delimiter: str) -> bool:
    """Whether the delimiters from this cell on may stand inside a value of the column."""
    if known is None or not known.values:
        return known is None or known.wordy
    return delimiter.join(cells[at : at + extra + 1]) in known.values


def widened(cells: list[str], width: int, shapes: Shapes) -> Mended:
    """Too few cells: empty ones are added where one place alone fits; else where most cells fit, the first ones at the left."""
    missing = width - len(cells)
    if len(cells) < 2 or width > TRIED or not any(known is not None for known in shapes):
        return Mended((*cells, *[""] * missing), "too_few_cells")
    left, right = fitting(cells, shapes), fitting(cells[::-1], shapes[::-1])  # cells that fit, from either end
    whole = left + right >= len(cells)
    places = range(left, len(cells) - right - 1, -1) if whole else nearest(cells, shapes, missing)
    rows = dict.fromkeys((*cells[:at], *[""] * missing, *cells[at:]) for at in places)  # each once, in this order
    return Mended(next(iter(rows)), "cells_missing" if whole and len(rows) == 1 else "too_few_cells")


def nearest(cells: list[str], shapes: Shapes, missing: int) -> list[int]:
    """Where cells must be added so that most of the others fit, the last place first."""
    straight = [fits(cell, known) for cell, known in zip(cells, shapes, strict=False)]
    shifted = [fits(cell, known) for cell, known in zip(cells, shapes[missing:], strict=True)]
    left, right = [0, *accumulate(straight)], [0, *accumulate(reversed(shifted))]
    counts = [left[at] + right[len(cells) - at] for at in range(len(cells) + 1)]
    return [at for at in range(len(cells), -1, -1) if counts[at] == max(counts)]


def fitting(cells: Sequence[str], shapes: Shapes) -> int:
    """How many of the first cells fit their columns."""
    for at, (cell, known) in enumerate(zip(cells, shapes, strict=False)):
        if known is not None and not known.holds(cell):
            return at
    return min(len(cells), len(shapes))
