"""What can be done, by key and by name."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from gui.pages.page import At
from gui.pages.palette import Command
from gui.pages.side import key_of

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def shortcuts(window: "MainWindow") -> None:
    """What the keys do, wherever one is."""
    for keys, action in (
        ("Ctrl+O", window.ask_file),
        ("F9", window.toggle_mask),
        ("Esc", window.stop),
        ("Ctrl+V", window.paste),
        ("Ctrl+F", window.find_person),
        ("Ctrl+K", window.open_palette),
        ("Ctrl+S", window.save_case),
        ("F1", window.open_help),
        ("F11", window.present),
        ("Ctrl++", lambda: window.zoom(1)),
        ("Ctrl+=", lambda: window.zoom(1)),
        ("Ctrl+-", lambda: window.zoom(-1)),
        ("Ctrl+Z", window.session.undo),
        ("Ctrl+Shift+Z", window.session.redo),
    ):
        QShortcut(QKeySequence(keys), window).activated.connect(action)
    for at in At:
        QShortcut(QKeySequence(key_of(at)), window).activated.connect(
            lambda at=at: window.side.steps[at].isEnabled() and window.show_page(at)
        )


def commands(window: "MainWindow") -> list[Command]:
    """All that can be done now, by name."""
    words, session, side = window.session.words, window.session, window.side
    pages = [
        Command(step.accessibleName(), key_of(at), lambda at=at: window.show_page(at))
        for at, step in zip(At, side.steps, strict=True)
        if step.isEnabled()
    ]
    found = [
        Command(words("Open a file…"), "Ctrl+O", window.ask_file),
        Command(words("Open the fictional hospital"), "", window.open_demo),
        Command(words("Help"), "F1", window.open_help),
        Command(side.masking.accessibleName(), "F9", window.toggle_mask),
        Command(side.language.accessibleName(), "", window.toggle_language),
        Command(side.theme.accessibleName(), "", window.toggle_theme),
        Command(words("Larger letters"), "Ctrl++", lambda: window.zoom(1)),
        Command(words("Smaller letters"), "Ctrl+-", lambda: window.zoom(-1)),
    ]
    if session.impact is not None:
        found += [
            Command(words("Find a person"), "Ctrl+F", window.find_person),
            Command(words("Filter or group…"), "", lambda: window.people.open_narrow(-1)),
            Command(words("Declare the incident…"), "", window.impact.open_incident),
            Command(words("What is handed over"), "", window.report.ask_handover),
            Command(words("Presentation"), "F11", window.present),
            Command(words("A tour in five steps"), "", window.show_tour),
            Command(words("Save the case…"), "Ctrl+S", window.save_case),
            Command(words("Everybody (Esc)"), "Esc", session.widen),
        ]
    keys = ("Ctrl+Z", *("" for _ in session.history))
    done = [
        Command(words("Undo back to before: {what}", what=said), keys[at], lambda at=at: session.undo_to(at + 1))
        for at, said in enumerate(session.history)
    ]
    return [*found, *pages, *done]
