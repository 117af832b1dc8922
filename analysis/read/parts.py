"""What is less than a whole file in, a source out: a member of a container, a part that holds one of several tables."""

import contextlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from analysis.ground.watch import Watch
from analysis.read.children import ask, leaf_bytes
from analysis.read.source import Source, open_source, state_of


@dataclass(slots=True)
class Packed(Source):
    """The text of a member of a container: unpacked anew, by a child process, each time it is read."""

    member: tuple[str, ...] = ()
    password: str = ""

    @property
    def direct(self) -> bool:
        return False

    @property
    def inside(self) -> tuple[str, ...]:
        return self.member

    @property
    def plain(self) -> bool:
        return False

    def raw(self, start: int, length: int) -> bytes:
        if start:
            raise ValueError("a packed text is read from its beginning")
        with contextlib.closing(self._unpacked()) as blocks:
            return next(blocks, b"")[:length]

    def blocks(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        at = 0
        with contextlib.closing(self._unpacked()) as blocks:
            for block in blocks:
                if at + len(block) > start:
                    yield max(at, start), block[max(start - at, 0) :]
                at += len(block)
        self.survey.size = at

    def _unpacked(self) -> Generator[bytes]:
        request = ask(self.path, self._state[0], "bytes", self.password, member=list(self.member))
        return leaf_bytes(request, Watch(), self._was_cut, self._was_told)

    def _was_told(self, share: float) -> None:
        self.share = share

    def _was_cut(self) -> None:
        self.cut = True


@dataclass(slots=True)
class Span(Source):
    """A part of a file that holds one of several tables; lines are counted from its beginning."""

    begin: int = 0
    end: int = 0

    @property
    def direct(self) -> bool:
        return False

    def __post_init__(self) -> None:
        self._file = open_source(self.path)
        self._state = (self.end - self.begin, state_of(self._file)[1])

    def raw(self, start: int, length: int) -> bytes:
        self._file.seek(self.begin + start)
        return self._file.read(min(length, max(self._state[0] - start, 0)))

    def unchanged(self) -> None:
        """The whole file is watched by who reads its parts."""
