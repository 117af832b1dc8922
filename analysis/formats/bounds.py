"""What an archive may hold: the limits of the readers, each with its reason."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

# Limits, each with its reason. A workbook has about 10 entries, a seller's archive some hundreds.
MOST_MEMBERS = 10_000
# The largest leak that was ever sold in one file is under this, and a disk of this machine holds it.
MOST_BYTES = 64 << 30
# Text of a table packs 5 to 30 to 1, a bomb 1,000 to 1 and more; judged once enough has come out to tell.
MOST_RATIO = 200
RATIO_FROM = 64 << 20
# A compressed tar in a zip is the deepest that people make.
DEEPEST = 3
IN_MEMORY = 1 << 30  # of a member that must be read in any order


@dataclass(slots=True)
class Member:
    """One file inside: where it stands, and its bytes, readable once."""

    path: tuple[str, ...]
    file: BinaryIO


def safe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and ":" not in path.parts[0]


def hidden(name: str) -> bool:
    """What archivers add by themselves."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1] in (".DS_Store", "Thumbs.db")
