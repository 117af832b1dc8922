"""The lists of those to be told leave the window under a passphrase alone."""

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from analysis.declare.dossier import Dossier, read, written
from analysis.ground.words import Words
from gui.pages.handing import HandoverDialog
from gui.pages.help import DOCS, METHOD, HelpDialog
from gui.pages.page import At
from gui.pages.preview import ELSE, TOPICS
from tests.gui.conftest import LONG

SECRET = "quatre mots au hasard"


def test_a_passphrase_typed_twice_comes_before_any_name_leaves(opened, qtbot, tmp_path):
    page = opened.pages[At.REPORT]
    opened.show_page(At.REPORT)
    with qtbot.waitSignal(page.lists_opened, timeout=LONG) as told:
        qtbot.mouseClick(page.buttons[5], Qt.MouseButton.LeftButton)
    (dialog,) = told.args
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.first, "too short")
    qtbot.keyClicks(dialog.again, "too short")
    assert not dialog.go.isEnabled() and "12" in dialog.said.text()
    dialog.first.clear()
    dialog.again.clear()
    qtbot.keyClicks(dialog.first, SECRET)
    qtbot.keyClicks(dialog.again, SECRET[:-1])
    assert not dialog.go.isEnabled() and "not the same" in dialog.said.text()
    qtbot.keyClicks(dialog.again, SECRET[-1])
    assert dialog.go.isEnabled()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    (where,) = page.findChildren(QFileDialog)
    with qtbot.waitSignal(opened.session.said, timeout=LONG):
        where.fileSelected.emit(str(tmp_path / "lists.zip"))
    where.reject()
    with pyzipper.AESZipFile(tmp_path / "lists.zip") as archive:
        archive.setpassword(SECRET.encode())
        lines = archive.read("3-post.csv").decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) - 1 == opened.session.impact.verdict.reach.post


def test_the_lists_are_of_the_people_in_view(opened, qtbot, tmp_path):
    session = opened.session
    session.narrow("minor")
    qtbot.waitUntil(lambda: not session.busy and session.shown.parts == ("minor",), timeout=LONG)
    with qtbot.waitSignal(session.said, timeout=LONG):
        opened.pages[At.REPORT].write_lists(tmp_path / "lists.zip", SECRET)
    with pyzipper.AESZipFile(tmp_path / "lists.zip") as archive:
        archive.setpassword(SECRET.encode())
        summary = archive.read("0-summary.csv").decode("utf-8-sig")
    assert f'"People in all","{session.impact.verdict.minors}"' in summary


def test_what_is_handed_over_is_looked_at_then_written_and_its_folder_is_offered(opened, qtbot, tmp_path):
    page, session = opened.pages[At.REPORT], opened.session
    opened.show_page(At.REPORT)
    with qtbot.waitSignal(page.handover_opened, timeout=LONG) as told:
        qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    (dialog,) = told.args
    qtbot.waitUntil(dialog.go.isEnabled, timeout=LONG)
    names = [dialog.chosen.itemData(at) for at in range(dialog.chosen.count())]
    assert {"board", "letters/adult", "edpb", "cnil", "shareable"} <= set(names)
    assert "Letter (the people concerned)" in dialog.note.text()
    dialog.chosen.setCurrentText("Letter (the people concerned)")
    assert dialog.preview.toPlainText().startswith("NOT FINISHED") and "were disclosed" in dialog.preview.toPlainText()
    for name, box in dialog.parts.items():
        box.setChecked(name == "shareable")
    assert [dialog.chosen.itemData(at) for at in range(dialog.chosen.count())] == ["board", "shareable"]
    for name, box in dialog.formats.items():
        box.setChecked(name in ("json", "md"))
    with qtbot.waitSignal(session.said, timeout=LONG):
        dialog.choose(str(tmp_path / "handed"))
    (folder,) = (tmp_path / "handed").iterdir()
    assert {path.name for path in folder.iterdir()} == {"analysis.json", "summary.md", "board.md", "shareable.md"}
    assert page.folder.isVisible() and page._written == folder


def test_a_pack_for_each_controller_is_written_from_the_window(opened, qtbot, tmp_path):
    page = opened.pages[At.REPORT]
    page.ask_handover()
    dialog = page.findChildren(HandoverDialog)[-1]
    qtbot.waitUntil(dialog.go.isEnabled, timeout=LONG)
    for box in (*dialog.parts.values(), *dialog.formats.values()):
        box.setChecked(False)
    dialog.formats["json"].setChecked(True)
    dialog.take_template(tmp_path / "modèle & co.docx")
    assert dialog.asked.template == tmp_path / "modèle & co.docx" and dialog.own.text().endswith("modèle && co.docx")
    dialog.column.setCurrentIndex(dialog.column.findText("SEXE"))
    with qtbot.waitSignal(opened.session.said, timeout=LONG):
        dialog.choose(str(tmp_path / "handed"))
    (folder,) = (tmp_path / "handed").iterdir()
    assert (folder / "packs" / "index.csv").is_file() and (folder / "packs" / "000001" / "analysis.json").is_file()
    page.ask_handover()  # what was ticked is ticked again, and stands in the case
    again = page.findChildren(HandoverDialog)[-1]
    assert [name for name, box in (again.parts | again.formats).items() if box.isChecked()] == ["json"]
    assert again.column.currentText() == "SEXE" and opened.session.choices == ("json", "split:4")
    assert read(written(Dossier(choices=opened.session.choices))).choices == ("json", "split:4")
    again.reject()


def test_a_field_of_the_notification_opens_what_it_comes_from_and_how_it_is_counted(opened, qtbot):
    page = opened.pages[At.REPORT]
    with qtbot.waitSignal(page.handover_opened, timeout=LONG) as told:
        qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    (dialog,) = told.args
    qtbot.waitUntil(dialog.go.isEnabled, timeout=LONG)
    looked = dialog.looked
    dialog.chosen.setCurrentIndex(dialog.chosen.findData("edpb"))
    assert looked.shown.currentIndex() == 1 and looked.table.rowCount() == len(looked.fields) > 30
    assert not looked.source.isEnabled()
    at = next(at for at, item in enumerate(looked.fields) if item.number == 68)
    assert looked.table.item(at, 2).text().startswith(f"{opened.session.impact.people.best:,}")
    looked.table.selectRow(at)
    qtbot.mouseClick(looked.method, Qt.MouseButton.LeftButton)
    (help_,) = opened.findChildren(HelpDialog)
    assert help_.tabs.currentIndex() == METHOD and help_.tabs.currentWidget().textCursor().selectedText() == "Persons"
    help_.reject()
    by_number = {item.number: item.opens for item in looked.fields}
    assert (by_number[70], by_number[12], by_number[87]) == ("page:fields", "incident", "page:impact")
    looked.table.selectRow(next(at for at, item in enumerate(looked.fields) if item.number == 70))
    qtbot.keyClick(looked.table, Qt.Key.Key_Return)
    assert not dialog.isVisible() and opened.stack.currentIndex() == At.FIELDS


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_explains_a_field_is_a_heading_of_the_method(language):
    heads = {line[3:].strip() for line in (DOCS / f"method.{language}.md").read_text("utf-8").splitlines() if line[:3] == "## "}
    assert {Words(language)(said) for said in (*TOPICS.values(), ELSE)} <= heads
