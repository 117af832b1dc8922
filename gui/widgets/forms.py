"""Forms: cards of names and fields, choices."""

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from gui.widgets.calm import Combo, Whole
from gui.widgets.parts import Card
from gui.widgets.plain import label


def combo(items: dict[str, str]) -> QComboBox:
    made = Combo()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(24)
    for code, text in items.items():
        made.addItem(text, code)
    return made


def many(unknown: str) -> Whole:
    """A field for a number of people; `unknown`: what stands in it for none."""
    made = Whole()
    made.setRange(0, 2_000_000_000)
    made.setSpecialValueText(unknown)
    made.setGroupSeparatorShown(True)
    return made


def sheet(title: str) -> tuple[Card, QGridLayout]:
    """A card with a grid of names and fields."""
    card, grid = Card(title), QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setColumnStretch(1, 1)
    card.column.addLayout(grid)
    return card, grid


def added(grid: QGridLayout, name: str, *parts: QWidget) -> None:
    row = grid.rowCount()
    grid.addWidget(label(name, "quiet"), row, 0)
    for at, part in enumerate(parts, 1):
        grid.addWidget(part, row, at)
        grid.setColumnStretch(at, 1)
    parts[0].setAccessibleName(name)
