"""Ctrl+C in, everything that runs stopped out, whatever the main thread is doing.

Python's own way raises KeyboardInterrupt in the main thread, at a moment that may lie inside a callback of the engine, which
drops it. Here the system's handler wakes a thread, which stops every watch; the exception follows where it can.
"""

import os
import signal
import threading

from analysis.ground.watch import stop_everything


def heed_interrupts() -> None:
    """For the process of a command; called once, in the main thread."""
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)

    def listen() -> None:
        while heard := os.read(ear, 1):
            if heard[0] == signal.SIGINT:
                stop_everything()

    threading.Thread(target=listen, name="ampleur-signals", daemon=True).start()
