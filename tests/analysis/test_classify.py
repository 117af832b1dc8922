"""The ten kinds: against the answer key, under other headers and without any."""

from datetime import date

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.classify import classify, masked, with_kind
from analysis.kinds import header_score, header_words, kinds
from analysis.model import Status
from analysis.read import read
from analysis.watch import Watch
from tests.conftest import DAY, KEY, SAMPLE

EXPECTED = ["person_id", "last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone"]


def classified(store, path):
    return classify(store, read(store, path, Watch()), DAY, Watch())


def test_the_sample_s_fields_and_cells_agree_with_the_answer_key(store):
    exposure = classified(store, SAMPLE)
    assert [field.kind for field in exposure.fields] == EXPECTED
    key = pq.read_table(KEY)
    statuses = store.table(exposure.table)
    wrong = {}
    for field in exposure.fields:
        ours = [value for (value,) in store.rows(statuses.order_by("row").select(f"s{field.position}"))]
        truth = key[field.kind].to_pylist()
        wrong[field.kind] = sum(a != b for a, b in zip(ours, truth, strict=True))
    assert wrong == dict.fromkeys(EXPECTED, 0)


def test_counts_add_up_for_every_field(store):
    exposure = classified(store, SAMPLE)
    for field in exposure.fields:
        assert field.valid + field.malformed + field.placeholder + field.empty == exposure.leak.rows
        assert field.filled == exposure.leak.rows - field.empty
        assert 0 <= field.confidence <= 1 and field.reasons


HEADERS = [
    ["ipp", "nom_usage", "prenom", "ddn", "sexe", "adr1", "commune", "cp", "mel", "tel_port"],
    ["PatientID", "LastName", "FirstName", "DateOfBirth", "Gender", "StreetAddress", "City", "ZipCode", "EmailAddress", "MobilePhone"],
    ["N° dossier", "Nom de famille", "Prénom usuel", "Né(e) le", "Sexe", "Adresse postale", "Ville", "Code postal", "Courriel", "Téléphone"],
    [f"c{at}" for at in range(1, 11)],
]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=["abbreviated", "english", "formal", "meaningless"])
def test_the_kinds_are_found_under_other_headers(store, tmp_path, headers):
    path = tmp_path / "leak.csv"
    text = SAMPLE.read_text(encoding="utf-8")
    path.write_text(";".join(headers) + "\n" + text.split("\n", 1)[1], encoding="utf-8")
    exposure = classified(store, path)
    assert exposure.leak.dialect.header
    assert [field.kind for field in exposure.fields] == EXPECTED


def test_the_kinds_are_found_without_any_header(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(SAMPLE.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    exposure = classified(store, path)
    assert not exposure.leak.dialect.header
    assert exposure.leak.rows == 5000
    assert [field.kind for field in exposure.fields] == EXPECTED


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_case_changes_no_verdict(store, tmp_path, case):
    path = tmp_path / "leak.csv"
    head, body = SAMPLE.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(head + "\n" + case(body), encoding="utf-8")
    assert [field.kind for field in classified(store, path).fields] == EXPECTED


def test_event_dates_amounts_and_codes_are_not_personal(store, tmp_path):
    path = tmp_path / "leak.csv"
    lines = [f"{1 + at % 28:02d}/0{1 + at % 9}/2024;{at * 3.5:.2f};{'ABC'[at % 3]}{at % 7};{at % 5}" for at in range(300)]
    path.write_text("date_entree;montant;code_acte;quantite\n" + "\n".join(lines) + "\n")
    assert [field.kind for field in classified(store, path).fields] == ["none"] * 4


def test_a_correction_holds_and_changes_the_counts(store):
    exposure = classified(store, SAMPLE)
    corrected = with_kind(store, exposure, 6, "none", DAY, Watch())
    assert (corrected.fields[6].kind, corrected.fields[6].corrected) == ("none", True)
    again = with_kind(store, corrected, 1, "first_name", DAY, Watch())
    assert [again.fields[at].kind for at in (1, 6)] == ["first_name", "none"]
    assert exposure.fields[6].kind == "city"


CELLS = [
    ("email", "a.b@courriel.example", Status.VALID), ("email", "a@@courriel.example", Status.MALFORMED), ("email", "test@test.fr", Status.PLACEHOLDER),
    ("phone", "07 00 12 34 56", Status.VALID), ("phone", "+33700123456", Status.VALID), ("phone", "0033700123456", Status.VALID),
    ("phone", "+262 692 12 34 56", Status.VALID), ("phone", "070012345", Status.MALFORMED), ("phone", "+3370012", Status.MALFORMED),
    ("phone", "00 00 00 00 00", Status.PLACEHOLDER), ("postal_code", "01000", Status.VALID), ("postal_code", "1000", Status.MALFORMED),
    ("postal_code", "97400", Status.VALID), ("postal_code", "96000", Status.MALFORMED), ("postal_code", "99999", Status.PLACEHOLDER),
    ("last_name", "D’ARTAGNAN", Status.VALID), ("last_name", "NGUYỄN", Status.VALID), ("last_name", "МАРТИН", Status.VALID),
    ("last_name", "75001", Status.MALFORMED), ("last_name", "inconnu", Status.PLACEHOLDER), ("last_name", "SO", Status.VALID),
    ("birth_date", "29/02/2000", Status.VALID), ("birth_date", "29/02/2001", Status.MALFORMED), ("birth_date", "01/01/1900", Status.PLACEHOLDER),
    ("birth_date", "01/01/2030", Status.MALFORMED), ("birth_date", "1975", Status.MALFORMED), ("sex", "F", Status.VALID), ("sex", "K", Status.MALFORMED),
    ("city", "L'Haÿ-les-Roses", Status.VALID), ("city", "PARIS 12", Status.VALID), ("city", "LYON CEDEX 03", Status.VALID), ("city", "69003", Status.MALFORMED),
    ("address", "12 bis rue des Lilas", Status.VALID), ("address", "SDF", Status.PLACEHOLDER), ("email", "  a@b.example ", Status.VALID),
    ("email", "   ", Status.EMPTY), ("email", None, Status.EMPTY), ("phone", "\t0700123456", Status.VALID),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell", "status"), CELLS)
def test_a_cell_is_judged_by_its_kind(store, kind, cell, status):
    from analysis.classify.cells import status_of

    store.create("one", [("cell", "VARCHAR")])
    store.insert("one", [(cell,)])
    table = store.table("one")
    ((found,),) = store.rows(table.select(status=status_of(table.cell, kind, "%d/%m/%Y", date(2024, 11, 19))))
    assert Status(found) is status


@pytest.mark.parametrize(
    ("header", "words"),
    [("dateNaissance", ("date", "naissance")), ("TEL_PORTABLE2", ("tel", "portable", "2")), ("Né(e) le", ("ne", "le"))],
)
def test_a_header_is_split_into_words(header, words):
    assert header_words(header) == words


@pytest.mark.parametrize(("header", "kind", "score"), [
    ("NOM", "last_name", 1.0), ("prénom", "first_name", 1.0), ("email_verified", "email", -1.0), ("adresse_ip", "address", -1.0),
    ("lieu_naissance", "birth_date", -1.0), ("acid_level", "person_id", 0.0), ("ville_naissance", "city", -1.0),
])  # fmt: skip
def test_a_header_speaks_for_or_against(header, kind, score):
    assert header_score(header, kinds()[kind]) == score


@given(some.text())
def test_masking_hides_every_letter_but_the_first_and_every_digit(text):
    shown = masked(text)
    letters = [sign for sign in shown if sign.isalnum()]
    assert len(letters) <= 1
    assert not any(sign.isdigit() for sign in shown)


def test_a_wide_table_is_classified(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(";".join(f"colonne_{at}" for at in range(3000)) + "\n" + (";".join("abc" for _ in range(3000)) + "\n") * 5)
    assert {field.kind for field in classified(store, path).fields} == {"none"}
