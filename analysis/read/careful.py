"""The careful reader: line by line, slower, for what the engine's reader cannot account for."""

import re
from collections.abc import Iterator

from analysis.ground.words import say
from analysis.read.records import Signs, is_padded, signs_of, split
from analysis.read.repair import Mender
from analysis.read.source import Source
from analysis.read.task import Account, OtherEncoding, Reading, cells_of, note

BATCH = 50_000  # cells are freed after each batch of rows
JOINED = 50  # lines that one quoted cell may span
LINE_END = re.compile(rb"\r\n|\n|\r")


def read_carefully(reading: Reading) -> Account:
    """Every physical line ends in exactly one record, and every record in the account."""
    store, table, source, width = reading.store, reading.table, reading.source, reading.width
    dialect = reading.dialect
    if source.survey.encoding == "utf-8" and not source.survey.checked:
        raise OtherEncoding
    if source.meter is not None:
        source.look(reading.watch)
    store.create(table, {f"c{at}": "string" for at in range(width)})
    account, signs = Account(records=dialect.preamble + dialect.header_rows), signs_of(dialect)
    rows: list[tuple[str | None, ...]] = []
    mender: Mender | None = None
    for number, text, repaired in records(source, signs, width):
        if number <= dialect.skipped:
            continue
        account.records += 1
        cells = split(text, signs) if repaired != "stray_quote" else [""]
        reason = repaired
        if repaired == "stray_quote" or len(cells) != width:
            mender = mender or reading.mender(rows[:2000])
            mended = mender.row(number, text)
            row = cells_of(mended)
            cells, reason = (list(row) if row is not None else None), mended.reason
        if not text.strip() or (cells is not None and not any(cell.strip() for cell in cells)):
            account.blank += 1
            continue
        if reason:
            account.notes.append(note(number, reason, text, cells))
        if cells is not None:
            rows.append(tuple(cell or None for cell in cells))
            account.rows += 1
        if len(rows) >= BATCH:
            store.insert(table, rows)
            rows = []
            reading.watch.tell(say("Reading the rows"), number / max(source.survey.lines, 1))
    store.insert(table, rows)
    source.survey.lines = max(source.survey.lines, number_of_lines(source))
    return account


def number_of_lines(source: Source) -> int:
    return source.survey.lines + source.survey.lone_returns


def records(source: Source, signs: Signs, width: int) -> Iterator[tuple[int, str, str]]:
    """Line number, text and what was already mended (NUL bytes, a quote that nothing closes) of each record."""
    waiting: list[tuple[int, str, str]] = []
    quote = signs.quote or "\0"
    for number, line, mended in physical_lines(source):
        waiting.append((number, line, mended))
        while waiting:
            text = "\n".join(item[1] for item in waiting)
            if text.count(quote) % 2 == 0 and (len(waiting) == 1 or is_whole(split(text, signs), width)):
                yield waiting[0][0], text, waiting[0][2]
                waiting = []
                break
            if len(waiting) < JOINED and text.count(quote) % 2:
                break
            first, waiting = waiting[0], waiting[1:]
            yield first[0], first[1], "stray_quote" if first[1].count(quote) % 2 else first[2]
    for number, line, mended in waiting:
        yield number, line, "stray_quote" if line.count(quote) % 2 else mended


def is_whole(cells: list[str], width: int) -> bool:
    """Whether lines that a quote holds together are one record: empty cells at its end may be too many."""
    return len(cells) == width or is_padded(cells, width)


def physical_lines(source: Source) -> Iterator[tuple[int, str, str]]:
    """Lines ended by LF, CR LF or CR, with NUL bytes taken out."""
    waiting, number = list[bytes](), 0  # blocks of a line that goes on
    for block in source.utf8():
        waiting.append(block)
        if not (b"\n" in block or b"\r" in block):
            continue
        whole = b"".join(waiting)
        # A CR at the very end may be the first half of CR LF: keep it for the next block.
        halved = whole.endswith(b"\r")
        parts = LINE_END.split(whole[:-1] if halved else whole)
        waiting = [parts.pop() + (b"\r" if halved else b"")]
        for part in parts:
            number += 1
            yield cleaned(number, part)
    for part in LINE_END.split(b"".join(waiting)):
        if part:
            number += 1
            yield cleaned(number, part)


def cleaned(number: int, line: bytes) -> tuple[int, str, str]:
    text = line.decode("utf-8", "replace")
    return (number, text.replace("\0", ""), "nul_removed") if "\0" in text else (number, text, "")
