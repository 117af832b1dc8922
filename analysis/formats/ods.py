"""An OpenDocument spreadsheet in, its sheets as they are shown out: the file keeps, beside each value, the text of the cell."""

import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element  # the class alone: what reads is defusedxml

from defusedxml.ElementTree import iterparse

from analysis.formats.out import MOST_COLUMNS, Bounded, Out
from analysis.formats.sheets import keep_sheet

CONTENT = "content.xml"
MOST_BLANK = 1_000  # rows or cells without a value that are repeated: more only fill the sheet to its end


def is_ods(archive: zipfile.ZipFile) -> bool:
    return "mimetype" in archive.namelist() and b"opendocument.spreadsheet" in archive.read("mimetype")[:100]


def read_ods(archive: zipfile.ZipFile, out: Out, wanted: str) -> None:
    """A table per sheet; `wanted`: the name or the number of the only one."""
    with archive.open(CONTENT) as file:
        sheets = Sheets(file)
        for number, name in enumerate(sheets, start=1):
            if wanted in ("", name, str(number)):
                keep_sheet(out, name, sheets.rows(), 0)
            else:
                sheets.skip()
            out.progress(min(number / 100, 0.9))


class Sheets:
    """One sheet after the other: its name, then its rows."""

    def __init__(self, file: Any) -> None:
        self._events = iterparse(file, events=("start", "end"), forbid_dtd=True)

    def __iter__(self) -> Iterator[str]:
        for event, element in self._events:
            if event == "start" and local(element.tag) == "table":
                yield attribute(element, "name") or "sheet"

    def skip(self) -> None:
        for _ in self.rows():
            pass

    def rows(self) -> Iterator[list[str]]:
        """To the end of the sheet."""
        for event, element in self._events:
            tag = local(element.tag)
            if event == "end" and tag == "table-row":
                row = cells_of(element)
                times = repeats(element, "number-rows-repeated")
                element.clear()
                for _ in range(times if any(row) else min(times, MOST_BLANK)):
                    yield list(row)
            elif event == "end" and tag == "table":
                element.clear()
                return


def cells_of(row: Element) -> list[str]:
    """The texts of a row, without the empty cells at its end."""
    found: list[str] = []
    gap = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        text = text_of(cell)
        times = repeats(cell, "number-columns-repeated")
        if not text:
            gap += times
            continue
        if len(found) + gap + times > MOST_COLUMNS:
            raise Bounded("columns")
        found += [""] * gap + [text] * times
        gap = 0
    return found


def text_of(cell: Element) -> str:
    """The paragraphs as shown; the value itself where nothing is."""
    shown = "\n".join("".join(part.itertext()) for part in cell if local(part.tag) == "p")
    return shown or attribute(cell, "string-value") or attribute(cell, "date-value") or attribute(cell, "value")


def repeats(element: Element, name: str) -> int:
    told = attribute(element, name)
    return min(int(told), 1 << 20) if told.isdecimal() else 1


def attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def local(tag: str) -> str:
    return tag.rpartition("}")[2]
