"""The one opening through which the engine sees the leak: a file system that holds the streams that are read now."""

import io
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any, Protocol

import fsspec

from analysis.ground.watch import AGAIN, Watch

SOURCES = tuple(f"leak://{at}" for at in range(16))  # as many may be read at the same time


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that the engine's reader refused: where it starts (bytes), why, and its raw text."""

    at: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How a delimited text is cut into cells; `skip`: lines before the data; `null`: what stands for no value, unquoted;
    `end`: of the lines, where it is known (the engine would guess it); `line`: bytes of an ordinary one, 0 if unknown; `longest`:
    bytes of the longest one, 0 where the engine's own limit holds (it refuses longer ones); `parted`: what stands in the last
    cell before a text that gets a column of its own, null elsewhere."""

    delimiter: str
    quote: str
    escape: str
    skip: int
    null: str = ""
    end: str = ""
    line: int = 0
    longest: int = 0
    parted: str = ""


class Origin(Protocol):
    """What the engine may read: a text as UTF-8, opened once, one direction."""

    @property
    def size(self) -> int: ...

    def open(self) -> Any: ...


class Written:
    """Rows as the text of a stream (an `Origin`)."""

    def __init__(self, rows: Sequence[Sequence[object]]) -> None:
        lines = [
            ",".join([f'"{cell}"' if type(cell) is str and cell and '"' not in cell else quoted(cell) for cell in row]) or '""'
            for row in rows
        ]
        self._data = ("\r\n".join(lines) + "\r\n").encode("utf-8", "replace")
        self.longest = 4 * max(map(len, lines), default=0)  # bytes, at most

    @property
    def size(self) -> int:
        return len(self._data)

    def open(self) -> io.BytesIO:
        return io.BytesIO(self._data)


def quoted(value: object) -> str:
    """A value as RFC 4180 writes it; nothing for none. (Several times as fast as the standard library on long texts.)"""
    return '"' + value.replace('"', '""') + '"' if isinstance(value, str) and value else "" if value in ("", None) else str(value)


def bare(path: str) -> str:
    """A name with or without its protocol."""
    return path.rpartition("//")[2]


class Gate(fsspec.AbstractFileSystem):
    """A file system that holds the leak and nothing else: all that the engine can open (it must exist before the lock). Each
    stream has a name of its own: two that are read at the same time are never taken for one another."""

    protocol = "leak"
    cachable = False

    def __init__(self) -> None:
        super().__init__()
        self._origins: dict[str, Origin] = {}
        self._free: Queue[str] = Queue()
        for name in SOURCES:
            self._free.put(name)

    @contextmanager
    def opened(self, origin: Origin, watch: Watch) -> Generator[str]:
        """The name under which the engine reads a stream."""
        while True:
            try:
                name = self._free.get(timeout=AGAIN)
                break
            except Empty:
                watch.check()
        self._origins[bare(name)] = origin
        try:
            yield name
        finally:
            del self._origins[bare(name)]
            self._free.put(name)

    def open(self, path: str, mode: str = "rb", **_: object) -> Any:  # type: ignore[override]
        if bare(path) not in self._origins:
            raise FileNotFoundError
        return self._origins[bare(path)].open()

    def info(self, path: str, **_: object) -> dict[str, Any]:
        origin = self._origins.get(bare(path))
        return {"name": path, "size": origin.size if origin else 0, "type": "file"}

    def exists(self, path: str, **_: object) -> bool:
        return True

    def isfile(self, path: str) -> bool:
        return True

    def glob(self, path: str, **_: object) -> list[str]:  # type: ignore[override]
        return [path]
