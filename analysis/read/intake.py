"""A request to the child process in, tables in the store out. Its death costs a sentence; a cancel is a kill."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Said, say
from analysis.read.engine import Note
from analysis.store import Store
from analysis.store.gate import Shape

TOP = Path(__file__).parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from analysis.formats.child import main; main()"
LARGEST_FRAME = 64 << 20

SENTENCES = {
    "password": say("This file is protected by a password: give the right one."),
    "bomb": say("This archive unpacks to far more than its size allows: it was made to exhaust a machine, and is not read."),
    "damaged": say("This file is damaged or was cut off. Ask for it again, and compare its size."),
    "memory": say("This file needs more memory than reading one file may take. Split it, or save its tables as CSV."),
    "deep": say("The records of this file are nested too deeply to be a table of persons."),
    "tables": say("This file holds more than 1,000 tables: it is not read."),
    "columns": say("This file has more than 4,096 columns: it is not a table of persons."),
    "notes": say("More than 200,000 lines of this file are damaged: it was probably cut or changed. Ask for it again."),
    "members": say("This archive holds more than 10,000 files: unpack it and open the folder of the files that matter."),
    "unreadable": say("This file cannot be read: it is damaged, or made by an unknown program. Save its table as CSV and open that."),
    "died": say("Reading this file was stopped: it asks for more memory or time than a table needs, or is damaged."),
}  # fmt: skip


@dataclass(slots=True)
class Taken:
    """One table that the child gave. `counts`: rows, repaired, rejected, blank, header, preamble."""

    name: str
    columns: list[str]
    table: str
    counts: dict[str, int] = field(default_factory=dict[str, int])
    notes: list[Note] = field(default_factory=list[Note])


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file inside another (or the file itself, with an empty path) and its format."""

    path: tuple[str, ...]
    kind: str


class Frames:
    """The frames of a child, one after the other, with one step back."""

    def __init__(self, pipe: Any) -> None:
        self._pipe, self._back = pipe, None

    def next(self) -> tuple[bytes, bytes]:
        if self._back is not None:
            frame, self._back = self._back, None
            return frame
        head = self._pipe.read(5)
        if len(head) < 5:
            raise trouble("died")
        (size,) = struct.unpack(">I", head[1:])
        if size > LARGEST_FRAME:
            raise trouble("died")
        content = self._pipe.read(size)
        if len(content) < size:
            raise trouble("died")
        if head[:1] == b"X":
            raise trouble(json.loads(content))
        return head[:1], content

    def back(self, frame: tuple[bytes, bytes]) -> None:
        self._back = frame


def trouble(code: str) -> Trouble:
    return Trouble(code if code in SENTENCES else "unreadable", SENTENCES.get(code, SENTENCES["unreadable"]))


@contextmanager
def child(request: dict[str, Any], watch: Watch) -> Generator[Frames]:
    """The frames that answer a request; the process is gone when the block ends, however it ends."""
    environment = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    process = subprocess.Popen([sys.executable, "-I", "-c", START, str(TOP)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env=environment, bufsize=1 << 20)  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    try:
        with watch.interruptible(process.kill):
            try:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.close()
                yield Frames(process.stdout)
            except (OSError, Trouble):
                if watch.stopped:
                    raise Cancelled from None
                raise
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def ask(path: Path, size: int, task: str, password: str = "", **more: Any) -> dict[str, Any]:
    return {"path": str(path.resolve()), "name": path.name, "size": size, "task": task, "password": password, **more}


def list_leaves(request: dict[str, Any], watch: Watch) -> tuple[list[Leaf], int]:
    """The files inside a container, and how many members were refused (links, names that climb out, too deep)."""
    found: list[Leaf] = []
    refused: list[str] = []
    with child(request, watch) as frames:
        while True:
            letter, content = frames.next()
            if letter == b"L":
                path, kind, _ = json.loads(content)
                found.append(Leaf(tuple(path), kind))
                watch.tell(say("Looking into the archive"), 0.0)
            elif letter == b"R":
                refused = json.loads(content)
            elif letter == b"Z":
                return found, len(refused)


def leaf_bytes(
    request: dict[str, Any], watch: Watch, cut: Callable[[], object], told: Callable[[float], object]
) -> Generator[bytes]:
    """The unpacked bytes of one member; `cut` is called where they end before their time, `told` with the share that is read."""
    with child(request, watch) as frames:
        while True:
            letter, content = frames.next()
            if letter == b"B":
                yield content
            elif letter == b"C":
                cut()
            elif letter == b"P":
                told(struct.unpack(">d", content)[0])
            elif letter == b"Z":
                return


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
                    name, columns, counts = json.loads(content)
                    taken = self._of(name)
                    taken.columns, taken.counts = columns, counts
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
