"""Builds everything once: private settings, application, window. The engine and the charts are imported after the first paint."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from analysis import draw, read
from analysis import store as engine
from analysis.ground.words import Words
from gui.collector import Collector
from gui.demo import template
from gui.keeper import Keeper
from gui.main_window import MainWindow
from gui.pages.gallery import gallery
from gui.session import Session
from gui.settings import Settings, load, save, settings_file
from gui.widgets.theme import dress, load_fonts


def build(application: QApplication, settings: Settings, closer: bool = True, keeper: bool = True) -> MainWindow:
    """The window over a new session. `closer`: persons are compared by a model in the background; `keeper`: what was said is kept
    until the window is closed, which then asks."""
    sys.setswitchinterval(0.001)  # the window's thread waits less for a worker's
    load_fonts()
    dress(application, settings.theme)
    session = Session(Words(settings.language), settings.theme, closer=closer)
    speak_as(application, session)
    window = MainWindow(session, settings, Keeper(session, settings_file().parent) if keeper else None)
    Collector(window)
    window.settings_changed.connect(lambda settings: save(settings, settings_file()))
    return window


def prepare(folder: Path) -> None:
    """Qt's own dialogs keep the path of the leak, and unpickle what they kept: their settings go to a private folder."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))


def speak_as(application: QApplication, session: Session) -> None:
    """Qt's own buttons and dialogs in the language of the session."""
    found, folder = (
        application.findChild(QTranslator) or QTranslator(application),
        QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    )

    def load() -> None:
        found.load(QLocale(session.words.language), "qtbase", "_", folder)

    load()
    application.installTranslator(found)
    session.language_changed.connect(load)


def warm() -> None:
    """Imports the engine while the person reads the first page. What an import makes stays: the collector of garbage, which
    stops every thread while it looks, need not look at it."""
    import gc
    import threading

    def load_engine() -> None:
        import matplotlib.backends.backend_agg

        assert read.read and engine.Store and draw.draw and matplotlib.backends.backend_agg
        gc.freeze()

    threading.Thread(target=load_engine, name="ampleur-warm", daemon=True).start()


def run_window(arguments: list[str]) -> int:
    """Opens the window, on a file when one is named; the exit status of the application."""
    with tempfile.TemporaryDirectory(prefix="ampleur-qt-") as folder:
        prepare(Path(folder))
        application = QApplication(sys.argv[:1])
        settings = load(settings_file())
        window = build(application, settings)
        window.show()
        QTimer.singleShot(0, warm)
        start = [Path(word) for word in arguments if not word.startswith("-")]
        if start:
            QTimer.singleShot(0, lambda: window.open_files(start))
        return application.exec()


def run_gallery(arguments: list[str]) -> int:
    """The sheet of components; the exit status of the application."""
    with tempfile.TemporaryDirectory(prefix="ampleur-qt-") as folder:
        prepare(Path(folder))
        application = QApplication(sys.argv[:1])
        load_fonts()
        sheet = gallery(application, load(settings_file()).language, "dark" if "dark" in arguments else "light")
        sheet.show()
        return application.exec()


def open_demo(leak: Path) -> int:
    """The window on the file that the demonstration has just written."""

    with tempfile.TemporaryDirectory(prefix="ampleur-qt-") as folder:
        prepare(Path(folder))
        application = QApplication(sys.argv[:1])
        window = build(application, load(settings_file()))
        window.show()

        def show() -> None:

            window.open_files([leak], template())

        QTimer.singleShot(0, show)
        return application.exec()
