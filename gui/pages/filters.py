"""The filters in force, above every page: what they are, how many people they leave, and how they are taken off."""

from PySide6.QtWidgets import QWidget

from analysis import assess, report
from analysis.model import Impact
from gui.session import Session
from gui.widgets.flow import Flow
from gui.widgets.parts import button
from gui.widgets.plain import label


class Filters(QWidget):
    """A chip for each filter; a click takes it off, Esc all of them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.flow = Flow()
        self.setLayout(self.flow)
        self.flow.setContentsMargins(24, 12, 24, 0)
        self.setObjectName("filters")
        session.shown_changed.connect(lambda _: self.retranslate())
        session.impact_changed.connect(self._prepare)
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def _prepare(self, impact: Impact | None) -> None:
        """What a filter counts, before anybody asks."""
        store = self.session.store
        if impact is not None and store is not None:
            self.session.run_last(lambda job: assess.marks_of(store, impact.census, job.watch))

    def retranslate(self) -> None:
        while (item := self.flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        impact, words = self.session.shown, self.session.words
        self.setVisible(impact is not None and bool(impact.parts))
        if impact is None or not impact.parts:
            return
        told = label(words("{n} person of {all}:", "{n} people of {all}:", n=impact.people.best, all=impact.among), "name")
        told.setFixedHeight(34)
        self.flow.addWidget(told)
        for code in impact.parts:
            text = words.of(report.part_said(code))
            chip = button(f"{text}  ✕", "chip")
            chip.setAccessibleName(words("Take off the filter: {what}", what=text))
            chip.clicked.connect(lambda _=False, code=code: self.session.narrow(code))
            self.flow.addWidget(chip)
        everybody = button(words("Everybody (Esc)"), "flat")
        everybody.clicked.connect(self.session.widen)
        self.flow.addWidget(everybody)
