"""The answer to one person: one page, plain, masked until somebody asked for the values; whole or not at all."""

import re

import pytest
from PySide6.QtCore import Qt

from analysis.render import as_text
from gui.pages.answer import answer
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

    def text():
        return as_text(answer(session, session.impact, slip.person, slip.slip), session.words)

    assert CANARY not in text() and "naissance" in text()
    session.reveal(True)
    assert CANARY in text() and MARKUP in text()
    session.reveal(False)
    with qtbot.waitSignal(session.said, timeout=LONG):
        slip.write_answer(tmp_path / "answer.pdf")
    data = (tmp_path / "answer.pdf").read_bytes()
    assert data.startswith(b"%PDF") and pages_of(data) == 1 and b"pdfuaid:part" in data


def test_an_answer_never_replaces_the_leak(slip, qtbot):
    session = slip.session
    before = session.paths[0].read_bytes()
    with qtbot.waitSignal(session.failed, timeout=LONG):
        slip.write_answer(session.paths[0])
    assert session.paths[0].read_bytes() == before
