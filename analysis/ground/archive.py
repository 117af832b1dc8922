"""A ZIP archive in, the same one in a fixed order and with fixed dates out: the same content gives the same bytes."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

EPOCH = (1980, 1, 1, 0, 0, 0)
FIRST = "[Content_Types].xml"  # of a package of Office


def same_bytes(raw: Path | BinaryIO, out: Path | BinaryIO, change: Callable[[str, bytes], bytes] = lambda _, data: data) -> None:
    """`change`: what becomes of a member, by its name."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda item: (item != FIRST, item)):
            target.writestr(zipfile.ZipInfo(name, EPOCH), change(name, source.read(name)), zipfile.ZIP_DEFLATED)
