"""Cards, figures in big type, badges, buttons, the zone that takes a dropped file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.plain import label


class Card(QFrame):
    """A raised panel with a column of parts."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 16)
        self.column.setSpacing(8)
        self.title = label(title, "section")
        self.column.addWidget(self.title)
        self.title.setVisible(bool(title))

    def set_title(self, text: str) -> None:
        self.title.setText(text)
        self.title.setVisible(bool(text))


LOW = 126  # pixels of a figure


class Figure(Card):
    """A number in big type, what it counts, and a line below."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(LOW)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.name = label("", "quiet")
        self.value = label("–", "figure")
        self.note = label("", "quiet", wrap=True)
        for part in (self.name, self.value, self.note):
            self.column.addWidget(part)
        self.column.addStretch()

    def show_figure(self, name: str, value: str, note: str = "", color: str = "") -> None:
        self.name.setText(name)
        self.value.setText(value)
        self.value.setStyleSheet(f"color: {color};" if color else "")
        self.note.setText(note)
        self._fit()
        self.setAccessibleName(f"{name}: {value}")

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A long line below the number is shown whole. (A page that scrolls asks nobody how high he is at his width.)"""
        self.setMinimumHeight(max(LOW, self.column.totalHeightForWidth(self.width())))


def button(text: str = "", kind: str = "") -> QPushButton:
    """A push button; `kind`: primary, nav, flat or none."""
    made = QPushButton(text)
    if kind:
        made.setProperty(kind, True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class Statements(QGridLayout):
    """Names on the left; beside each a text, and a quiet note below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(18)
        self.setVerticalSpacing(4)
        self.setColumnStretch(1, 1)
        self.parts: list[tuple[QLabel, QLabel, QLabel]] = []

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """As many as there are; what more there was is hidden."""
        for at in range(len(self.parts), len(rows)):
            made = label("", "name", wrap=True), label("", "", wrap=True), label("", "quiet", wrap=True)
            for part, place in zip(made, ((2 * at, 0, 2, 1), (2 * at, 1, 1, 1), (2 * at + 1, 1, 1, 1)), strict=True):
                self.addWidget(part, *place, Qt.AlignmentFlag.AlignTop)
            made[2].setContentsMargins(0, 0, 0, 10)
            self.parts.append(made)
        for at, made in enumerate(self.parts):
            for part, text in zip(made, rows[at] if at < len(rows) else ("", "", ""), strict=True):
                part.setText(text)
                part.setVisible(bool(text))


class DropZone(QFrame):
    """Takes files and folders, dropped; nothing but local files gets in."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(36, 34, 36, 34)
        self.column.setSpacing(12)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event):
            self._over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._over(False)
        if paths := local_files(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _over(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)


def local_files(event: QDropEvent | QDragEnterEvent) -> list[Path]:
    """The local files and folders of a drop."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def row(*parts: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Widgets side by side."""
    made = QHBoxLayout()
    made.setSpacing(12)
    for part in parts:
        made.addWidget(part)
    if stretch:
        made.addStretch()
    return made


def badge(made: QLabel, text: str, color: str, paper: str) -> None:
    """A label as a coloured badge."""
    made.setText(text)
    made.setStyleSheet(f"background: {color}; color: {paper};")
