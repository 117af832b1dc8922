"""Opens the window on a file in this process and prints, as JSON, how promptly it answered. Run by `python -m bench`."""

import time

START = time.perf_counter()

import itertools
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from gui.app import build, prepare, warm
from gui.demo import template
from gui.models.persons import WAITING
from gui.pages.page import At
from gui.settings import Settings

BEAT, LOOK = 5, 2  # milliseconds


def wait_for(true, timeout: float = 120.0) -> None:
    """Runs the window until something holds, as its own loop does: asleep between events, so that what works in the
    background has the machine to itself."""
    end, loop, look = time.perf_counter() + timeout, QEventLoop(), QTimer()
    look.setInterval(LOOK)
    look.timeout.connect(lambda: loop.quit() if true() or time.perf_counter() > end else None)
    QApplication.processEvents()
    if not true():
        look.start()
        loop.exec()


def changes(window: Any) -> dict[str, float]:
    """Seconds from a change of the incident until its figures, and until its charts, are on screen; from a what-if until its
    figures are."""
    session, impact_page, what_if = window.session, window.pages[At.IMPACT], window.pages[At.WHAT_IF]
    figures, charts, answers = [], [], []
    window.show_page(At.IMPACT)
    for nature in ("insurer", "shop", "hospital", "luxury", "oncology"):
        shown = impact_page.figures[0].note.text()
        begin = time.perf_counter()
        session.set_incident(replace(session.incident, nature=nature))
        wait_for(lambda shown=shown: impact_page.figures[0].note.text() != shown or not session.busy)
        figures.append(time.perf_counter() - begin)
        wait_for(lambda: not session.busy and not session.painting)
        charts.append(time.perf_counter() - begin)
    window.show_page(At.WHAT_IF)
    wait_for(lambda: what_if.classes is not None)
    for kind, code in (
        ("birth_date", "year"),
        ("email", "removed"),
        ("postal_code", "department"),
        ("phone", "encrypted"),
        ("last_name", "removed"),
    ):
        begin = time.perf_counter()
        what_if._chosen(kind, code)
        QApplication.processEvents()
        answers.append(time.perf_counter() - begin)
    return {"incident": max(figures), "incident_charts": max(charts), "what_if": max(answers)}


def touching(window: Any) -> dict[str, float]:
    """Seconds from a filter until its figures and the charts on screen are right; until the list is ordered by a column; until a
    person who is typed is found; the longest of each."""
    session, impact_page, people = window.session, window.pages[At.IMPACT], window.pages[At.PEOPLE]
    wait_for(lambda: window.finder.ready and not session.busy and session.idle_but(session.closer.job))
    window.show_page(At.IMPACT)
    impact_page.ensureWidgetVisible(impact_page.charts.views["reach"])
    wait_for(lambda: not session.painting)
    filters, sorts, finds = {}, {}, []
    for part in ("department:75", "minor", "channel:post", "has:email+phone"):
        begin = time.perf_counter()
        session.narrow(part)
        wait_for(lambda: session.busy, 1.0)
        wait_for(lambda: not session.busy and not session.painting)
        filters[part] = time.perf_counter() - begin
        session.widen()
        wait_for(lambda: session.busy, 1.0)
        wait_for(lambda: not session.busy and not session.painting)
    window.show_page(At.PEOPLE)
    for name, column in (("age", 3), ("last name", 8)):
        wait_for(lambda: people.model.rowCount() > 0)
        begin = time.perf_counter()
        people.model.order_by(column)
        wait_for(lambda: people.model.rowCount() > 0 and people.model.index(0, 0).data() not in (None, WAITING))
        sorts[name] = time.perf_counter() - begin
    window.finder.ask()
    for text in ("martin jean", "dupont 14/03/1980", "le goff marie", "0612345678", "zzyzx qwerty"):
        window.finder.text.setText(text)
        begin = time.perf_counter()
        window.finder.look()
        wait_for(lambda: window.finder._job is None)
        finds.append(time.perf_counter() - begin)
    window.finder.reject()
    print({part: round(taken, 3) for part, taken in filters.items()}, sorts, finds, file=sys.stderr)
    few = max(taken for part, taken in filters.items() if part != "has:email+phone")
    return {
        "filter": few,
        "filter_most": filters["has:email+phone"],
        "sort_number": sorts["age"],
        "sort_text": sorts["last name"],
        "find": max(finds),
    }


def main() -> None:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        application = QApplication([])
        window = build(application, Settings("en", "light"), keeper=False)
        window.show()
        application.processEvents()
        found["visible"] = time.perf_counter() - START
        warm()
        beats: list[float] = []
        beat = QTimer()
        beat.setInterval(BEAT)
        beat.timeout.connect(lambda: beats.append(time.perf_counter()))
        beat.start()
        leak = Path(sys.argv[1])
        window.open_files([leak], template())
        loop = QEventLoop()
        window.session.impact_changed.connect(lambda impact: impact and QTimer.singleShot(1500, loop.quit))
        for page in range(1, 6):
            QTimer.singleShot(1500 * page, lambda page=page: window.show_page(page))
        loop.exec()
        gaps = sorted(after - before for before, after in itertools.pairwise(beats))
        found["longest"], found["p99"] = gaps[-1], gaps[int(len(gaps) * 0.99)]
        window.show_page(At.PEOPLE)
        model, table = window.pages[At.PEOPLE].model, window.pages[At.PEOPLE].table
        wait_for(lambda: not window.session.painting and not window.session.busy)
        times = []
        for share in (0.2, 0.5, 0.9, 0.35):
            row = int(model.rowCount() * share)
            begin = time.perf_counter()
            table.scrollTo(model.index(row, 0))
            wait_for(lambda row=row: model.index(row, 0).data() not in (None, WAITING))
            times.append(time.perf_counter() - begin)
        found["scroll"] = max(times)
        found |= changes(window)
        found |= touching(window)
        window.open_files([leak])
        wait_for(lambda: window.session.leak is not None)
        begin = time.perf_counter()
        window.session.cancel()
        wait_for(lambda: not window.session.busy)
        found["cancel"] = time.perf_counter() - begin
        window.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
