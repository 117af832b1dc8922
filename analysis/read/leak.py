"""Source in, Leak out: the engine's reader first, the careful one where the engine's account does not add up."""

from collections import Counter
from pathlib import Path

from analysis.errors import Trouble
from analysis.model import Dialect, Leak, Ledger
from analysis.read.careful import read_carefully
from analysis.read.dialect import guess
from analysis.read.engine import Account, OtherEncoding, read_in_engine
from analysis.read.source import LONG_LINE, Source
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import say

SAMPLE = 1 << 18
MOST_COLUMNS = 16_384
NOTES = (("line", "BIGINT"), ("outcome", "VARCHAR"), ("reason", "VARCHAR"), ("before", "VARCHAR"), ("after", "VARCHAR"))


def read(store: Store, path: Path, watch: Watch) -> Leak:
    """Delimited text of UTF-8, UTF-16 or Windows-1252 in; every record accounted for. Raises Trouble."""
    source = Source(path)
    try:
        source.look(watch.within(0.0, 0.3))
        try:
            account, dialect, columns, table = understood(store, source, watch.within(0.3, 1.0))
        except OtherEncoding:
            source.look(watch.within(0.3, 0.4), thorough=True)
            account, dialect, columns, table = understood(store, source, watch.within(0.4, 1.0))
        source.unchanged()
        return leak_of(store, source, dialect, columns, account, table)
    finally:
        source.close()


def understood(store: Store, source: Source, watch: Watch) -> tuple[Account, Dialect, tuple[str, ...], str]:
    """The rows in the store, as the guessed dialect reads them."""
    dialect, columns = guess(source.sample(SAMPLE), source.survey.encoding)
    if len(columns) > MOST_COLUMNS:
        raise Trouble("columns", say("This file has more than {most} columns: it is not a table of persons.", most=MOST_COLUMNS))
    table = f"leak_{source.survey.sha256[:16]}"
    return fill(store, table, source, dialect, len(columns), watch), dialect, columns, table


def fill(store: Store, table: str, source: Source, dialect: Dialect, width: int, watch: Watch) -> Account:
    survey = source.survey
    plain = not (survey.nul or survey.lone_returns or survey.longest > LONG_LINE or dialect.delimiter == "" or dialect.loose)
    account = read_in_engine(store, table, source, dialect, width, watch) if plain else None
    if account is None:
        if survey.encoding == "utf-8" and not survey.checked:
            raise OtherEncoding
        account = read_carefully(store, table, source, dialect, width, watch)
    if not account.rows:
        raise Trouble("no_rows", say("This file holds a header and no row below it.") if dialect.header else
                      say("No row of this file could be read as a table."))  # fmt: skip
    return account


def leak_of(store: Store, source: Source, dialect: Dialect, columns: tuple[str, ...], account: Account, table: str) -> Leak:
    notes = f"{table}_notes"
    store.create(notes, NOTES)
    store.insert(notes, account.notes)
    reasons = Counter(reason for _, _, reason, *_ in account.notes)
    rejected = sum(outcome == "rejected" for _, outcome, *_ in account.notes)
    repaired = len(account.notes) - rejected
    ledger = Ledger(
        physical_lines=source.survey.lines,
        records_read=account.records,
        header=dialect.header_rows,
        preamble=dialect.preamble,
        blank=account.blank,
        kept=account.rows - repaired,
        repaired=repaired,
        rejected=rejected,
        reasons=tuple(sorted(reasons.items())),
    )
    assert ledger.balanced, "a record is unaccounted for"
    return Leak(
        name=source.path.name,
        sha256=source.survey.sha256,
        size=source.survey.size,
        format="delimited",
        dialect=dialect,
        columns=columns,
        ledger=ledger,
        table=table,
        notes=notes,
    )
