"""The only file that names an engine: Ibis expressions over embedded DuckDB, locked, encrypted whenever it touches a disk.

Tables are named by the question that made them, so the same question is answered once.
"""

import hashlib
import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import duckdb

from analysis.ground.errors import Trouble
from analysis.ground.watch import AGAIN, Watch
from analysis.ground.words import say
from analysis.model.tables import TABLES, Kept, Kind, Table, stage_of
from analysis.store.engine import (
    MEBIBYTE,
    connect,
    in_our_words,
    literal,
    lock,
    own,
    patiently,
    reference_path,
    trouble_of,
)
from analysis.store.gate import SOURCE, Gate, Origin, Reject, Shape, Written
from analysis.store.rows import Column, Rows
from analysis.store.statements import Prepared, compiled
from analysis.store.vault import Vault

# In memory up to here; a larger estimate goes to an encrypted file at once.
IN_MEMORY = 700 * MEBIBYTE
MEMORY = 1000 * MEBIBYTE
BATCH = 20_000  # rows of one statement
SOUGHT = 50  # numbers of rows that the engine finds without looking at every row
GROUP = 147_456  # rows of a buffer of text: a little more than the engine's own groups of rows, which is a third faster
SCANNED, TOGETHER = 3_000_000, 80  # rows up to which a sample looks at all of them; rows of one place of a sample beyond
ENGINE_LINE = 2_000_000  # bytes of a line that the engine's reader takes unasked
BUFFERS = (4 * MEBIBYTE, 64 * MEBIBYTE)  # bytes of such a buffer
TYPES = {
    "VARCHAR": "string",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "UBIGINT": "uint64",
    "DOUBLE": "float64",
    "BOOLEAN": "boolean",
}
ENGINE_TYPES = {ours: theirs for theirs, ours in TYPES.items()}


def estimate(paths: Iterable[Path]) -> bool:
    """Whether sources are together too large to stay in memory."""
    return 2 * sum(path.stat().st_size for path in paths if path.is_file()) > IN_MEMORY


def checked(name: str, schema: dict[str, str]) -> dict[str, str]:
    """The schema of a table that is as it was declared; another one is a mistake of ours, found where it is made."""
    declared = TABLES.get(stage_of(name))
    wrong = declared.wrong(schema) if declared else ""
    assert not wrong, f"{name}: {wrong}"
    return schema


def name_of(stage: str, question: str) -> str:
    """The name of the table that answers a question."""
    return f"{stage}_{hashlib.sha256(question.encode()).hexdigest()[:16]}"


class Store:
    """One database for one leak. Methods may be called from several threads; each query has a cursor of its own."""

    def __init__(self, *, on_disk: bool = False, memory: int = MEMORY, root: Path | None = None) -> None:
        self._vault = Vault(root)
        self.on_disk = on_disk
        self._schemas: dict[str, dict[str, str]] = {}  # Ibis type of each column
        self._views: set[str] = set()
        self._passing: ContextVar[list[str] | None] = ContextVar("passing", default=None)  # what is made inside `scratch`
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._making: dict[str, threading.Lock] = {}  # by the name of a table that is being made
        try:
            self._connection = connect(self._vault.folder, on_disk, memory)
            self._gate = Gate()
            self._connection.register_filesystem(self._gate)
            lock(self._connection, self._vault.folder)
        except duckdb.Error as error:
            self._vault.close()
            raise trouble_of(error) from None

    @property
    def folder(self) -> Path:
        """The private folder of this run."""
        return self._vault.folder

    def close(self) -> None:
        """Forgets everything; removes what was on disk."""
        self._connection.close()
        self._vault.close()

    def table(self, name: str) -> Rows:
        """A table of the store, as an Ibis expression; asks the engine nothing, so any thread may call it."""
        import ibis

        return ibis.table(self._schemas[name], name=name)

    def names(self) -> frozenset[str]:
        """The tables and views that it holds."""
        return frozenset(self._schemas)

    def reference(self, kind: type[Table]) -> Rows:
        """A table of the committed reference set, loaded at its first use."""
        name = kind.stage
        with self._loading:
            if name not in self._schemas:
                path = literal(str(reference_path(name)))
                self._run(f"CREATE TABLE IF NOT EXISTS {name} AS SELECT * FROM read_parquet({path})", Watch())
                columns = self._run(f"SELECT name, type FROM pragma_table_info({literal(name)})", Watch())
                self._schemas[name] = checked(name, {column: TYPES[kind] for column, kind in columns})
        return self.table(name)

    def keep(self, kind: type[Kind], expression: Rows, watch: Watch, salt: str = "") -> Kept[Kind]:
        """Answers a question once: the name of the table that holds it. `salt`: the rules' version."""
        return Kept(self._named("TABLE", kind.stage, expression, watch, salt))

    def view(self, kind: type[Kind], expression: Rows, salt: str = "") -> Kept[Kind]:
        """The name of a question that is answered anew each time a table is made of it: for what is cheaper to ask than to
        keep, or seldom asked."""
        return Kept(self._named("VIEW", kind.stage, expression, Watch(), salt))

    def _named(self, form: str, stage: str, expression: Rows, watch: Watch, salt: str) -> str:
        sql = compiled(expression)
        name = name_of(stage, salt + sql)
        if name not in self._schemas:
            with self.alone(name, watch):
                if name not in self._schemas:
                    self._run(f'CREATE {form} IF NOT EXISTS "{name}" AS {sql}', watch)
                    if form == "VIEW":
                        self._views.add(name)
                    self._know(name, {column: str(kind) for column, kind in expression.schema().items()})
        return name

    @contextmanager
    def alone(self, name: str, watch: Watch) -> Generator[None]:
        """Who asks the same question at the same time waits for the first one's answer: the engine refuses to make one table
        twice at once, and a table that two fill holds everything twice."""
        with self._lock:
            mine = self._making.setdefault(name, threading.Lock())
        while not mine.acquire(timeout=AGAIN):
            watch.check()
        try:
            yield
        finally:
            mine.release()

    def _know(self, name: str, schema: dict[str, str]) -> None:
        """Remembers a table."""
        if name not in self._schemas and (made := self._passing.get()) is not None:
            made.append(name)
        self._schemas[name] = checked(name, schema)

    @contextmanager
    def scratch(self) -> Generator[set[str]]:
        """Forgets every table that is made inside (by this thread, or in its context), but those whose names are put into the
        set."""
        made, kept = list[str](), set[str]()
        before = self._passing.set(made)
        try:
            yield kept
        finally:
            self._passing.reset(before)
            for name in reversed(made):
                if name not in kept:
                    self.drop(name)

    def spread(self, table: str, total: int, wanted: int, watch: Watch) -> str:
        """The name of a table of about `wanted` rows of another of `total`, evenly spaced and always the same. Of a very
        large one, rows that follow each other are taken from evenly spaced places: looking at every row would take as long as
        reading the file."""
        name, step = f"spread{wanted}_{table}", max(1, total // wanted)
        sql = f'SELECT * FROM "{table}" WHERE rowid % {step} = 0 LIMIT {wanted}'
        if total > SCANNED:
            places = range(0, total, step * TOGETHER)
            sql = " UNION ALL ".join(f'SELECT * FROM "{table}" WHERE rowid BETWEEN {at} AND {at + TOGETHER - 1}' for at in places)
        with self.alone(name, watch):
            self._run(f'CREATE OR REPLACE TABLE "{name}" AS {sql}', watch)
        self._know(name, self._schemas[table])
        return name

    def drop(self, name: str) -> None:
        """Forgets a table that only led to another."""
        self._schemas.pop(name, None)
        form = "VIEW" if name in self._views else "TABLE"
        self._views.discard(name)
        self._run(f'DROP {form} IF EXISTS "{name}"', Watch())

    def rows(self, expression: Rows, watch: Watch | None = None) -> list[tuple[Any, ...]]:
        """A small result."""
        return self._run(compiled(expression), watch or Watch())

    def answer(self, prepared: Prepared, tables: Mapping[str, str], watch: Watch) -> list[dict[str, Any]]:
        """A small result about these tables; each row by column."""
        return [dict(zip(prepared.columns, row, strict=True)) for row in self.tuples(prepared, tables, watch)]

    def tuples(self, prepared: Prepared, tables: Mapping[str, str], watch: Watch) -> list[tuple[Any, ...]]:
        """The same, each row in the order of the columns."""
        return self._run(prepared.about(tables), watch)

    def batches(self, expression: Rows, watch: Watch) -> Generator[Any]:
        """A large result as record batches of Arrow."""
        cursor = self._cursor()
        try:
            with in_our_words(watch, cursor), watch.interruptible(cursor.interrupt):
                yield from cursor.execute(compiled(expression)).to_arrow_reader(BATCH)
        finally:
            cursor.close()

    def lines(self, table: str, columns: Sequence[str], rows: Sequence[int], watch: Watch) -> list[tuple[Any, ...]]:
        """Rows of a table by their numbers: the number, then the columns (NULL for one without a name). In no order. (Asked as
        joins of few numbers each: the engine looks a list up in every row, and a join of many, too.)"""
        names = "".join(f', "{name}"' if name else ", NULL" for name in columns)
        wanted = sorted(map(int, rows))
        few = SOUGHT if len(wanted) <= SOUGHT * SOUGHT else len(wanted)
        parts = [
            f'SELECT rowid{names} FROM "{table}" WHERE rowid IN (SELECT unnest({wanted[at : at + few]}))'
            for at in range(0, len(wanted), few)
        ]
        return self._run(" UNION ALL ".join(parts), watch) if parts else []

    def stream(self, expression: Rows, watch: Watch) -> Generator[tuple[Any, ...]]:
        """A large result, some thousands of rows at a time."""
        cursor = self._cursor()
        try:
            with in_our_words(watch, cursor), watch.interruptible(cursor.interrupt):
                cursor.execute(compiled(expression))
                while rows := cursor.fetchmany(BATCH):
                    yield from rows
        finally:
            cursor.close()

    def one(self, expression: Rows, watch: Watch | None = None) -> dict[str, Any]:
        """A result of one row, by column."""
        (row,) = self.rows(expression, watch)
        return dict(zip(expression.columns, row, strict=True))

    def remove(self, table: str, condition: Column, watch: Watch) -> int:
        """Deletes the rows that meet a condition (an expression on `table`); how many."""
        rows = self.table(table)
        where = compiled(rows.select(row=rows.rowid(), gone=condition).filter(lambda t: t.gone).select("row"))
        (count,) = self._run(f'DELETE FROM "{table}" WHERE rowid IN ({where})', watch)[0]
        return int(count)

    def insert(self, table: str, rows: Sequence[Sequence[str | int | float | None]], watch: Watch | None = None) -> None:
        """Adds rows of values, in the order of the table's columns; texts of the leak included: they go through the reader,
        as text of RFC 4180, so that none becomes part of a statement. An empty text becomes NULL."""
        if rows:
            written = Written(rows)
            shape = Shape(",", '"', '"', 0, end=r"\r\n", longest=written.longest if written.longest > ENGINE_LINE else 0)
            if self.read_delimited(table, written, len(rows[0]), shape, watch or Watch(), append=True):
                raise Trouble("engine", say("A text of this file is too long for the analysis engine."))

    def insert_text(self, table: str, rows: Sequence[Sequence[str]], watch: Watch) -> None:
        """A new table of texts in columns c0 ... cN."""
        self.create(table, {f"c{at}": "string" for at in range(len(rows[0]))})
        self.insert(table, rows, watch)

    def replace(self, table: str, expression: Rows, watch: Watch) -> None:
        """The table becomes the answer of a question that is asked of itself."""
        self._run(f'CREATE OR REPLACE TABLE "{table}" AS {compiled(expression)}', watch)
        self._know(table, {column: str(kind) for column, kind in expression.schema().items()})

    def drop_column(self, table: str, column: str) -> None:
        self._run(f'ALTER TABLE "{table}" DROP COLUMN "{column}"', Watch())
        self._know(table, {name: kind for name, kind in self._schemas[table].items() if name != column})

    def insert_own(self, table: str, rows: Sequence[Sequence[str | int | float]]) -> None:
        """The same for numbers and codes of our own, without the half second that importing Arrow and pandas takes.

        Raises ValueError for any other text: a value of the leak never becomes part of a statement.
        """
        for start in range(0, len(rows), BATCH):
            values = ", ".join(f"({', '.join(own(value) for value in row)})" for row in rows[start : start + BATCH])
            self._run(f'INSERT INTO "{table}" VALUES {values}', Watch())

    def make(self, kind: type[Kind], rows: Sequence[Sequence[str | int | float]]) -> Kept[Kind]:
        """A table of our own numbers and codes, made once."""
        return self._made(kind, rows, self.insert_own)

    def filled(self, kind: type[Kind], rows: Sequence[Sequence[int | str]]) -> Kept[Kind]:
        """The same for many numbers: through the reader, not as part of a statement."""
        return self._made(kind, rows, self.insert)

    def _made(self, kind: type[Kind], rows: Sequence[Sequence[Any]], insert: Callable[[str, Any], None]) -> Kept[Kind]:
        name = name_of(kind.stage, repr(rows))
        with self._loading:  # nobody sees it half filled
            if name not in self._schemas:
                self.create(name, kind)
                insert(name, rows)
        return Kept(name)

    def create(self, table: str, columns: type[Table] | Mapping[str, str]) -> None:
        """An empty table of a kind, or of names and Ibis types. Replaces an older one."""
        wanted = columns if isinstance(columns, Mapping) else columns.columns
        shape = ", ".join(f'"{name}" {ENGINE_TYPES[kind]}' for name, kind in wanted.items())
        self._run(f'CREATE OR REPLACE TABLE "{table}" ({shape})', Watch())
        self._know(table, dict(wanted))

    def read_delimited(
        self, table: str, source: Origin, columns: int, shape: Shape, watch: Watch, append: bool = False
    ) -> list[Reject]:
        """Delimited text into `table`, all columns as text c0 ... cN; the records that were refused. `append`: more rows of
        a table that may exist."""
        names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(columns))
        self._gate.origin = source
        into = f'INSERT INTO "{table}"' if append and table in self._schemas else f'CREATE OR REPLACE TABLE "{table}" AS'
        nulls = f"nullstr = {literal(shape.null)}, allow_quoted_nulls = false, " if shape.null else ""
        nulls += f"new_line = {literal(shape.end)}, " if shape.end else ""
        buffer = f"buffer_size = {min(max(GROUP * shape.line, BUFFERS[0]), BUFFERS[1])}, " if shape.line else ""
        if shape.longest:
            buffer = f"max_line_size = {shape.longest}, buffer_size = {2 * shape.longest}, "
        last, behind = f"c{columns - 1}", columns + bool(shape.parted)
        chosen, held = "*", f"contains({last}, {literal(shape.parted)})"
        if shape.parted:
            before, after = (f"split_part({last}, {literal(shape.parted)}, {part})" for part in (1, 2))
            chosen = f"* REPLACE (CASE WHEN {held} THEN nullif({before}, '') ELSE {last} END AS {last})"
            chosen += f", CASE WHEN {held} THEN {after} END AS c{columns}"
        cursor = self._cursor()
        try:
            with in_our_words(watch, cursor), watch.interruptible(cursor.interrupt):
                cursor.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
                cursor.execute(
                    f"{into} SELECT {chosen} FROM read_csv({literal(SOURCE)}, {nulls}"
                    f"delim = {literal(shape.delimiter)}, quote = {literal(shape.quote)}, "
                    f"escape = {literal(shape.escape or shape.quote)}, header = false, skip = {shape.skip}, auto_detect = "
                    f"false, {buffer}columns = {{{names}}}, store_rejects = true, rejects_limit = 0)"
                )
                refused = cursor.execute(
                    "SELECT line_byte_position, min(error_type::VARCHAR), any_value(csv_line) FROM reject_errors "
                    "GROUP BY line_byte_position ORDER BY line_byte_position"
                ).fetchall()
        finally:
            self._gate.origin = None
            if not append or table not in self._schemas:
                self._know(table, {f"c{at}": "string" for at in range(behind)})
            cursor.close()
        return [Reject(at, reason, text or "") for at, reason, text in refused]

    @contextmanager
    def lent(self, watch: Watch) -> Generator[Any]:
        """A connection of its own for a library that speaks to the engine itself, and takes away what it made. An error of the
        engine is told in our words, though the library wrapped it in its own, which quote it."""
        cursor = self._cursor()
        try:
            with in_our_words(watch, cursor), watch.interruptible(cursor.interrupt):
                yield cursor
        finally:
            cursor.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            cursor = self._connection.cursor()
        if self.on_disk:
            cursor.execute("USE ampleur")
        return cursor

    def _run(self, sql: str, watch: Watch) -> list[tuple[Any, ...]]:
        cursor = self._cursor()
        try:
            with in_our_words(watch, cursor):
                return patiently(watch, cursor, lambda: cursor.execute(sql).fetchall())
        finally:
            cursor.close()
