"""A request in, the frames of a child process out: every parser that can crash, explode or hang runs there (docs:
`formats/out.py`)."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say

TOP = Path(__file__).parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from analysis.formats.child import main; main()"
LARGEST_FRAME = 64 << 20

SENTENCES = {
    "password": say("This file is protected by a password: give the right one."),
    "bomb": say("This archive unpacks to far more than its size allows: it was made to exhaust a machine, and is not read."),
    "damaged": say("This file is damaged or was cut off. Ask for it again, and compare its size."),
    "memory": say("This file needs more memory than reading one file may take. Split it, or save its tables as CSV."),
    "deep": say("The records of this file are nested too deeply to be a table of persons."),
    "tables": say("This file holds more than 1,000 tables: it is not read."),
    "columns": say("This file has more than 4,096 columns: it is not a table of persons."),
    "notes": say("More than 200,000 lines of this file are damaged: it was probably cut or changed. Ask for it again."),
    "doctype": say(
        "This XML declares a document type, which may make one file read or fill others: it is not read. Take the line "
        "<!DOCTYPE ...> out of a copy, and open that."
    ),
    "members": say("This archive holds more than 10,000 files: unpack it and open the folder of the files that matter."),
    "unreadable": say(
        "This file cannot be read: it is damaged, or made by an unknown program. Save its table as CSV and open that."
    ),
    "died": say("Reading this file was stopped: it asks for more memory or time than a table needs, or is damaged."),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file inside another (or the file itself, with an empty path) and its format."""

    path: tuple[str, ...]
    kind: str


class Frames:
    """The frames of a child, one after the other, with one step back."""

    def __init__(self, pipe: Any) -> None:
        self._pipe, self._back = pipe, None

    def next(self) -> tuple[bytes, bytes]:
        if self._back is not None:
            frame, self._back = self._back, None
            return frame
        head = self._pipe.read(5)
        if len(head) < 5:
            raise trouble("died")
        (size,) = struct.unpack(">I", head[1:])
        if size > LARGEST_FRAME:
            raise trouble("died")
        content = self._pipe.read(size)
        if len(content) < size:
            raise trouble("died")
        if head[:1] == b"X":
            raise trouble(json.loads(content))
        return head[:1], content

    def back(self, frame: tuple[bytes, bytes]) -> None:
        self._back = frame


def trouble(code: str) -> Trouble:
    return Trouble(code if code in SENTENCES else "unreadable", SENTENCES.get(code, SENTENCES["unreadable"]))


@contextmanager
def child(request: dict[str, Any], watch: Watch) -> Generator[Frames]:
    """The frames that answer a request; the process is gone when the block ends, however it ends."""
    environment = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", START, str(TOP)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=1 << 20,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        with watch.interruptible(process.kill):
            try:
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.close()
                yield Frames(process.stdout)
            except (OSError, Trouble):
                if watch.stopped:
                    raise Cancelled from None
                raise
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def ask(path: Path, size: int, task: str, password: str = "", **more: Any) -> dict[str, Any]:
    return {"path": str(path.resolve()), "name": path.name, "size": size, "task": task, "password": password, **more}


def list_leaves(request: dict[str, Any], watch: Watch) -> tuple[list[Leaf], list[str]]:
    """The files inside a container, and the members that were refused (links, names that climb out, too deep)."""
    found: list[Leaf] = []
    refused: list[str] = []
    with child(request, watch) as frames:
        while True:
            letter, content = frames.next()
            if letter == b"L":
                path, kind, _ = json.loads(content)
                found.append(Leaf(tuple(path), kind))
                watch.tell(say("Looking into the archive"), 0.0)
            elif letter == b"R":
                refused = json.loads(content)
            elif letter == b"Z":
                return found, refused


def leaf_bytes(
    request: dict[str, Any], watch: Watch, cut: Callable[[], object], told: Callable[[float], object]
) -> Generator[bytes]:
    """The unpacked bytes of one member; `cut` is called where they end before their time, `told` with the share that is read."""
    with child(request, watch) as frames:
        while True:
            letter, content = frames.next()
            if letter == b"B":
                yield content
            elif letter == b"C":
                cut()
            elif letter == b"P":
                told(struct.unpack(">d", content)[0])
            elif letter == b"Z":
                return
