"""The pages of risks and of what would have been, and the dialog of what the file cannot tell."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from analysis.declare.incident import load_incident
from analysis.model import Incident
from gui.pages.incident import IncidentDialog
from gui.pages.page import At
from tests.gui.conftest import LONG


def cells(table):
    return [[table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())]


def number(text):
    return int(text.replace(",", ""))


def test_the_risks_tell_scenarios_priority_and_other_methods(opened, qtbot):
    page, impact = opened.pages[At.RISKS], opened.session.impact
    opened.show_page(At.RISKS)
    rows = cells(page.scenarios)
    assert len(rows) == 9 and rows[0][0] == "Targeted phishing by e-mail"
    assert [tuple(number(text) for text in row[1:]) for row in rows] == [tuple(counts) for _, *counts in impact.verdict.scenarios]
    page.scenarios.setCurrentCell(2, 0)
    assert page.advice.text().startswith("Advice: Hang up on whoever")
    assert (
        page.tiers.text().splitlines()[0]
        == f"First, very high severity of a minor or a person of 75 or older: {impact.verdict.tiers[0][1]:,}"
    )
    assert "inform the people" in page.methods.parts[1][1].text() and page.methods.parts[0][0].text() == "CNIL, four levels"
    opened.session.speak("fr")
    assert cells(page.scenarios)[0][0] == "Hameçonnage ciblé par courriel" and "CEPD" in page.methods.parts[1][0].text()


def choose(page, kind, code):
    box = page.boxes[kind]
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_what_if_moves_at_once_and_goes_back_step_by_step(opened, qtbot):
    page, impact = opened.pages[At.WHAT_IF], opened.session.impact
    opened.show_page(At.WHAT_IF)
    qtbot.waitUntil(lambda: page.classes is not None, timeout=LONG)
    assert page.figures[0].value.text() == f"Very high ({impact.verdict.severity.se:g})" and not page.undo.isEnabled()
    alone = page.figures[2].value.text()
    choose(page, "birth_date", "year")
    assert page.figures[2].value.text() != alone and page.figures[2].note.text() == f"today: {alone}"
    for kind in ("last_name", "first_name", "email", "phone", "address"):
        choose(page, kind, "removed")
    assert page.figures[1].value.text() == "0" and page.boxes["email"].currentData() == "removed"
    phishing = next(row for row in cells(page.table) if row[0] == "Targeted phishing by e-mail")
    assert number(phishing[1]) > 0 and phishing[2] == "0"
    for _ in range(5):
        page.undo.click()
    assert page.change.birth == "year" and page.boxes["email"].currentData() == ""
    page.undo.click()
    assert page.figures[2].value.text() == alone and not page.undo.isEnabled()


@pytest.fixture
def dialog(opened, qtbot):
    with qtbot.waitSignal(opened.pages[At.IMPACT].incident_opened, timeout=LONG) as caught:
        opened.pages[At.IMPACT].more.click()
    made = caught.args[0]
    assert isinstance(made, IncidentDialog)
    return made


def test_the_dialog_shows_what_is_declared_and_declares_it_again(dialog, opened):
    assert dialog.incident() == opened.session.incident
    assert dialog.moments["aware"].text() == "2024-11-19 10:00" and dialog.zone.currentData() == "Europe/Paris"


def test_everything_that_is_declared_reaches_the_figures(dialog, opened, qtbot):
    dialog.nature.setCurrentIndex(dialog.nature.findData("shop"))
    dialog.public.setChecked(True)
    dialog.sayings.lines["measures"].setPlainText("Accounts closed\n\nPasswords changed\n")
    dialog.claimed.setValue(900_000)
    dialog.prices["post"].setValue(2.0)
    dialog.moments["discovered"].setText("19/11/24 9h")
    for box in dialog.categories.values():
        box.setChecked(False)
    choice, reason = dialog.judgment.overrules["simple"]
    choice.setCurrentIndex(choice.findData("2"))
    dialog.apply.click()
    assert not dialog.wrong.isHidden() and "needs a reason" in dialog.wrong.text()
    reason.setText("customers of a luxury brand")
    with qtbot.waitSignal(opened.session.impact_changed, timeout=LONG):
        dialog.apply.click()
    impact = opened.session.impact
    assert impact.incident.overrules == (("simple", 2.0, "customers of a luxury brand"),) and impact.verdict.severity.dpc == 2
    assert impact.incident.measures == ("Accounts closed", "Passwords changed") and impact.incident.price_post == 2.0
    assert (
        impact.incident.discovered == "2024-11-19T09:00" and impact.incident.public and impact.incident.claimed_people == 900_000
    )
    assert "customers of a luxury brand" in opened.pages[At.IMPACT].why_text.text()
    assert dict(impact.verdict.reach.costs)["post"] == impact.verdict.reach.post * 2.0


def test_an_incident_is_saved_and_read_again(dialog, tmp_path):
    dialog.judgment.overrules["ei"][0].setCurrentIndex(dialog.judgment.overrules["ei"][0].findData("0.5"))
    dialog.judgment.overrules["ei"][1].setText('initials "only"')
    dialog._save(str(tmp_path / "incident.toml"))
    found = load_incident(tmp_path / "incident.toml")
    assert found == dialog.incident() and found.overrules == (("ei", 0.5, 'initials "only"'),)
    dialog.show_incident(Incident())
    dialog._load(str(tmp_path / "incident.toml"))
    assert dialog.incident() == found
    (tmp_path / "wrong.toml").write_text("colour = 3")
    dialog._load(str(tmp_path / "wrong.toml"))
    assert "unknown key: colour" in dialog.wrong.text()


def test_moments_out_of_order_are_refused_in_the_dialog(dialog, opened):
    dialog.moments["discovered"].setText("2024-11-20 09:00")
    before = opened.session.incident
    dialog.apply.click()
    assert "comes before" in dialog.wrong.text() and opened.session.incident is before
    assert before.breach_date == date(2024, 11, 19)


def test_the_slip_advises_what_the_data_of_this_person_open(opened, qtbot):
    page = opened.pages[At.PEOPLE]
    opened.show_page(At.PEOPLE)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 and page.model.person(0) is not None, timeout=LONG)
    with qtbot.waitSignal(page.slip_opened, timeout=LONG) as caught:
        page.open_slip(0)
    texts = [part.text() for part in caught.args[0].findChildren(QLabel)]
    assert "What it opens, and what to advise" in texts and any(text.endswith("(Serious)") for text in texts)


def test_a_finding_says_how_it_was_computed_and_opens_its_persons(opened, qtbot):
    page, impact = opened.pages[At.IMPACT], opened.session.impact
    texts = [text.text() for text, _ in page.lines if not text.isHidden()]
    assert len(texts) == 5 and texts[0].startswith("•  The file exposes") and "Severity" in texts[1]
    at = next(at for at, item in enumerate(impact.findings) if item.group == "minor")
    assert "birth date is known" in page.lines[at][0].toolTip() and page.lines[1][1].isHidden()
    page.lines[at][1].click()
    people = opened.pages[At.PEOPLE]
    assert opened.stack.currentIndex() == At.PEOPLE and people.group.currentData() == "minor"
    qtbot.waitUntil(lambda: people.model.rowCount() == impact.verdict.minors, timeout=LONG)
    page.lines[0][1].click()
    assert people.group.currentData() == ""


def test_the_window_is_painted_before_the_engine_and_the_charts_are_imported():
    import subprocess
    import sys

    said = "import sys, gui.app; print([name for name in ('ibis', 'duckdb', 'pandas', 'matplotlib', 'splink') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_figures_are_the_same_masked_and_in_clear(opened):
    def told():
        return (
            [part.value.text() for at in (At.LEAK, At.PEOPLE, At.IMPACT) for part in opened.pages[at].figures],
            cells(opened.pages[At.RISKS].scenarios),
            opened.session.impact,
        )

    opened.show_page(At.RISKS)
    masked = told()
    opened.session.reveal(True)
    assert told() == masked
    opened.session.reveal(False)
    assert told() == masked
