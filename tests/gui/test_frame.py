"""What frames the pages: contrast, large letters, presentation, tour, the sheet of components, help where it is asked for."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from analysis.draw.style import DARK as CHART_DARK
from analysis.draw.style import LIGHT as CHART_LIGHT
from gui.pages.gallery import gallery
from gui.pages.help import HelpDialog
from gui.pages.page import At
from gui.pages.present import Presentation
from gui.pages.tour import STEPS
from gui.widgets.parts import Figure
from gui.widgets.theme import DARK, LIGHT, ZOOMS, dress
from tests.gui.conftest import LONG


def luminance(color):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_that_of_the_recommendation():
    assert contrast("#000000", "#ffffff") == pytest.approx(21) and contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("found", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_4_5_on_every_ground_it_stands_on(found):
    for text, ground in itertools.product(("ink", "quiet", "accent", "danger"), ("ground", "paper", "raised")):
        assert contrast(getattr(found, text), getattr(found, ground)) >= 4.5, (text, ground)
    for text, ground in (("ink", "soft"), ("accent", "soft"), ("on_accent", "accent"), ("on_accent", "danger")):
        assert contrast(getattr(found, text), getattr(found, ground)) >= 4.5, (text, ground)
    for band in found.bands:
        assert contrast(band, found.raised) >= 4.5


@pytest.mark.parametrize("found", [CHART_LIGHT, CHART_DARK], ids=["light", "dark"])
def test_every_mark_of_a_chart_has_a_contrast_of_3_and_every_text_4_5(found):
    for mark in ("valid", "malformed", "placeholder", "accent", "second"):
        assert contrast(getattr(found, mark), found.paper) >= 3, mark
    for text in ("ink", "quiet"):
        assert contrast(getattr(found, text), found.paper) >= 4.5, text


def test_letters_grow_to_twice_their_size_and_back(window):
    application = QApplication.instance()
    title = window.pages[At.WELCOME].findChildren(QLabel)[0]
    before = title.fontMetrics().height()
    window.zoom(1)
    assert title.fontMetrics().height() > before
    window.zoom(len(ZOOMS))
    assert window.session.zoom == len(ZOOMS) - 1 and title.fontMetrics().height() >= 1.8 * before
    window.toggle_theme()
    assert title.fontMetrics().height() >= 1.8 * before
    window.zoom(-len(ZOOMS))
    assert window.session.zoom == 0 and title.fontMetrics().height() == before
    dress(application, "light")


def test_the_presentation_turns_its_pages_with_the_keyboard(opened, qtbot):
    shown = Presentation(opened, opened.session)
    qtbot.addWidget(shown)
    shown.show()
    seen = [shown.said.text()]
    for _ in range(len(shown.screens) + 1):
        qtbot.keyClick(shown, Qt.Key.Key_Right)
        seen.append(shown.said.text())
    assert shown.at == len(shown.screens) - 1 and len(set(seen)) == len(shown.screens) and not shown.on.isEnabled()
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.at == len(shown.screens) - 2 and not shown.fictive.isVisible()


def test_invented_people_are_said_wherever_they_are_shown(window, qtbot):
    assert not window.side.fictive.isVisible()
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_demo(500)
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    assert window.session.fictive and window.side.fictive.isVisibleTo(window)
    for width in (1280, 960):
        window.resize(width, 600)
        QApplication.processEvents()
        said = window.side.fictive
        assert said.fontMetrics().horizontalAdvance(said.text()) <= said.contentsRect().width(), width
    with qtbot.waitSignal(window.presented, timeout=LONG) as told:
        window.present()
    assert told.args[0].fictive.text().startswith("FICTIF")
    told.args[0].reject()


def test_the_tour_shows_the_page_of_each_of_its_five_steps_and_ends(opened, qtbot):
    opened.show_tour()
    tour = opened.tour
    for page, *_ in STEPS:
        assert opened.stack.currentIndex() == page and tour.isVisible()
        assert opened.rect().contains(tour.geometry())
        qtbot.mouseClick(tour.on, Qt.MouseButton.LeftButton)
    assert not tour.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sheet_shows_every_component(qtbot, theme):
    application = QApplication.instance()
    sheet = gallery(application, "fr", theme)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet._turn(application)
    assert sheet.session.theme != theme and sheet.grab().width() >= 900
    sheet.session.close()
    dress(application, "light")


def test_the_question_mark_opens_the_method_where_it_explains_the_letters(opened, qtbot):
    opened.show_page(At.IMPACT)
    qtbot.mouseClick(opened.impact.explain, Qt.MouseButton.LeftButton)
    (dialog,) = opened.findChildren(HelpDialog)
    assert dialog.tabs.currentIndex() == 1 and dialog.tabs.widget(1).textCursor().selectedText() == "DPC × EI + CB"
    dialog.reject()


def test_a_long_line_below_a_number_is_shown_whole_beside_short_ones(qtbot):
    whole = QWidget()
    row, figures = QHBoxLayout(whole), [Figure(), Figure()]
    for part in figures:
        row.addWidget(part)
    qtbot.addWidget(whole)
    whole.resize(420, 200)
    whole.show()
    figures[0].show_figure("People", "604", "between 604 and 606 · subject of the file 300, trusted person 300, professional 4")
    figures[1].show_figure("Minors", "72", "today")
    QApplication.processEvents()
    note = figures[0].note
    assert note.height() >= note.heightForWidth(note.width()) > 3 * note.fontMetrics().height() - 3
    assert figures[0].height() == figures[1].height()
