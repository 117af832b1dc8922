"""Private folders that are locked while they are used, so that what a dead run left behind is known, and swept."""

import shutil
import sys
import time
from pathlib import Path

LOCK = "lock"  # the file in such a folder that its owner holds


def sweep(root: Path, prefix: str) -> int:
    """Removes the folders that a dead run left behind; returns how many."""
    removed = 0
    for folder in root.glob(prefix + "*"):
        if not abandoned(folder / LOCK):
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    return removed


def abandoned(lock: Path) -> bool:
    try:
        with lock.open("r+") as stream:
            return hold(stream.fileno())
    except FileNotFoundError:  # its owner may be about to lock it
        return time.time() - lock.parent.stat().st_mtime > 60
    except OSError:
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
