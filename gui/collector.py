"""Garbage is collected in the window's thread alone: a cycle that holds a Qt object must not end in a worker, while the window
hands that object an event."""

import gc

from PySide6.QtCore import QObject, QTimer

OFTEN = 250  # milliseconds


class Collector(QObject):
    """Takes over from Python's own collector, which runs in whichever thread makes the next object, at its own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=OFTEN)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collects the oldest generation that is due."""
        due = [at for at, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit]
        if due:
            gc.collect(due[-1])
