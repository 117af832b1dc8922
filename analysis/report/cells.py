"""What every workbook of ours shares: a text that a cell can hold, and a file that is whole."""

import re
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

LONGEST = 32_767  # signs of a cell


def clean(text: str) -> str:
    """A text that a workbook can hold: no control sign, no lone surrogate, no `_xHHHH_` escape, not too long."""
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", plain)[:LONGEST]


def save_book(book: Any, path: Path | BinaryIO) -> None:
    """Raises OSError where a sheet was torn: the library says nothing when its temporary file finds no room."""
    book.save(path)
    with zipfile.ZipFile(path) as written:
        for name in written.namelist():
            if name.startswith("xl/worksheets/sheet") and not ends_whole(written, name):
                raise OSError("torn")


def ends_whole(written: zipfile.ZipFile, name: str) -> bool:
    """Whether the last bytes of a sheet close it."""
    last = b""
    with written.open(name) as stream:
        while block := stream.read(1 << 20):
            last = (last + block)[-64:]
    return last.rstrip().endswith(b"</worksheet>")
