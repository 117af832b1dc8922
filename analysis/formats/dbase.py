"""A table of dBase, FoxPro or Clipper in, its rows out (the layout of the header: dBase's own "Table File Structure")."""

import struct
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from analysis.formats.encoding import TOLD, likeliest, snippets
from analysis.formats.out import Bounded, Out, unique

VERSIONS = frozenset(b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8c\xcb\xf5\xfb")
# Byte 29 of the header, where a program says the code page of its texts.
PAGES = {
    **dict.fromkeys((0x01, 0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x15, 0x18, 0x19, 0x1B), "cp437"),
    **dict.fromkeys((0x02, 0x08, 0x0A, 0x0E, 0x10, 0x12, 0x14, 0x16, 0x1A, 0x1D, 0x25, 0x37), "cp850"),
    **dict.fromkeys((0x03, 0x57, 0x58, 0x59), "cp1252"),
    **dict.fromkeys((0x1F, 0x22, 0x23, 0x40, 0x64, 0x87), "cp852"),
    **dict.fromkeys((0x26, 0x65), "cp866"),
    0xC8: "cp1250",
    0xC9: "cp1251",
    0xCA: "cp1254",
    0xCB: "cp1253",
    0xCC: "cp1257",
}
SAMPLED = 2_000  # rows that tell the encoding
JULIAN = 1_721_425  # what FoxPro counts the days of a moment from: the one before 1 January of year 1


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str
    start: int
    end: int


def is_dbase(head: bytes) -> bool:
    """Whether the first bytes are such a header: version, a date, lengths that fit, and the sign that ends the columns."""
    if len(head) < 66 or head[0] not in VERSIONS or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    length, width = struct.unpack("<HH", head[8:12])
    columns = columns_of(head[:length])
    return bool(columns) and columns[-1].end <= width and length >= 65


def columns_of(head: bytes) -> list[Column]:
    found: list[Column] = []
    at, start = 32, 1
    while at + 32 <= len(head) and head[at] != 0x0D:
        name, kind, length = head[at : at + 11].split(b"\0")[0], chr(head[at + 11]), head[at + 16]
        if not name or not name.isascii() or not kind.isalpha() or not length:
            return []
        if kind == "C":
            length += head[at + 17] << 8  # Clipper keeps long texts so
        found.append(Column(name.decode("ascii").strip(), kind, start, start + length))
        at, start = at + 32, start + length
    return found


def read_dbase(file: BinaryIO, out: Out) -> None:
    """Deleted rows that still stand in the file are leaked, too: they are read as the others."""
    head = file.read(32)
    rows, length, width = struct.unpack("<IHH", head[4:12])
    columns = columns_of(head + file.read(length - 32))
    if not columns or columns[-1].end > width:
        raise Bounded("unreadable")
    file.seek(length)
    sample = file.read(width * min(rows, SAMPLED))
    encoding = TOLD.name or PAGES.get(head[29]) or likeliest(snippets([sample]))
    file.seek(length)
    out.table("table", unique([column.name for column in columns]))
    for number in range(1, rows + 1):
        record = file.read(width)
        if len(record) < columns[-1].end:
            out.reject("table", number, "rest_unreadable", "")
            return
        out.row("table", [cell(record[column.start : column.end], column.kind, encoding) for column in columns], number)


def cell(data: bytes, kind: str, encoding: str) -> str:
    """A value as text. The number of a memo stands in the file, its text in another one."""
    if kind in "IY+" and len(data) in (4, 8):
        number = int.from_bytes(data, "little", signed=True)
        return f"{number / 10_000:.4f}" if kind == "Y" else str(number)
    if kind in "BO" and len(data) == 8:
        return repr(struct.unpack("<d", data)[0])
    if kind == "T" and len(data) == 8:
        return moment(*struct.unpack("<ii", data))
    text = data.decode(encoding, "replace").strip(" \0")
    if kind == "D" and len(text) == 8 and text.isdecimal():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def moment(day: int, milliseconds: int) -> str:
    if not 0 < day - JULIAN <= date.max.toordinal():
        return ""
    start = datetime.combine(date.fromordinal(day - JULIAN), time())
    return (start + timedelta(milliseconds=min(max(milliseconds, 0), 86_399_000))).isoformat(" ", "seconds")
