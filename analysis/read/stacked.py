"""A text in, the byte ranges of the tables that stand in it one below the other out; one range for an ordinary file."""

from dataclasses import dataclass

from analysis.formats.header import header_score
from analysis.formats.shapes import TYPED, shape_of
from analysis.model import Asked
from analysis.read.dialect import COMMENT
from analysis.read.records import Signs, best_rows, lines_of, split, usual_width
from analysis.read.signs import best_signs
from analysis.read.source import Source

LARGEST = 8 << 20  # bytes of a text that is looked at whole
LEAST_LINES = 3  # of a block that is a table
REGULAR = 0.9


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank ones: where they begin, the width of their records, and the first record where it names columns."""

    start: int
    width: int
    head: tuple[str, ...]
    signs: Signs


def spans(source: Source) -> list[tuple[int, int]]:
    """Begin and end of each table. Two blocks are two tables when both are regular and differ in width or in their header."""
    whole = [(0, source.raw.size)]
    if source.raw.size > LARGEST or source.survey.encoding not in ("utf-8", "cp1252", "iso8859-15"):
        return whole
    data = source.raw.read(0, source.raw.size)
    if b"\n\n" not in data.replace(b"\r\n", b"\n"):
        return whole
    tables: list[Block] = []
    for block in blocks(data, source.survey.encoding):
        former = tables[-1] if tables else None
        if former is None or block.width != former.width or (block.head and former.head and block.head != former.head):
            tables.append(block)
    if len(tables) < 2:
        return whole
    starts = [0, *(block.start for block in tables[1:])]
    return list(zip(starts, [*starts[1:], source.raw.size], strict=True))


def blocks(data: bytes, encoding: str) -> list[Block]:
    """The regular blocks of at least two columns; titles and remarks between them belong to the block below. A blank line
    inside a quoted cell parts nothing."""
    found: list[Block] = []
    at, begin, lines, quotes = 0, 0, list[str](), 0
    for raw in [*data.split(b"\n"), b""]:
        text = raw.decode(encoding, "replace").rstrip("\r")
        quotes += text.count('"')
        if text.strip() or quotes % 2:
            lines.append(text)
        elif lines:
            block = block_of(begin, lines, found[-1] if found else None)
            if block is not None:
                found.append(block)
                begin = at
            lines = []
        at += len(raw) + 1
    return found


def block_of(start: int, lines: list[str], former: Block | None) -> Block | None:
    few = [line for line in lines_of("\n".join(lines)) if line.lstrip()[:1] != COMMENT]
    if len(few) < LEAST_LINES:
        return None
    signs = former.signs if former else Signs("")
    rows, width = [(at, split(line, signs)) for at, line in enumerate(few)], former.width if former else 0
    if sum(len(cells) == width for _, cells in rows) < REGULAR * len(rows):  # not written as the table above it
        signs = best_signs(few, Asked())[0]
        rows, width = best_rows(few, signs)
    if width < 2 or usual_width(rows)[1] < REGULAR:
        return None
    first = next((cells for _, cells in rows if len(cells) == width), [])
    body = [cells for _, cells in rows[1:] if len(cells) == width]
    # A first row that holds values is no header, however unlike the rows below it (a damaged row is unlike them too).
    names = header_score(first, body) > 0 and not any(shape_of(cell) in TYPED for cell in first)
    return Block(start, width, tuple(first) if names else (), signs)
