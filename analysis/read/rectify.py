"""A text with lines of another width in, a table in the store out: such lines are mended on their way to the engine's reader,
where they stand, so that the rows keep the order of the file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analysis.model import Dialect
from analysis.read.engine import MOST_REFUSED, SHAPED, suits
from analysis.read.records import lines_of, signs_of, split
from analysis.read.repair import Mended, Mender
from analysis.read.source import in_lines
from analysis.read.stream import LONG_LINE, Text, ordinary, shape_for
from analysis.read.task import SURPLUS, Account, Note, Reading, cells_of, note

if TYPE_CHECKING:
    import numpy as np

SAMPLE = 1 << 18
BLANK = Mended((), "")


def read_rectified(reading: Reading) -> Account | None:
    """None where every line is as wide as it should, or the text turns out to need more than that: quoted line breaks,
    quotes that nothing closes."""
    store, table, source, dialect, width = reading.store, reading.table, reading.source, reading.dialect, reading.width
    if not (suits(dialect) and (source.meter or ordinary(source)) and is_ragged(reading)):
        return None
    lines = lines_of(source.sample(SAMPLE), SHAPED)[dialect.skipped :]
    signs = signs_of(dialect)
    rows = [cells for line in lines if len(cells := split(line, signs)) == width]
    rectifier = Rectifier(dialect, width, reading.mender(rows))
    text = Text(source, reading.watch, through=rectifier.blocks)
    if source.meter is not None:
        source.meter.counter = None
    refused = store.read_delimited(table, text, width, replace(shape_for(source, dialect), parted=SURPLUS), reading.watch)
    complete = source.meter is None or source.measured()
    source.raw.unchanged()
    if refused or rectifier.gave_up or not complete:
        source.survey.sha256 = ""
        return None
    if not rectifier.surplus:
        store.drop_column(table, f"c{width}")
    source.survey.lines = rectifier.lines
    found = store.table(table)
    kept = int(store.one(found.aggregate(n=found.count()), reading.watch)["n"])
    if dialect.skipped + kept + rectifier.rejected + rectifier.blank + rectifier.joined != source.survey.lines:
        source.survey.sha256 = ""
        return None
    records = source.survey.lines - rectifier.joined - (dialect.header_lines - dialect.header_rows)
    account = Account(kept, records, rectifier.blank, rectifier.notes)
    account.without_blank_rows(reading)
    return account


def is_ragged(reading: Reading) -> bool:
    """Whether lines of another width stand among the first ones, and no record spans several lines there."""
    source, dialect, width = reading.source, reading.dialect, reading.width
    if len(dialect.delimiter.encode()) != 1 or len(dialect.quote) != 1 or dialect.escape or dialect.loose or width < 2:
        return False
    lines = lines_of(source.sample(SAMPLE), SHAPED)[dialect.skipped :]
    if any(line.count(dialect.quote) % 2 for line in lines):
        return False
    signs = signs_of(dialect)
    return any(line.strip() and len(split(line, signs)) != width for line in lines)


@dataclass(slots=True)
class Rectifier:
    """Blocks of UTF-8 in, blocks in which every line is a row out; the rest is noted with its line number."""

    dialect: Dialect
    width: int
    mender: Mender
    notes: list[Note] = field(default_factory=list[Note])
    rejected: int = 0
    blank: int = 0
    joined: int = 0  # lines that went on with the one above
    surplus: bool = False  # whether any row has more than its columns hold
    gave_up: bool = False
    lines: int = 0  # so far

    def blocks(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for lines in in_lines(blocks):
            if self.gave_up:
                continue  # read to its end all the same: what is read is measured
            if not lines.endswith(b"\n"):
                lines = lines.removesuffix(b"\r") + b"\n"
            # The engine stumbles over two kinds of line ends.
            yield self._rectified(lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines)

    def _unusual(self, text: bytes, stops: "np.ndarray") -> bool:
        """What the engine's reader does not take: NUL, a line ended by a lone CR, a line that is too long."""
        import numpy as np

        return b"\0" in text or b"\r" in text or int(np.diff(stops, prepend=0).max()) > LONG_LINE

    def _rectified(self, text: bytes) -> bytes:
        import numpy as np

        raw = np.frombuffer(text, np.uint8)
        signs = np.flatnonzero((raw == 10) | (raw == ord(self.dialect.delimiter)))
        ends = np.flatnonzero(raw[signs] == 10)
        counts = np.diff(ends, prepend=-1) - 1  # delimiters of each line
        stops = signs[ends]
        self.gave_up = self.gave_up or self._unusual(text, stops)
        first = max(self.dialect.skipped - self.lines, 0)
        odd = np.flatnonzero(counts != self.width - 1)
        quoted = self._quoted(raw, stops) if self.dialect.quote.encode() in text else frozenset[int]()
        pieces: list[bytes] = []
        at = 0
        torn = {line for line in odd[odd >= first].tolist() if line not in quoted}  # the engine judges what is quoted
        for line in sorted(torn):
            begin, end = (int(stops[line - 1]) + 1 if line else 0), int(stops[line])
            if begin < at:
                continue  # the second half of a record
            number = self.lines + line + 1
            row = self._whole(number, text[begin:end], text[end + 1 : int(stops[line + 1])]) if line + 1 in torn else b""
            end = int(stops[line + 1]) if row else end
            pieces += [text[at:begin], row or self._mended(number, text[begin:end])]
            at = end + 1
        self.lines += len(ends)
        return b"".join([*pieces, text[at:]]) if pieces else text

    def _quoted(self, raw: "np.ndarray", stops: "np.ndarray") -> frozenset[int]:
        """The lines that hold quotes; one that does not close them is for another reader."""
        import numpy as np

        places = np.searchsorted(stops, np.flatnonzero(raw == ord(self.dialect.quote)))
        lines, counts = np.unique(places, return_counts=True)
        self.gave_up = self.gave_up or bool((counts % 2).any())
        return frozenset(lines.tolist())

    def _whole(self, number: int, line: bytes, following: bytes) -> bytes:
        """Two lines that are one record; nothing where they are not."""
        first, second = line.decode("utf-8", "replace"), following.decode("utf-8", "replace")
        if not (text := self.mender.whole(number, first, second)):
            return b""
        row = tuple(split(text, self.mender.signs))
        self.notes.append(note(number, "line_break", f"{first}\n{second}", row))
        self.joined += 1
        return self._written(row) + b"\n"

    def _mended(self, number: int, line: bytes) -> bytes:
        text = line.decode("utf-8", "replace")
        found = self.mender.row(number, text) if text.strip() else BLANK
        if found.row is not None and not any(map(str.strip, found.row)):
            self.blank += 1
            return b""
        row = cells_of(found)
        self.surplus = self.surplus or bool(found.surplus)
        if found.reason:
            self.notes.append(note(number, found.reason, text, row))
        self.gave_up = self.gave_up or len(self.notes) > MOST_REFUSED
        if row is None:
            self.rejected += 1
            return b""
        return self._written(row) + b"\n"

    def _written(self, row: tuple[str, ...]) -> bytes:
        plain = self.dialect.delimiter.join(row)
        if plain.count(self.dialect.delimiter) == self.width - 1 and self.dialect.quote not in plain:
            return plain.encode()
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=self.dialect.delimiter, quotechar=self.dialect.quote, lineterminator="").writerow(row)
        return buffer.getvalue().encode()
