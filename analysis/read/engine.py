"""The engine's own reader, with its account checked against an independent count of the file's lines."""

from collections import deque
from dataclasses import dataclass
from operator import add

from analysis.ground.watch import Watch
from analysis.model import Dialect
from analysis.read.counting import count
from analysis.read.records import Signs, signs_of, split
from analysis.read.repair import Mended
from analysis.read.source import Source, in_lines
from analysis.read.stream import Text, ordinary, shape_for
from analysis.read.task import Account, OtherEncoding, Reading, cells_of, note
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.gate import Reject

SHAPED = 2000  # rows that teach the shapes of the columns
MOST_REFUSED = 200_000  # beyond, the dialect was guessed wrong or the careful reader does better


def read_in_engine(reading: Reading) -> Account | None:
    """None where the text does not suit the engine, or its account does not add up to the lines of the file."""
    source = reading.source
    if not (suits(reading.dialect) and (source.meter or ordinary(source))):
        return None
    text = Text(source, reading.watch, reading.dialect.delimiter, width=reading.width)
    shape = shape_for(source, reading.dialect)
    refused = reading.store.read_delimited(reading.table, text, reading.width, shape, reading.watch)
    if text.crowded and source.meter is None:
        return None
    if source.meter is not None and not (source.measured() and ordinary(source)):
        source.raw.unchanged()
        return None
    survey = source.survey
    # The engine says so of a letter behind a closing quote, too: a text that was looked at as a whole is what it is.
    unsure = survey.encoding == "utf-8" and not (survey.invalid or survey.checked)
    if unsure and any(item.reason == "INVALID ENCODING" for item in refused):
        raise OtherEncoding
    if len(refused) > MOST_REFUSED:
        return None
    return reconciled(reading, Given(refused, text.delimiters))


def suits(dialect: Dialect) -> bool:
    """Whether the engine has a way to say how this text is written."""
    return dialect.delimiter != "" and not dialect.loose


@dataclass(frozen=True, slots=True)
class Given:
    """What the engine gave back, and the delimiters that it was given."""

    refused: list[Reject]
    delimiters: int


def reconciled(reading: Reading, given: Given) -> Account | None:
    """The engine's rows held against an independent count of lines and delimiters; the refused lines mended in their place."""
    store, table, width, watch = reading.store, reading.table, reading.width, reading.watch
    source, dialect = reading.source, reading.dialect
    skip = dialect.skipped
    quoted = source.survey.quotes > 0 or dialect.quote != '"'
    engine_rows, breaks = count(store, table, width, "\n" if quoted else "", watch)
    lines = refused_lines(source, given.refused)
    if lines is None:
        return None
    empty = source.survey.empty - blank_preamble(source, dialect)
    if skip + empty + engine_rows + breaks + len(lines) != source.survey.lines:
        return None
    inside = count(store, table, width, dialect.delimiter, watch)[1] if quoted else 0
    outside = sum(refusal.text.count(dialect.delimiter) for refusal in given.refused) + head_delimiters(source, dialect, skip)
    shortened: list[tuple[int, str, int]] = []
    if missing := given.delimiters - ((width - 1) * engine_rows + inside + outside):
        # The engine passes over empty cells at the end of a row without a word: such lines are looked for.
        known = {number for number, _ in lines}
        shortened = [item for item in overlong_lines(source, dialect, width) if item[0] not in known]
        if sum(extra for *_, extra in shortened) != missing:
            return None
    account = Account(records=source.survey.lines - breaks - (dialect.header_lines - dialect.header_rows), blank=empty)
    account.blank += sum(not text.strip() for _, text in lines)
    signs = signs_of(dialect)
    account.notes += [note(number, "extra_delimiter_at_end", text, split(text, signs)[:width]) for number, text, _ in shortened]
    account.rows = engine_rows
    if mended := mended_rows(reading, [(at, text) for at, text in lines if text.strip()], account):
        account.rows += len(mended)
        asides = sorted({number for number, _ in lines} | set(empty_lines(source, skip) if empty else ()))
        put_in_place(
            store,
            table,
            mended,
            dict(zip(asides, rows_before(asides, skip, tall_rows(store, table, width) if breaks else []), strict=True)),
            watch,
        )
    account.without_blank_rows(reading)
    return account


def refused_lines(source: Source, refused: list[Reject]) -> list[tuple[int, str]] | None:
    """Number and text of each physical line inside the refused records (empty lines left out); None if one is not where
    the engine says."""
    if not refused:
        return []
    wanted = iter(refused)
    reject = next(wanted, None)
    found: list[tuple[int, str]] = []
    start, number = 0, 1
    for block in source.utf8():
        counted = 0
        while reject is not None and reject.at - 1 < start + len(block):
            number += block.count(b"\n", counted, reject.at - 1 - start)
            counted = reject.at - 1 - start
            for offset, text in enumerate(reject.text.split("\n")):
                if text.rstrip("\r"):
                    found.append((number + offset, text.rstrip("\r")))
            reject = next(wanted, None)
        number += block.count(b"\n", counted)
        start += len(block)
    return found if reject is None else None


def overlong_lines(source: Source, dialect: Dialect, width: int) -> list[tuple[int, str, int]]:
    """Number, text and empty cells too many of the lines that the engine's reader shortened without a word."""
    import numpy as np

    signs, sign = signs_of(dialect), dialect.delimiter.encode()
    if len(sign) != 1:
        return []
    found: list[tuple[int, str, int]] = []
    number = 0
    for text in in_lines(source.utf8()):
        raw = np.frombuffer(text, np.uint8)
        ends = np.flatnonzero(raw == 10)
        if len(ends):
            starts = np.concatenate(([0], ends[:-1] + 1))
            counts = np.add.reduceat((raw == sign[0]).astype(np.int32), starts)
            for at in np.flatnonzero(counts >= width).tolist():
                add_overlong(found, number + at + 1, text[starts[at] : ends[at]], signs, width)
        number += len(ends)
        if not text.endswith(b"\n"):
            add_overlong(found, number + 1, text[text.rfind(b"\n") + 1 :], signs, width)
    return [item for item in found if item[0] > dialect.skipped]


def add_overlong(found: list[tuple[int, str, int]], number: int, line: bytes, signs: Signs, width: int) -> None:
    text = line.decode("utf-8", "replace").rstrip("\r")
    cells = split(text, signs)
    if len(cells) > width and not any(cells[width:]):
        found.append((number, text, len(cells) - width))


def head_delimiters(source: Source, dialect: Dialect, skip: int) -> int:
    """Delimiters in the lines before the data."""
    return sum(line.count(dialect.delimiter) for line in source.sample(1 << 18).split("\n")[:skip])


def blank_preamble(source: Source, dialect: Dialect) -> int:
    """Empty lines among those before the header."""
    if not dialect.preamble:
        return 0
    return sum(not line.strip("\r") for line in source.sample(1 << 18).split("\n")[: dialect.preamble])


def mended_rows(reading: Reading, lines: list[tuple[int, str]], account: Account) -> list[tuple[int, tuple[str, ...]]]:
    """Mends the refused lines or rejects them, each with its number and reason; number and row of those that are rows now."""
    if not lines:
        return []
    store = reading.store
    mender = reading.mender(store.rows(store.table(reading.table).limit(SHAPED)))
    rows: list[tuple[int, tuple[str, ...]]] = []
    waiting = deque(lines)
    while waiting:
        number, text = waiting.popleft()
        whole = mender.whole(number, text, waiting[0][1]) if waiting and waiting[0][0] == number + 1 else ""
        if whole:
            waiting.popleft()
            account.records -= 1
            mended = Mended(tuple(split(whole, mender.signs)), "line_break")
        else:
            mended = mender.row(number, text)
        if mended.row is not None and not any(cell.strip() for cell in mended.row):
            account.blank += 1
            continue
        row = cells_of(mended)
        if mended.reason:
            account.notes.append(note(number, mended.reason, text, row))
        if row is not None:
            rows.append((number, row))
    return rows


def put_in_place(store: Store, table: str, rows: list[tuple[int, tuple[str, ...]]], before: dict[int, int], watch: Watch) -> None:
    """Mended rows go where they stood. `before`: rows above each of them, by the number of its line."""
    aside = f"{table}_mended"
    store.drop(aside)
    store.insert_text(aside, [(str(before[number]), str(number), *row) for number, row in rows], watch)
    theirs, ours = store.table(table), store.table(aside)
    columns = theirs.columns
    placed = theirs.mutate(place=theirs.rowid() * 2 + 1, line=theirs.rowid() * 0).union(
        ours.select(
            **{name: ours[f"c{at + 2}"] for at, name in enumerate(columns)},
            place=ours.c0.cast("int64") * 2,
            line=ours.c1.cast("int64"),
        )
    )
    store.replace(table, placed.order_by(["place", "line"]).drop("place", "line"), watch)
    store.drop(aside)


def tall_rows(store: Store, table: str, width: int) -> list[tuple[int, int]]:
    """Place of the rows that take several lines, and how many more than one."""
    rows = store.table(table)
    cells = [rows[f"c{at}"] for at in range(width)]
    more = balanced(add, [(cell.length() - cell.replace("\n", "").length()).fill_null(0) for cell in cells])
    found = rows.select(row=rows.rowid(), more=more).filter(lambda t: t.more > 0).order_by("row")
    return [(int(row), int(more)) for row, more in store.rows(found)]


def empty_lines(source: Source, skipped: int) -> list[int]:
    """Numbers of the lines without a character, below the header."""
    found: list[int] = []
    number = 0
    for text in in_lines(source.utf8()):
        *lines, _ = text.split(b"\n")
        found += [number + at for at, line in enumerate(lines, 1) if line in (b"", b"\r")]
        number += len(lines)
    return [line for line in found if line > skipped]


def rows_before(asides: list[int], skipped: int, tall: list[tuple[int, int]]) -> list[int]:
    """For each line that is no row of the engine's table (sorted numbers), how many rows stand before it. `tall`: rows that
    take several lines, and how many more."""
    found: list[int] = []
    row, at = 0, skipped + 1
    waiting = iter([*tall, (1 << 62, 0)])
    next_tall, more = next(waiting)
    for aside in asides:
        while row + (aside - at) > next_tall:
            at += next_tall - row + 1 + more
            row = next_tall + 1
            next_tall, more = next(waiting)
        row += aside - at
        at = aside + 1
        found.append(row)
    return found
