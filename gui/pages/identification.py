"""Who is told apart by what: attackers field by field, the strongest fields together; and any columns (`hiding.py`)."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent

from analysis.ground.errors import Trouble
from analysis.model import Impact, Power, Singling
from analysis.report.methods import ALONE, names_of
from analysis.rules.kinds import kinds
from gui.pages.hiding import HidingCard
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.parts import Card, Statements
from gui.widgets.plain import label
from gui.widgets.tables import filled, plain_table


class IdentificationPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.figures = self.add_figures(4)
        self.single, self.hiding = Card(), HidingCard(session)
        self.note = label("", "quiet", wrap=True)
        self.attackers, self.curve = Statements(), plain_table()
        self.single.column.addWidget(self.note)
        self.single.column.addSpacing(6)
        self.single.column.addLayout(self.attackers)
        self.single.column.addWidget(self.curve)
        for card in (self.single, self.hiding):
            self.column.addWidget(card)
        self.column.addStretch()
        self.singling: Singling | None = None
        self.counted: Impact | None = None
        self.trouble: Trouble | None = None
        session.impact_changed.connect(self._count)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count(self.session.impact)

    def _count(self, impact: Impact | None) -> None:
        """Whom few fields single out depends on the persons alone: counted once for them, off the thread, when somebody looks."""
        store = self.session.store
        if not self.isVisible():
            return
        if impact is None or self.counted is None or impact.people is not self.counted.people:
            self.singling, self.trouble, self.counted = None, None, impact
            if impact is not None and store is not None:
                job = self.session.run_aside(lambda job: self.session.singled(store, impact, job.watch).singling)
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
        found = impact.census.reidentification if impact else None
        names = (
            words("Alone in the file"),
            words("Alone in their town"),
            words("Smallest class (k)"),
            words("Prosecutor's average risk"),
        )
        both = words("birth date, sex and postal code known")
        values = (
            (
                words.number(found.uniques),
                words.percent(found.alone_in_town) if found.covered else "–",
                words.number(found.k),
                words.percent(found.average),
            )
            if found and found.rows
            else ("–",) * 4
        )
        notes = (
            both,
            words("expected among the real inhabitants"),
            words("people who look the same"),
            words("of those whom somebody knows to be in the file"),
        )
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
            [
                (words(item.label), self._steps(item.steps), words("Learns {what}", what=words(item.adds)))
                for item in (found.attackers if found else ())
            ]
        )
        people = self.counted.people.best if self.counted else 1
        curve = [
            (names_of(item.fields, words), words.number(item.alone), words.percent(item.alone / max(people, 1)))
            for item in (found.curve if found else ())
        ]
        filled(self.curve, (words("The strongest fields together"), words("Alone in the file"), words("Share")), curve)
        self.curve.setVisible(bool(curve))

    def _steps(self, steps: Sequence[Power]) -> str:
        """Last name: 12 of 400 → + First name: 340 of 398"""
        words = self.session.words
        return " → ".join(
            ("+ " if at else "")
            + words("{label}: {n} of {known}", label=kinds()[step.fields[-1]].said, n=step.alone, known=step.known)
            for at, step in enumerate(steps)
        )

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("Re-identification"),
            words(
                "Whom somebody finds who knows a little already. With names in clear everybody is identified: these figures "
                "tell what the other fields would give away without them."
            ),
        )
        self.single.set_title(words("Whom a few known fields single out"))
        self.curve.setAccessibleName(self.single.title.text())
        self.hiding.retranslate()
        if self.isVisible():
            self._fill()
