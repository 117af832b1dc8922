"""A record that is no whole row: which of its cells belongs to which column, as a person says."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from analysis.classify import masked
from analysis.model import OUTSIDE, Leak
from gui.pages.reading import readable
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import button
from gui.widgets.plain import label

LONGEST = 120  # signs of a cell that are shown


class PlaceDialog(QDialog):
    """Cells are masked until the session reveals them; what is kept of the choice are numbers alone."""

    def __init__(
        self, parent: QWidget, session: Session, leak: Leak, source: str, line: int, rejected: bool, cells: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self.leak, self.cells = session, leak, cells
        self.source, self.line, self.was_rejected = source, line, rejected
        self.resize(640, 460)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(12)
        self.said = label("", "", wrap=True)
        whole.addWidget(self.said)
        self.shown: list[QLabel] = []
        self.columns: list[QComboBox] = []
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._form())
        whole.addWidget(area, 1)
        self.note = label("", "quiet", wrap=True)
        whole.addWidget(self.note)
        foot = QHBoxLayout()
        self.leave, self.shut, self.put = button("", "flat"), button(), button("", "primary")
        self.leave.clicked.connect(lambda: self._place(()))
        self.shut.clicked.connect(self.reject)
        self.put.clicked.connect(lambda: self._place(tuple(box.currentData() for box in self.columns)))
        self.put.setDefault(True)
        foot.addWidget(self.leave)
        foot.addStretch()
        foot.addWidget(self.shut)
        foot.addWidget(self.put)
        whole.addLayout(foot)
        session.revealed_changed.connect(self.retranslate)
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def _form(self) -> QWidget:
        """A line for each cell: its text, and the columns; the cells that are too many belong to none yet."""
        inside = QWidget()
        form, width = QFormLayout(inside), self.leak.sheet.width
        for at in range(len(self.cells)):
            text, box = label("", ""), Combo()
            for column, name in enumerate(self.leak.columns[:width]):
                box.addItem(readable(name), column)
            box.addItem("", OUTSIDE)
            box.setCurrentIndex(min(at, width))
            box.currentIndexChanged.connect(self._weigh)
            text.setBuddy(box)
            form.addRow(text, box)
            self.shown.append(text)
            self.columns.append(box)
        return inside

    def retranslate(self, *_: object) -> None:
        words = self.session.words
        self.setWindowTitle(words("Line {n}", n=self.line))
        self.said.setText(words("Say which column each value of this record belongs to. Values of one column are joined."))
        for box, text, cell in zip(self.columns, self.shown, self.cells, strict=True):
            box.setItemText(box.count() - 1, words("(no column)"))
            text.setText((cell[:LONGEST] if self.session.revealed else masked(cell, LONGEST)) or "–")
        moved = words("A record that comes in or goes out moves the rows below: which rows are one person must be decided again.")
        self.note.setText(moved)
        self.note.setVisible(self._forgets())
        self.leave.setText(words("Leave this record out"))
        self.leave.setEnabled(not self.was_rejected)
        self.shut.setText(words("Cancel"))
        self.put.setText(words("Place it"))
        self._weigh()

    def _forgets(self) -> bool:
        """Whether pairs were decided that cannot follow their rows: no line can be told of a row."""
        exposure, leak = self.session.exposure, self.leak
        return exposure is not None and exposure.case.of_pairs and (not leak.in_lines or leak.sheet.name != leak.name)

    def _weigh(self, *_: object) -> None:
        """A record without any value in a column would be none."""
        self.put.setEnabled(any(box.currentData() != OUTSIDE for box in self.columns))

    def _place(self, columns: tuple[int, ...]) -> None:
        self.session.place((self.source, self.line, columns), moves=bool(columns) == self.was_rejected)
        self.accept()
