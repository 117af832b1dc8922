"""A chart as a picture that a worker paints: the window never draws one itself, and so never waits for one."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from gui.job import Job
from gui.widgets.parts import Card
from gui.widgets.plain import label

DPI = 100.0
SETTLED = 120  # milliseconds without a new size before the chart is painted again


class FigureView(Card):
    """Shows what `paint(width, height, ratio)` gives: the bytes of an RGBA picture and the sentence under it."""

    def __init__(self, run: Callable[[Callable[[Job], object]], Job]) -> None:
        super().__init__()
        self._run = run
        self._paint: Callable[[int, int, float], tuple[bytes, int, int, str]] | None = None
        self._turn = 0
        self._due = False  # painted when it is next in view
        self.picture = label("", parent=self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.picture.setMinimumHeight(300)
        self.sentence = label("", "sentence", wrap=True)
        self.column.addWidget(self.picture, 1)
        self.column.addWidget(self.sentence)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SETTLED)
        self._wait.timeout.connect(self.paint)
        assert isinstance(self.layout(), QVBoxLayout)

    def show_chart(self, paint: Callable[[int, int, float], tuple[bytes, int, int, str]] | None) -> None:
        self._paint = paint
        if paint is None:
            self._turn += 1
            self.picture.clear()
            self.sentence.setText("")
        else:
            self.paint()

    def paint(self) -> None:
        self._due = self._paint is not None and not self.isVisible()
        if self._paint is None or self._due or self.picture.width() < 50:
            return
        self._turn += 1
        turn, size, ratio, work = self._turn, self.picture.size(), self.devicePixelRatioF(), self._paint
        job = self._run(lambda _: work(size.width(), size.height(), ratio) if turn == self._turn else None)
        job.done.connect(lambda result: self._show(turn, result, ratio))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._due:
            self._wait.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wait.start()

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def _show(self, turn: int, result: tuple[bytes, int, int, str] | None, ratio: float) -> None:
        if turn != self._turn or result is None:
            return
        data, width, height, sentence = result
        image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)
        self.sentence.setText(sentence)
        self.picture.setAccessibleName(sentence)
