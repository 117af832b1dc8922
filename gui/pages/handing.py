"""What is handed over, chosen and looked at before it is written: summaries, letters, forms, figures to be shared; for one
incident, or a pack for each controller."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from analysis import handover
from analysis.ground.words import mark, printable
from analysis.model import Impact
from gui.pages.preview import Preview
from gui.session import Session
from gui.widgets.dialogs import ask_file
from gui.widgets.forms import combo
from gui.widgets.parts import button
from gui.widgets.plain import label

if TYPE_CHECKING:
    from analysis.handover import Audience, Wanted
    from analysis.render import Document

FORMATS = {
    "pdf": mark("PDF"),
    "docx": mark("Word"),
    "xlsx": mark("Excel"),
    "html": mark("Web page"),
    "md": mark("Markdown"),
    "json": mark("JSON"),
    "charts": mark("Charts"),
    "veris": mark("VERIS, for incident teams"),
}
ASKED = ("pdf", "docx", "xlsx", "json")  # at first
PARTS = {
    "letters": mark("Letters, e-mails, SMS, public notice, hotline, press"),
    "edpb": mark("Notification on the EDPB's template, register, assessment, checklist"),
    "cnil": mark("Items of the CNIL's online form, in its order"),
    "shareable": mark("Figures that may be shared: no count below ten"),
}
SPLIT = "split:"
FROM_CHARTS = ("summary",)  # documents that take seconds, and are not previewed


class HandoverDialog(QDialog):
    opened = Signal(str)  # what a field of the notification comes from
    wanted = Signal(object, str, str, object)  # what, folder, the column of the controllers, the list of them

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.session, words = session, session.words
        self._impact: Impact | None = None  # of everybody, with the communes
        self._told: tuple[Audience, ...] | None = None  # whom letters are written to; None: not counted yet
        self._made: dict[str, Document] = {}
        self.resize(1040, 620)
        self.setWindowTitle(words("What is handed over"))
        foot, shut, self.go = QHBoxLayout(), button(words("Cancel")), button(words("Write into a folder…"), "primary")
        whole = QHBoxLayout()
        whole.addLayout(self._choices(), 5)
        self.looked = Preview(session)
        self.chosen, self.preview = self.looked.chosen, self.looked.text
        self.looked.opened.connect(self._leave_for)
        whole.addWidget(self.looked, 4)
        foot.addStretch()
        foot.addWidget(shut)
        foot.addWidget(self.go)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 14)
        outer.addLayout(whole, 1)
        outer.addLayout(foot)
        shut.clicked.connect(self.reject)
        self.go.clicked.connect(self._ask_folder)
        self._list()
        self._count()

    def _choices(self) -> QVBoxLayout:
        """Which documents, in which formats, for whom."""
        session, words, left = self.session, self.session.words, QVBoxLayout()
        left.addWidget(label(words("Documents"), "name"))
        self.parts = {name: QCheckBox(words(text)) for name, text in PARTS.items()}
        kept = session.choices
        for name, box in self.parts.items():
            box.setChecked(not kept or name in kept)
            box.toggled.connect(lambda _: self._list())
            left.addWidget(box)
        left.addWidget(label(words("Formats"), "name"))
        grid = QGridLayout()
        self.formats = {name: QCheckBox(words(text)) for name, text in FORMATS.items()}
        for at, (name, box) in enumerate(self.formats.items()):
            box.setChecked(name in (kept or ASKED))
            grid.addWidget(box, at // 2, at % 2)
        left.addLayout(grid)
        self.template: Path | None = None
        self.own = button(words("Your Word template for letters…"))
        self.own.clicked.connect(lambda: ask_file(self, self.own.text(), self.take_template))
        left.addWidget(self.own, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(label(words("A pack for each controller, by the column"), "quiet"))
        impact = session.impact  # what is sent is about everybody, whoever is in view
        columns = impact.people.exposure.leak.columns if impact is not None else ()
        none = words("one controller")
        self.column = combo({"": none, **{str(at): printable(name) for at, name in enumerate(columns)}})
        self.column.setAccessibleName(words("A pack for each controller, by the column"))
        split = next((name.removeprefix(SPLIT) for name in kept if name.startswith(SPLIT)), "")
        self.column.setCurrentIndex(max(self.column.findData(split), 0))
        left.addWidget(self.column)
        self.listed: Path | None = None
        self.whose = button(words("A list of the controllers…"))
        self.whose.setToolTip(words("It says whose the values of that column are: site, practice, RPPS, FINESS"))
        self.whose.clicked.connect(lambda: ask_file(self, self.whose.text(), self.take_list))
        self.column.currentIndexChanged.connect(lambda _: self.whose.setEnabled(bool(self.column.currentData())))
        self.whose.setEnabled(bool(self.column.currentData()))
        left.addWidget(self.whose, 0, Qt.AlignmentFlag.AlignLeft)
        self.note = label("", "quiet", wrap=True)
        left.addWidget(self.note)
        left.addStretch()
        return left

    def _count(self) -> None:
        """Whom letters are written to, asked of the engine off the window's thread."""
        store, impact = self.session.store, self.session.impact
        if store is None or impact is None:
            return
        job = self.session.run_aside(lambda job: handover.prepared(store, impact, job.watch))
        job.done.connect(self._heard)
        job.start()

    def _heard(self, prepared: "tuple[Impact, tuple[Audience, ...]]") -> None:
        self._impact, self._told = prepared
        self._list()

    @property
    def asked(self) -> "Wanted":
        """What is ticked."""
        parts = {name for name, box in self.parts.items() if box.isChecked()}
        return handover.Wanted(
            formats=tuple(name for name, box in self.formats.items() if box.isChecked()),
            letters="letters" in parts,
            forms=tuple(name for name in handover.FORMS if name in parts),
            shareable="shareable" in parts,
            template=self.template,
        )

    def take_template(self, path: Path) -> None:
        """A Word file with {{text}} where the letters go."""
        self.template = path
        self.own.setText(self.session.words("Template: {name}", name=path.name).replace("&", "&&"))

    def take_list(self, path: Path) -> None:
        """A table of values of the column and the controllers whose they are."""
        self.listed = path
        self.whose.setText(self.session.words("List: {name}", name=path.name).replace("&", "&&"))

    def choose(self, folder: str) -> None:
        """The folder is known: what is asked for is told and remembered, and the dialog closes."""
        ticked = (name for boxes in (self.parts, self.formats) for name, box in boxes.items() if box.isChecked())
        self.session.choices = (*ticked, f"{SPLIT}{self.column.currentData()}")
        self.wanted.emit(self.asked, folder, self.column.currentData(), self.listed)
        self.accept()

    def _list(self) -> None:
        """The documents that can be looked at, and which of them are not finished."""
        impact, words = self._impact, self.session.words
        self._made = {}
        self.go.setEnabled(self._told is not None)
        if impact is not None and self._told is not None:
            every = handover.documents(impact, self._told, self.asked, words)
            self._made = {name: make() for name, make, _ in every if name not in FROM_CHARTS and not name.endswith("-sms")}
        self.looked.show_documents(self._made, impact)
        unfinished = [handover.called(name, words) for name, made in self._made.items() if not made.finished]
        told = words("Not finished yet: {names}. Say what is missing in the incident.", names=", ".join(unfinished))
        self.note.setText(told if unfinished else "")

    def _leave_for(self, place: str) -> None:
        """What a field comes from is behind the dialog."""
        self.reject()
        self.opened.emit(place)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.session.words("Write into a folder…"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.choose)
        dialog.open()
