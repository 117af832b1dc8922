"""A text in, its table in the store out: readers are tried in turn until one accounts for every line."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import and_

from analysis.formats.boxes import is_boxed
from analysis.formats.encoding import encoded_twice
from analysis.formats.lines import aligned, is_hits, is_keyed, is_logins, is_ruled
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Asked, Dialect
from analysis.read.careful import physical_lines, read_carefully
from analysis.read.counting import matching
from analysis.read.dialect import guess, is_wrapped
from analysis.read.engine import SHAPED, read_in_engine
from analysis.read.records import lines_of, signs_of, split
from analysis.read.rectify import read_rectified
from analysis.read.repair import fits, rigid_shapes
from analysis.read.source import CHECKED, Source
from analysis.read.task import AFTER, Account, OtherEncoding, Reading
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.rows import Column

SAMPLE = 1 << 18
MOST_COLUMNS = 16_384
MORE = frozenset({"too_many_cells", "delimiter_inside_cell"})
LEAST_GROWN, GROWN, REGULAR = 10, 0.02, 0.8  # rows of another layout: how many, of all, of one width


# Tried in turn, the fastest first: each gives its account, or None where another must read the text.
READERS = (read_rectified, read_in_engine, read_carefully)


def read_text(
    store: Store, source: Source, asked: Asked, watch: Watch, thorough: bool = False, grown: int = 0
) -> tuple[Reading, Account] | str:
    """What was read and where each record went; or the name of the reader that suits a text without delimiters. `grown`: columns,
    where the first lines do not tell all of them."""
    watch = surveyed(source, watch, thorough)
    sample = sample_of(source, asked)
    dialect, columns = guess(sample, source.survey.encoding, asked)
    if not asked.delimiter and (other := reader_of_lines(lines_of(sample), dialect, columns)):
        return other
    if len(columns) > MOST_COLUMNS:
        raise Trouble("columns", say("This file has more than {most} columns: it is not a table of persons.", most=MOST_COLUMNS))
    if grown:
        more = tuple(f"column {at + 1}" for at in range(len(columns), grown))
        dialect, columns = replace(dialect, short=len(columns)), (*columns, *more)
    survey = source.survey
    dialect = replace(dialect, twice=survey.twice, wrapped=survey.wrapped, rival=survey.rival)
    by_hand = {line: columns for _, line, columns in asked.placed}
    reading = Reading(store, source, dialect, columns, watch, by_hand)
    try:
        account = next(account for reader in READERS if (account := tried(reader, reading)) is not None)
    except OtherEncoding:
        store.drop(reading.table)
        return read_text(store, source, asked, watch, thorough=True)
    if not grown and (width := grown_to(reading, account)):
        store.drop(reading.table)
        return read_text(store, source, asked, watch, thorough, width)
    if not account.rows and not dialect.header:
        raise Trouble("no_rows", say("No row of this file could be read as a table."))
    if dialect.header_rows == 1 and len(columns) > 1:
        headers_again(reading, account)
    source.raw.unchanged()
    return reading, account


def surveyed(source: Source, watch: Watch, thorough: bool) -> Watch:
    """Looks at the source as far as it must before it is read; the part of the watch that is left."""
    if thorough:
        source.look(watch.within(0.3, 0.4), thorough=True)
        return watch.within(0.4, 1.0)
    if source.survey.sha256:
        return watch
    if source.raw.whole and source.raw.size > CHECKED:
        # A large file is read once: its lines are counted while the engine parses them.
        source.glance()
        return watch
    source.look(watch.within(0.0, 0.3))
    return watch.within(0.3, 1.0)


def sample_of(source: Source, asked: Asked) -> str:
    """The first characters, as they were meant: letters that were encoded twice, records that stand in one quoted cell each."""
    sample = letters_of(source, asked)
    if source.survey.wrapped or not is_wrapped(lines_of(sample)):
        return sample
    source.survey.wrapped = True
    return source.sample(SAMPLE)


def letters_of(source: Source, asked: Asked) -> str:
    sample = source.sample(SAMPLE)
    if source.survey.twice or asked.encoding or not encoded_twice(sample[: 1 << 16]):
        return sample
    source.survey.twice = True
    return source.sample(SAMPLE)


def reader_of_lines(lines: Sequence[str], dialect: Dialect, columns: tuple[str, ...]) -> str:
    """The reader of the child for a text whose cells no delimiter keeps apart; empty for a delimited one."""
    if is_logins(lines):
        return "logins"
    if is_hits(lines):
        return "hits"
    if is_boxed(lines):
        return "boxed"
    if dialect.delimiter in ("", ":", "=", " ", "|", " | ") and is_keyed(lines) and len(columns) < 3:
        return "keyed"
    return "fixed" if (dialect.delimiter in ("", " ") and aligned(lines)[0]) or is_ruled(lines) else ""


def tried(reader: Callable[[Reading], Account | None], reading: Reading) -> Account | None:
    """The reader's account. Where the engine gives up on the way, the whole is looked at anew and the next one reads it; the
    last one has nobody behind it."""
    source = reading.source
    try:
        account = reader(reading)
    except Trouble as trouble:
        if trouble.code in ("memory", "disk") or reader is READERS[-1]:
            raise
        source.raw.unchanged()
        source.measured()
        source.survey.sha256, account = "", None
    if account is None and source.meter is None and not source.survey.sha256:
        source.look(reading.watch)
    return account


def grown_to(reading: Reading, account: Account) -> int:
    """How many columns a table has from some row on, which the first lines did not show; 0 where it has no more than they. What
    happens to many rows in the same way is no slip but another layout."""
    wide = [text for _, _, reason, text, _ in account.notes if reason in MORE]
    if len(wide) < max(LEAST_GROWN, GROWN * account.rows):
        return 0
    signs, width = signs_of(reading.dialect), reading.width
    shapes = rigid_shapes(reading.store.rows(reading.store.table(reading.table).limit(SHAPED)), width)
    rows = [split(text, signs) for text in wide]
    widths = Counter(len(cells) for cells in rows if all(map(fits, cells[:width], shapes)))
    most, count = widths.most_common(1)[0] if widths else (0, 0)
    return most if count >= REGULAR * len(wide) else 0


def headers_again(reading: Reading, account: Account) -> None:
    """Exports that were put together repeat their header between the rows: counted as rejected."""
    store, table, source, dialect = reading.store, reading.table, reading.source, reading.dialect
    columns = reading.columns
    rows = store.table(table)

    def again(some: Sequence[str]) -> Column:
        return balanced(and_, [rows[cell].fill_null("") == name for cell, name in zip(some, columns, strict=False)])

    if matching(store, rows.filter(rows.c0 == columns[0]), again, reading.watch) and account.rows > 1:
        removed = store.remove(table, again(rows.columns), reading.watch)
        account.rows -= removed
        signs = signs_of(dialect)
        lines = [
            number
            for number, line, _ in physical_lines(source)
            if number > dialect.skipped and line.startswith(columns[0]) and tuple(split(line, signs)) == columns
        ]
        numbers = lines if len(lines) == removed else [0] * removed  # 0: a header that is written otherwise
        account.notes += [(number, "rejected", "header_again", AFTER.join(columns), None) for number in numbers]
