"""The window: what a person does in it, and what must never show."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QInputDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
)

from analysis.ground.errors import Trouble
from analysis.model import Asked
from gui.models.persons import FIXED, WAITING
from gui.pages.page import At
from gui.pages.report import charts, excel, machine
from gui.settings import Settings, load, save
from gui.widgets.dialogs import ask_password
from tests import wrapped
from tests.conftest import SAMPLE
from tests.gui.conftest import LONG


def shown(window):
    """Every text that a person could read now: labels, buttons, table cells in view, title, tooltips."""
    texts = [window.windowTitle()]
    for widget in window.findChildren(QLabel) + window.findChildren(QPushButton):
        texts += [widget.text(), widget.toolTip(), widget.accessibleName()]
    texts += [part.toPlainText() for part in window.findChildren(QPlainTextEdit)]
    for table in window.findChildren(QTableView):
        model = table.model()
        for row in range(min(model.rowCount(), 60)):
            texts += [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
    return texts


def cells_of_the_leak():
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")[1:120]
    return {cell for line in lines for cell in line.split(";") if len(cell) > 6}


def test_the_first_page_offers_a_file_and_the_demonstration(window):
    assert window.stack.currentIndex() == 0
    assert [step.isEnabled() for step in window.side.steps] == [True, *[False] * 9]
    assert window.pages[At.WELCOME].open_button.isVisible() and window.pages[At.WELCOME].demo_button.isVisible()


def test_each_page_fills_as_its_noun_arrives(window, qtbot):
    session, order = window.session, []
    for name in ("leak", "exposure", "people", "impact"):
        getattr(session, f"{name}_changed").connect(lambda noun, name=name: order.append(name) if noun else None)
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([SAMPLE])
    assert order == ["leak", "exposure", "people", "impact"]
    assert all(step.isEnabled() for step in window.side.steps)
    assert window.pages[At.LEAK].figures[0].value.text() == "5,000"
    assert window.pages[At.FIELDS].table.rowCount() == 10
    assert window.pages[At.PEOPLE].figures[0].value.text() == session.words.number(session.people.best)


def test_a_dropped_file_is_opened(window, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLE))])
    what = (QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, drop = QDragEnterEvent(*what), QDropEvent(*what)
    with qtbot.waitSignal(window.session.leak_changed, timeout=LONG, check_params_cb=lambda leak: leak is not None):
        QApplication.sendEvent(window, enter)
        QApplication.sendEvent(window, drop)
    assert enter.isAccepted() and drop.isAccepted()
    window.session.cancel()
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)


def test_values_are_masked_everywhere_until_the_key_is_pressed(opened, qtbot):
    model = opened.pages[At.PEOPLE].model
    opened.show_page(At.PEOPLE)
    qtbot.waitUntil(lambda: model.rowCount() > 0 and model.index(0, FIXED).data() != WAITING, timeout=LONG)
    qtbot.waitUntil(lambda: opened.pages[At.LEAK].preview.rowCount() == 50, timeout=LONG)
    visible = "\n".join(shown(opened))
    assert not [cell for cell in cells_of_the_leak() if cell in visible]
    opened.show_page(At.LEAK)
    opened.activateWindow()
    qtbot.keyClick(opened, Qt.Key.Key_F9)
    assert opened.session.revealed
    first = SAMPLE.read_text(encoding="utf-8").split("\n")[1].split(";")
    assert opened.pages[At.LEAK].preview.item(0, 1).text() == first[1]
    qtbot.keyClick(opened, Qt.Key.Key_F9)
    assert opened.pages[At.LEAK].preview.item(0, 1).text() != first[1]


def test_any_person_of_the_table_can_be_scrolled_to(opened, qtbot):
    page = opened.pages[At.PEOPLE]
    opened.show_page(At.PEOPLE)
    qtbot.waitUntil(lambda: page.model.rowCount() == opened.session.people.best, timeout=LONG)
    last = page.model.rowCount() - 1
    page.table.scrollTo(page.model.index(last, 0), QAbstractItemView.ScrollHint.PositionAtBottom)
    qtbot.waitUntil(lambda: page.model.index(last, 0).data() not in (None, WAITING), timeout=LONG)
    page.table.scrollToTop()
    qtbot.waitUntil(lambda: all(page.model.index(row, 1).data() not in (None, WAITING) for row in range(100)), timeout=LONG)
    scores = [float(page.model.index(row, 1).data()) for row in range(100)]
    assert scores == sorted(scores, reverse=True)


def test_a_group_of_people_is_listed_alone(opened, qtbot):
    page = opened.pages[At.PEOPLE]
    opened.show_page(At.PEOPLE)
    qtbot.waitUntil(lambda: page.model.rowCount() == opened.session.people.best, timeout=LONG)
    choose(qtbot, page.group, "minor")
    qtbot.waitUntil(lambda: page.model.rowCount() == opened.session.impact.verdict.minors, timeout=LONG)
    qtbot.waitUntil(lambda: page.model.index(0, 3).data() not in (None, WAITING), timeout=LONG)
    assert all(int(page.model.index(row, 3).data()) < 18 for row in range(50))
    choose(qtbot, page.group, "")
    qtbot.waitUntil(lambda: page.model.rowCount() == opened.session.people.best, timeout=LONG)


def test_a_corrected_kind_recomputes_everything(opened, qtbot):
    session, page = opened.session, opened.pages[At.FIELDS]
    before = session.impact
    page.table.selectRow(9)
    place = page.card.kind.findData("none")
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        page.card.kind.setCurrentIndex(place)
        page.card.kind.activated.emit(place)
    assert session.exposure.fields[9].corrected
    assert session.impact.verdict.reach.any_sms == 0 < before.verdict.reach.any_sms
    assert page.table.item(9, 3).text() == "chosen"


def test_persons_are_compared_by_a_model_when_somebody_asks(opened, qtbot):
    page, session = opened.pages[At.PEOPLE], opened.session
    opened.show_page(At.PEOPLE)
    before = session.people
    assert before.level == "rules" and page.link.isVisible()
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        qtbot.mouseClick(page.link, Qt.MouseButton.LeftButton)
    assert session.people.level == "model" and session.people.low <= session.people.best <= before.exact
    assert session.impact.people is session.people and not page.link.isVisible()
    assert page.figures[0].value.text() == session.words.number(session.people.best)


def test_declaring_the_incident_changes_the_severity(opened, qtbot):
    page, session = opened.pages[At.IMPACT], opened.session
    opened.show_page(At.IMPACT)
    page.nature.setCurrentIndex(page.nature.findData("shop"))
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        qtbot.mouseClick(page.apply, Qt.MouseButton.LeftButton)
    assert session.impact.verdict.severity.se == 2.0
    assert page.figures[0].value.text() == "Medium"


def test_cancel_leaves_the_window_usable(window, qtbot):
    session = window.session
    with qtbot.waitSignal(session.busy_changed, timeout=LONG):
        session.open_demo(30_000)
    with qtbot.waitSignal(session.busy_changed, timeout=LONG, check_params_cb=lambda busy: not busy):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert session.impact is None
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([SAMPLE])


def test_a_newer_file_cancels_the_older_and_its_late_answer_is_dropped(window, qtbot, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("nom;prenom\n" + "".join(f"DUPONT{chr(65 + at)};Jean\n" for at in range(26)))
    window.open_files([SAMPLE])
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([other])
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    assert window.session.impact.people.exposure.leak.rows == 26
    assert window.session.leak.name == "other.csv"


def test_a_bad_file_is_told_in_one_sentence_and_the_next_one_opens(window, qtbot, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        window.open_files([empty])
    assert window.notice.text.text() == "This file is empty."
    assert window.stack.currentIndex() == 0
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([SAMPLE])
    assert not window.notice.frame.isVisible()


def test_the_language_changes_without_a_restart_and_is_remembered(opened, qtbot, tmp_path):
    qtbot.mouseClick(opened.side.language, Qt.MouseButton.LeftButton)
    assert [step.text().strip() for step in opened.side.steps] == [
        "Accueil",
        "En bref",
        "Fichier",
        "Champs",
        "Personnes",
        "Impact",
        "Risques",
        "Réidentification",
        "Et si…",
        "Rapport",
    ]
    assert opened.pages[At.FIELDS].table.item(0, 1).text() == "Numéro de personne"
    saved = json.loads((tmp_path / "config" / "ampleur" / "settings.json").read_text())
    assert saved == {"language": "fr", "theme": "light", "remember": False, "recent": []}


def test_the_theme_changes_and_charts_follow(opened, qtbot):
    view = opened.pages[At.IMPACT].charts.views["severity"]
    opened.show_page(At.IMPACT)
    qtbot.waitUntil(lambda: opened.pages[At.IMPACT].ensureWidgetVisible(view) or not view.picture.pixmap().isNull(), timeout=LONG)
    before = view.picture.pixmap().toImage().pixelColor(5, 5).name()
    qtbot.mouseClick(opened.side.theme, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.picture.pixmap().toImage().pixelColor(5, 5).name() != before, timeout=LONG)
    qtbot.mouseClick(opened.side.theme, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("write", "name"), [(excel, "rapport d'été.xlsx"), (machine, "a-b.json"), (charts, "graphiques")])
def test_every_export_of_the_report_page_is_written(opened, qtbot, tmp_path, write, name):
    target = tmp_path / "out" / name
    with qtbot.waitSignal(opened.session.said, timeout=LONG):
        opened.pages[-1].write(write, target)
    assert target.exists()
    assert opened.notice.text.text() == f"Saved: {name}"


def test_a_failed_export_is_a_sentence(opened, qtbot, tmp_path):
    (tmp_path / "file").write_text("x")
    with qtbot.waitSignal(opened.session.failed, timeout=LONG) as caught:
        opened.pages[-1].write(excel, tmp_path / "file" / "a.xlsx")
    assert isinstance(caught.args[0], Trouble)


def test_no_label_reads_markup(opened):
    assert not [
        label.text() for label in opened.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText and label.text()
    ]


def test_everything_that_takes_the_focus_has_a_name(opened):
    from PySide6.QtWidgets import QWidget

    nameless = [
        widget for widget in opened.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(opened)
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
        and not widget.objectName().startswith("qt_") and type(widget).__name__ not in ("QScrollArea", "QStackedWidget", "QHeaderView", "QComboBoxListView")
    ]  # fmt: skip
    assert [type(widget).__name__ for widget in nameless] == []


def test_closing_the_window_removes_the_private_folder(alone):
    folder = alone.session.store.folder
    assert folder.exists()
    alone.close()
    assert not folder.exists()


def test_settings_survive_nonsense(tmp_path):
    path = tmp_path / "settings.json"
    for text in ("", "[]", '{"language": "xx", "theme": 3, "other": true}', "\x00"):
        path.write_text(text)
        assert load(path).theme == "light"
    save(Settings("fr", "dark"), path)
    assert load(path) == Settings("fr", "dark")
    save(Settings("fr", "dark"), Path("/proc/nowhere/settings.json"))


def open_and_wait(window, qtbot, paths):
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files(paths)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)


def choose(qtbot, box, data):
    """As a person does: the entry is picked, and the box says that it was activated."""
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_what_was_guessed_is_shown_and_can_be_changed(window, qtbot, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text("nom;prenom,ville\n" + "".join(f"DUPONT{at};Jean,Paris\n" for at in range(40)), encoding="utf-8")
    open_and_wait(window, qtbot, [path])
    reading = window.pages[At.LEAK].reading
    assert "found" in reading.delimiter.itemText(0)
    qtbot.waitUntil(lambda: reading.raw.toPlainText() != "", timeout=LONG)
    assert "DUPONT" not in reading.raw.toPlainText()
    before = window.session.leak.columns
    other = "," if window.session.leak.dialect.delimiter == ";" else ";"
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        choose(qtbot, reading.delimiter, other)
    assert window.session.leak.dialect.delimiter == other
    assert window.session.leak.columns != before


@pytest.mark.parametrize("stopped", [True, False], ids=["stopped", "failed"])
def test_another_reading_that_gives_nothing_leaves_what_was_there(opened, qtbot, stopped):
    session = opened.session
    session.correct([4], "none")
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    before, question, columns = session.impact, session.question, session.leak.columns
    session.reread(Asked(encoding="utf-8" if stopped else "no-such-encoding", delimiter="|"))
    assert session.impact is None
    if stopped:
        session.cancel()
    qtbot.waitUntil(lambda: not session.busy and session.impact is before, timeout=LONG)
    assert session.question == question and session.leak.columns == columns
    opened.show_page(At.PEOPLE)
    model = opened.pages[At.PEOPLE].model
    qtbot.waitUntil(lambda: model.rowCount() == before.people.best and model.person(0) is not None, timeout=LONG)
    session.undo()
    qtbot.waitUntil(lambda: not session.busy and session.impact is not before, timeout=LONG)


def test_a_table_of_a_dump_is_chosen_in_the_window(window, qtbot, tmp_path):
    open_and_wait(window, qtbot, [wrapped.write(tmp_path, "mysql.sql")])
    table = window.pages[At.LEAK].reading.table
    assert [table.itemData(at) for at in range(table.count())] == ["patients", "logs"]
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        choose(qtbot, table, "logs")
    assert window.session.impact.people.exposure.leak.columns == ("n", "t")
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)


def test_qt_s_own_buttons_speak_the_language_of_the_window(window, qtbot):
    def words() -> set[str]:
        ask_password(window, window.session.words, lambda _: None)
        dialog = window.findChildren(QInputDialog)[-1]
        qtbot.waitUntil(dialog.isVisible, timeout=LONG)
        said = {button.text().replace("&", "") for button in dialog.findChildren(QPushButton)}
        dialog.reject()
        return said

    assert words() == {"OK", "Cancel"}
    window.toggle_language()
    assert words() == {"OK", "Annuler"}


def test_a_locked_archive_asks_for_its_password_and_opens(window, qtbot, tmp_path):
    path = tmp_path / "leak.zip"
    path.write_bytes(wrapped.locked_zip("sésame"))
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        window.open_files([path])
    dialog = window.findChild(QInputDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.setTextValue("sésame")
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        dialog.accept()
    assert window.session.leak.rows == 60
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)


def test_the_ledger_is_saved_line_by_line(window, qtbot, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(
        "id;nom;cp\n" + "".join(f"{at};DUPONT;7500{at % 9}\n" for at in range(60)) + "1;MARTIN;75001;;\n", encoding="utf-8"
    )
    open_and_wait(window, qtbot, [path])
    notes = window.pages[At.LEAK].notes
    qtbot.waitUntil(lambda: notes.rowCount() == 1, timeout=LONG)
    assert [notes.item(0, place).text() for place in range(3)] == ["62", "Repaired", "extra delimiter at the end"]
    assert "MARTIN" not in notes.item(0, 3).text() and notes.item(0, 3).text() != ""
    with qtbot.waitSignal(window.session.said, timeout=LONG):
        window.pages[At.LEAK].write_ledger(tmp_path / "ledger.csv")
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    assert "extra delimiter at the end" in text and '"62"' in text


def test_a_saved_case_brings_a_correction_back(opened, qtbot, tmp_path):
    window, session = opened, opened.session
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        session.correct([0], "username")
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    path = tmp_path / "mine.ampleur"
    with qtbot.waitSignal(session.said, timeout=LONG):
        session.save_case(path)
    open_and_wait(window, qtbot, [SAMPLE, path])
    assert (session.exposure.fields[0].kind, session.exposure.fields[0].corrected) == ("username", True)


def slip_of(window, qtbot, row):
    """The slip that Enter opens on a row of the people."""
    page = window.pages[At.PEOPLE]
    window.show_page(At.PEOPLE)
    qtbot.waitUntil(lambda: page.model.rowCount() > row and page.model.person(row) is not None, timeout=LONG)
    page.table.setCurrentIndex(page.model.index(row, 0))
    with qtbot.waitSignal(page.slip_opened, timeout=LONG) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    return opened.args[0]


def test_a_person_is_split_and_joined_again_on_her_slip(window, qtbot, tmp_path):
    filler = "".join(f"NOMFICTIF{chr(65 + at)};Anne;0{at % 9 + 1}/02/19{40 + at};0700000{at:03d}\n" for at in range(26))
    path = tmp_path / "leak.csv"
    path.write_text(
        "nom;prenom;date_naissance;telephone\n"
        + filler
        + "LOVELACE;Ada;10/12/1985;0700000777\nLOVELASE;Ada;10/12/1985;0700000777\n",
        encoding="utf-8",
    )
    open_and_wait(window, qtbot, [path])
    session = window.session
    assert session.people.best == 27
    pairs = [person for at in range(27) if (person := wait_person(window, qtbot, at)).rows == 2]
    slip = slip_of(window, qtbot, pairs[0].position)
    assert [kin.reason for kin in slip.slip.hers] == ["name_slip"]
    shown = [part.text() for part in slip.findChildren(QLabel)]
    assert not any("LOVELASE" in text for text in shown)
    session.reveal(True)
    assert any("LOVELASE" in part.text() for part in slip.findChildren(QLabel))
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        press(slip, qtbot, "Another person: Row 28")
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert (session.people.best, session.people.split, session.exposure.case.people) == (28, 1, (("split", 26, 27),))
    assert "split by hand" in window.pages[At.PEOPLE].verdicts.text()
    ada = next(person for at in range(28) if (person := wait_person(window, qtbot, at)).person == 26)
    again = slip_of(window, qtbot, ada.position)
    press(again, qtbot, "The same person: Row 28")
    qtbot.waitUntil(lambda: session.people is not None and session.people.best == 27 and not session.busy, timeout=LONG)
    assert session.exposure.case.people == (("join", 26, 27),)


def wait_person(window, qtbot, row):
    model = window.pages[At.PEOPLE].model
    qtbot.waitUntil(lambda: model.rowCount() > row and model.person(row) is not None, timeout=LONG)
    return model.person(row)


def press(dialog, qtbot, name):
    button = next(part for part in dialog.findChildren(QPushButton) if part.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_leak_is_held_against_the_own_register(opened, qtbot, tmp_path):
    session, page = opened.session, opened.pages[At.PEOPLE]
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    register = tmp_path / "register.csv"
    register.write_text("".join(lines[:1001]), encoding="utf-8")
    opened.show_page(At.PEOPLE)
    qtbot.mouseClick(page.compare["register"], Qt.MouseButton.LeftButton)
    dialog = page.findChildren(QFileDialog)[0]
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        dialog.fileSelected.emit(str(register))
    dialog.reject()
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    (found,) = session.impact.matches
    assert found.what == "register" and 990 <= found.confirmed <= 1010
    assert session.words.number(found.confirmed) in page.matches.text()
    page.show_group("register:none")
    qtbot.waitUntil(lambda: page.save.isEnabled() and not page.findChildren(QFileDialog), timeout=LONG)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "missing.csv"))
    dialog.reject()
    qtbot.waitUntil(lambda: (tmp_path / "missing.csv").exists() and not session.busy, timeout=LONG)
    with (tmp_path / "missing.csv").open(encoding="utf-8-sig", newline="") as file:
        saved = list(csv.DictReader(file))
    assert len(saved) == found.not_found and saved[0]["Rank"] == "1"
    qtbot.waitUntil(lambda: page.model.rowCount() == found.not_found, timeout=LONG)
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        session.set_incident(replace(session.incident, nature="shop"))
    assert session.impact.matches == (found,)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_cut_off_at_960_pixels(opened, qtbot, language):
    opened.session.speak(language)
    opened.resize(960, 600)
    qtbot.waitUntil(lambda: opened.width() == 960, timeout=LONG)
    assert opened.height() <= 620 and opened.side.compact
    for at in At:
        opened.show_page(at)
        page = opened.pages[at]
        qtbot.waitUntil(lambda page=page: page.viewport().width() > 800, timeout=LONG)
        assert page.widget().minimumSizeHint().width() <= page.viewport().width(), at.name
        assert opened.side.steps[at].accessibleName() and opened.side.steps[at].toolTip()
    opened.resize(1280, 820)
    qtbot.waitUntil(lambda: not opened.side.compact, timeout=LONG)
    assert opened.side.steps[At.SHORT].text().strip()
