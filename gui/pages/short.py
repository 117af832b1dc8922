"""In short: the verdict first, each line a door to where it is told in full."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from analysis import report
from analysis.ground.now import now
from analysis.model import Impact
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.parts import Card
from gui.widgets.plain import label

MINUTE = 60_000  # milliseconds
COLUMNS = (("todo", "exposed"), ("people", "severity", "care", "unread"))


class Door(QPushButton):
    """A sentence that opens something; it goes on in the next line where it is long."""

    def __init__(self, text: str, grave: bool) -> None:
        super().__init__()
        self.setProperty("door", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        inside = self._inside = QGridLayout(self)
        inside.setContentsMargins(8, 5, 8, 5)
        told = label(text, "strong" if grave else "", wrap=True)
        told.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(told, 0, 0)
        inside.addWidget(label("›", "quiet"), 0, 1, Qt.AlignmentFlag.AlignTop)
        inside.setColumnStretch(0, 1)

    # A button asks its text for its size: here the layout knows.

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inside.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSize()


class ShortPage(Page):
    opened = Signal(str)  # `Line.opens`

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.cards: dict[str, Card] = {}
        self.reading = label("", "sentence", wrap=True)
        self.column.addWidget(self.reading)
        both = QHBoxLayout()
        both.setSpacing(14)
        for topics in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(14)
            for topic in topics:
                self.cards[topic] = Card()
                column.addWidget(self.cards[topic])
            column.addStretch()
            both.addLayout(column, 1)
        self.column.addLayout(both)
        self.column.addStretch()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._show)
        self._minute.start()
        session.shown_changed.connect(lambda _: self._show())
        session.people_changed.connect(lambda _: self._reading())
        session.leak_changed.connect(lambda _: self._reading())
        session.busy_changed.connect(lambda _: self._reading())
        self.retranslate()

    def retranslate(self) -> None:
        words = self.session.words
        self.head(words("In short"), words("What you must know first. Each line opens the page that tells it in full."))
        for topic, card in self.cards.items():
            card.set_title(words.of(report.TOPICS[topic]))
        self._show()

    # -- inside

    def _reading(self) -> None:
        """What is known while the figures are still to come."""
        words, leak, people = self.session.words, self.session.leak, self.session.people
        self.reading.setVisible(self.session.shown is None)
        if people is not None:
            told = words(
                "{n} person so far; her risk is being estimated.",
                "{n} people so far; their risk is being estimated.",
                n=people.best,
            )
        elif leak is not None:
            told = words("{n} rows were read; who is in them is being found out.", n=leak.rows)
        else:
            told = words("The file is being read.")
        self.reading.setText(told)

    def _show(self) -> None:
        impact = self.session.shown
        self._reading()
        for card in self.cards.values():
            card.setVisible(impact is not None)
        if impact is not None:
            self._fill(impact)

    def _fill(self, impact: Impact) -> None:
        words = self.session.words
        lines = report.brief(impact, now())
        for topic, card in self.cards.items():
            while card.column.count() > 1:
                item = card.column.takeAt(1)
                if item is not None and (gone := item.widget()) is not None:
                    gone.deleteLater()
            for line in lines:
                if line.topic == topic:
                    door = Door(words.of(line.said), line.grave)
                    door.clicked.connect(lambda _=False, opens=line.opens: self.opened.emit(opens))
                    card.column.addWidget(door)
