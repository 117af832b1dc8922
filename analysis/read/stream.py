"""A source in, the text as the engine reads it out: UTF-8, one direction, its delimiters counted on the way."""

import io
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import cast

from analysis.formats.out import MOST_COLUMNS
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Dialect
from analysis.read.source import Source
from analysis.store.gate import Shape

# A line longer than the engine's reader takes goes to the careful reader.
LONG_LINE = 1 << 20
SPAN = 1 << 16  # bytes that hold a line end in nearly every text
MOST_SIGNS = 2 * MOST_COLUMNS  # delimiters of a line
MOST_QUOTED = 1 << 31  # bytes that the engine may copy to say what is wrong with lines
AHEAD = 24  # blocks of 1 MiB
SHARE = 0.9  # of the progress
ENDLESS = 1 << 40  # the size of a text whose length in UTF-8 is not known

Through = Callable[[Iterator[bytes]], Iterator[bytes]]


def shape_for(source: Source, dialect: Dialect) -> Shape:
    """How the engine is to cut this text, and about how long its lines are."""
    sample = source.sample(1 << 16)
    line = len(sample.encode()) // max(sample.count("\n"), 1)
    return Shape(dialect.delimiter, dialect.quote, dialect.escape, dialect.skipped, line=line)


def ahead(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks, made on a thread of their own while the engine is busy with the former ones."""
    with ThreadPoolExecutor(1, "blocks") as worker:
        coming = deque(worker.submit(next, blocks, None) for _ in range(AHEAD))
        try:
            while (block := coming.popleft().result()) is not None:
                coming.append(worker.submit(next, blocks, None))
                yield block
        finally:
            worker.shutdown(cancel_futures=True)


def ordinary(source: Source) -> bool:
    """Whether the engine's reader takes this text: no NUL, no line ended by a lone CR, no line that is too long."""
    survey = source.survey
    return not (survey.nul or survey.lone_returns or survey.longest > LONG_LINE)


class Stream(io.RawIOBase):
    """The UTF-8 text as the engine reads it, one direction only."""

    def __init__(self, source: Source, watch: Watch, sign: bytes, through: "Through | None", width: int) -> None:
        super().__init__()
        self.crowded = False
        self._run, self._long = 0, 0  # delimiters and bytes of the line that is going on, where it is long
        self._quoted, self._width = 0, width
        self.signs = 0  # how often `sign` (the delimiter) was given out, where no meter counts it
        self._sign = sign
        if source.meter is not None:
            source.meter.sign = sign
        self._source, self._whole = source, source.plain and through is None
        self._blocks = ahead(through(source.utf8()) if through else source.utf8())
        self._rest = b""  # of the last block, not yet given
        self._given = 0
        self._watch, self._size, self._step = watch, max(source.survey.size, 1), say("Reading the rows")

    def close(self) -> None:
        """Stops who makes the blocks, where the engine did not want them all."""
        cast(Generator[bytes], self._blocks).close()
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._given

    def read(self, size: int = -1) -> bytes:
        given = self._plain(size) if size >= 0 and self._whole else self._decoded(size)
        if self._source.meter is None and self._sign:
            self.signs += given.count(self._sign)
        self._given += len(given)
        if self._sign and self._is_crowded(given):
            self.crowded = True
            return b""
        if not self._watch.stopped:
            share = self._source.raw.share
            self._watch.tell(self._step, SHARE * (share if share >= 0 else min(self._given / self._size, 1.0)))
        return given

    def _is_crowded(self, given: bytes) -> bool:
        """Whether a line holds more delimiters than any table has columns, or long lines more than this one: the engine would
        quote them once for each."""
        at = 0
        while at < len(given):
            end = given.rfind(b"\n", at, at + SPAN)
            if end < 0:
                stop = given.find(b"\n", at + SPAN)
                end = stop if stop >= 0 else len(given)
                self._run += given.count(self._sign, at, end)
                self._long += end - at
                if self._run > MOST_SIGNS or self._quoted + max(self._run - self._width, 0) * self._long > MOST_QUOTED:
                    return True
                if stop < 0:
                    return False
                self._quoted += max(self._run - self._width, 0) * self._long
            self._run, self._long, at = 0, 0, end + 1
        return False

    def _plain(self, size: int) -> bytes:
        """Clean UTF-8 goes through as it stands."""
        source, meter = self._source, self._source.meter
        if meter is not None and not self._given and source.survey.bom:
            meter.take(source.raw.read(0, source.survey.bom))
        at = source.survey.bom + self._given
        given = source.raw.read(at, min(size, max(source.survey.size - at, 0)))
        if meter is not None:
            meter.take(given)
            meter.feed(given)
        return given

    def _decoded(self, size: int) -> bytes:
        parts, held = [self._rest], len(self._rest)
        while size < 0 or held < size:
            block = next(self._blocks, None)
            if block is None:
                break
            parts.append(block)
            held += len(block)
        over = max(held - size, 0) if size >= 0 else 0
        last, cut = parts[-1], len(parts[-1]) - over
        parts[-1], self._rest = last[:cut], last[cut:]
        return b"".join(parts)


@dataclass(slots=True)
class Text:
    """The source as the engine is given it (an `Origin` of the store); counts the delimiters on the way."""

    source: Source
    watch: Watch
    delimiter: str = ""
    through: "Through | None" = None  # what the blocks pass on their way
    width: int = MOST_COLUMNS
    _stream: Stream | None = None

    @property
    def size(self) -> int:
        return (
            self.source.survey.size if self.source.plain and self.through is None else ENDLESS
        )  # the engine reads no further than it is told

    def open(self) -> Stream:
        self._stream = Stream(self.source, self.watch, self.delimiter.encode(), self.through, self.width)
        return self._stream

    @property
    def crowded(self) -> bool:
        return self._stream is not None and self._stream.crowded

    @property
    def delimiters(self) -> int:
        return (self._stream.signs if self._stream else 0) + self.source.signs
