"""What the program says by itself: a notice above the page, the progress below it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from analysis.ground.errors import Trouble
from analysis.ground.watch import Progress
from analysis.ground.words import Said
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label


class Notice(QWidget):
    """The last sentence of the session: a trouble, or that something is done."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.frame = QFrame()
        self.frame.setObjectName("notice")
        line = QHBoxLayout(self.frame)
        line.setContentsMargins(16, 10, 10, 10)
        self.text = label("", "", wrap=True)
        self.action, self.shut = button("", "primary"), button("", "flat")
        self.action.clicked.connect(self._act)
        self._done: Callable[[], object] | None = None
        self.shut.clicked.connect(self.dismiss)
        line.addWidget(self.text, 1)
        line.addWidget(self.action)
        line.addWidget(self.shut)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(24, 12, 24, 0)
        inner.addWidget(self.frame)
        self.dismiss()
        session.failed.connect(self._failed)
        session.said.connect(lambda said: self.tell(said, "said"))
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def dismiss(self) -> None:
        self.frame.hide()

    def tell(self, said: Said, kind: str, action: str = "", done: Callable[[], object] | None = None) -> None:
        """`action`: what can be done about it, and what does it."""
        self._done = done
        self.action.setText(action)
        self.action.setVisible(done is not None)
        self.frame.setProperty("kind", kind)
        self.frame.style().unpolish(self.frame)
        self.frame.style().polish(self.frame)
        self.text.setText(self.session.words.of(said))
        self.frame.show()

    def _act(self) -> None:
        done, self._done = self._done, None
        self.dismiss()
        if done is not None:
            done()

    def retranslate(self) -> None:
        self.shut.setText(self.session.words("Close"))

    def _failed(self, trouble: Trouble) -> None:
        self.tell(trouble.said, "trouble")


class ProgressLine(QWidget):
    """What is being done, how far, and how it is stopped."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 10, 24, 12)
        self.step = label("", "quiet")
        self.step.setMinimumWidth(260)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.cancel = button()
        self.cancel.clicked.connect(session.cancel)
        line.addWidget(self.step)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel)
        self.hide()
        session.progress.connect(self._tell)
        session.busy_changed.connect(self._busy)
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.cancel.setText(self.session.words("Cancel (Esc)"))

    def _tell(self, progress: Progress) -> None:
        self.step.setText(self.session.words.of(progress.step))
        self.bar.setValue(int(progress.fraction * 1000))

    def _busy(self, busy: bool) -> None:
        self.setVisible(busy)
        self.bar.setValue(0)
        self.step.setText(self.session.words("Starting") if busy else "")
