"""A page in (many a ".xls" of a web application is one), its tables out. Nothing of it is run, shown or fetched."""

from html.parser import HTMLParser
from typing import BinaryIO

from analysis.formats.jsons import text_lines
from analysis.formats.out import MOST_COLUMNS, Bounded, Out
from analysis.formats.sheets import keep_sheet

MOST_SPAN = 64  # rows or columns of one cell


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
        self._span, self._down = 1, 1
        # Column -> text of a cell above that reaches down to this row, and the rows that it still reaches.
        self._held: dict[int, tuple[str, int]] = {}
        self._begun: dict[int, tuple[str, int]] = {}  # the same of the cells of this row

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_table()
        elif tag == "tr":
            self._begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            spans = (dict(attrs).get(name) or "1" for name in ("colspan", "rowspan"))
            self._span, self._down = (min(int(told), MOST_SPAN) if told.isdecimal() else 1 for told in spans)
            self._cell = []
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

    def _begin_row(self) -> None:
        self._end_cell()
        self._reach()
        self._held = {at: (text, left - 1) for at, (text, left) in (self._held | self._begun).items() if left > 0}
        self._begun = {}
        self._rows.append([])

    def _reach(self) -> None:
        """A cell above that reaches down stands in this row, too."""
        row = self._rows[-1] if self._rows else []
        while len(row) in self._held:
            row.append(self._held[len(row)][0])

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._reach()
            row, text = self._rows[-1], " ".join("".join(self._cell).split())
            below = {len(row) + at: ("" if at else text, self._down - 1) for at in range(self._span)} if self._down > 1 else {}
            row += [text, *[""] * (self._span - 1)]
            self._begun |= below
            if len(row) > MOST_COLUMNS:
                raise Bounded("columns")
        self._cell = None

    def end_table(self) -> None:
        """What was gathered becomes a table, if it is more than a layout."""
        self._end_cell()
        self._reach()
        if len(self._rows) > 1 and max(map(len, self._rows)) > 1:
            self._tables += 1
            keep_sheet(self._out, f"table {self._tables}", iter(self._rows), 0)
        self._rows, self._held, self._begun = [], {}, {}
