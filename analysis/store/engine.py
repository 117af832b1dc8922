"""A private folder in, a locked engine out; its errors in, our own words out."""

import os
import re
import secrets
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import duckdb
import duckdb_extension_httpfs

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model.tables import FirstNames, GeoFr, HistoryFr, Names, Vocabulary
from analysis.store.gate import SOURCES

ENGINE = f"duckdb-{duckdb.__version__}"
REFERENCE = (FirstNames, GeoFr, HistoryFr, Names, Vocabulary)
MEBIBYTE = 1 << 20
T = TypeVar("T")
SPILL = "200GiB"
# In memory up to here; a larger estimate goes to an encrypted file at once.
IN_MEMORY = 700 * MEBIBYTE
MEMORY = 1000 * MEBIBYTE
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
    """From here on the engine opens the streams of the gate, the reference set and its own folder, and no setting changes."""
    allowed = [*SOURCES, *(str(reference_path(kind.stage)) for kind in REFERENCE)]
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


def patiently(watch: Watch, cursor: duckdb.DuckDBPyConnection, ask: Callable[[], T]) -> T:
    """The answer of a question that gives way to whatever is wanted first, and is asked again after it."""
    while True:
        watch.wait()
        before = watch.ways
        with watch.interruptible(cursor.interrupt, patient=True):
            if watch.waits:  # since a moment ago: nobody would interrupt what begins now
                continue
            try:
                return ask()
            except duckdb.InterruptException as error:
                if watch.stopped or error.__cause__ is not None or watch.ways == before:  # stopped, or Ctrl+C
                    raise


@contextmanager
def in_our_words(watch: Watch, cursor: duckdb.DuckDBPyConnection) -> Generator[None]:
    """The engine's errors inside as ours, though a library wrapped them in its own, which quote them; Ctrl+C ends the
    question, too."""
    try:
        yield
    except (Cancelled, Trouble):
        raise
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # the engine's form of Ctrl+C, which leaves the question running
            cursor.interrupt()
            raise KeyboardInterrupt from None
        engine = error if isinstance(error, duckdb.Error) else error.__cause__
        if isinstance(engine, duckdb.Error):
            raise trouble_of(engine, watch) from None
        if watch.stopped:  # a library told of the interruption in words of its own
            raise Cancelled from None
        raise


def trouble_of(error: duckdb.Error, watch: Watch | None = None) -> Exception:
    """The class of an engine error in our own words: its own quote cells."""
    if isinstance(error, duckdb.InterruptException) or (watch is not None and watch.stopped):
        return Cancelled()
    if isinstance(error, duckdb.OutOfMemoryException):
        return Trouble("memory", say("There is not enough memory or disk space for this file. Free some space and try again."))
    if isinstance(error, duckdb.IOException):
        return Trouble("disk", say("The work folder cannot be written, or the disk is full. Free some space and try again."))
    return Trouble(
        "engine", say("The analysis engine refused a step ({kind}). Please report this with the log.", kind=type(error).__name__)
    )
