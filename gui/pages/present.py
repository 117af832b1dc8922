"""The presentation: one message a screen, in large letters, for a room. No cell of the leak; invented people are said."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from analysis import report
from analysis.ground.now import now
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label

LARGE, HUGE, SMALL = 30, 44, 18  # pixels of letters
MOST = 6  # lines of a screen
ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)


class Presentation(QDialog):
    """The topics of *In short*, one after the other; the arrows turn the pages, Esc ends it."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words, impact = session.words, session.shown
        self.setWindowTitle(words("Presentation"))
        self.resize(1280, 800)
        lines = report.brief(impact, now()) if impact is not None else ()
        self.screens = [
            (words.of(said), [words.of(line.said) for line in lines if line.topic == topic][:MOST])
            for topic, said in report.TOPICS.items()
        ]
        self.at = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(64, 48, 64, 32)
        whole.setSpacing(24)
        self.fictive = label(words("FICTIF: invented people") if session.fictive else "", "fictive")
        self.fictive.setVisible(session.fictive)
        self.topic, self.said = label("", "", wrap=True), label("", "", wrap=True)
        self.topic.setStyleSheet(f"font-size: {HUGE}px; font-weight: 700;")
        self.said.setStyleSheet(f"font-size: {LARGE}px;")
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.fictive, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.topic)
        whole.addWidget(self.said, 1)
        foot, self.place = QHBoxLayout(), label("", "quiet")
        self.place.setStyleSheet(f"font-size: {SMALL}px;")
        self.back, self.on, shut = button("‹", "flat"), button("›", "flat"), button(words("Close"), "flat")
        self.back.setAccessibleName(words("Back"))
        self.on.setAccessibleName(words("Next"))
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        shut.clicked.connect(self.reject)
        for part in (self.back, self.place, self.on):
            foot.addWidget(part)
        foot.addStretch()
        foot.addWidget(shut)
        whole.addLayout(foot)
        self.turn(0)

    def turn(self, step: int) -> None:
        """To the next screen, or the one before; it ends at both ends."""
        self.at = min(max(self.at + step, 0), len(self.screens) - 1)
        topic, lines = self.screens[self.at]
        self.topic.setText(topic)
        self.said.setText("\n\n".join(lines))
        self.place.setText(f"{self.at + 1} / {len(self.screens)}")
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at < len(self.screens) - 1)
        self.setAccessibleName(topic)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ON:
            self.turn(1)
        elif event.key() in BACK:
            self.turn(-1)
        else:
            super().keyPressEvent(event)
