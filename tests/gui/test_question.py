"""One question: what was said of a leak survives every other command, and can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from analysis.model.codes import KeyEvidence
from gui.pages.page import At
from gui.pages.placing import PlaceDialog
from gui.pages.relations import RelationDialog
from tests.analysis.resolve.test_relations import script
from tests.gui.conftest import LONG

PATIENTS = "\n".join(
    f"('DURAND{at}','Jean{at}','19{at % 70 + 20}-03-1{at % 9}','p{at}@example.org')" + ("," if at < 59 else ";")
    for at in range(60)
)
STAFF = "\n".join(f"('{at}','MARTIN{at}','Anne{at}','s{at}@example.org')" + ("," if at < 29 else ";") for at in range(30))
DUMP = f"""CREATE TABLE patient (nom varchar(20), prenom varchar(20), naissance date, courriel varchar(40));
INSERT INTO patient VALUES {PATIENTS}
CREATE TABLE agent (code int, nom varchar(20), prenom varchar(20), courriel varchar(40));
INSERT INTO agent VALUES {STAFF}
"""


@pytest.fixture
def two_tables(window, qtbot, tmp_path: Path):
    """A dump of patients and staff, opened; the session of the window."""
    leak = tmp_path / "dump.sql"
    leak.write_text(DUMP, encoding="utf-8")
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([leak])
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    return window.session


def wait(qtbot, session) -> None:
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)


def kind(session, column: str) -> str:
    return next(field.kind for field in session.exposure.fields if field.column == column)


def test_a_correction_survives_the_choice_of_another_table(two_tables, qtbot):
    session = two_tables
    assert session.leak.sheet.name == "patient" and kind(session, "courriel") == "email"
    session.correct([3], "username")
    wait(qtbot, session)
    session.choose_sheet("agent")
    wait(qtbot, session)
    assert session.leak.sheet.name == "agent" and kind(session, "courriel") == "email"
    session.correct([3], "none")
    wait(qtbot, session)
    session.choose_sheet("patient")
    wait(qtbot, session)
    assert kind(session, "courriel") == "username"
    session.choose_sheet("agent")
    wait(qtbot, session)
    assert kind(session, "courriel") == "none"


def test_a_comparison_survives_the_choice_of_another_table(two_tables, qtbot, tmp_path):
    session, register = two_tables, tmp_path / "register.csv"
    register.write_text("nom;prenom;naissance;courriel\nDURAND1;Jean1;1921-03-11;p1@example.org\nX;Y;1950-01-02;z@example.org\n")
    session.compare("register", register)
    wait(qtbot, session)
    assert [item.what for item in session.impact.matches] == ["register"] and session.impact.matches[0].confirmed == 1
    session.choose_sheet("agent")
    wait(qtbot, session)
    session.choose_sheet("patient")
    wait(qtbot, session)
    assert session.impact.matches[0].confirmed == 1


def test_every_decision_is_undone_and_done_again_with_the_keyboard(window, two_tables, qtbot):
    session, before = two_tables, two_tables.impact
    session.set_incident(replace(session.incident, nature="hospital"))
    wait(qtbot, session)
    session.correct([0], "none")
    wait(qtbot, session)
    session.judge("join", 1, 2)
    wait(qtbot, session)
    last = session.impact
    assert (last.people.joined, kind(session, "nom"), last.incident.nature) == (1, "none", "hospital")
    for joined, name, nature in ((0, "none", "hospital"), (0, "last_name", "hospital"), (0, "last_name", "unknown")):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        wait(qtbot, session)
        assert (session.impact.people.joined, kind(session, "nom"), session.incident.nature) == (joined, name, nature)
    assert session.impact == before
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        wait(qtbot, session)
    assert session.impact == last


def test_a_comparison_that_fails_was_never_said(two_tables, qtbot, tmp_path):
    session, broken = two_tables, tmp_path / "register.csv"
    broken.write_bytes(b"")
    question = session.question
    with qtbot.waitSignal(session.failed, timeout=LONG):
        session.compare("register", broken)
    assert session.question == question and not session.impact.matches
    session.correct([0], "none")
    wait(qtbot, session)
    assert kind(session, "nom") == "none"


def test_what_is_declared_while_a_leak_is_read_counts(window, qtbot, tmp_path):
    leak = tmp_path / "dump.sql"
    leak.write_text(DUMP, encoding="utf-8")
    window.open_files([leak])
    window.session.set_incident(replace(window.session.incident, nature="psychiatry"))
    qtbot.waitUntil(lambda: window.session.impact is not None and not window.session.busy, timeout=LONG)
    assert window.session.impact.incident.nature == "psychiatry"


def test_the_file_page_lists_every_table_and_one_can_be_left_out_with_the_mouse(window, two_tables, qtbot, tmp_path):
    from analysis.declare.dossier import Dossier, load_dossier, save_dossier

    session = two_tables
    page = window.pages[At.LEAK]
    shown = page.tables.table
    lines = [[shown.item(row, column).text() for column in range(5)] for row in range(shown.rowCount())]
    assert [line[0:2] + line[4:] for line in lines] == [["patient", "60", "counted"], ["agent", "30", "counted"]]
    assert "e-mail" in lines[1][3].lower()
    both = session.people.best
    page.tabs.setCurrentIndex(2)
    shown.selectRow(1)
    qtbot.mouseClick(page.tables.leave, Qt.MouseButton.LeftButton)
    wait(qtbot, session)
    assert shown.item(1, 4).text() == "left out" and session.people.best == both - 30
    save_dossier(Dossier(cases=(session.exposure.case,)), tmp_path / "kept.ampleur")
    assert load_dossier(tmp_path / "kept.ampleur").cases[0].left_out == ("agent",)
    session.undo()
    wait(qtbot, session)
    assert shown.item(1, 4).text() == "counted" and session.people.best == both


def test_a_torn_record_is_placed_by_hand_and_another_one_left_out(window, qtbot, tmp_path):
    from analysis.declare.dossier import Dossier, load_dossier, save_dossier

    good = [f"{at:05d};DUPONT{at};Camille;{at % 28 + 1:02d}/03/1970;75011" for at in range(60)]
    good[5] = "00005;DUPONT;de la;Camille;06/03/1970;75011"
    good[12] = "00012;ZORGLUB"
    leak = tmp_path / "leak.csv"
    leak.write_text("id;nom;prenom;naissance;cp\n" + "\n".join(good) + "\n")
    session, page = window.session, window.pages[At.LEAK]
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([leak])
    wait(qtbot, session)
    assert (session.leak.ledger.irregular, session.leak.rows) == (2, 60)
    window.show_page(At.LEAK)
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.notes.rowCount() == 2, timeout=LONG)
    page.notes.selectRow(0)
    qtbot.mouseClick(page.place, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(PlaceDialog)
    assert "DUPONT" not in dialog.shown[1].text()  # masked
    for box, column in zip(dialog.columns, (0, 1, 1, 2, 3, 4), strict=True):
        box.setCurrentIndex(column)
    qtbot.mouseClick(dialog.put, Qt.MouseButton.LeftButton)
    wait(qtbot, session)
    assert (session.leak.ledger.irregular, session.leak.ledger.repaired) == (1, 1)
    row = session.store.rows(session.store.table(session.leak.table))[5]
    assert row == ("00005", "DUPONT;de la", "Camille", "06/03/1970", "75011")
    qtbot.waitUntil(lambda: page.notes.rowCount() == 2 and page.notes.item(0, 2).text() == "placed by a person", timeout=LONG)
    for pair in ((10, 40), (12, 30), (3, 4)):
        session.judge("join", *pair)
        wait(qtbot, session)
    page.notes.selectRow(1)
    qtbot.mouseClick(page.place, Qt.MouseButton.LeftButton)
    dialog = page.findChildren(PlaceDialog)[-1]
    assert dialog.note.isHidden()  # pairs follow their rows
    qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    wait(qtbot, session)
    assert (session.leak.rows, session.leak.ledger.rejected, session.leak.ledger.irregular) == (59, 1, 0)
    assert session.exposure.case.people == (("join", 10, 39), ("join", 3, 4))  # that of the row that is gone went with it
    assert session.people.best == 57
    save_dossier(Dossier(cases=(session.exposure.case,)), tmp_path / "kept.ampleur")
    assert "DUPONT" not in (tmp_path / "kept.ampleur").read_text()
    assert load_dossier(tmp_path / "kept.ampleur").cases[0].placed == (("leak.csv", 7, (0, 1, 1, 2, 3, 4)), ("leak.csv", 14, ()))
    session.undo()
    wait(qtbot, session)
    assert session.leak.rows == 60 and session.exposure.case.people[0] == ("join", 10, 40)


def test_a_relation_is_said_denied_and_taken_back(window, qtbot, tmp_path):
    (leak := tmp_path / "boutique.sql").write_text(script(" REFERENCES personne (repere)"), encoding="utf-8")
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([leak])
    session = window.session
    wait(qtbot, session)
    page = window.pages[At.LEAK]
    page.tabs.setCurrentWidget(page.relations)
    shown = page.relations.table
    assert [shown.item(0, at).text() for at in range(4)] == [
        "vente · acheteur",
        "personne · repere",
        "100\u00a0%",
        "the source says so",
    ]
    shown.selectRow(0)
    qtbot.mouseClick(page.relations.nothing, Qt.MouseButton.LeftButton)
    wait(qtbot, session)
    assert session.exposure.keys == () and shown.item(0, 1).text() == "nothing"
    shown.selectRow(0)
    qtbot.mouseClick(page.relations.change, Qt.MouseButton.LeftButton)
    dialog = page.relations.findChild(RelationDialog)
    assert not dialog.left.isEnabled() and dialog.mine.currentText() == "acheteur" and dialog.keep.isEnabled()
    dialog.right.setCurrentText("vente")
    assert not dialog.keep.isEnabled()  # a table does not refer to itself
    dialog.right.setCurrentText("personne")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait(qtbot, session)
    assert [key.evidence for key in session.exposure.keys] == [KeyEvidence.BY_HAND]
    session.undo()
    wait(qtbot, session)
    session.undo()
    wait(qtbot, session)
    assert [key.evidence for key in session.exposure.keys] == [KeyEvidence.DECLARED]
