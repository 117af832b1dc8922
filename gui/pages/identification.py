"""Who is told apart by what: attackers field by field, the strongest fields together, and how well the rows hide by any columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QListWidget, QListWidgetItem

from analysis.errors import Trouble
from analysis.kinds import kinds
from analysis.model import Exposure, Impact, Power, Singling
from analysis.report.methods import ALONE, named
from gui.job import Job
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.dialogs import ask_file
from gui.widgets.parts import Card, Statements, button, row
from gui.widgets.plain import label, tip
from gui.widgets.tables import filled, plain_table

if TYPE_CHECKING:
    from analysis.assess.anonymity import Among, Anonymity

CELL = (190, 30)  # pixels of a column to choose
ROWS = 6  # of them, before they scroll
KNOWN = ("birth_date", "sex", "postal_code")  # chosen before anybody chooses


@dataclass(frozen=True, slots=True)
class Asked:
    """Positions of the columns that others may know, the one that nobody should learn, everybody the file may be about."""

    by: tuple[int, ...]
    sensitive: int | None = None
    population: Path | None = None


class IdentificationPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.figures = self.add_figures(4)
        self.single, self.chosen = Card(), Card()
        self.note = label("", "quiet", wrap=True)
        self.attackers, self.curve = Statements(), plain_table()
        self.single.column.addWidget(self.note)
        self.single.column.addLayout(self.attackers)
        self.single.column.addWidget(self.curve)
        self._choosers()
        for card in (self.single, self.chosen):
            self.column.addWidget(card)
        self.column.addStretch()
        self.singling: Singling | None = None
        self.counted: Impact | None = None
        self.trouble: Trouble | None = None
        self.population: Path | None = None
        self.measured: tuple[Anonymity, Among | None] | None = None
        self.job: Job | None = None
        session.impact_changed.connect(self._count)
        session.exposure_changed.connect(self._columns)
        session.busy_changed.connect(lambda _: self._enable())
        self.retranslate()

    def _choosers(self) -> None:
        self.columns, self.sensitive = QListWidget(), QComboBox()
        self.columns.setFlow(QListWidget.Flow.LeftToRight)
        self.columns.setWrapping(True)
        self.columns.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.columns.setGridSize(QSize(*CELL))
        self.columns.itemChanged.connect(lambda _: self._enable())
        self.names = [label("", "quiet") for _ in range(3)]
        self.everybody, self.nobody, self.measure = button(), button(), button("", "primary")
        self.everybody.clicked.connect(
            lambda: ask_file(self, self.session.words("Table of the population"), self.choose_population)
        )
        self.nobody.clicked.connect(lambda: self.choose_population(None))
        self.measure.clicked.connect(self.ask)
        self.table, self.said = plain_table(), label("", "quiet", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for at, (name, part) in enumerate(zip(self.names, (self.columns, self.sensitive), strict=False)):
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, at, 1)
        self.population_name = label("", "quiet")
        grid.addWidget(self.names[2], 2, 0)
        grid.addLayout(row(self.everybody, self.nobody, self.population_name), 2, 1)
        grid.addWidget(self.measure, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self.chosen.column.addLayout(grid)
        self.chosen.column.addWidget(self.said)
        self.chosen.column.addWidget(self.table)

    # -- whom a few fields single out

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count(self.session.impact)

    def _count(self, impact: Impact | None) -> None:
        """It depends on the persons alone: counted once for them, off the thread, when somebody looks."""
        if not self.isVisible():
            return
        if impact is None or self.counted is None or impact.people is not self.counted.people:
            self.singling, self.trouble, self.counted = None, None, impact
            if impact is not None:
                job = self.session.run_aside(lambda job: self.session.singled(impact, job.watch).singling)
                job.done.connect(lambda found: self._counted(impact, found))
                job.failed.connect(lambda trouble: self._counted(impact, None, trouble))
                job.start()
        self._fill()

    def _counted(self, impact: Impact, found: Singling | None, trouble: Trouble | None = None) -> None:
        if self.counted is impact:
            self.singling, self.trouble = found, trouble
            self._singled()

    def _fill(self) -> None:
        """The figures, when somebody looks: filling tables that nobody sees would keep the window busy."""
        words, impact = self.session.words, self.session.impact
        found = impact.reidentification if impact else None
        names = (
            words("Alone in the file"),
            words("Alone in their town"),
            words("Smallest class (k)"),
            words("Prosecutor's average risk"),
        )
        both = words("by birth date, sex and postal code")
        values = (
            (words.number(found.uniques), words.percent(found.alone_in_town), words.number(found.k), words.percent(found.average))
            if found and found.rows
            else ("–",) * 4
        )
        notes = both, words("expected among the real inhabitants"), words("rows that look the same"), words("of those whom somebody knows to be in the file")  # fmt: skip
        for part, name, value, note in zip(self.figures, names, values, notes, strict=True):
            part.show_figure(name, value, note)
        self._singled()

    def _singled(self) -> None:
        words, found = self.session.words, self.singling
        self.note.setText(
            words.of(ALONE)
            if found
            else words("This could not be counted. {why}", why=self.trouble.said)
            if self.trouble
            else words("Being counted…")
        )
        self.attackers.show_rows(
            [(words(item.label), self._steps(item.steps), words("Learns {what}", what=words(item.adds)))
             for item in (found.attackers if found else ())]
        )  # fmt: skip
        curve = [
            (named(item.fields, words), words.number(item.alone), words.percent(item.alone / max(item.known, 1)))
            for item in (found.curve if found else ())
        ]
        filled(self.curve, (words("The strongest fields together"), words("Alone in the file"), words("Share")), curve)

    def _steps(self, steps: Sequence[Power]) -> str:
        """Last name: 12 → + First name: 340"""
        words = self.session.words
        return " → ".join(
            ("+ " if at else "") + words("{label}: {n}", label=kinds()[step.fields[-1]].said, n=step.alone)
            for at, step in enumerate(steps)
        )

    # -- any columns

    def _columns(self, exposure: Exposure | None) -> None:
        """The columns of another leak: nothing is chosen of the former one."""
        self.columns.clear()
        self.sensitive.clear()
        self.measured, self.population = None, None
        for item in exposure.fields if exposure else ():
            entry = QListWidgetItem(item.column)
            entry.setCheckState(Qt.CheckState.Checked if item.kind in KNOWN else Qt.CheckState.Unchecked)
            entry.setSizeHint(QSize(*CELL))
            entry.setToolTip(tip(item.column))
            self.columns.addItem(entry)
        self.columns.setFixedHeight(CELL[1] * min(ROWS, -(-self.columns.count() // 4) or 1) + 16)
        self.sensitive.addItem("", None)
        for item in exposure.fields if exposure else ():
            self.sensitive.addItem(item.column, item.position)
        self.retranslate()

    @property
    def asked(self) -> Asked:
        by = (at for at in range(self.columns.count()) if self.columns.item(at).checkState() == Qt.CheckState.Checked)
        return Asked(tuple(by), self.sensitive.currentData(), self.population)

    def choose_population(self, path: Path | None) -> None:
        self.population = path
        self.retranslate()

    def ask(self) -> None:
        """Measures the chosen columns off the thread; a newer question drops the older one's answer."""
        leak, store, asked = self.session.leak, self.session.store, self.asked
        if leak is None or store is None:
            return

        def work(job: Job) -> Any:
            from analysis.assess.anonymity import anonymity, in_population

            found = anonymity(store, leak, asked.by, asked.sensitive, job.watch.within(0.0, 0.5))
            among = (
                in_population(store, leak, asked.by, asked.population, job.watch.within(0.5, 1.0)) if asked.population else None
            )
            return found, among

        job = self.job = self.session.run_aside(work)
        job.done.connect(lambda found: self._answered(job, found, None))
        job.failed.connect(lambda trouble: self._answered(job, None, trouble))
        job.cancelled.connect(lambda: self._answered(job, None, None))
        self.said.setText(self.session.words("Being counted…"))
        self._enable()
        job.start()

    def _answered(self, job: Job, found: Any, trouble: Trouble | None) -> None:
        if job is self.job:
            self.job, self.measured = None, found
            self._measures()
            self.said.setText(self.session.words.of(trouble.said) if trouble else self.said.text())
            self._enable()

    def _measures(self) -> None:
        words = self.session.words
        rows: list[tuple[str, ...]] = []
        if self.measured:
            from analysis.report.anonymity import measures

            rows = [(words.of(item.label), item.shown(words), words.of(item.meaning)) for item in measures(*self.measured)]
        filled(self.table, (words("Measure"), words("Value"), words("Meaning")), rows)
        self.table.setVisible(bool(rows))
        among = self.measured[1] if self.measured else None
        self.said.setText(
            words("Among {n} people of the population; {rows} rows have fewer of their kind there than here, or none: for them the file stands for it.",
                  n=among.people, rows=among.unknown_rows)
            if among else words("Rows that agree in every chosen column hide among each other. A missing value is a value of its own.")
        )  # fmt: skip

    def _enable(self) -> None:
        self.measure.setEnabled(bool(self.asked.by) and self.job is None and not self.session.busy)
        self.nobody.setVisible(self.population is not None)

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("Re-identification"),
            words("Whom somebody finds who knows a little already, and how well people hide among each other."),
        )
        self.single.set_title(words("Whom a few known fields single out"))
        self.chosen.set_title(words("How well the rows hide, by columns that you choose"))
        for table, card in ((self.curve, self.single), (self.table, self.chosen)):
            table.setAccessibleName(card.title.text())
        texts = words("Others may know"), words("Nobody should learn"), words("Everybody")
        for part, text in zip(self.names, texts, strict=True):
            part.setText(text)
        self.columns.setAccessibleName(texts[0])
        self.sensitive.setAccessibleName(texts[1])
        if self.sensitive.count():
            self.sensitive.setItemText(0, words("no column"))
        self.everybody.setText(words("Table of the population…"))
        self.nobody.setText(words("Without"))
        self.population_name.setText(
            self.population.name
            if self.population
            else words("optional: a file with columns of the same names, for the journalist's and the marketer's risks")
        )
        self.measure.setText(words("Measure now"))
        self._measures()
        self._enable()
        if self.isVisible():
            self._fill()
