"""What the window remembers between runs: a frozen dataclass in JSON. Never QSettings, which unpickles."""

import json
import os
import sys
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from analysis.ground.words import LANGUAGES, system_language

THEMES = ("light", "dark")
MOST, LONGEST = 8, 4096  # case files that are remembered; signs of a path


@dataclass(frozen=True, slots=True)
class Settings:
    """Language and theme; nothing about any leak, not even its name. `recent`: case files, the last first, where a person
    asked to `remember` them."""

    language: str = ""
    theme: str = "light"
    remember: bool = False
    recent: tuple[str, ...] = ()

    def with_case(self, path: Path) -> "Settings":
        """The same once a case was saved or opened."""
        if not self.remember:
            return self
        others = tuple(name for name in self.recent if name != str(path))
        return replace(self, recent=(str(path), *others)[:MOST])

    def remembering(self, wanted: bool) -> "Settings":
        """Whether case files are remembered; what was is forgotten with it."""
        return replace(self, remember=wanted, recent=self.recent if wanted else ())


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
    language, theme, recent = known.get("language"), known.get("theme"), known.get("recent")
    names = tuple(name for name in recent if isinstance(name, str) and len(name) < LONGEST) if isinstance(recent, list) else ()
    found = Settings(language if language in LANGUAGES else system_language(), theme if theme in THEMES else "light")
    return replace(found, remember=True, recent=names[:MOST]) if known.get("remember") is True else found


def save(settings: Settings, path: Path) -> None:
    """Best effort: a read-only home must not stop the work."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(settings)), encoding="utf-8")
        part.replace(path)
    except OSError:
        return
