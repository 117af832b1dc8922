"""The fields: what each column discloses, why, and its correction."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTableWidgetItem, QVBoxLayout

from analysis import classify
from analysis.ground.words import Said, say
from analysis.model import Exposure, Field
from analysis.model.codes import FIELD_HEADS, Role
from analysis.rules.kinds import kinds, taken_for
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import Card
from gui.widgets.plain import label
from gui.widgets.tables import plain_table


class FieldsPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        body = QHBoxLayout()
        body.setSpacing(16)
        self.table = plain_table()
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(420)
        self.table.itemSelectionChanged.connect(self._chosen)
        body.addWidget(self.table, 7)
        self.card = Card()
        self.card.setMinimumWidth(270)
        self.kind_label = label("", "quiet")
        self.kind = Combo()
        self.kind.activated.connect(self._correct)
        self.role_label, self.role = label("", "quiet"), Combo()
        self.role.activated.connect(self._describe)
        self.confirm = QPushButton()
        self.confirm.clicked.connect(self._confirm)
        self.confidence = label("", "", wrap=True)
        self.for_title, self.against_title, self.examples_title = label("", "section"), label("", "section"), label("", "section")
        self.reasons, self.against, self.examples = (
            label("", "", wrap=True),
            label("", "", wrap=True),
            label("", "quiet", wrap=True),
        )
        self._lay_out(body)
        self.coherence = label("", "quiet", wrap=True)
        self.column.addWidget(self.coherence)
        session.exposure_changed.connect(self._show)
        for box in (self.kind, self.role):
            session.busy_changed.connect(lambda busy, box=box: box.setEnabled(not busy or session.leak is not None))
        self.retranslate()

    def _lay_out(self, body: QHBoxLayout) -> None:
        """The table, and the card of the chosen field beside it."""
        for part in (
            self.kind_label,
            self.kind,
            self.role_label,
            self.role,
            self.confirm,
            self.confidence,
            self.for_title,
            self.reasons,
            self.against_title,
            self.against,
            self.examples_title,
            self.examples,
        ):
            self.card.column.addWidget(part)
        self.card.column.addStretch()
        side = QVBoxLayout()
        side.addWidget(self.card)
        side.addStretch()
        body.addLayout(side, 2)
        self.column.addLayout(body, 1)

    def _show(self, exposure: Exposure | None) -> None:
        chosen = max(self.table.currentRow(), 0)
        self._fill(exposure)
        if exposure:
            self.table.selectRow(min(chosen, self.table.rowCount() - 1))
            self._chosen()

    def _fill(self, exposure: Exposure | None) -> None:
        words = self.session.words
        fields = exposure.fields if exposure else ()
        said = [*to_check_of(exposure), *coherence_of(exposure)] if exposure else []
        self.coherence.setText("\n".join(map(words.of, said)))
        heads = [words(head) for head in (*FIELD_HEADS[:2], "Role", *FIELD_HEADS[2:])]
        self.table.setColumnCount(len(heads))
        self.table.setRowCount(len(fields))
        self.table.setHorizontalHeaderLabels(heads)
        for at, field in enumerate(fields):
            confidence = words("chosen") if field.corrected else words.percent(field.confidence)
            counts = (field.valid, field.malformed, field.placeholder, field.empty)
            texts = (
                field.column[:60],
                words.of(taken_for(field.taken, field.check)),
                "" if field.kind == "none" and not field.check else words.of(field.role.said),
                confidence,
                *(words.number(count) for count in counts),
            )
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if place > 2:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(at, place, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 140)
        header.setStretchLastSection(True)

    def _field(self) -> Field | None:
        exposure, row = self.session.exposure, self.table.currentRow()
        return exposure.fields[row] if exposure and 0 <= row < len(exposure.fields) else None

    def _chosen(self) -> None:
        words, field = self.session.words, self._field()
        self.card.setVisible(field is not None)
        if field is None:
            return
        self.card.set_title(field.column[:60])
        self.kind.setCurrentIndex(max(self.kind.findData(field.taken), 0))
        self.role.setCurrentIndex(max(self.role.findData(field.role.value), 0))
        self.confirm.setVisible(field.check)
        second = words("second best: {kind}", kind=kinds()[field.second].said) if field.second else ""
        sure = words("confidence {share}", share=float(field.confidence))
        self.confidence.setText(f"{sure} · {second}" if second else sure)
        self.reasons.setText("\n".join("✓  " + words.of(said) for said in field.reasons) or "–")
        self.against.setText("\n".join("✗  " + words.of(said) for said in field.against) or words("nothing"))
        shown = [f"✓  {example}" for example in field.examples] + [f"✗  {example}" for example in field.counterexamples]
        self.examples.setText("\n".join(shown) or "–")

    def _correct(self, place: int) -> None:
        field = self._field()
        kind = self.kind.itemData(place)
        if field is not None and (kind != field.kind or field.check):
            self.session.correct(field.position, kind)

    def _describe(self, place: int) -> None:
        field, role = self._field(), self.role.itemData(place)
        if field is not None and role != field.role:
            self.session.describe(field.position, role)

    def _confirm(self) -> None:
        field = self._field()
        if field is not None and field.check:
            self.session.correct(field.position, field.suspected)

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("The fields"),
            words(
                "What each column discloses, and why. Choose another kind where you know better: everything is computed again."
            ),
        )
        self.kind.clear()
        for code, kind in kinds().items():
            self.kind.addItem(words.of(kind.said), code)
        self.role.clear()
        for role in Role:
            self.role.addItem(words.of(role.said), role.value)
        self.role_label.setText(words("Whom the column describes"))
        self.role.setAccessibleName(words("Whom the column describes"))
        self.kind_label.setText(words("Kind of data"))
        self.confirm.setText(words("Confirm this kind"))
        self.kind.setAccessibleName(words("Kind of data"))
        self.table.setAccessibleName(words("The fields"))
        for part, text in (
            (self.for_title, words("For")),
            (self.against_title, words("Against")),
            (self.examples_title, words("Masked examples")),
        ):
            part.setText(text)
        self._fill(self.session.exposure)
        self._chosen()


def to_check_of(exposure: Exposure) -> list[Said]:
    """How many columns wait for a person."""
    waiting = len(exposure.to_check)
    told = say(
        "{n} column is to be checked: it counts in nothing until you confirm its kind.",
        "{n} columns are to be checked: they count in nothing until you confirm their kind.",
        n=waiting,
    )
    return [told] if waiting else []


def coherence_of(exposure: Exposure) -> list[Said]:
    """Sentences on how the columns agree and how old the leak may be. (Imported here: the engine would delay the first paint.)"""

    return [*(classify.coherence_said(item) for item in exposure.coherence), *classify.freshness_said(exposure.freshness)]
