"""Before names and contacts leave the program: what the lists hold, and the passphrase that encrypts them, typed twice."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from analysis import report
from analysis.ground.errors import Trouble
from gui.session import Session
from gui.widgets.dialogs import ask_files
from gui.widgets.forms import combo
from gui.widgets.parts import button
from gui.widgets.plain import label


class ListsDialog(QDialog):
    wanted = Signal(str, str, bool, object)  # passphrase, how they are written, one letter for each address, lists that came back

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words, impact = session.words, session.shown
        self.session = session
        self.setWindowTitle(words("Who must be told"))
        self.resize(560, 470)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(10)
        n = impact.people.best if impact is not None else 0
        told = words(
            "The lists hold the names and contacts of {n} people, in an archive that only the passphrase opens (AES-256). Hand "
            "the passphrase over by another way than the archive; without it nobody can open it, neither can you.",
            n=n,
        )
        whole.addWidget(label(told, "", wrap=True))
        self.first, self.again = QLineEdit(), QLineEdit()
        for part, name in ((self.first, words("Passphrase")), (self.again, words("Once more"))):
            part.setEchoMode(QLineEdit.EchoMode.Password)
            part.setPlaceholderText(name)
            part.setAccessibleName(name)
            part.textChanged.connect(lambda _: self._judge())
            whole.addWidget(part)
        self.said = label("", "quiet", wrap=True)
        whole.addWidget(self.said)
        self.kind = combo({"csv": words("CSV, for a mail merge"), "xlsx": words("Excel"), "parquet": words("Parquet")})
        self.kind.setAccessibleName(words("How the lists are written"))
        self.households = QCheckBox(words("One letter for each address"))
        whole.addWidget(self.kind)
        whole.addWidget(self.households)
        self.back: tuple[Path, ...] = ()
        self.returned, self.said_back = button(words("Lists that came back…")), label("", "quiet", wrap=True)
        self.returned.clicked.connect(lambda: ask_files(self, words, self.take_back, self.returned.text()))
        whole.addWidget(self.returned, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.said_back)
        self.take_back([])
        whole.addStretch()
        foot, shut, self.go = QHBoxLayout(), button(words("Cancel")), button(words("Save the lists…"), "primary")
        foot.addStretch()
        foot.addWidget(shut)
        foot.addWidget(self.go)
        whole.addLayout(foot)
        shut.clicked.connect(self.reject)
        self.go.clicked.connect(self._go)
        self._judge()

    def take_back(self, paths: list[Path]) -> None:
        """Lists as those who sent the messages gave them back, with what came of each."""
        words, self.back = self.session.words, tuple(paths)
        self.said_back.setText(
            words(
                "Only whom they did not reach is listed, by the next channel: {names}.",
                names=", ".join(path.name for path in paths),
            )
            if paths
            else words("What the mailing service or the post gave back, with what came of each message: sent, bounced, returned.")
        )

    def _judge(self) -> None:
        words, text = self.session.words, self.first.text()
        try:
            report.check_passphrase(text)
            said = "" if text == self.again.text() else words("The two are not the same yet.")
        except Trouble as trouble:
            said = words.of(trouble.said)
        self.said.setText(said)
        self.go.setEnabled(not said)

    def _go(self) -> None:
        self.wanted.emit(self.first.text(), self.kind.currentData(), self.households.isChecked(), self.back)
        self.accept()
