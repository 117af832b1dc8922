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
        self.session, words = session, session.words
        self.setWindowTitle("Ampleur")
        self.setObjectName("page")
        self.resize(1180, 860)
        whole, left, right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(14)
            whole.addLayout(column, 1)
        texts, pushes = Card(words("Labels")), Card(words("Buttons"))
        fields, shown = Card(words("Fields to fill")), Card(words("Figures and tables"))
        for role in ROLES:
            texts.column.addWidget(label(f"{role} · Ampleur 758 912", role))
        line = QHBoxLayout()
        for kind in KINDS:
            line.addWidget(button(kind or "button", kind))
        off = button("disabled")
        off.setEnabled(False)
        line.addWidget(off)
        pushes.column.addLayout(line)
        theme = button(words("The other theme"))
        theme.clicked.connect(lambda: self._turn(application))
        pushes.column.addWidget(theme)
        moment, day = MomentField(datetime.now), DayField(datetime.now)
        for part in (moment, day):
            part.speak(words, session.theme)
        text, many, wholes, decimals = QLineEdit("text"), QPlainTextEdit("text"), Whole(), Decimal()
        many.setFixedHeight(60)
        box, bar = QCheckBox("checked"), QProgressBar()
        box.setChecked(True)
        bar.setValue(40)
        for part in (text, many, combo({"": "choice", "b": "another"}), wholes, decimals, day, moment, box, bar):
            fields.column.addWidget(part)
        figure, statements, table = Figure(), Statements(), plain_table()
        figure.show_figure("people", words.number(758_912), "between 748 271 and 753 489", colors(session.theme).bands[3])
        statements.show_rows([("Name", "A text.", "A quiet note below it."), ("Other", "Another text.", "")])
        fill(table, ("Column", "Kind", "Valid"), [("NOM", "Last name", "4 997"), ("EMAIL", "E-mail", "4 074")])
        table.setFixedHeight(120)
        self.badges = [label("") for _ in range(4)]
        bands = QHBoxLayout()
        found = colors(session.theme)
        for made, color, name in zip(self.badges, found.bands, ("low", "medium", "high", "very high"), strict=True):
            badge(made, name, color, found.paper)
            bands.addWidget(made)
        shown.column.addWidget(figure)
        shown.column.addLayout(bands)
        shown.column.addLayout(statements)
        shown.column.addWidget(table)
        zone = DropZone()
        zone.column.addWidget(label("A zone that takes a dropped file", "quiet"))
        for column, parts in ((left, (texts, pushes, zone)), (right, (fields, shown))):
            for part in parts:
                column.addWidget(part)
            column.addStretch()

    def _turn(self, application: QApplication) -> None:
        theme = "light" if self.session.theme == "dark" else "dark"
        self.session.theme = theme
        dress(application, theme)


def gallery(application: QApplication, language: str, theme: str) -> Gallery:
    """The sheet, dressed."""
    dress(application, theme)
    return Gallery(application, Session(Words(language), theme, closer=False))
