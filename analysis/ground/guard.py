"""An error that nobody foresaw in, one sentence out. Its own words may quote a cell: only its type and the lines it passed
are kept."""

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from analysis.ground.errors import Trouble
from analysis.ground.words import say

TOP = Path(__file__).parents[2]
FRAMES = 12


def trail(error: BaseException) -> str:
    """The type of an error and where it passed through our own code, innermost first: no text of it, no value, no path of the
    machine."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        f"{Path(frame.filename).relative_to(TOP).as_posix()}:{frame.lineno}"
        for frame in frames
        if Path(frame.filename).is_relative_to(TOP) and ".venv" not in frame.filename
    ]
    return " < ".join([type(error).__name__, *reversed(ours[-FRAMES:])])


def unexpected(error: BaseException) -> Trouble:
    """What is said of it. Raise it `from None`."""
    if isinstance(error, MemoryError):
        return Trouble("memory", say("There is not enough memory or disk space for this file. Free some space and try again."))
    return Trouble(
        "unexpected", say("Something unexpected happened ({kind}). Nothing was lost: try again.", kind=type(error).__name__)
    )


def log(error: BaseException) -> None:
    """One line on standard error."""
    print(f"ampleur: {trail(error)}", file=sys.stderr)


def stand_guard() -> None:
    """No traceback of this process quotes a cell, whichever thread it ends."""

    def told(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        log(error)

    sys.excepthook = told
    threading.excepthook = lambda args: log(args.exc_value) if args.exc_value is not None else None
    sys.unraisablehook = lambda args: log(args.exc_value) if args.exc_value is not None else None
