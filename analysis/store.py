"""The only file that names an engine: Ibis expressions over embedded DuckDB, locked, encrypted whenever it touches a disk.

Tables are named by the question that made them, so the same question is answered once.
"""

import hashlib
import os
import re
import secrets
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_httpfs

from analysis.errors import Cancelled, Trouble
from analysis.gate import SOURCE, Gate, Origin, Reject, Shape, Written
from analysis.vault import Vault
from analysis.watch import Watch
from analysis.words import say

REFERENCE = ("first_names", "geo_fr", "history_fr", "names", "vocabulary")
MEBIBYTE = 1 << 20
# In memory up to here; a larger estimate goes to an encrypted file at once.
IN_MEMORY = 700 * MEBIBYTE
MEMORY = 1000 * MEBIBYTE
SPILL = "200GiB"
BATCH = 20_000  # rows of one statement
GROUP = 147_456  # rows of a buffer of text: a little more than the engine's own groups of rows, which is a third faster
SCANNED, TOGETHER = 3_000_000, 80  # rows up to which a sample looks at all of them; rows of one place of a sample beyond
ENGINE_LINE = 2_000_000  # bytes of a line that the engine's reader takes unasked
BUFFERS = (4 * MEBIBYTE, 64 * MEBIBYTE)  # bytes of such a buffer
TYPES = {"VARCHAR": "string", "BIGINT": "int64", "INTEGER": "int32", "DOUBLE": "float64", "BOOLEAN": "boolean"}


class Store:
    """One database for one leak. Methods may be called from several threads; each query has a cursor of its own."""

    def __init__(self, *, on_disk: bool = False, memory: int = MEMORY, root: Path | None = None) -> None:
        self._vault = Vault(root)
        self.on_disk = on_disk
        self._schemas: dict[str, dict[str, str]] = {}  # Ibis type of each column
        self._lock = threading.Lock()
        self._loading = threading.Lock()
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

    def table(self, name: str) -> Any:
        """A table of the store, as an Ibis expression; asks the engine nothing, so any thread may call it."""
        import ibis

        return ibis.table(self._schemas[name], name=name)

    def reference(self, name: str) -> Any:
        """A table of the committed reference set, loaded at its first use."""
        with self._loading:
            if name not in self._schemas:
                path = reference_path(name)
                self._run(f"CREATE TABLE IF NOT EXISTS {name} AS SELECT * FROM read_parquet({literal(str(path))})", Watch())
                columns = self._run(f"SELECT name, type FROM pragma_table_info({literal(name)})", Watch())
                self._schemas[name] = {column: TYPES[kind] for column, kind in columns}
        return self.table(name)

    def keep(self, stage: str, expression: Any, watch: Watch, salt: str = "") -> str:
        """Answers a question once: the name of the table that holds it. `salt`: the rules' version."""
        return self._named("TABLE", stage, expression, watch, salt)

    def view(self, stage: str, expression: Any, salt: str = "") -> str:
        """The name of a question that is answered anew each time a table is made of it: for what is cheaper to ask than to
        keep, or seldom asked."""
        return self._named("VIEW", stage, expression, Watch(), salt)

    def _named(self, form: str, stage: str, expression: Any, watch: Watch, salt: str) -> str:
        sql = compiled(expression)
        name = f"{stage}_{hashlib.sha256((salt + sql).encode()).hexdigest()[:16]}"
        if name not in self._schemas:
            self._run(f'CREATE {form} IF NOT EXISTS "{name}" AS {sql}', watch)
            self._schemas[name] = {column: str(kind) for column, kind in expression.schema().items()}
        return name

    def spread(self, table: str, total: int, wanted: int, watch: Watch) -> str:
        """The name of a table of about `wanted` rows of another of `total`, evenly spaced and always the same. Of a very large one, rows
        that follow each other are taken from evenly spaced places: looking at every row would take as long as reading the file."""
        name, step = f"spread{wanted}_{table}", max(1, total // wanted)
        sql = f'SELECT * FROM "{table}" WHERE rowid % {step} = 0 LIMIT {wanted}'
        if total > SCANNED:
            places = range(0, total, step * TOGETHER)
            sql = " UNION ALL ".join(f'SELECT * FROM "{table}" WHERE rowid BETWEEN {at} AND {at + TOGETHER - 1}' for at in places)
        self._run(f'CREATE OR REPLACE TABLE "{name}" AS {sql}', watch)
        self._schemas[name] = self._schemas[table]
        return name

    def drop(self, name: str) -> None:
        """Forgets a table that only led to another."""
        self._schemas.pop(name, None)
        self._run(f'DROP TABLE IF EXISTS "{name}"', Watch())

    def rows(self, expression: Any, watch: Watch | None = None) -> list[tuple[Any, ...]]:
        """A small result."""
        return self._run(compiled(expression), watch or Watch())

    def stream(self, expression: Any, watch: Watch) -> Generator[tuple[Any, ...]]:
        """A large result, some thousands of rows at a time."""
        cursor = self._cursor()
        try:
            with watch.interruptible(cursor.interrupt):
                cursor.execute(compiled(expression))
                while rows := cursor.fetchmany(BATCH):
                    yield from rows
        except duckdb.Error as error:
            raise trouble_of(error, watch) from None
        finally:
            cursor.close()

    def one(self, expression: Any, watch: Watch | None = None) -> dict[str, Any]:
        """A result of one row, by column."""
        (row,) = self.rows(expression, watch)
        return dict(zip(expression.columns, row, strict=True))

    def remove(self, table: str, condition: Any, watch: Watch) -> int:
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
        self.create(table, [(f"c{at}", "VARCHAR") for at in range(len(rows[0]))])
        self.insert(table, rows, watch)

    def replace(self, table: str, expression: Any, watch: Watch) -> None:
        """The table becomes the answer of a question that is asked of itself."""
        self._run(f'CREATE OR REPLACE TABLE "{table}" AS {compiled(expression)}', watch)

    def insert_own(self, table: str, rows: Sequence[Sequence[str | int | float]]) -> None:
        """The same for numbers and codes of our own, without the half second that importing Arrow and pandas takes.

        Raises ValueError for any other text: a value of the leak never becomes part of a statement.
        """
        for start in range(0, len(rows), BATCH):
            values = ", ".join(f"({', '.join(own(value) for value in row)})" for row in rows[start : start + BATCH])
            self._run(f'INSERT INTO "{table}" VALUES {values}', Watch())

    def create(self, table: str, columns: Iterable[tuple[str, str]]) -> None:
        """An empty table; `columns`: our own names and engine types. Replaces an older one."""
        listed = tuple(columns)
        shape = ", ".join(f'"{name}" {kind}' for name, kind in listed)
        self._run(f'CREATE OR REPLACE TABLE "{table}" ({shape})', Watch())
        self._schemas[table] = {name: TYPES[kind] for name, kind in listed}

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
        cursor = self._cursor()
        try:
            with watch.interruptible(cursor.interrupt):
                cursor.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
                cursor.execute(
                    f"{into} SELECT * FROM read_csv({literal(SOURCE)}, {nulls}"
                    f"delim = {literal(shape.delimiter)}, quote = {literal(shape.quote)}, "
                    f"escape = {literal(shape.escape or shape.quote)}, header = false, skip = {shape.skip}, auto_detect = false, {buffer}columns = {{{names}}}, store_rejects = true, rejects_limit = 0)"
                )
                refused = cursor.execute(
                    "SELECT line_byte_position, min(error_type::VARCHAR), any_value(csv_line) FROM reject_errors "
                    "GROUP BY line_byte_position ORDER BY line_byte_position"
                ).fetchall()
        except duckdb.Error as error:
            raise trouble_of(error, watch) from None
        finally:
            self._gate.origin = None
            if not append or table not in self._schemas:
                self._schemas[table] = {f"c{at}": "string" for at in range(columns)}
            cursor.close()
        return [Reject(at, reason, text or "") for at, reason, text in refused]

    @contextmanager
    def lent(self, watch: Watch) -> Generator[Any]:
        """A connection of its own for a library that speaks to the engine itself, and takes away what it made. An error of the
        engine is told in our words, though the library wrapped it in its own, which quote it."""
        cursor = self._cursor()
        try:
            with watch.interruptible(cursor.interrupt):
                yield cursor
        except (Cancelled, Trouble):
            raise
        except Exception as error:
            engine = error if isinstance(error, duckdb.Error) else error.__cause__
            if isinstance(engine, duckdb.Error):
                raise trouble_of(engine, watch) from None
            raise
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
            with watch.interruptible(cursor.interrupt):
                return cursor.execute(sql).fetchall()
        except duckdb.Error as error:
            raise trouble_of(error, watch) from None
        finally:
            cursor.close()


@cache
def translator() -> Any:
    """What turns expressions into statements, without a connection of its own. Imported at its first use: it takes as long as
    reading a file of a million rows, and can be had while one is read."""
    from ibis.backends.duckdb import Backend

    return Backend()


def compiled(expression: Any) -> str:
    """The statement that asks for an expression."""
    return translator().compile(expression)


def connect(folder: Path, on_disk: bool, memory: int) -> duckdb.DuckDBPyConnection:
    """An engine that downloads nothing, with spill files encrypted in the private folder."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_unsigned_extensions": "false",
            "python_enable_replacements": "false",
            "memory_limit": f"{memory // MEBIBYTE}MiB",
            "temp_directory": str(folder / "spill"),
            "max_temp_directory_size": SPILL,
        },
    )
    extension = files(duckdb_extension_httpfs) / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    connection.execute(f"LOAD {literal(str(extension))}")
    connection.execute("SET temp_file_encryption = true; SET TimeZone = 'UTC'")
    if on_disk:
        database = literal(str(folder / "ampleur.duckdb"))
        connection.execute(f"ATTACH {database} AS ampleur (ENCRYPTION_KEY {literal(secrets.token_hex(32))})")
        connection.execute("USE ampleur")
    return connection


def lock(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """From here on the engine opens the one stream, the reference set and its own folder, and no setting changes."""
    allowed = [SOURCE, *(str(reference_path(name)) for name in REFERENCE)]
    # No parameters here: the engine imports pandas to read one.
    connection.execute(f"SET allowed_paths = [{', '.join(literal(path) for path in allowed)}]")
    connection.execute(f"SET allowed_directories = [{literal(str(folder) + os.sep)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def reference_path(name: str) -> Path:
    """The file of a reference table."""
    return Path(str(files("resources") / "reference" / f"{name}.parquet"))


def literal(text: str) -> str:
    """One of our own paths, keys or separators as an SQL literal (ATTACH and LOAD take no parameter)."""
    return "'" + text.replace("'", "''") + "'"


def own(value: str | int | float) -> str:
    """A number, or a code of ours (lower-case letters and underscores), as SQL."""
    if isinstance(value, str):
        if not re.fullmatch("[a-z_]{1,40}", value):
            raise ValueError("not a code of ours")
        return literal(value)
    return repr(value)


def trouble_of(error: duckdb.Error, watch: Watch | None = None) -> Exception:
    """The class of an engine error in our own words: its own quote cells."""
    if isinstance(error, duckdb.InterruptException) or (watch is not None and watch.stopped):
        return Cancelled()
    if isinstance(error, duckdb.OutOfMemoryException):
        return Trouble("memory", say("There is not enough memory or disk space for this file. Free some space and try again."))
    if isinstance(error, duckdb.IOException):
        return Trouble("disk", say("The work folder cannot be written, or the disk is full. Free some space and try again."))
    return Trouble("engine", say("The analysis engine refused a step ({kind}). Please report this with the log.",
                                 kind=type(error).__name__))  # fmt: skip


def estimate(size: int) -> bool:
    """Whether a source of `size` bytes is too large to stay in memory."""
    return size * 2 > IN_MEMORY
