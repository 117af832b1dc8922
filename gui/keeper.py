"""What was said of the leak, kept until the window is closed: a kill or a power cut costs seconds of decisions, and no more.

The file stands beside the settings, encrypted with a key of this user (AES-256), under the hash of the leak; it holds no cell and
no path (`declare/dossier.py`), and goes when the window is closed."""

import io
import os
import secrets
from contextlib import suppress
from pathlib import Path

import pyzipper
from PySide6.QtCore import QObject, QTimer, Signal

from analysis.declare.dossier import ENDING, Dossier, read, written
from analysis.ground.errors import Trouble
from analysis.ground.whole import whole
from gui.session import Session

PAUSE = 2_000  # milliseconds after a decision, before it and those since are written
INSIDE = "case.json"


class Keeper(QObject):
    """Best effort: a read-only home must not stop the work."""

    found = Signal(object)  # Dossier: what was said of this leak before a sudden end

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__(session)
        self.session, self.folder = session, folder
        self._last = Dossier()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAUSE)
        self._wait.timeout.connect(self.write)
        session.question_changed.connect(self._said)
        session.exposure_changed.connect(lambda exposure: self._look() if exposure is not None else None)

    def write(self) -> None:
        """What was said by now, where it says anything new."""
        self._wait.stop()
        dossier = self.session.dossier
        if dossier.sha256 and dossier.says and dossier != self._last:
            with suppress(OSError, Trouble):
                self._path(dossier.sha256).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with whole(self._path(dossier.sha256)) as part:
                    part.write_bytes(locked(written(dossier), self._key()))
                self._last = dossier

    def forget(self) -> None:
        """The window is closed in peace: nothing is kept."""
        self._wait.stop()
        if self._last.sha256:
            with suppress(OSError):
                self._path(self._last.sha256).unlink(missing_ok=True)

    # -- inside

    def _said(self) -> None:
        if self.session.dossier.says and not self._wait.isActive():  # whoever decides without a pause loses no more than others
            self._wait.start()

    def _look(self) -> None:
        """Whether something was kept of the leak that was opened; what was said of it since is never replaced unasked."""
        dossier = self.session.dossier
        if dossier.sha256 == self._last.sha256 or dossier.says:
            return
        self._last = Dossier(sha256=dossier.sha256)
        with suppress(OSError, Trouble, RuntimeError, pyzipper.BadZipFile):
            kept = read(opened(self._path(dossier.sha256).read_bytes(), self._key()))
            if kept.says and kept.sha256 == dossier.sha256:
                self.found.emit(kept)

    def _path(self, sha256: str) -> Path:
        return self.folder / "cases" / f"{sha256[:32]}{ENDING}"

    def _key(self) -> bytes:
        """Drawn once, readable by this user alone."""
        path = self.folder / "cases" / "key"
        with suppress(OSError):
            if len(key := path.read_bytes()) == 64:
                return key
        key = secrets.token_hex(32).encode()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(place, "wb") as stream:
            stream.write(key)
        return key


def locked(data: bytes, key: bytes) -> bytes:
    """The bytes, encrypted."""
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(key)
        archive.writestr(INSIDE, data)
    return made.getvalue()


def opened(data: bytes, key: bytes) -> bytes:
    """Raises RuntimeError for another key, BadZipFile for what is no such file."""
    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        archive.setpassword(key)
        return archive.read(INSIDE)
