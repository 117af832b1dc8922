"""What may happen and to whom: scenarios with advice, who is told first, who is singled out by whom, and the same incident by other methods."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from analysis.assess.lenses import lenses
from analysis.assess.scenarios import scenarios
from analysis.errors import Trouble
from analysis.kinds import kinds
from analysis.model import Impact
from analysis.report.methods import LEVELS, TIERS
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.parts import Card
from gui.widgets.plain import label, tip
from gui.widgets.tables import plain_table

ROW = 34


class RisksPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.open, self.first, self.single, self.others = (Card() for _ in range(4))
        self.scenarios, self.attackers, self.curve = plain_table(), plain_table(), plain_table()
        self.advice = label("", "sentence", wrap=True)
        self.open.column.addWidget(self.scenarios)
        self.open.column.addWidget(self.advice)
        self.tiers = label("", "", wrap=True)
        self.first.column.addWidget(self.tiers)
        self.single_note = label("", "quiet", wrap=True)
        self.single.column.addWidget(self.single_note)
        self.single.column.addWidget(self.attackers)
        self.single.column.addWidget(self.curve)
        self.methods = QGridLayout()
        self.methods.setHorizontalSpacing(18)
        self.methods.setVerticalSpacing(10)
        self.methods.setColumnStretch(1, 1)
        self.methods_texts = [[label("", "section"), label("", "", wrap=True), label("", "quiet", wrap=True)] for _ in range(5)]
        for at, parts in enumerate(self.methods_texts):
            self.methods.addWidget(parts[0], 2 * at, 0)
            self.methods.addWidget(parts[1], 2 * at, 1)
            self.methods.addWidget(parts[2], 2 * at + 1, 1)
        self.others.column.addLayout(self.methods)
        for card in (self.open, self.first, self.single, self.others):
            self.column.addWidget(card)
        self.column.addStretch()
        self.found: Any = None
        self.counted: Impact | None = None
        self.trouble: Trouble | None = None
        self.scenarios.currentCellChanged.connect(lambda row, *_: self._advise(row))
        session.impact_changed.connect(self._count)
        self.retranslate()

    def _count(self, impact: Impact | None) -> None:
        """Whom few fields single out depends on the persons alone: it is counted once for them, off the thread, when somebody looks."""
        store = self.session.store
        if not self.isVisible():
            return
        if impact is None or self.counted is None or impact.people is not self.counted.people:
            self.found, self.trouble, self.counted = None, None, impact
            if impact is not None and store is not None:
                from analysis.assess.singling import singling

                people = impact.people
                job = self.session.run_aside(lambda job: singling(store, people, job.watch))
                job.done.connect(lambda found: self._counted(impact, found))
                job.failed.connect(lambda trouble: self._counted(impact, None, trouble))
                job.start()
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count(self.session.impact)

    def _counted(self, impact: Impact, found: Any, trouble: Trouble | None = None) -> None:
        if self.counted is impact:
            self.found, self.trouble = found, trouble
            self._singled()

    def retranslate(self) -> None:
        words = self.session.words
        self.head(words("The risks"), words("What may be done with the data, to whom, and what to advise each of them."))
        self.open.set_title(words("What the data open"))
        self.first.set_title(words("Who must be told first"))
        self.single.set_title(words("Whom a few known fields single out"))
        self.others.set_title(words("The same incident by other methods"))
        for table, name in ((self.scenarios, self.open), (self.attackers, self.single), (self.curve, self.single)):
            table.setAccessibleName(name.title.text())
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """The figures, when somebody looks: filling tables that nobody sees would keep the window busy."""
        words, impact = self.session.words, self.session.impact
        self._opened(impact)
        self.tiers.setText("\n".join(words("{label}: {n}", label=TIERS[number], n=people) for number, people in impact.tiers) if impact else "")  # fmt: skip
        self._singled()
        for parts, item in zip(self.methods_texts, lenses(impact) if impact else (), strict=False):
            reasons = " · ".join(words.of(said) for said in item.reasons)
            parts[0].setText(words.of(item.label))
            parts[1].setText("\n".join(text for text in (words.of(item.result), reasons) if text))
            parts[2].setText(words.of(item.status))

    def _opened(self, impact: Impact | None) -> None:
        words = self.session.words
        heads = (words("Scenario"), *(words.of(said) for said in LEVELS))
        labels = {item.code: item.label for item in scenarios()}
        rows = [(words(labels[code]), *(words.number(n) for n in counts)) for code, *counts in impact.scenarios] if impact else []
        filled(self.scenarios, heads, rows)
        self._advise(self.scenarios.currentRow())

    def _advise(self, row: int) -> None:
        words = self.session.words
        note = words(
            "Persons to whom each abuse is open with what the file holds of them. Levels are ordinal and ours; none is a probability."
        )
        if 0 <= row < len(scenarios()):
            note = words("Advice: {advice}", advice=words(scenarios()[row].advice))
        self.advice.setText(note)

    def _singled(self) -> None:
        words, found = self.session.words, self.found
        self.single_note.setText(
            words("Alone in the file with what somebody knows already; alone in the file is not alone in town.")
            if found
            else words("This could not be counted. {why}", why=self.trouble.said)
            if self.trouble
            else words("Being counted…")
        )

        def named(fields: tuple[str, ...]) -> str:
            from analysis.assess.singling import KNOWABLE

            return " + ".join(words.of(kinds()[KNOWABLE[name]].said) for name in fields)

        attackers = [
            (words(item.label), named(item.power.fields), words.number(item.power.alone), words(item.adds)) for item in found.attackers
        ] if found else []  # fmt: skip
        filled(self.attackers, (words("Who"), words("Knows"), words("Singles out"), words("Learns")), attackers)
        curve = [(named(item.fields), words.number(item.alone)) for item in (*found.curve, *found.ranked[1:])] if found else []
        filled(self.curve, (words("Known fields"), words("Alone in the file")), curve)


def filled(table: QTableWidget, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """The table with these texts, as high as they need."""
    table.setColumnCount(len(heads))
    table.setRowCount(len(rows))
    table.setHorizontalHeaderLabels(heads)
    table.verticalHeader().hide()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(tip(text))
            table.setItem(at, column, item)
    table.resizeColumnsToContents()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.horizontalHeader().setStretchLastSection(True)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    table.setFixedHeight(ROW * (len(rows) + 1) + 14)
