"""The front door: the window by default; `analyze`, `inspect`, `convert`, `classify`, `anonymity`, `hash`, `trace`, `synth`,
`demo` on the command line, where no Qt is imported."""

import os
import sys
from pathlib import Path

from analysis.command import VERBS
from analysis.ground.guard import stand_guard
from analysis.ground.signals import heed_interrupts

os.umask(0o077)


def main(arguments: list[str]) -> int:
    """Exit status of a command; without one the window opens (`main.py [FILE]`)."""
    first = next((word for word in arguments if not word.startswith("-")), "")
    if first == "gallery" and not Path(first).exists():
        from gui.app import run_gallery

        return run_gallery(arguments)
    asked = any(word in ("-h", "--help", "--version") for word in arguments)
    if asked or (first and (first in VERBS or not Path(first).exists())):  # a word that is no file is a command, mistyped or not
        from analysis.command.door import demo_file, run

        status = run(arguments)
        if status == 0 and first == "demo" and has_display():
            from gui.app import open_demo

            return open_demo(demo_file(arguments))
        return status
    from gui.app import run_window

    return run_window(arguments)


def has_display() -> bool:
    """Whether a window would be seen by somebody."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def leave(status: int) -> None:
    """Ends the process at once: the store is closed, and taking a million small objects apart serves nobody."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    stand_guard()
    heed_interrupts()
    leave(main(sys.argv[1:]))
