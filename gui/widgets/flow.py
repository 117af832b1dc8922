"""A layout that goes on in the next line where a line is full."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

GAP = 8


class Flow(QLayout):
    """Parts side by side, each as wide as it wants."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid(QRect(0, 0, width, 0), False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._laid(rect, True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size, edges = QSize(), self.contentsMargins()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _laid(self, whole: QRect, really: bool) -> int:
        edges = self.contentsMargins()
        rect = whole.marginsRemoved(edges)
        x, y, tall = rect.x(), rect.y(), 0
        for item in self._items:
            wanted = item.sizeHint()
            if x + wanted.width() > rect.right() + 1 and x > rect.x():
                x, y, tall = rect.x(), y + tall + GAP, 0
            if really:
                item.setGeometry(QRect(x, y, min(wanted.width(), rect.width()), wanted.height()))
            x, tall = x + wanted.width() + GAP, max(tall, wanted.height())
        return y + tall - rect.y() + edges.top() + edges.bottom()
