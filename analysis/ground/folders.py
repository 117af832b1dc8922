"""Private folders that are locked while they are used, so that what a dead run left behind is known, and swept."""

import shutil
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TextIO

LOCK = "lock"  # the file in such a folder that its owner holds
ABOUT = 60  # seconds in which an owner locks the folder that it made
TRIES = 10


@contextmanager
def private_folder(root: Path, prefix: str) -> Generator[Path]:
    """A new folder of this user alone, held while inside and removed after."""
    folder, lock = held(root, prefix)
    try:
        yield folder
    finally:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def held(root: Path, prefix: str) -> tuple[Path, TextIO]:
    """The same, and its lock, until that is closed. Who sweeps in the moment before it is held takes it for a dead run's: then
    another one is made (but not for ever: some file systems have no locks)."""
    for last in (*[False] * TRIES, True):
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=root))
        with suppress(FileNotFoundError):
            lock = (folder / LOCK).open("w")
            if (hold(lock.fileno()) or last) and (folder / LOCK).exists():
                return folder, lock
            lock.close()
        shutil.rmtree(folder, ignore_errors=True)
    raise FileNotFoundError(root)


def sweep(root: Path, prefix: str) -> int:
    """Removes the folders that a dead run left behind, each held meanwhile; returns how many."""
    removed = 0
    for folder in root.glob(prefix + "*"):
        with abandoned(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)
        if free:
            shutil.rmtree(folder, ignore_errors=True)  # some systems remove no file that is open
            removed += 1
    return removed


@contextmanager
def abandoned(folder: Path) -> Generator[bool]:
    """Whether nobody holds a folder; nobody else can while inside."""
    with ExitStack() as stack:
        try:
            free = hold(stack.enter_context((folder / LOCK).open("r+")).fileno())
        except FileNotFoundError:  # its owner may be about to lock it
            free = old(folder)
        except OSError:
            free = False
        yield free


def old(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > ABOUT
    except OSError:  # another one has swept it
        return False


def hold(descriptor: int) -> bool:
    """Locks an open file until it is closed; False when another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
