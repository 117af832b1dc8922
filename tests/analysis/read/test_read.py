"""Every record is accounted for: literal cases, random tables, bad files."""

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.read import engine, read
from analysis.read import source as source_module
from analysis.read.engine import rows_before
from tests.conftest import CANARY, MONTHS

ROWS = "".join(f"P{at:03d};DUPONT{chr(65 + at % 26)};0{at % 9 + 1}/01/1970;750{at % 20 + 1:02d}\n" for at in range(60))
HEAD = "id;nom;naissance;cp\n"


def leak(store, tmp_path, content, name="leak.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(store, path, Watch())


def rows(store, found):
    return store.rows(store.table(found.table))


def counts(ledger):
    return {
        key: getattr(ledger, key)
        for key in ("physical_lines", "records_read", "header", "preamble", "blank", "kept", "irregular", "repaired", "rejected")
    }


def cells(store, found):
    return store.rows(store.table(found.table))


CASES = [
    ("plain", HEAD + ROWS, {"kept": 60, "header": 1}, {}),
    ("no line end at the end", (HEAD + ROWS)[:-1], {"kept": 60, "header": 1}, {}),
    ("windows line ends", (HEAD + ROWS).replace("\n", "\r\n"), {"kept": 60, "header": 1}, {}),
    ("old mac line ends", (HEAD + ROWS).replace("\n", "\r"), {"kept": 60, "header": 1}, {}),
    ("byte order mark", "\ufeff" + HEAD + ROWS, {"kept": 60, "header": 1}, {}),
    ("no header", ROWS, {"kept": 60, "header": 0}, {}),
    ("preamble", "Export du 19/11/2024\n\n" + HEAD + ROWS, {"kept": 60, "header": 1, "preamble": 2}, {}),
    ("blank lines", HEAD + ROWS.replace("\n", "\n\n", 3) + "\n   \n;;;\n", {"kept": 60, "header": 1, "blank": 6}, {}),
    ("comma", (HEAD + ROWS).replace(";", ","), {"kept": 60, "header": 1}, {}),
    ("tab", (HEAD + ROWS).replace(";", "\t"), {"kept": 60, "header": 1}, {}),
    ("pipe", (HEAD + ROWS).replace(";", "|"), {"kept": 60, "header": 1}, {}),
    ("one column", "email\n" + "".join(f"a{at}@b.example\n" for at in range(30)), {"kept": 30, "header": 1}, {}),
    ("quoted line break", HEAD + ROWS + 'P900;"DU\nPONT";01/01/1970;75001\n', {"kept": 61, "header": 1}, {}),
    ("quoted delimiter and doubled quote", HEAD + ROWS + 'P900;"DU;PO""NT";01/01/1970;75001\n', {"kept": 61, "header": 1}, {}),
    ("extra delimiter at the end", HEAD + ROWS + "P900;DUPONT;01/01/1970;75001;;\n", {"kept": 60, "header": 1, "repaired": 1}, {"extra_delimiter_at_end": 1}),
    ("delimiter inside a value", HEAD + ROWS + "P900;DU;PONT;01/01/1970;75001\n", {"kept": 60, "header": 1, "repaired": 1}, {"delimiter_inside_cell": 1}),
    ("an empty cell too many", HEAD + ROWS + "P900;;DUPONT;01/01/1970;75001\n", {"kept": 60, "header": 1, "repaired": 1}, {"extra_delimiter": 1}),
    ("an empty cell too many, any of several", "a;b;c\n" + "x;y;z\n" * 30 + "x;;y;;z\n", {"kept": 30, "header": 1, "irregular": 1}, {"too_many_cells": 1}),
    ("a few values, one with the delimiter", "n;lieu;oui\n" + '1;"Bourg; haut";x\n2;Ville;y\n' * 20 + "3;Bourg; haut;x\n", {"kept": 40, "header": 1, "repaired": 1}, {"delimiter_inside_cell": 1}),
    ("a value missing", HEAD + ROWS + "P900;01/01/1970;75001\n", {"kept": 60, "header": 1, "repaired": 1}, {"cells_missing": 1}),
    ("too many cells", HEAD + ROWS + "a;b;c;d;e;f;g;h;i\n", {"kept": 60, "header": 1, "irregular": 1}, {"too_many_cells": 1}),
    ("too few cells", HEAD + ROWS + "DUPONT\n", {"kept": 60, "header": 1, "irregular": 1}, {"too_few_cells": 1}),
    ("a ruler", HEAD + ROWS + "--;--\n", {"kept": 60, "header": 1, "rejected": 1}, {"ruler": 1}),
    ("stray quote", HEAD + ROWS + 'P900;"DUPONT;01/01/1970;75001\nP901;MARTIN;01/01/1970;75001\n', {"kept": 61, "header": 1, "repaired": 1}, {"stray_quote": 1}),
    ("stray quote in the middle", HEAD + 'P900;"DUPONT;01/01/1970;75001\n' + ROWS, {"kept": 60, "header": 1, "repaired": 1}, {"stray_quote": 1}),
    ("nul bytes", HEAD + ROWS.replace("DUPONTA", "DU\0PONTA", 1), {"kept": 59, "header": 1, "repaired": 1}, {"nul_removed": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected", "reasons"), CASES, ids=[case[0] for case in CASES])
def test_the_ledger_says_where_every_record_went(store, tmp_path, name, content, expected, reasons):
    found = leak(store, tmp_path, content)
    wanted = dict.fromkeys(("header", "preamble", "blank", "kept", "irregular", "repaired", "rejected"), 0) | expected
    assert {key: value for key, value in counts(found.ledger).items() if key in wanted} == wanted
    assert found.ledger.balanced
    assert found.ledger.records_read == sum(wanted.values())
    assert dict(found.ledger.reasons) == reasons
    assert len(cells(store, found)) == wanted["kept"] + wanted["irregular"] + wanted["repaired"]


def test_every_note_carries_the_line_the_reason_before_and_after(store, tmp_path):
    found = leak(store, tmp_path, HEAD + ROWS + "P900;DUPONT;01/01/1970;75001;;\n" + ROWS + "a;b;c;d;e;f;g;h\n")
    assert sorted(store.rows(store.table(found.notes))) == [
        (
            "leak.csv",
            62,
            "repaired",
            "extra_delimiter_at_end",
            "P900;DUPONT;01/01/1970;75001;;",
            "P900 │ DUPONT │ 01/01/1970 │ 75001",
        ),
        ("leak.csv", 123, "irregular", "too_many_cells", "a;b;c;d;e;f;g;h", "a │ b │ c │ d │ e;f;g;h"),
    ]


def test_physical_lines_count_the_breaks_inside_cells(store, tmp_path):
    found = leak(store, tmp_path, HEAD + ROWS + 'P900;"A\nB\nC";01/01/1970;75001\n')
    assert (found.ledger.physical_lines, found.ledger.records_read) == (64, 62)


def test_leading_zeros_and_plus_signs_survive(store, tmp_path):
    found = leak(store, tmp_path, "id;tel;cp\n" + "".join(f"00{at};+3370000000{at};0100{at}\n" for at in range(9)))
    assert cells(store, found)[0] == ("000", "+33700000000", "01000")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_an_encoding_is_recognized_and_its_signs_kept(store, tmp_path, encoding):
    text = "nom;ville;note\n" + "".join(f"Lefèvre{at};Saint-Étienne;prix : 12 € – cœur\n" for at in range(40))
    found = leak(store, tmp_path, text.encode(encoding))
    assert cells(store, found)[0] == ("Lefèvre0", "Saint-Étienne", "prix : 12 € – cœur")
    assert found.ledger.kept == 40


WIDE = {
    "Cyrillic": "Иванов;Пётр;Москва", "Greek": "Παπαδόπουλος;Γιώργος;Αθήνα", "Arabic": "محمد;القاهرة;مريض", "Hebrew": "כהן;דוד;חיפה",
    "Chinese": "王小明;北京市;医院的病人信息", "Japanese": "山田太郎;東京都;病院のカルテ", "Korean": "김철수;서울시;병원", "Thai": "สมชาย;กรุงเทพ;ผู้ป่วย",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("script", WIDE)
def test_wide_signs_without_a_mark_are_recognized_in_any_script(store, tmp_path, script, encoding):
    names = WIDE[script]
    text = f"{names}\n" * 3 + "".join(f"{names}{at}\n" for at in range(40))
    found = leak(store, tmp_path, text.encode(encoding))
    assert found.dialect.encoding == encoding and found.ledger.rows + found.ledger.header == 43


def test_single_zero_bytes_make_no_wide_text(store, tmp_path):
    """Fields filled up with NUL, on places of one kind."""
    text = "nom;ville;code\n" + "".join(f"Zorglub{at};Saint-Cloud;92{at:03}\n" for at in range(40))
    data = bytearray(text.encode())
    for at in (21, 41, 61, 121, 301):
        data[at] = 0
    assert leak(store, tmp_path, bytes(data)).dialect.encoding == "utf-8"


SAYINGS = {
    "mac_roman": "Hélène;Béziers;reçu à l’accueil, "
        "élève", "cp850": "Hélène;Béziers;reçu à Noël, très âgé", "cp1250": "Łukasz;Gdańsk;żółć i źdźbło",
    "iso8859-2": "Łukasz;Gdańsk;żółć i źdźbło", "cp1251": "Иван;Москва;пациент больницы", "koi8-r": "Иван;Москва;пациент больницы",
    "cp1253": "Γιώργος;Αθήνα;ασθενής του "
        "νοσοκομείου", "cp1254": "Gülşah;İstanbul;ağır hasta, ışık", "gb18030": "王小明;北京市;医院的病人信息",
    "shift_jis": "山田太郎;東京都;病院のカルテです", "euc_kr": "김철수;서울시;병원 환자 정보",
}  # fmt: skip


@pytest.mark.parametrize("encoding", list(SAYINGS))
def test_an_encoding_of_one_byte_or_of_asia_is_told_by_its_letters(store, tmp_path, encoding):
    found = leak(store, tmp_path, ("nom;ville;note\n" + (SAYINGS[encoding] + "\n") * 30).encode(encoding))
    assert cells(store, found)[0] == tuple(SAYINGS[encoding].split(";"))


def test_letters_encoded_twice_are_repaired_where_that_is_certain(store, tmp_path):
    text = "nom;ville\n" + "".join(f"Lefèvre{at};Saint-Étienne à l’Est\n" for at in range(30))
    twice = text.encode().decode("cp1252", "replace") if "\x81" not in text else text
    found = leak(store, tmp_path, twice.encode())
    assert found.dialect.twice and cells(store, found)[0] == ("Lefèvre0", "Saint-Étienne à l’Est")
    mixed = leak(store, tmp_path, (twice + "Ãngela;Éire\nÂme;Évry\nÂge;Ève\n").encode(), "mixed.csv")
    assert not mixed.dialect.twice and cells(store, mixed)[0][0] == "LefÃ¨vre0"


def test_some_lines_of_another_encoding_stay_readable(store, tmp_path):
    lines = [f"Élodie{at};Orléans;x{at}\n".encode() for at in range(6000)]
    lines[3000] = "Hélène;Béziers;x\n".encode("cp1252")
    found = leak(store, tmp_path, b"prenom;ville;code\n" + b"".join(lines))
    assert ("Hélène", "Béziers", "x") in cells(store, found)
    assert found.dialect.encoding == "utf-8"


TEXT = some.text(some.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\x85\ufeff"), max_size=12)
CELL = some.one_of(TEXT, some.sampled_from(['a"b', "a;b", "a\nb", "l1\nl2\nl3", "", " ", "é€", "0123", "=1+1", "'"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.lists(CELL, min_size=3, max_size=3), min_size=30, max_size=60))
def test_a_written_table_is_read_back_or_counted(store, tmp_path, table):
    """RFC 4180 in, the same cells out; rows that are blank are counted as blank."""
    import csv
    import io

    head = ["identifiant", "nom", "note"]
    assume(any(cell.strip() for row in table for cell in row))
    assume(not any(cell.strip().casefold() in head for row in table for cell in row))  # a name among few values may be one
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows(table)
    found = leak(store, tmp_path, out.getvalue())
    full = [tuple(cell or None for cell in row) for row in table if any(cell.strip(" ") for cell in row)]
    ledger = found.ledger
    assert ledger.balanced
    assert ledger.rejected == 0
    assert ledger.rows + ledger.blank == len(table)
    assert [row for row in cells(store, found) if any((cell or "").strip() for cell in row)] == [
        row for row in full if any((cell or "").strip() for cell in row)
    ]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.binary(min_size=0, max_size=400), some.integers(0, 1500))
def test_damage_anywhere_never_loses_a_record_unseen(store, tmp_path, noise, at):
    """Random bytes thrown into a good file: refused in one sentence, or every line accounted for."""
    content = (HEAD + ROWS).encode()
    try:
        found = leak(store, tmp_path, content[:at] + noise + content[at:])
    except Trouble as trouble:
        assert trouble.status == 3
        return
    ledger = found.ledger
    assert ledger.balanced
    assert ledger.records_read <= ledger.physical_lines
    assert len(cells(store, found)) == ledger.rows


def make(tmp_path, kind):
    path = tmp_path / "leak.csv"
    match kind:
        case "missing":
            return path
        case "folder":
            path.mkdir()
        case "empty":
            path.write_bytes(b"")
        case "no_rows":
            path.write_text("\n\n")
        case "binary":
            path.write_bytes(bytes(range(256)) * 200)
        case "truncated":
            path.write_bytes((HEAD + ROWS).encode("utf-16")[:-1])
        case "long_line":
            path.write_bytes(b"a;b\n" + b"x" * (66 << 20))
        case "format":
            path.write_bytes(b"%PDF-1.7" + b"x" * 100)
        case "damaged":
            path.write_bytes(b"PK\x03\x04" + b"x" * 100)
        case "columns":
            path.write_text(";".join(f"colonne{at}" for at in range(20_000)) + "\n" + ";".join("1" for _ in range(20_000)) + "\n")
    return path


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "empty", "no_rows", "binary", "truncated", "long_line", "format", "damaged", "columns"]
)
def test_a_bad_file_gets_one_sentence_in_both_languages(store, tmp_path, kind):
    from analysis.ground.words import Words

    with pytest.raises(Trouble) as raised:
        read(store, make(tmp_path, kind), Watch())
    assert (raised.value.code, raised.value.status) == (kind, 3)
    french, english = Words("fr").of(raised.value.said), Words("en").of(raised.value.said)
    assert french != english
    assert french.endswith(".") and english.endswith(".")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_gets_a_sentence(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + ROWS)
    path.chmod(0)
    with pytest.raises(Trouble) as raised:
        read(store, path, Watch())
    assert raised.value.code == "permission"


@pytest.mark.parametrize("change", ["grows", "vanishes"])
def test_a_file_that_changes_while_it_is_read_is_refused(store, tmp_path, change, monkeypatch):
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + ROWS)
    look = source_module.Source.look

    def disturbed(self, watch):
        found = look(self, watch)
        path.unlink() if change == "vanishes" else path.write_text(HEAD + ROWS + ROWS)
        return found

    monkeypatch.setattr(source_module.Source, "look", disturbed)
    with pytest.raises(Trouble) as raised:
        read(store, path, Watch())
    assert raised.value.code == "changed"


def test_regular_words_inside_cells_are_no_columns(store, tmp_path):
    lines = [
        f"FICTIF{at},Camille,{at % 28 + 1} {MONTHS[at % 12]} {1950 + at % 50} à {at % 24:02d}h{at % 60:02d}" for at in range(60)
    ]
    found = leak(store, tmp_path, "\n".join(["nom,prenom,date", *lines]))
    assert (found.dialect.delimiter, found.columns, found.rows) == (",", ("nom", "prenom", "date"), 60)


def test_columns_kept_apart_by_blanks_stay_so_though_one_line_is_longer_and_each_holds_a_comma(store, tmp_path):
    lines = [f"{at} Jean {at},50 1980-01-1{at % 9}" for at in range(12)]
    lines[7] += " x"
    found = leak(store, tmp_path, "\n".join(lines))
    assert (found.dialect.delimiter, found.sheet.width, found.columns[4:]) == (" ", 4, ("surplus",))


def test_a_wide_table_loses_its_blank_rows_and_its_second_header_and_nothing_else(store, tmp_path):
    head, row, width = [f"colonne_{at}" for at in range(60)], [f"v{at}" for at in range(60)], 60
    nearly_blank, nearly_head = [""] * (width - 1) + ["x"], [*head[:-1], "autre"]
    rows = [head, row, [""] * width, row, nearly_blank, head, nearly_head, row]
    found = leak(store, tmp_path, "\n".join(";".join(cells) for cells in rows) + "\n")
    assert (found.rows, found.ledger.blank, dict(found.ledger.reasons)) == (5, 1, {"header_again": 1})


def test_three_thousand_columns_are_read(store, tmp_path):
    head = ";".join(f"colonne_{at}" for at in range(3000))
    found = leak(store, tmp_path, head + "\n" + (";".join("abc" for _ in range(3000)) + "\n") * 3)
    assert (len(found.columns), found.ledger.kept) == (3000, 3)


def test_the_source_is_neither_changed_nor_accompanied(store, tmp_path):
    folder = tmp_path / "evidence"
    folder.mkdir()
    path = folder / "leak.csv"
    path.write_text(HEAD + ROWS)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    read(store, path, Watch())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(folder.iterdir()) == [path]


def test_a_header_may_be_anything(store, tmp_path):
    head = f'"];DROP TABLE x;--";$\\frac{{$;{CANARY}\u202e;nom\n'
    found = leak(store, tmp_path, head + "".join(f"a{at};b;c{at};DUPONT\n" for at in range(30)))
    assert found.ledger.rows == 30


def test_cancel_while_reading_stops_at_once(store, tmp_path):
    from analysis.ground.errors import Cancelled

    path = tmp_path / "leak.csv"
    path.write_text(HEAD + ROWS * 2000)
    watch = Watch(lambda progress: watch.stop() if progress.fraction > 0.3 else None)
    with pytest.raises(Cancelled):
        read(store, path, watch)


def test_an_accent_far_into_a_windows_file_settles_its_encoding(store, tmp_path):
    lines = b"".join(b"P%07d;DUPONT;75001\n" % at for at in range(300_000))
    found = leak(store, tmp_path, b"id;nom;cp\n" + lines + "P9;Lefèvre;75001\n".encode("cp1252") * 400)
    assert (found.dialect.encoding, found.ledger.kept) == ("cp1252", 300_400)
    assert ("P9", "Lefèvre", "75001") in store.rows(store.table(found.table).filter(lambda t: t.c0 == "P9").limit(1))


@pytest.mark.parametrize(
    "odd",
    ["P900;01/01/1970;75001", "P900;DU;PONT;01/01/1970;75001", 'P900;"DUPONT;01/01/1970;75001', "P900;DUPONT;01/01/1970;75001;;"],
)
@pytest.mark.parametrize("quoted", ["", 'P901;"DU\nPONT";01/01/1970;75001\n\n'])
def test_a_mended_row_stays_where_it_stood(store, tmp_path, odd, quoted):
    lines = ROWS.splitlines(keepends=True)
    found = leak(store, tmp_path, HEAD + "".join(lines[:40]) + quoted + odd + "\n" + "".join(lines[40:]))
    names = [row[0] for row in cells(store, found)]
    expected = [line[:4] for line in lines]
    assert names == [*expected[:40], *(["P901"] if quoted else []), "P900", *expected[40:]]
    numbers = [line for line, *_ in store.rows(store.table(found.notes).select("line"))]
    assert numbers == [42 + (3 if quoted else 0)]


@given(some.lists(some.sampled_from(["row", "tall", "aside"]), max_size=40), some.integers(0, 3))
def test_rows_above_a_line_are_counted_across_rows_of_several_lines(kinds, skipped):
    asides, tall, expected = [], [], []
    line, row = skipped + 1, 0
    for kind in kinds:
        if kind == "aside":
            asides.append(line)
            expected.append(row)
        else:
            if kind == "tall":
                tall.append((row, 2))
                line += 2
            row += 1
        line += 1
    assert rows_before(asides, skipped, tall) == expected


def test_a_file_cut_in_the_middle_of_a_character_keeps_its_rows(store, tmp_path):
    found = leak(store, tmp_path, (HEAD + ROWS + "P900;L").encode() + b"\xc3")
    assert found.ledger.kept + found.ledger.repaired >= 60 and found.ledger.balanced


def test_a_letter_behind_a_closing_quote_is_a_stray_quote_not_another_encoding(store, tmp_path):
    """The engine's reader says of such a line that it is not UTF-8."""
    found = leak(store, tmp_path, HEAD + ROWS + 'P060;"DUPONT"é;01/01/1970;75001\n')
    assert (found.ledger.kept, found.ledger.repaired, dict(found.ledger.reasons)) == (60, 1, {"stray_quote": 1})
    assert found.dialect.encoding == "utf-8"


def test_a_zero_byte_in_a_header_is_left_out_of_the_name(store, tmp_path):
    found = leak(store, tmp_path, HEAD.replace("naissance", "n\0\0ssance") + ROWS)
    assert found.columns == ("id", "nom", "nssance", "cp") and found.ledger.rows == 60


def test_one_line_of_another_line_end_beside_a_ragged_one_loses_nothing(store, tmp_path):
    lines = [f"{at};NOM{at};Prenom;0{at % 10}/01/1960;75001\n" for at in range(400)]
    lines[7], lines[300] = lines[7].replace("\n", "\r\n"), "300;NOM300;;Prenom;01/01/1960;75001\n"
    path = tmp_path / "leak.csv"
    path.write_bytes(("id;nom;prenom;naissance;cp\n" + "".join(lines)).encode())
    leak = read(store, path, Watch())
    assert (leak.rows, leak.ledger.balanced) == (399 + leak.ledger.repaired, True)
    names = [row[0] for row in store.rows(store.table(leak.table).select("c1"))]
    assert names[:300] == [f"NOM{at}" for at in range(300)] and names[-1] == "NOM399"


@pytest.mark.parametrize("quoted", [False, True])
def test_texts_written_as_formulas_are_the_texts_they_are(store, tmp_path, quoted):
    wrap = (lambda text: f'"=""{text}"""') if quoted else (lambda text: f'="{text}"')
    rows = "".join(f"FICTIF{at};{wrap(f'06399800{at:02}')};{wrap('')}\n" for at in range(60))
    found = leak(store, tmp_path, f"nom;tel;note\n{rows}ESSAI;0639980099;=1+1\n")
    assert found.columns == ("nom", "tel", "note")
    assert {row[1][:6] for row in cells(store, found)} == {"063998"}
    assert cells(store, found)[-1][2] == "=1+1"


def test_lines_that_are_one_quoted_cell_each_are_the_records_that_they_hold(store, tmp_path):
    lines = ["id,nom,adresse", *(f'{at},FICTIF{at},"{at}, rue des ""Essais"""' for at in range(60))]
    wrapped = "".join('"' + line.replace('"', '""') + '"\r\n' for line in lines)
    found = leak(store, tmp_path, wrapped)
    assert (found.columns, found.rows, found.ledger.balanced) == (("id", "nom", "adresse"), 60, True)
    assert cells(store, found)[7] == ("7", "FICTIF7", '7, rue des "Essais"')


@pytest.mark.parametrize("first", [480, 3000])
def test_a_table_that_gains_a_column_on_the_way_has_it(store, tmp_path, first):
    rows = [
        f"{at};FICTIF{chr(65 + at % 26)};Lille" + (f";06399800{at % 100:02}" if at >= first else "") for at in range(2 * first)
    ]
    found = leak(store, tmp_path, "\n".join(("id;nom;ville", *rows)))
    assert found.columns == ("id", "nom", "ville", "column 4") and found.ledger.kept == 2 * first
    assert [row[3] for row in cells(store, found)].count(None) == first


def test_rows_that_leave_out_their_last_cells_are_whole(store, tmp_path):
    rows = [f"FICTIF{at};Essai;e{at}@example.org" + (";;" if at % 9 == 0 else "") for at in range(40)]
    found = leak(store, tmp_path, "\n".join(("nom;prénom;mail;tel;note", *rows)))
    assert len(found.columns) == 5 and (found.ledger.kept, found.ledger.irregular) == (40, 0)


@pytest.mark.parametrize("place", [0, 2, 4])
def test_comments_are_no_rows_wherever_they_stand(store, tmp_path, place):
    lines = ["nom;prénom;mail", *(f"FICTIF{at};Essai;e{at}@example.org" for at in range(4))]
    lines.insert(place, "# exporté par un essai; à ne pas diffuser")
    found = leak(store, tmp_path, "\n".join(lines))
    assert (found.columns, found.rows) == (("nom", "prénom", "mail"), 4)


def test_what_a_row_has_too_much_stands_in_a_column_of_its_own(store, tmp_path):
    content = "nom;prénom;mail\nFICTIF;Essai;e1@example.org\nTEMOIN;Essai;e2@example.org;06 39 98 00 01;Lyon\nLEURRE;Essai\n"
    found = leak(store, tmp_path, content)
    assert found.columns == ("nom", "prénom", "mail", "surplus") and found.sheet.width == 3
    assert cells(store, found)[1:] == [
        ("TEMOIN", "Essai", "e2@example.org", "06 39 98 00 01;Lyon"),
        ("LEURRE", "Essai", None, None),
    ]
    assert (found.ledger.kept, found.ledger.irregular, found.ledger.rejected) == (1, 2, 0)


def test_decimal_commas_do_not_beat_the_delimiter_of_the_header(store, tmp_path):
    rows = [f"{at},5{at % 7};{at * 2},25;{at},1" for at in range(1, 80)]
    found = leak(store, tmp_path, "\n".join(("salaire_mensuel;heures;ancienneté", *rows)))
    assert (found.dialect.delimiter, found.columns) == (";", ("salaire_mensuel", "heures", "ancienneté"))


@pytest.mark.parametrize(
    "names", [("Région", "2019", "2020", "2021"), ("", "Q1 2020", "Q2 2020", "Q3 2020"), ("Ville", "1", "2", "3")]
)
def test_years_and_numbers_name_columns(store, tmp_path, names):
    rows = [f"Ville{chr(65 + at)};{at * 311 % 977},5;{at * 733 % 881},1;{at * 97 % 731},3" for at in range(12)]
    found = leak(store, tmp_path, "\n".join((";".join(names), *rows)))
    assert found.dialect.header_rows == 1 and found.columns[1:] == names[1:]


@pytest.mark.parametrize("large", [False, True])
def test_a_line_break_inside_a_cell_tears_nobody(store, tmp_path, large):
    rows = [
        f"P{at:03d};FICTIF{chr(65 + at % 26)};0{at % 9 + 1}/01/1970;note {at};06399800{at % 100:02}"
        for at in range(4000 if large else 60)
    ]
    rows[40] = rows[40].replace("note 40", "à rappeler\nle soir")
    rows[-3] = rows[-3].replace(";note", ";note\\\n", 1)
    found = leak(store, tmp_path, "\n".join(("id;nom;naissance;note;tel", *rows)))
    assert found.rows == len(rows) and found.ledger.balanced and dict(found.ledger.reasons) == {"line_break": 2}
    assert cells(store, found)[40][3:] == ("à rappeler le soir", "0639980040")


def test_two_torn_rows_stay_two(store, tmp_path):
    found = leak(store, tmp_path, HEAD + ROWS + "P900;DUPONT\nP901;MARTIN;01/01/1970\n")
    assert (found.rows, found.ledger.irregular + found.ledger.repaired) == (62, 2)


@pytest.mark.parametrize(
    "remark", ["Total : 60 patients", "(60 rows affected)", "60 lignes exportées", "Page 1 sur 3", "Fin 2026"]
)
def test_a_line_that_counts_the_rows_is_none_of_them(store, tmp_path, remark):
    found = leak(store, tmp_path, HEAD + ROWS + remark + "\n")
    assert (found.rows, dict(found.ledger.reasons)) == (60, {"footer": 1})


@pytest.mark.parametrize("torn", ["P900", "DUPONT", "Jean DUPONT", "Marie Anne DUPONT 12", "Total"])
def test_a_row_of_which_one_cell_is_left_is_kept(store, tmp_path, torn):
    found = leak(store, tmp_path, HEAD + ROWS + torn + "\n")
    assert (found.rows, found.ledger.irregular) == (61, 1)


def test_a_ruler_below_the_names_tells_the_columns(store, tmp_path):
    text = (
        "Id    Nom        Naissance               Ville\n----- ---------- ----------------------- ----------\n"
        + "".join(f"{at:5} ZORGLUB{at:<3} 196{at}-03-12 00:00:00.000 Champignac\n" for at in range(6))
        + "\n(6 rows affected)\n"
    )
    found = leak(store, tmp_path, text.encode())
    assert (found.columns, found.ledger.kept) == (("Id", "Nom", "Naissance", "Ville"), 6)
    assert dict(found.ledger.reasons) == {"footer": 1}
    assert rows(store, found)[1] == ("1", "ZORGLUB1", "1961-03-12 00:00:00.000", "Champignac")


def test_columns_of_fixed_width_are_counted_in_bytes_where_the_program_did(store, tmp_path):
    names = ("LEFÈVRE", "MARTIN", "GUÉRIN", "ROUX", "BÉNÉTEAU", "PETIT")
    lines = [b"IPP     NOM           NAISSANCE   VILLE"]
    lines += [f"{at:08}".encode() + name.encode().ljust(14) + b"12/03/1980  Brest" for at, name in enumerate(names)]
    found = leak(store, tmp_path, b"\n".join(lines))
    assert found.columns == ("IPP", "NOM", "NAISSANCE", "VILLE")
    assert [row[1] for row in rows(store, found)] == list(names)


def test_what_was_found_with_a_login_stands_beside_it(store, tmp_path):
    lines = "".join(f"u{at}@example.fr:Azerty;{at}! | Country = FR | Plan = Premium\n" for at in range(6))
    found = leak(store, tmp_path, lines.encode())
    assert found.columns == ("login", "password", "Country", "Plan")
    assert rows(store, found)[2] == ("u2@example.fr", "Azerty;2!", "FR", "Premium")


def test_a_table_below_lines_of_keys_is_found(store, tmp_path):
    text = "Etablissement:,Clinique Imaginaire\nExport,12/03/2024\n\nipp,nom,naissance,ville\n1,ZORGLUB,1960-01-01,Champignac\n"
    found = leak(store, tmp_path, (text + "2,SPIROU,1961-01-01,Champignac\n3,FANTASIO,1962-01-01,Brest\n").encode())
    assert (found.columns, found.ledger.kept, found.ledger.preamble) == (("ipp", "nom", "naissance", "ville"), 3, 3)


def test_names_that_tell_the_columns_apart_stand_alone_above_units_and_codes(store, tmp_path):
    text = "poids\ttaille\tage\nkg\tcm\tans\n" + "".join(f"{70 + at}\t{160 + at}\t{30 + at}\n" for at in range(12))
    found = leak(store, tmp_path, text.encode())
    assert (found.columns, found.dialect.header_rows, found.ledger.kept) == (("poids", "taille", "age"), 2, 12)


def test_tables_of_a_dump_without_names_are_not_one(store, tmp_path):
    text = "INSERT INTO `a` VALUES (1,'Zorglub'),(2,'Spirou');\nINSERT INTO `b` VALUES (7,'Panne'),(8,'Devis');\n"
    found = leak(store, tmp_path, text.encode(), "dump.sql")
    assert sorted((sheet.name, sheet.ledger.rows) for sheet in found.sheets) == [("a", 2), ("b", 2)]


def test_letters_of_either_case_name_the_same_column_and_a_trigger_holds_no_row(store, tmp_path):
    text = (
        "CREATE TABLE clients (id int, nom varchar(40), tel varchar(20));\n"
        "INSERT INTO clients VALUES (1,'Zorglub','0600000001');\n"
        "INSERT INTO CLIENTS (NOM, ID, tel) VALUES ('Spirou', 3, NULL);\nDELIMITER ;;\n"
        "CREATE TRIGGER x AFTER INSERT ON clients FOR EACH ROW BEGIN\n"
        "  INSERT INTO clients (id, nom) VALUES (NEW.id, 'ajout');\n  INSERT INTO clients VALUES (v_id, v_nom, v_tel);\nEND ;;\n"
        "CREATE PROCEDURE fill() BEGIN\n  INSERT INTO clients VALUES (4,'Zizanie','0600000004');\nEND;\n"
    )
    found = leak(store, tmp_path, text.encode(), "dump.sql")
    assert (found.columns, found.ledger.kept, found.ledger.rejected) == (("id", "nom", "tel"), 3, 2)
    assert [row[1] for row in rows(store, found)] == ["Zorglub", "Spirou", "Zizanie"]


def test_tables_read_as_one_are_listed_each_and_keep_their_surplus(store, tmp_path):
    (tmp_path / "d").mkdir()
    for name, last in (
        ("a", "1;Zorglub;Brest\n2;Spirou;Metz;de trop\n3;Seccotine;Nice\n"),
        ("b", "4;Fantasio;Lille\n5;Spip;Lyon\n"),
    ):
        (tmp_path / "d" / f"{name}.csv").write_text("id;nom;ville\n" + last)
    found = read(store, tmp_path / "d", Watch())
    assert found.sheet.listed == (("a.csv", 3), ("b.csv", 2))
    assert (found.sheet.ledger.rows, found.sheet.surplus) == (5, True)


def test_one_line_without_end_is_read_in_time_that_grows_with_it(tmp_path, store):
    """200 blocks of a line that no line end closes: joined once, not once for each block."""
    from analysis.read.source import in_lines

    blocks = [b"x" * 1000] * 200
    assert list(in_lines(iter(blocks))) == [b"".join(blocks)]
    assert list(in_lines(iter([b"a\nb", b"c", b"d\n\ne", b"\n", b""]))) == [b"a\n", b"bcd\n\n", b"e\n"]
    assert list(in_lines(iter([b"", b"a"]))) == [b"a"] and not list(in_lines(iter([])))


def test_long_lines_of_too_many_cells_are_no_work_for_the_engine(tmp_path, store, monkeypatch):
    """It would quote such a line once for each of its cells: 18 GB for this file."""
    given, made = [], engine.Text
    monkeypatch.setattr(engine, "Text", lambda *told, **more: given.append(made(*told, **more)) or given[-1])
    line = ("*" * 20 + "-" * 1980) * 3000
    path = tmp_path / "leak.txt"
    path.write_text(line[:4000] + "\n" + line + "\n" + line + "\n" + "nom: x\n" * 300, encoding="utf-8")
    found = read(store, path, Watch())
    assert any(text.crowded for text in given)
    assert sum(sheet.ledger.records_read for sheet in found.sheets) >= 303
