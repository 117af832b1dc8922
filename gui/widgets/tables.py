"""Tables that only show: no editing, no sorting by accident, no drop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from gui.widgets.plain import tip

ROW = 34  # pixels


def only_shows(table: QTableView) -> None:
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSortingEnabled(False)
    table.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setTabKeyNavigation(False)


def plain_table() -> QTableWidget:
    table = QTableWidget()
    only_shows(table)
    return table


def over_buttons(table: QTableWidget, note: QLabel, *pushes: QPushButton) -> QVBoxLayout:
    """A table, below it a sentence and buttons: what can be done with the chosen line."""
    foot, whole = QHBoxLayout(), QVBoxLayout()
    foot.addWidget(note, 1)
    for push in pushes:
        foot.addWidget(push)
    whole.setContentsMargins(0, 8, 0, 0)
    whole.addWidget(table, 1)
    whole.addLayout(foot)
    return whole


def fill(table: QTableWidget, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """The table with these texts."""
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


def filled(table: QTableWidget, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """The same, as high as the texts need."""
    fill(table, heads, rows)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    table.setFixedHeight(ROW * (len(rows) + 1) + 14)
