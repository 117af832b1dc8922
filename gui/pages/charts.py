"""The charts of the people in view: the pointer tells a value, a click filters everything, a table shows the numbers."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from analysis import report
from analysis.ground.words import Words
from analysis.model import Impact
from gui.pages.painting import chart_names, painter
from gui.session import Session
from gui.widgets.dialogs import ask_target
from gui.widgets.figure_view import FigureView, Painted
from gui.widgets.parts import button
from gui.widgets.tables import fill, plain_table


class Charts(QWidget):
    """Two beside each other; what is not on screen is painted when it is."""

    numbers_opened = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.views = {name: FigureView(session.run_in_turn) for name in chart_names()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(14)
        for at, (name, view) in enumerate(self.views.items()):
            view.setMinimumHeight(470)
            grid.addWidget(view, at // 2, at % 2)
            view.part_asked.connect(session.narrow)
            view.numbers_asked.connect(lambda name=name: self.open_numbers(name))
            view.save_asked.connect(lambda name=name: self._save(name))
            view.copy.clicked.connect(lambda _=False, view=view: QApplication.clipboard().setPixmap(view.picture.pixmap()))
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        session.shown_changed.connect(lambda _: self.retranslate())
        session.theme_changed.connect(lambda _: self.retranslate())

    def look(self) -> None:
        """The page was scrolled."""
        for view in self.views.values():
            view.look()

    def retranslate(self) -> None:
        words, impact, dark = self.session.words, self.session.shown, self.session.theme == "dark"
        for name, view in self.views.items():
            view.numbers.setText(words("Numbers…"))
            view.copy.setText(words("Copy"))
            view.save.setText(words("Save…"))
            for push in (view.numbers, view.copy, view.save):
                push.setAccessibleName(f"{push.text()} {name}")
            view.show_chart(painter(name, impact, words, dark) if impact else None)
            view.setVisible(impact is not None)

    def open_numbers(self, name: str) -> None:
        painted = self.views[name].painted
        if painted is not None:
            dialog = NumbersDialog(self, self.session, painted)
            dialog.open()
            self.numbers_opened.emit(dialog)

    def _save(self, name: str) -> None:
        words = self.session.words
        proposed = f"ampleur-{self.session.today.isoformat()}-{name}.png"
        kinds = ("PNG (*.png)", "SVG (*.svg)", "PDF (*.pdf)")
        ask_target(self, words("Save this chart"), proposed, kinds, lambda path: self.write(name, path))

    def write(self, name: str, path: Path) -> None:
        """Starts the export of one chart; the session says when it is done."""

        def work(impact: Impact, words: Words) -> None:
            report.write_chart(impact, name, path, words)

        self.session.export(work, path)


class NumbersDialog(QDialog):
    """The numbers behind a chart, for the keyboard and the screen reader: Enter on a line filters as a click does."""

    def __init__(self, parent: QWidget, session: Session, painted: Painted) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words, self.session, self._rows = session.words, session, painted.numbers
        self.setWindowTitle(words("The numbers behind the chart"))
        self.resize(640, 560)
        whole = QVBoxLayout(self)
        self.table = plain_table()
        self.table.setAccessibleName(painted.sentence)
        fill(self.table, (words("What"), words("Value")), [(name, value) for name, value, _ in self._rows])
        self.table.activated.connect(lambda index: self._ask(index.row()))
        copy, shut = button(words("Copy as a table")), button(words("Close"))
        copy.clicked.connect(self._copy)
        shut.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch()
        foot.addWidget(shut)
        whole.addWidget(self.table, 1)
        whole.addLayout(foot)

    def _ask(self, row: int) -> None:
        part = self._rows[row][2]
        if part:
            self.accept()
            self.session.narrow(part)

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join(f"{name}\t{value}" for name, value, _ in self._rows))
