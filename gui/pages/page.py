"""What every page is: a title, a lead, a column that scrolls, and texts that are set again with the language."""

from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.session import Session
from gui.widgets.parts import Figure
from gui.widgets.plain import label


class At(IntEnum):
    """The pages in the order of their steps."""

    WELCOME = 0
    SHORT = 1
    LEAK = 2
    FIELDS = 3
    PEOPLE = 4
    IMPACT = 5
    RISKS = 6
    IDENTIFICATION = 7
    WHAT_IF = 8
    REPORT = 9


class Page(QScrollArea):
    """One step. Subclasses fill `column` and override `retranslate`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("page")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(24, 26, 24, 26)
        self.column.setSpacing(16)
        self.title = label("", "title")
        self.lead = label("", "lead", wrap=True)
        self.column.addWidget(self.title)
        self.column.addWidget(self.lead)
        self.setWidget(body)
        session.language_changed.connect(self.retranslate)

    def head(self, title: str, lead: str) -> None:
        self.title.setText(title)
        self.lead.setText(lead)
        self.setAccessibleName(title)

    def add_figures(self, count: int) -> list[Figure]:
        """A row of figures below what is there."""
        line, made = QHBoxLayout(), [Figure() for _ in range(count)]
        line.setSpacing(14)
        for part in made:
            line.addWidget(part, 1)
        self.column.addLayout(line)
        return made

    def retranslate(self) -> None:
        """Sets every text of the page."""
