"""An SQL dump in (MySQL, MariaDB, PostgreSQL with INSERT or COPY, SQL Server, SQLite), its tables out. Tokenized, never executed."""

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO

from analysis.formats.encoding import DAMAGED, encoding_of
from analysis.formats.out import Out, Table, unique
from analysis.formats.sqlruns import WINDOW, run_of

BLOCK = 4 << 20
LONGEST = 64 << 20  # characters of one row or of one definition
NAME = r'(?:[`"\[]?[\w$ -]+[`"\]]?\s*+\.\s*+)*+[`"\[]?(?!\s)([\w$ .-]+?)[`"\]]?'
START = re.compile(
    rf"(?:^|(?<=;))\s*+(?:/\*[^*]*+\*/\s*+|BEGIN\s*+;\s*+)*+(?:(?P<insert>INSERT|REPLACE)\b[^(;'\n]*?(?:INTO\s++)?(?P<into>{NAME.replace('([', '(?:[', 1)})\s*+(?:\((?P<columns>[^)]*+)\)\s*+)?VALUES?\b\s*+"
    rf"|COPY\s++(?P<copy>{NAME.replace('([', '(?:[', 1)})\s*+(?:\((?P<fields>[^)]*+)\)\s*+)?FROM\s++stdin[^;\n]*+;\r?\n"
    rf"|CREATE\s++(?:TEMPORARY\s++|UNLOGGED\s++)?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?(?P<create>{NAME.replace('([', '(?:[', 1)})\s*+\(|(?P<other>INSERT|REPLACE)\s++\w)",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
GAP = r"(?:\s++|--[^\n]*+\n|/\*[^*]*+\*/)*+"  # blanks and comments


def tuple_pattern(text: str) -> re.Pattern[str]:
    """A row in its brackets, with brackets inside, and the comma or the semicolon behind it."""
    return re.compile(rf"{GAP}\(((?:[^'()]++|{text}|\((?:[^'()]++|{text}|\([^()]*+\))*+\))*+)\){GAP}([,;]?)", re.DOTALL)


TEXT = r"'(?:[^'\\]++|\\.|'')*+'"
# Elsewhere a backslash is a sign like others, but in PostgreSQL's E'...'.
TEXT_PLAIN = rf"(?:(?<=[Ee]){TEXT}|(?<![Ee])'(?:[^']++|'')*+')"
TUPLE, TUPLE_PLAIN = tuple_pattern(TEXT), tuple_pattern(TEXT_PLAIN)


def value_pattern(text: str) -> re.Pattern[str]:
    """A quoted text alone (with PostgreSQL's cast), or an expression with its brackets, up to the next comma."""
    inner = rf"(?:[^'()]++|{text}|\((?:[^'()]++|{text}|\([^()]*+\))*+\))*+"
    alone = rf"(?:[NnEeBbXx]|_\w++\s*+)?({text})(?:::[\w ]++(?:\([\d, ]*+\))?(?:\[\])?)?\s*+(?=,|\Z)"
    return re.compile(rf"\s*+(?:{alone}|((?:[^,'()]++|{text}|\({inner}\))*+))(?:,|\Z)", re.DOTALL)


VALUE, VALUE_PLAIN = value_pattern(TEXT), value_pattern(TEXT_PLAIN)
CAST = re.compile(r"(?:CAST|CONVERT)\s*+\((.*)\s++AS\s++[^()]*+(?:\([^()]*+\))?\s*+\)\Z", re.IGNORECASE | re.DOTALL)
DATES = re.compile(r"(?:to_date|to_timestamp|str_to_date|timestamp|date|time)\b", re.IGNORECASE)
# What the engine's reader can take as it stands: numbers, NULL and quoted texts right behind the commas.
PLAIN = r"(?:-?[\d.]++|NULL|'(?:[^'\\\n]++|'')*+')"
DIRECT = re.compile(rf"{PLAIN}(?:,{PLAIN})*+")
QUOTED = re.compile(r"'((?:[^']|'')*)'")
ESCAPED = re.compile(r"\\([0-7]{3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
MYSQL_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "\x1a", "b": "\b", "f": "\f", "v": "\v"}
KEYS = re.compile(r"(?:PRIMARY|UNIQUE|KEY|CONSTRAINT|INDEX|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE|PERIOD)\b", re.IGNORECASE)


def read_sql(file: BinaryIO, out: Out) -> None:
    head = file.read(1 << 16)
    file.seek(0)
    Dump(file, out, backslash=is_mysql(head)).read()


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
        self._created: dict[str, list[str]] = {}
        self._tuple, self._value = (TUPLE, VALUE) if backslash else (TUPLE_PLAIN, VALUE_PLAIN)
        self._backslash = backslash
        self._slow = 0  # up to here, rows are looked at one by one

    def more(self) -> bool:
        """Another block behind what is not yet consumed; False at the end of the file."""
        if self._end:
            return False
        block = self._file.read(BLOCK)
        self._end = not block
        self._line += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + self._decode(block, self._end)
        self._at, self._slow = 0, self._slow - self._at
        return not self._end

    def line(self) -> int:
        return self._line + self._text.count("\n", 0, self._at)

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
                self._insert(name_of(found["into"]), names(found["columns"]))
            elif found["copy"]:
                self._copy(name_of(found["copy"]), names(found["fields"]))
            elif found["create"]:
                self._create(name_of(found["create"]))
            else:
                # A statement that gives its values in another way (SET, SELECT): counted, never lost unseen.
                end = self._text.find(";", found.start())
                self._out.reject(
                    "statements", self.line(), "not_a_row", self._text[found.start() : end if end > 0 else None][:2000].strip()
                )

    def _create(self, table: str) -> None:
        """The names of the columns, up to the bracket that closes the definition."""
        depth, at, quote = 1, self._at, ""
        while depth:
            if at >= len(self._text):
                self._at, before = 0 if self._at == 0 else self._at, self._at
                if len(self._text) - before > LONGEST or not self.more():
                    return
                at -= before
                continue
            sign = self._text[at]
            if quote:
                quote = "" if sign == quote else quote
            elif sign in "'\"`":
                quote = sign
            else:
                depth += (sign == "(") - (sign == ")")
            at += 1
        self._created[table] = columns_of(self._text[self._at : at - 1])
        self._at = at

    def _insert(self, table: str, columns: list[str]) -> None:
        listed = columns or self._created.get(table, [])
        kept = self._out.table(table, unique(listed))
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

    def _places(self, table: Table, columns: list[str]) -> list[int]:
        """Where the values of a statement belong, if it names other columns than the table, or in another order."""
        if not columns or columns == list(table.columns):
            return []
        for name in columns:
            if not table.sent:
                table.columns.setdefault(name, len(table.columns))
        found = [table.columns.get(name, -1) for name in columns]
        return found if -1 not in found else []

    def _values(self, content: str) -> list[str | None]:
        cells: list[str | None] = []
        at = 0
        while at <= len(content):
            found = self._value.match(content, at)
            if found is None:
                break
            if found[1] is None:
                cells.append(bare(found[2].strip(), self._unescaped))
            else:
                escaped = content[found.start(1) - 1 : found.start(1)] in ("E", "e")
                cells.append(copied(found[1][1:-1]).replace("''", "'") if escaped else self._unescaped(found[1][1:-1]))
            if found.end() == len(content) and content[-1:] != ",":
                break
            at = found.end()
        return cells

    def _unescaped(self, text: str) -> str:
        if self._backslash and "\\" in text:
            text = MYSQL_ESCAPED.sub(lambda sign: SIGNS.get(sign[1], sign[1]), text)
        return text.replace("''", "'")

    def _copy(self, table: str, columns: list[str]) -> None:
        self._out.table(table, unique(columns or self._created.get(table, [])))
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
            self._out.row(table, [None if cell == "\\N" else copied(cell) for cell in line.split("\t")], 0)


def copied(cell: str) -> str:
    """As PostgreSQL escapes a text: letters, octal and hexadecimal codes of bytes."""
    return ESCAPED.sub(meant, cell) if "\\" in cell else cell


def meant(sign: re.Match[str]) -> str:
    code = sign[1]
    if len(code) == 1:
        return SIGNS.get(code, code)
    return chr(int(code[1:], 16) if code[0] in "xu" else int(code, 8)).replace("\0", "")


def bare(text: str, unescaped: Callable[[str], str]) -> str | None:
    """A value without quotes: a number, NULL, CAST(x AS type) or a date function; any other expression stays as it is written."""
    if text.upper() in ("NULL", "DEFAULT", ""):
        return None
    if cast := CAST.match(text):
        inner = cast[1].strip()
        quoted = QUOTED.fullmatch(inner.removeprefix("N").removeprefix("n"))
        return unescaped(quoted[1]) if quoted else bare(inner, unescaped)
    inner = QUOTED.search(text) if DATES.match(text) else None
    return unescaped(inner[1]) if inner else text


def name_of(found: str) -> str:
    return re.split(r"[.]", found.strip())[-1].strip('`"[] ')[:120]


LISTED = re.compile(r'"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^,\s"`\[][^,]*)')


def names(listed: str | None) -> list[str]:
    return [
        next(part for part in found.groups() if part is not None).strip().replace('""', '"')
        for found in LISTED.finditer(listed or "")
    ]


def columns_of(definition: str) -> list[str]:
    """The first word of each part of a definition that is not a key or a constraint."""
    found: list[str] = []
    depth, start, quote = 0, 0, ""
    for at, sign in enumerate(definition + ","):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"`":
            quote = sign
        elif sign == "," and depth == 0:
            part = definition[start:at].strip()
            start = at + 1
            word = re.match(r'[`"\[]([^`"\]]+)[`"\]]|(\w[\w$]*)', part)
            if word and not (word[2] and KEYS.match(part)):
                found.append(word[1] or word[2])
        else:
            depth += (sign == "(") - (sign == ")")
    return found
