"""A 7z archive in, its members as streams out, each unpacked into memory."""

import io
import lzma
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import py7zr
from py7zr.exceptions import CrcError, PasswordRequired

from analysis.formats.bounds import IN_MEMORY, MOST_MEMBERS, MOST_RATIO, RATIO_FROM, Member, hidden, safe
from analysis.formats.out import Bounded


class Memory(py7zr.Py7zIO):
    """A member as it is unpacked; refused when it grows beyond its bounds. `packed`: bytes of the archive."""

    def __init__(self, packed: int) -> None:
        self.buffer, self.packed = io.BytesIO(), packed

    def write(self, s: Any) -> int:
        grown = self.buffer.tell()
        if grown + len(s) > IN_MEMORY or (grown > RATIO_FROM and grown > MOST_RATIO * self.packed):
            raise Bounded("bomb")
        return self.buffer.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self.buffer.read(size if size is not None else -1)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.buffer.seek(offset, whence)

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self.buffer.getbuffer().nbytes


class Factory(py7zr.WriterFactory):
    """Where py7zr puts the members, by name."""

    def __init__(self, packed: int) -> None:
        self.made: dict[str, Memory] = {}
        self.packed = packed

    def create(self, filename: str, mode: str = "wb") -> Any:  # noqa: ARG002
        self.made[filename] = Memory(self.packed)
        return self.made[filename]


def seven(file: BinaryIO, size: int, password: str, refused: list[str]) -> Iterator[Member]:
    """The members one after the other; names that are not safe are added to `refused`. Raises Bounded."""
    try:
        with py7zr.SevenZipFile(file, "r", password=password or None) as archive:
            if archive.needs_password() and not password:
                raise Bounded("password")
            listed = archive.list()
            if len(listed) > MOST_MEMBERS:
                raise Bounded("members")
            wanted = [item.filename for item in listed if not item.is_directory and not hidden(item.filename)]
            refused += [name for name in wanted if not safe(name)]
            for name in filter(safe, wanted):
                factory = Factory(size)
                archive.extract(targets=[name], factory=factory)
                archive.reset()
                if name in factory.made:
                    factory.made[name].buffer.seek(0)
                    yield Member((name,), cast(BinaryIO, factory.made[name].buffer))
    except PasswordRequired:
        raise Bounded("password") from None
    except (py7zr.Bad7zFile, lzma.LZMAError, zlib.error, EOFError, CrcError) as error:
        raise Bounded("password" if password else "damaged") from error  # what a wrong password leaves is no archive
