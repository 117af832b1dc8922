"""What may happen and to whom: scenarios with advice, who is told first, and the same incident by other methods."""

from PySide6.QtGui import QShowEvent

from analysis.assess import all_lenses, all_scenarios
from analysis.model import Impact
from analysis.report.methods import LEVELS, TIERS
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.parts import Card, Statements
from gui.widgets.plain import label
from gui.widgets.tables import filled, plain_table


class RisksPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.open, self.first, self.others = (Card() for _ in range(3))
        self.scenarios = plain_table()
        self.advice = label("", "sentence", wrap=True)
        self.open.column.addWidget(self.scenarios)
        self.open.column.addWidget(self.advice)
        self.tiers = label("", "", wrap=True)
        self.first.column.addWidget(self.tiers)
        self.methods = Statements()
        self.others.column.addLayout(self.methods)
        for card in (self.open, self.first, self.others):
            self.column.addWidget(card)
        self.column.addStretch()
        self.scenarios.currentCellChanged.connect(lambda row, *_: self._advise(row))
        session.shown_changed.connect(lambda _: self._fill())
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def retranslate(self) -> None:
        words = self.session.words
        self.head(words("The risks"), words("What may be done with the data, to whom, and what to advise each of them."))
        self.open.set_title(words("What the data open"))
        self.first.set_title(words("Who must be told first"))
        self.others.set_title(words("The same incident by other methods"))
        self.scenarios.setAccessibleName(self.open.title.text())
        self._fill()

    def _fill(self) -> None:
        """The figures, when somebody looks: filling tables that nobody sees would keep the window busy."""
        if not self.isVisible():
            return
        words, impact = self.session.words, self.session.shown
        self._opened(impact)
        self.tiers.setText(
            "\n".join(words("{label}: {n}", label=TIERS[number], n=people) for number, people in impact.verdict.tiers)
            if impact
            else ""
        )
        self.methods.show_rows(
            [
                (
                    words.of(item.label),
                    "\n".join(text for text in (words.of(item.result), " · ".join(map(words.of, item.reasons))) if text),
                    words.of(item.status),
                )
                for item in (all_lenses(impact) if impact else ())
            ]
        )

    def _opened(self, impact: Impact | None) -> None:
        words = self.session.words
        heads = (words("Scenario"), *(words.of(said) for said in LEVELS))
        labels = {item.code: item.label for item in all_scenarios()}
        rows = (
            [(words(labels[code]), *(words.number(n) for n in counts)) for code, *counts in impact.verdict.scenarios]
            if impact
            else []
        )
        filled(self.scenarios, heads, rows)
        self._advise(self.scenarios.currentRow())

    def _advise(self, row: int) -> None:
        words = self.session.words
        note = words(
            "Persons to whom each abuse is open with what the file holds of them. Levels are ordinal and ours; none is a "
            "probability."
        )
        if 0 <= row < len(all_scenarios()):
            note = words("Advice: {advice}", advice=words(all_scenarios()[row].advice))
        self.advice.setText(note)
