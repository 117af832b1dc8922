"""A click on a mark of a chart filters everything; the filter is shown, named, taken off, undone, and written in what is saved."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QToolTip

from gui.pages.charts import NumbersDialog
from gui.pages.page import At
from gui.pages.report import machine
from tests.gui.conftest import LONG


def painted(window, qtbot, name):
    """The view of a chart, once it is on screen and painted."""
    window.show_page(At.IMPACT)
    page = window.pages[At.IMPACT]
    view = page.charts.views[name]

    def there():
        page.ensureWidgetVisible(view)
        settled = view.painted is not None and not window.session.painting and not view._wait.isActive()
        return settled and view.painted.width == round(view.picture.width() * view.devicePixelRatioF())

    qtbot.waitUntil(there, timeout=LONG)
    return view


def spot_of(view, part):
    """A point inside the mark that stands for a part."""
    spot = next(spot for spot in view.painted.spots if spot.part == part)
    (left, top), (right, bottom) = (tuple(edge(point[at] for point in spot.ring) for at in (0, 1)) for edge in (min, max))
    middle = QPoint(round((left + right) / 2), round((top + bottom) / 2))
    assert view.picture.spot_at(middle.x(), middle.y()).part == part
    return middle


def filtered(window, qtbot, parts):
    qtbot.waitUntil(
        lambda: window.session.shown is not None and window.session.shown.parts == parts and not window.session.busy, timeout=LONG
    )


def chips(window):
    return [push.text() for push in window.filters.findChildren(QPushButton) if push.property("chip") and not push.isHidden()]


@pytest.mark.parametrize(
    ("chart", "part"),
    [
        ("reach", "channel:post"),
        ("ages", "age:40:f"),
        ("together", "set:last_name+birth_date+sex+address+postal_code+phone!email"),
        ("map", "department:2A"),
    ],
)
def test_a_click_on_a_mark_leaves_its_people_everywhere(opened, qtbot, chart, part):
    session = opened.session
    view = painted(opened, qtbot, chart)
    everybody = session.impact.people.best
    qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=spot_of(view, part))
    filtered(opened, qtbot, (part,))
    n = session.shown.people.best
    assert 0 < n < everybody == session.impact.people.best
    qtbot.waitUntil(lambda: opened.filters.isVisible() and len(chips(opened)) == 1, timeout=LONG)
    people = opened.pages[At.PEOPLE]
    assert people.figures[0].value.text() == session.words.number(n)
    qtbot.waitUntil(lambda: people.model.rowCount() == n, timeout=LONG)
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    filtered(opened, qtbot, ())
    assert not opened.filters.isVisible()
    qtbot.waitUntil(lambda: people.model.rowCount() == everybody, timeout=LONG)


def test_filters_add_up_replace_each_other_and_are_undone(opened, qtbot):
    session = opened.session
    for part in ("channel:post", "minor", "channel:sms"):
        session.narrow(part)
        qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert session.shown.parts == ("minor", "channel:sms")
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    filtered(opened, qtbot, ("channel:post", "minor"))
    chip = next(push for push in opened.filters.findChildren(QPushButton) if "Minors" in push.text())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    filtered(opened, qtbot, ("channel:post",))
    session.narrow("channel:post")
    filtered(opened, qtbot, ())


def test_the_pointer_tells_the_value_of_a_mark(opened, qtbot):
    view = painted(opened, qtbot, "reach")
    at = spot_of(view, "channel:email")
    qtbot.mouseMove(view.picture, QPoint(2, 2))
    qtbot.mouseMove(view.picture, at)
    n = opened.session.words.number(opened.session.impact.verdict.reach.email)
    qtbot.waitUntil(lambda: QToolTip.text() == f"<qt>E-mail: {n}</qt>", timeout=LONG)
    assert view.picture.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_numbers_behind_a_chart_are_read_copied_and_filter_with_enter(opened, qtbot):
    painted(opened, qtbot, "reach")
    page = opened.pages[At.IMPACT]
    with qtbot.waitSignal(page.charts.numbers_opened, timeout=LONG) as told:
        qtbot.mouseClick(page.charts.views["reach"].numbers, Qt.MouseButton.LeftButton)
    (dialog,) = told.args
    assert isinstance(dialog, NumbersDialog)
    reach, number = opened.session.impact.verdict.reach, opened.session.words.number
    rows = [(dialog.table.item(at, 0).text(), dialog.table.item(at, 1).text()) for at in range(dialog.table.rowCount())]
    assert rows == [
        ("Nothing valid", number(reach.none)),
        ("Phone call", number(reach.call)),
        ("Letter", number(reach.post)),
        ("SMS", number(reach.sms)),
        ("E-mail", number(reach.email)),
    ]
    dialog.table.setCurrentCell(2, 0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    filtered(opened, qtbot, ("channel:post",))


def test_what_is_saved_says_of_whom_it_is(opened, qtbot, tmp_path):
    session = opened.session
    session.narrow("minor")
    filtered(opened, qtbot, ("minor",))
    with qtbot.waitSignal(session.said, timeout=LONG):
        opened.pages[At.REPORT].write(machine, tmp_path / "minors.json")
    found = json.loads((tmp_path / "minors.json").read_text(encoding="utf-8"))
    assert found["only"]["parts"] == ["minor"] and found["people"]["best"] == session.impact.verdict.minors
    for ending, start in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        with qtbot.waitSignal(session.said, timeout=LONG):
            opened.pages[At.IMPACT].charts.write("reach", tmp_path / f"reach{ending}")
        assert (tmp_path / f"reach{ending}").read_bytes().startswith(start)
    assert "Only these people: Minors" in (tmp_path / "reach.svg").read_text(encoding="utf-8")
    with qtbot.waitSignal(session.failed, timeout=LONG):
        opened.pages[At.IMPACT].charts.write("reach", tmp_path / "reach.bmp")


def test_a_correction_keeps_the_filter(opened, qtbot):
    session = opened.session
    session.narrow("has:email")
    filtered(opened, qtbot, ("has:email",))
    position = next(field.position for field in session.exposure.fields if field.kind == "email")
    session.correct([position], "none")
    qtbot.waitUntil(lambda: not session.busy and session.shown.people.best == 0, timeout=LONG)
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not session.busy and session.shown.people.best > 0, timeout=LONG)
    assert session.shown.parts == ("has:email",)


def test_what_is_scrolled_away_is_not_painted(opened, qtbot):
    view = painted(opened, qtbot, "fields")
    page = opened.pages[At.IMPACT]
    page.verticalScrollBar().setValue(0)
    last = page.charts.views["reach"]
    assert view.isVisible() and last.visibleRegion().isEmpty() and last.painted is None
    assert painted(opened, qtbot, "reach") is last


def test_a_departement_opens_its_communes_and_one_of_them_leaves_its_people(opened, qtbot):
    session = opened.session
    place = max(session.impact.census.places, key=lambda item: item.people)
    session.narrow(f"department:{place.code}")
    filtered(opened, qtbot, (f"department:{place.code}",))
    view = painted(opened, qtbot, "map")
    qtbot.waitUntil(lambda: any(spot.part.startswith("commune:") for spot in view.painted.spots), timeout=LONG)
    first = session.shown.census.communes[0]
    assert {spot.part for spot in view.painted.spots if spot.name == first.name} == {f"commune:{first.code}"}
    session.narrow(f"commune:{first.code}")
    filtered(opened, qtbot, (f"department:{place.code}", f"commune:{first.code}"))
    assert session.shown.people.best == first.people
    qtbot.waitUntil(lambda: len(chips(opened)) == 2, timeout=LONG)
    assert any(first.name in chip for chip in chips(opened))
