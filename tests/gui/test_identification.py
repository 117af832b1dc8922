"""The page of re-identification: whom a few fields single out, and how well the rows hide by columns that a person chooses."""

import json

from PySide6.QtCore import Qt

from analysis.command import run
from analysis.watch import Watch
from tests.conftest import SAMPLE
from tests.gui.conftest import LONG
from tests.gui.test_risks import IDENTIFICATION, cells


def shown(opened, qtbot):
    page = opened.pages[IDENTIFICATION]
    opened.show_page(IDENTIFICATION)
    qtbot.waitUntil(lambda: page.singling is not None, timeout=LONG)
    return page


def told(page):
    return [tuple(part.text() for part in parts) for parts in page.attackers.parts if parts[0].text()]


def choose(page, *names):
    for at in range(page.columns.count()):
        item = page.columns.item(at)
        item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)


def asked(page, qtbot):
    qtbot.mouseClick(page.measure, Qt.MouseButton.LeftButton)
    assert not page.measure.isEnabled()
    qtbot.waitUntil(lambda: page.measure.isEnabled(), timeout=LONG)
    return {row[0]: row[1] for row in cells(page.table)}


def test_attackers_are_told_field_by_field_and_the_curve_rises(opened, qtbot):
    page, impact = shown(opened, qtbot), opened.session.impact
    found = opened.session.singled(impact, Watch()).singling
    rows = told(page)
    assert [row[0] for row in rows][:2] == ["A former spouse", "A neighbor"]
    first, second, third = found.attackers[0].steps
    assert rows[0][1] == f"Last name: {first.alone:,} → + First name: {second.alone:,} → + Birth date: {third.alone:,}"
    alone = [int(row[1].replace(",", "")) for row in cells(page.curve)]
    assert alone == sorted(alone) == [item.alone for item in found.curve]
    assert page.figures[0].value.text() == f"{impact.reidentification.uniques:,}"
    opened.session.speak("fr")
    assert told(page)[0][0] == "Un ex-conjoint" and page.title.text() == "Réidentification"


def test_a_count_that_fails_says_so(opened, qtbot):
    page, session = opened.pages[IDENTIFICATION], opened.session
    session.store.drop(session.impact.people.table)
    opened.show_page(IDENTIFICATION)
    qtbot.waitUntil(lambda: page.note.text().startswith("This could not be counted. "), timeout=LONG)
    assert told(page) == []


def test_any_columns_are_measured_as_on_the_command_line(opened, qtbot, capsys):
    page = shown(opened, qtbot)
    assert [opened.session.leak.columns[at] for at in page.asked.by] == ["DATE_NAISSANCE", "SEXE", "CODE_POSTAL"]
    choose(page)
    assert not page.measure.isEnabled()
    columns = opened.session.leak.columns
    sex, city = columns.index("SEXE"), columns.index("VILLE")
    choose(page, "SEXE")
    page.sensitive.setCurrentIndex(page.sensitive.findData(city))
    measures = asked(page, qtbot)
    assert run(["anonymity", str(SAMPLE), "--by", "SEXE", "--sensitive", "VILLE"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert page.asked.by == (sex,) and measures["k-anonymity (smallest class)"] == f"{found['k']:,}"
    assert measures["l-diversity, distinct"] == f"{found['diversity']['distinct_l']:,}"
    assert measures["t-closeness"] == f"{found['diversity']['t']:.3f}" and "Journalist, highest risk" not in measures


def test_the_journalist_needs_a_table_of_everybody(opened, qtbot, tmp_path):
    page = shown(opened, qtbot)
    choose(page, "SEXE")
    everybody = tmp_path / "everybody.csv"
    everybody.write_text("SEXE;N\n" + "F;1\n" * 900 + "M;1\n" * 50)
    page.choose_population(everybody)
    before = opened.session.store.names()
    measures = asked(page, qtbot)
    assert "Journalist, highest risk" in measures and "Marketer, average risk" in measures and "950" in page.said.text()
    assert not [name for name in opened.session.store.names() - before if not name.startswith("cells_")]
    everybody.write_text("AGE;N\n" + "F;1\n" * 20)
    assert asked(page, qtbot) == {} and "has no column SEXE" in page.said.text()
    page.nobody.click()
    assert page.asked.population is None and page.nobody.isHidden()
