"""A path in, its bytes out: a whole file, a part of one, a member of a container; opened once, read only."""

import contextlib
import io
import os
import stat
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Protocol

from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.read.children import ask, leaf_bytes

BLOCK = 1 << 20


class Raw(Protocol):
    """Bytes that a text is made of, always the same ones."""

    path: Path
    whole: bool  # whether they are all of a file: read once and long, they are measured on the way to the engine
    member: tuple[str, ...]  # the way to them inside their container
    size: int  # of a member: of its container, until it was read to its end
    share: float  # of a member that is read; unknown below 0
    cut: bool  # whether a member ended before its time

    @property
    def place(self) -> str:
        """Where they are, and what the file was like at opening: other bytes have another one."""
        ...

    def read(self, start: int, length: int) -> bytes: ...

    def blocks(self, start: int) -> Iterator[tuple[int, bytes]]:
        """From a place on, each with its place."""
        ...

    def unchanged(self) -> None:
        """Refuses a file that changed since it was opened."""
        ...

    def close(self) -> None: ...


class Part:
    """A part of a file that holds one of several tables. The whole file is watched by who reads its parts."""

    whole, member, share, cut = False, (), -1.0, False

    def __init__(self, path: Path, begin: int, end: int) -> None:
        self.path, self._file = path, open_source(path)
        self._begin, self.size = begin, end - begin
        self.state = state_of(self._file)

    @property
    def place(self) -> str:
        return f"{self.path.resolve()}:{self._begin}:{self.size}:{self.state}"

    def read(self, start: int, length: int) -> bytes:
        self._file.seek(self._begin + start)
        return self._file.read(max(min(length, self.size - start), 0))

    def blocks(self, start: int) -> Iterator[tuple[int, bytes]]:
        at = start
        while at < self.size:
            if not (block := self.read(at, BLOCK)):
                raise changed()
            yield at, block
            at += len(block)

    def unchanged(self) -> None:
        pass

    def close(self) -> None:
        self._file.close()


class Whole(Part):
    """A file up to the size that it had at opening. Reading never goes back to the path: a file that moves away stays
    readable, one that changes is refused."""

    whole = True

    def __init__(self, path: Path) -> None:
        super().__init__(path, 0, 0)
        self.size = self.state[0]

    def unchanged(self) -> None:
        as_opened(self.path, self._file, self.state)


class Member:
    """The text of a member of a container: unpacked anew, by a child process, each time it is read."""

    whole = False

    def __init__(self, path: Path, member: tuple[str, ...], password: str) -> None:
        self.path, self.member, self._password = path, member, password
        self._file = open_source(path)
        self.state = state_of(self._file)
        self.size, self.share, self.cut = self.state[0], -1.0, False

    @property
    def place(self) -> str:
        return f"{self.path.resolve()}:{self.member}:{self.state}"

    def read(self, start: int, length: int) -> bytes:
        if start:
            raise ValueError("a packed text is read from its beginning")
        with contextlib.closing(self._unpacked()) as blocks:
            return next(blocks, b"")[:length]

    def blocks(self, start: int) -> Iterator[tuple[int, bytes]]:
        at = 0
        with contextlib.closing(self._unpacked()) as blocks:
            for block in blocks:
                if at + len(block) > start:
                    yield max(at, start), block[max(start - at, 0) :]
                at += len(block)
        self.size = at

    def unchanged(self) -> None:
        as_opened(self.path, self._file, self.state)

    def close(self) -> None:
        self._file.close()

    def _unpacked(self) -> Generator[bytes]:
        request = ask(self.path, self.state[0], "bytes", self._password, member=list(self.member))
        return leaf_bytes(request, Watch(), self._was_cut, self._was_told)

    def _was_told(self, share: float) -> None:
        self.share = share

    def _was_cut(self) -> None:
        self.cut = True


def changed() -> Trouble:
    return Trouble(
        "changed", say("The file changed or vanished while it was being read. Copy it to a safe place and open the copy.")
    )


def as_opened(path: Path, opened: Any, state: tuple[int, int]) -> None:
    """Refuses a file that changed since it was opened."""
    try:
        same = state_of(opened) == state and path.stat().st_size == state[0]
    except OSError:
        same = False
    if not same:
        raise changed()


def open_source(path: Path) -> Any:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Trouble("folder", say("This is a folder. Choose one file."))
        if not stat.S_ISREG(mode):
            raise Trouble("not_a_file", say("This is not an ordinary file. Choose a file on a disk."))
        opened = path.open("rb", buffering=0)
    except FileNotFoundError:
        raise Trouble("missing", say("There is no such file. Check its name and its folder.")) from None
    except PermissionError:
        raise Trouble(
            "permission", say("You do not have the right to read this file. Ask its owner, or copy it to your folder.")
        ) from None
    except OSError:
        raise Trouble("unreadable", say("This file cannot be read. Check the disk or the network drive that holds it.")) from None
    if not opened.seek(0, io.SEEK_END):
        opened.close()
        raise Trouble("empty", say("This file is empty."))
    opened.seek(0)
    return opened


def state_of(opened: Any) -> tuple[int, int]:
    state = os.fstat(opened.fileno())
    return state.st_size, state.st_mtime_ns
