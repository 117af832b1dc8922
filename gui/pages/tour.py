"""A tour of five steps: each shows the page it speaks of, in the window as it is."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from analysis.ground.words import mark
from gui.pages.page import At
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label

WIDTH, MARGIN = 380, 24  # pixels
STEPS = (
    (
        At.SHORT,
        mark("The verdict first"),
        mark("How many people, what is exposed, how bad it is, what to do now. Each line opens the page that tells it in full."),
    ),
    (
        At.FIELDS,
        mark("What each column is"),
        mark("Where the program guessed wrong, choose another kind: every figure follows. Ctrl+Z takes it back."),
    ),
    (
        At.PEOPLE,
        mark("Find a person"),
        mark("Ctrl+F on any page: a name as it is heard, a birth date, a phone. Enter opens what leaked of her."),
    ),
    (
        At.IMPACT,
        mark("Touch any mark"),
        mark("A click on a bar or a département leaves its people everywhere; Esc brings everybody back."),
    ),
    (
        At.REPORT,
        mark("What is handed over"),
        mark("Letters, notification, register, lists: chosen, looked at, written in one go. What is missing is said."),
    ),
)


class Tour(QFrame):
    """A card above the page, in the lower right corner of the window."""

    def __init__(self, window: QWidget, session: Session, show_page: Callable[[int], None]) -> None:
        super().__init__(window)
        self.session, self._show_page, self.at = session, show_page, 0
        self.setObjectName("tour")
        self.setFixedWidth(WIDTH)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 12)
        self.title, self.said, self.place = label("", "section"), label("", "", wrap=True), label("", "quiet")
        self.on, self.shut = button("", "primary"), button("", "flat")
        self.on.clicked.connect(self.go_on)
        self.shut.clicked.connect(self.end)
        foot = QHBoxLayout()
        for part in (self.place, self.shut, self.on):
            foot.addWidget(part)
        foot.insertStretch(1)
        for text in (self.title, self.said):
            whole.addWidget(text)
        whole.addLayout(foot)
        window.installEventFilter(self)
        session.language_changed.connect(self.retranslate)
        self.retranslate()
        self.show()
        self.raise_()
        self.on.setFocus()

    def go_on(self) -> None:
        if self.at + 1 == len(STEPS):
            self.end()
            return
        self.at += 1
        self.retranslate()

    def end(self) -> None:
        self.hide()
        self.deleteLater()

    def retranslate(self) -> None:
        words, (page, title, said) = self.session.words, STEPS[self.at]
        self._show_page(page)
        self.title.setText(words(title))
        self.said.setText(words(said))
        self.place.setText(f"{self.at + 1} / {len(STEPS)}")
        self.on.setText(words("Next") if self.at + 1 < len(STEPS) else words("Done"))
        self.shut.setText(words("End the tour"))
        self.setAccessibleName(words(title))
        self.adjustSize()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        around = self.parentWidget()
        if around is not None:
            self.move(around.width() - self.width() - MARGIN, around.height() - self.height() - 2 * MARGIN)
