"""The only file that names an engine: Ibis expressions over embedded DuckDB, locked, encrypted whenever it touches a disk.

Tables are named by the question that made them, so the same question is answered once.
"""

import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import duckdb

from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model.tables import Kept, Kind, Table
from analysis.store.delimited import ENGINE_LINE, FORGET, REFUSED, selected
from analysis.store.engine import (
    ENGINE_TYPES,
    MEMORY,
    TYPES,
    connect,
    in_our_words,
    literal,
    lock,
    own,
    patiently,
    reference_path,
    trouble_of,
)
from analysis.store.gate import Gate, Origin, Reject, Shape, Written
from analysis.store.held import Held, name_of
from analysis.store.rows import Column, Rows
from analysis.store.statements import Prepared, compiled, evenly, looked_up
from analysis.store.vault import Vault

BATCH = 20_000  # rows of one statement


class Store:
    """One database for one leak. Methods may be called from several threads; each query has a cursor of its own."""

    def __init__(self, *, on_disk: bool = False, memory: int = MEMORY, root: Path | None = None) -> None:
        self._vault = Vault(root)
        self.on_disk = on_disk
        self._held = Held()
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

    def table(self, name: str) -> Rows:
        """A table of the store, as an Ibis expression; asks the engine nothing, so any thread may call it."""
        import ibis

        return ibis.table(self._held.schema(name), name=name)

    def names(self) -> frozenset[str]:
        """The tables and views that it holds."""
        return self._held.names()

    def reference(self, kind: type[Table]) -> Rows:
        """A table of the committed reference set, loaded at its first use."""
        name = kind.stage
        with self._loading:
            if not self._held.use(name):
                path = literal(str(reference_path(name)))
                self._run(f"CREATE TABLE IF NOT EXISTS {name} AS SELECT * FROM read_parquet({path})", Watch())
                columns = self._run(f"SELECT name, type FROM pragma_table_info({literal(name)})", Watch())
                self._held.know(name, {column: TYPES[kind] for column, kind in columns})
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
        if not self._held.use(name):
            with self.alone(name, watch):
                if not self._held.use(name):
                    self._run(f'CREATE {form} IF NOT EXISTS "{name}" AS {sql}', watch)
                    schema = {column: str(kind) for column, kind in expression.schema().items()}
                    self._held.know(name, schema, question=True, view=sql if form == "VIEW" else "")
        return name

    def alone(self, name: str, watch: Watch) -> AbstractContextManager[None]:
        """Who asks the same question at the same time waits for the first one's answer: the engine refuses to make one table
        twice at once, and a table that two fill holds everything twice."""
        return self._held.alone(name, watch)

    def turn(self) -> None:
        """Something else is asked from now on."""
        self._held.turn()

    def unneeded(self, needed: Iterable[str], turns: int) -> Callable[[Watch], None] | None:
        """Forgets the answers that were used in none of the last turns and stand behind nothing that is needed: asked again, they
        are made again. What is returned takes them out of the memory, which can take a while; None: there are none."""
        gone = self._held.unused(needed, turns)
        if not gone:
            return None

        return lambda watch: self._drop(gone, watch)

    def _drop(self, gone: Iterable[tuple[str, bool]], watch: Watch) -> None:
        """Takes away what was forgotten, and was not made again meanwhile; `gone`: names, and whether they were views."""
        for name, was_view in gone:
            with self.alone(name, watch):
                if name not in self._held:
                    self._run(f'DROP {"VIEW" if was_view else "TABLE"} IF EXISTS "{name}"', watch)

    @contextmanager
    def scratch(self) -> Generator[set[str]]:
        """Forgets every table that is made inside (by this thread, or in its context), but those whose names are put into the
        set."""
        kept = set[str]()
        with self._held.passing() as made:
            try:
                yield kept
            finally:
                self._drop(self._held.passed(made, kept), Watch())

    def spread(self, table: str, total: int, wanted: int, watch: Watch) -> str:
        """The name of a table of about `wanted` rows of another of `total`, evenly spaced and always the same."""
        name = f"spread{wanted}_{table}"
        with self.alone(name, watch):
            self._run(f'CREATE OR REPLACE TABLE "{name}" AS {evenly(table, total, wanted)}', watch)
        self._held.know(name, self._held.schema(table))
        return name

    def drop(self, name: str) -> None:
        """Forgets a table that only led to another."""
        form = "VIEW" if self._held.forget(name) else "TABLE"
        self._run(f'DROP {form} IF EXISTS "{name}"', Watch())

    def rows(self, expression: Rows, watch: Watch | None = None) -> list[tuple[Any, ...]]:
        """A small result."""
        return self._run(compiled(expression), watch or Watch())

    def answer(self, prepared: Prepared, tables: Mapping[str, str], watch: Watch) -> list[dict[str, Any]]:
        """A small result about these tables; each row by column."""
        return [dict(zip(prepared.columns, row, strict=True)) for row in self.tuples(prepared, tables, watch)]

    def tuples(self, prepared: Prepared, tables: Mapping[str, str], watch: Watch) -> list[tuple[Any, ...]]:
        """The same, each row in the order of the columns."""
        for name in tables.values():
            self._held.use(name)
        return self._run(prepared.about(tables), watch)

    def batches(self, expression: Rows, watch: Watch) -> Generator[Any]:
        """A large result as record batches of Arrow."""
        with self.lent(watch) as cursor:
            yield from cursor.execute(compiled(expression)).to_arrow_reader(BATCH)

    def lines(self, table: str, columns: Sequence[str], rows: Sequence[int], watch: Watch) -> list[tuple[Any, ...]]:
        """Rows of a table by their numbers: the number, then the columns (NULL for one without a name). In no order."""
        self._held.use(table)
        return self._run(looked_up(table, columns, sorted(map(int, rows))), watch) if rows else []

    def stream(self, expression: Rows, watch: Watch) -> Generator[tuple[Any, ...]]:
        """A large result, some thousands of rows at a time."""
        with self.lent(watch) as cursor:
            cursor.execute(compiled(expression))
            while rows := cursor.fetchmany(BATCH):
                yield from rows

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
        self._held.know(table, {column: str(kind) for column, kind in expression.schema().items()})

    def drop_column(self, table: str, column: str) -> None:
        self._run(f'ALTER TABLE "{table}" DROP COLUMN "{column}"', Watch())
        self._held.know(table, {name: kind for name, kind in self._held.schema(table).items() if name != column})

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
        with self.alone(name, Watch()):  # nobody sees it half filled
            if not self._held.use(name):
                self.create(name, kind)
                insert(name, rows)
                self._held.know(name, dict(kind.columns), question=True)
        return Kept(name)

    def create(self, table: str, columns: type[Table] | Mapping[str, str]) -> None:
        """An empty table of a kind, or of names and Ibis types. Replaces an older one."""
        wanted = columns if isinstance(columns, Mapping) else columns.columns
        shape = ", ".join(f'"{name}" {ENGINE_TYPES[kind]}' for name, kind in wanted.items())
        self._run(f'CREATE OR REPLACE TABLE "{table}" ({shape})', Watch())
        self._held.know(table, dict(wanted))

    def read_delimited(
        self, table: str, source: Origin, columns: int, shape: Shape, watch: Watch, append: bool = False
    ) -> list[Reject]:
        """Delimited text into `table`, all columns as text c0 ... cN; the records that were refused. `append`: more rows of
        a table that may exist."""
        more = append and self._held.use(table)
        into = f'INSERT INTO "{table}"' if more else f'CREATE OR REPLACE TABLE "{table}" AS'
        try:
            with self._gate.opened(source, watch) as path, self.lent(watch) as cursor:
                cursor.execute(FORGET)
                cursor.execute(f"{into} {selected(path, columns, shape)}")
                refused = cursor.execute(REFUSED).fetchall()
        finally:
            if not more:
                self._held.know(table, {f"c{at}": "string" for at in range(columns + bool(shape.parted))})
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
