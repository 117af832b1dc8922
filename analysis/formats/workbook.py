"""A workbook in (.xlsx, .xls, .xlsb, .ods), one table per sheet out, its cells as the sheet shows them."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, cast

from defusedxml.ElementTree import iterparse
from python_calamine import CalamineWorkbook

from analysis.formats import xlsb
from analysis.formats.containers import RATIO_FROM
from analysis.formats.numbers import BUILT_IN, General, shown
from analysis.formats.ods import is_ods, read_ods
from analysis.formats.out import Bounded, Out
from analysis.formats.sheets import keep_sheet

SCANNED = 24 << 20  # bytes of a sheet whose styles are looked at; below, every cell; beyond, the usual style of its column
MOST_BYTES = 4 << 30  # of one part; 758,912 rows of 12 columns take half a GiB
MOST_RATIO = 100  # a sheet that repeats one value packs 14 to 1
TEXT = {str}
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,5})")?(?: t="n")?>')
USUAL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,5}")?(?: t="\w+")?(?: (?:cm|vm)="\d+")?/?>')
# Rows and cells in any other writing: with a prefix, their attributes in another order, without a reference.
OTHER = re.compile(rb"<(?:\w{1,20}:)?(row|c)((?:\s+[\w:]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
ATTRIBUTE = re.compile(rb"\s([rst])\s*=\s*[\"']([^\"']*)")
REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")


def read_workbook(file: BinaryIO, out: Out, wanted: str = "") -> None:
    if file.read(8).startswith(b"\xd0\xcf\x11\xe0"):
        file.seek(0)
        old_workbook(file, out, wanted)
        return
    file.seek(0)
    check(file)
    with zipfile.ZipFile(file) as archive:
        if is_ods(archive):
            read_ods(archive, out, wanted)
            return
    file.seek(0)
    book: Any = CalamineWorkbook.from_filelike(file)
    formats = Formats(file)
    for done, name in enumerate(book.sheet_names):
        if wanted and wanted not in (name, str(done + 1)):
            continue
        sheet = book.get_sheet_by_name(name)
        styles = formats.of_sheet(name)
        top, left = sheet.start or (0, 0)
        keep_sheet(out, name, texts(sheet, styles, top, left), top)
        out.progress((done + 1) / max(len(book.sheet_names), 1))


def texts(sheet: Any, styles: dict[tuple[int, int], str], top: int, left: int) -> Iterator[list[str]]:
    """The rows of a sheet as text; most rows are text already."""
    for at, row in enumerate(sheet.iter_rows(), start=top):
        if set(map(type, row)) == TEXT:
            yield row
            continue
        yield [
            value if value.__class__ is str else text_of(value, styles.get((at, left + place)) or styles.get((-1, left + place)))
            for place, value in enumerate(row)
        ]


def check(file: BinaryIO) -> None:
    """Refuses an archive that unpacks to far more than a workbook does (a full sheet packs about 8 to 1)."""
    for item in zipfile.ZipFile(file).infolist():
        if item.file_size > MOST_BYTES or (
            item.file_size > RATIO_FROM and item.file_size > MOST_RATIO * max(item.compress_size, 1)
        ):
            raise Bounded("bomb")
    file.seek(0)


def text_of(value: Any, code: str | None) -> str:
    """A cell as text: through its number format where it has one, else without a decimal part that is zero."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if code and code != General:
        return shown(value, code)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


class Formats:
    """The number formats of an .xlsx or .xlsb; nothing for the other kinds."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive: zipfile.ZipFile | None = None
        self._codes: dict[int, str] = {}
        self._paths: dict[str, str] = {}
        file.seek(0)
        if zipfile.is_zipfile(file):
            file.seek(0)
            archive = zipfile.ZipFile(file)
            names = archive.namelist()
            if "xl/workbook.xml" in names:
                self._archive, self._codes = archive, style_codes(archive)
                self._paths = sheet_paths(archive, "workbook.xml", sheet_names(archive))
            elif "xl/workbook.bin" in names:
                self._archive, self._codes = archive, xlsb.style_codes(archive)
                self._paths = sheet_paths(archive, "workbook.bin", xlsb.sheet_names(archive))

    def of_sheet(self, name: str) -> dict[tuple[int, int], str]:
        """Row and column (row -1: the usual one of the column) -> format code; General left out."""
        path = self._paths.get(name)
        if self._archive is None or path is None or not any(code != General for code in self._codes.values()):
            return {}
        styles = xlsb.cell_styles if path.endswith(".bin") else cell_styles
        with self._archive.open(path) as sheet:
            exact, usual = styles(cast(BinaryIO, sheet), SCANNED)
        found = {(-1, place): self._codes.get(counts.most_common(1)[0][0], General) for place, counts in usual.items()}
        if self._archive.getinfo(path).file_size > SCANNED:
            return found
        return found | {cell: self._codes.get(style, General) for cell, style in exact.items()}


def cell_styles(sheet: BinaryIO, most: int) -> tuple[dict[tuple[int, int], int], dict[int, Counter[int]]]:
    """Row and column -> style of each number in the first `most` bytes, and how often each column has each style."""
    head = sheet.read(1 << 16)
    sheet.seek(0)
    if len(USUAL.findall(head)) < head.count(b"<c ") or b"<c " not in head:
        return other_styles(sheet.read(most))
    exact: dict[tuple[int, int], int] = {}
    usual: dict[int, Counter[int]] = {}
    rest, seen = b"", 0
    while seen < most:
        block = sheet.read(1 << 20)
        seen += len(block)
        text = rest + block
        end = text.rfind(b"<c ") if block else len(text)
        for letters, row, style in CELL.findall(text[:end] if end > 0 else text):
            place = column_of(letters)
            usual.setdefault(place, Counter())[int(style or 0)] += 1
            exact[int(row) - 1, place] = int(style or 0)
        rest = text[end:] if end > 0 else b""
        if not block:
            break
    return exact, usual


def other_styles(text: bytes) -> tuple[dict[tuple[int, int], int], dict[int, Counter[int]]]:
    """The same of a sheet that is not written as usual; what has no reference stands behind what came before."""
    exact: dict[tuple[int, int], int] = {}
    usual: dict[int, Counter[int]] = {}
    row, place = -1, -1
    for found in OTHER.finditer(text):
        told = dict(ATTRIBUTE.findall(found[2]))
        given = told.get(b"r", b"")
        if found[1] == b"row":
            row, place = (int(given) - 1 if given.isdigit() else row + 1), -1
            continue
        reference = REFERENCE.fullmatch(given)
        place = column_of(reference[1]) if reference else place + 1
        if told.get(b"t", b"n") == b"n":
            style = int(told[b"s"]) if told.get(b"s", b"").isdigit() else 0
            usual.setdefault(place, Counter())[style] += 1
            exact[int(reference[2]) - 1 if reference else row, place] = style
    return exact, usual


def column_of(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def style_codes(archive: zipfile.ZipFile) -> dict[int, str]:
    """Index of a cell style -> number format code."""
    own: dict[int, str] = {}
    found: dict[int, str] = {}
    if "xl/styles.xml" not in archive.namelist():
        return found
    inside = False
    with archive.open("xl/styles.xml") as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if tag == "numFmt" and event == "start":
                own[int(element.get("numFmtId", 0))] = element.get("formatCode", General)
            elif tag == "cellXfs":
                inside = event == "start"
            elif tag == "xf" and event == "start" and inside:
                number = int(element.get("numFmtId", 0))
                found[len(found)] = own.get(number, BUILT_IN.get(number, General))
    return found


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relation of a sheet -> its name."""
    found: dict[str, str] = {}
    with archive.open("xl/workbook.xml") as file:
        for _, element in iterparse(file, forbid_dtd=True):
            if element.tag.rpartition("}")[2] == "sheet":
                key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
                found[key] = element.get("name", "")
    return found


def sheet_paths(archive: zipfile.ZipFile, workbook: str, names: dict[str, str]) -> dict[str, str]:
    """Name of a sheet -> its part of the archive."""
    found: dict[str, str] = {}
    with archive.open(f"xl/_rels/{workbook}.rels") as file:
        for _, element in iterparse(file, forbid_dtd=True):
            if (name := names.get(element.get("Id", ""))) is not None:
                target = element.get("Target", "").lstrip("/")
                found[name] = target if target.startswith("xl/") else f"xl/{target}"
    return {name: path for name, path in found.items() if path in archive.namelist()}


def old_workbook(file: BinaryIO, out: Out, wanted: str) -> None:
    """.xls, in Python alone: its native parsers die of damaged files."""
    import xlrd

    book = xlrd.open_workbook(file_contents=file.read(512 << 20), formatting_info=True, on_demand=True, logfile=open_nothing())
    for done, name in enumerate(book.sheet_names()):
        if wanted and wanted not in (name, str(done + 1)):
            continue
        sheet = book.sheet_by_name(name)
        rows = ([old_text(sheet.cell(at, place), book) for place in range(sheet.ncols)] for at in range(sheet.nrows))
        keep_sheet(out, name, rows, 0)
        book.unload_sheet(name)
        out.progress((done + 1) / max(book.nsheets, 1))


def open_nothing() -> Any:
    import io

    return io.StringIO()


def old_text(cell: Any, book: Any) -> str:
    import xlrd

    code = General
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) and cell.xf_index is not None:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str or General
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return text_of(xlrd.xldate_as_datetime(cell.value, book.datemode), code)
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return text_of(cell.value, None)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return (
        text_of(cell.value, code)
        if cell.ctype == xlrd.XL_CELL_NUMBER
        else str(cell.value)
        if cell.ctype == xlrd.XL_CELL_TEXT
        else ""
    )
