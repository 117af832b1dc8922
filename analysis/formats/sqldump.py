"""An SQL dump in (MySQL, MariaDB, PostgreSQL with INSERT or COPY, SQL Server, SQLite), its tables out. Tokenized, never
executed."""

import codecs
import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from analysis.formats.encoding import DAMAGED, encoding_of
from analysis.formats.out import LONGEST_ROW, Out, Table, unique
from analysis.formats.sqlforms import (
    ASSIGNED,
    DIRECT,
    OF_TRIGGER,
    SET,
    START,
    STATEMENT,
    STATEMENT_PLAIN,
    TUPLE,
    TUPLE_PLAIN,
    VALUE,
    VALUE_PLAIN,
    VARIABLE_FIRST,
    VARIABLES,
)
from analysis.formats.sqlkeys import Foreign, constraints, foreign_of
from analysis.formats.sqlruns import WINDOW, run_of
from analysis.formats.sqlwords import MYSQL_ESCAPED, SIGNS, bare, columns_of, copied, name_of, names, parts_of

BLOCK = 4 << 20
LONGEST = 64 << 20  # characters of one row or of one definition


LONGEST_NAME = 200  # characters before and in a variable


def read_sql(file: BinaryIO, out: Out) -> None:
    head = file.read(1 << 16)
    file.seek(0)
    dump = Dump(file, out, backslash=is_mysql(head))
    dump.read()
    dump.declare()


def is_mysql(head: bytes) -> bool:
    """Whether a backslash escapes the next sign: so in MySQL and MariaDB alone."""
    marks = re.compile(rb"MySQL|MariaDB|ENGINE\s*=|`\w+`|LOCK TABLES", re.IGNORECASE)
    return bool(marks.search(head)) and not re.search(rb"PostgreSQL database dump|BEGIN TRANSACTION;|SET ANSI_NULLS", head)


class Dump:
    """The text in a sliding buffer: one statement after the other, rows as they come."""

    def __init__(self, file: BinaryIO, out: Out, backslash: bool) -> None:
        self._file, self._out = file, out
        encoding, bom = encoding_of(file)
        file.seek(bom)
        self._decode = codecs.getincrementaldecoder(encoding)(DAMAGED).decode
        self._text, self._at, self._line, self._end = "", 0, 1, False
        self._created: dict[str, dict[str, str]] = {}
        self._foreign: dict[str, list[Foreign]] = {}
        escaped, plain = (TUPLE, VALUE, STATEMENT), (TUPLE_PLAIN, VALUE_PLAIN, STATEMENT_PLAIN)
        self._tuple, self._value, self._statement = escaped if backslash else plain
        self._backslash = backslash
        self._told = 0  # up to here, lines were counted
        self._slow = 0  # up to here, rows are looked at one by one
        self._spelled: dict[str, str] = {}  # tables as they were written first: letters of either case name the same one

    def more(self) -> bool:
        """Another block behind what is not yet consumed; False at the end of the file."""
        if self._end:
            return False
        block = self._file.read(BLOCK)
        self._end = not block
        self.line()
        self._text = self._text[self._at :] + self._decode(block, self._end)
        self._told = 0
        self._at, self._slow = 0, self._slow - self._at
        return not self._end

    def line(self) -> int:
        """The number of the line that is looked at; each sign is counted once."""
        self._line += self._text.count("\n", self._told, self._at)
        self._told = max(self._told, self._at)
        return self._line

    def read(self) -> None:
        while True:
            found = START.search(self._text, self._at)
            if found is None or found.end() == len(self._text):
                if found is None:
                    self._at = max(self._at, self._text.rfind("\n") + 1, len(self._text) - LONGEST)
                if not self.more():
                    found = START.search(self._text, self._at)
                    if found is None or found.end() == len(self._text):
                        return
                continue
            self._at = found.end()
            if found["insert"]:
                self._insert(self._named(found["into"]), names(found["columns"]))
            elif found["copy"]:
                self._copy(self._named(found["copy"]), names(found["fields"]), found["how"])
            elif found["create"]:
                self._create(self._named(found["create"]))
            elif found["alter"]:
                self._alter(self._named(found["alter"]))
            else:
                self._other(found.start("other"))

    def _named(self, written: str) -> str:
        name = name_of(written)
        return self._spelled.setdefault(name.casefold(), name)

    def _other(self, start: int) -> None:
        """`INSERT INTO t SET a = 1, b = 'x'` is a row; a statement that takes its values elsewhere (SELECT) is counted, never
        lost unseen."""
        self._at = start
        while (found := self._statement.match(self._text, self._at)) is None:
            if len(self._text) - self._at > LONGEST_ROW or not self.more():
                break
        end = found.end() if found else self._text.find(";", self._at) + 1 or len(self._text)  # a quote that nothing closes
        text = self._text[self._at : end]
        head = SET.match(text)
        row = self._assigned(text.rstrip("; \r\n"), head.end()) if head else {}
        if head and row:
            self._out.record(self._named(head["into"]), row, self.line())
        else:
            self._out.reject("statements", self.line(), "not_a_row", text.rstrip(";")[:2000].strip())
        self._at = end

    def _assigned(self, text: str, at: int) -> dict[str, str | None]:
        """Column -> value of a list `a = 1, b = 'x'`; nothing where it is written otherwise."""
        row: dict[str, str | None] = {}
        while at < len(text):
            name = ASSIGNED.match(text, at)
            value = self._value.match(text, name.end()) if name else None
            if name is None or value is None:
                return {}
            row[name[1].strip()] = self._cell(value, text)
            at = value.end()
        return row

    def declare(self) -> None:
        """What the dump says of its tables: those of which it says the columns and nothing more, too."""
        for name, columns in self._created.items():
            table = self._out.table(name, unique(list(columns)))
            types = {column.casefold(): kind for column, kind in columns.items()}
            table.types = [types.get(column.casefold(), "") for column in table.columns]  # rows may name others, in another order
            table.foreign = self._foreign.get(name, [])

    def _create(self, table: str) -> None:
        """The names of the columns, up to the bracket that closes the definition."""
        while (found := parts_of(self._text, self._at, self._backslash)) is None:
            if len(self._text) - self._at > BLOCK or not self.more():
                return
        parts, self._at = found
        self._created[table] = columns_of(parts)
        self._foreign.setdefault(table, []).extend(foreign_of(parts))

    def _alter(self, table: str) -> None:
        """What a constraint that is added says of other tables."""
        while (found := self._statement.match(self._text, self._at)) is None:
            if len(self._text) - self._at > LONGEST_ROW or not self.more():
                return
        self._foreign.setdefault(table, []).extend(constraints(found[0]))
        self._at = found.end()

    def _insert(self, table: str, columns: list[str]) -> None:
        if self._is_program():
            self._out.reject("statements", self.line(), "not_a_row", self._text[self._at : self._at + 200])
            return
        listed = columns or list(self._created.get(table, {}))
        kept = self._out.table(table, unique(listed))
        spelled = {name.casefold(): name for name in kept.columns}
        columns = [spelled.get(name.casefold(), name) for name in columns]
        places = self._places(kept, columns)
        while True:
            if kept.columns and not places and self._runs(kept):
                return
            found = self._tuple.match(self._text, self._at)
            if found is None or (found.end() == len(self._text) and not self._end):
                if len(self._text) - self._at < LONGEST and self.more():
                    continue
                if found is None:
                    if self._text[self._at :].strip():
                        self._out.reject(table, self.line(), "not_a_row", self._text[self._at : self._at + 200])
                    return
            content = found[1]
            if not places and DIRECT.fullmatch(content):
                if not kept.columns:
                    self._out.widen(kept, len(self._value.findall(content + ",")) - 1)
                self._out.direct(kept, content.encode("utf-8", "replace"))
            else:
                cells = self._values(content)
                if places and len(cells) == len(places):
                    cells = [cells[places.index(at)] if at in places else None for at in range(len(kept.columns))]
                self._out.sql_row(kept, cells, self.line)
            self._at = found.end()
            if found[2] != ",":
                return

    def _runs(self, table: Table) -> bool:
        """The plain rows that come next, many at once; whether the statement is over."""
        while self._at >= self._slow and (len(self._text) - self._at >= WINDOW or self._end or self.more()):
            run = run_of(self._text, self._at, len(table.columns), self._backslash)
            if run is None:
                self._slow = self._at + WINDOW
                return False
            self._out.direct(table, run.lines, run.rows)
            self._at = run.end
            if run.over:
                return True
        return False

    def _is_program(self) -> bool:
        """Whether the values are variables and parameters: a statement inside a procedure or a trigger."""
        if len(self._text) - self._at < LONGEST_NAME:
            self.more()
        if not VARIABLE_FIRST.match(self._text, self._at):
            return False
        while (found := self._tuple.match(self._text, self._at)) is None:
            if len(self._text) - self._at > LONGEST_ROW or not self.more():
                return False
        return bool(VARIABLES.fullmatch(found[1]) or OF_TRIGGER.search(found[1]))

    def _places(self, table: Table, columns: list[str]) -> list[int]:
        """Where the values of a statement belong, if it names other columns than the table, or in another order."""
        if not columns or columns == list(table.columns):
            return []
        return [self._out.place(table, name) for name in columns]

    def _values(self, content: str) -> list[str | None]:
        cells: list[str | None] = []
        at = 0
        while at < len(content):
            found = self._value.match(content, at)
            if found is None:
                break
            cells.append(self._cell(found, content))
            at = found.end()
        return [*cells, None] if content.endswith(",") and at == len(content) else cells

    def _cell(self, found: re.Match[str], content: str) -> str | None:
        if found[1] is None:
            return bare(found[2].strip(), self._unescaped)
        escaped = content[found.start(1) - 1 : found.start(1)] in ("E", "e")
        return copied(found[1][1:-1]).replace("''", "'") if escaped else self._unescaped(found[1][1:-1])

    def _unescaped(self, text: str) -> str:
        if self._backslash and "\\" in text:
            text = MYSQL_ESCAPED.sub(lambda sign: SIGNS.get(sign[1], sign[1]), text)
        return text.replace("''", "'")

    def _copy(self, table: str, columns: list[str], how: str) -> None:
        """Rows up to the line of a backslash and a point: of tabs, or as the statement says (CSV)."""
        self._out.table(table, unique(columns or list(self._created.get(table, {}))))
        if not re.search(r"\bCSV\b", how, re.IGNORECASE):
            for line in self._lines_of_copy():
                self._out.row(table, [None if cell == "\\N" else copied(cell) for cell in line.split("\t")], 0)
            return
        sign = re.search(r"\bDELIMITER\s*+(?:AS\s++)?[Ee]?'(\\t|[^'])'", how, re.IGNORECASE)
        csv.field_size_limit(LONGEST_ROW)
        lines = (line + "\n" for line in self._lines_of_copy())
        rows = csv.reader(lines, delimiter=sign[1].replace("\\t", "\t") if sign else ",")
        if re.search(r"\bHEADER\b(?!\s++(?:false|off|0))", how, re.IGNORECASE):
            next(rows, None)
        for row in rows:
            self._out.row(table, row, 0)

    def _lines_of_copy(self) -> Iterator[str]:
        while True:
            end = self._text.find("\n", self._at)
            if end < 0:
                if len(self._text) - self._at < LONGEST and self.more():
                    continue
                end = len(self._text)
            line = self._text[self._at : end].removesuffix("\r")
            self._at = min(end + 1, len(self._text))
            if line == "\\." or (not line and self._at >= len(self._text)):
                return
            yield line
