"""The answer to one person: one page, plain, masked until somebody asked for the values; whole or not at all."""

import re
import zlib

import pytest
from PySide6.QtCore import Qt

from gui.pages.answer import answer_lines, print_answer
from gui.pages.page import At
from tests.conftest import CANARY
from tests.gui.conftest import LONG

MARKUP = "<b>x</b><img src='file:///etc/passwd'>"


@pytest.fixture
def slip(window, qtbot, tmp_path):
    path = tmp_path / "leak.csv"
    rows = "".join(f"FICTIF{'ABCDE'[at % 5]};Jeanne;0{at % 9 + 1}/02/19{40 + at};{CANARY} {MARKUP}\n" for at in range(40))
    path.write_text("nom;prenom;naissance;commentaire\n" + rows, encoding="utf-8")
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([path])
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    window.show_page(At.PEOPLE)
    page = window.pages[At.PEOPLE]
    qtbot.waitUntil(lambda: page.model.rowCount() > 3 and page.model.person(3) is not None, timeout=LONG)
    page.table.setCurrentIndex(page.model.index(3, 0))
    with qtbot.waitSignal(page.slip_opened, timeout=LONG) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    yield told.args[0]
    told.args[0].reject()


def pages_of(data):
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_answer_is_one_page_and_masked_until_asked(slip, qtbot, tmp_path):
    session = slip.session
    lines = [text for _, text in answer_lines(session, session.impact, slip.person, slip.slip)]
    assert not any(CANARY in text for text in lines) and any("(naissance) : " in text for text in lines), lines
    session.reveal(True)
    lines = [text for _, text in answer_lines(session, session.impact, slip.person, slip.slip)]
    assert any(CANARY in text for text in lines)
    session.reveal(False)
    with qtbot.waitSignal(session.said, timeout=LONG):
        slip.write_answer(tmp_path / "answer.pdf")
    data = (tmp_path / "answer.pdf").read_bytes()
    assert data.startswith(b"%PDF") and pages_of(data) == 1


def test_a_very_long_answer_still_fits_one_page(slip, tmp_path):
    lines = [("title", "T"), *(("text", f"{at} " + "mot " * 24) for at in range(70))]
    print_answer(lines, tmp_path / "long.pdf")
    assert pages_of((tmp_path / "long.pdf").read_bytes()) == 1


def test_markup_of_the_leak_is_text(slip, tmp_path):
    print_answer([("text", MARKUP)], tmp_path / "markup.pdf")
    data = (tmp_path / "markup.pdf").read_bytes()
    plain = b"".join(
        zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL) if part[:1] == b"x"
    )
    assert not re.search(rb"/Subtype\s*/Image", data) and b"/URI" not in data and plain


def test_an_answer_never_replaces_the_leak(slip, qtbot):
    session = slip.session
    before = session.paths[0].read_bytes()
    with qtbot.waitSignal(session.failed, timeout=LONG):
        slip.write_answer(session.paths[0])
    assert session.paths[0].read_bytes() == before
