"""Does to a window what comes to mind, as fast as it can: `python -m tests.operations [OPERATIONS] [SEED]`. Prints how often each thing
was done, the memory after the first tenth and at the end, and the threads that are left; ends with status 1 where something failed,
a thread stayed, or memory grew by more than a twentieth.

On an invented leak of 400 people; every 250 operations it waits until everything is computed, and a moment more.
"""

import faulthandler
import gc
import os
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from analysis.declare.incident import load_incident
from analysis.rules.kinds import kinds
from analysis.synth import hospital, write_hospital
from gui.app import build, prepare
from gui.main_window import MainWindow
from gui.pages.page import At
from gui.settings import Settings
from tests.conftest import TEMPLATE

PARTS = (
    "minor",
    "old",
    "band:high",
    "channel:email",
    "department:75",
    "has:email+phone",
    "tier:1",
    "years:20..40",
    "text:NOM=a",
    "value:SEXE=F",
)
NATURES = ("hospital", "shop", "insurer", "luxury", "oncology")
WAIT = 250
REST = 600  # milliseconds
GROWTH = 1.05


def settle(application: QApplication, true: Callable[[], bool], seconds: float = 120.0) -> None:
    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.setInterval(5)
    look.timeout.connect(lambda: loop.quit() if true() else None)
    end.setSingleShot(True)
    end.timeout.connect(lambda: os._exit(3))  # what never ends is a failure
    end.start(int(seconds * 1000))
    look.start()
    loop.exec()
    application.processEvents()


def rest(application: QApplication) -> None:
    """A moment in which nothing is asked."""
    loop = QEventLoop()
    QTimer.singleShot(REST, loop.quit)
    loop.exec()
    application.processEvents()


def operations(window: MainWindow, rng: random.Random) -> dict[str, Callable[[], object]]:
    """What a person may do, by name; each does one thing drawn by chance."""
    session, people = window.session, window.people
    columns = range(10)
    return {
        "narrow": lambda: session.narrow(rng.choice(PARTS)),
        "widen": session.widen,
        "undo": session.undo,
        "redo": session.redo,
        "correct": lambda: session.correct(rng.sample(columns, 2), rng.choice(list(kinds()))),
        "as found": lambda: session.forget_columns(list(columns)),
        "judge": lambda: session.judge(rng.choice(("join", "split")), *sorted(rng.sample(range(380), 2))),
        "incident": lambda: session.set_incident(replace(session.incident, nature=rng.choice(NATURES))),
        "order": lambda: people.model.order_by(rng.randrange(1, 12)),
        "group": lambda: people.show_group(rng.choice(("", "minor", "old"))),
        "hide": lambda: people.table.show_column(rng.randrange(12), rng.random() < 0.7),
        "page": lambda: window.show_page(rng.choice(list(At))),
        "mask": window.toggle_mask,
        "language": window.toggle_language,
        "theme": window.toggle_theme,
        "zoom": lambda: window.zoom(rng.choice((-1, 1))),
        "find": lambda: (window.finder.text.setText(rng.choice(("martin", "1980", "zz", "06"))), window.finder.look()),
        "stop": window.stop,
        "scroll": lambda: people.table.scrollTo(people.model.index(rng.randrange(max(people.model.rowCount(), 1)), 0)),
    }


def run(count: int, seed: int) -> bool:
    rng, process, failures = random.Random(seed), psutil.Process(), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        prepare(Path(folder))
        application = QApplication([])
        leak = Path(folder) / "leak.csv"
        write_hospital(hospital(400, 3), leak, None)
        window = build(application, Settings("fr", "light"), closer=False, keeper=False)
        window.session.failed.connect(lambda trouble: failures.append(trouble.code))
        window.show()
        window.open_files([leak], load_incident(TEMPLATE))
        session = window.session
        settle(application, lambda: session.impact is not None and not session.busy)
        known, done, early = operations(window, rng), Counter[str](), 0
        weights = [1 if name in ("correct", "as found", "judge", "zoom", "theme", "language") else 6 for name in known]
        for at in range(count):
            (name,) = rng.choices(list(known), weights)
            known[name]()
            done[name] += 1
            application.processEvents()
            if at % WAIT == WAIT - 1:
                settle(application, lambda: session.idle_but(None))
                rest(application)
            if at == count // 10:
                gc.collect()
                early = process.memory_info().rss
        settle(application, lambda: not session.busy and not session.painting)
        gc.collect()
        late = process.memory_info().rss
        window.close()
        application.processEvents()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("ampleur")]
    told = Counter(failures)
    print(dict(done), f"{early >> 20} MiB, then {late >> 20} MiB ({late / early:.3f} times)", left, dict(told), sep="\n")
    return not left and not told and late <= GROWTH * early


if __name__ == "__main__":
    faulthandler.enable()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(not run(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
