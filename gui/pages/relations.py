"""Which column of a table refers to which of another: proposed with its evidence, corrected by a person."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from analysis.model import Exposure, Key, Relation, Sheet
from analysis.model.codes import KeyEvidence
from gui.pages.reading import readable
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import button
from gui.widgets.plain import label
from gui.widgets.tables import fill, over_buttons, plain_table

LONGEST = 40  # signs of a name in a line


class Relations(QWidget):
    """One line per column that refers to another table, those of which a person said that they do not among them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.table = plain_table()
        self.table.itemSelectionChanged.connect(self._choose)
        self.table.itemActivated.connect(lambda _: self._change())
        self.note = label("", "quiet", wrap=True)
        self.nothing, self.change, self.more = button(), button(), button()
        self.nothing.clicked.connect(self._nothing)
        self.change.clicked.connect(self._change)
        self.more.clicked.connect(lambda: self._open(None))
        self.setLayout(over_buttons(self.table, self.note, self.nothing, self.change, self.more))
        self.lines: list[Relation] = []
        session.exposure_changed.connect(self.show_relations)
        session.language_changed.connect(self.show_relations)
        self.show_relations()

    def show_relations(self, *_: object) -> None:
        words, exposure = self.session.words, self.session.exposure
        keys = exposure.keys if exposure else ()
        denied = [item for item in exposure.case.relations if not item[2]] if exposure else []
        self.lines = [(key.left, key.left_column, key.right, key.right_column) for key in keys] + denied
        names = {sheet.name: sheet for sheet in exposure.leak.sheets} if exposure else {}
        shown = [self._line(key) for key in keys]
        for relation in denied:
            table, at = relation[:2]
            column = names[table].columns[at] if table in names and at < len(names[table].columns) else "?"
            shown.append((told(table, column), words("nothing"), "–", words.of(KeyEvidence.BY_HAND.said)))
        titles = (words("Column"), words("Refers to"), words("Rows that find their partner"), words("Known from"))
        fill(self.table, titles, shown)
        self.table.setAccessibleName(words("Relations between the tables"))
        self.note.setText(
            words("Rows belong to the person to whom they refer: what they say counts for her, and nobody is counted twice.")
        )
        self.nothing.setText(words("Refers to nothing"))
        self.change.setText(words("Change…"))
        self.more.setText(words("Add…"))
        self._choose()

    def _line(self, key: Key) -> tuple[str, ...]:
        words, exposure = self.session.words, self.session.exposure
        there = next(sheet for sheet in exposure.leak.sheets if sheet.name == key.right) if exposure else None
        column = there.columns[key.right_column] if there else ""
        return told(key.left, key.name), told(key.right, column), words.percent(key.share), words.of(key.evidence.said)

    def _chosen(self) -> Relation | None:
        row = self.table.currentRow()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _choose(self) -> None:
        chosen = self._chosen()
        self.nothing.setEnabled(chosen is not None and bool(chosen[2]))
        self.change.setEnabled(chosen is not None)
        exposure = self.session.exposure
        self.more.setEnabled(exposure is not None and len(exposure.leak.sheets) > 1)

    def _nothing(self) -> None:
        if chosen := self._chosen():
            self.session.refer((chosen[0], chosen[1], "", 0))

    def _change(self) -> None:
        if chosen := self._chosen():
            self._open(chosen)

    def _open(self, relation: Relation | None) -> None:
        if exposure := self.session.exposure:
            RelationDialog(self, self.session, exposure, relation).open()


class RelationDialog(QDialog):
    """A column, and the column of another table to which it refers. `relation`: of which the second is changed."""

    def __init__(self, parent: QWidget, session: Session, exposure: Exposure, relation: Relation | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.sheets = session, [sheet for sheet in exposure.leak.sheets if sheet.ledger.rows]
        self.setMinimumWidth(520)
        words = session.words
        self.setWindowTitle(words("Relations between the tables"))
        self.left, self.mine, self.right, self.theirs = Combo(), Combo(), Combo(), Combo()
        self.note = label("", "quiet", wrap=True)
        form = QFormLayout()
        form.addRow(words("Table"), self.left)
        form.addRow(words("Column"), self.mine)
        form.addRow(words("Refers to the table"), self.right)
        form.addRow(words("by its column"), self.theirs)
        self.shut, self.keep = button(words("Cancel")), button(words("Keep"), "primary")
        self.shut.clicked.connect(self.reject)
        self.keep.clicked.connect(self._keep)
        self.keep.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.shut)
        foot.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(form)
        whole.addLayout(foot)
        for table, column in ((self.left, self.mine), (self.right, self.theirs)):
            for sheet in self.sheets:
                table.addItem(readable(sheet.name), sheet.name)
            table.currentIndexChanged.connect(lambda _, table=table, column=column: self._columns(table, column))
            self._columns(table, column)
        if relation:
            self._show(self.left, self.mine, relation[:2])
            self._show(self.right, self.theirs, relation[2:] if relation[2] else (self.sheets[0].name, 0))
            self.left.setEnabled(False)
            self.mine.setEnabled(False)
        self._weigh()

    def _columns(self, table: QComboBox, column: QComboBox) -> None:
        sheet: Sheet = self.sheets[max(table.currentIndex(), 0)]
        column.clear()
        for at, name in enumerate(sheet.columns[: sheet.width]):
            column.addItem(readable(name), at)
        self._weigh()

    def _show(self, table: QComboBox, column: QComboBox, chosen: tuple[str, int]) -> None:
        table.setCurrentIndex(table.findData(chosen[0]))
        column.setCurrentIndex(column.findData(chosen[1]))

    def _weigh(self) -> None:
        """A table does not refer to itself."""
        same = self.left.currentData() == self.right.currentData()
        self.keep.setEnabled(not same)
        self.note.setText(self.session.words("Choose two different tables.") if same else "")

    def _keep(self) -> None:
        left, at, right, place = (box.currentData() for box in (self.left, self.mine, self.right, self.theirs))
        self.session.refer((left, at, right, place))
        self.accept()


def told(table: str, column: str) -> str:
    return f"{readable(table)[:LONGEST]} · {readable(column)[:LONGEST]}"
