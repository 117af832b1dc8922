"""How the file is read: each guess with what a person may choose instead; the first lines as they stand in the file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QPlainTextEdit

from analysis import classify
from analysis.model import Asked, Dialect, Leak
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import Card
from gui.widgets.plain import label

if TYPE_CHECKING:
    from analysis.model import Key

ENCODINGS = (
    "utf-8",
    "cp1252",
    "iso8859-1",
    "iso8859-15",
    "utf-16",
    "mac_roman",
    "cp850",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "gb18030",
    "shift_jis",
)
DELIMITERS = (";", ",", "\t", "|", ":", " ")
QUOTES = ('"', "'", "")
HEADERS = (0, 1, 2, 3)
SHOWN_LINES = 7


class ReadingCard(Card):
    """Encoding, delimiter, quote, header and table; a choice reads the file again and shows the preview change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        self.boxes = [Combo() for _ in range(5)]
        self.encoding, self.delimiter, self.quote, self.header, self.table = self.boxes
        self.names = [label("", "quiet") for _ in self.boxes]
        for at, (name, box) in enumerate(zip(self.names, self.boxes, strict=True)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10 if box is self.table else 6)
            grid.addWidget(name, 0, at)
            grid.addWidget(box, 1, at)
            grid.setColumnStretch(at, 2 if box is self.table else 1)
        self.column.addLayout(grid)
        self.note = label("", "quiet", wrap=True)
        self.column.addWidget(self.note)
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setAcceptDrops(False)
        self.raw.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.raw.setFixedHeight(118)
        self.column.addWidget(self.raw)
        self.lines: Sequence[str] = ()
        for box in self.boxes[:4]:
            box.activated.connect(lambda _: self._reread())
        self.table.activated.connect(lambda _: self.session.choose_sheet(self.table.currentData()))
        session.revealed_changed.connect(lambda _: self.show_lines(self.lines))

    def _reread(self) -> None:
        """Only what differs from the guess is said; the rest stays the program's to decide."""
        chosen = self.session.asked
        password = chosen.password if chosen else ""
        encoding, delimiter, quote, header = (box.currentData() for box in self.boxes[:4])
        self.session.reread(Asked(encoding or "", delimiter or "", quote, header, password=password))

    def show_leak(self, leak: Leak | None) -> None:
        """Fills the boxes: the first entry says what the program decided."""
        words, asked = self.session.words, self.session.asked or Asked()
        for name, text in zip(
            self.names,
            (words("Encoding"), words("Delimiter"), words("Quotation mark"), words("Header rows"), words("Table")),
            strict=True,
        ):
            name.setText(text)
        self.set_title(words("How it is read"))
        for box, name in zip(self.boxes, self.names, strict=True):
            box.clear()
            box.setAccessibleName(name.text())
        delimited = leak is not None and leak.format == "delimited" and self.session.asked is not None
        for box in self.boxes[:4]:
            box.setEnabled(delimited)
        self.table.setEnabled(leak is not None and len(leak.sheets) > 1)
        self.raw.setVisible(delimited and bool(self.lines))
        if leak is None:
            self.note.setText("")
            return
        self._found(leak.dialect, asked)
        for sheet in leak.sheets:
            text = words(
                "{name} · {rows} rows × {columns}", name=readable(sheet.name), rows=sheet.ledger.rows, columns=len(sheet.columns)
            )
            self.table.addItem(text, sheet.name)
        self.table.setCurrentIndex(max(self.table.findData(leak.sheet.name), 0))
        self.note.setText(self._noted(leak))

    def _found(self, dialect: Dialect, asked: Asked) -> None:
        """What was found stands first in each box, then what may be asked for."""
        words = self.session.words
        fill(
            self.encoding, words("found: {what}", what=dialect.encoding), "", [(name, name) for name in ENCODINGS], asked.encoding
        )
        fill(
            self.delimiter,
            words("found: {what}", what=sign(dialect.delimiter, words("none"))),
            "",
            [(sign(code, ""), code) for code in DELIMITERS],
            asked.delimiter,
        )
        fill(
            self.quote,
            words("found: {what}", what=dialect.quote or words("none")),
            None,
            [(code or words("none"), code) for code in QUOTES],
            asked.quote,
        )
        fill(
            self.header,
            words("found: {what}", what=dialect.header_rows),
            None,
            [(str(count), count) for count in HEADERS],
            asked.header,
        )

    def _noted(self, leak: Leak) -> str:
        """How sure the program is, and what was joined, refused or repaired on the way."""
        words, dialect = self.session.words, leak.dialect
        sure = (
            words("Understood with a confidence of {share}.", share=float(dialect.confidence))
            if leak.format == "delimited"
            else words("Format: {name}.", name=leak.format)
        )
        parts = len(leak.sheet.parts)
        more = words("{n} table was read.", "{n} tables of the same columns were read as one.", n=parts) if parts else ""
        refused = words("{n} file was not read.", "{n} files were not read.", n=len(leak.unread)) if leak.unread else ""
        twice = words("Letters that had been encoded twice were repaired.") if dialect.twice else ""
        return "  ".join(part for part in (sure, twice, more, refused) if part)

    def offer_joins(self, found: "Sequence[Key]") -> None:
        """Joins that the tables allow, below the tables themselves."""
        words = self.session.words
        shown = {self.table.itemData(at) for at in range(self.table.count()) if isinstance(self.table.itemData(at), str)}
        for key in found:
            if f"{key.left} + {key.right} ({key.name})" not in shown:
                self.table.addItem(
                    words(
                        "{left} + {right} on {key}", left=readable(key.left), right=readable(key.right), key=readable(key.name)
                    ),
                    key,
                )

    def show_lines(self, lines: Sequence[str]) -> None:
        """The first lines of the file itself, masked until asked for."""

        self.lines = lines
        self.raw.setAccessibleName(self.session.words("First lines of the file"))
        self.raw.setPlainText(
            "\n".join(line[:400] if self.session.revealed else classify.masked(line, 400) for line in lines[:SHOWN_LINES])
        )
        self.raw.setVisible(bool(lines))


def fill(box: QComboBox, first: str, auto: object, choices: Sequence[tuple[str, object]], chosen: object) -> None:
    box.addItem(first, auto)
    for text, code in choices:
        box.addItem(text, code)
    place = next((at for at in range(1, box.count()) if box.itemData(at) == chosen and chosen != auto), 0)
    box.setCurrentIndex(place)


def sign(code: str, none: str) -> str:
    return {"\t": "⇥ TAB", " ": "␣", "": none}.get(code, code)


def readable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)[:60]
