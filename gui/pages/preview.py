"""A document before it is written: its text; of the notification each field, which opens what it comes from and how it is
counted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from analysis import handover
from analysis.ground.words import mark
from analysis.model import Impact
from analysis.render import as_text
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import button
from gui.widgets.plain import label
from gui.widgets.tables import fill, over_buttons, plain_table

if TYPE_CHECKING:
    from analysis.render import Document

FORM = "edpb"
# By what a field opens: the heading of the method that says how it is counted.
TOPICS = {"page:people": mark("Persons"), "part:unreachable": mark("Duties and deadlines")}
ELSE = mark("Severity: ENISA 2013")


class Preview(QWidget):
    opened = Signal(str)  # what a field comes from: a page, some of the people, the incident
    explained = Signal(str)  # a heading of the method

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, words = session, session.words
        self.made: dict[str, Document] = {}
        self.fields: tuple[handover.Line, ...] = ()
        self.chosen, self.text, self.shown, self.table = Combo(), QPlainTextEdit(), QStackedWidget(), plain_table()
        for part in (self.chosen, self.text):
            part.setAccessibleName(words("Preview"))
        self.table.setAccessibleName(words("Fields of the notification"))
        self.text.setReadOnly(True)
        self.source, self.method = button(words("Open where it comes from")), button(words("How it is counted"), "flat")
        form = QWidget()
        form.setLayout(over_buttons(self.table, label("", "quiet"), self.method, self.source))
        for part in (self.text, form):
            self.shown.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(label(words("Preview"), "name"))
        whole.addWidget(self.chosen)
        whole.addWidget(self.shown, 1)
        self.chosen.currentIndexChanged.connect(lambda _: self._look())
        self.table.itemActivated.connect(lambda _: self._open())
        self.table.itemSelectionChanged.connect(self._enable)
        self.source.clicked.connect(self._open)
        self.method.clicked.connect(self._explain)

    def show_documents(self, made: "dict[str, Document]", impact: Impact | None) -> None:
        """`made`: by name; `impact`: of whom the notification is."""
        words, self.made = self.session.words, made
        self.fields = ()
        if impact is not None and FORM in made:
            self.fields = handover.lines(handover.answers(impact, words), words)
            heads = (words("No."), words("Field"), words("Answer"), words("Source"))
            fill(self.table, heads, [(str(item.number), item.label, item.said, item.source) for item in self.fields])
            self.table.setColumnWidth(1, 190)
            self.table.setColumnWidth(2, 210)
        self.chosen.clear()
        for name in made:
            self.chosen.addItem(handover.called(name, words), name)
        self._look()
        self._enable()

    @property
    def field(self) -> "handover.Line | None":
        """The chosen one."""
        at = self.table.currentRow()
        return self.fields[at] if 0 <= at < len(self.fields) else None

    def _look(self) -> None:
        name = self.chosen.currentData()
        made = self.made.get(name)
        self.shown.setCurrentIndex(int(name == FORM))
        self.text.setPlainText(as_text(made, self.session.words) if made is not None else "")

    def _enable(self) -> None:
        for push in (self.source, self.method):
            push.setEnabled(self.field is not None)

    def _open(self) -> None:
        if self.field is not None:
            self.opened.emit(self.field.opens)

    def _explain(self) -> None:
        if self.field is not None:
            self.explained.emit(self.session.words(TOPICS.get(self.field.opens, ELSE)))
