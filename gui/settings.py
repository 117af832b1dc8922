"""What the window remembers between runs: a frozen dataclass in JSON. Never QSettings, which unpickles."""

import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from analysis.ground.words import LANGUAGES, system_language

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """Language and theme; nothing about any leak, not even its name."""

    language: str = ""
    theme: str = "light"


def settings_file() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "ampleur" / "settings.json"


def load(path: Path) -> Settings:
    """Unknown keys and wrong values fall back on the defaults."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    known = {field.name: found.get(field.name) for field in fields(Settings)} if isinstance(found, dict) else {}
    language = known.get("language")
    theme = known.get("theme")
    return Settings(language if language in LANGUAGES else system_language(), theme if theme in THEMES else "light")


def save(settings: Settings, path: Path) -> None:
    """Best effort: a read-only home must not stop the work."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(settings)), encoding="utf-8")
        part.replace(path)
    except OSError:
        return
