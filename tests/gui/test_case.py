"""What a person decided is not lost: one file holds it, a kill costs seconds, closing asks, a case alone asks for its leak."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from analysis.declare.dossier import Dossier, Exported, read, written
from analysis.ground.errors import Trouble
from analysis.model import Case, Incident
from gui.app import build
from gui.keeper import Keeper, locked
from gui.keeper import opened as unlocked
from gui.pages.help import HelpDialog
from gui.settings import Settings, load, settings_file
from tests.conftest import CANARY, TOP
from tests.gui.conftest import LONG

LEAK = "nom;prenom;naissance;email\n" + "".join(
    f"FICTIF{'ABCDE'[at % 5]}{CANARY};Jeanne;0{at % 9 + 1}/02/19{40 + at};fictif{at}@exemple.invalid\n" for at in range(40)
)


def leak_in(folder):
    path = folder / "leak.csv"
    path.write_text(LEAK, encoding="utf-8")
    return path


def loaded(window, qtbot, paths):
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files(paths)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)


def decided(window, qtbot):
    """An incident, a correction and a filter."""
    session = window.session
    session.set_incident(
        Incident(controller="Clinique fictive", nature="hospital", disclosure="unknown", measures=("access closed",))
    )
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    session.correct([3], "username")
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    session.narrow("has:last_name")
    qtbot.waitUntil(lambda: not session.busy and session.shown.parts == ("has:last_name",), timeout=LONG)


def test_a_case_holds_everything_that_was_said_and_brings_it_back(window, qtbot, tmp_path):
    leak, case = leak_in(tmp_path), tmp_path / "mine.ampleur"
    loaded(window, qtbot, [leak])
    decided(window, qtbot)
    session = window.session
    assert session.unsaved
    session.save_case(case)
    assert (
        not session.unsaved
        and CANARY not in case.read_text(encoding="utf-8")
        and str(tmp_path) not in case.read_text(encoding="utf-8")
    )
    session.exports, session.choices = (Exported("rapport.pdf", "2024-11-20T10:00:00+01:00"),), ("pdf", "letters")
    session.save_case(case)
    loaded(window, qtbot, [leak])
    assert session.incident == Incident() and session.shown.parts == () and not session.exports
    loaded(window, qtbot, [case, leak])
    assert [item.name for item in session.exports] == ["rapport.pdf"] and session.choices == ("pdf", "letters")
    assert session.incident.controller == "Clinique fictive" and session.incident.measures == ("access closed",)
    assert session.exposure.fields[3].kind == "username" and session.shown.parts == ("has:last_name",)


def test_a_case_alone_asks_for_its_leak_and_is_never_taken_for_one(window, qtbot, tmp_path):
    leak, case = leak_in(tmp_path), tmp_path / "mine.ampleur"
    loaded(window, qtbot, [leak])
    decided(window, qtbot)
    window.session.save_case(case)
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([case])
        (dialog,) = window.findChildren(QFileDialog)
        assert "leak.csv" in dialog.windowTitle()
        dialog.fileSelected.emit(str(leak))
        dialog.reject()
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    assert window.session.exposure.fields[3].kind == "username"
    case.write_text("[]", encoding="utf-8")
    with qtbot.waitSignal(window.session.failed, timeout=LONG) as told:
        window.open_files([case])
    assert told.args[0].code == "case"


@pytest.fixture
def keeping(qtbot, window, tmp_path):
    """A second window, with a keeper in a folder of its own."""
    application = QApplication.instance()
    made = build(application, Settings("en", "light"), closer=False)
    made.keeper.folder = tmp_path / "kept"
    qtbot.addWidget(made, before_close_func=lambda made: setattr(made, "_leaving", True))
    made.show()
    yield made
    made._leaving = True
    made.close()


def test_after_a_sudden_end_what_was_said_is_offered_and_taken_up(keeping, qtbot, tmp_path):
    leak = leak_in(tmp_path)
    loaded(keeping, qtbot, [leak])
    decided(keeping, qtbot)
    keeping.keeper.write()
    (kept,) = (tmp_path / "kept" / "cases").glob("*.ampleur")
    assert b"fictive" not in kept.read_bytes() and CANARY.encode() not in kept.read_bytes()
    assert (tmp_path / "kept" / "cases" / "key").stat().st_mode & 0o077 == 0
    again = Keeper(keeping.session, tmp_path / "kept")  # as after a kill: nobody said farewell
    found = []
    again.found.connect(found.append)
    loaded(keeping, qtbot, [leak])
    assert [item.incident.controller for item in found] == ["Clinique fictive"]
    assert keeping.session.incident == Incident()
    with qtbot.waitSignal(keeping.session.shown_changed, timeout=LONG):
        keeping.session.take_up(found[0])
    qtbot.waitUntil(lambda: not keeping.session.busy, timeout=LONG)
    assert keeping.session.incident.controller == "Clinique fictive" and keeping.session.shown.parts == ("has:last_name",)
    keeping.session.undo()
    qtbot.waitUntil(lambda: not keeping.session.busy, timeout=LONG)
    assert keeping.session.incident == Incident()


def test_whoever_decides_without_a_pause_is_kept_too(keeping, qtbot, tmp_path):
    loaded(keeping, qtbot, [leak_in(tmp_path)])
    keeping.keeper._wait.setInterval(150)
    more, at = QTimer(), iter(range(1, 10_000))
    more.setInterval(40)
    more.timeout.connect(lambda: keeping.session.set_incident(Incident(claimed_people=next(at))))
    more.start()
    qtbot.waitUntil(lambda: bool(list((tmp_path / "kept" / "cases").glob("*.ampleur"))), timeout=LONG)
    more.stop()
    qtbot.waitUntil(lambda: not keeping.session.busy, timeout=LONG)


def test_closing_asks_before_decisions_are_lost(keeping, qtbot, tmp_path):
    loaded(keeping, qtbot, [leak_in(tmp_path)])
    decided(keeping, qtbot)
    keeping.keeper.write()
    keeping.close()
    assert keeping.isVisible()
    (dialog,) = keeping.findChildren(QMessageBox)
    leave = next(push for push in dialog.findChildren(QPushButton) if push.text() == "Close without saving")
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not keeping.isVisible(), timeout=LONG)
    assert not list((tmp_path / "kept" / "cases").glob("*.ampleur"))


def test_nothing_said_nothing_asked_nothing_kept(keeping, qtbot, tmp_path):
    loaded(keeping, qtbot, [leak_in(tmp_path)])
    keeping.keeper.write()
    assert not (tmp_path / "kept" / "cases").exists() and not keeping.session.unsaved
    keeping.close()
    assert not keeping.isVisible()


def test_a_home_that_cannot_be_written_stops_nothing(keeping, qtbot, tmp_path):
    (tmp_path / "kept").write_text("a file where a folder should be")
    loaded(keeping, qtbot, [leak_in(tmp_path)])
    decided(keeping, qtbot)
    keeping.keeper.write()
    assert keeping.session.unsaved


def test_another_key_or_a_torn_file_is_no_case(tmp_path):
    data, key = written(Dossier(sha256="a" * 64, incident=Incident(controller="Fictive"))), b"k" * 64
    assert read(unlocked(locked(data, key), key)).incident.controller == "Fictive"
    with pytest.raises(RuntimeError):
        unlocked(locked(data, key), b"l" * 64)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found | {"parts": 3},
        lambda found: found | {"incident": {"nature": "shoes"}},
        lambda found: found | {"tables": [{"sha256": "x"}]},
        lambda found: found | {"asked": {"header": "no"}},
        lambda found: found | {"link": "always"},
        lambda found: found | {"case": 99},
        lambda found: [found],
    ],
)
def test_a_case_that_was_changed_by_hand_is_refused_in_a_sentence(spoil):
    found = json.loads(written(Dossier(sha256="a" * 64, cases=(Case(sha256="a" * 64),))))
    with pytest.raises(Trouble):
        read(json.dumps(spoil(found)).encode())


def test_a_case_of_the_first_version_still_opens():
    first = {
        "case": 1,
        "sha256": "a" * 64,
        "table": 0,
        "rules": "r",
        "kinds": [[0, "email"]],
        "corrected": [[0, "username"]],
        "people": [["join", 1, 2]],
    }
    found = read(json.dumps(first).encode())
    assert found.cases[0].corrected == ((0, "username"),) and found.cases[0].people == (("join", 1, 2),)


def test_a_dossier_comes_back_as_it_was(tmp_path):
    incident = Incident(
        controller="Fictive",
        nature="hospital",
        aware="2024-11-19T10:00:00",
        time_zone="Europe/Paris",
        overrules=(("ei", 0.5, "why"),),
    )
    whole = Dossier(
        "a" * 64, ("leak.csv",), incident, (Case(sha256="a" * 64, corrected=((1, "email"),)),), table="patients", parts=("minor",)
    )
    assert (
        read(written(whole)) == whole
        and whole.says
        and not replace(whole, incident=Incident(), cases=(), table="", parts=()).says
    )


def test_a_kill_in_the_middle_of_work_loses_no_decision(tmp_path):
    """A real process is killed; the next one takes up what was said."""
    leak = leak_in(tmp_path)
    script = f"""
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from analysis.model import Incident
from gui.app import build, prepare
from gui.pages.help import HelpDialog
from gui.settings import Settings, load, settings_file
prepare(Path({str(tmp_path / "qt")!r}))
application = QApplication([])
window = build(application, Settings("en", "light"), closer=False)
window.keeper.folder = Path({str(tmp_path / "kept")!r})
window.show()
def said(impact):
    if impact is not None and not window.session.incident.controller:
        window.session.set_incident(Incident(controller="Clinique fictive"))
        window.keeper.write()
        os.kill(os.getpid(), signal.SIGKILL)
window.session.impact_changed.connect(said)
window.open_files([Path({str(leak)!r})])
application.exec()
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=TOP, timeout=120, capture_output=True)
    assert ended.returncode == -9, ended.stderr[-600:]
    (kept,) = (tmp_path / "kept" / "cases").glob("*.ampleur")
    key = (tmp_path / "kept" / "cases" / "key").read_bytes()
    assert read(unlocked(kept.read_bytes(), key)).incident.controller == "Clinique fictive"


def test_every_command_is_found_by_its_name_and_the_past_is_among_them(window, qtbot, tmp_path):
    loaded(window, qtbot, [leak_in(tmp_path)])
    decided(window, qtbot)
    with qtbot.waitSignal(window.palette_opened, timeout=LONG) as told:
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (palette,) = told.args
    names = [command.text for command in palette.commands]
    assert "Find a person" in names and "In short" in names
    assert [name for name in names if name.startswith("Undo")] == [
        "Undo back to before: a filter",
        "Undo back to before: a column corrected",
        "Undo back to before: the incident declared",
    ]
    qtbot.keyClicks(palette.text, "undo column")
    assert palette.list.count() == 1
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.busy and window.session.exposure.fields[3].kind == "email", timeout=LONG)
    assert window.session.shown.parts == () and window.session.incident.controller == "Clinique fictive"
    window.session.redo()
    window.session.redo()
    qtbot.waitUntil(lambda: not window.session.busy and window.session.shown.parts == ("has:last_name",), timeout=LONG)
    assert window.session.exposure.fields[3].kind == "username"


def test_the_guide_the_method_and_the_glossary_are_inside(window, qtbot):
    window.session.speak("fr")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(HelpDialog)
    names = [dialog.tabs.tabText(at) for at in range(dialog.tabs.count())]
    assert names == ["Guide", "Méthode", "Glossaire"]
    assert all(
        "…" not in dialog.tabs.widget(at).toPlainText()[:2] and len(dialog.tabs.widget(at).toPlainText()) > 1000
        for at in range(3)
    )
    dialog.search.setText("Wilson")
    dialog.look()
    shown = dialog.tabs.currentWidget()
    assert shown.textCursor().selectedText() == "Wilson" and not shown.openLinks()
    dialog.reject()


def test_cases_are_remembered_only_where_somebody_asks_and_forgotten_with_a_click(window, qtbot, tmp_path, monkeypatch):
    leak, case, welcome = leak_in(tmp_path), tmp_path / "a & b.ampleur", window.welcome
    loaded(window, qtbot, [leak])
    window.session.save_case(case)
    kept = load(settings_file())
    assert not kept.recent and not kept.remember and welcome.recent.count() == 0
    qtbot.mouseClick(welcome.remember, Qt.MouseButton.LeftButton, pos=QPoint(8, welcome.remember.height() // 2))
    window.session.save_case(case)
    assert load(settings_file()).recent == (str(case),) and str(leak) not in settings_file().read_text(encoding="utf-8")
    asked = []
    monkeypatch.setattr("gui.main_window.ask_file", lambda *told: asked.append(told))
    again = build(QApplication.instance(), load(settings_file()), closer=False, keeper=False)
    qtbot.addWidget(again)
    (door,) = [again.welcome.recent.itemAt(at).widget() for at in range(again.welcome.recent.count())]
    assert door.text() == "a && b.ampleur"
    qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    case.unlink()
    again.welcome.show_recent(again.settings)
    assert again.welcome.recent.count() == 0
    again.welcome.remember.setChecked(False)
    assert load(settings_file()) == Settings("en", "light") and "ampleur" not in settings_file().read_text(encoding="utf-8")
    again.close()


@pytest.mark.parametrize(
    "told", ['{"remember": true, "recent": "x"}', '{"remember": true, "recent": [1, null]}', '{"recent": ["/a"]}']
)
def test_settings_that_were_changed_by_hand_remember_nothing(tmp_path, told):
    path = tmp_path / "settings.json"
    path.write_text(told, encoding="utf-8")
    assert load(path).recent == ()
