"""A window over the committed sample, with private settings, driven by real Qt events."""

import gc
from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication

from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.pipeline import Answer, answer
from analysis.store import Store
from gui.app import build, prepare
from gui.demo import template
from gui.main_window import MainWindow
from gui.operations import declared
from gui.operations import opened as asked_of
from gui.pages.page import At
from gui.settings import Settings
from tests.conftest import SAMPLE

LONG = 60_000  # milliseconds that a wait may take on a busy machine


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir()
    gc.freeze()  # what earlier tests left is not looked at again when this one's window is collected
    prepare(tmp_path / "qt")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = build(application, Settings("en", "light"), closer=False, keeper=False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
    gc.collect()
    gc.enable()  # the window's own collector ends with it


class Lent(Store):
    """A store that windows share, one after the other; it outlives them."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def analyzed(tmp_path_factory) -> Iterator[tuple[Lent, Answer]]:
    """The sample analyzed once, with the incident of November 2024: what is known of it, and its store."""
    store, known = Lent(root=tmp_path_factory.mktemp("vault")), list[Answer]()
    answer(store, declared(asked_of(Question(), [SAMPLE]), template()), Watch(), known.append)
    yield store, known[-1]
    Store.close(store)


@pytest.fixture
def opened(window, qtbot, analyzed) -> MainWindow:
    """The window once the whole sample is analyzed. (That a window analyzes a file itself is tested with other files.)"""
    store, known = analyzed

    def lend(job, fresh):
        fresh.close()
        job.publish(store)
        return answer(store, known.question, job.watch, job.publish, known)

    window.show_page(At.SHORT)
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.session._open(known.question, lend)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    return window


@pytest.fixture
def alone(window, qtbot) -> MainWindow:
    """The window that analyzed the sample itself, in a store of its own."""
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([SAMPLE], template())
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    return window
