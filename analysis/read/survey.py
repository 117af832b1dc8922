"""The bytes of a text in, what they count out: lines, blank ones, NUL, quotes, the fingerprint."""

import codecs
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from analysis.ground.errors import Trouble
from analysis.ground.words import say

# More NUL bytes than this share of the file, and it is not text.
NUL_SHARE = 0.0005
SLICE = 1 << 20  # bytes that are counted at once


@dataclass(slots=True)
class Survey:
    """What one pass over the whole file counts. `lines`: physical lines; `empty`: those without a character."""

    sha256: str = ""
    size: int = 0
    lines: int = 0
    empty: int = 0
    nul: int = 0
    quotes: int = 0
    lone_returns: int = 0
    longest: int = 0  # bytes, at a precision of one block
    invalid: int = 0  # bytes that are not UTF-8
    checked: bool = False  # whether every byte was looked at for that
    encoding: str = "utf-8"
    rival: str = ""  # an encoding that is nearly as likely
    bom: int = 0
    twice: bool = False  # whether its letters were encoded twice
    wrapped: bool = False  # whether each line is one quoted cell that holds the record


@dataclass(slots=True)
class Counter:
    """Counts lines over the blocks of a text in an encoding that keeps ASCII."""

    survey: Survey
    _open: int = 0  # bytes since the last line end
    _tail: bytes = b"\n"

    def feed(self, block: bytes) -> None:
        survey = self.survey
        ends = block.count(b"\n")
        survey.lines += ends
        survey.nul += block.count(b"\0") if b"\0" in block else 0
        survey.quotes += block.count(b'"') if b'"' in block else 0
        if returns := block.count(b"\r") if b"\r" in block else 0:
            survey.lone_returns += returns - block.count(b"\r\n") - (block[:1] == b"\n" and self._tail[-1:] == b"\r")
        edge = self._tail + block[:2]
        if b"\n\n" in block or b"\n\n" in edge or (returns and (b"\n\r\n" in block or b"\n\r\n" in edge)):
            survey.empty += count_empty((self._tail + block).replace(b"\r\n", b"\n"))
        self._open = self._open + len(block) if not ends else len(block) - block.rfind(b"\n") - 1
        survey.longest = max(survey.longest, self._open)
        self._tail = block[-2:] if block.endswith(b"\n\r") else block[-1:]

    def finish(self) -> None:
        if self._open:
            self.survey.lines += 1


@dataclass(slots=True)
class Meter:
    """Measures a text while it is read: its fingerprint from the raw bytes, its lines from the UTF-8; on a thread of its
    own, so that the engine need not wait."""

    counter: Counter | None  # None where who reads the text counts its lines
    digest: Any
    raw: int = 0
    sign: bytes = b""  # the delimiter
    signs: int = 0
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "meter"))
    _last: Future[None] | None = None

    def take(self, block: bytes) -> None:
        self.raw += len(block)
        self._last = self._worker.submit(self.digest.update, block)

    def feed(self, text: bytes) -> None:
        if self.counter is not None:
            self._last = self._worker.submit(self._count, self.counter, text)

    def _count(self, counter: Counter, text: bytes) -> None:
        # Small slices: each count holds the interpreter, and the window must answer in between.
        for start in range(0, len(text), SLICE):
            part = text[start : start + SLICE]
            counter.feed(part)
            self.signs += part.count(self.sign) if len(self.sign) == 1 else 0
        if len(self.sign) > 1:
            self.signs += text.count(self.sign)

    def close(self) -> None:
        """Waits for what was given."""
        self._worker.shutdown()
        if self._last is not None:
            self._last.result()


def counting_decoder() -> tuple["CountingErrors", Any]:
    """Counts the bytes that are not UTF-8, block after block."""
    mistakes = CountingErrors()
    codecs.register_error("ampleur-count", mistakes)
    return mistakes, codecs.getincrementaldecoder("utf-8")("ampleur-count").decode


def invalid_in(head: bytes) -> int:
    mistakes, decode = counting_decoder()
    decode(head)
    return mistakes.bytes


def count_empty(text: bytes) -> int:
    """Line ends that directly follow a line end."""
    import numpy as np

    ends = np.frombuffer(text, np.uint8) == 10
    return int(np.count_nonzero(ends[1:] & ends[:-1]))


class CountingErrors:
    """A decoding error handler that counts the bytes that do not fit."""

    def __init__(self) -> None:
        self.bytes = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        self.bytes += error.end - error.start
        return "", error.end


def judge(survey: Survey) -> bool:
    """Refuses what is not text; whether a text without a mark is in another encoding than UTF-8 (mostly valid multi-byte
    text with some foreign lines stays UTF-8)."""
    if survey.nul > max(16, survey.size * NUL_SHARE):
        raise Trouble("binary", say("This file is not text: it cannot be read as a table. Look for the export it came from."))
    few = survey.invalid < 0.00005 * survey.size and survey.size > 100_000
    return survey.encoding == "utf-8" and survey.invalid > 0 and not few
