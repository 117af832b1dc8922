"""The page of re-identification: whom a few fields single out, and how well the rows hide by columns that a person chooses."""

import json
from threading import Thread

from PySide6.QtCore import Qt

from analysis.command.door import run
from analysis.ground.watch import Watch
from gui.pages.page import At
from gui.pages.report import machine
from tests.conftest import SAMPLE
from tests.gui.conftest import LONG
from tests.gui.test_risks import cells


def shown(opened, qtbot):
    page = opened.pages[At.IDENTIFICATION]
    opened.show_page(At.IDENTIFICATION)
    qtbot.waitUntil(lambda: page.singling is not None, timeout=LONG)
    return page


def told(page):
    return [tuple(part.text() for part in parts) for parts in page.attackers.parts if parts[0].text()]


def choose(card, *names):
    for at in range(card.columns.count()):
        item = card.columns.item(at)
        item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)


def measured(card, qtbot):
    qtbot.mouseClick(card.measure, Qt.MouseButton.LeftButton)
    assert not card.measure.isEnabled() and card.said.text() in ("Being counted…", "Décompte en cours…")
    qtbot.waitUntil(lambda: card.job is None, timeout=LONG)
    return {row[0]: row[1] for row in cells(card.table)}


def test_attackers_are_told_field_by_field_and_the_curve_rises(opened, qtbot):
    page, impact = shown(opened, qtbot), opened.session.impact
    found = opened.session.singled(opened.session.store, impact, Watch()).singling
    assert found is page.singling
    rows = told(page)
    assert [row[0] for row in rows][:2] == ["A former spouse", "A neighbor"]
    steps = found.attackers[0].steps
    names = ("Last name", "+ First name", "+ Birth date")
    assert rows[0][1] == " → ".join(f"{name}: {step.alone:,} of {step.known:,}" for name, step in zip(names, steps, strict=True))
    alone = [int(row[1].replace(",", "")) for row in cells(page.curve)]
    assert alone == sorted(alone) == [item.alone for item in found.curve]
    assert page.figures[0].value.text() == f"{impact.census.reidentification.uniques:,}"
    opened.session.speak("fr")
    assert told(page)[0][0] == "Un ex-conjoint" and page.title.text() == "Réidentification"


def test_whom_few_fields_single_out_is_counted_once_whoever_asks_and_is_in_the_report(opened, qtbot, tmp_path):
    session, impact, found = opened.session, opened.session.impact, []
    asking = [Thread(target=lambda: found.append(session.singled(session.store, impact, Watch()).singling)) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(found) == 4 and all(item is found[0] for item in found)
    with qtbot.waitSignal(session.said, timeout=LONG):
        opened.pages[-1].write(machine, tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text())["impact"]["singling_out"]
    assert [item["alone"] for item in told["curve"]] == [item.alone for item in found[0].curve]


def test_a_count_that_fails_says_so_and_the_report_is_written_without_it(alone, qtbot, tmp_path):
    page, session = alone.pages[At.IDENTIFICATION], alone.session
    table, store = session.impact.people.table, session.store
    store._run(f'DROP {"VIEW" if table in store._held._asks else "TABLE"} "{table}"', Watch())  # the engine refuses from here on
    alone.show_page(At.IDENTIFICATION)
    qtbot.waitUntil(lambda: page.note.text().startswith("This could not be counted. "), timeout=LONG)
    assert told(page) == [] and page.curve.isHidden()
    with qtbot.waitSignal(session.said, timeout=LONG):
        alone.pages[-1].write(machine, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["impact"]["singling_out"] is None


def test_any_columns_are_measured_as_on_the_command_line(opened, qtbot, capsys):
    card = shown(opened, qtbot).hiding
    columns = opened.session.leak.columns
    assert [columns[at] for at in card.choice.by] == ["DATE_NAISSANCE", "SEXE", "CODE_POSTAL"]
    choose(card)
    assert not card.measure.isEnabled()
    choose(card, "SEXE")
    card.sensitive.setCurrentIndex(card.sensitive.findData(columns.index("VILLE")))
    found = measured(card, qtbot)
    assert run(["anonymity", str(SAMPLE), "--by", "SEXE", "--sensitive", "VILLE"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert found["k-anonymity (smallest class)"] == f"{plain['k']:,}"
    assert found["l-diversity, distinct"] == f"{plain['diversity']['distinct_l']:,}"
    assert found["t-closeness"] == f"{plain['diversity']['t']:.3f}" and "Journalist, highest risk" not in found
    assert card.said.text() == "Measured by SEXE. Nobody should learn VILLE."
    opened.session.correct([columns.index("VILLE")], "none")
    qtbot.waitUntil(lambda: not opened.session.busy, timeout=LONG)
    assert cells(card.table) and card.choice.by == (columns.index("SEXE"),)  # a correction leaves the choice
    choose(card, "SEXE", "VILLE")
    assert cells(card.table) == []  # no answer to another choice


def test_the_journalist_needs_a_table_of_everybody(opened, qtbot, tmp_path, capsys):
    card = shown(opened, qtbot).hiding
    choose(card, "SEXE")
    everybody = tmp_path / "everybody.csv"
    everybody.write_text("SEXE;N\n" + "F;1\n" * 9000 + "M;1\n" * 50)
    card.choose_population(everybody)
    before = opened.session.store.names()
    found = measured(card, qtbot)
    assert run(["anonymity", str(SAMPLE), "--by", "SEXE", "--population", str(everybody)]) == 0
    plain = json.loads(capsys.readouterr().out)["attackers"]
    assert found["Journalist, highest risk"] == opened.session.words.percent(plain["journalist"]["highest"])
    assert found["Marketer, average risk"] == opened.session.words.percent(plain["marketer"]["average"])
    assert "9,050 people" in card.said.text() and opened.session.store.names() == before
    everybody.write_text("AGE;N\n" + "F;1\n" * 20)
    assert measured(card, qtbot) == {} and "must hold the column SEXE once" in card.said.text()
    opened.session.speak("fr")
    assert "une seule fois" in card.said.text()  # still told, in the other language
    card.nobody.click()
    assert card.choice.population is None and card.nobody.isHidden()
    qtbot.mouseClick(card.measure, Qt.MouseButton.LeftButton)
    opened.stop()  # Esc
    assert card.job is None and card.measure.isEnabled() and cells(card.table) == []


def test_another_leak_takes_the_question_away(opened, qtbot, tmp_path):
    card = shown(opened, qtbot).hiding
    qtbot.mouseClick(card.measure, Qt.MouseButton.LeftButton)
    other = tmp_path / "other.csv"
    other.write_text("nom;prenom;sexe\n" + "".join(f"FICTIF{at};Zoé;F\n" for at in range(30)))
    opened.open_files([other])
    qtbot.waitUntil(lambda: opened.session.impact is not None and not opened.session.busy, timeout=LONG)
    assert card.job is None and cells(card.table) == [] and card.columns.count() == 3
