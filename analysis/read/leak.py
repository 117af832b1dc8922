"""Paths in, Leak out: every table of every file, however it is wrapped, each record of it accounted for."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.formats.sniff import HEAD, format_of
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Asked, Leak, Sheet, Unread
from analysis.read.join import asked_join
from analysis.read.pivot import pivoted
from analysis.read.raw import Whole, open_source
from analysis.read.records import lines_of, signs_of, split
from analysis.read.sheets import STOPPING, digest_of, likely, read_file
from analysis.read.source import Source
from analysis.read.union import unified
from analysis.store import Store

MOST_FILES = 1_000


def read(store: Store, paths: Path | Sequence[Path], watch: Watch, asked: Asked | None = None) -> Leak:
    """One file, several, or a folder in; files of one shape are read as one table. Raises Trouble."""
    given = [paths] if isinstance(paths, Path) else list(paths)
    files = [file for path in given for file in files_of(path)]
    wanted = asked or Asked()
    sheets: list[list[Sheet]] = []
    digests: list[str] = []
    unread: list[Unread] = []
    size = 0
    for at, file in enumerate(files):
        part = watch.within(at / len(files), (at + 1) / len(files))
        try:
            found, digest, length, outside = read_file(store, file, wanted, part)
        except Trouble as trouble:
            if len(files) == 1 or trouble.code in STOPPING:
                raise
            found, (digest, length) = [], fingerprint(file, part)
            outside = [Unread(name_in(given, file), trouble.code, trouble.said)]
        sheets.append(found)
        digests.append(digest)
        unread += outside
        size += length
    whole = unified(store, sheets, watch)
    wide = [sheet for item in whole if (sheet := pivoted(store, item, watch)) is not None]
    whole += [replace(sheet, likely=likely(store, sheet)) for sheet in wide]
    if not whole:
        raise Trouble("no_rows", say("No row of this file could be read as a table."))
    ranked = sorted(whole, key=lambda sheet: (not sheet.ledger.rows, -sheet.likely, -sheet.ledger.rows))
    chosen = (
        next((sheet for sheet in ranked if wanted.table in (sheet.name, sheet.name.rpartition("/")[2])), None)
        if wanted.table
        else ranked[0]
    )
    if chosen is None:
        raise Trouble("no_table", say("There is no table of that name in this file. Its tables are listed by `inspect`."))
    digest = digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    leak = Leak(given[0].name, digest, size, chosen, tuple(ranked), len(files), tuple(unread))
    return asked_join(store, leak, wanted.join, watch) if wanted.join else leak


def pieces(leak: Leak, record: str) -> list[str]:
    """The cells of a record as the ledger quotes it."""
    return split(record, signs_of(leak.dialect))


def with_sheet(leak: Leak, name: str) -> Leak:
    """The same source, looked at through another of its tables."""
    return replace(leak, sheet=next(sheet for sheet in leak.sheets if sheet.name == name))


def first_lines(path: Path, asked: Asked | None = None) -> tuple[str, ...]:
    """The beginning of a text as it stands in the file; nothing for other files."""
    with open_source(path) as opened:
        if format_of(opened.read(HEAD)) != "text":
            return ()
    source = Source(Whole(path), asked.encoding if asked else "")
    try:
        source.glance()
        return tuple(lines_of(source.sample(1 << 14))[:50])
    finally:
        source.close()


def files_of(path: Path) -> list[Path]:
    """The file itself, or the files of a folder and the folders in it."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink() and not file.name.startswith("."))
    if not found:
        raise Trouble("folder", say("This folder holds no file. Choose a file, or a folder of files."))
    if len(found) > MOST_FILES:
        raise Trouble("folder", say("This folder holds more than 1,000 files. Choose the files that matter."))
    return found


def name_in(given: Sequence[Path], file: Path) -> str:
    """A file's name, from the folder on that was given."""
    folder = next((path for path in given if path in file.parents), None)
    return str(file.relative_to(folder)) if folder else file.name


def fingerprint(path: Path, watch: Watch) -> tuple[str, int]:
    """SHA-256 and size of a file that holds no table."""
    with open_source(path) as opened:
        return digest_of(opened, size := path.stat().st_size, watch), size
