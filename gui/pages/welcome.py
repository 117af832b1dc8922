"""The first page: drop or open a file, or the fictional hospital."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from gui.pages.claim import ClaimDialog
from gui.pages.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.widgets.calm import Combo
from gui.widgets.parts import Card, DropZone, button
from gui.widgets.plain import label, tip

SIZES = (758_912, 50_000, 5_000)


class WelcomePage(Page):
    open_asked = Signal()
    demo_asked = Signal(int)  # rows
    dropped = Signal(object)
    remember_asked = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setContentsMargins(56, 44, 56, 36)
        self.zone = DropZone()
        self.zone.dropped.connect(self.dropped)
        self.drop_title = label("", "section")
        self.drop_note = label("", "quiet", wrap=True)
        self.open_button = button("", "primary")
        self.open_button.clicked.connect(self.open_asked)
        for part in (self.drop_title, self.drop_note):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.zone.column.addWidget(part)
        self.zone.column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.zone)
        self.demo = Card()
        self.demo_note = label("", "quiet", wrap=True)
        self.demo_button = button("")
        self.demo_size = Combo()
        for rows in SIZES:
            self.demo_size.addItem("", rows)
        self.demo_button.clicked.connect(lambda: self.demo_asked.emit(self.demo_size.currentData()))
        self.claim_button = button("")
        self.claim_button.clicked.connect(lambda: ClaimDialog(self, session).open())
        self.demo.column.addWidget(self.demo_note)
        sized = QHBoxLayout()
        sized.addWidget(self.demo_button)
        sized.addWidget(self.demo_size)
        sized.addStretch()
        self.demo.column.addLayout(sized)
        self.demo.column.addWidget(self.claim_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.promise = Card()
        self.promises = [label("", "", wrap=True) for _ in range(3)]
        for part in self.promises:
            self.promise.column.addWidget(part)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self.demo, 1)
        cards.addWidget(self.promise, 1)
        self.column.addLayout(cards)
        self.cases = Card()
        self.remember = QCheckBox()
        self.remember.toggled.connect(self.remember_asked)
        self.recent = QVBoxLayout()
        self.cases.column.addLayout(self.recent)
        self.cases.column.addWidget(self.remember)
        self.column.addWidget(self.cases)
        self.column.addStretch()
        session.busy_changed.connect(self._busy)
        self.retranslate()

    def show_recent(self, settings: Settings) -> None:
        """The case files that a person asked to be remembered and that are still there."""
        with QSignalBlocker(self.remember):
            self.remember.setChecked(settings.remember)
        while (item := self.recent.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        for path in map(Path, settings.recent):
            if path.is_file():
                made = button(path.name.replace("&", "&&"), "door")
                made.setToolTip(tip(str(path)))
                made.clicked.connect(lambda _=False, path=path: self.dropped.emit([path]))
                self.recent.addWidget(made)

    def _busy(self, busy: bool) -> None:
        self.open_button.setEnabled(not busy)
        self.demo_button.setEnabled(not busy)

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("What was leaked, of whom, and how badly?"),
            words("Open the leaked file. In seconds you know which data are exposed, how many people, and what you must do now."),
        )
        self.drop_title.setText(words("Drop the leaked file here"))
        self.drop_note.setText(
            words(
                "CSV and other text, Excel, OpenDocument, JSON, SQL dumps, SQLite, Parquet, XML, in archives too. Files are "
                "only read, never changed."
            )
        )
        self.open_button.setText(words("Open a file…"))
        self.demo.set_title(words("No file at hand?"))
        self.demo_note.setText(
            words(
                "Invented patients, written on this machine, with the defects of a real export. For training and demonstrations."
            )
        )
        for at, rows in enumerate(SIZES):
            self.demo_size.setItemText(at, words("{n} patients", n=rows))
        self.demo_size.setAccessibleName(words("How many patients"))
        self.demo_button.setText(words("Open the fictional hospital"))
        self.claim_button.setText(words("Paste what the seller claims…"))
        self.cases.set_title(words("Cases"))
        self.remember.setText(
            words("Remember on this machine which cases I save or open (their names and places, nothing of a leak)")
        )
        self.promise.set_title(words("What stays here"))
        texts = (
            words("No network, ever: nothing leaves this machine."),
            words("Values stay masked until you press F9."),
            words("Nothing of the leak is kept when you close."),
        )
        for part, text in zip(self.promises, texts, strict=True):
            part.setText("✓  " + text)
        self.open_button.setAccessibleName(words("Open a file…"))
