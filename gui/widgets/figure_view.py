"""A chart as a picture that a worker paints: the window never draws one itself, and so never waits for one. Its marks answer: the
pointer shows a value, a click asks for the people behind it, a table shows all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolTip

from gui.job import Job
from gui.widgets.parts import Card, button
from gui.widgets.plain import label, tip

SETTLED = 120  # milliseconds without a new size before the chart is painted again


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mark is (corners, in logical pixels), what it is called, its value, and the code of what a click asks for."""

    ring: tuple[tuple[float, float], ...]
    name: str
    value: str
    part: str


@dataclass(frozen=True, slots=True)
class Painted:
    """The bytes of an RGBA picture, its size in device pixels, the sentence under it, its marks."""

    data: bytes
    width: int
    height: int
    sentence: str
    spots: tuple[Spot, ...]

    @property
    def numbers(self) -> list[tuple[str, str, str]]:
        """Name, value and code of each mark, once."""
        return list(dict.fromkeys((spot.name, spot.value, spot.part) for spot in self.spots))


class Picture(QLabel):
    """The picture; tells which mark was clicked."""

    clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(300)
        self.setMouseTracking(True)
        self._shapes: list[tuple[QPolygonF, Spot]] = []
        self._under: tuple[QPolygonF, Spot] | None = None

    def show_spots(self, spots: Iterable[Spot]) -> None:
        self._shapes = [(QPolygonF([QPointF(x, y) for x, y in spot.ring]), spot) for spot in spots]
        self._under = None

    def spot_at(self, x: float, y: float) -> Spot | None:
        """The mark under a point."""
        found = self._at(QPointF(x, y))
        return found[1] if found else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not self._under:
            self._under = found
            self.setCursor(Qt.CursorShape.PointingHandCursor if found and found[1].part else Qt.CursorShape.ArrowCursor)
            QToolTip.showText(event.globalPosition().toPoint(), tip(f"{found[1].name}: {found[1].value}") if found else "", self)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found and found[1].part and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(found[1].part)

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._under is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().windowText().color(), 2))
            painter.setBrush(QColor(128, 128, 128, 40))
            painter.drawPolygon(self._under[0])
            painter.end()

    def _at(self, point: QPointF) -> tuple[QPolygonF, Spot] | None:
        rule = Qt.FillRule.OddEvenFill
        return next((found for found in self._shapes if found[0].containsPoint(point, rule)), None)


class FigureView(Card):
    """Shows what `paint(width, height, ratio)` gives."""

    part_asked = Signal(str)
    numbers_asked = Signal()
    save_asked = Signal()

    def __init__(self, run: Callable[[Callable[[Job], object]], Job]) -> None:
        super().__init__()
        self._run = run
        self._paint: Callable[[int, int, float], Painted] | None = None
        self._turn = 0
        self._due = False  # painted when it is next in view
        self.painted: Painted | None = None
        self.picture = Picture()
        self.picture.clicked.connect(self.part_asked)
        self.sentence = label("", "sentence", wrap=True)
        self.column.addWidget(self.picture, 1)
        self.column.addWidget(self.sentence)
        self.numbers, self.copy, self.save = (button("", "flat") for _ in range(3))
        line = QHBoxLayout()
        for push in (self.numbers, self.copy, self.save):
            line.addWidget(push)
        line.addStretch()
        self.column.addLayout(line)
        self.numbers.clicked.connect(self.numbers_asked)
        self.save.clicked.connect(self.save_asked)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SETTLED)
        self._wait.timeout.connect(self._settled)
        self._asked: tuple[object, QSize, float] | None = None  # what was painted last, or is being painted

    def show_chart(self, paint: Callable[[int, int, float], Painted] | None) -> None:
        self._paint = paint
        if paint is None:
            self._turn += 1
            self.painted = None
            self.picture.clear()
            self.picture.show_spots(())
            self.sentence.setText("")
        else:
            self.paint()

    def paint(self) -> None:
        self._due = self._paint is not None and not self._in_view()
        if self._paint is None or self._due or self.picture.width() < 50:
            return
        self._turn += 1
        turn, size, ratio, work = self._turn, self.picture.size(), self.devicePixelRatioF(), self._paint
        self._asked = (work, size, ratio)
        job = self._run(lambda _: work(size.width(), size.height(), ratio) if turn == self._turn else None)
        job.done.connect(lambda result: self._show(turn, result, ratio))

    def look(self) -> None:
        """Paints what is due and has come into view."""
        if self._due and self._in_view():
            self._wait.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._due:
            self._wait.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wait.start()

    def sizeHint(self) -> QSize:
        return QSize(560, 460)

    def _settled(self) -> None:
        """The card has its size: painted anew only where the picture has another one (a longer sentence leaves it as it is)."""
        if self._due or self._asked != (self._paint, self.picture.size(), self.devicePixelRatioF()):
            self.paint()

    def _in_view(self) -> bool:
        """Whether any of it is on screen: what is scrolled away waits."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def _show(self, turn: int, result: Painted | None, ratio: float) -> None:
        if turn != self._turn or result is None:
            return
        self.painted = result
        image = QImage(result.data, result.width, result.height, result.width * 4, QImage.Format.Format_RGBA8888)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)
        self.picture.show_spots(result.spots)
        self.sentence.setText(result.sentence)
        self.picture.setAccessibleName(result.sentence)
