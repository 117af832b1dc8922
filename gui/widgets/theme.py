"""Light and dark: a palette and a style sheet made of the same few colours."""

import re
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Colors:
    """Colours of a theme; text on its ground has a contrast of 4.5 : 1 or more."""

    ground: str
    paper: str
    raised: str
    line: str
    ink: str
    quiet: str
    accent: str
    on_accent: str
    soft: str
    danger: str
    bands: tuple[str, str, str, str]


LIGHT = Colors(
    "#f4f6f9",
    "#ffffff",
    "#ffffff",
    "#dde3ea",
    "#17212b",
    "#526272",
    "#0b5cad",
    "#ffffff",
    "#e6f0fa",
    "#a81e3c",
    ("#66727f", "#8f6400", "#b5490b", "#8f1838"),
)
DARK = Colors(
    "#10151b",
    "#171e26",
    "#1e2732",
    "#303c49",
    "#eef2f6",
    "#a7b4c2",
    "#6cb8f5",
    "#0b1620",
    "#1d3347",
    "#ff8098",
    ("#98a6b4", "#e0b23c", "#f0863a", "#f77a93"),
)


def colors(theme: str) -> Colors:
    return DARK if theme == "dark" else LIGHT


def load_fonts() -> None:
    """The bundled font, so that the window looks the same everywhere."""
    for name in ("Regular", "Medium", "SemiBold", "Bold"):
        with as_file(files("resources") / "fonts" / f"Inter-{name}.otf") as path:
            QFontDatabase.addApplicationFont(str(path))


DRESSED = "dressed"
ZOOMS = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)  # of the letters


def dress(application: QApplication, theme: str, zoom: float = 1.0) -> None:
    """Fusion with our palette and style sheet."""
    found = colors(theme)
    sheet = (files("resources") / "style.qss").read_text(encoding="utf-8")
    for name in ("ground", "paper", "raised", "line", "ink", "quiet", "accent", "on_accent", "soft", "danger"):
        sheet = sheet.replace(f"@{name}@", getattr(found, name))
    sheet = sheet.replace("@icons@", Path(str(files("resources") / "icons")).as_posix()).replace("@theme@", theme)
    sheet = re.sub(r"font-size: (\d+)px", lambda match: f"font-size: {round(int(match[1]) * zoom)}px", sheet)
    if application.styleSheet() != sheet:  # setting it again would draw every widget anew
        if not application.property(DRESSED):  # the style itself stays: a new one would draw every widget once more
            application.setStyle("Fusion")
            application.setProperty(DRESSED, True)
        application.setPalette(palette(found))
        application.setStyleSheet(sheet)


def palette(found: Colors) -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: found.ground,
        QPalette.ColorRole.Base: found.paper,
        QPalette.ColorRole.AlternateBase: found.ground,
        QPalette.ColorRole.Text: found.ink,
        QPalette.ColorRole.WindowText: found.ink,
        QPalette.ColorRole.ButtonText: found.ink,
        QPalette.ColorRole.Button: found.raised,
        QPalette.ColorRole.Highlight: found.accent,
        QPalette.ColorRole.HighlightedText: found.on_accent,
        QPalette.ColorRole.PlaceholderText: found.quiet,
        QPalette.ColorRole.ToolTipBase: found.raised,
        QPalette.ColorRole.ToolTipText: found.ink,
        QPalette.ColorRole.Link: found.accent,
    }
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(found.quiet))
    return made
