"""Every component of the window on one sheet, in both themes: what a page is made of (`main.py gallery`)."""

from datetime import datetime

from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from analysis.ground.words import Words
from gui.session import Session
from gui.widgets.calm import DayField, Decimal, MomentField, Whole
from gui.widgets.forms import combo
from gui.widgets.parts import Card, DropZone, Figure, Statements, badge, button
from gui.widgets.plain import label
from gui.widgets.tables import fill, plain_table
from gui.widgets.theme import colors, dress

ROLES = ("brand", "title", "lead", "section", "name", "figure", "sentence", "strong", "quiet", "fictive")
KINDS = ("primary", "", "flat", "chip", "nav")


class Gallery(QWidget):
    """Shown with invented texts; a button changes the theme."""

    def __init__(self, application: QApplication, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle("Ampleur")
        self.setObjectName("page")
        self.resize(1180, 860)
        whole, left, right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(14)
            whole.addLayout(column, 1)
        zone = DropZone()
        zone.column.addWidget(label("A zone that takes a dropped file", "quiet"))
        for column, parts in (
            (left, (self._texts(), self._buttons(application), zone)),
            (right, (self._fields(), self._shown())),
        ):
            for part in parts:
                column.addWidget(part)
            column.addStretch()

    def _texts(self) -> Card:
        card = Card(self.session.words("Labels"))
        for role in ROLES:
            card.column.addWidget(label(f"{role} · Ampleur 758 912", role))
        return card

    def _buttons(self, application: QApplication) -> Card:
        words, line = self.session.words, QHBoxLayout()
        card = Card(words("Buttons"))
        for kind in KINDS:
            line.addWidget(button(kind or "button", kind))
        off = button("disabled")
        off.setEnabled(False)
        line.addWidget(off)
        card.column.addLayout(line)
        theme = button(words("The other theme"))
        theme.clicked.connect(lambda: self._turn(application))
        card.column.addWidget(theme)
        return card

    def _fields(self) -> Card:
        card = Card(self.session.words("Fields to fill"))
        moment, day = MomentField(datetime.now), DayField(datetime.now)
        for part in (moment, day):
            part.speak(self.session.words, self.session.theme)
        text, many, wholes, decimals = QLineEdit("text"), QPlainTextEdit("text"), Whole(), Decimal()
        many.setFixedHeight(60)
        box, bar = QCheckBox("checked"), QProgressBar()
        box.setChecked(True)
        bar.setValue(40)
        for part in (text, many, combo({"": "choice", "b": "another"}), wholes, decimals, day, moment, box, bar):
            card.column.addWidget(part)
        return card

    def _shown(self) -> Card:
        words, found = self.session.words, colors(self.session.theme)
        card, figure, statements, table = Card(words("Figures and tables")), Figure(), Statements(), plain_table()
        figure.show_figure("people", words.number(758_912), "between 748 271 and 753 489", found.bands[3])
        statements.show_rows([("Name", "A text.", "A quiet note below it."), ("Other", "Another text.", "")])
        fill(table, ("Column", "Kind", "Valid"), [("NOM", "Last name", "4 997"), ("EMAIL", "E-mail", "4 074")])
        table.setFixedHeight(120)
        self.badges = [label("") for _ in range(4)]
        bands = QHBoxLayout()
        for made, color, name in zip(self.badges, found.bands, ("low", "medium", "high", "very high"), strict=True):
            badge(made, name, color, found.paper)
            bands.addWidget(made)
        card.column.addWidget(figure)
        card.column.addLayout(bands)
        card.column.addLayout(statements)
        card.column.addWidget(table)
        return card

    def _turn(self, application: QApplication) -> None:
        theme = "light" if self.session.theme == "dark" else "dark"
        self.session.theme = theme
        dress(application, theme)


def gallery(application: QApplication, language: str, theme: str) -> Gallery:
    """The sheet, dressed."""
    dress(application, theme)
    return Gallery(application, Session(Words(language), theme, closer=False))
