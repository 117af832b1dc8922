"""The rows of a sheet in, whatever drew it; the table under its header out."""

from collections.abc import Iterator
from itertools import chain, groupby, islice, pairwise

from analysis.formats.header import heading
from analysis.formats.out import MOST_COLUMNS, Bounded, Out, unique

SHEET_COLUMNS = 16_384  # of a sheet, filled or not; a damaged one may claim millions
TOGETHER = 1_000  # rows that are handed on at once
PARTED = 2_000  # rows of a sheet that is looked through for several tables
LOOKED = 60  # rows that tell the header from what stands above it


def keep_sheet(out: Out, name: str, rows: Iterator[list[str]], first: int) -> None:
    """The table of a sheet, or the tables that blank rows keep apart on a small one."""
    top = list(islice(rows, PARTED + 1))
    starts = parts_of(top) if len(top) <= PARTED else [0]
    if len(starts) < 2:
        keep_table(out, name, chain(top, rows), first)
        return
    for number, (start, end) in enumerate(pairwise([*starts, len(top)]), 1):
        keep_table(out, f"{name}/{number}", iter(top[start:end]), first + start)


def parts_of(rows: list[list[str]]) -> list[int]:
    """Where the tables of a sheet begin: behind a blank row, with a header of their own that is not the first one; a title above
    it belongs to it."""
    blocks: list[tuple[int, list[list[str]]]] = []
    for filled, group in groupby(enumerate(rows), key=lambda item: any(map(str.strip, item[1]))):
        if filled:
            block = list(group)
            blocks.append((block[0][0], [row for _, row in block]))
    if len(blocks) < 2:
        return [0]
    starts: list[int] = []
    heads: list[list[str]] = []
    title = -1
    for start, block in blocks:
        if len(block) == 1 and sum(bool(cell.strip()) for cell in block[0]) == 1:
            title = start if title < 0 else title
            continue
        columns = [at for at in range(max(map(len, block))) if any(cell_at(row, at) for row in block)]
        cells = [[cell_at(row, at) for at in columns] for row in block]
        head = heading(list(enumerate(cells)), len(columns), None)
        if len(columns) < 2 or len(block) < head.preamble + head.records + 2:
            return [0]
        named = head.records > 0 and list(head.names) not in heads
        if starts and not named:
            return [0]  # rows of the same table, with blank ones between
        starts.append(title if title >= 0 else start)
        heads.append(list(head.names))
        title = -1
    return [0, *starts[1:]]


def cell_at(row: list[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def keep_table(out: Out, name: str, rows: Iterator[list[str]], first: int) -> None:
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
