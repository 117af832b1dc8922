"""SQLite, Parquet, ORC and Avro in, their tables out. Opened read-only; no schema of the file is trusted."""

import sqlite3
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from analysis.formats.nested import flat, text_of
from analysis.formats.out import Out

BATCH = 5_000
LARGEST = 1 << 30  # bytes of a database held in memory


def read_sqlite(file: BinaryIO, out: Out) -> None:
    data = file.read(LARGEST)
    database = sqlite3.connect(":memory:")
    # A database in write-ahead mode cannot be opened from memory: its two version bytes say so, and its main file is whole.
    database.deserialize(data[:18] + b"\x01\x01" + data[20:])
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    names = [
        row[0]
        for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
    ]
    for done, name in enumerate(names):
        cursor = database.execute(f"SELECT * FROM {quoted(name)}")
        table = out.table(name, [column[0] for column in cursor.description or ()])
        table.foreign = foreign_of(database, name)
        number = 0
        while rows := cursor.fetchmany(BATCH):
            out.rows_alike(name, list(map(texts, rows)), number + 1)
            number += len(rows)
        out.progress((done + 1) / len(names))


def foreign_of(database: sqlite3.Connection, name: str) -> list[tuple[str, str, str]]:
    """Column, the table that it refers to, and the column there; keys of several columns are none of one."""
    found = database.execute(f"PRAGMA foreign_key_list({quoted(name)})").fetchall()
    several = {number for number, place, *_ in found if place}
    return [(column, table, there or "") for number, _, table, column, there, *_ in found if number not in several]


def texts(row: Sequence[object]) -> list[str]:
    """The values of a row as texts; most are texts already."""
    return [value if type(value) is str else text_of(value) or "" for value in row]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def read_parquet(file: BinaryIO, out: Out) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = pq.ParquetFile(file)
    total, done = max(source.metadata.num_rows, 1), 0
    nested = any(pa.types.is_nested(field.type) for field in source.schema_arrow)
    out.table("table", () if nested else source.schema_arrow.names)
    for batch in source.iter_batches(BATCH):
        if nested:
            for at, record in enumerate(batch.to_pylist()):
                out.record("table", flat(record), done + at + 1)
        else:
            columns: list[list[Any]] = [column.to_pylist() for column in batch.columns]
            out.rows_alike("table", list(map(texts, zip(*columns, strict=True))), done + 1)
        done += batch.num_rows
        out.progress(done / total)


def read_avro(file: BinaryIO, out: Out) -> None:
    import fastavro

    for number, record in enumerate(fastavro.reader(file), 1):
        out.record("table", flat(cast(Any, record)), number)


def read_orc(file: BinaryIO, out: Out) -> None:
    import pyarrow.orc

    source = pyarrow.orc.ORCFile(file)
    out.table("table")
    number = 0
    for stripe in range(source.nstripes):
        batch = cast(Any, source.read_stripe(stripe))
        for start in range(0, batch.num_rows, BATCH):
            for record in batch.slice(start, BATCH).to_pylist():
                number += 1
                out.record("table", flat(record), number)
        out.progress((stripe + 1) / source.nstripes)
