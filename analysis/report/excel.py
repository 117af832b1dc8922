"""Impact in, an Excel workbook out: a cover, a sheet for each page of the outline, native charts and the map; print-ready, every
text cell written as text, each row as high as its texts."""

import io
import re
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.image import Image
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from analysis.ground.archive import same_bytes
from analysis.ground.whole import whole
from analysis.ground.words import Words
from analysis.model import Impact
from analysis.report.cells import clean, save_book
from analysis.report.front import about, deadline, first_figures, kinds_said, sentence
from analysis.report.outline import Page, sheets
from analysis.report.pictures import picture

INK, QUIET, HEAD = "1F3A5F", "52606D", PatternFill("solid", fgColor="1F3A5F")
BAND = PatternFill("solid", fgColor="F3F6F9")
RULE = Border(bottom=Side(style="thin", color="D5DCE4"))
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
# Signs across a page of A4 that lies on its side, in the size of the text; a wider sheet would be printed below 8 points.
WIDEST = 170
LINE = 15.0  # points of a line of text
TALLEST = 400.0  # points of a row, which a sheet allows to be 409
MAP_WIDTH = 640  # pixels
COVER = 3  # columns of the cover
TOP = 4  # the row of the heads
CHART_ROWS, TALL = 32, 13.5  # rows that the tallest chart covers, and its centimeters
COLORS = ["0072B2", "A23B72", "9AA5B1", "B5490B"]  # of charts, as in ours


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a workbook, made once: cells share them."""

    text: tuple[Any, Any]  # without and with a band
    count: tuple[Any, Any]
    share: tuple[Any, Any]
    other: tuple[Any, Any]
    head: Any


def styles_of(target: Worksheet) -> Styles:
    """Taken off cells that are dressed once."""

    def dressed(wrap: bool, form: str, band: bool) -> Any:
        cell: Any = target.cell(1, 1)
        cell.border, cell.alignment, cell.number_format = RULE, Alignment(vertical="top", wrap_text=wrap), form
        cell.fill = BAND if band else PatternFill()
        return copy(cell._style)

    def both(wrap: bool, form: str) -> tuple[Any, Any]:
        return dressed(wrap, form, False), dressed(wrap, form, True)

    found = both(True, "General"), both(False, "#,##0"), both(False, "0.0%"), both(False, "0.00")
    head: Any = target.cell(1, 1)
    head.font, head.fill, head.border = Font(name="Calibri", bold=True, color="FFFFFF"), HEAD, Border()
    head.alignment, head.number_format = Alignment(vertical="center", wrap_text=True), "General"
    return Styles(*found, copy(head._style))


def write_excel(impact: Impact, path: Path, words: Words) -> None:
    """One sheet for each page of `outline`, behind a cover. Raises Trouble."""
    book = Workbook()
    book.remove(book["Sheet"])
    told = sheets(impact, words)
    styles = styles_of(book.create_sheet("styles"))
    book.remove(book["styles"])
    cover(book.create_sheet(words("Cover")), impact, words)
    for sheet in told:
        target = book.create_sheet(sheet.title[:31])
        fill(target, sheet, words, styles)
        if sheet.title == words("Départements") and sheet.rows:
            add_map(target, impact, words, len(sheet.rows))
    book.properties.creator = "Ampleur"
    book.properties.title = clean(words("Impact of a personal data breach"))
    book.properties.subject = clean(impact.incident.controller)
    book.properties.created = book.properties.modified = EPOCH.replace(tzinfo=None)
    with whole(path) as part:
        raw = part.with_suffix(".raw")
        save_book(book, raw)
        rewritten(raw, part, words("Its data stand in the table above it."))


def cover(target: Worksheet, impact: Impact, words: Words) -> None:
    """Whose incident, which file, the figures, the clock, and what is recommended in one sentence."""
    target.sheet_view.showGridLines = False
    for column, width in (("A", 34), ("B", 26), ("C", 60)):
        target.column_dimensions[column].width = width
    at = line_of(target, 1, (words("Impact of a personal data breach"),), Font(name="Calibri", size=20, bold=True, color=INK), 30)
    at = line_of(target, at, (words.of(sentence(impact)),), Font(name="Calibri", size=12, bold=True), 36)
    at = line_of(target, at, (deadline(impact, words),), Font(name="Calibri", size=11, color=QUIET), 20) + 1
    for item in first_figures(impact, words).numbers:
        at = line_of(target, at, (item.label, item.value, item.note), Font(name="Calibri", size=12), 20)
    exposed = kinds_said(impact, words)
    at = line_of(target, at, (words("Exposed"), exposed), Font(name="Calibri", size=11), LINE * ceil(len(exposed) / 80)) + 1
    for label, value in about(impact, words):
        at = line_of(target, at, (label, value), Font(name="Calibri", size=11), LINE * max(1, ceil(len(value) / 80)))
    print_page(target, words)


def line_of(target: Worksheet, at: int, texts: tuple[str, ...], font: Font, height: float) -> int:
    """A line of the cover; the last text goes to the end of the page. The number of the next line."""
    for column, text in enumerate(texts, 1):
        cell: Any = target.cell(at, column)
        write(cell, text)
        cell.font, cell.alignment = font, Alignment(vertical="top", wrap_text=True)
    if len(texts) < COVER:
        target.merge_cells(start_row=at, end_row=at, start_column=len(texts), end_column=COVER)
    target.row_dimensions[at].height = max(height, LINE)
    return at + 1


def fill(target: Worksheet, sheet: Page, words: Words, styles: Styles) -> None:
    target.sheet_view.showGridLines = False
    widths = widths_of(sheet)
    for at, width in enumerate(widths, 1):
        target.column_dimensions[get_column_letter(at)].width = width
    for row, text, font in (
        (1, sheet.title, Font(name="Calibri", size=16, bold=True, color=INK)),
        (2, sheet.said, Font(name="Calibri", size=11, italic=True, color=QUIET)),
    ):
        cell: Any = target.cell(row, 1)
        write(cell, text)
        cell.font, cell.alignment = font, Alignment(vertical="top", wrap_text=row == 2)
    if len(widths) > 1:
        target.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(widths))
    target.row_dimensions[2].height = height_of([sheet.said], [sum(widths)])
    top = TOP
    for at, name in enumerate(sheet.columns, 1):
        cell = target.cell(top, at)
        write(cell, name)
        cell._style = copy(styles.head)
    target.row_dimensions[top].height = height_of(list(sheet.columns), widths)
    for row, values in enumerate(sheet.rows, top + 1):
        banded = (row - top) % 2 == 0
        for at, value in enumerate(values, 1):
            cell = target.cell(row, at)
            write(cell, value)
            cell._style = copy(style_of(value, styles)[banded])
        texts = [value if isinstance(value, str) else "" for value in values]
        if (height := height_of(texts, widths)) > LINE:
            target.row_dimensions[row].height = height
    print_ready(target, sheet, top, words)
    if sheet.chart and len(sheet.rows) > 1:
        add_chart(target, sheet, top)


def style_of(value: Any, styles: Styles) -> tuple[Any, Any]:
    if isinstance(value, float):
        return styles.share if 0 <= value <= 1 else styles.other
    return styles.count if isinstance(value, int) else styles.text


def write(cell: Any, value: Any) -> None:
    """Numbers stay numbers; every text is typed as text, so that no cell becomes a formula."""
    if isinstance(value, int | float):
        cell.value = value
    else:
        cell.value = clean(str(value))
        cell.data_type = "s"


def widths_of(sheet: Page) -> list[float]:
    """As wide as the texts, but never so that the page is printed too small: the widest column gives way first."""
    wanted: list[float] = []
    for at, name in enumerate(sheet.columns):
        longest = max((len(str(row[at])) for row in sheet.rows), default=0)
        word = max((len(part) for part in str(name).split()), default=0)
        wanted.append(min(max(11, longest + 3, word + 3), 64 if at else 46))
    while sum(wanted) > WIDEST:
        wanted[wanted.index(max(wanted))] -= 1
    return wanted


def height_of(texts: list[str], widths: list[float]) -> float:
    """Points of a row in which every text is whole: a text of words needs a little more room than its signs."""
    lines = [
        sum(max(1, ceil(len(part) * 1.12 / max(width - 1, 1))) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return min(LINE * max(lines, default=1), TALLEST)


def print_ready(target: Any, sheet: Page, top: int, words: Words) -> None:
    target.freeze_panes = target.cell(top + 1, 1)
    target.print_title_rows = f"{top}:{top}"
    print_page(target, words)
    if sheet.rows:
        target.auto_filter.ref = f"A{top}:{get_column_letter(len(sheet.columns))}{top + len(sheet.rows)}"


def print_page(target: Any, words: Words) -> None:
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", target.PAPERSIZE_A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.oddFooter.left.text = "Ampleur"
    target.oddFooter.right.text = words("Page") + " &P / &N"


def add_map(target: Any, impact: Impact, words: Words, rows: int) -> None:
    """The map as a picture below its numbers and their chart."""
    image = Image(io.BytesIO(picture(impact, "map", words)))
    image.height, image.width = int(image.height * MAP_WIDTH / image.width), MAP_WIDTH
    at = TOP + rows + CHART_ROWS
    target.row_breaks.append(Break(id=at))
    target.add_image(image, f"A{at + 1}")


def add_chart(target: Worksheet, sheet: Page, top: int) -> None:
    """A native bar chart of the columns that the outline names."""
    assert sheet.chart is not None
    chart = BarChart()
    chart.type, chart.style = "bar", 10
    chart.title = sheet.title
    last = top + min(len(sheet.rows), sheet.chart.most)
    for column in sheet.chart.values:
        chart.add_data(Reference(target, min_col=column + 1, min_row=top, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(target, min_col=sheet.chart.labels + 1, min_row=top + 1, max_row=last))
    if len(sheet.chart.values) > 1:
        chart.grouping, chart.overlap = "stacked", 100
    else:
        chart.legend = None
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.numFmt = "#,##0"
    chart.height, chart.width = min(max(7.0, 0.5 * (last - top) + 3), TALL), 22
    for series, color in zip(chart.series, COLORS * 2, strict=False):
        series.graphicalProperties.solidFill = color
        series.graphicalProperties.line.noFill = True
    grid: Any = chart.y_axis.majorGridlines
    grid.spPr = GraphicalProperties(ln=LineProperties(solidFill="E4E7EB"))
    chart.gapWidth = 40
    at = top + len(sheet.rows) + 1  # below the numbers, on a page of its own
    target.row_breaks.append(Break(id=at))
    target.add_chart(chart, f"A{at + 1}")


def rewritten(raw: Path, out: Path, label: str) -> None:
    """The same archive in a fixed order and with fixed dates, its charts and its map with an alternative text."""

    def told(name: str, data: bytes) -> bytes:
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
            return re.sub(
                rb"(<[\w:]*cNvPr [^>]*?)(?: descr=\"[^\"]*\")?( ?/?>)",
                rb'\1 descr="' + escape(label, {'"': "&quot;"}).encode() + rb'"\2',
                data,
            )
        if name == "docProps/core.xml":
            return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data)
        return data

    same_bytes(raw, out, told)
