"""The slip of one person: everything exposed of her, which rows are hers and why, and who was almost taken for her."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from analysis.assess import advice_of, all_scenarios, flags_of, levels
from analysis.classify import masked
from analysis.ground.words import Words
from analysis.model.codes import Band, Channel, EiReason, Likeness, MergeReason
from analysis.render import write_document
from analysis.report.methods import LEVELS
from analysis.rules.kinds import kinds
from gui.pages.answer import answer
from gui.session import Session
from gui.widgets.dialogs import ask_target
from gui.widgets.parts import Card, button
from gui.widgets.plain import label

LONGEST = 300  # signs of a text that is shown

if TYPE_CHECKING:
    from analysis.assess import Kin, Person, Slip


def likeness(agreeing: Sequence[tuple[Likeness, tuple[str, ...]]], words: Words) -> str:
    """What agrees in two records, nearly agrees and differs."""
    return " · ".join(
        words(mark.said.text, kinds=", ".join(words.of(kinds()[kind].said) for kind in names)) for mark, names in agreeing
    )


class SlipDialog(QDialog):
    """Masked until the session reveals; a verdict on a row closes it, since everything is counted again."""

    def __init__(self, parent: QWidget, session: Session, person: "Person", slip: "Slip") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.person, self.slip = session, person, slip
        self.resize(760, 640)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        whole.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        self.veil, self.answer, self.shut = button("", "flat"), button(), button()
        self.answer.clicked.connect(self._ask_answer)
        self.veil.clicked.connect(lambda: session.reveal(not session.revealed))
        self.shut.clicked.connect(self.reject)
        foot.addWidget(self.veil)
        foot.addStretch()
        foot.addWidget(self.answer)
        foot.addWidget(self.shut)
        whole.addLayout(foot)
        session.revealed_changed.connect(self._show)
        session.language_changed.connect(self._show)
        session.people_changed.connect(self.reject)
        self._show()

    def _show(self, *_: object) -> None:
        words, person = self.session.words, self.person
        self.setWindowTitle(words("Person {n}", n=person.position + 1))
        self.veil.setText(words("Hide the values (F9)") if self.session.revealed else words("Show the values (F9)"))
        self.answer.setText(words("Print the answer…"))
        self.shut.setText(words("Close"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addWidget(self._told())
        column.addWidget(self._open())
        if self.slip.hers:
            column.addWidget(self._kin(words("Rows counted as this person"), self.slip.hers, "split", words("Another person")))
        if self.slip.more:
            column.addWidget(label(words("{n} more rows of this person are not shown.", n=self.slip.more), "quiet"))
        if self.slip.near:
            column.addWidget(self._kin(words("Alike, and counted apart"), self.slip.near, "join", words("The same person")))
        column.addStretch()
        self.area.setWidget(inside)

    def _ask_answer(self) -> None:
        words = self.session.words
        name = f"ampleur-{self.session.today.isoformat()}-{words('answer')}.pdf"
        ask_target(self, words("Print the answer"), name, ("PDF (*.pdf)",), self.write_answer)

    def write_answer(self, path: Path) -> None:
        """One page for this person; the session says when it is there."""
        impact = self.session.impact
        if impact is not None:
            told = answer(self.session, impact, self.person, self.slip)
            self.session.save(lambda _store, _leak, words, _watch: write_document(told, path, words), path)

    def _head(self) -> Card:
        words, person = self.session.words, self.person
        card = Card(words("Severity: {band} ({se})", band=words.of(Band(person.band).said), se=words.decimal(person.se)))
        why = words("What makes the person recognizable: {what}.", what=words.of(EiReason(person.reason).said))
        reach = words("Best channel to tell her: {channel}.", channel=words.of(Channel(person.channel).said))
        age = "" if person.age is None else words("Age at the breach: {n}.", n=person.age)
        roles = ", ".join(words.of(role.said) for role in self.slip.roles)
        role = words("Role: {roles}.", roles=roles) if roles else ""
        card.column.addWidget(label("  ".join(text for text in (role, why, age, reach) if text), "quiet", wrap=True))
        return card

    def _told(self) -> Card:
        words = self.session.words
        card, grid = Card(words("What is exposed")), QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for at, item in enumerate(self.slip.told):
            grid.addWidget(label(words.of(kinds()[item.kind].said), "quiet"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label("\n".join(self._seen(text) for text in item.texts[:8]), wrap=True), at, 1)
        card.column.addLayout(grid)
        if self.slip.before is not None:
            card.column.addWidget(label(self._before(self.slip.before), "quiet", wrap=True))
        return card

    def _open(self) -> Card:
        """What her data open to a serious or grave level, and what to advise her."""
        words, impact = self.session.words, self.session.impact
        card = Card(words("What it opens, and what to advise"))
        flags = flags_of(self.person.profile)
        if "deceased" in flags:
            told = words("Deceased: nothing is addressed to her. The relatives may watch for contracts and messages in her name.")
            card.column.addWidget(label(told, "", wrap=True))
            return card
        if "minor" in flags:
            card.column.addWidget(
                label(words("A minor: what follows is for the parents or the representative."), "quiet", wrap=True)
            )
        found = levels(flags, impact.incident) if impact else ()
        for level, item in sorted(zip(found, all_scenarios(), strict=False), key=lambda pair: -pair[0]):
            advice = advice_of(item, flags, self.person.roles)
            if level >= 2 and advice:
                card.column.addWidget(label(f"{words(item.label)} ({words.of(LEVELS[level - 1])})"))
                card.column.addWidget(label(words(advice), "quiet", wrap=True))
        return card

    def _before(self, before: tuple[str, ...]) -> str:
        """What this leak adds to an earlier one."""
        words = self.session.words
        fresh = [item.kind for item in self.slip.told if item.kind not in before]
        old, new = (", ".join(words.of(kinds()[code].said) for code in dict.fromkeys(codes)) for codes in (before, fresh))
        told = words("An earlier leak held of this person already: {old}.", old=old)
        return told + " " + (words("New here: {new}.", new=new) if fresh else words("Nothing here is new."))

    def _kin(self, title: str, found: tuple["Kin", ...], verdict: str, offer: str) -> Card:
        words, card = self.session.words, Card(title)
        for item in found:
            line, texts = QHBoxLayout(), QVBoxLayout()
            why = words.of(MergeReason(item.reason).said) if item.reason else ""
            place = words("Row {n}", n=item.row + 1) + (f" ({item.table[:40]})" if item.table else "")
            texts.addWidget(label(words("{row}: {why}", row=place, why=why) if why else place))
            texts.addWidget(label(likeness(item.agreeing, words), "quiet", wrap=True))
            texts.addWidget(label(" · ".join(self._seen(text) for text in item.texts if text), "quiet", wrap=True))
            line.addLayout(texts, 1)
            decide = QPushButton(offer)
            decide.setAccessibleName(f"{offer}: {place}")
            decide.clicked.connect(lambda _=False, other=item.mention: self.session.judge(verdict, self.slip.mention, other))
            line.addWidget(decide, 0, Qt.AlignmentFlag.AlignTop)
            card.column.addLayout(line)
        return card

    def _seen(self, text: str) -> str:
        return text[:LONGEST] if self.session.revealed else masked(text)[:LONGEST]
