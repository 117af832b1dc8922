"""A page in (many a ".xls" of a web application is one), its tables out. Nothing of it is run, shown or fetched."""

from html.parser import HTMLParser
from typing import BinaryIO

from analysis.formats.jsons import text_lines
from analysis.formats.out import MOST_COLUMNS, Bounded, Out
from analysis.formats.sheets import keep_sheet


def read_html(file: BinaryIO, out: Out) -> None:
    page = Page(out)
    for _, line in text_lines(file):
        page.feed(line + "\n")
    page.close()
    page.end_table()


class Page(HTMLParser):
    """Gathers the cells; a table inside a cell is a table of its own, and what was gathered before it comes first."""

    def __init__(self, out: Out) -> None:
        super().__init__(convert_charrefs=True)
        self._out, self._tables = out, 0
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_table()
        elif tag == "tr":
            self._end_cell()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            told = dict(attrs).get("colspan") or "1"
            self._cell, self._span = [], min(int(told), 64) if told.isdecimal() else 1
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self.end_table()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            row = self._rows[-1]
            row += [" ".join("".join(self._cell).split()), *[""] * (self._span - 1)]
            if len(row) > MOST_COLUMNS:
                raise Bounded("columns")
        self._cell = None

    def end_table(self) -> None:
        """What was gathered becomes a table, if it is more than a layout."""
        self._end_cell()
        if len(self._rows) > 1 and max(map(len, self._rows)) > 1:
            self._tables += 1
            keep_sheet(self._out, f"table {self._tables}", iter(self._rows), 0)
        self._rows = []
