"""All that can be done in the window, by click, key or name."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from analysis.declare.dossier import Dossier, load_dossier
from analysis.ground.errors import Trouble
from analysis.ground.words import say
from analysis.model import Asked, Incident
from gui.demo import DEMO_ROWS
from gui.frame import Frame
from gui.keeper import Keeper
from gui.operations import parted
from gui.pages.handing import HandoverDialog
from gui.pages.help import HelpDialog
from gui.pages.page import At
from gui.pages.palette import Command, Palette
from gui.pages.present import Presentation
from gui.pages.side import key_of
from gui.pages.tour import Tour
from gui.session import Session
from gui.settings import Settings
from gui.widgets.dialogs import ask_file, ask_files, ask_password, ask_to_save
from gui.widgets.parts import local_files

DOORS = {"people": At.PEOPLE, "fields": At.FIELDS, "impact": At.IMPACT, "file": At.LEAK}


class MainWindow(Frame):
    palette_opened = Signal(object)
    presented = Signal(object)

    def __init__(self, session: Session, settings: Settings, keeper: Keeper | None = None) -> None:
        """`keeper`: keeps what was said until the window is closed, and asks before it is lost."""
        super().__init__(session, settings)
        self.keeper = keeper
        self._leaving = False
        self.setAcceptDrops(True)
        self._connect()
        self._shortcuts()
        self.show_page(At.WELCOME)

    def _connect(self) -> None:
        session, welcome, side = self.session, self.welcome, self.side
        welcome.open_asked.connect(self.ask_file)
        welcome.demo_asked.connect(self.open_demo)
        welcome.dropped.connect(self.open_files)
        welcome.remember_asked.connect(lambda wanted: self.set_settings(self.settings.remembering(wanted)))
        session.case_saved.connect(lambda path: self.set_settings(self.settings.with_case(path)))
        welcome.show_recent(self.settings)
        self.impact.group_asked.connect(self.show_group)
        self.impact.help_asked.connect(self.open_help)
        self.short.opened.connect(self.open_line)
        self.report.handover_opened.connect(self._follow)
        self.finder.slip_asked.connect(self.people.show_slip)
        session.busy_changed.connect(self._busy)
        session.failed.connect(self._failed)
        if self.keeper is not None:
            self.keeper.found.connect(self._kept)
        side.page_asked.connect(self.show_page)
        side.search.clicked.connect(self.find_person)
        side.masking.clicked.connect(self.toggle_mask)
        side.language.clicked.connect(self.toggle_language)
        side.theme.clicked.connect(self.toggle_theme)

    def _shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+O", self.ask_file),
            ("F9", self.toggle_mask),
            ("Esc", self.stop),
            ("Ctrl+V", self.paste),
            ("Ctrl+F", self.find_person),
            ("Ctrl+K", self.open_palette),
            ("Ctrl+S", self.save_case),
            ("F1", self.open_help),
            ("F11", self.present),
            ("Ctrl++", lambda: self.zoom(1)),
            ("Ctrl+=", lambda: self.zoom(1)),
            ("Ctrl+-", lambda: self.zoom(-1)),
            ("Ctrl+Z", self.session.undo),
            ("Ctrl+Shift+Z", self.session.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for at in At:
            QShortcut(QKeySequence(key_of(at)), self).activated.connect(
                lambda at=at: self.side.steps[at].isEnabled() and self.show_page(at)
            )

    # -- commands

    def ask_file(self) -> None:
        ask_files(self, self.session.words, self.open_files)

    def open_files(self, paths: list[Path], incident: Incident | None = None) -> None:
        self.notice.dismiss()
        leaks, cases = parted(paths)
        if cases and not leaks:
            self._ask_leak(cases)
            return
        self.show_page(At.SHORT)
        for case in cases:
            self.set_settings(self.settings.with_case(case))
        self.session.open_files(paths, incident)

    def _ask_leak(self, cases: tuple[Path, ...]) -> None:
        try:
            names = load_dossier(cases[0]).sources
        except Trouble as trouble:
            self.session.failed.emit(trouble)
            return
        words = self.session.words
        title = words("Which leak is this case about? It was: {names}", names=", ".join(names)) if names else ""
        ask_file(self, title or words("Which leak is this case about?"), lambda path: self.open_files([path, cases[0]]))

    def open_demo(self, rows: int = DEMO_ROWS) -> None:
        self.notice.dismiss()
        self.show_page(At.SHORT)
        self.session.open_demo(rows)

    def stop(self) -> None:
        """Whatever is being computed; where nothing is, the filters are taken off."""
        if self.session.busy or self.identification.hiding.job is not None:
            self.session.cancel()
            self.identification.hiding.give_up()
        else:
            self.session.widen()

    def find_person(self) -> None:
        if self.session.impact is not None:
            self.finder.ask()

    def save_case(self) -> None:
        if self.session.impact is not None:
            self.report.ask_case()

    def open_help(self, topic: str = "") -> None:
        """At a place of the method, where one is named."""
        dialog = HelpDialog(self, self.session)
        dialog.open()
        dialog.open_at(topic)

    def present(self) -> None:
        """One message a screen, for a room."""
        if self.session.shown is not None:
            shown = Presentation(self, self.session)
            shown.showFullScreen()
            self.presented.emit(shown)

    def show_tour(self) -> None:
        """Five steps through the pages."""
        if self.session.impact is not None:
            self.tour = Tour(self, self.session, self.show_page)

    def open_palette(self) -> None:
        palette = Palette(self, self.session, self.commands())
        palette.open()
        self.palette_opened.emit(palette)

    def commands(self) -> list[Command]:
        """All that can be done now, by name."""
        words, session, side = self.session.words, self.session, self.side
        pages = [
            Command(step.accessibleName(), key_of(at), lambda at=at: self.show_page(at))
            for at, step in zip(At, side.steps, strict=True)
            if step.isEnabled()
        ]
        found = [
            Command(words("Open a file…"), "Ctrl+O", self.ask_file),
            Command(words("Open the fictional hospital"), "", self.open_demo),
            Command(words("Help"), "F1", self.open_help),
            Command(side.masking.accessibleName(), "F9", self.toggle_mask),
            Command(side.language.accessibleName(), "", self.toggle_language),
            Command(side.theme.accessibleName(), "", self.toggle_theme),
            Command(words("Larger letters"), "Ctrl++", lambda: self.zoom(1)),
            Command(words("Smaller letters"), "Ctrl+-", lambda: self.zoom(-1)),
        ]
        if session.impact is not None:
            found += [
                Command(words("Find a person"), "Ctrl+F", self.find_person),
                Command(words("Filter or group…"), "", lambda: self.people.open_narrow(-1)),
                Command(words("Declare the incident…"), "", self.impact.open_incident),
                Command(words("What is handed over"), "", self.report.ask_handover),
                Command(words("Presentation"), "F11", self.present),
                Command(words("A tour in five steps"), "", self.show_tour),
                Command(words("Save the case…"), "Ctrl+S", self.save_case),
                Command(words("Everybody (Esc)"), "Esc", session.widen),
            ]
        keys = ("Ctrl+Z", *("" for _ in session.history))
        done = [
            Command(words("Undo back to before: {what}", what=said), keys[at], lambda at=at: session.undo_to(at + 1))
            for at, said in enumerate(session.history)
        ]
        return [*found, *pages, *done]

    def paste(self) -> None:
        """Ctrl+V of a file is the keyboard's drop."""
        found = [Path(url.toLocalFile()) for url in QApplication.clipboard().mimeData().urls() if url.isLocalFile()]
        if found:
            self.open_files(found)

    def show_group(self, code: str) -> None:
        self.show_page(At.PEOPLE)
        self.people.show_group(code)

    def _follow(self, dialog: HandoverDialog) -> None:
        """Where a field of the notification comes from, and how it is counted."""
        dialog.opened.connect(self.open_line)
        dialog.looked.explained.connect(self.open_help)

    def open_line(self, opens: str) -> None:
        """Where a line of the first page is told in full."""
        what, _, code = opens.partition(":")
        match what:
            case "page":
                self.show_page(DOORS[code])
            case "part":
                self.show_group(code)
            case _:
                self.show_page(At.IMPACT)
                self.impact.open_incident()

    # -- news

    def _busy(self, busy: bool) -> None:
        if not busy and self.session.leak is None and self.stack.currentIndex():
            self.show_page(At.WELCOME)

    def _failed(self, trouble: Trouble) -> None:
        if trouble.code == "password" and self.session.paths:
            ask_password(self, self.session.words, self._reopen)

    def _kept(self, dossier: Dossier) -> None:
        """What was said of this leak before a sudden end."""
        words = self.session.words
        said = say("What you decided of this leak before the program ended suddenly was kept.")
        self.notice.tell(said, "said", words("Take it up again"), lambda: self.session.take_up(dossier))

    def _reopen(self, password: str) -> None:
        self.notice.dismiss()
        self.show_page(At.SHORT)
        self.session.reread(replace(self.session.asked or Asked(), password=password))

    # -- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := local_files(event):
            event.acceptProposedAction()
            self.open_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was decided is not lost unasked."""
        if self.keeper is not None and self.session.unsaved and not self._leaving:
            event.ignore()
            ask_to_save(self, self.session.words, self.save_case, self._leave)
            return
        if self.keeper is not None:
            self.keeper.forget()
        self.session.close()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._leaving = True
        self.close()
