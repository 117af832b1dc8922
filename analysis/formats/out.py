"""Where a reader writes its tables: framed canonical CSV (UTF-8, RFC 4180) on a pipe, with the ledger's counts.

A frame is one letter, four bytes of length, and its content. T: a table begins or goes on (JSON: name, columns); D: its rows;
N: notes of the ledger (JSON); P: share done; E: counts of a table (JSON); A: columns found too late, read again (JSON);
X: trouble (JSON); B: raw bytes; Z: the end.
"""

import csv
import io
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

SEGMENT = 8 << 20  # characters of one table that are gathered before they are sent
TOGETHER = 500  # rows that are written at once
LONGEST_ROW = 1 << 20  # characters of a row; the engine's reader takes no more
MOST_COLUMNS = 4_096
MOST_TABLES = 1_000
MOST_NOTES = 200_000
UNSAFE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: None}


class Bounded(Exception):
    """A limit was met; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Table:
    """Rows of one table on their way. `columns`: name -> place."""

    name: str
    columns: dict[str, int] = field(default_factory=dict[str, int])
    sent: int = 0  # columns when its first segment left
    rows: list[list[str]] = field(default_factory=list[list[str]])
    size: int = 0
    quote: str = '"'
    lines: list[bytes] = field(default_factory=list[bytes])  # rows already written as the engine reads them
    counts: dict[str, int] = field(default_factory=dict[str, int])
    types: list[str] = field(default_factory=list[str])  # of the columns, where the source declares them
    foreign: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])  # column, table, its column

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by


class Out:
    """Gathers rows of any number of tables and sends them in segments."""

    def __init__(self, pipe: BinaryIO, known: Mapping[str, Sequence[str]] | None = None) -> None:
        self._pipe = pipe
        self._tables: dict[str, Table] = {}
        self._known = known or {}
        self._notes = 0

    def frame(self, letter: bytes, content: bytes = b"") -> None:
        self._pipe.write(letter + struct.pack(">I", len(content)) + content)
        self._pipe.flush()

    def say(self, letter: bytes, content: object) -> None:
        self.frame(letter, json.dumps(content).encode())

    def progress(self, fraction: float) -> None:
        self.frame(b"P", struct.pack(">d", min(max(fraction, 0.0), 1.0)))

    def table(self, name: str, columns: Sequence[str] = ()) -> Table:
        """The table of this name; made with these columns at its first mention."""
        found = self._tables.get(name)
        if found is None:
            if len(self._tables) >= MOST_TABLES:
                raise Bounded("tables")
            found = self._tables[name] = Table(name)
            for column in self._known.get(name, unique(columns)):
                found.columns.setdefault(column, len(found.columns))
        return found

    def record(self, name: str, values: Mapping[str, str | None], line: int = 0) -> None:
        """One row by column names; a name not met before makes a column."""
        table = self.table(name)
        for column in values:
            self.place(table, column)
        row = [""] * len(table.columns)
        for column, value in values.items():
            row[table.columns[column]] = value or ""
        self._keep(table, row, line)

    def place(self, table: Table, column: str) -> int:
        """Where a column stands; one that is not known yet comes last, and the written rows of the old width leave before."""
        if column not in table.columns:
            if len(table.columns) >= MOST_COLUMNS:
                raise Bounded("columns")
            if table.lines:
                self._send(table)
            table.columns[column] = len(table.columns)
        return table.columns[column]

    def row(self, name: str, cells: Sequence[str | None], line: int = 0) -> None:
        """One row by position; more cells than columns make columns."""
        table = self.table(name)
        self.widen(table, len(cells))
        self._keep(table, [cell or "" for cell in cells], line)

    def rows_alike(self, name: str, rows: list[list[str]], line: int) -> None:
        """Many rows below each other. Where all are as wide as the table and none is blank or too long, as in most sheets, they
        are taken at once."""
        table = self.table(name)
        texts = list(map("".join, rows))
        sizes = list(map(len, texts))
        if set(map(len, rows)) == {len(table.columns)} and all(map(str.strip, texts)) and max(sizes) <= LONGEST_ROW:
            self._take(table, rows, sum(sizes) + len(rows) * len(table.columns))
        else:
            for at, row in enumerate(rows):
                self.row(name, row, line + at)

    def widen(self, table: Table, width: int) -> None:
        """Neutral names for columns that nothing names."""
        while len(table.columns) < width:
            if len(table.columns) >= MOST_COLUMNS:
                raise Bounded("columns")
            table.columns[f"column {len(table.columns) + 1}"] = len(table.columns)

    def direct(self, table: Table, lines: bytes, rows: int = 1) -> None:
        """Rows that are already in the engine's form, their texts between single quotes."""
        if table.rows:
            self._send(table)
        table.quote = "'"
        table.lines.append(lines)
        table.count("rows", rows)
        table.size += len(lines)
        if table.size > SEGMENT:
            self._send(table)

    def sql_row(self, table: Table, cells: Sequence[str | None], number: Callable[[], int] | None) -> None:
        """The same for a row that had to be taken apart; `number` tells its line."""
        if not table.columns:
            self.widen(table, len(cells))
        if len(cells) != len(table.columns):
            self.reject(table.name, number() if number else 0, "other_width", ", ".join(cell or "" for cell in cells))
            return
        if sum(len(cell or "") for cell in cells) > LONGEST_ROW:
            self.reject(table.name, number() if number else 0, "row_too_long", "")
            return
        written = ",".join(["NULL" if cell is None else "'" + clean(cell).replace("'", "''") + "'" for cell in cells])
        self.direct(table, written.encode("utf-8", "replace"))

    def reject(self, name: str, line: int, reason: str, before: str) -> None:
        """A record that is no row, kept in the ledger."""
        self.table(name).count("rejected")
        self.note(name, line, "rejected", reason, before[:LONGEST_ROW], None)

    def note(self, name: str, line: int, outcome: str, reason: str, before: str, after: str | None) -> None:
        self._notes += 1
        if self._notes > MOST_NOTES:
            raise Bounded("notes")
        self.say(b"N", [name, line, outcome, reason, clean(before), None if after is None else clean(after)])

    def _keep(self, table: Table, row: list[str], line: int) -> None:
        length = sum(map(len, row))
        if length > LONGEST_ROW:
            self.reject(table.name, line, "row_too_long", "")
            return
        if not any(cell and not cell.isspace() for cell in row):
            table.count("blank")
            return
        self._take(table, [row], length + len(row))

    def _take(self, table: Table, rows: list[list[str]], size: int) -> None:
        if table.lines:
            self._send(table)
        table.quote = '"'
        table.count("rows", len(rows))
        table.rows += rows
        table.size += size
        if table.size > SEGMENT:
            self._send(table)

    def _send(self, table: Table) -> None:
        if not table.rows and not table.lines:
            return
        width = len(table.columns)
        if not table.sent:
            table.sent = width
        self.say(b"T", [table.name, list(table.columns)[: table.sent], table.quote])
        rows = [row if len(row) == table.sent else row[: table.sent] + [""] * (table.sent - len(row)) for row in table.rows]
        text = "".join(written(rows[at : at + TOGETHER]) for at in range(0, len(rows), TOGETHER))
        data = b"\n".join([*table.lines, text.encode("utf-8", "replace")]).replace(b"\0", b"")
        for start in range(0, len(data), 1 << 20):
            self.frame(b"D", data[start : start + (1 << 20)])
        table.rows, table.lines, table.size = [], [], 0

    @property
    def rows(self) -> int:
        """Rows of all tables so far."""
        return sum(table.counts.get("rows", 0) for table in self._tables.values())

    def cut(self) -> None:
        """The rest of the file could not be read: counted in the ledger of the table that was being read."""
        self.reject(next(reversed(self._tables)), 0, "rest_unreadable", "")

    def finish(self) -> None:
        """Sends what is left and the counts; asks for another pass where a column appeared after its table had begun to leave."""
        late = {
            name: list(table.columns) for name, table in self._tables.items() if table.sent and len(table.columns) > table.sent
        }
        if late:
            self.say(b"A", {name: list(table.columns) for name, table in self._tables.items()})
            return
        for table in self._tables.values():
            self._send(table)
            self.say(b"E", [table.name, list(table.columns), table.counts, table.types, table.foreign])
        self.frame(b"Z")


def written(rows: list[list[str]]) -> str:
    """Rows as RFC 4180; where no cell needs quotes, the cells one after the other, at a third of the time."""
    plain = "\r\n".join(map(",".join, rows)) + "\r\n"
    if (
        '"' not in plain
        and plain.count("\n") == plain.count("\r") == len(rows)
        and plain.count(",") == sum(map(len, rows)) - len(rows)
    ):
        return plain
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def clean(cell: str) -> str:
    """Without NUL signs and halves of signs, which no text holds."""
    return cell.translate(UNSAFE) if "\0" in cell or not cell.isascii() else cell


def unique(names: Sequence[str]) -> list[str]:
    """Column names that differ, empty ones named by their place."""
    found: list[str] = []
    for at, name in enumerate(names):
        plain = clean(str(name)).strip() or f"column {at + 1}"
        mine, times = plain, 2
        while mine in found:
            mine, times = f"{plain} ({times})", times + 1
        found.append(mine)
    return found
