"""The people by what stands in a column: its values, each with how many people, one of which (or a range) filters everything."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from analysis import assess, classify, report
from analysis.ground.errors import Trouble
from analysis.model import Impact
from gui.job import Job
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import button, row
from gui.widgets.plain import label
from gui.widgets.tables import fill, plain_table

if TYPE_CHECKING:
    from analysis.store import Store

OWN = {"severity": "Score", "years": "Age", "lines": "Rows"}  # parts of the people -> heads of the list
PAUSE = 150  # milliseconds without a further key before it is looked for
MOST = 200  # values that are shown
FEW = 10  # people, below whom a value may name somebody: it stays masked as every cell does


class NarrowDialog(QDialog):
    """Stays open: a filter is a click on a value, another one takes it off."""

    def __init__(self, parent: QWidget, session: Session, chosen: str | int) -> None:
        """`chosen`: the place of a column of the leak, or a key of `OWN`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.values: assess.Values | None = None
        self._job: Job | None = None
        self._turn = 0
        words = session.words
        self.setWindowTitle(words("Filter or group"))
        self.resize(640, 560)
        self.columns, self.text, self.table = Combo(), QLineEdit(), plain_table()
        self.said, self.wrong = label("", "quiet", wrap=True), label("", "", wrap=True)
        self.low, self.high = QLineEdit(), QLineEdit()
        self.between, self.holding = button(words("Filter this range")), button(words("Filter what holds this text"))
        self._lay_out()
        for code, head in OWN.items():
            self.columns.addItem(words(head), code)
        impact = session.impact
        for at, name in enumerate(impact.people.exposure.leak.columns if impact is not None else ()):
            self.columns.addItem(name[:60] or f"#{at + 1}", at)
        self.columns.setCurrentIndex(max(self.columns.findData(chosen), 0))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAUSE)
        self._wait.timeout.connect(self.look)
        self.text.textChanged.connect(lambda _: self._wait.start())
        self.columns.activated.connect(lambda _: self._other())
        self.table.activated.connect(lambda index: self._take(index.row()))
        self.between.clicked.connect(self._range)
        self.holding.clicked.connect(lambda: self._narrow("text", self.text.text()))
        for part in (self.low, self.high):
            part.returnPressed.connect(self._range)
        session.revealed_changed.connect(self._show)
        session.shown_changed.connect(self.look)
        self._other()

    def look(self, *_: object) -> None:
        """Counts the values of the column among the people in view; an older question is dropped."""
        shown, store, column = self.session.shown, self.session.store, self.columns.currentData()
        self._turn += 1
        turn, text = self._turn, self.text.text()
        if self._job is not None:
            self._job.stop()
        if shown is None or store is None or not isinstance(column, int):
            return
        self._job = self.session.run_aside(lambda job: values(store, shown, column, text, job))
        self._job.done.connect(lambda found: self._arrived(turn, found))
        self._job.start()

    def done(self, result: int) -> None:
        """An answer that comes later is nobody's."""
        self._turn += 1
        super().done(result)

    # -- inside

    def _lay_out(self) -> None:
        words = self.session.words
        whole, shut = QVBoxLayout(self), button(words("Close"))
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(10)
        for part, name in (
            (self.columns, words("Column")),
            (self.text, words("Holding this text")),
            (self.table, words("Values")),
            (self.low, words("From (a number or a date)")),
            (self.high, words("Up to (a number or a date)")),
        ):
            part.setAccessibleName(name)
            if isinstance(part, QLineEdit):
                part.setPlaceholderText(name)
        whole.addWidget(self.columns)
        whole.addLayout(row(self.text, self.holding, stretch=False))
        whole.addWidget(self.table, 1)
        whole.addWidget(self.said)
        whole.addLayout(row(self.low, self.high, self.between, stretch=False))
        whole.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.addWidget(
            label(words("Enter on a value filters everything by it; once more takes the filter off."), "quiet", wrap=True), 1
        )
        foot.addWidget(shut)
        whole.addLayout(foot)
        shut.clicked.connect(self.reject)

    def _other(self) -> None:
        """Another column."""
        leak = isinstance(self.columns.currentData(), int)
        for part in (self.text, self.holding, self.table, self.said):
            part.setVisible(leak)
        self.values = None
        self.low.clear()
        self.high.clear()
        self.text.clear()
        self._show()
        self.look()

    def _arrived(self, turn: int, found: "assess.Values") -> None:
        if turn == self._turn:
            self._job, self.values = None, found
            self._show()

    def _show(self, *_: object) -> None:
        words, found, shown = self.session.words, self.values, self.session.shown
        self.wrong.setText("")
        if found is None or shown is None:
            self.table.setRowCount(0)
            self.said.setText(words("Counting…") if self.table.isVisibleTo(self) else "")
            return
        everybody = max(shown.people.best, 1)
        rows = [(self._seen(value, n), words.number(n), words.percent(n / everybody)) for value, n in found.told]
        fill(self.table, (words("Value"), words("People"), words("Share")), rows)
        told = [words("{n} person without a value.", "{n} people without a value.", n=found.without)] if found.without else []
        told += [words("{n} value more.", "{n} values more.", n=found.more)] if found.more else []
        self.said.setText(" ".join(told))

    def _seen(self, value: str, n: int) -> str:
        return value[:80] if self.session.revealed or n >= FEW else classify.masked(value)[:80]

    def _take(self, at: int) -> None:
        if self.values is not None and 0 <= at < len(self.values.told):
            self._narrow("value", self.values.told[at][0])

    def _range(self) -> None:
        self._narrow("range", f"{self.low.text().strip()}..{self.high.text().strip()}")

    def _narrow(self, how: str, asked: str) -> None:
        """Everything filtered by the column; a range that is none is said here."""
        column, impact = self.columns.currentData(), self.session.impact
        if impact is None or not asked.strip():
            return
        part = f"{how}:{assess.named(impact.people.exposure, column)}={asked}" if isinstance(column, int) else f"{column}:{asked}"
        try:
            report.part_said(part)
        except Trouble as trouble:
            self.wrong.setText(self.session.words.of(trouble.said))
            return
        self.session.narrow(part)


def values(store: "Store", shown: Impact, column: int, text: str, job: Job) -> "assess.Values":
    return assess.values_of(store, shown, column, text, MOST, job.watch)
