"""The table of a leak in, the same table as CSV, Parquet, Excel or JSON Lines out: every cell as text, as it was understood."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.formats.out import unique
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.ground.words import Said, say
from analysis.model import Leak
from analysis.report.cells import clean, save_book
from analysis.store import Store

ENDINGS = (".csv", ".parquet", ".xlsx", ".jsonl")
SHEET_ROWS = 1_048_575  # of a worksheet, without its header
TOLD = 20_000
STEP: Said = say("Writing the table")


def check_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise Trouble(
            "ending", say("A table is written as .csv, .parquet, .xlsx or .jsonl: choose a name with one of these endings."), 2
        )


def write_table(store: Store, leak: Leak, path: Path, watch: Watch) -> None:
    """UTF-8, RFC 4180 for .csv; the header's names, made different where two agree. Raises Trouble; whole or not at all."""
    check_ending(path)
    names = distinct(leak.columns)
    rows = store.stream(store.table(leak.table), watch)
    with whole(path) as part:
        match path.suffix.lower():
            case ".csv":
                with part.open("w", encoding="utf-8", newline="") as file:
                    writer = csv.writer(file, lineterminator="\r\n")
                    writer.writerow(names)
                    writer.writerows(rows_of(rows, leak, watch))
            case ".jsonl":
                with part.open("w", encoding="utf-8", newline="\n") as file:
                    for row in rows_of(rows, leak, watch):
                        file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
            case ".parquet":
                found = store.table(leak.table)
                texts = found.select(**{name: found[name].fill_null("") for name in found.columns})
                write_parquet(watched(store.batches(texts, watch), leak, watch), names, part)
            case _:
                write_sheets(rows, leak, part, names, watch)


def rows_of(rows: Any, leak: Leak, watch: Watch) -> Any:
    for at, row in enumerate(rows):
        if at % TOLD == 0:
            watch.tell(STEP, at / max(leak.rows, 1))
        yield [cell if cell is not None else "" for cell in row]


def watched(batches: Iterable[Any], leak: Leak, watch: Watch) -> Iterator[Any]:
    """The batches, and how far it has come."""
    done = 0
    for batch in batches:
        watch.tell(STEP, done / max(leak.rows, 1))
        done += batch.num_rows
        yield batch


def write_parquet(batches: Iterable[Any], names: Sequence[str], to: Any) -> int:
    """Record batches of texts as one Parquet file (a path, or a stream that can be sought); how many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, n = pa.schema([(name, pa.string()) for name in names]), 0
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(pa.record_batch(batch.columns, schema=schema))
            n += batch.num_rows
    return n


def write_sheets(rows: Any, leak: Leak, part: Path, names: list[str], watch: Watch) -> None:
    """As many sheets as the rows need; every cell typed as text, so that none becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet: Any = None
    cells: list[Any] = []
    for at, row in enumerate(rows_of(rows, leak, watch)):
        if at % SHEET_ROWS == 0:
            sheet = book.create_sheet(f"{at // SHEET_ROWS + 1}")
            cells = [WriteOnlyCell(sheet) for _ in names]
            put(cells, names, clean)
            sheet.append(cells)
        put(cells, row, clean)
        sheet.append(cells)
    save_book(book, part)


def put(cells: list[Any], row: list[str], clean: Any) -> None:
    for cell, text in zip(cells, row, strict=True):
        cell.value = clean(text)
        cell.data_type = "s"


def distinct(names: tuple[str, ...]) -> list[str]:

    return unique(names)
