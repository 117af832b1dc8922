"""From anywhere to "is Mrs X in it?": Ctrl+F, a name, Enter."""

import csv

from PySide6.QtCore import Qt

from gui.pages.page import At
from gui.pages.slip import SlipDialog
from tests.conftest import CANARY, SAMPLE
from tests.gui.conftest import LONG


def typed(window, qtbot, text):
    """What the box finds; other letters than ASCII cannot be typed by QTest."""
    box = window.finder
    turn = box._turn
    box.text.clear()
    qtbot.keyClicks(box.text, text)
    qtbot.waitUntil(
        lambda: box._turn > turn and box._job is None and box.answer is not None and not box._wait.isActive(), timeout=LONG
    )
    return box


def somebody():
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return next(
            row
            for row in csv.DictReader(file, delimiter=";")
            if (row["NOM"] + row["PRENOM"]).isascii() and row["DATE_NAISSANCE"][2:3] == "/"
        )


def test_a_person_is_found_from_any_page_and_her_slip_opens(opened, qtbot):
    row = somebody()
    opened.show_page(At.FIELDS)
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.finder.isVisible()
    box = typed(opened, qtbot, f"{row['PRENOM'].lower()} {row['NOM'].lower()} {row['DATE_NAISSANCE']}")
    assert box.said.text().endswith("agrees in everything.") and box.table.item(0, 0).text() == "everything agrees"
    shown = [box.table.item(0, column).text() for column in range(box.table.columnCount())]
    assert row["NOM"] not in shown  # masked until asked for
    opened.toggle_mask()
    shown = [box.table.item(0, column).text() for column in range(box.table.columnCount())]
    assert row["NOM"] in shown
    with qtbot.waitSignal(opened.people.slip_opened, timeout=LONG) as told:
        qtbot.keyClick(box.text, Qt.Key.Key_Return)
    assert isinstance(told.args[0], SlipDialog)
    assert any(row["NOM"] in item.texts for item in told.args[0].slip.told)
    opened.toggle_mask()


def test_who_is_not_there_is_said_with_what_was_searched(opened, qtbot):
    opened.find_person()
    box = typed(opened, qtbot, f"{CANARY} 01/01/1890")
    assert (
        box.said.text().startswith("Not in this file. Searched: Last name, First name, Birth date") and box.table.rowCount() == 0
    )
    assert CANARY not in box.said.text()


def test_near_ones_are_marked_and_a_filter_hides_nobody(opened, qtbot):
    row = somebody()
    opened.session.narrow("channel:none")
    qtbot.waitUntil(lambda: not opened.session.busy, timeout=LONG)
    opened.find_person()
    name = row["NOM"]
    box = typed(opened, qtbot, f"{name[:2]}{name[3]}{name[2]}{name[4:]} {row['PRENOM']} {row['DATE_NAISSANCE']}")
    assert box.table.rowCount() >= 1 and "Nobody agrees in everything" in box.said.text()
    told = box.table.item(0, 0).text()
    assert told.startswith(f"agrees: {row['PRENOM'].capitalize()}, birth date · near: ")


def test_the_box_is_closed_until_there_is_somebody_to_find(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not window.finder.isVisible() and not window.side.search.isEnabled()
