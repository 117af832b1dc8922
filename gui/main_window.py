"""Puts the pages together: steps on the left, one page, progress below."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from analysis.ground.errors import Trouble
from analysis.ground.watch import Progress
from analysis.ground.words import Said
from analysis.model import Asked, Incident
from gui.pages.fields import FieldsPage
from gui.pages.filters import Filters
from gui.pages.find import FindDialog
from gui.pages.identification import IdentificationPage
from gui.pages.impact import ImpactPage
from gui.pages.leak import LeakPage
from gui.pages.page import At
from gui.pages.people import PeoplePage
from gui.pages.report import ReportPage
from gui.pages.risks import RisksPage
from gui.pages.welcome import WelcomePage
from gui.pages.whatif import WhatIfPage
from gui.session import Session
from gui.widgets.dialogs import ask_files, ask_password
from gui.widgets.parts import button, local_files
from gui.widgets.plain import icon, label, tip
from gui.widgets.theme import colors, dress

STEPS = ("hospital", "file-text", "table-2", "users", "shield-alert", "triangle-alert", "fingerprint", "scale", "download")


class MainWindow(QMainWindow):
    settings_changed = Signal(str, str)  # language, theme

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setAcceptDrops(True)
        self.resize(1280, 820)
        self.welcome, self.people, self.impact = WelcomePage(session), PeoplePage(session), ImpactPage(session)
        self.identification = IdentificationPage(session)
        self.pages = (
            self.welcome,
            LeakPage(session),
            FieldsPage(session),
            self.people,
            self.impact,
            RisksPage(session),
            self.identification,
            WhatIfPage(session),
            ReportPage(session),
        )
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self.steps = [button("", "nav") for _ in self.pages]
        center = QWidget()
        whole = QHBoxLayout(center)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._side())
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._notice())
        self.filters = Filters(session)
        right.addWidget(self.filters)
        right.addWidget(self.stack, 1)
        right.addWidget(self._progress())
        whole.addLayout(right, 1)
        self.setCentralWidget(center)
        self._connect()
        self._shortcuts()
        self.retranslate()
        self.show_page(At.WELCOME)
        self._enable()

    # -- parts

    def _side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("side")
        side.setFixedWidth(216)
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 20, 14, 14)
        column.setSpacing(4)
        column.addWidget(label("Ampleur", "brand"))
        column.addSpacing(16)
        for at, step in enumerate(self.steps):
            step.setCheckable(True)
            step.clicked.connect(lambda _=False, at=at: self.show_page(at))
            column.addWidget(step)
        column.addStretch()
        self.search = button("", "flat")
        column.addWidget(self.search, 0, Qt.AlignmentFlag.AlignLeft)
        self.masking, self.language, self.theme = button("", "flat"), button("", "flat"), button("", "flat")
        for part in (self.masking, self.language, self.theme):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        return side

    def _notice(self) -> QWidget:
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        line = QHBoxLayout(self.notice)
        line.setContentsMargins(16, 10, 10, 10)
        self.notice_text = label("", "", wrap=True)
        self.notice_close = button("", "flat")
        self.notice_close.clicked.connect(self.notice.hide)
        line.addWidget(self.notice_text, 1)
        line.addWidget(self.notice_close)
        self.notice.hide()
        around = QWidget()
        inner = QVBoxLayout(around)
        inner.setContentsMargins(32, 12, 32, 0)
        inner.addWidget(self.notice)
        return around

    def _progress(self) -> QWidget:
        self.bar_line = QWidget()
        line = QHBoxLayout(self.bar_line)
        line.setContentsMargins(32, 10, 32, 12)
        self.step_text = label("", "quiet")
        self.step_text.setMinimumWidth(260)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.cancel = button()
        self.cancel.clicked.connect(self.session.cancel)
        line.addWidget(self.step_text)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel)
        self.bar_line.hide()
        return self.bar_line

    def _connect(self) -> None:
        session, welcome = self.session, self.welcome
        self.finder = FindDialog(self, session)
        self.finder.slip_asked.connect(self.people.show_slip)
        self.search.clicked.connect(self.find_person)
        welcome.open_asked.connect(self.ask_file)
        welcome.demo_asked.connect(self.open_demo)
        welcome.dropped.connect(self.open_files)
        self.impact.group_asked.connect(self.show_group)
        session.progress.connect(self._tell)
        session.busy_changed.connect(self._busy)
        session.failed.connect(self._failed)
        session.said.connect(self._said)
        session.leak_changed.connect(lambda _: self._enable())
        session.impact_changed.connect(lambda _: self._enable())
        session.exposure_changed.connect(lambda _: self._enable())
        session.people_changed.connect(lambda _: self._enable())
        session.language_changed.connect(self.retranslate)
        session.revealed_changed.connect(lambda _: self.retranslate())
        self.masking.clicked.connect(self.toggle_mask)
        self.language.clicked.connect(self.toggle_language)
        self.theme.clicked.connect(self.toggle_theme)

    def _shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+O", self.ask_file),
            ("F9", self.toggle_mask),
            ("Esc", self.stop),
            ("Ctrl+V", self.paste),
            ("Ctrl+F", self.find_person),
            ("Ctrl+Z", self.session.undo),
            ("Ctrl+Shift+Z", self.session.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for at in range(len(self.pages)):
            QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self).activated.connect(
                lambda at=at: self.steps[at].isEnabled() and self.show_page(at)
            )

    # -- commands

    def ask_file(self) -> None:
        ask_files(self, self.session.words, self.open_files)

    def open_files(self, paths: list[Path], incident: Incident | None = None) -> None:
        """One file, several, or a folder."""
        self.notice.hide()
        self.show_page(At.LEAK)
        self.session.open_files(paths, incident)

    def open_demo(self) -> None:
        self.notice.hide()
        self.show_page(At.LEAK)
        self.session.open_demo()

    def stop(self) -> None:
        """Whatever is being computed; where nothing is, the filters are taken off."""
        if self.session.busy or self.identification.hiding.job is not None:
            self.session.cancel()
            self.identification.hiding.give_up()
        else:
            self.session.widen()

    def find_person(self) -> None:
        """A person, in everybody of the leak."""
        if self.session.impact is not None:
            self.finder.ask()

    def paste(self) -> None:
        """Ctrl+V of a file is the keyboard's drop."""
        found = [Path(url.toLocalFile()) for url in QApplication.clipboard().mimeData().urls() if url.isLocalFile()]
        if found:
            self.open_files(found)

    def toggle_mask(self) -> None:
        self.session.reveal(not self.session.revealed)

    def toggle_language(self) -> None:
        self.session.speak("en" if self.session.words.language == "fr" else "fr")
        self.settings_changed.emit(self.session.words.language, self.session.theme)

    def toggle_theme(self) -> None:
        theme = "light" if self.session.theme == "dark" else "dark"
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, theme)
        self.session.dress(theme)
        self.retranslate()
        self.settings_changed.emit(self.session.words.language, theme)

    def show_group(self, code: str) -> None:
        """The people of a finding."""
        self.show_page(self.pages.index(self.people))
        self.people.show_group(code)

    def show_page(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        for place, step in enumerate(self.steps):
            step.setChecked(place == at)

    # -- news

    def _enable(self) -> None:
        session = self.session
        ready = (
            True,
            session.leak is not None or session.busy,
            session.exposure is not None,
            session.people is not None,
            *(session.impact is not None for _ in self.steps[4:]),
        )
        self.search.setEnabled(session.impact is not None)
        for step, enabled in zip(self.steps, ready, strict=True):
            step.setEnabled(enabled)

    def _tell(self, progress: Progress) -> None:
        self.step_text.setText(self.session.words.of(progress.step))
        self.bar.setValue(int(progress.fraction * 1000))

    def _busy(self, busy: bool) -> None:
        self.bar_line.setVisible(busy)
        self.bar.setValue(0)
        self.step_text.setText(self.session.words("Starting") if busy else "")
        self._enable()
        if not busy and self.session.leak is None and self.stack.currentIndex():
            self.show_page(At.WELCOME)

    def _failed(self, trouble: Trouble) -> None:
        self._show_notice(trouble.said, "trouble")
        if trouble.code == "password" and self.session.paths:
            ask_password(self, self.session.words, self._reopen)

    def _reopen(self, password: str) -> None:
        self.notice.hide()
        self.show_page(At.LEAK)
        self.session.reread(replace(self.session.asked or Asked(), password=password))

    def _said(self, said: Said) -> None:
        self._show_notice(said, "said")

    def _show_notice(self, said: Said, kind: str) -> None:
        self.notice.setProperty("kind", kind)
        self.notice.style().unpolish(self.notice)
        self.notice.style().polish(self.notice)
        self.notice_text.setText(self.session.words.of(said))
        self.notice.show()

    def retranslate(self) -> None:
        words, found = self.session.words, colors(self.session.theme)
        self.setWindowTitle("Ampleur")
        names = (
            words("Start"),
            words("File"),
            words("Fields"),
            words("People"),
            words("Impact"),
            words("Risks"),
            words("Re-identification"),
            words("What if"),
            words("Report"),
        )
        for at, (step, name, picture) in enumerate(zip(self.steps, names, STEPS, strict=True)):
            step.setText("  " + name)
            step.setIcon(icon(picture, found.quiet))
            step.setToolTip(tip(f"{name} (Ctrl+{at + 1})"))
            step.setAccessibleName(name)
        revealed = self.session.revealed
        self.search.setText(" " + words("Find a person (Ctrl+F)"))
        self.search.setIcon(icon("search", found.quiet))
        self.masking.setText(" " + (words("Hide the values (F9)") if revealed else words("Show the values (F9)")))
        self.masking.setIcon(icon("eye-off" if revealed else "eye", found.danger if revealed else found.quiet))
        self.language.setText(" English" if words.language == "fr" else " Français")
        self.language.setIcon(icon("languages", found.quiet))
        self.theme.setText(" " + (words("Light theme") if self.session.theme == "dark" else words("Dark theme")))
        self.theme.setIcon(icon("sun" if self.session.theme == "dark" else "moon", found.quiet))
        self.cancel.setText(words("Cancel (Esc)"))
        self.notice_close.setText(words("Close"))

    # -- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := local_files(event):
            event.acceptProposedAction()
            self.open_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.session.close()
        super().closeEvent(event)
