"""Nothing by accident: the wheel changes no field that was not clicked; dates are typed or picked."""

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCalendarWidget, QComboBox

from gui.pages.incident import IncidentDialog
from gui.pages.page import At
from tests.gui.conftest import LONG


def notch(widget):
    """One notch of the wheel over a widget."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(middle, QPointF(widget.mapToGlobal(widget.rect().center())), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_wheel_changes_no_field_of_any_page(opened, qtbot):
    seen = 0
    opened.pages[At.IMPACT].open_incident()
    dialog = opened.findChild(IncidentDialog)
    for page in opened.pages:
        opened.show_page(opened.pages.index(page))
        for box in [*page.findChildren(QComboBox), *dialog.findChildren(QComboBox)]:
            before = box.currentIndex()
            notch(box)
            assert box.currentIndex() == before, (type(page).__name__, box.accessibleName())
            seen += 1
    for part in dialog.findChildren(QAbstractSpinBox):
        before = part.text()
        notch(part)
        assert part.text() == before
        seen += 1
    assert seen > 60 and not opened.session.busy
    dialog.reject()


def test_a_field_that_was_clicked_follows_the_wheel(opened, qtbot):
    opened.show_page(At.IMPACT)
    box = opened.pages[At.IMPACT].nature
    box.setCurrentIndex(0)
    box.setFocus()
    qtbot.waitUntil(box.hasFocus, timeout=LONG)
    notch(box)
    assert box.currentIndex() == 1


@pytest.mark.parametrize(("typed", "shown"), [("18/11/24", "2024-11-18"), ("18-11-2024", "2024-11-18"), ("", "")])
def test_the_date_of_the_breach_is_typed(opened, qtbot, typed, shown):
    page, session = opened.pages[At.IMPACT], opened.session
    opened.show_page(At.IMPACT)
    assert page.day.text() == "2024-11-19"
    page.day.clear()
    qtbot.keyClicks(page.day, typed)
    with qtbot.waitSignal(session.question_changed, timeout=LONG):
        qtbot.mouseClick(page.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert (session.incident.breach_date.isoformat() if session.incident.breach_date else "") == shown == page.day.text()


def test_what_is_no_date_is_said_and_declares_nothing(opened, qtbot):
    page, session = opened.pages[At.IMPACT], opened.session
    before = session.question
    page.day.setText("soon")
    page.day.editingFinished.emit()
    assert page.day.property("wrong")
    with qtbot.waitSignal(session.failed, timeout=LONG) as told:
        qtbot.mouseClick(page.apply, Qt.MouseButton.LeftButton)
    assert told.args[0].code == "day" and session.question is before


def test_the_calendar_opens_at_the_month_of_the_day(opened, qtbot):
    page = opened.pages[At.IMPACT]
    opened.show_page(At.IMPACT)
    page.day.setText("2023-02-05")
    page.day.pick()
    calendar = page.day.findChild(QCalendarWidget)
    assert (calendar.yearShown(), calendar.monthShown()) == (2023, 2)
    calendar.clicked.emit(QDate(2023, 2, 17))
    assert page.day.text() == "2023-02-17"
