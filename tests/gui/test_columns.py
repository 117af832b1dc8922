"""The people by what stands in a column; columns hidden; several corrected at once, and as they were found."""

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QDialog

from analysis.declare.dossier import dossier_of, read, written
from gui.models.persons import FIXED
from gui.pages.everyone import columns_menu
from gui.pages.page import At
from tests.gui.conftest import LONG


def dialog_of(opened, qtbot, column):
    page = opened.pages[At.PEOPLE]
    with qtbot.waitSignal(page.narrow_opened, timeout=LONG) as told:
        page.open_narrow(column)
    dialog = told.args[0]
    assert isinstance(dialog, QDialog)
    return dialog


def test_a_value_of_a_column_filters_everything_and_is_taken_off(opened, qtbot):
    session = opened.session
    columns = session.impact.people.exposure.leak.columns
    dialog = dialog_of(opened, qtbot, FIXED + columns.index("VILLE"))
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 50, timeout=LONG)
    town, n = dialog.values.told[0]
    assert dialog.table.item(0, 0).text() == town and dialog.table.item(0, 1).text() == session.words.number(n)
    assert "•" in dialog.table.item(dialog.table.rowCount() - 1, 0).text()  # few people: masked until all is shown
    with qtbot.waitSignal(session.shown_changed, timeout=LONG):
        dialog.table.activated.emit(dialog.table.model().index(0, 0))
    assert session.question.parts == (f"value:VILLE={town}",) and session.shown.people.best == n
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=LONG)  # of the people in view
    assert not dossier_of(session.question, (), "").parts
    with qtbot.waitSignal(session.shown_changed, timeout=LONG):
        session.undo()
    assert session.shown.people.best == session.impact.people.best
    dialog.reject()


def test_a_text_or_a_range_filters_and_what_is_none_is_said(opened, qtbot):
    session = opened.session
    dialog = dialog_of(opened, qtbot, 3)
    assert dialog.columns.currentData() == "years" and dialog.table.isHidden()
    qtbot.keyClicks(dialog.low, "a lot")
    qtbot.mouseClick(dialog.between, Qt.MouseButton.LeftButton)
    assert "is no range" in dialog.wrong.text() and not session.question.parts
    dialog.low.clear()
    qtbot.keyClicks(dialog.low, "75")
    with qtbot.waitSignal(session.shown_changed, timeout=LONG):
        qtbot.keyClick(dialog.low, Qt.Key.Key_Return)
    assert session.shown.people.best == session.impact.verdict.over_75
    place = dialog.columns.findText("NOM")
    dialog.columns.setCurrentIndex(place)
    dialog.columns.activated.emit(place)
    qtbot.keyClicks(dialog.text, "mar")
    qtbot.waitUntil(lambda: dialog.values is not None and all("MAR" in v.upper() for v, _ in dialog.values.told), timeout=LONG)
    with qtbot.waitSignal(session.shown_changed, timeout=LONG):
        qtbot.mouseClick(dialog.holding, Qt.MouseButton.LeftButton)
    assert session.question.parts == ("years:75..", "text:NOM=mar")
    assert 0 < session.shown.people.best < session.impact.verdict.over_75
    dialog.reject()


def test_columns_are_hidden_and_shown_again_and_one_stays(opened, qtbot):
    page = opened.pages[At.PEOPLE]
    opened.show_page(At.PEOPLE)
    table = page.table
    qtbot.waitUntil(lambda: page.model.columnCount() > FIXED, timeout=LONG)
    menu = table.open_menu(FIXED, QPoint(0, 0))
    hide = next(action for action in menu.actions() if action.text() == "Hide this column")
    before = opened.session.dossier.decided
    hide.trigger()
    menu.close()
    assert table.isColumnHidden(FIXED)
    page.model.order_by(1)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=LONG)
    assert table.isColumnHidden(FIXED)
    kept = read(written(opened.session.dossier))
    assert kept.hidden == ("c0",) and kept.decided == before
    menu = columns_menu(table, page)
    next(action for action in menu.actions() if not action.isChecked()).trigger()
    assert not table.isColumnHidden(FIXED)
    for at in range(page.model.columnCount()):
        table.show_column(at, False)
    assert sum(not table.isColumnHidden(at) for at in range(page.model.columnCount())) == 1
    opened.session.take_up(kept)
    qtbot.waitUntil(lambda: not opened.session.busy, timeout=LONG)
    table.arrange()
    assert [at for at in range(page.model.columnCount()) if table.isColumnHidden(at)] == [FIXED - 1, FIXED]


def test_several_columns_are_corrected_at_once_and_are_again_as_found(opened, qtbot):
    session, page = opened.session, opened.pages[At.FIELDS]
    kinds = [field.kind for field in session.exposure.fields]
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.clearSelection()
    for at in (8, 9):
        page.table.selectionModel().select(page.table.model().index(at, 0), rows)
    assert page.card.title.text() == "2 columns" and page.card.kind.currentIndex() == -1 and page.card.found.isHidden()
    place = page.card.kind.findData("none")
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        page.card.kind.setCurrentIndex(place)
        page.card.kind.activated.emit(place)
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert [field.kind for field in session.exposure.fields[8:]] == ["none", "none"] and len(session.history) == 1
    assert page.card.title.text() == "2 columns" and not page.card.found.isHidden()
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        qtbot.mouseClick(page.card.found, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert [field.kind for field in session.exposure.fields] == kinds
    assert not any(field.corrected for field in session.exposure.fields) and page.card.found.isHidden()
