"""The private work folder of one run: 0700, locked while in use, removed at the end, swept when its owner died."""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from analysis.ground.folders import held, sweep

PREFIX = "ampleur-"


class Vault:
    """A folder that only this user can open. Everything that must touch a disk goes here, encrypted."""

    def __init__(self, root: Path | None = None) -> None:
        os.umask(0o077)
        self.root = root or default_root()
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(self.root, PREFIX)
        self.folder, self._lock = held(self.root, PREFIX)

    def close(self) -> None:
        """Removes the folder. Safe to call twice."""
        if not self._lock.closed:
            self._lock.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def default_root() -> Path:
    """The platform's per-user place for what must not outlive the session."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if not os.access(base, os.W_OK):
        with contextlib.suppress(OSError):
            base.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(base, os.W_OK):
        base = Path(tempfile.gettempdir()) / f"ampleur-{os.environ.get('USER', 'user')}"
    return base / "ampleur"
