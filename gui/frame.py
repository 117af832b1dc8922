"""The pages put together: steps on the left, one page, progress below; how it all looks."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.fields import FieldsPage
from gui.pages.filters import Filters
from gui.pages.find import FindDialog
from gui.pages.identification import IdentificationPage
from gui.pages.impact import ImpactPage
from gui.pages.leak import LeakPage
from gui.pages.news import Notice, ProgressLine
from gui.pages.people import PeoplePage
from gui.pages.report import ReportPage
from gui.pages.risks import RisksPage
from gui.pages.short import ShortPage
from gui.pages.side import Side
from gui.pages.welcome import WelcomePage
from gui.pages.whatif import WhatIfPage
from gui.session import Session
from gui.settings import Settings
from gui.widgets.theme import ZOOMS, dress


class Frame(QMainWindow):
    settings_changed = Signal(object)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self.resize(1280, 820)
        self.welcome, self.people, self.impact = WelcomePage(session), PeoplePage(session), ImpactPage(session)
        self.report = ReportPage(session)
        self.identification, self.short = IdentificationPage(session), ShortPage(session)
        self.pages = (
            self.welcome,
            self.short,
            LeakPage(session),
            FieldsPage(session),
            self.people,
            self.impact,
            RisksPage(session),
            self.identification,
            WhatIfPage(session),
            self.report,
        )
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self.side, self.notice, self.filters = Side(session), Notice(session), Filters(session)
        center = QWidget()
        whole, right = QHBoxLayout(center), QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        right.setSpacing(0)
        whole.addWidget(self.side)
        for part in (self.notice, self.filters):
            right.addWidget(part)
        right.addWidget(self.stack, 1)
        right.addWidget(ProgressLine(session))
        whole.addLayout(right, 1)
        self.setCentralWidget(center)
        self.finder = FindDialog(self, session)
        self.setWindowTitle("Ampleur")

    def show_page(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.side.check(at)

    def zoom(self, step: int) -> None:
        """Larger or smaller letters, in steps, up to twice as large."""
        application = QApplication.instance()
        found = min(max(self.session.zoom + step, 0), len(ZOOMS) - 1)
        if isinstance(application, QApplication) and found != self.session.zoom:
            self.session.zoom = found
            dress(application, self.session.theme, ZOOMS[found])
            self.side.fit(round(self.width() / ZOOMS[found]))

    def toggle_mask(self) -> None:
        self.session.reveal(not self.session.revealed)

    def toggle_language(self) -> None:
        self.session.speak("en" if self.session.words.language == "fr" else "fr")
        self.set_settings(replace(self.settings, language=self.session.words.language))

    def toggle_theme(self) -> None:
        theme = "light" if self.session.theme == "dark" else "dark"
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, theme, ZOOMS[self.session.zoom])
        self.session.dress(theme)
        self.set_settings(replace(self.settings, theme=theme))

    def set_settings(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.welcome.show_recent(settings)
            self.settings_changed.emit(settings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(round(event.size().width() / ZOOMS[self.session.zoom]))
