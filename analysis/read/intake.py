"""A request to the child process in, tables in the store out. Its death costs a sentence; a cancel is a kill."""

import json
import struct
from dataclasses import dataclass, field
from typing import Any

from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Said
from analysis.read.children import Frames, child
from analysis.read.task import Note
from analysis.store import Store
from analysis.store.gate import Shape


@dataclass(slots=True)
class Taken:
    """One table that the child gave. `counts`: rows, repaired, rejected, blank, header, preamble."""

    name: str
    columns: list[str]
    table: str
    counts: dict[str, int] = field(default_factory=dict[str, int])
    notes: list[Note] = field(default_factory=list[Note])
    types: list[str] = field(default_factory=list[str])
    foreign: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])


class Rows:
    """The rows of one segment as the engine reads them (an `Origin` of the store)."""

    def __init__(self, intake: "Intake") -> None:
        self._intake, self._buffer, self._given, self._ended = intake, bytearray(), 0, False

    size = 1 << 40

    def open(self) -> "Rows":
        return self

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002
        return self._given

    def close(self) -> None: ...

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._buffer) < size):
            block = self._intake.more()
            self._ended = block is None
            self._buffer += block or b""
        given = bytes(self._buffer[:size]) if size >= 0 else bytes(self._buffer)
        del self._buffer[: len(given)]
        self._given += len(given)
        return given


class Intake:
    """Fills the store from the frames of one request."""

    def __init__(self, store: Store, prefix: str, step: Said, watch: Watch) -> None:
        self._store, self._prefix, self._step, self._watch = store, prefix, step, watch
        self._taken: dict[str, Taken] = {}
        self._frames: Frames | None = None
        self._failed: Trouble | None = None
        self._table = b""  # the frame that began it

    def take(self, request: dict[str, Any]) -> list[Taken]:
        again = self._pass(request)
        if again is not None:
            for taken in self._taken.values():
                self._store.drop(taken.table)
            self._taken = {}
            assert self._pass({**request, "known": again}) is None
        return list(self._taken.values())

    def _pass(self, request: dict[str, Any]) -> dict[str, list[str]] | None:
        """The columns of all tables where another pass is needed."""
        with child(request, self._watch) as frames:
            self._frames = frames
            while True:
                letter, content = frames.next()
                if letter == b"T":
                    self._table = content
                    self._segment(*json.loads(content))
                elif letter == b"E":
                    name, columns, counts, types, foreign = json.loads(content)
                    taken = self._of(name)
                    taken.columns, taken.counts, taken.types = columns, counts, types
                    taken.foreign = list(map(tuple, foreign))
                    if short := sum(outcome == "rejected" for _, outcome, *_ in taken.notes) - counts.get("rejected", 0):
                        # Rows that the engine refused, because they have another number of values.
                        counts["rows"], counts["rejected"] = counts["rows"] - short, counts.get("rejected", 0) + short
                elif letter == b"A":
                    return json.loads(content)
                elif letter == b"Z":
                    return None
                else:
                    self._aside(letter, content)

    def _of(self, name: str) -> Taken:
        if name not in self._taken:
            self._taken[name] = Taken(name, [], f"{self._prefix}_{len(self._taken)}")
        return self._taken[name]

    def _aside(self, letter: bytes, content: bytes) -> None:
        if letter == b"N":
            name, *note = json.loads(content)
            self._of(name).notes.append(tuple(note))
        elif letter == b"P":
            self._watch.tell(self._step, struct.unpack(">d", content)[0])

    def _segment(self, name: str, columns: list[str], quote: str) -> None:
        sql = quote == "'"
        shape = Shape(",", quote, quote, 0, null="NULL" if sql else "", end=r"\n" if sql else r"\r\n")
        refused = self._store.read_delimited(self._of(name).table, Rows(self), len(columns), shape, self._watch, append=True)
        if self._failed is not None:
            raise self._failed
        for item in refused:
            self._of(name).notes.append((0, "rejected", "other_width", item.text, None))

    def more(self) -> bytes | None:
        """The next rows of the segment; None at its end (the engine swallows what its reader raises: kept for later)."""
        assert self._frames is not None
        try:
            while True:
                letter, content = self._frames.next()
                if letter == b"D":
                    return content
                if letter == b"T" and content == self._table:
                    continue  # the same table goes on: the engine reads it as one text
                if letter in (b"N", b"P"):
                    if not self._watch.stopped:
                        self._aside(letter, content)
                    continue
                self._frames.back((letter, content))
                return None
        except Trouble as failed:
            self._failed = failed
            return None
