"""A Leak and its file in, the line of each of its rows out."""

from array import array
from pathlib import Path

from analysis.formats.containers import container_of
from analysis.formats.sniff import HEAD
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Leak
from analysis.read.careful import records
from analysis.read.leak import files_of
from analysis.read.raw import Whole, open_source
from analysis.read.records import signs_of
from analysis.read.source import Source
from analysis.store import Store

TOLD = 100_000  # rows between two reports of progress


def row_lines(store: Store, leak: Leak, path: Path, watch: Watch) -> "array[int] | None":
    """Line number of each row, in the order of the table; None where a row is no line of a plain text (a workbook, a database, an
    archive, several files read as one). `path`: the file, or the folder that holds it alone."""
    dialect = leak.dialect
    if not leak.in_lines:
        return None
    (path,) = files_of(path)
    with open_source(path) as opened:
        if container_of(opened.read(HEAD)):
            return None
    notes = store.table(leak.notes)
    rejected = {int(line) for (line,) in store.rows(notes.filter(notes.outcome == "rejected").select("line"))}
    signs, width, found = signs_of(dialect), len(leak.columns), array("q")
    source = Source(Whole(path), dialect.encoding)
    try:
        source.look(watch.within(0.0, 0.3))
        source.survey.twice, source.survey.wrapped = dialect.twice, dialect.wrapped
        for number, text, _ in records(source, signs, width):
            if (
                number > dialect.skipped
                and number not in rejected
                and text.replace(dialect.delimiter, "").replace(dialect.quote or " ", "").strip()
            ):
                found.append(number)
                if len(found) % TOLD == 0:
                    watch.tell(say("Finding the lines of the rows"), 0.3 + 0.7 * min(len(found) / leak.rows, 1.0))
    finally:
        source.close()
    return found if len(found) == leak.rows else None
