"""A window over the committed sample, with private settings, driven by real Qt events."""

import gc
from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication

from gui.app import build, prepare
from gui.demo import template
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.conftest import SAMPLE

LONG = 8_000  # milliseconds that a wait may take on a slow machine


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir()
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


@pytest.fixture
def opened(window, qtbot) -> MainWindow:
    """The window once the whole sample is analyzed, with the incident of November 2024."""
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([SAMPLE], template())
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    return window
