"""Everything that is handed over, from the command line: what was asked for, whole, the same bytes again, and proved."""

import csv
import json

import openpyxl
import pytest

from analysis.command.door import run
from analysis.handover.verify import differences
from tests.analysis.handover.test_law import named

INCIDENT = """
controller = "Hôpital fictif"
nature = "hospital"
breach_date = 2024-11-19
aware = 2024-11-19T10:00:00
time_zone = "Europe/Paris"
disclosure = "unknown"
malicious = true
cause = "exfiltration"
dpo_contact = "dpo@hopital.example"
circumstances = "Un compte a été détourné."
measures = ["Compte fermé"]
"""
HEAD = "nom;prenom;date_naissance;sexe;code_postal;ville;email;telephone;cabinet\n"


@pytest.fixture
def leak(tmp_path):
    """120 invented people of four practices; six stand in two of them; nine have none."""
    lines = []
    for at in range(120):
        line = f"NOM{at:03d}X;Camille;{1 + at % 28:02d}/0{1 + at % 9}/19{40 + at % 50};F;69003;LYON;p{at}@courriel.example;06990{at:05d}"
        lines.append(f"{line};{'' if at < 9 else f'Cabinet {at % 4}'}\n")
        if at in range(20, 26):
            lines.append(f"{line};Cabinet {(at + 1) % 4}\n")
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    (tmp_path / "incident.toml").write_text(INCIDENT, encoding="utf-8")
    return path


def report(leak, to, *options):
    return run(["report", str(leak), "--incident", str(leak.parent / "incident.toml"), "--to", str(to), "--lang", "en", *options])


def test_a_whole_pack_is_written_and_is_the_same_bytes_again(leak, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732100000")
    asked = ("--formats", "xlsx,json,pdf,docx,html,md,txt,veris", "--letters", "--authority", "edpb,cnil", "--shareable")
    assert report(leak, tmp_path / "one", *asked) == 0 and report(leak, tmp_path / "two", *asked) == 0
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert {"board.pdf", "summary.docx", "edpb.json", "register.csv", "veris.json", "shareable.html"} <= {
        path.name for path in files
    }
    assert {path.name for path in files if path.parts[0] == "letters"} >= {
        "adult.docx",
        "adult-sms.txt",
        "public-notice.txt",
        "press.md",
    }
    for path in files:
        if path.name != "analysis.json":
            assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes(), path
    assert not list(tmp_path.rglob(".ampleur-*"))
    told = capsys.readouterr().out
    assert "Not finished" in told and "Notification (EDPB)" in told


def test_a_report_is_proved_and_a_figure_that_was_changed_is_named(leak, tmp_path, capsys):
    assert report(leak, tmp_path / "one", "--only", "channel:email") == 0
    path = tmp_path / "one" / "analysis.json"
    assert run(["verify", str(path), str(leak), "--lang", "en"]) == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    found["people"]["minors"] += 1
    path.write_text(json.dumps(found), encoding="utf-8")
    capsys.readouterr()
    assert run(["verify", str(path), str(leak), "--lang", "en"]) == 1
    assert capsys.readouterr().out.startswith("people.minors: ")


def test_a_pack_and_a_report_in_another_language_are_proved_too(leak, tmp_path):
    assert report(leak, tmp_path / "to", "--split-by", "cabinet", "--formats", "json") == 0
    assert run(["verify", str(tmp_path / "to" / "packs" / "000002" / "analysis.json"), str(leak), "--lang", "fr"]) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda found: {"schema": 1},
        lambda found: found["incident"].update(breach_date="2026-99-99"),
        lambda found: found["incident"].update(informed=5),
        lambda found: found.update(incident="x"),
        lambda found: found.update(incident=None),
        lambda found: found["incident"].update(overrules=[["ei", 1]]),
        lambda found: found.update(only=[1]),
        lambda found: found.update(only={"parts": ["nobody:5"]}),
        lambda found: found.update(analyzed="yesterday"),
        lambda found: "[" * 100_000,
    ],
)
def test_what_is_no_report_is_one_sentence(leak, tmp_path, capsys, change):
    other = tmp_path / "other.json"
    found = {
        "schema": 1,
        "analyzed": "2026-11-30T10:00:00+00:00",
        "incident": {},
        "people": {"best": 1},
        "impact": {"reidentification": {}},
    }
    changed = change(found)
    other.write_text(changed if isinstance(changed, str) else json.dumps(changed or found), encoding="utf-8")
    assert run(["verify", str(other), str(leak), "--lang", "en"]) == 2
    assert "no report of Ampleur" in capsys.readouterr().err


def test_each_controller_gets_its_people_alone_and_the_index_adds_up(leak, tmp_path, capsys):
    to = tmp_path / "packs"
    assert report(leak, to, "--split-by", "cabinet", "--formats", "xlsx,json", "--letters") == 0
    lines = list(csv.reader((to / "packs" / "index.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    packs, foot = lines[1:-4], {name: int(n) for _, name, n in lines[-4:]}
    assert [name for _, name, _ in packs] == ["(no value)", *(f"Cabinet {n}" for n in range(4))]
    assert foot["People"] == 120 and foot["People with more than one controller"] == 6
    assert foot["Sum of the packs"] == sum(int(n) for *_, n in packs) == 126
    assert foot["Sum of the packs"] - foot["Counted with more than one controller"] == foot["People"]
    for folder, name, n in packs:
        found = json.loads((to / "packs" / folder / "analysis.json").read_text(encoding="utf-8"))
        assert found["people"]["best"] == int(n)
        if name.startswith("Cabinet"):
            assert found["incident"]["controller"] == name
            said = (to / "packs" / folder / "letters" / "adult.txt").read_text(encoding="utf-8")
            assert name in said and not [other for other in range(4) if f"Cabinet {other}" != name and f"Cabinet {other}" in said]
    assert "5 packs were written; 6 people stand in more than one." in capsys.readouterr().out


def test_a_list_says_whose_the_values_of_a_column_are(leak, tmp_path, capsys):
    """Of four practices two are of one controller, one of another, and one is not in the list."""
    listed, to = tmp_path / "rpps.csv", tmp_path / "packs"
    lines = ("CABINET 0 ;Maison fictive;x", "cabinet 1;Maison fictive;y", "Cabinet 2;Cabinet d'Été;z", "Cabinet 77;Personne;z")
    listed.write_text("\n".join(["site;titulaire;note", *lines]), encoding="utf-8")
    assert report(leak, to, "--split-by", "cabinet", "--controllers", str(listed), "--formats", "json") == 0
    read = list(csv.reader((to / "packs" / "index.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    packs, foot = read[1:-4], {name: int(n) for _, name, n in read[-4:]}
    assert [name for _, name, _ in packs] == ["(not in the list)", "Cabinet d'Été", "Maison fictive"]
    assert foot["Sum of the packs"] == sum(int(n) for *_, n in packs) and foot["People"] == 120
    assert foot["Sum of the packs"] - foot["Counted with more than one controller"] == foot["People"]
    proved = ["verify", str(to / "packs" / "000002" / "analysis.json"), str(leak), "--lang", "en"]
    assert run([*proved, "--controllers", str(listed)]) == 0
    assert run(proved) == 2 and "give the same list with --controllers" in capsys.readouterr().err
    listed.write_text("site;titulaire\nailleurs;Maison fictive\n", encoding="utf-8")
    assert report(leak, tmp_path / "no", "--split-by", "cabinet", "--controllers", str(listed), "--formats", "json") == 2
    assert "No line of the list rpps.csv holds" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--controllers", "incident.toml"), "name the column with --split-by"),
        (("--split-by", "cabinett"), "No column is called cabinett"),
        (("--formats", "pdf,odt"), "No document is called odt"),
        (("--authority", "ico"), "No document is called ico"),
        (("--since", "incident.toml", "--authority", "edpb"), "The earlier notification cannot be read"),
        (("--withdraw", "x"), "name it with --authority"),
        (("--only", "minor", "--letters"), "are about everybody"),
        (("--split-by", "cabinet", "--shareable"), "would give small counts away"),
    ],
)
def test_a_wrong_wish_is_one_sentence_and_leaves_nothing(leak, tmp_path, capsys, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    assert report(leak, tmp_path / "one", *options) == 2
    assert said in capsys.readouterr().err and not [path for path in tmp_path.rglob("*") if ".ampleur" in path.name]


def test_who_stands_beside_is_in_the_pack_of_her_row(tmp_path):
    head = "nom;prenom;date_naissance;cabinet;personne_confiance_nom;personne_confiance_prenom;personne_confiance_telephone\n"
    rows = [
        f"{named(at)};Anne;{1 + at % 28:02d}/03/1970;Cabinet {at % 3};{named(99 - at)};Paul;0699{at:06d}\n" for at in range(60)
    ]
    leak = tmp_path / "leak.csv"
    leak.write_text(head + "".join(rows), encoding="utf-8")
    (tmp_path / "incident.toml").write_text(INCIDENT, encoding="utf-8")
    assert report(leak, tmp_path / "to", "--split-by", "cabinet", "--formats", "json", "--letters") == 0
    place = tmp_path / "to" / "packs"
    lines = list(csv.reader((place / "index.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    foot = {name: int(n) for _, name, n in lines[-4:]}
    assert [int(n) for *_, n in lines[1:-4]] == [40, 40, 40] and foot["People"] == foot["Sum of the packs"] == 120
    assert (place / "000000" / "letters" / "beside.txt").is_file()


def test_letters_of_an_earlier_pack_do_not_stay(leak, tmp_path):
    assert report(leak, tmp_path / "one", "--letters", "--formats", "md") == 0
    assert (tmp_path / "one" / "letters" / "adult.md").is_file()
    assert report(leak, tmp_path / "one", "--formats", "json") == 0
    assert not list((tmp_path / "one" / "letters").iterdir())
    mine = tmp_path / "one" / "register.xlsx"
    mine.write_text("the controller's own", encoding="utf-8")
    assert report(leak, tmp_path / "one", "--authority", "edpb", "--formats", "json") == 0 and mine.is_file()


def test_the_leak_in_the_folder_of_the_report_is_never_written_over(leak, capsys):
    before = leak.read_bytes()
    assert report(leak, leak.parent) == 0 and leak.read_bytes() == before
    renamed = leak.rename(leak.parent / "summary.csv")
    assert report(renamed, leak.parent, "--formats", "json") == 2
    assert renamed.read_bytes() == before and "would replace a file" in capsys.readouterr().err


def test_the_workbook_opens_on_a_cover_and_no_row_is_lower_than_its_texts(leak, tmp_path):
    assert report(leak, tmp_path / "one", "--formats", "xlsx") == 0
    book = openpyxl.load_workbook(tmp_path / "one" / "summary.xlsx")
    cover = book.worksheets[0]
    said = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None]
    assert cover.title == "Cover" and "Hôpital fictif" in said and "120" in said and any("Deadline" in text for text in said)
    assert book.properties.title == "Impact of a personal data breach" and book.properties.subject == "Hôpital fictif"
    for sheet in book.worksheets[1:]:
        widths = {letter: dim.width for letter, dim in sheet.column_dimensions.items()}
        assert sum(widths.values()) <= 171
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, str) and len(cell.value) > widths.get(cell.column_letter, 11) * 2:
                    height = sheet.row_dimensions[cell.row].height or 15
                    assert height >= min(15 * (len(cell.value) // widths[cell.column_letter]), 400), (
                        sheet.title,
                        cell.coordinate,
                    )


def test_differences_are_named_by_place():
    told = {"a": 1, "b": [1, {"c": "x"}], "timings": 3, "gone": 1}
    found = {"a": 2, "b": [1, {"c": "y"}], "timings": 4, "new": 1}
    assert [item.where for item in differences(told, found)] == ["a", "b[1].c", "gone", "new"]
