"""How well rows hide by columns that a person chooses: the choice, the question, the measures with their meaning."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem

from analysis import assess, pipeline, report
from analysis.assess import QUASI_IDENTIFIERS
from analysis.ground.errors import Trouble
from analysis.model import Exposure, Leak
from gui.job import Job
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.dialogs import ask_file
from gui.widgets.parts import Card, button, row
from gui.widgets.plain import label, tip
from gui.widgets.tables import filled, plain_table

if TYPE_CHECKING:
    from analysis.assess import Among, Anonymity

CELL = (190, 30)  # pixels of a column to choose
ROWS = 6  # of them, before they scroll


@dataclass(frozen=True, slots=True)
class Choice:
    """Positions of the columns that others may know, the one that nobody should learn, everybody the file may be about."""

    by: tuple[int, ...]
    sensitive: int | None = None
    population: Path | None = None


class HidingCard(Card):
    """One question at a time; what is chosen afterwards takes its answer away."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.leak: Leak | None = None
        self.population: Path | None = None
        self.job: Job | None = None
        self.trouble: Trouble | None = None
        self.answer: tuple[Choice, Anonymity, Among | None] | None = None
        self._choosers()
        session.exposure_changed.connect(self._columns)
        session.busy_changed.connect(lambda _: self._enable())

    def _choosers(self) -> None:
        self.columns, self.sensitive = QListWidget(), Combo()
        self.columns.setFlow(QListWidget.Flow.LeftToRight)
        self.columns.setWrapping(True)
        self.columns.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.columns.setGridSize(QSize(*CELL))
        self.columns.itemChanged.connect(lambda _: self._chosen())
        self.sensitive.activated.connect(lambda _: self._chosen())
        self.names = [label("", "quiet") for _ in range(3)]
        self.everybody, self.nobody, self.measure = button(), button(), button("", "primary")
        self.everybody.clicked.connect(
            lambda: ask_file(self, self.session.words("Table of the population"), self.choose_population)
        )
        self.nobody.clicked.connect(lambda: self.choose_population(None))
        self.measure.clicked.connect(self.ask)
        self.said, self.table = label("", "quiet", wrap=True), plain_table()
        self.population_name = label("", "quiet", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for at, (name, part) in enumerate(zip(self.names, (self.columns, self.sensitive, self.everybody), strict=True)):
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            name.setBuddy(part)
        grid.addWidget(self.columns, 0, 1)
        grid.addWidget(self.sensitive, 1, 1)
        line = row(self.everybody, self.nobody, stretch=False)
        line.addWidget(self.population_name, 1)
        grid.addLayout(line, 2, 1)
        grid.addWidget(self.measure, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(grid)
        self.column.addWidget(self.said)
        self.column.addWidget(self.table)

    def _columns(self, exposure: Exposure | None) -> None:
        """The columns of another leak; a correction of this one leaves the choice."""
        leak = exposure.leak if exposure else None
        if leak is self.leak:
            return
        self.leak, self.population = leak, None
        self.columns.clear()
        self.sensitive.clear()
        self.sensitive.addItem("", None)
        found = exposure.fields if exposure else ()
        known = {next((item.position for item in found if item.kind == kind), -1) for kind in QUASI_IDENTIFIERS}
        for item in found:
            entry = QListWidgetItem(item.column)
            entry.setData(Qt.ItemDataRole.UserRole, item.position)
            entry.setCheckState(Qt.CheckState.Checked if item.position in known else Qt.CheckState.Unchecked)
            entry.setSizeHint(QSize(*CELL))
            entry.setToolTip(tip(item.column))
            self.columns.addItem(entry)
            self.sensitive.addItem(item.column, item.position)
        self.columns.setFixedHeight(CELL[1] * max(1, min(ROWS, -(-self.columns.count() // 4))) + 16)
        self._chosen()

    @property
    def choice(self) -> Choice:
        items = (self.columns.item(at) for at in range(self.columns.count()))
        by = (item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked)
        return Choice(tuple(by), self.sensitive.currentData(), self.population)

    def choose_population(self, path: Path | None) -> None:
        self.population = path
        self._chosen()

    def _chosen(self) -> None:
        """Another choice: what was measured of the one before is no answer to it."""
        self.stop()
        self.answer, self.trouble = None, None
        self.retranslate()

    def ask(self) -> None:
        """Measures the chosen columns, off the thread."""
        leak, store, choice = self.leak, self.session.store, self.choice
        if leak is None or store is None:
            return

        def work(job: Job) -> object:

            with store.scratch():
                found = assess.anonymity_of(store, leak, choice.by, choice.sensitive, job.watch.within(0.0, 0.5))
                among = (
                    pipeline.in_population(store, leak, choice.by, choice.population, job.watch.within(0.5, 1.0))
                    if choice.population
                    else None
                )
            return choice, found, among

        job = self.job = self.session.run_aside(work)
        job.done.connect(lambda found: self._answered(job, found, None))
        job.failed.connect(lambda trouble: self._answered(job, None, trouble))
        job.cancelled.connect(lambda: self._answered(job, None, None))
        self.answer, self.trouble = None, None
        self.retranslate()
        job.start()

    def stop(self) -> None:
        """Gives the question up."""
        if self.job is not None:
            self.job.stop()
            self.job = None

    def give_up(self) -> None:
        """The question is taken back; what was chosen stays."""
        if self.job is not None:
            self.stop()
            self.retranslate()

    def _answered(self, job: Job, found: Any, trouble: Trouble | None) -> None:
        if job is self.job:
            self.job, self.answer, self.trouble = None, found, trouble
            self.retranslate()

    def _enable(self) -> None:
        self.measure.setEnabled(bool(self.choice.by) and self.job is None and not self.session.busy)
        self.nobody.setVisible(self.population is not None)

    def _told(self) -> str:
        words = self.session.words
        if self.job is not None:
            return words("Being counted…")
        if self.trouble is not None:
            return words.of(self.trouble.said)
        if self.answer is None or self.leak is None:
            return words("Rows that agree in every chosen column hide among each other. A missing value is a value of its own.")
        choice, _, among = self.answer
        told = [words("Measured by {columns}.", columns=" + ".join(self.leak.columns[at] for at in choice.by))]
        if choice.sensitive is not None:
            told.append(words("Nobody should learn {column}.", column=self.leak.columns[choice.sensitive]))
        if among is not None:
            told.append(
                words(
                    "Among {n} people of the population; {rows} rows have fewer of their kind there than here, or none: for "
                    "them the file stands for it.",
                    n=among.people,
                    rows=among.unknown_rows,
                )
            )
        return " ".join(told)

    def retranslate(self) -> None:
        words = self.session.words
        self.set_title(words("How well the rows hide, by columns that you choose"))
        self.table.setAccessibleName(self.title.text())
        texts = words("Others may know"), words("Nobody should learn"), words("Population")
        for part, text, field in zip(self.names, texts, (self.columns, self.sensitive, self.everybody), strict=True):
            part.setText(text)
            field.setAccessibleName(text)
        if self.sensitive.count():
            self.sensitive.setItemText(0, words("no column"))
        self.everybody.setText(words("Table of the population…"))
        self.nobody.setText(words("Remove"))
        self.nobody.setAccessibleName(words("Measure without a population"))
        optional = words("optional: a file with columns of the same names, for the journalist's and the marketer's risks")
        self.population_name.setText(self.population.name if self.population else optional)
        self.measure.setText(words("Measure now"))
        self.said.setText(self._told())
        rows: list[tuple[str, ...]] = []
        if self.answer is not None:
            rows = [
                (words.of(item.label), item.shown(words), words.of(item.meaning)) for item in report.measures(*self.answer[1:])
            ]
        filled(self.table, (words("Measure"), words("Value"), words("Meaning")), rows)
        self.table.setVisible(bool(rows))
        self._enable()
