"""One box that finds a person as she is typed: hits, how well they agree, and her slip."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from analysis import assess, classify, report
from analysis.ground.watch import Watch
from analysis.ground.words import Said, Words, listed, say
from analysis.model import Impact, People
from analysis.model.codes import Agreeing
from analysis.rules.kinds import kinds
from gui.job import Job
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label
from gui.widgets.tables import fill, plain_table

if TYPE_CHECKING:
    from analysis.store import Store

PAUSE = 120  # milliseconds without a further key before it is looked for
SHOWN = ("last_name", "first_name", "full_name", "birth_date", "city", "postal_code", "email", "phone")


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits, and the persons whom they are."""

    found: "assess.Found"
    persons: tuple["assess.Person", ...]


def looked_for(store: "Store", impact: Impact, text: str, watch: Watch, index: "assess.Index | None") -> Answer:
    """Off the thread: the hits and the persons behind them."""
    found = assess.find(store, impact, text, watch, index)
    table, _ = assess.listed(store, impact, watch) if found.hits else (None, 0)
    people = assess.some(store, impact, table, [hit.person for hit in found.hits]) if table else []
    return Answer(found, tuple(people))


def verdict(found: "assess.Found", people: int) -> Said:
    """Whether she is in the file, in one sentence, with what was searched."""
    where = listed([kinds()[code].said for code in found.kinds])
    if not len(found.typed):
        return say("Type a name, a birth date, a phone, an e-mail or a number, in any order. Searched: {where}.", where=where)
    whole = sum(hit.whole for hit in found.hits)
    if whole:
        return say("{n} person agrees in everything.", "{n} people agree in everything.", n=whole)
    if found.hits:
        return say("Nobody agrees in everything; these are near. Searched: {where}.", where=where)
    return say(
        "Not in this file. Searched: {where} of {n} person.",
        "Not in this file. Searched: {where} of {n} people.",
        where=where,
        n=people,
    )


def how(hit: "assess.Hit", found: "assess.Found", words: Words) -> str:
    """What of the question agrees, nearly agrees, and does not."""
    if hit.whole:
        return words("everything agrees")
    sorts: dict[str, dict[str, None]] = {"agrees": {}, "near": {}, "differs": {}}
    for level, (what, text) in zip(hit.levels, found.typed.parts, strict=True):
        told = text.capitalize() if what is Agreeing.NAME else words.of(what.said)
        sorts["agrees" if level == 1 else "near" if level else "differs"][told] = None
    told = {
        "agrees": words("agrees: {what}", what=", ".join(sorts["agrees"])),
        "near": words("near: {what}", what=", ".join(sorts["near"])),
        "differs": words("differs: {what}", what=", ".join(sorts["differs"])),
    }
    return " · ".join(text for name, text in told.items() if sorts[name])


class FindDialog(QDialog):
    """What is typed is looked for in everybody, whatever is filtered; nothing of it is kept."""

    slip_asked = Signal(object)  # Person

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.session = session
        self.answer: Answer | None = None
        self._turn, self._job = 0, None
        self._prepared: People | None = None
        self._index: assess.Index | None = None
        self.resize(900, 560)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(12)
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.said = label("", "sentence", wrap=True)
        self.table = plain_table()
        self.hint, self.shut = label("", "quiet", wrap=True), button()
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.shut)
        for part in (self.text, self.said, self.table):
            whole.addWidget(part)
        whole.setStretchFactor(self.table, 1)
        whole.addLayout(foot)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAUSE)
        self._wait.timeout.connect(self.look)
        self.text.textChanged.connect(lambda _: self._wait.start())
        self.text.returnPressed.connect(self._first)
        self.table.activated.connect(lambda index: self._open(index.row()))
        self.shut.clicked.connect(self.reject)
        session.revealed_changed.connect(lambda _: self._show())
        session.language_changed.connect(self.retranslate)
        session.people_changed.connect(lambda _: self._forget())
        session.busy_changed.connect(lambda busy: None if busy else self._prepare())
        self.retranslate()

    def ask(self) -> None:
        """Opens, with the text selected, so that the next one replaces it."""
        self.show()
        self.raise_()
        self.text.setFocus()
        self.text.selectAll()
        self.look()

    def look(self) -> None:
        """Looks for what is typed; an older question is dropped."""
        impact, store, text = self.session.impact, self.session.store, self.text.text()
        if impact is None or store is None:
            return
        self._turn += 1
        turn = self._turn
        if self._job is not None:
            self._job.stop()

        def work(job: Job) -> Answer:
            return looked_for(store, impact, text, job.watch, index)

        index = self._index if impact.people is self._prepared else None
        self._job = self.session.run_aside(work)
        self._job.done.connect(lambda answer: self._arrived(turn, answer))
        self._job.start()

    def retranslate(self, *_: object) -> None:
        words = self.session.words
        self.setWindowTitle(words("Find a person"))
        self.text.setPlaceholderText(words("Name, birth date, phone, e-mail, number…"))
        self.text.setAccessibleName(words("Find a person"))
        self.hint.setText(words("Enter opens the slip: what is exposed of this person, in which rows, and what to advise."))
        self.shut.setText(words("Close"))
        self.table.setAccessibleName(words("People found"))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the hits while one types."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.table.rowCount():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.table.selectRow(max(0, min(self.table.currentRow() + step, self.table.rowCount() - 1)))
        else:
            super().keyPressEvent(event)

    # -- inside

    def _arrived(self, turn: int, answer: Answer) -> None:
        if turn == self._turn:
            self._job, self.answer = None, answer
            self._show()

    def _prepare(self) -> None:
        """The index, before anybody asks: a large one takes seconds."""
        people, store = self.session.people, self.session.store
        if people is not None and store is not None and self.session.impact is not None and people is not self._prepared:
            self._prepared, self._index = people, None
            job = self.session.run_aside(lambda job: assess.prepare(store, people, job.watch))
            job.done.connect(lambda index: self._indexed(people, index))
            job.start()

    def _indexed(self, people: People, index: "assess.Index") -> None:
        if people is self._prepared:
            self._index = self.session.held["find"] = index

    @property
    def ready(self) -> bool:
        """Whether the index is there."""
        return self._index is not None

    def _forget(self) -> None:
        self._turn += 1
        self.answer = None
        self._show()
        if self.isVisible():
            self._wait.start()

    def _show(self) -> None:
        words, answer, impact = self.session.words, self.answer, self.session.impact
        if answer is None or impact is None:
            self.said.setText("")
            self.table.setRowCount(0)
            return
        self.said.setText(words.of(verdict(answer.found, impact.people.best)) + self._more(answer))
        fields = [field for code in SHOWN if (field := impact.people.exposure.seat(0).of_kind(code))]
        by_person = {hit.person: hit for hit in answer.found.hits}
        heads = (words("How well"), words("Role"), words("Age"), *(field.column[:40] for field in fields))
        rows = [
            (
                how(by_person[item.person], answer.found, words),
                report.roles_said(item, words),
                "" if item.age is None else words.number(item.age),
                *(self._seen(item.cells[field.position]) for field in fields),
            )
            for item in answer.persons
        ]
        fill(self.table, heads, rows)
        if rows:
            self.table.selectRow(0)

    def _more(self, answer: Answer) -> str:
        return " " + self.session.words("There are more: add a birth date or a first name.") if answer.found.more else ""

    def _seen(self, cell: str) -> str:
        return cell[:80] if self.session.revealed else classify.masked(cell)[:80]

    def _first(self) -> None:
        self._open(max(self.table.currentRow(), 0))

    def _open(self, row: int) -> None:
        if self.answer is not None and row < len(self.answer.persons):
            self.slip_asked.emit(self.answer.persons[row])
