"""The chosen columns: what they are taken for and why; another kind or role for all of them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from analysis.model import Field
from analysis.model.codes import Role
from analysis.rules.kinds import kinds
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import Card
from gui.widgets.plain import label


class FieldCard(Card):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.fields: tuple[Field, ...] = ()
        self.setMinimumWidth(270)
        self.kind_label, self.kind = label("", "quiet"), Combo()
        self.role_label, self.role = label("", "quiet"), Combo()
        self.confirm, self.found = QPushButton(), QPushButton()
        self.confidence = label("", "", wrap=True)
        self.for_title, self.against_title, self.examples_title = (label("", "section") for _ in range(3))
        self.reasons, self.against = label("", "", wrap=True), label("", "", wrap=True)
        self.examples = label("", "quiet", wrap=True)
        self.why = (
            self.confidence,
            self.for_title,
            self.reasons,
            self.against_title,
            self.against,
            self.examples_title,
            self.examples,
        )
        for part in (self.kind_label, self.kind, self.role_label, self.role, self.confirm, self.found, *self.why):
            self.column.addWidget(part)
        self.column.addStretch()
        self.kind.activated.connect(self._correct)
        self.role.activated.connect(self._describe)
        self.confirm.clicked.connect(self._confirm)
        self.found.clicked.connect(self._as_found)
        for box in (self.kind, self.role):
            session.busy_changed.connect(lambda busy, box=box: box.setEnabled(not busy or session.leak is not None))

    def show_fields(self, fields: Sequence[Field]) -> None:
        """The reasons of a single one; of several, what they have in common."""
        self.fields, words, exposure = tuple(fields), self.session.words, self.session.exposure
        self.setVisible(bool(fields))
        if not fields or exposure is None:
            return
        field, several = fields[0], len(fields) > 1
        self.set_title(words("{n} columns", n=len(fields)) if several else field.column[:60])
        same_kind, same_role = len({item.taken for item in fields}) == 1, len({item.role for item in fields}) == 1
        self.kind.setCurrentIndex(self.kind.findData(field.taken) if same_kind else -1)
        self.role.setCurrentIndex(self.role.findData(field.role.value) if same_role else -1)
        self.confirm.setVisible(any(item.check for item in fields))
        said = {position for position, _ in (*exposure.case.corrected, *exposure.case.roles)}
        self.found.setVisible(any(item.position in said for item in fields))
        for part in self.why:
            part.setVisible(not several)
        second = words("second best: {kind}", kind=kinds()[field.second].said) if field.second else ""
        sure = words("confidence {share}", share=float(field.confidence))
        self.confidence.setText(f"{sure} · {second}" if second else sure)
        self.reasons.setText("\n".join("✓  " + words.of(told) for told in field.reasons) or "–")
        self.against.setText("\n".join("✗  " + words.of(told) for told in field.against) or words("nothing"))
        shown = [f"✓  {example}" for example in field.examples] + [f"✗  {example}" for example in field.counterexamples]
        self.examples.setText("\n".join(shown) or "–")

    def retranslate(self) -> None:
        words = self.session.words
        self.kind.clear()
        for code, kind in kinds().items():
            self.kind.addItem(words.of(kind.said), code)
        self.role.clear()
        for role in Role:
            self.role.addItem(words.of(role.said), role.value)
        self.role_label.setText(words("Whom the column describes"))
        self.role.setAccessibleName(words("Whom the column describes"))
        self.kind_label.setText(words("Kind of data"))
        self.kind.setAccessibleName(words("Kind of data"))
        self.confirm.setText(words("Confirm this kind"))
        self.found.setText(words("As found"))
        self.found.setToolTip(words("Forgets what was said of these columns."))
        self.for_title.setText(words("For"))
        self.against_title.setText(words("Against"))
        self.examples_title.setText(words("Masked examples"))
        self.show_fields(self.fields)

    # -- what a person says

    def _correct(self, place: int) -> None:
        kind = self.kind.itemData(place)
        if others := [field.position for field in self.fields if kind != field.kind or field.check]:
            self.session.correct(others, kind)

    def _describe(self, place: int) -> None:
        role = self.role.itemData(place)
        if others := [field.position for field in self.fields if role != field.role]:
            self.session.describe(others, role)

    def _confirm(self) -> None:
        """Each column of those that wait is what it is taken for."""
        self.session.confirm([(field.position, field.suspected) for field in self.fields if field.check])

    def _as_found(self) -> None:
        self.session.forget_columns([field.position for field in self.fields])
