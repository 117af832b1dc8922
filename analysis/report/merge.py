"""Rows of texts in, the files of a mail merge out: CSV, Excel or Parquet, each into an encrypted archive or a new folder."""

import csv
import io
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import ibis

from analysis.ground.watch import Watch
from analysis.ground.whole import whole, whole_folder
from analysis.ground.words import Words
from analysis.model import tables
from analysis.report.cells import clean
from analysis.report.ledger import FORMULA
from analysis.report.table import SHEET_ROWS, write_parquet
from analysis.store import Store
from analysis.store.rows import Rows

BATCH = 20_000
SHEET = "xl/worksheets/sheet"
Line = tuple[str, ...]
Adder = Callable[[str], Any]  # a name -> a context that gives the stream of that file
Write = Callable[[BinaryIO, Line, Words], int]


def made(store: Store, asked: Rows, kind: str, watch: Watch) -> Write:
    """What writes a list to a stream, under a head; how many lines it had."""
    match kind:
        case "csv":  # the engine quotes with all its cores
            lines = store.table(store.keep(tables.Lines, quoted(guarded(asked)), watch))
            at: Any = lines.rowid()
            text: Any = lines.line
            many = lines.group_by(at=at // BATCH).aggregate(n=lines.count(), text=text.group_concat("\r\n", order_by=at))
            return lambda stream, head, _: write_lines(stream, head, store.stream(many.order_by("at"), watch))
        case "parquet":
            plain = asked.drop("person")
            return lambda stream, head, _: write_packed(stream, head, store.batches(plain, watch))
        case _:
            texts = guarded(asked).drop("person")
            return lambda stream, head, words: write_book(stream, head, store.stream(texts, watch), words)


def write_one(add: "Adder", name: str, write: Write, head: Line, words: Words) -> int:
    with add(name) as stream:
        return write(stream, head, words)


@contextmanager
def target(path: Path, passphrase: str | None) -> Generator[Adder]:
    """Where the lists go: an encrypted archive, or a new folder."""
    if passphrase is None:
        with whole_folder(path) as place:
            yield lambda name: (place / name).open("wb")
        return
    import pyzipper

    packed = {"compression": pyzipper.ZIP_DEFLATED, "compresslevel": 1, "encryption": pyzipper.WZ_AES}
    with whole(path) as part:
        made = pyzipper.AESZipFile(part, "w", **packed)
        made.setpassword(passphrase.encode())

        def add(name: str) -> Any:  # what is packed already is stored as it is
            made.compression = pyzipper.ZIP_DEFLATED if name.endswith(".csv") else pyzipper.ZIP_STORED
            return made.open(name, "w", force_zip64=True)

        try:
            yield add
        except BaseException:
            stream, made.fp = made.fp, None  # the end of what stopped in the middle cannot be written: what stopped it is told
            if stream is not None:
                with suppress(OSError):
                    stream.close()
            raise
        made.close()


def guarded(rows: Rows) -> Rows:
    """Texts that a sheet would take for a formula get an apostrophe."""
    texts = {name: rows[name] for name in rows.columns if name != "person"}
    formula = (*FORMULA, '"', "'")
    return rows.mutate(**{name: ibis.ifelse(text.left(1).isin(formula), "'" + text, text) for name, text in texts.items()})


def quoted(rows: Rows) -> Rows:
    """A line of CSV for each row, every cell quoted."""
    cells = ['"' + rows[name].replace('"', '""') + '"' for name in rows.columns if name != "person"]
    return rows.select("person", line=reduce(lambda one, more: one + "," + more, cells))


def write_lines(stream: BinaryIO, head: Line, parts: Iterable[tuple[int, int, str]]) -> int:
    """Lines of CSV that are quoted already, many in one text (its number, how many, the text); how many."""
    write_csv(stream, head, (), Words("en"))
    n = 0
    for _, count, text in parts:
        stream.write(f"{text}\r\n".encode("utf-8", "replace"))
        n += count
    return n


def write_csv(stream: BinaryIO, head: Line, lines: Iterable[Line], _: Words) -> int:
    """UTF-8 with its mark, every cell quoted; how many lines."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="", write_through=False)
    writer, n = csv.writer(text, quoting=csv.QUOTE_ALL), 0
    writer.writerow(head)
    for some in batched(lines):
        writer.writerows(some)
        n += len(some)
    text.flush()
    text.detach()
    return n


def batched(lines: Iterable[Line]) -> Iterator[list[Line]]:
    found = iter(lines)
    while some := list(islice(found, BATCH)):
        yield some


def write_packed(stream: BinaryIO, head: Line, batches: Iterable[Any]) -> int:
    packed = io.BytesIO()  # a stream that is encrypted cannot be sought
    n = write_parquet(batches, head, packed)
    stream.write(packed.getbuffer())
    return n


def write_book(stream: BinaryIO, head: Line, lines: Iterable[Line], words: Words) -> int:
    """As many sheets as the lines need; every cell typed as text; how many lines. Each row goes straight into the stream: a list
    that will be encrypted never lies on the disk in clear, nor whole in memory."""
    from openpyxl import Workbook

    found, n, titles = iter(lines), 0, list[str]()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        while True:
            some = islice(found, SHEET_ROWS)
            first = next(some, None)
            if first is None and titles:  # a list of nobody has its head, too
                break
            titles.append(f"{words('People')[:20]} {len(titles) + 1}")
            with packed.open(f"{SHEET}{len(titles)}.xml", "w", force_zip64=True) as sheet:
                n += write_sheet(sheet, chain([head], [] if first is None else [first], some)) - 1
        around, book = io.BytesIO(), Workbook()
        for at, title in enumerate(titles):
            book.create_sheet(title, at)
        book.remove(book.worksheets[-1])
        book.save(around)
        with zipfile.ZipFile(around) as rest:
            for name in rest.namelist():
                if not name.startswith(SHEET):
                    packed.writestr(name, rest.read(name))
    return n


def write_sheet(stream: Any, rows: Iterable[Line]) -> int:
    """The rows of one sheet, as its XML; how many."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._writer import WorksheetWriter

    sheet: Any = Workbook(write_only=True).create_sheet()
    sheet._writer = WorksheetWriter(sheet, stream)  # else it would write to a temporary file
    sheet._writer.write_top()
    n, cells = 0, list[Any]()
    for row in rows:
        cells = cells or [WriteOnlyCell(sheet) for _ in row]
        for cell, text in zip(cells, row, strict=True):
            cell._value, cell.data_type = clean(text), "s"  # as it is: no guess of a type, which takes a third of the time
        sheet.append(cells)
        n += 1
    sheet.close()
    return n
