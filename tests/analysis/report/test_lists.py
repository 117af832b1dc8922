"""The lists of those who must be told: everybody once, by the channel that reaches her, encrypted, whole or not at all."""

import csv
import io
import os
import random
from collections import Counter
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
import pyzipper

from analysis.assess import narrowed
from analysis.declare.question import Question
from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model.codes import Channel
from analysis.pipeline import answer
from analysis.report import write_lists
from analysis.report.lists import in_block

SECRET = "quatre mots au hasard"
HOSTILE = (
    '=HYPERLINK("http://x.invalid")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '"quoted"',
    "tab\there",
    "line\u2028turn",
    "\u202eevil",
)


def lists_of(path, secret=None):
    """name -> rows of each list."""
    if secret is None:
        return {item.name: list(csv.reader(io.StringIO(item.read_text(encoding="utf-8-sig")))) for item in path.iterdir()}
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(secret.encode())
        return {name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))) for name in archive.namelist()}


def analyzed(store, tmp_path, text):
    path = tmp_path / "leak.csv"
    path.write_text(text, encoding="utf-8")
    return answer(store, Question(files=(path,)), Watch())


def test_everybody_is_on_one_list_and_the_counts_are_those_of_the_impact(sample_impact, tmp_path):
    store, impact = sample_impact
    handed = write_lists(store, impact, tmp_path / "lists", Words("en"), Watch(), None)
    found, reach = lists_of(tmp_path / "lists"), impact.verdict.reach
    assert handed.informed + handed.not_informed == impact.people.best
    assert {name: len(rows) - 1 for name, rows in found.items() if name != "0-summary.csv"} == {
        "1-email.csv": reach.email,
        "2-sms.csv": reach.sms,
        "3-post.csv": reach.post,
        "4-call.csv": reach.call,
        "5-relatives.csv": reach.deceased,
        "6-none.csv": reach.none,
    }
    numbers = Counter(row[0] for name, rows in found.items() if name != "0-summary.csv" for row in rows[1:])
    assert set(numbers.values()) == {1} and len(numbers) == impact.people.best
    summary = {row[0]: row[1] for row in found["0-summary.csv"]}
    assert summary["People in all"] == str(impact.people.best) and summary["People told"] == str(handed.informed)
    assert all("@" in row[6] for row in found["1-email.csv"][1:]) and all(row[6].isdigit() for row in found["2-sms.csv"][1:])


def test_the_archive_opens_with_the_passphrase_alone(sample_impact, tmp_path):
    store, impact = sample_impact
    write_lists(store, impact, tmp_path / "lists.zip", Words("fr"), Watch(), SECRET)
    names = lists_of(tmp_path / "lists.zip", SECRET)
    assert len(names["1-email.csv"]) == impact.verdict.reach.email + 1
    first = names["1-email.csv"][1][6].encode()
    assert first not in (tmp_path / "lists.zip").read_bytes()
    with pytest.raises(RuntimeError):
        lists_of(tmp_path / "lists.zip", "another phrase of words")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "parquet"])
def test_what_is_encrypted_never_lies_on_the_disk_in_clear(sample_impact, tmp_path, monkeypatch, kind):
    """What libraries write beside the target is looked at before it goes."""
    store, impact = sample_impact
    seen: list[bytes] = []

    def removed(path, *rest, real=os.remove, **how):
        seen.append(Path(path).read_bytes())
        real(path, *rest, **how)

    monkeypatch.setattr("os.remove", removed)
    write_lists(store, impact, tmp_path / "lists.zip", Words("en"), Watch(), SECRET, kind)
    monkeypatch.undo()
    assert not [one for one in seen if b"@" in one]
    assert b"exemple" not in (tmp_path / "lists.zip").read_bytes()


def test_a_minor_is_told_through_the_parent_and_the_dead_through_relatives(store, tmp_path):
    rows = ["nom;prenom;naissance;email;parent_nom;parent_prenom;parent_email;date_deces"]
    for at in range(30):
        child = at < 10
        parent = f"PARENTFICTIF{'ABCDEFGHIJ'[at]};Odile;odile{at}@exemple.invalid" if child else ";;"
        death = "03/02/2020" if at >= 27 else ""
        rows.append(
            f"FICTIF{'ABCDEFGHIJKLMNOPQRSTUVWXYZABCD'[at]}{at % 3 * 'X'};Jeanne;0{at % 9 + 1}/02/{2015 if child else 1960};enfant{at}@exemple.invalid;{parent};{death}"
        )
    impact = analyzed(store, tmp_path, "\n".join(rows) + "\n")
    write_lists(store, impact, tmp_path / "lists", Words("en"), Watch(), None)
    found = lists_of(tmp_path / "lists")
    minors = [row for row in found["1-email.csv"][1:] if row[6].startswith("odile") and row[3]]
    assert len(minors) == 10 and all(row[2].startswith("Odile PARENTFICTIF") and row[3].startswith("Jeanne") for row in minors)
    assert all(row[2].startswith("The relatives of Jeanne") for row in found["5-relatives.csv"][1:])
    assert len(found["5-relatives.csv"]) - 1 == impact.verdict.reach.deceased == 3


def test_a_minor_without_a_known_parent_is_addressed_as_such(sample_impact, tmp_path):
    store, impact = sample_impact
    some = narrowed(store, impact, ("minor",), Watch())
    handed = write_lists(store, some, tmp_path / "lists", Words("fr"), Watch(), None)
    found = lists_of(tmp_path / "lists")
    assert handed.informed + handed.not_informed == impact.verdict.minors
    told = [row[2] for name in ("1-email.csv", "2-sms.csv", "3-post.csv") for row in found[name][1:]]
    assert told and all(text.startswith("Représentant légal de ") for text in told)


def test_one_letter_for_each_address_leaves_nobody_out(store, tmp_path):
    rows = "".join(
        f"FICTIF{'ABC'[at % 3]};Jeanne{'ABCDEFGHIJ'[at % 10]};0{at % 9 + 1}/02/19{40 + at};{at // 4} rue de la Fiction;69001;Lyon\n"
        for at in range(40)
    )
    impact = analyzed(store, tmp_path, "nom;prenom;naissance;adresse;code_postal;ville\n" + rows)
    handed = write_lists(store, impact, tmp_path / "lists", Words("en"), Watch(), None, households=True)
    found = lists_of(tmp_path / "lists")["3-post.csv"]
    assert dict(handed.people)[Channel.POST] == 40 and dict(handed.lines)[Channel.POST] == len(found) - 1 == 10
    assert all("and the people of" in " ".join(row[6:8]) for row in found[1:]) and found[1][10:12] == ["69001", "LYON"]
    assert all(len(line) <= 38 for row in found[1:] for line in row[6:10])


def test_hostile_cells_are_text_in_every_list(store, tmp_path):
    def cell(at):
        return HOSTILE[at % len(HOSTILE)].replace('"', '""')

    rows = "".join(
        f'FICTIF{"ABCDEFGHIJ"[at % 10]};"{cell(at)}";0{at % 9 + 1}/02/19{40 + at};fictif{at}@exemple.invalid\n'
        for at in range(40)
    )
    impact = analyzed(store, tmp_path, "nom;prenom;naissance;email\n" + rows)
    write_lists(store, impact, tmp_path / "lists", Words("en"), Watch(), None)
    cells = [text for rows in lists_of(tmp_path / "lists").values() for row in rows for text in row]
    assert not any(text[:1] in "=+-@\t\r" for text in cells if text)
    assert not any(sign in text for text in cells for sign in "\u2028\u202e\t\n")
    write_lists(store, impact, tmp_path / "books", Words("en"), Watch(), None, "xlsx")
    for book in (tmp_path / "books").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(book):
            assert all(item.data_type == "s" or item.value is None for row in sheet.iter_rows() for item in row)


def folded(text):
    """Two lines of at most 38 signs, whole words: as a reader of AFNOR XP Z10-011 would break it."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > 38:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return ([line[:38] for line in lines] + [""])[:2]


def test_an_address_takes_four_lines_of_38_signs(store):
    rng = random.Random(4)
    words = ["12", "BIS", "RUE", "DE", "L’ÉGLISE", "CONSTANTINOPLE", "Œ" * 38, "X" * 39, "Y" * 80, "SAINT-JEAN-DE-LA-BLAQUIÈRE"]
    texts = [
        "",
        " ",
        "X" * 38 + " A",
        "X" * 37 + " A B",
        *(" ".join(rng.choices(words, k=rng.randrange(1, 9))) for _ in range(400)),
    ]
    rows = [
        (f"{at}", "", to, "", "", "", "", street, "", "", "")
        for at, (to, street) in enumerate(zip(texts, texts[::-1], strict=True))
    ]
    store.insert_text("typed", rows, Watch())
    names = ("n", "role", "to", "about", "last", "first", "person", "street", "code", "city", "same")
    typed = store.table("typed")
    asked = in_block(typed.select(**{name: typed[f"c{at}"].fill_null("") for at, name in enumerate(names)}))
    for row in store.rows(asked.select("n", "line1", "line2", "line3", "line4")):
        at = int(row[0])
        one, two = folded(texts[at])
        lines = [one, *([two] if two else []), *folded(texts[::-1][at]), "", ""][:4]
        assert list(row[1:]) == lines, texts[at]


def test_parquet_holds_what_csv_holds_without_the_apostrophes(sample_impact, tmp_path):
    store, impact = sample_impact
    for kind in ("csv", "parquet"):
        write_lists(store, impact, tmp_path / kind, Words("fr"), Watch(), None, kind)
    for path in (tmp_path / "csv").glob("[1-6]*.csv"):
        head, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        table = pyarrow.parquet.read_table(tmp_path / "parquet" / f"{path.stem}.parquet")
        assert table.column_names == head and table.num_rows == len(rows)
        plain = [list(row.values()) for row in table.to_pylist()]
        assert [[cell.removeprefix("'") for cell in row] for row in rows] == plain


@pytest.mark.parametrize(("secret", "kind", "code"), [("short", "csv", "passphrase"), (SECRET, "pdf", "lists_kind")])
def test_what_cannot_be_written_is_said_before_anything_is(sample_impact, tmp_path, secret, kind, code):
    store, impact = sample_impact
    with pytest.raises(Trouble) as refused:
        write_lists(store, impact, tmp_path / "lists.zip", Words("en"), Watch(), secret, kind)
    assert refused.value.code == code and not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_never_mixed_with(sample_impact, tmp_path):
    store, impact = sample_impact
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "mine.txt").write_text("mine")
    with pytest.raises(Trouble) as refused:
        write_lists(store, impact, tmp_path / "lists", Words("en"), Watch(), None)
    assert refused.value.code == "output_there" and [item.name for item in (tmp_path / "lists").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("secret", [None, SECRET])
def test_a_stop_leaves_nothing_and_the_old_one_intact(sample_impact, tmp_path, secret):
    store, impact = sample_impact
    path = tmp_path / "lists.zip"
    if secret:
        path.write_bytes(b"the old one")
    watch = Watch(lambda progress: watch.stop() if progress.fraction > 0.45 else None)
    with pytest.raises(Cancelled):
        write_lists(store, impact, path, Words("en"), watch, secret)
    assert [item.name for item in tmp_path.iterdir()] == (["lists.zip"] if secret else [])
    assert not secret or path.read_bytes() == b"the old one"
    assert not [name for name in store.names() if name.startswith(("addresses", "lines"))]
