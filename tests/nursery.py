"""The child process of the readers, forked from one that has imported them all: a fifth of the time, for runs of many
thousand inputs. The request, the limits, the readers and the frames are those of the program; how the process starts is not
(tests/analysis does that)."""

import io
import json
import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.watch import Watch
from analysis.read import children, intake

READERS = (
    "boxes",
    "cards",
    "child",
    "databases",
    "health",
    "html",
    "jsons",
    "lines",
    "sqldump",
    "workbook",
    "xmls",
    "ods",
    "numbers",
)
LIBRARIES = (
    "defusedxml.ElementTree",
    "ijson",
    "py7zr",
    "pyarrow.parquet",
    "python_calamine",
    "pyzipper",
    "sqlite3",
    "xlrd",
    "zstandard",
)


class Nursery:
    """Forked before the first thread starts; takes the place of `intake.child`."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        asks, self._asks = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._asks)
            nurse(asks, folder)
        os.close(asks)
        children.child = intake.child = self.child

    def close(self) -> None:
        os.close(self._asks)
        os.waitpid(self._pid, 0)

    @contextmanager
    def child(self, request: dict[str, Any], watch: Watch) -> Generator[children.Frames]:
        self._count += 1
        pipes = [self._folder / f"{name}{self._count}" for name in ("in", "out")]
        for pipe in pipes:
            os.mkfifo(pipe)
        os.write(self._asks, f"{self._count}\n".encode())
        try:
            with pipes[0].open("wb") as asked:
                asked.write(json.dumps(request).encode() + b"\n")
            with pipes[1].open("rb") as answer:
                yield children.Frames(answer)
        except (OSError, Trouble):
            if watch.stopped:
                raise Cancelled from None
            raise
        finally:
            for pipe in pipes:
                pipe.unlink()


def nurse(asks: int, folder: Path) -> None:
    """Imports everything, then forks once for each number that it is given; never returns."""
    for name in (*(f"analysis.formats.{reader}" for reader in READERS), *LIBRARIES):
        __import__(name)
    from analysis.formats.child import main

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with os.fdopen(asks) as numbers:
        for number in numbers:
            if os.fork():
                continue
            try:
                stdin = os.open(folder / f"in{number.strip()}", os.O_RDONLY)
                os.dup2(os.open(folder / f"out{number.strip()}", os.O_WRONLY), 1)
                sys.stdin = io.TextIOWrapper(os.fdopen(stdin, "rb"))
                main()
            finally:
                os._exit(0)
    os._exit(0)
