"""Doubtful pairs, one after the other: two records side by side, and whether they are one person. The program's own opinion is
shown behind the answer; the keyboard is enough."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from analysis.classify import masked
from analysis.report import reviewed
from analysis.rules.kinds import kinds
from gui.pages.slip import likeness
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label

if TYPE_CHECKING:
    from analysis.assess import Review, SideBySide

TELLING = 5  # answers from which what they say is shown
LONGEST = 120  # signs of a text that are shown
KEYS = {Qt.Key.Key_1: "same", Qt.Key.Key_2: "other", Qt.Key.Key_3: "unsure"}


class ReviewDialog(QDialog):
    """What is answered is decided when the dialog closes: everything is counted again once, and undone at once."""

    def __init__(self, parent: QWidget, session: Session, review: "Review") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.review = session, review
        self.at = 0
        self.answers: dict[tuple[int, int], str] = {}
        self.resize(820, 600)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(12)
        self.question, self.progress = label("", "section", wrap=True), label("", "quiet", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.opinion, self.figures = label("", "", wrap=True), label("", "quiet", wrap=True)
        whole.addWidget(self.question)
        whole.addWidget(self.progress)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.opinion)
        whole.addWidget(self.figures)
        row = QHBoxLayout()
        self.pushes = {answer: button() for answer in KEYS.values()}
        self.back, self.veil, self.shut = button("", "flat"), button("", "flat"), button("", "primary")
        for answer, push in self.pushes.items():
            push.clicked.connect(lambda _=False, answer=answer: self.say(answer))
        self.back.clicked.connect(self.step_back)
        self.veil.clicked.connect(lambda: session.reveal(not session.revealed))
        self.shut.clicked.connect(self.accept)
        for push in (*self.pushes.values(), self.back):
            push.setAutoDefault(False)
            row.addWidget(push)
        row.addStretch()
        for push in (self.veil, self.shut):
            push.setAutoDefault(False)
            row.addWidget(push)
        whole.addLayout(row)
        session.revealed_changed.connect(self._show)
        session.language_changed.connect(self._show)
        self._show()

    @property
    def pair(self) -> "SideBySide | None":
        return self.review.asked[self.at] if self.at < len(self.review.asked) else None

    def say(self, answer: str) -> None:
        """The answer on the pair that is shown, and on to the next one."""
        if self.pair is not None:
            self.answers[self.pair.doubt.pair] = answer
            self.at += 1
            self._show()

    def step_back(self) -> None:
        """The last answer is taken back."""
        if self.at:
            self.at -= 1
            self.answers.pop(self.review.asked[self.at].doubt.pair)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in KEYS:
            self.say(KEYS[key])
        elif key == Qt.Key.Key_Backspace:
            self.step_back()
        elif key == Qt.Key.Key_F9:
            self.session.reveal(not self.session.revealed)
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """However it is closed, what was answered is kept."""
        answers = [(answer, *pair) for pair, answer in self.answers.items()]
        super().done(result)
        if answers:
            self.session.review(answers)

    def _show(self, *_: object) -> None:
        words, asked = self.session.words, len(self.review.asked)
        self.setWindowTitle(words("Doubtful pairs"))
        names = (words("Same person (1)"), words("Two people (2)"), words("Cannot tell (3)"))
        for push, name in zip(self.pushes.values(), names, strict=True):
            push.setText(name)
            push.setEnabled(self.pair is not None)
        self.back.setText(words("Back (Backspace)"))
        self.back.setEnabled(self.at > 0)
        self.veil.setText(words("Hide the values (F9)") if self.session.revealed else words("Show the values (F9)"))
        self.shut.setText(words("Finish and count again") if self.answers else words("Close"))
        ended = words("All the pairs of this round are answered.") if asked else words("No pair is doubtful.")
        self.question.setText(words("Are these two records the same person?") if self.pair else ended)
        self.progress.setText(words("Pair {n} of {all}. Those that say most come first.", n=min(self.at + 1, asked), all=asked))
        self.area.setWidget(self._records(self.pair))
        self.opinion.setText(self._opinion())
        found = self.review.measured(self.session.answers() | self.answers)
        kept = words("What you answer is kept in the case, and can be undone.")
        self.figures.setText(words.of(reviewed(found)) if found and found.answers >= TELLING else kept)

    def _records(self, pair: "SideBySide | None") -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        if pair is None:
            return inside
        words, top = self.session.words, Qt.AlignmentFlag.AlignTop
        for place, row in enumerate(pair.rows, 1):
            grid.addWidget(label(words("Row {n}", n=row + 1), "name"), 0, place)
        for line, (column, kind, *texts) in enumerate(pair.lines, 1):
            name = words.of(kinds()[kind].said)
            grid.addWidget(label(name if name == column else f"{name} ({column[:40]})", "quiet", wrap=True), line, 0, top)
            for place, text in enumerate(texts, 1):
                grid.addWidget(self._seen(text), line, place, top)
        grid.setRowStretch(len(pair.lines) + 1, 1)
        return inside

    def _seen(self, text: str) -> QLabel:
        return label((text if self.session.revealed else masked(text))[:LONGEST] or "–", wrap=True)

    def _opinion(self) -> str:
        """What the program thought of the pair before this one."""
        if not self.at:
            return ""
        words, last = self.session.words, self.review.asked[self.at - 1]
        apart = words("the program had kept them apart.")
        told = words("the program had taken them for one person.") if last.doubt.linked else apart
        return words("The pair before: {told}", told=told) + " " + likeness(last.agreeing, words)
