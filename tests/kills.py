"""Kills a process while it writes, at moments drawn by chance, over a file that is there: `python -m tests.kills [KILLS]`. Prints one
line per format: how often the old file was left, how often the new one; a half one, or anything beside it after the next run, ends
with status 1.

The writer is forked from a process that has everything ready, so that the moment falls into the writing.
"""

import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyzipper

from analysis import report
from analysis.declare.incident import load_incident
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.ground.words import LANGUAGES, Words
from analysis.handover import summary
from analysis.model import Impact
from analysis.pipeline import answer
from analysis.render import write_document
from analysis.store import Store
from tests.conftest import SAMPLE, TEMPLATE

SECRET = "quatre mots au hasard"
DOCUMENTS = ("pdf", "docx", "html", "md", "txt")
Write = Callable[[Path, str], object]


def writers(store: Store, impact: Impact) -> dict[str, Write]:
    """Each format, as a function of where it goes and of the language: two different files of each."""

    def document(path: Path, language: str) -> None:
        write_document(summary(impact, Words(language)), path, Words(language))

    return {
        **dict.fromkeys(DOCUMENTS, document),
        "xlsx": lambda path, language: report.write_excel(impact, path, Words(language)),
        "json": lambda path, language: report.write_json(report.as_json(impact, {}, Words(language)), path),
        "zip": lambda path, language: report.write_lists(store, impact, path, Words(language), Watch(), SECRET),
    }


def whole(path: Path, known: list[bytes]) -> bool:
    if path.suffix != ".zip":
        return path.read_bytes() in known
    with pyzipper.AESZipFile(path) as archive:  # its salts differ every time
        archive.setpassword(SECRET.encode())
        return archive.testzip() is None and len(archive.namelist()) == 7


def killed(write: Write, path: Path, language: str, delay: float | None) -> bool:
    """Whether the writer was killed before it ended. (What writes a PDF has threads that no fork takes along: it is first used in a
    child.)"""
    child = os.fork()
    if not child:
        write(path, language)
        os._exit(0)
    if delay is not None:
        threading.Event().wait(delay)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) < 0


def run(name: str, write: Write, kills: int, folder: Path) -> bool:
    path, rng = folder / f"report.{name}", random.Random(name)
    known: list[bytes] = []
    for language in LANGUAGES:
        start = time.perf_counter()
        assert not killed(write, path, language, None)
        known.append(path.read_bytes())
        longest = 2 * (time.perf_counter() - start)
    left = {"killed": 0, "old": 0, "new": 0, "half": 0}
    for at in range(kills):
        before = path.read_bytes()
        left["killed"] += killed(write, path, LANGUAGES[at % 2], rng.random() * longest)
        after = path.read_bytes()
        left["half" if not whole(path, known) else "old" if after == before else "new"] += 1
    killed(write, path, "fr", None)
    beside = [item.name for item in folder.iterdir() if item != path]
    print(f"{name:5} {left} {beside or ''}", flush=True)
    path.unlink()
    return not left["half"] and not beside


if __name__ == "__main__":
    os.environ["SOURCE_DATE_EPOCH"] = "1732100000"
    with tempfile.TemporaryDirectory() as top:
        store = Store(root=Path(top) / "vault")
        impact = answer(store, Question(load_incident(TEMPLATE), files=(SAMPLE,)), Watch())
        (Path(top) / "out").mkdir()
        found = [
            run(name, write, int(sys.argv[1]) if len(sys.argv) > 1 else 100, Path(top) / "out")
            for name, write in writers(store, impact).items()
        ]
        store.close()
    sys.exit(not all(found))
