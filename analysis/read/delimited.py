"""A text in, its table in the store out: the engine's reader first, the careful one where the engine's account does not add
up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import and_

from analysis.formats.boxes import is_boxed
from analysis.formats.encoding import encoded_twice
from analysis.formats.lines import columns_at, is_keyed, is_logins
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Asked, Dialect
from analysis.read.careful import physical_lines, read_carefully
from analysis.read.counting import matching
from analysis.read.dialect import guess, lines_of, signs_of, split
from analysis.read.engine import AFTER, Account, OtherEncoding, read_in_engine
from analysis.read.rectify import is_ragged, read_rectified
from analysis.read.source import CHECKED, Source
from analysis.read.stream import ordinary
from analysis.read.task import Reading
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.rows import Column

SAMPLE = 1 << 18
MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Understood:
    """A delimited text that is in the store."""

    account: Account
    dialect: Dialect
    columns: tuple[str, ...]
    table: str


def read_text(store: Store, source: Source, asked: Asked, watch: Watch) -> Understood | str:
    """The table; or the name of the reader that suits a text without delimiters."""
    if source.direct and source.size > CHECKED and not source.survey.sha256:
        # A large file is read once: its lines are counted while the engine parses them.
        source.glance()
    elif not source.survey.sha256:
        source.look(watch.within(0.0, 0.3))
        watch = watch.within(0.3, 1.0)
    try:
        found = understood(store, source, asked, watch)
    except OtherEncoding:
        source.look(watch.within(0.3, 0.4), thorough=True)
        found = understood(store, source, asked, watch.within(0.4, 1.0))
    source.unchanged()
    return found


def understood(store: Store, source: Source, asked: Asked, watch: Watch) -> Understood | str:
    """The rows in the store, as the guessed dialect reads them."""
    sample = source.sample(SAMPLE)
    if not source.survey.twice and not asked.encoding and encoded_twice(sample[: 1 << 16]):
        source.survey.twice = True
        sample = source.sample(SAMPLE)
    lines = lines_of(sample)
    if not asked.delimiter and (other := "logins" if is_logins(lines) else "boxed" if is_boxed(lines) else ""):
        return other
    dialect, columns = guess(sample, source.survey.encoding, asked)
    dialect = replace(dialect, twice=source.survey.twice)
    if not asked.delimiter and dialect.delimiter in ("", ":", "=", " ", "|", " | "):
        if is_keyed(lines) and len(columns) < 3:
            return "keyed"
        if dialect.delimiter in ("", " ") and columns_at(lines):
            return "fixed"
    if len(columns) > MOST_COLUMNS:
        raise Trouble("columns", say("This file has more than {most} columns: it is not a table of persons.", most=MOST_COLUMNS))
    table = f"leak_{source.mark}"
    reading = Reading(store, table, source, dialect, len(columns), watch)
    account = fill(reading)
    if dialect.header_rows == 1 and len(columns) > 1:
        headers_again(reading, columns, account)
    return Understood(account, dialect, columns, table)


def headers_again(reading: Reading, columns: tuple[str, ...], account: Account) -> None:
    """Exports that were put together repeat their header between the rows: counted as rejected."""
    store, table, source, dialect = reading.store, reading.table, reading.source, reading.dialect
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


def fill(reading: Reading) -> Account:
    source, dialect, watch = reading.source, reading.dialect, reading.watch
    suits = dialect.delimiter != "" and not dialect.loose
    if source.meter is not None and not suits:
        source.look(watch)
    account = None
    if suits and (source.meter or ordinary(source)):
        if is_ragged(reading):
            account = read_rectified(reading)
            if account is None:
                source.look(watch)
        if account is None and (source.meter or ordinary(source)):
            account = read_in_engine(reading)
    if account is None and not source.survey.sha256:
        source.look(watch)
    survey = source.survey
    if account is None:
        if survey.encoding == "utf-8" and not survey.checked:
            raise OtherEncoding
        account = read_carefully(reading)
    if not account.rows:
        raise Trouble(
            "no_rows",
            say("This file holds a header and no row below it.")
            if dialect.header
            else say("No row of this file could be read as a table."),
        )
    return account
