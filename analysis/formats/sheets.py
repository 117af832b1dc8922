"""The rows of a sheet in, whatever drew it; the table under its header out."""

from collections.abc import Iterator
from itertools import islice

from analysis.formats.header import heading
from analysis.formats.out import MOST_COLUMNS, Bounded, Out, unique

SHEET_COLUMNS = 16_384  # of a sheet, filled or not; a damaged one may claim millions
TOGETHER = 1_000  # rows that are handed on at once
LOOKED = 60  # rows that tell the header from what stands above it


def keep_sheet(out: Out, name: str, rows: Iterator[list[str]], first: int) -> None:
    """The header is found among the first rows; what stands above it is preamble."""
    top = [row for _, row in zip(range(LOOKED), rows, strict=False)]  # the range first: no row is taken in vain
    filled = [row for row in top if any(cell.strip() for cell in row)]
    if not filled:
        return
    width = max(len(row) for row in top)
    if width > SHEET_COLUMNS:
        raise Bounded("columns")
    used = max((at + 1 for row in top for at, cell in enumerate(row) if cell.strip()), default=width)
    if used > MOST_COLUMNS:
        raise Bounded("columns")
    indexed = [(at, row[:used]) for at, row in enumerate(top) if any(cell.strip() for cell in row)]
    head = heading(indexed, used, None)
    start = next((place for place, (at, _) in enumerate(indexed) if at >= head.preamble), 0)
    data_from = indexed[start + head.records][0] if start + head.records < len(indexed) else len(top)
    table = out.table(name, unique(list(head.names)))
    table.count("preamble", sum(at < head.preamble for at, _ in indexed))
    table.count("header", head.records)
    table.count("blank", sum(not any(cell.strip() for cell in row) for row in top[:data_from]))
    below, line = top[data_from:], first + data_from + 1
    while below:
        out.rows_alike(name, [trimmed(row, used) for row in below], line)
        line += len(below)
        below = list(islice(rows, TOGETHER))


def trimmed(row: list[str], used: int) -> list[str]:
    """Without the empty cells beyond the table."""
    while len(row) > used and not row[-1].strip():
        row.pop()
    return row
