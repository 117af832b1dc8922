"""The fields: what each column discloses, why, and its correction."""

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from analysis import classify
from analysis.ground.words import Said, say
from analysis.model import Exposure, Field
from analysis.model.codes import FIELD_HEADS
from analysis.rules.kinds import taken_for
from gui.pages.field_card import FieldCard
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.plain import label
from gui.widgets.tables import plain_table

ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class FieldsPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        body = QHBoxLayout()
        body.setSpacing(16)
        self.table = plain_table()
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(420)
        self.table.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.table.itemSelectionChanged.connect(self._chosen)
        body.addWidget(self.table, 7)
        self.card = FieldCard(session)
        side = QVBoxLayout()
        side.addWidget(self.card)
        side.addStretch()
        body.addLayout(side, 2)
        self.column.addLayout(body, 1)
        self.coherence = label("", "quiet", wrap=True)
        self.column.addWidget(self.coherence)
        session.exposure_changed.connect(self._show)
        self.retranslate()

    def _show(self, exposure: Exposure | None) -> None:
        chosen = self._rows() or [0]
        with QSignalBlocker(self.table):
            self._fill(exposure)
            self.table.clearSelection()
            for row in chosen if exposure else ():
                if row < self.table.rowCount():
                    self.table.selectionModel().select(self.table.model().index(row, 0), ROWS)
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

    def _rows(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _fields(self) -> list[Field]:
        """Those that are chosen."""
        exposure = self.session.exposure
        return [exposure.fields[row] for row in self._rows() if row < len(exposure.fields)] if exposure else []

    def _chosen(self) -> None:
        self.card.show_fields(self._fields())

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("The fields"),
            words(
                "What each column discloses, and why. Choose another kind where you know better, for several columns at once "
                "if you like: everything is computed again."
            ),
        )
        self.table.setAccessibleName(words("The fields"))
        self.card.retranslate()
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
