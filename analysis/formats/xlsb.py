"""The binary parts of an .xlsb in, the number format of its cells out ([MS-XLSB]: records of a type, a size, and their
content)."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from analysis.formats.numbers import BUILT_IN, General

SHEET, FORMAT, STYLE, STYLES, END_OF_STYLES, ROW = (
    156,
    44,
    47,
    617,
    618,
    0,
)  # BrtBundleSh, BrtFmt, BrtXF, Brt{Begin,End}CellXFs, BrtRowHdr
NUMBERS = frozenset({2, 5, 9})  # BrtCellRk, BrtCellReal, BrtFmlaNum
LONGEST = 1 << 20  # bytes of a record; a text of a cell has at most 32,767 signs


def records(part: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Type and content of each record, up to the first that is cut."""
    while True:
        kind, size = varied(part, 2), varied(part, 4)
        if kind is None or size is None or size > LONGEST:
            return
        content = part.read(size)
        if len(content) < size:
            return
        yield kind, content


def varied(part: BinaryIO, most: int) -> int | None:
    """A number of at most `most` bytes, seven bits each, the lowest first."""
    found = 0
    for at in range(most):
        byte = part.read(1)
        if not byte:
            return None
        found |= (byte[0] & 0x7F) << (7 * at)
        if byte[0] < 0x80:
            break
    return found


def number(content: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(content[at : at + size], "little")


def wide(content: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends."""
    end = at + 4 + 2 * number(content, at)
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def style_codes(archive: zipfile.ZipFile) -> dict[int, str]:
    """Index of a cell style -> number format code."""
    own: dict[int, str] = {}
    found: dict[int, str] = {}
    if "xl/styles.bin" not in archive.namelist():
        return found
    inside = False
    with archive.open("xl/styles.bin") as part:
        for kind, content in records(part):  # pyright: ignore
            if kind == FORMAT:
                own[number(content, 0, 2)] = wide(content, 2)[0]
            elif kind in (STYLES, END_OF_STYLES):
                inside = kind == STYLES
            elif kind == STYLE and inside:
                code = number(content, 2, 2)
                found[len(found)] = own.get(code, BUILT_IN.get(code, General))
    return found


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relation of a sheet -> its name."""
    found: dict[str, str] = {}
    with archive.open("xl/workbook.bin") as part:
        for kind, content in records(part):  # pyright: ignore
            if kind == SHEET:
                relation, end = wide(content, 8)
                found[relation] = wide(content, end)[0]
    return found


def cell_styles(part: BinaryIO, most: int) -> tuple[dict[tuple[int, int], int], dict[int, Counter[int]]]:
    """Row and column -> style of each number in the first `most` bytes, and how often each column has each style."""
    exact: dict[tuple[int, int], int] = {}
    usual: dict[int, Counter[int]] = {}
    row = seen = 0
    for kind, content in records(part):
        seen += len(content) + 2
        if kind == ROW:
            row = number(content, 0)
        elif kind in NUMBERS:
            column, style = number(content, 0), number(content, 4, 3)
            exact[row, column] = style
            usual.setdefault(column, Counter())[style] += 1
        if seen > most:
            break
    return exact, usual
