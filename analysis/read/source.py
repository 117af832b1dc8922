"""Bytes in, a watched source out: surveyed whole, streamed as UTF-8."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.formats.encoding import DAMAGED, MARKED, marked, mostly_utf8, ranked, repaired, snippets, width_of
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.read.raw import BLOCK, Raw
from analysis.read.survey import Counter, Meter, Survey, counting_decoder, invalid_in, judge

CHECKED = 4 * BLOCK  # bytes whose encoding is checked before the engine reads
LONGEST_LINE = 64 * BLOCK  # a longer one is no table
WRAPPED = re.compile(rb'[ \t]*+"((?:[^"]|"")*+)"[ \t;,]*+(\r?)')  # a line that is one quoted cell


@dataclass(slots=True)
class Source:
    """One opened leak, as the text that its bytes mean."""

    raw: Raw
    told: str = ""  # the encoding, where a person said it
    survey: Survey = field(default_factory=Survey)
    signs: int = 0  # delimiters that the meter counted
    meter: "Meter | None" = None  # measures what is given out, where it is given out once and whole
    _mark: str = ""

    def close(self) -> None:
        if self.meter is not None:
            self.meter.close()
        self.raw.close()

    @property
    def mark(self) -> str:
        """A name for what is read from this file, before its fingerprint is known (once: a packed text is unpacked for it)."""
        if not self._mark:
            self._mark = hashlib.sha256(self.raw.place.encode() + self.raw.read(0, 1 << 16)).hexdigest()[:16]
        return self._mark

    def glance(self) -> Survey:
        """What the first megabytes tell: the encoding. The rest is measured while the engine reads it."""
        self.survey = survey = Survey(size=self.raw.size)
        head = self.raw.read(0, CHECKED)
        survey.encoding, survey.bom = (self.told, 0) if self.told else marked(head[:MARKED])
        if width_of(survey.encoding) == 1:
            survey.nul, survey.invalid = head.count(b"\0"), invalid_in(head)
            if judge(survey) and not self.told and not mostly_utf8(head):
                survey.encoding, survey.rival = ranked(snippets([head]))
            survey.nul = 0
        self.meter = Meter(Counter(survey), hashlib.sha256())
        return survey

    def measured(self) -> bool:
        """Whether the engine was given the whole text, which is then known line by line."""
        meter, self.meter = self.meter, None
        if meter is None:
            return False
        meter.close()
        if meter.raw < self.raw.size:
            return False
        self.signs = meter.signs
        if meter.counter is not None:
            meter.counter.finish()
        self.survey.sha256 = meter.digest.hexdigest()
        judge(self.survey)
        return True

    def look(self, watch: Watch, thorough: bool = False) -> Survey:
        """The survey of the whole file; chooses the encoding from its first megabytes, or from all of it: the engine's
        reader checks every cell, and asks for the thorough look when one is not UTF-8."""
        if self.meter is not None:
            self.meter.close()
        self.meter = None
        self.survey = survey = Survey(size=self.raw.size)
        digest = hashlib.sha256()
        head = self.raw.read(0, MARKED)
        survey.encoding, survey.bom = (self.told, 0) if self.told else marked(head)
        wide = width_of(survey.encoding) > 1
        counter = Counter(survey)
        mistakes, decode = counting_decoder()
        for at, block in self.blocks():
            digest.update(block)
            if not wide:
                counter.feed(block)
                if thorough or at < CHECKED:
                    decode(block)
            if survey.longest > LONGEST_LINE:
                raise Trouble(
                    "long_line", say("One line of this file is longer than 64 MiB: it does not look like a table of persons.")
                )
            share = self.raw.share
            watch.tell(say("Reading the file"), share if share >= 0 else min((at + len(block)) / max(survey.size, 1), 1.0))
        if wide:
            self._count_wide(counter)
        elif thorough or survey.size <= CHECKED:
            decode(b"", True)  # a character that the end of the file cuts
        counter.finish()
        survey.invalid = mistakes.bytes
        survey.checked = thorough or survey.size <= CHECKED
        survey.sha256 = digest.hexdigest()
        self.raw.unchanged()
        if judge(survey) and not self.told and not mostly_utf8(b"".join(parts := snippets(block for _, block in self.blocks()))):
            survey.encoding, survey.rival = ranked(parts)
        return survey

    def _count_wide(self, counter: Counter) -> None:
        if self.raw.whole and (self.survey.size - self.survey.bom) % width_of(self.survey.encoding):
            raise Trouble(
                "truncated", say("This file stops in the middle of a character: it was cut off. Ask for the complete file.")
            )
        for block in self.utf8():
            counter.feed(block)

    def blocks(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """The raw bytes, up to the size seen at opening."""
        for at, block in self.raw.blocks(start):
            if self.meter is not None:
                self.meter.take(block)
            yield at, block
        self.survey.size = self.raw.size

    @property
    def plain(self) -> bool:
        """Whether the bytes are UTF-8 as they stand."""
        return (
            not self.raw.member
            and self.survey.encoding == "utf-8"
            and not (self.survey.invalid or self.survey.twice or self.survey.wrapped)
        )

    def utf8(self) -> Iterator[bytes]:
        """The text as UTF-8, without byte order mark."""
        meter = self.meter
        if meter is not None and self.survey.bom:
            meter.take(self.raw.read(0, self.survey.bom))
        for text in unwrapped(self._encoded()) if self.survey.wrapped else self._encoded():
            if meter is not None:
                meter.feed(text)
            yield text

    def _encoded(self) -> Iterator[bytes]:
        decoder = None if self.plain else codecs.getincrementaldecoder(self.survey.encoding)(DAMAGED)
        for _, block in self.blocks(self.survey.bom):
            yield block if decoder is None else self._meant(decoder.decode(block)).encode("utf-8", "replace")
        if decoder is not None and (rest := decoder.decode(b"", True).encode("utf-8", "replace")):
            yield rest

    def _meant(self, text: str) -> str:
        """A sign cut in two at the end of a block stays as it is: rare, and no letter is lost."""
        return repaired(text) if self.survey.twice else text

    def sample(self, size: int) -> str:
        """The first characters, whole lines only when there are several."""
        data, meter, self.meter = b"", self.meter, None
        for block in self.utf8():
            data += block
            if len(data) >= size:
                break
        self.meter = meter
        cut = data[:size]
        if len(data) > len(cut) or self.survey.size > size:
            cut = cut[: cut.rfind(b"\n") + 1] or cut
        return cut.decode("utf-8", "ignore")


def unwrapped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Lines that are one quoted cell each, as the records that they hold."""
    for text in in_lines(blocks):
        yield b"\n".join(map(record_in, text.split(b"\n")))


def in_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in pieces that end with a line (but for the last one, perhaps): a line of many blocks is joined once."""
    waiting = list[bytes]()
    for block in blocks:
        if cut := block.rfind(b"\n") + 1:
            yield b"".join([*waiting, block[:cut]])
            waiting = [block[cut:]]
        else:
            waiting.append(block)
    if rest := b"".join(waiting):
        yield rest


def record_in(line: bytes) -> bytes:
    found = WRAPPED.fullmatch(line)
    return found[1].replace(b'""', b'"') + found[2] if found else line
