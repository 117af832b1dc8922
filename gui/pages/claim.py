"""What a seller claims in, what it would disclose out: no file is needed, the names of the fields are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from analysis import classify
from analysis.ground.errors import Trouble
from analysis.rules.kinds import kinds, taken_for
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label
from gui.widgets.tables import filled, plain_table


class ClaimDialog(QDialog):
    """The list is judged as it is typed or pasted; nothing of it is kept."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.resize(720, 620)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 14)
        whole.setSpacing(12)
        self.ask = label("", "", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setMaximumHeight(130)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._show)
        self.said = label("", "section", wrap=True)
        self.table = plain_table()
        self.shut = button()
        self.shut.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.shut)
        for part in (self.ask, self.text, self.said, self.table):
            whole.addWidget(part)
        whole.setStretchFactor(self.table, 1)
        whole.addLayout(foot)
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self, *_: object) -> None:
        words = self.session.words
        self.setWindowTitle(words("What the seller claims"))
        self.ask.setText(words("Paste the list of fields from the offer, with commas or line breaks between them."))
        self.text.setPlaceholderText(words("last name, first name, date of birth, social security number, phone"))
        self.text.setAccessibleName(words("What the seller claims"))
        self.table.setAccessibleName(words("The fields"))
        self.shut.setText(words("Close"))
        self._show()

    def _show(self) -> None:
        words = self.session.words
        try:
            found = classify.claimed(self.text.toPlainText())
        except Trouble:
            found = []
        heads = (words("Field"), words("Kind of data"), words("Confidence"))
        rows = [(name[:60], words.of(taken_for(item.kind, item.check)), words.percent(item.confidence)) for name, item in found]
        filled(self.table, heads, rows)
        personal = sum(item.kind != "none" for _, item in found)
        sensitive = sum(kinds()[item.kind].sensitive for _, item in found)
        self.said.setText(
            words(
                "{n} field of personal data, {sensitive} of them sensitive.",
                "{n} fields of personal data, {sensitive} of them sensitive.",
                n=personal,
                sensitive=sensitive,
            )
            if found
            else ""
        )
