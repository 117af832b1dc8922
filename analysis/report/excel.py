"""Impact in, an Excel workbook out: native charts, print-ready, every text cell written as text."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.ground.whole import whole
from analysis.ground.words import Words
from analysis.model import Impact
from analysis.report.cells import clean, save_book
from analysis.report.outline import Page, sheets

HEAD = PatternFill("solid", fgColor="1F3A5F")
BAND = PatternFill("solid", fgColor="F3F6F9")
RULE = Border(bottom=Side(style="thin", color="D5DCE4"))
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


def write_excel(impact: Impact, path: Path, words: Words) -> None:
    """One sheet for each page of `outline`. Raises Trouble."""
    book = Workbook()
    book.remove(book["Sheet"])
    told = sheets(impact, words)
    for sheet in told:
        fill(book.create_sheet(sheet.title[:31]), sheet, words)
    book.properties.creator = "Ampleur"
    book.properties.created = book.properties.modified = EPOCH.replace(tzinfo=None)
    with whole(path) as part:
        raw = part.with_suffix(".raw")
        save_book(book, raw)
        rewritten(raw, part, [sheet.title for sheet in told])


def fill(target: Worksheet, sheet: Page, words: Words) -> None:
    target.sheet_view.showGridLines = False
    write(target.cell(1, 1), sheet.title)
    target.cell(1, 1).font = Font(name="Calibri", size=16, bold=True, color="1F3A5F")
    write(target.cell(2, 1), sheet.said)
    target.cell(2, 1).font = Font(name="Calibri", size=11, italic=True, color="52606D")
    top = 4
    for at, name in enumerate(sheet.columns, 1):
        cell = target.cell(top, at)
        write(cell, name)
        cell.font, cell.fill = Font(name="Calibri", bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    for row, values in enumerate(sheet.rows, top + 1):
        for at, value in enumerate(values, 1):
            cell = target.cell(row, at)
            write(cell, value)
            cell.border = RULE
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            if (row - top) % 2 == 0:
                cell.fill = BAND
    widths(target, sheet)
    print_ready(target, sheet, top, words)
    if sheet.chart and len(sheet.rows) > 1:
        add_chart(target, sheet, top)


def write(cell: Any, value: Any) -> None:
    """Numbers stay numbers; every text is typed as text, so that no cell becomes a formula."""
    if isinstance(value, float):
        cell.value, cell.number_format = value, "0.0%" if 0 <= value <= 1 else "0.00"
    elif isinstance(value, int):
        cell.value, cell.number_format = value, "#,##0"
    else:
        cell.value = clean(str(value))
        cell.data_type = "s"


def widths(target: Worksheet, sheet: Page) -> None:
    for at, name in enumerate(sheet.columns):
        texts = [str(name), *(str(row[at]) for row in sheet.rows)]
        target.column_dimensions[get_column_letter(at + 1)].width = min(max(12, max(map(len, texts)) + 3), 64 if at else 46)


def print_ready(target: Any, sheet: Page, top: int, words: Words) -> None:
    target.freeze_panes = target.cell(top + 1, 1)
    target.print_title_rows = f"{top}:{top}"
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", target.PAPERSIZE_A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.oddFooter.left.text = "Ampleur"
    target.oddFooter.right.text = words("Page") + " &P / &N"
    if sheet.rows:
        target.auto_filter.ref = f"A{top}:{get_column_letter(len(sheet.columns))}{top + len(sheet.rows)}"


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
    chart.height, chart.width = max(7.0, 0.75 * (last - top) + 3), 22
    target.add_chart(chart, f"{get_column_letter(len(sheet.columns) + 2)}{top}")


def rewritten(raw: Path, out: Path, titles: list[str]) -> None:
    """The same archive in a fixed order and with fixed dates, its charts with an alternative text."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda item: (item != "[Content_Types].xml", item)):
            data = source.read(name)
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                number = int(re.findall(r"\d+", name)[0])
                label = f"Ampleur: chart {number} of {len(titles)} sheets, its data stand in the table beside it"
                data = re.sub(rb"(<[\w:]*cNvPr [^>]*?)( ?/?>)", rb'\1 descr="' + label.encode() + rb'"\2', data, count=1)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
