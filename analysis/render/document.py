"""What leaves the tool as a text: a document and its blocks, without a medium. Each text stands in its language already; nothing
in it is ever markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1  # 1 to 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Short texts below each other; `numbered`: in an order; `boxes`: to be ticked off."""

    texts: tuple[str, ...]
    numbered: bool = False
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class KeyNumber:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """The figures to be seen first, beside each other."""

    numbers: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Whole numbers are counts, fractions between 0 and 1 shares. `said`: what a screen reader is told of it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: PNG for media of pixels, SVG for the others. `said`: its sentence, which is its alternative text as well."""

    name: str
    png: bytes
    svg: bytes
    said: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart; `grave`: a warning."""

    text: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Items | KeyNumbers | Table | Figure | Note | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """`about`: labels and values below the title (controller, file, date ...); `missing`: what it lacks to be finished, told on
    its first page; `foot`: at the bottom of each page; `letter`: set as a letter, without a cover; `bare`: a message, without
    typography."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    written: datetime
    subtitle: str = ""
    about: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    missing_said: str = ""  # the heading of what is missing
    foot: str = ""
    letter: bool = False
    bare: bool = False

    @property
    def finished(self) -> bool:
        return not self.missing


def figures(document: Document) -> Sequence[Figure]:
    return [block for block in document.blocks if isinstance(block, Figure)]
