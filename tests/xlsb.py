"""An invented table in, an .xlsb out: the few records of [MS-XLSB] that a sheet with number formats needs."""

import io
import struct
import zipfile
from collections.abc import Sequence

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
RELATION = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(column: int, value: str | float, style: int) -> bytes:
    place = struct.pack("<I", column) + style.to_bytes(3, "little") + b"\0"
    return record(6, place + wide(value)) if isinstance(value, str) else record(5, place + struct.pack("<d", value))


def xlsb(rows: Sequence[Sequence[str | float]], codes: Sequence[str]) -> bytes:
    """One sheet, `codes`: the number format of each column below the first row."""
    styles = record(278) + record(615, struct.pack("<I", len(codes)))
    styles += b"".join(record(44, struct.pack("<H", 164 + at) + wide(code)) for at, code in enumerate(codes)) + record(616)
    styles += record(617, struct.pack("<I", len(codes) + 1))
    styles += b"".join(
        record(47, struct.pack("<HHHHHBBHH", 0, code, 0, 0, 0, 0, 0, 0, 0)) for code in (0, *range(164, 164 + len(codes)))
    )
    styles += record(618) + record(279)
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(codes) - 1)) + record(145)
    for at, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 0))
        sheet += b"".join(cell(place, value, place + 1 if at else 0) for place, value in enumerate(row))
    sheet += record(146) + record(130)
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Patients"))
        + record(144)
        + record(132)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(RELATION.format("rId1", "officeDocument", "xl/workbook.bin")))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            RELATIONS.format(
                RELATION.format("rId1", "worksheet", "worksheets/sheet1.bin") + RELATION.format("rId2", "styles", "styles.bin")
            ),
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()
