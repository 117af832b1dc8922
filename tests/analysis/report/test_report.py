"""Documents: whole or not at all, no live cell, the figures of the impact, equal bytes for equal inputs."""

import json
import re
import zipfile
from dataclasses import replace

import jsonschema
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from analysis.assess.singling import singled, with_singling
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.ground.words import Words
from analysis.report import pictures
from analysis.report.cells import clean
from analysis.report.excel import write_excel
from analysis.report.listed import write_listed
from analysis.report.machine import as_json, write_json
from analysis.report.pictures import write_charts
from tests.conftest import SAMPLE, TOP, altered

HOSTILE = [
    "=1+1",
    "+33",
    "-x",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x")',
    "_x003D_1",
    "\x07bell",
    "\ud800",
    "{=1}",
    "#N/A",
    "00123",
]


def test_the_workbook_holds_the_figures_of_the_impact(sample_impact, tmp_path):
    impact = sample_impact[1]
    write_excel(impact, tmp_path / "s.xlsx", Words("en"))
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == [
        "Cover",
        "Summary",
        "Incident",
        "Duties",
        "Fields",
        "Severity",
        "Ages",
        "Départements",
        "Vulnerable people",
        "Reach",
        "Re-identification",
        "Scenarios",
        "Other methods",
        "Projection",
        "Data quality",
        "Method",
    ]
    summary = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=5)}
    assert summary["People, best estimate"] == impact.people.best
    assert summary["Minors"] == impact.verdict.minors
    fields = [[cell.value for cell in row] for row in book["Fields"].iter_rows(min_row=5)]
    assert [row[3] for row in fields] == [field.valid for field in impact.people.exposure.fields]
    assert sum(row[2].value for row in book["Départements"].iter_rows(min_row=5)) == impact.people.best
    reach = {row[0].value: row[1].value for row in book["Reach"].iter_rows(min_row=5)}
    assert reach["E-mail + SMS + Letter"] == dict(impact.verdict.reach.together)["email+sms+post"]
    care = {row[0].value: row[1].value for row in book["Vulnerable people"].iter_rows(min_row=5)}
    assert care["Inhabitants of villages"] == impact.census.surroundings.village
    assert sum(len(sheet._charts) for sheet in book) == 4
    assert all(sheet.page_setup.paperSize == 9 for sheet in book) and all(sheet.print_title_rows for sheet in book.worksheets[1:])


def test_the_french_workbook_is_french(sample_impact, tmp_path):
    write_excel(sample_impact[1], tmp_path / "s.xlsx", Words("fr"))
    names = openpyxl.load_workbook(tmp_path / "s.xlsx").sheetnames
    assert names == [
        "Couverture",
        "Synthèse",
        "Incident",
        "Obligations",
        "Champs",
        "Gravité",
        "Âges",
        "Départements",
        "Personnes vulnérables",
        "Joignabilité",
        "Réidentification",
        "Scénarios",
        "Autres méthodes",
        "Projection",
        "Qualité des données",
        "Méthode",
    ]


def with_columns(impact, names):
    exposure = impact.people.exposure
    fields = tuple(
        replace(field, column=names[at % len(names)]) for at, field in enumerate([*exposure.fields, *exposure.fields[:2]])
    )
    return altered(impact, people=replace(impact.people, exposure=replace(exposure, fields=fields)))


def test_no_column_name_becomes_a_formula_or_a_link(sample_impact, tmp_path):
    write_excel(with_columns(sample_impact[1], HOSTILE), tmp_path / "s.xlsx", Words("en"))
    with zipfile.ZipFile(tmp_path / "s.xlsx") as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                text = archive.read(name).decode()
                assert not re.search(r"<f[ >]|<hyperlink", text)
    rows = CalamineWorkbook.from_path(str(tmp_path / "s.xlsx")).get_sheet_by_name("Fields").to_python()[4:]
    assert [row[0] for row in rows] == [re.sub("[\x07\ud800]", "\ufffd", name) for name in HOSTILE]


def test_cleaning_keeps_what_a_workbook_can_hold():
    assert clean("été\n2") == "été\n2"
    assert len(clean("x" * 40_000)) == 32_767


def test_two_workbooks_of_one_impact_are_identical(sample_impact, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_excel(sample_impact[1], tmp_path / name, Words("fr"))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_charts_of_the_workbook_carry_an_alternative_text(sample_impact, tmp_path):
    write_excel(sample_impact[1], tmp_path / "s.xlsx", Words("en"))
    with zipfile.ZipFile(tmp_path / "s.xlsx") as archive:
        drawings = [
            archive.read(name).decode() for name in archive.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)
        ]
    assert len(drawings) == 4
    told = [re.findall(r'cNvPr [^>]*descr="([^"]*)"', drawing) for drawing in drawings]
    assert all(set(texts) == {"Its data stand in the table above it."} for texts in told) and max(map(len, told)) == 2


@pytest.mark.parametrize("name", ["rapport-été 2024.xlsx", "l'hôpital – synthèse.xlsx", "a.b-c.xlsx"])
def test_names_with_accents_spaces_and_hyphens_are_written(sample_impact, tmp_path, name):
    write_excel(sample_impact[1], tmp_path / name, Words("fr"))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    openpyxl.load_workbook(tmp_path / name)


def test_the_json_follows_its_schema_and_holds_no_cell(sample_impact, tmp_path):
    found = as_json(sample_impact[1], {"read": 0.1}, Words("fr"))
    write_json(found, tmp_path / "a.json")
    read_back = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    jsonschema.validate(read_back, json.loads((TOP / "resources" / "schema" / "analysis.schema.json").read_text()))
    assert sum(read_back["impact"]["bands"].values()) == read_back["people"]["best"]
    assert (
        sum(read_back["people"]["reach"][key] for key in ("email", "sms", "post", "call", "none")) == read_back["people"]["best"]
    )
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    cells = {cell for line in SAMPLE.read_text(encoding="utf-8").split("\n")[1:50] for cell in line.split(";") if len(cell) > 8}
    assert not [cell for cell in cells if cell in text]


def test_whom_fields_single_out_is_in_the_json_and_the_workbook_once_it_was_counted(sample_impact, tmp_path):
    store, impact = sample_impact
    counted = with_singling(impact, singled(store, impact.people, Watch()))
    assert as_json(impact, {}, Words("en"))["impact"]["singling_out"] is None
    found = as_json(counted, {}, Words("en"))
    jsonschema.validate(found, json.loads((TOP / "resources" / "schema" / "analysis.schema.json").read_text()))
    told = found["impact"]["singling_out"]
    steps = told["attackers"]["neighbor"]["steps"]
    assert [step["fields"] for step in steps] == [["last_name"], ["last_name", "postal_code"]] and steps[0]["alone"] < steps[1][
        "alone"
    ]
    write_excel(counted, tmp_path / "a.xlsx", Words("en"))
    rows = [
        row
        for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["Singling out"].iter_rows(values_only=True)
        if row[0] == "A neighbor"
    ]
    assert [(row[1], row[3]) for row in rows] == [
        ("Last name", steps[0]["alone"]),
        ("Last name + Postal code", steps[1]["alone"]),
    ]
    write_excel(impact, tmp_path / "b.xlsx", Words("en"))
    assert "Singling out" not in openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames


def test_charts_are_written_with_their_description(sample_impact, tmp_path):
    write_charts(sample_impact[1], tmp_path, Words("fr"))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 14 and not [name for name in names if name.startswith(".")]
    from PIL import Image

    with Image.open(tmp_path / "ages.png") as picture:
        assert "mineurs" in picture.info["Description"]


def test_a_failed_write_leaves_the_older_file_and_nothing_else(tmp_path):
    target = tmp_path / "s.xlsx"
    target.write_text("older")
    with pytest.raises(Trouble) as raised, whole(target) as part:
        part.write_text("half")
        raise OSError(28, "No space left on device")
    assert raised.value.code == "output"
    assert target.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["s.xlsx"]


def test_charts_that_cannot_all_be_written_leave_none_and_no_folder(sample_impact, tmp_path, monkeypatch):
    real, drawn = pictures.draw, []

    def full_after_three(name, impact, words):
        drawn.append(name)
        if len(drawn) > 3:
            raise OSError(28, "No space left on device")
        return real(name, impact, words)

    monkeypatch.setattr(pictures, "draw", full_after_three)
    with pytest.raises(Trouble):
        write_charts(sample_impact[1], tmp_path / "charts", Words("en"))
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_replaced_is_a_sentence(tmp_path):
    target = tmp_path / "folder-in-the-way.xlsx"
    target.mkdir()
    (target / "x").write_text("x")
    with pytest.raises(Trouble), whole(target) as part:
        part.write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_list_of_people_is_written_in_the_order_of_the_window_without_a_cell(sample_impact, tmp_path):
    store, impact = sample_impact
    write_listed(store, impact, "minor", tmp_path / "minors.xlsx", Words("fr"), Watch())
    sheet = openpyxl.load_workbook(tmp_path / "minors.xlsx").active
    head, *lines = sheet.iter_rows(values_only=True, min_row=3)
    assert head[:3] == ("Rang", "Personne", "Rôle") and len(lines) == impact.verdict.minors
    assert [line[0] for line in lines] == list(range(1, len(lines) + 1)) and all(line[6] < 18 for line in lines)
    write_listed(store, impact, "", tmp_path / "all.csv", Words("en"), Watch())
    text = (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    assert text.count("\n") == impact.people.best + 1
    assert not set(re.findall(r"[\w.]+@[\w.]+", SAMPLE.read_text(encoding="utf-8"))) & set(re.findall(r"[\w.]+@[\w.]+", text))
    with pytest.raises(Trouble) as told:
        write_listed(store, impact, "", tmp_path / "all.pdf", Words("en"), Watch())
    assert told.value.code == "ending"
