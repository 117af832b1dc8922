"""What runs in the child process: a request on standard input, frames on standard output. Limited, and expected to die."""

import io
import json
import lzma
import os
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from analysis import formats
from analysis.formats.bounds import IN_MEMORY, Member
from analysis.formats.containers import container_of, leaves
from analysis.formats.encoding import LOOKED, TOLD
from analysis.formats.out import Bounded, Out
from analysis.formats.sniff import HEAD, format_of

MEMORY = 4 << 30
FILES = 64
SECONDS = 180  # of processor, and as many again for each 500 MB of the file
# Of each format: its file in this room, and the function there.
READERS = {
    "json": ("jsons", "read_json"),
    "ndjson": ("jsons", "read_json_lines"),
    "xml": ("xmls", "read_xml"),
    "vcard": ("cards", "read_vcard"),
    "ldif": ("cards", "read_ldif"),
    "hl7": ("health", "read_hl7"),
    "sql": ("sqldump", "read_sql"),
    "sqlite": ("databases", "read_sqlite"),
    "parquet": ("databases", "read_parquet"),
    "keyed": ("lines", "read_keyed"),
    "fixed": ("lines", "read_fixed"),
    "logins": ("lines", "read_logins"),
    "hits": ("lines", "read_hits"),
    "avro": ("databases", "read_avro"),
    "orc": ("databases", "read_orc"),
    "dbase": ("dbase", "read_dbase"),
    "mail": ("mails", "read_mails"),
    "boxed": ("boxes", "read_boxed"),
    "html": ("html", "read_html"),
}
STREAMED = frozenset({"sql", "ndjson", "hl7", "vcard", "ldif", "mail", "avro"})


class Replay(io.RawIOBase):
    """A stream whose beginning may be read again: the readers look at it first."""

    def __init__(self, inner: BinaryIO) -> None:
        super().__init__()
        self._inner, self._head, self._at = inner, inner.read(LOOKED), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[self._at : self._at + len(buffer)] if self._at < len(self._head) else self._inner.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence or offset > len(self._head) or self._at > len(self._head):
            raise Bounded("unreadable")
        self._at = offset
        return offset


def main() -> None:
    """Answers one request, then ends."""
    request = json.loads(sys.stdin.buffer.readline())
    pipe = os.fdopen(os.dup(1), "wb", 1 << 20)
    limit(request["size"])
    out = Out(pipe, request.get("known"))
    TOLD.name = request.get("encoding", "")
    try:
        with open(request["path"], "rb") as file:  # noqa: PTH123
            answer(request, file, out)
    except Bounded as bounded:
        out.say(b"X", bounded.code)
    except MemoryError:
        out.say(b"X", "memory")
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError):
        out.say(b"X", "damaged")
    except BaseException as error:  # native parsers raise what is no Exception
        out.say(b"X", "password" if "password" in str(error).lower() else "unreadable")


def limit(size: int) -> None:
    """Memory, time, files; nothing is written to a disk."""
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = SECONDS * (1 + size // (500 << 20))
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(request: dict[str, Any], file: BinaryIO, out: Out) -> None:
    refused: list[str] = []
    if container_of(file.read(HEAD)):
        file = cast(BinaryIO, Progress(file, request["size"], out, packed=True))
    file.seek(0)
    found = leaves(file, request["name"], request["size"], request.get("password", ""), refused)
    wanted = request.get("member")
    for leaf in found:
        if wanted is not None and list(leaf.path) != wanted:
            continue
        match request["task"]:
            case "leaves":
                head = leaf.file.read(HEAD)
                # A zip that is left as it stands is a workbook.
                kind = "workbook" if head.startswith(b"PK\x03\x04") else format_of(head)
                out.say(b"L", [list(leaf.path), kind, len(head)])
            case "bytes":
                stream(leaf, out)
                break
            case _:
                tables(leaf, request, out)
                return
    out.say(b"R", refused)
    out.frame(b"Z")


def stream(leaf: Member, out: Out) -> None:
    given = False
    while True:
        try:
            block = cast(io.BufferedReader, leaf.file).read1(1 << 20)
        except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, OSError):
            if not given:
                raise
            out.frame(b"C")  # cut off: what came out before is kept
            return
        if not block:
            return
        given = True
        out.frame(b"B", block)


def tables(leaf: Member, request: dict[str, Any], out: Out) -> None:
    file, kind = leaf.file, request["kind"]
    if not file.seekable() or leaf.path:
        if kind in STREAMED:
            file = cast(BinaryIO, io.BufferedReader(cast(Any, Replay(file)), 1 << 18))
        else:
            data = file.read(IN_MEMORY + 1)
            if len(data) > IN_MEMORY:
                raise Bounded("bomb")
            file = io.BytesIO(data)
    else:
        file = cast(BinaryIO, Progress(file, request["size"], out))
    try:
        reader(kind, request)(file, out)
    except (Bounded, MemoryError):
        raise
    except BaseException:
        if not out.rows:
            raise
        out.cut()  # what came before the damage is kept, and the ledger says so
    out.finish()


class Progress(io.BufferedReader):
    """A file that tells how far it has been read. `packed`: by the bytes that were taken, since an archive is not read from
    its beginning to its end."""

    def __init__(self, file: BinaryIO, size: int, out: Out, packed: bool = False) -> None:
        super().__init__(cast(Any, file).raw, 1 << 18)
        self._size, self._out, self._next = max(size, 1), out, 0
        self._taken = 0 if packed else -1
        self.seek(0)  # who gave the file has looked into it

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._tell(len(data))
        return data

    def read1(self, size: int = -1, /) -> bytes:
        data = super().read1(size)
        self._tell(len(data))
        return data

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer)
        self._tell(count)
        return count

    def _tell(self, count: int) -> None:
        self._taken += count if self._taken >= 0 else 0
        at = self._taken if self._taken >= 0 else super().tell()
        if at >= self._next:
            self._next = at + self._size // 200 + (1 << 18)
            self._out.progress(at / self._size)


def reader(kind: str, request: dict[str, Any]) -> Callable[[BinaryIO, Out], None]:
    """The reader of a format; imported only when it is needed."""
    if kind == "workbook":
        return lambda file, out: formats.workbook.read_workbook(file, out, request.get("table", ""))
    room, name = READERS[kind]
    return getattr(getattr(formats, room), name)  # the reader's file is imported here
