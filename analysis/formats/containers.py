"""A compressed file or an archive in, its members as streams out. Bounded, never unpacked to a disk.

Members that are no plain file, that climb out (`..`, absolute names, links), or that lie too deep are refused and named.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from analysis import formats
from analysis.formats.bounds import DEEPEST, IN_MEMORY, MOST_BYTES, MOST_MEMBERS, MOST_RATIO, RATIO_FROM, Member, hidden, safe
from analysis.formats.out import Bounded

MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)


class Metered(io.RawIOBase):
    """A stream that stops where it grows beyond reason."""

    def __init__(self, inner: Any, packed: int) -> None:
        super().__init__()
        self._inner, self._packed, self._given = inner, max(packed, 1), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # One step at a time: what came before a damage is not lost with it.
        data = self._inner.read1(len(buffer)) if hasattr(self._inner, "read1") else self._inner.read(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > MOST_BYTES or (self._given > RATIO_FROM and self._given > MOST_RATIO * self._packed):
            raise Bounded("bomb")
        return len(data)


def container_of(head: bytes) -> str:
    """The kind of a container by its first 300 bytes; empty for a file that is none."""
    found = next((kind for mark, kind in MAGIC if head.startswith(mark)), "")
    return found or ("tar" if head[257:262] == b"ustar" else "")


def buffered(raw: Any, packed: int) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(Metered(raw, packed), 1 << 18))


def members(file: BinaryIO, kind: str, size: int, name: str, password: str, refused: list[str]) -> Iterator[Member]:
    """The plain files of one container, each to be read before the next is asked for."""
    match kind:
        case "gzip":
            yield Member((inner_name(name, ".gz"),), buffered(gzip.GzipFile(fileobj=file), size))
        case "bzip2":
            yield Member((inner_name(name, ".bz2"),), buffered(bz2.BZ2File(file), size))
        case "xz":
            yield Member((inner_name(name, ".xz"),), buffered(lzma.LZMAFile(file), size))  # noqa: SIM115
        case "zstd":
            import zstandard

            reader = zstandard.ZstdDecompressor(max_window_size=1 << 28).stream_reader(file, read_across_frames=True)
            yield Member((inner_name(name, ".zst"),), buffered(reader, size))
        case "zip":
            yield from zipped(file, password, refused)
        case "tar":
            yield from tarred(file, size, refused)
        case _:
            yield from formats.seven.seven(file, size, password, refused)


def inner_name(name: str, suffix: str) -> str:
    return name[: -len(suffix)] if name.lower().endswith(suffix) else name


def zipped(file: BinaryIO, password: str, refused: list[str]) -> Iterator[Member]:
    import pyzipper

    try:
        archive = pyzipper.AESZipFile(file)
    except (zipfile.BadZipFile, pyzipper.BadZipFile):
        raise Bounded("damaged") from None
    listed = archive.infolist()
    if len(listed) > MOST_MEMBERS:
        raise Bounded("members")
    if any(item.flag_bits & 1 for item in listed) and not password:
        raise Bounded("password")
    archive.setpassword(password.encode() if password else None)
    for item in listed:
        if item.is_dir() or hidden(item.filename):
            continue
        if not safe(item.filename) or (item.external_attr >> 28) == 0xA:
            refused.append(item.filename)
            continue
        try:
            stream = archive.open(item)
        except RuntimeError:
            raise Bounded("password") from None
        yield Member((item.filename,), buffered(stream, item.compress_size))


def tarred(file: BinaryIO, size: int, refused: list[str]) -> Iterator[Member]:
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for count, item in enumerate(archive):
            if count > MOST_MEMBERS:
                raise Bounded("members")
            if item.isdir() or hidden(item.name):
                continue
            if not item.isreg() or not safe(item.name):
                refused.append(item.name)
                continue
            stream = archive.extractfile(item)
            if stream is not None:
                yield Member((item.name,), buffered(stream, max(size, item.size)))


def leaves(file: BinaryIO, name: str, size: int, password: str, refused: list[str], depth: int = 0) -> Iterator[Member]:
    """Every file that is no container itself, however it is wrapped; a workbook counts as a file."""
    head = file.read(300) if depth == 0 else cast(Any, file).peek(300)[:300]
    if depth == 0:
        file.seek(0)
    kind = container_of(head)
    if not kind or (kind == "zip" and is_workbook(file, head, name)):
        yield Member((), file)
        return
    if depth >= DEEPEST:
        refused.append(name)
        return
    if kind in ("zip", "7z") and depth:
        data = file.read(IN_MEMORY + 1)
        if len(data) > IN_MEMORY:
            raise Bounded("bomb")
        file, size = io.BytesIO(data), len(data)
    for member in members(file, kind, size, name, password, refused):
        peekable = member.file if hasattr(member.file, "peek") else cast(BinaryIO, io.BufferedReader(cast(Any, member.file)))
        for leaf in leaves(peekable, member.path[-1], size, password, refused, depth + 1):
            yield Member((*member.path, *leaf.path), leaf.file)


def is_workbook(file: BinaryIO, head: bytes, name: str) -> bool:
    """Whether a zip is a workbook: by the names of its parts where they can be read, else by its own name."""
    if name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".ods")):
        return True
    if not file.seekable():
        return b"[Content_Types].xml" in head or b"mimetypeapplication/vnd.oasis" in head
    try:
        listed = zipfile.ZipFile(file).namelist()
        file.seek(0)
    except (zipfile.BadZipFile, ValueError):
        return False
    return "xl/workbook.xml" in listed or "xl/workbook.bin" in listed or ("content.xml" in listed and "mimetype" in listed)
