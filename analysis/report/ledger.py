"""The row ledger in, a CSV or an Excel sheet out: every repaired, irregular and rejected record, with its line, its reason, what
stood there before and after."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.ground.words import Said, Words, say
from analysis.model import Leak, Ledger
from analysis.model.codes import RowReason
from analysis.report.cells import clean, save_book
from analysis.store import Store

# A text that a spreadsheet would take for a formula gets an apostrophe; the header says so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHECKED = 20_000


def write_ledger(store: Store, leak: Leak, path: Path, words: Words, watch: Watch) -> None:
    """By the ending of the path: .csv or .xlsx. It holds cells of the leak, in clear. Raises Trouble."""
    head = (words("Source"), words("Line"), words("Outcome"), words("Reason"), words("Before"), words("After"))
    match path.suffix.lower():
        case ".csv":
            with whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, quoting=csv.QUOTE_ALL)
                writer.writerows(([words("Totals")] + [f"{name} {words.number(count)}"] for name, count in totals(leak, words)))
                writer.writerow([*head[:4], *(f"{name} ({words('an apostrophe is set before = + - @')})" for name in head[4:])])
                writer.writerows([guarded(cell) for cell in row] for row in lines(store, leak, words, watch))
        case ".xlsx":
            with whole(path) as part:
                write_workbook(part, head, totals(leak, words), lines(store, leak, words, watch), words("Row ledger")[:31])
        case _:
            raise Trouble("ending", say("The ledger is written as .csv or .xlsx: choose a name with one of these endings."), 2)


def write_workbook(part: Path, head: Iterable[str], counted: Iterable[tuple[str, int]], rows: Iterable[Any], title: str) -> None:
    """Every cell typed as text or number, so that none becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)
    for name, count in counted:
        sheet.append([name, count])
    sheet.append([])
    sheet.append(list(head))
    cells = [WriteOnlyCell(sheet) for _ in head]
    for row in rows:
        for cell, value in zip(cells, row, strict=True):
            cell.value = value if isinstance(value, int) else clean(value)
            if not isinstance(value, int):
                cell.data_type = "s"
        sheet.append(cells)
    save_book(book, part)


def counts(ledger: Ledger) -> dict[str, int | dict[str, int]]:
    """Where the records went, by the names of the JSON contract."""
    named = (name for name in Ledger.__dataclass_fields__ if name != "reasons")
    return {name: getattr(ledger, name) for name in named} | {"reasons": dict(ledger.reasons)}


def totals(leak: Leak, words: Words) -> list[tuple[str, int]]:
    ledger = leak.ledger
    return [
        (words("Records read"), ledger.records_read),
        (words("Header"), ledger.header),
        (words("Preamble"), ledger.preamble),
        (words("Blank"), ledger.blank),
        (words("Kept"), ledger.kept),
        (words("Irregular"), ledger.irregular),
        (words("Repaired"), ledger.repaired),
        (words("Rejected"), ledger.rejected),
        (words("Physical lines"), ledger.physical_lines),
    ]


def lines(store: Store, leak: Leak, words: Words, watch: Watch) -> Iterator[tuple[str | int, ...]]:
    outcomes = {"repaired": words("Repaired"), "irregular": words("Irregular"), "rejected": words("Rejected")}
    notes = store.table(leak.notes)
    for at, (source, line, outcome, reason, before, after) in enumerate(store.stream(notes.order_by(["source", "line"]), watch)):
        if at % CHECKED == 0:
            watch.tell(say("Writing the ledger"), at / max(leak.ledger.changed, 1))
        yield source, line, outcomes.get(str(outcome), ""), words.of(reason_said(reason)), before or "", after or ""


def reason_said(code: str) -> Said:
    return (RowReason(code) if code in set(RowReason) else RowReason.NOT_A_ROW).said


def guarded(cell: str | int) -> str:
    text = str(cell)
    return "'" + text if text.lstrip(' "')[:1] in FORMULA and text else text
