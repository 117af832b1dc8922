"""The People page: the closer look in the background, and the leak held against other files."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from analysis.command.door import run
from analysis.declare.dossier import Dossier, load_dossier, save_dossier
from gui.app import build
from gui.pages.page import At
from gui.settings import Settings
from tests.conftest import SAMPLE
from tests.gui.conftest import LONG

GIVEN = ["Jeanne", "Lucas", "Amandine", "Karim", "Odette"]


def rows(count, layout):
    return [
        layout.format(last="NOM" + "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{at:03d}"), first=GIVEN[at % 5],
                      day=date(1950, 1, 1) + timedelta(days=71 * at), at=at)
        for at in range(count)
    ]  # fmt: skip


@pytest.fixture
def leak(tmp_path):
    path = tmp_path / "leak.csv"
    text = "\n".join(rows(120, "{last};{first};{day:%d/%m/%Y};p{at}@courriel.example;06990{at:05d}"))
    path.write_text("nom;prenom;date_naissance;email;telephone\n" + text + "\n", encoding="utf-8")
    return path


@pytest.fixture
def earlier(tmp_path):
    path = tmp_path / "earlier.csv"
    text = "\n".join(rows(60, "{last};{first};{day:%d/%m/%Y}"))
    path.write_text("nom;prenom;date_naissance\n" + text + "\n", encoding="utf-8")
    return path


@pytest.fixture
def held(window, leak, qtbot):
    """The window over 120 invented persons."""
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=lambda impact: impact is not None):
        window.open_files([leak])
    qtbot.waitUntil(lambda: not window.session.busy, timeout=LONG)
    return window


@pytest.fixture
def looking(window, qtbot):
    """A second window, whose session looks closer by itself."""
    application = QApplication.instance()
    made = build(application, Settings("en", "light"))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_a_model_looks_closer_while_the_pages_are_used(looking, qtbot):
    session, page = looking.session, looking.pages[At.PEOPLE]
    levels = []
    session.people_changed.connect(lambda people: levels.append(people.level) if people else None)
    with qtbot.waitSignal(session.closer.progress, timeout=LONG):
        looking.open_files([SAMPLE])
    assert levels == ["rules"] and not session.busy and page.link.text() == "Stop" and looking.pages[At.IMPACT].isEnabled()
    before = session.people.best
    with qtbot.waitSignal(session.said, timeout=LONG) as told:
        pass
    assert levels == ["rules", "model"] and session.people.best <= before
    assert session.words.of(told.args[0]).startswith("A closer look found persons who stand in the file twice")
    assert session.impact.people is session.people and not session.closer.looking and page.link.isHidden()


def test_the_closer_look_can_be_stopped_and_is_not_begun_again(looking, qtbot):
    session, page = looking.session, looking.pages[At.PEOPLE]
    with qtbot.waitSignal(session.closer.progress, timeout=LONG):
        looking.open_files([SAMPLE])
    page.link.click()
    assert not session.closer.looking and page.link.text() == "Look closer for the same person"
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        session.set_incident(replace(session.incident, nature="shop"))
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert not session.closer.looking and session.people.level == "rules"


def test_an_earlier_leak_is_held_against_this_one_and_again_when_persons_are_counted_anew(held, earlier, qtbot):
    session, page = held.session, held.pages[At.PEOPLE]
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        page._compare("earlier", earlier)
    assert "60 people of the leak are in the earlier leak" in page.matches.text()
    assert "Of 60 of the 60 people who are in both leaks something is newly exposed" in page.matches.text()
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        session.judge("join", 0, 1)
    assert session.impact.matches[0].confirmed + session.impact.matches[0].ambiguous >= 59 and session.people.joined == 1
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    held.show_page(At.PEOPLE)
    qtbot.waitUntil(lambda: page.model.rowCount() > 50, timeout=LONG)
    qtbot.waitUntil(lambda: all(page.model.person(at) for at in range(page.model.rowCount())), timeout=LONG)
    first = next(at for at in range(page.model.rowCount()) if page.model.person(at).person == 2)
    with qtbot.waitSignal(page.slip_opened, timeout=LONG) as opened:
        page.open_slip(first)
    said = [part.text() for part in opened.args[0].findChildren(QLabel) if part.text().startswith("An earlier leak held")]
    assert said == ["An earlier leak held of this person already: Last name, First name, Birth date. New here: E-mail, Phone."]


def test_hashes_of_an_earlier_leak_ask_for_their_key(held, earlier, qtbot, tmp_path, monkeypatch):
    session, page, key, hashes = held.session, held.pages[At.PEOPLE], tmp_path / "key", tmp_path / "hashes.csv"
    assert run(["hash", str(earlier), "--key", str(key), "--out", str(hashes)]) == 0
    asked = []

    def choose(_, title, chosen):
        asked.append(title)
        chosen(key)

    monkeypatch.setattr("gui.pages.people.ask_file", choose)
    with qtbot.waitSignal(session.impact_changed, timeout=LONG):
        page._compare("earlier", hashes)
    assert asked == ["The key file of the hashes"] and session.impact.matches[0].confirmed == 60
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    key.write_text("short")
    with qtbot.waitSignal(session.failed, timeout=LONG) as failed:
        page._compare("earlier", hashes)
    assert failed.args[0].code == "key"


def test_people_in_roles_are_told_listed_and_corrected_in_the_window(window, qtbot, tmp_path):
    """A trusted person beside each patient: counted, listed alone, opened, and made nobody by the combo box of the Fields page."""
    lines = [
        f"Nomba{chr(97 + at % 26)}{chr(97 + at // 26)};Anne;{at % 28 + 1:02d}/03/19{at % 60 + 30};06390{at:05d};"
        f"Autre{chr(97 + at % 26)}{chr(97 + at // 26)};Paul;07390{at:05d}"
        for at in range(40)
    ]
    leak = tmp_path / "roles.csv"
    head = "nom;prenom;naissance;tel;personne_confiance_nom;personne_confiance_prenom;personne_confiance_tel"
    leak.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    session, page = window.session, window.pages[At.PEOPLE]
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([leak])
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert session.people.best == 80 and "trusted person 40" in page.figures[0].note.text()
    window.show_page(At.PEOPLE)
    page.show_group("role:trusted")
    qtbot.waitUntil(lambda: page.model.rowCount() == 40 and page.model.person(0) is not None, timeout=LONG)
    person = page.model.person(0)
    assert (
        person.cells[0].startswith("Autre")
        and person.cells[3].startswith("07")
        and [str(role) for role in person.roles] == ["trusted"]
    )
    with qtbot.waitSignal(page.slip_opened, timeout=LONG) as opened:
        page.open_slip(0)
    (dialog,) = opened.args
    assert {item.column for item in dialog.slip.told} == {
        "personne_confiance_nom", "personne_confiance_prenom", "personne_confiance_tel",
    }  # fmt: skip
    dialog.close()
    fields = window.pages[At.FIELDS]
    window.show_page(At.FIELDS)
    for place in (4, 5, 6):
        fields.table.selectRow(place)
        at = fields.card.role.findData("nobody")
        fields.card.role.setCurrentIndex(at)
        fields.card.role.activated.emit(at)
        qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert session.people.best == 40 and not session.people.roles
    session.undo()
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert session.people.best > 40


def test_doubtful_pairs_are_answered_with_the_keyboard_kept_and_undone(window, qtbot, tmp_path):
    def line(at, first, mail):
        return f"NOM{chr(65 + at % 26)}{chr(65 + at // 26)}E;{first};{at % 28 + 1:02d}/03/{1950 + at % 40};{mail};06990{at:05d}"

    lines = [line(at, GIVEN[at % 5], f"p{at}@courriel.example") for at in range(60)]
    lines += [line(at, GIVEN[at % 5] + "x", f"q{at}@courriel.example") for at in range(10)]  # the same phone, a slip
    leak = tmp_path / "doubles.csv"
    leak.write_text("nom;prenom;date_naissance;email;telephone\n" + "\n".join(lines) + "\n", encoding="utf-8")
    session, page = window.session, window.pages[At.PEOPLE]
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([leak])
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    assert session.people.best == 60
    window.show_page(At.PEOPLE)
    with qtbot.waitSignal(page.review_opened, timeout=LONG) as opened:
        qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    (dialog,) = opened.args
    first = dialog.pair
    assert len(dialog.review.asked) == 10 and first.doubt.linked and dialog.opinion.text() == ""
    texts = [found.text() for found in dialog.area.widget().findChildren(QLabel)]
    assert not any("NOM" in text or "courriel" in text for text in texts), "masked"
    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert any("NOM" in found.text() for found in dialog.area.widget().findChildren(QLabel))
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    assert dialog.pair is not first and "one person" in dialog.opinion.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Backspace)
    assert dialog.pair is first and dialog.answers == {}
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, *[Qt.Key.Key_1] * 8):
        qtbot.keyClick(dialog, key)
    assert "10 doubtful pairs" in dialog.figures.text()
    assert dialog.pair is None and not dialog.pushes["same"].isEnabled()
    qtbot.mouseClick(dialog.shut, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.busy and session.people.review is not None, timeout=LONG)
    people = session.people
    assert (people.best, people.review.answers, people.review.unsure) == (61, 9, 1)
    assert people.review.precision.low <= 8 / 9 <= people.review.precision.high
    assert ("other", *first.doubt.pair) in session.exposure.case.reviewed
    assert "10 doubtful pairs" in page.verdicts.text()
    path = tmp_path / "kept.ampleur"
    save_dossier(Dossier(cases=(session.exposure.case,)), path)
    assert load_dossier(path).cases[0].reviewed == session.exposure.case.reviewed
    session.undo()
    qtbot.waitUntil(lambda: not session.busy and session.people.review is None, timeout=LONG)
    assert session.people.best == 60
