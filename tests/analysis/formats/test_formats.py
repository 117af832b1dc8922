"""One invented table in every format and container: the same cells out; and refusals in one sentence."""

import gzip
import io
import os
import random
import struct
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from analysis.formats.encoding import ranked, snippets
from analysis.formats.numbers import shown
from analysis.formats.workbook import cell_styles
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.model import Asked
from analysis.read import joined, keys, read, with_sheet
from tests import wrapped
from tests.conftest import TOP

DATA = Path(__file__).parents[2] / "data"
# Formats that name their columns themselves, or hold more than the table: where its cells are found.
ELSEWHERE = {
    "cards.vcf": ("last name", "first name", "birth date", "postal code", "city", "email"),
    "people.ldif": ("uid", "sn", "givenName", "mail", "l"),
    "messages.hl7": ("PID-3 patient id", "PID-5.1 last name", "PID-5.2 first name", "PID-7 birth date", "PID-11.5 postal code", "PID-11.3 city"),
    "bundle.json": ("id", "name.family", "name.given", "birthDate", "address.postalCode", "address.city", "telecom.value"),
    "fhir.ndjson": ("id", "name.family", "name.given", "birthDate", "address.postalCode", "address.city", "telecom.value"),
    "combo.txt": ("column 1",), "hits.txt": ("login", "Plan"), "box.mbox": ("subject",),
}  # fmt: skip
ORIGIN = {"last name": "nom", "first name": "prenom", "birth date": "naissance", "postal code": "cp", "city": "ville", "uid": "id", "sn": "nom",
          "givenName": "prenom", "mail": "email", "l": "ville", "name.family": "nom", "name.given": "prenom", "birthDate": "naissance",
          "address.postalCode": "cp", "address.city": "ville", "telecom.value": "email", "column 1": "email", "login": "email", "Plan": "naissance", "subject": "ville", "patient id": "id"}  # fmt: skip


def cells(store, found):
    return [tuple(cell or "" for cell in row) for row in store.rows(store.table(found.table))]


@pytest.mark.parametrize("name", [name for name in wrapped.FORMATS if name not in ELSEWHERE])
def test_the_same_table_comes_out_of_every_format(store, tmp_path, name):
    found = read(store, wrapped.write(tmp_path, name), Watch())
    assert found.columns == wrapped.HEAD
    assert cells(store, found) == wrapped.ROWS
    assert found.ledger.balanced and found.ledger.rows == 60
    assert set(dict(found.ledger.reasons)) <= {"footer"}  # "(60 rows affected)"


@pytest.mark.parametrize("name", list(ELSEWHERE))
def test_formats_with_names_of_their_own_give_the_same_cells(store, tmp_path, name):
    found = read(store, wrapped.write(tmp_path, name), Watch())
    for column in ELSEWHERE[name]:
        origin = ORIGIN.get(column) or ORIGIN.get(column.split(" ", 1)[-1]) or column
        mine = [row[found.columns.index(column)] for row in cells(store, found)]
        assert mine == [row[wrapped.HEAD.index(origin)] for row in wrapped.ROWS], column


@pytest.mark.parametrize("made", [wrapped.styled_workbook, wrapped.styled_binary_workbook])
def test_numbers_and_dates_read_as_the_sheet_shows_them(store, tmp_path, made):
    path = tmp_path / "styled"
    path.write_bytes(made())
    found = read(store, path, Watch())
    assert found.columns == ("cp", "naissance", "tel", "part", "heure")
    assert cells(store, found)[0] == ("01000", "01/03/1980", "06 12 34 56 78", "50%", "19/11/2024 08:30")


SHOWN = [(1000, "00000", "01000"), (0.5, "0%", "50%"), (1234.5, "#,##0.00", "1,234.50"), (-3.14159, "0.00", "-3.14"), (-5, "0;(0)", "(5)"),
         (3.5, "0.0#", "3.5"), (123456789, "000-00-0000", "123-45-6789"), (29000, "dd/mm/yyyy", "25/05/1979"), (0.25, "h:mm", "6:00"),
         (1.5, "[h]:mm", "36:00"), (612345678, '0#" "##" "##" "##" "##', "06 12 34 56 78"), (1234.5, '#,##0.00\\ "€"', "1,234.50 €")]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "text"), SHOWN, ids=[f"{item[0]} as {item[1]}" for item in SHOWN])
def test_a_number_format_shows_what_a_spreadsheet_shows(value, code, text):
    assert shown(value, code) == text


def test_every_table_of_a_dump_is_listed_and_can_be_chosen(store, tmp_path):
    found = read(store, wrapped.write(tmp_path, "mysql.sql"), Watch())
    assert [(sheet.name, sheet.ledger.rows) for sheet in found.sheets] == [("patients", 60), ("logs", 3)]
    other = with_sheet(found, "logs")
    assert cells(store, other) == [("1", ""), ("2", "a;b\nc"), ("3", "(x),(y)")]
    asked = read(store, tmp_path / "mysql.sql", Watch(), Asked(table="logs"))
    assert (asked.sheet.name, asked.columns) == ("logs", ("n", "t"))


JOINED = (
    "CREATE TABLE patients (id int, nom text, prenom text);\nINSERT INTO patients VALUES "
    "(1,'DUPONT','Jean'),(2,'MARTIN','Zoé'),(3,'PETIT','Luc');\n"
    "CREATE TABLE contacts (patient_id int, email text);\nINSERT INTO contacts VALUES "
    "(1,'a@x.test'),(1,'b@x.test'),(3,'c@x.test'),(9,'d@x.test');\n"
)


def test_tables_are_joined_on_a_proposed_key(store, tmp_path):
    path = tmp_path / "two.sql"
    path.write_text(JOINED)
    found = read(store, path, Watch())
    (key,) = keys(store, found, Watch())
    assert (key.left, key.right, key.name, key.share) == ("contacts", "patients", "patient_id", 0.75)
    whole = joined(store, found, key, Watch())
    assert whole.columns == ("patient_id", "email", "nom", "prenom")
    assert cells(store, whole) == [
        ("1", "a@x.test", "DUPONT", "Jean"),
        ("1", "b@x.test", "DUPONT", "Jean"),
        ("3", "c@x.test", "PETIT", "Luc"),
        ("9", "d@x.test", "", ""),
    ]
    assert (whole.ledger.kept, whole.ledger.rejected, whole.ledger.balanced) == (4, 1, True)


def test_tables_that_stand_one_below_the_other_are_told_apart(store, tmp_path):
    path = tmp_path / "stacked.csv"
    patients = "id;nom;naissance\n" + "".join(f"{at};DUPONT;0{at % 9 + 1}/01/1970\n" for at in range(20))
    visits = "visite;patient;date;service\n" + "".join(f"V{at};{at};0{at % 9 + 1}/02/2024;Urgences\n" for at in range(30))
    path.write_text("Patients\n" + patients + "\n\nVisites\n\n" + visits)
    found = read(store, path, Watch())
    assert {(sheet.name, sheet.columns, sheet.ledger.rows) for sheet in found.sheets} == {
        ("stacked.csv/1", ("id", "nom", "naissance"), 20), ("stacked.csv/2", ("visite", "patient", "date", "service"), 30)}  # fmt: skip
    assert sum(sheet.ledger.records_read for sheet in found.sheets) == len(path.read_text().split("\n")) - 1


def test_a_person_names_the_key_of_a_join(store, tmp_path):
    path = tmp_path / "two.sql"
    path.write_text(JOINED)
    found = read(store, path, Watch(), Asked(table="contacts", join="patients:patient_id=id"))
    assert found.columns == ("patient_id", "email", "nom", "prenom")
    with pytest.raises(Trouble) as raised:
        read(store, path, Watch(), Asked(table="contacts", join="patients:email=nothing"))
    assert (raised.value.code, raised.value.status) == ("join", 2)


def test_a_table_that_is_not_there_is_a_sentence(store, tmp_path):
    with pytest.raises(Trouble) as raised:
        read(store, wrapped.write(tmp_path, "mysql.sql"), Watch(), Asked(table="nobody"))
    assert raised.value.code == "no_table"


@pytest.mark.parametrize("make", [lambda: wrapped.locked_zip("sésame"), lambda: wrapped.seven("sésame")], ids=["zip", "7z"])
def test_an_archive_with_a_password_asks_for_it(store, tmp_path, make):
    path = tmp_path / "locked"
    path.write_bytes(make())
    for password in ("", "wrong"):
        with pytest.raises(Trouble) as raised:
            read(store, path, Watch(), Asked(password=password))
        assert raised.value.code == "password"
    assert cells(store, read(store, path, Watch(), Asked(password="sésame"))) == wrapped.ROWS


def test_files_of_one_shape_are_read_as_one(store, tmp_path):
    folder = tmp_path / "several"
    folder.mkdir()
    (folder / "a.csv").write_text(wrapped.csv_text())
    (folder / "b.csv.gz").write_bytes(gzip.compress(wrapped.csv_text().encode()))
    found = read(store, folder, Watch())
    assert (found.files, found.ledger.rows, found.ledger.header, len(found.sheets)) == (2, 120, 2, 1)
    assert found.ledger.balanced
    two = read(store, [folder / "a.csv", folder / "a.csv"], Watch())
    assert two.ledger.rows == 120


def bomb_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as member:
        for _ in range(200):
            member.write(b"0;0;0;00\n" * (1 << 17))
    return out.getvalue()


def bomb_xlsx() -> bytes:
    """A workbook whose shared strings unpack to 300 MB."""
    book, out = zipfile.ZipFile(io.BytesIO(wrapped.workbook())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in book.infolist():
            archive.writestr(item.filename, book.read(item))
        archive.writestr("xl/sharedStrings.xml", b"<sst><si><t>" + b"A" * (300 << 20) + b"</t></si></sst>")
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l><p><n>&b;</n><m>x</m></p></l>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><l><p><n>&a;</n><m>x</m></p></l>'
BAD = {
    "a zip bomb": (bomb_zip, {"bomb"}),
    "a workbook that unpacks to far more": (bomb_xlsx, {"bomb"}),
    "entities that multiply": (lambda: LAUGHS, {"doctype"}),
    "an entity from outside": (lambda: ENTITY, {"doctype"}),
    "a gzip that is only its "
        "beginning": (lambda: gzip.compress(wrapped.csv_text().encode())[:40], {"damaged", "no_rows", "unreadable"}),
    "a cut zip": (lambda: wrapped.zipped({"a.csv": b"a;b\n1;2\n"})[:-30], {"damaged"}),
    "a cut workbook": (lambda: wrapped.workbook()[:3000], {"damaged", "unreadable", "format"}),
    "a cut parquet": (lambda: wrapped.parquet()[:-40], {"unreadable"}),
    "a cut database": (lambda: wrapped.sqlite_bytes()[:4100], {"unreadable"}),
    "a page of the web": (lambda: b"<!DOCTYPE html><html><body>x</body></html>", {"format"}),
    "a PDF": (lambda: b"%PDF-1.7\n" + b"x" * 100, {"format"}),
    "json that is only its beginning": (lambda: b'[{"a": ', {"unreadable"}),
    "json nested without end": (lambda: b"[" * 100_000, {"unreadable", "memory", "died"}),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BAD))
def test_a_hostile_or_damaged_file_is_refused_in_a_sentence(store, tmp_path, name):
    make, codes = BAD[name]
    path = tmp_path / "leak"
    path.write_bytes(make())
    before = set(tmp_path.iterdir())
    with pytest.raises(Trouble) as raised:
        read(store, path, Watch())
    assert raised.value.code in codes
    assert set(tmp_path.iterdir()) == before


def test_members_and_files_that_begin_alike_are_each_read(store, tmp_path):
    """An export of every month begins as the one before: their first 64 KiB, names, times and sizes may be equal."""
    rows = [f"{at};DURAND{at};Ada;01/03/1980" for at in range(4_000)]
    ends = {"jan": "PETIT", "feb": "GRAND"}
    texts = {
        month: "\n".join(["id;nom;prenom;naissance", *rows, f"4000;{end};Zoé;11/03/1981", ""]) for month, end in ends.items()
    }
    with zipfile.ZipFile(tmp_path / "months.zip", "w") as archive:
        for month in ("jan", "feb"):
            archive.writestr(f"{month}.csv", texts[month])
    for month in ("jan", "feb"):
        (tmp_path / "folder" / month).mkdir(parents=True)
        file = tmp_path / "folder" / month / "export.csv"
        file.write_text(texts[month], encoding="utf-8")
        os.utime(file, ns=(10**18, 10**18))
    for source in (tmp_path / "months.zip", tmp_path / "folder"):
        leak = read(store, [source], Watch())
        names = store.table(leak.table).filter(lambda t: t.c0 == "4000").select("c1")
        assert sorted(store.rows(names)) == [("GRAND",), ("PETIT",)]
        assert leak.rows == 8_002


def test_members_that_climb_out_are_refused_and_counted(store, tmp_path):
    path = tmp_path / "leak.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("../../out.csv", "/abs.csv", "good.csv"):
            item = tarfile.TarInfo(name)
            item.size = len(wrapped.csv_text().encode())
            archive.addfile(item, io.BytesIO(wrapped.csv_text().encode()))
        link = tarfile.TarInfo("link.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = read(store, path, Watch())
    assert (len(found.unread), found.ledger.rows) == (3, 60)
    assert {item.name for item in tmp_path.iterdir()} == {"leak.tar"}


def test_a_column_that_appears_late_gets_its_place(store, tmp_path):
    path = tmp_path / "late.ndjson"
    path.write_text("".join(f'{{"nom": "{"X" * 2000}", "n": {at}}}\n' for at in range(4000)) + '{"nom": "Y", "tard": "oui"}\n')
    found = read(store, path, Watch())
    assert found.columns == ("nom", "n", "tard")
    assert store.rows(store.table(found.table).filter(lambda t: t.c2.notnull())) == [("Y", None, "oui")]


def test_json_numbers_keep_their_signs(store, tmp_path):
    path = tmp_path / "n.ndjson"
    path.write_text('{"a": 1.10, "b": 1e5, "c": true, "d": null}\n{"a": 12345678901234567890, "b": -0, "c": false, "d": "x"}\n')
    assert cells(store, read(store, path, Watch())) == [("1.10", "1e5", "true", ""), ("12345678901234567890", "-0", "false", "x")]


def test_a_cancel_ends_the_child(store, tmp_path):
    from analysis.ground.errors import Cancelled

    path = tmp_path / "big.sql"
    path.write_text(
        "CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES " + ",".join(f"({at},'DUPONT')" for at in range(600_000)) + ";\n"
    )
    watch = Watch(lambda progress: watch.stop() if progress.fraction > 0.4 else None)
    with pytest.raises(Cancelled):
        read(store, path, watch)


def test_a_child_that_dies_costs_a_sentence(store, tmp_path, monkeypatch):
    from analysis.read import children

    monkeypatch.setattr(children, "START", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Trouble) as raised:
        read(store, wrapped.write(tmp_path, "mysql.sql"), Watch())
    assert raised.value.code == "died"


def test_a_row_cut_off_in_a_dump_is_rejected_with_its_line(store, tmp_path):
    path = tmp_path / "cut.sql"
    path.write_text(wrapped.mysql().split("CREATE TABLE `logs`")[0].rstrip()[:-40])
    found = read(store, path, Watch())
    assert (found.ledger.rows, found.ledger.rejected, found.ledger.balanced) == (59, 1, True)
    assert dict(found.ledger.reasons) == {"not_a_row": 1}


CUT = {
    "x.json": lambda: wrapped.FORMATS["array.json"]().encode()[:-200], "x.xml": lambda: wrapped.xml().encode()[:-300],
    "x.csv.gz": lambda: gzip.compress(wrapped.csv_text().encode() * 40)[:-100],
}  # fmt: skip


@pytest.mark.parametrize("name", list(CUT))
def test_of_a_file_cut_off_the_beginning_is_kept_and_the_rest_counted(store, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(CUT[name]())
    found = read(store, path, Watch())
    assert found.ledger.rows > 50 and found.ledger.balanced
    assert dict(found.ledger.reasons)["rest_unreadable"] == 1


def test_a_row_of_another_width_in_a_dump_is_rejected_and_counted(store, tmp_path):
    path = tmp_path / "ragged.sql"
    path.write_text("CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES (1,'x'),(2,'y','z'),(3,'w'),(4),(5,'v');\n")
    found = read(store, path, Watch())
    assert cells(store, found) == [("1", "x"), ("3", "w"), ("5", "v")]
    assert (found.ledger.rejected, dict(found.ledger.reasons), found.ledger.balanced) == (2, {"other_width": 2}, True)


def test_the_frame_of_a_child_is_bounded():
    from analysis.read.intake import Frames

    with pytest.raises(Trouble):
        Frames(io.BytesIO(b"D" + struct.pack(">I", 1 << 31))).next()


def test_an_old_workbook_reads_as_its_sheet_shows_it(store):
    found = read(store, DATA / "fictional.xls", Watch())
    assert found.columns == wrapped.HEAD
    assert cells(store, found) == wrapped.ROWS
    assert (found.ledger.preamble, found.ledger.header, found.ledger.kept) == (1, 1, 60)


def test_an_address_a_login_and_a_password_are_kept_apart_whatever_the_password_holds(store, tmp_path):
    path = tmp_path / "logins.txt"
    path.write_text(
        "".join(f"https://portail{at}.exemple.test:8443/login:p{at}@exemple.test:a:b|{at};\n" for at in range(20)) + "rien\n"
    )
    found = read(store, path, Watch())
    assert cells(store, found)[3] == ("https://portail3.exemple.test:8443/login", "p3@exemple.test", "a:b|3;")
    assert (found.ledger.kept, found.ledger.rejected) == (20, 1)


@pytest.mark.parametrize("sign", [";", ":", "|", ","])
def test_a_password_keeps_the_sign_that_stands_before_it(store, tmp_path, sign):
    path = tmp_path / "combo.txt"
    path.write_text("".join(f"p{at}@exemple.test{sign}mot{at}{sign + 'x' if at % 7 == 0 else ''}\n" for at in range(40)))
    found = read(store, path, Watch())
    assert cells(store, found)[:2] == [("p0@exemple.test", f"mot0{sign}x"), ("p1@exemple.test", "mot1")]
    assert found.ledger.rows == 40


def test_what_is_rejected_of_a_table_without_rows_stays_in_the_ledger(store, tmp_path):
    path = tmp_path / "dump.sql"
    path.write_text("-- MySQL dump\nINSERT INTO t (id,n) VALUES (1,'a');\nINSERT INTO `u` SELECT 7, 'x';\n")
    found = read(store, path, Watch())
    assert (found.ledger.kept, found.ledger.rejected) == (1, 1)
    assert found.ledger.balanced


def test_progress_of_a_packed_file_is_the_share_that_was_read(store, tmp_path):
    path = tmp_path / "large.csv.gz"
    path.write_bytes(
        gzip.compress(random.Random(5).randbytes(3 << 20).hex().encode().replace(b"0", b";").replace(b"f", b"\n"), 1)
    )
    told = []
    read(store, path, Watch(lambda progress: told.append(progress.fraction)))
    assert told == sorted(told) and told[-1] > 0.8
    assert sum(0.2 < share < 0.8 for share in told) >= 3


def test_no_head_of_a_file_takes_long_to_be_named():
    heads = ["x" + "\n" * 65_000, "#" + "\n" * 65_000, "/*\n" * 21_000, "COPY " + "a" * 65_000, "INSERT " + "a" * 65_000, "INSERT\n" * 9_000,
             "/* */\n" * 10_000, "BEGIN;\n" * 9_000, " " * 65_000 + "x", "version: 1\n" * 6_000]  # fmt: skip
    named = subprocess.run(
        [sys.executable, "-c", "import sys\nfrom analysis.formats.sniff import text_format\nfor head in "
            "sys.stdin.read().split('|'): print(text_format(head))"],
        input="|".join(heads), text=True, capture_output=True, timeout=20, check=True, cwd=TOP,
    )  # fmt: skip
    assert named.stdout.split() == ["text"] * len(heads)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0, '[=0]"non";[=1]"oui";General', "non"),
        (1, '[=0]"non";[=1]"oui";General', "oui"),
        (7, '[=0]"non";[=1]"oui";General', "7"),
        (2125550100, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "(212) 555-0100"),
        (5550100, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-0100"),
        (639980001, '0#" "##" "##" "##" "##', "06 39 98 00 01"),
        (-12.5, "[Red]0.0;[Blue]\\-0.0", "-12.5"),
        (-12.5, "0.00;[Red]0.00", "12.50"),
        (3, '0" kg; net"', "3 kg; net"),
        (12, '"n° 0"0', "n° 012"),
        (43562, "[$-40C]d mmmm yyyy;@", "7 avril 2019"),
        (43562, "[$-407]d. mmmm yyyy", "7. April 2019"),
        (43562, "[$-409]d mmmm yyyy", "7 April 2019"),
    ],
)
def test_number_formats_show_what_the_sheet_shows(value, code, text):
    assert shown(value, code) == text


@pytest.mark.parametrize("cell", ['<x:c s="{}" r="B2">', '<x:c s="{}">', "<x:c r='B2' s='{}'>", '<x:c t="n" s="{}" r="B2">'])
def test_cells_in_any_writing_keep_their_style(cell):
    head = '<x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c>'
    exact, usual = cell_styles(io.BytesIO(f"{head}{cell.format(3)}<x:v>1</x:v></x:c></x:row></x:sheetData>".encode()), 1 << 20)
    assert exact == {(1, 1): 3} and usual[1] == {3: 1}


JSONS = {
    "map": (
        '{"users": {"u1": {"nom": "A", "ville": "X"}, "u2": {"nom": "B", "ville": "Y"}}}',
        {"users": (2, ["key", "nom", "ville"])},
    ),
    "split": (
        '{"columns": ["nom", "ville"], "index": [0, 1], "data": [["A", "X"], ["B", "Y"]]}',
        {"records": (2, ["nom", "ville"])},
    ),
    "named columns": ('{"cols": [{"name": "nom"}, {"name": "ville"}], "rows": [["A", "X"]]}', {"records": (1, ["nom", "ville"])}),
    "by column": ('{"nom": {"0": "A", "1": "B"}, "ville": {"0": "X", "1": "Y"}}', {"records": (2, ["nom", "ville"])}),
    "lists by column": ('{"nom": ["A", "B", "C"], "ville": ["X", "Y", "Z"]}', {"records": (3, ["nom", "ville"])}),
    "beside a list": (
        '{"nom": "A", "nir": "1", "examens": [{"type": "NFS"}]}',
        {"records": (1, ["nom", "nir"]), "examens": (1, ["type"])},
    ),
    "counts beside a list": ('{"count": 1, "next": null, "results": [{"nom": "A"}]}', {"results": (1, ["nom"])}),
    "deep": ('{"a": {"b": {"people": [{"nom": "A"}], "n": 1}}}', {"a.b.people": (1, ["nom"])}),
    "NaN and commas": ('[{"nom": "A", "age": NaN,}, {"nom": "B, ]", "age": 3},]', {"records": (2, ["nom", "age"])}),
    "shell of MongoDB": (
        '[{"_id": ObjectId("65a1"), "né": ISODate("1980-01-02"), "n": NumberLong(3)}]',
        {"records": (1, ["_id", "né", "n"])},
    ),
    "one": ('{"nom": "A", "ville": {"cp": "69001"}}', {"records": (1, ["nom", "ville.cp"])}),
}


@pytest.mark.parametrize("name", list(JSONS))
def test_tables_are_found_in_json_however_they_are_written(store, tmp_path, name):
    text, wanted = JSONS[name]
    path = tmp_path / "leak.json"
    path.write_text(text, encoding="utf-8")
    found = read(store, path, Watch())
    assert {sheet.name: (sheet.ledger.rows, list(sheet.columns)) for sheet in found.sheets} == wanted


def test_actions_of_a_bulk_file_are_no_records(store, tmp_path):
    path = tmp_path / "bulk.ndjson"
    path.write_text("".join(f'{{"index": {{"_index": "p", "_id": "{at}"}}}}\n{{"nom": "FICTIF{at}"}}\n' for at in range(5)))
    found = read(store, path, Watch())
    assert (found.columns, found.rows, dict(found.ledger.reasons)) == (("nom",), 5, {"action": 5})


def test_what_is_nested_without_end_takes_no_time(store, tmp_path):
    path = tmp_path / "deep.json"
    path.write_text('{"a":' * 300 + '{"x": 1}' + ', "b": {"c": 2}}' * 300)
    assert read(store, path, Watch()).rows >= 1


def test_a_cell_of_a_page_that_reaches_down_stands_in_every_row(store, tmp_path):
    rows = "".join(
        f"<tr><td rowspan=2>Service {at}</td><td>FICTIF{at}</td><td>Essai</td></tr><tr><td>TEMOIN{at}</td><td>Essai</td></tr>"
        for at in range(4)
    )
    path = tmp_path / "page.html"
    path.write_text(f"<table><tr><th>Service</th><th>Nom</th><th>Prénom</th></tr>{rows}</table>", encoding="utf-8")
    found = read(store, path, Watch())
    cells = store.rows(store.table(found.table))
    assert found.columns == ("Service", "Nom", "Prénom") and len(cells) == 8
    assert [row[0] for row in cells[:4]] == ["Service 0", "Service 0", "Service 1", "Service 1"]
    assert {row[2] for row in cells} == {"Essai"}


@pytest.mark.parametrize("blank", ["", " "])
def test_a_quoted_printable_name_that_is_folded_stays_in_one_piece(store, tmp_path, blank):
    path = tmp_path / "cards.vcf"
    path.write_text(
        f"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:FICTIF;=4C=C3=A9=\n{blank}=61;;;\nTEL;CELL:0639980001\nEND:VCARD\n"
    )
    found = read(store, path, Watch())
    assert store.rows(store.table(found.table)) == [("FICTIF", "Léa", "0639980001")]


def test_a_workbook_as_xml_has_styles_before_its_sheets(store, tmp_path):
    styles = "".join(f'<Style ss:ID="s{at}" ss:Name="n{at}"><Alignment ss:Vertical="Bottom"/></Style>' for at in range(9))
    rows = "".join(
        f"<Row>{''.join(f'<Cell><Data>{text}</Data></Cell>' for text in row)}</Row>"
        for row in (("Nom", "Ville"), ("FICTIF", "Lyon"), ("ESSAI", "Lille"))
    )
    path = tmp_path / "leak.xml"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="Agents"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    found = read(store, path, Watch())
    assert (found.sheet.name, found.columns, found.rows) == ("Agents", ("Nom", "Ville"), 2)


def test_records_of_which_every_part_has_parts_are_found(store, tmp_path):
    payment = "<Tx><Id><EndToEnd>{0}</EndToEnd></Id><Amt><Inst>1{0}</Inst></Amt><Cdtr><Nm>FICTIF {0}</Nm></Cdtr><Acct><Id><IBAN>FR00{0}</IBAN></Id></Acct></Tx>"
    path = tmp_path / "sepa.xml"
    path.write_text(
        f"<Document><Head><MsgId>x</MsgId><Nb>3</Nb></Head><Inf>{''.join(payment.format(at) for at in range(3))}</Inf></Document>"
    )
    found = read(store, path, Watch())
    assert (found.rows, found.columns) == (3, ("Id.EndToEnd", "Amt.Inst", "Cdtr.Nm", "Acct.Id.IBAN"))


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        ("cp1250", "Příjmení;Město\nNováček;Plzeň\nŘezníčková;Děčín\nČerný;Ústí nad Labem\n"),
        ("cp1250", "Vezetéknév;Város\nKőváry;Győr\nSzűcs;Érd\nHegedűs;Szombathely\nBőhm;Tököl\n"),
        ("cp1257", "Pavardė;Miestas\nŽukauskienė;Šiauliai\nČiurlytė;Panevėžys\nPaškevičius;Klaipėda\n"),
        ("cp850", "Nom;Ville\nLefèvre;Évry\nBézard;Orléans\nGaràud;Besançon\n"),
        ("mac_roman", "Nom;Ville\nLefèvre;Évry\nBézard;Orléans\nGaràud;Besançon\n"),
        ("cp1254", "Soyadı;Şehir\nYıldız;Muğla\nÇağlar;Iğdır\nŞahin;Kırşehir\n"),
        (
            "cp1255",
            "משפחה;עיר;רחוב\nכהן;ירושלים;הרצל\nלוי;באר שבע;רוטשילד\nמזרחי;חיפה;הנביאים\nפרץ;אשדוד;בן גוריון\nביטון;תל אביב;דיזנגוף\nאברהם;נתניה;ויצמן\nפרידמן;חולון;סוקולוב\n",
        ),
    ],
)
def test_the_encoding_is_that_of_one_language(encoding: str, lines: str) -> None:
    found, _ = ranked(snippets([lines.encode(encoding)]))
    assert lines.encode(encoding).decode(found) == lines


def test_an_encoding_that_is_nearly_as_likely_is_told() -> None:
    assert ranked(snippets(["Lefèvre;Genève\n".encode("cp1252")])) == ("cp1252", "cp1250")
    assert ranked(snippets(["Lefèvre;Besançon;Hélène\n".encode("cp1252")])) == ("cp1252", "")


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?q?a" + ":" * 200_000,
        "Subject: =?utf-8?q?a" + "\n :=?" * 50_000,
        "Content-Type: text/plain" + ";\n a=b" * 5_000,
    ],
)
def test_a_message_with_an_endless_header_is_rejected_at_once(header, store, tmp_path):
    path = tmp_path / "box.mbox"
    message = (
        "From a@b.example Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nTo: c@d.example\nDate: Mon, 1 Jan 2024\n{}\n\nHello\n\n"
    )
    path.write_text(message.format("Subject: one") + message.format(header) + message.format("Subject: two"))
    found = read(store, path, Watch())
    assert dict(found.ledger.reasons) == {"row_too_long": 1} and found.ledger.kept == 2
