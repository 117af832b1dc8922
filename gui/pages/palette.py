"""Every command by its name (Ctrl+K): typed, chosen with the arrows, done with Enter. What was done is in it, to go back to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from analysis.rules.kinds import plain
from gui.session import Session


@dataclass(frozen=True, slots=True)
class Command:
    """What it is called, its key (if it has one), what it does."""

    text: str
    key: str
    run: Callable[[], object]


class Palette(QDialog):
    """Closes before the command runs."""

    def __init__(self, parent: QWidget, session: Session, commands: Sequence[Command]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words, self.commands = session.words, tuple(commands)
        self.setWindowTitle(words("Commands"))
        self.resize(560, 460)
        whole = QVBoxLayout(self)
        self.text = QLineEdit()
        self.text.setPlaceholderText(words("Type what you want to do"))
        self.text.setAccessibleName(words("Commands"))
        self.list = QListWidget()
        self.list.setAccessibleName(words("Commands"))
        self.list.setObjectName("palette")
        whole.addWidget(self.text)
        whole.addWidget(self.list, 1)
        self.text.textChanged.connect(self._narrow)
        self.text.returnPressed.connect(self._run)
        self.list.itemActivated.connect(lambda _: self._run())
        self._narrow("")
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the list while one types."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        else:
            super().keyPressEvent(event)

    def _narrow(self, text: str) -> None:
        """The commands whose names hold every word that is typed."""
        wanted = [plain(word) for word in text.split()]
        self.list.clear()
        for at, command in enumerate(self.commands):
            if all(word in plain(command.text) for word in wanted):
                item = QListWidgetItem(f"{command.text}    {command.key}" if command.key else command.text)
                item.setData(Qt.ItemDataRole.UserRole, at)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _run(self) -> None:
        if self.list.currentRow() >= 0:
            command = self.commands[int(self.list.currentItem().data(Qt.ItemDataRole.UserRole))]
            self.accept()
            command.run()
