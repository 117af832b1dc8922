"""The ten kinds: against the answer key, under other headers and without any."""

import json
import re
from datetime import date

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.classify import classify, masked
from analysis.classify.checks import national
from analysis.classify.evidence import columns_of
from analysis.classify.values import features
from analysis.ground.watch import Watch
from analysis.model import HOUSE, Status
from analysis.read import read
from analysis.rules.headers import header_score, header_scores, header_words
from analysis.rules.loading import load
from analysis.rules.shapes import Values
from tests.conftest import DAY, KEY, SAMPLE

pytestmark = pytest.mark.one_store

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
    path.write_text("date_entree;montant;code_article;quantite\n" + "\n".join(lines) + "\n")
    assert [field.kind for field in classified(store, path).fields] == ["none"] * 4


def test_a_correction_holds_and_changes_the_counts(store):
    exposure = classified(store, SAMPLE)
    corrected = classify(store, exposure.leak, DAY, Watch(), exposure.case.with_kinds([6], "none"))
    assert (corrected.fields[6].kind, corrected.fields[6].corrected) == ("none", True)
    again = classify(store, corrected.leak, DAY, Watch(), corrected.case.with_kinds([1], "first_name"))
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

    store.create("one", {"cell": "string"})
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
    assert header_score(header, kind) == score


@given(some.text())
def test_masking_hides_every_letter_but_the_first_and_every_digit(text):
    shown = masked(text)
    letters = [sign for sign in shown if sign.isalnum()]
    assert len(letters) <= 1
    assert not any(sign.isdigit() for sign in shown)


def test_a_wide_table_is_classified(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(";".join(f"colonne_{at}" for at in range(1000)) + "\n" + (";".join("abc" for _ in range(1000)) + "\n") * 5)
    assert {field.kind for field in classified(store, path).fields} == {"none"}


TABLES = {
    "a doctor's list": (["ipp", "nom_usage", "nom_naiss", "prenom", "ddn", "num_secu", "medecin_traitant", "code_cim10", "traitement"],
                        [["80123", "DUPONT", "MARTIN", "Zoé", "03/05/1960", "2600575123456", "Dr Durand", "I10", "Paracétamol 1 g"], ["80124", "LEROY", "PETIT", "Jean", "12/11/1948", "1481175654321", "Dr Morel", "E119", "Metformine 500 mg"]],
                        ["person_id", "last_name", "maiden_name", "first_name", "birth_date", "national_id", "full_name", "diagnosis_code", "treatment"]),
    "accounts": (["login", "password_hash", "last_ip", "registration_date"],
                 [["zoe.d", "5f4dcc3b5aa765d61d8327deb882cf99", "192.0.2.14", "2021-03-04"], ["jean_l", "e99a18c428cb38d5f260853678922e03", "198.51.100.7", "2019-11-30"]],
                 ["username", "password", "ip_address", "none"]),
    "Kunden": (["Nachname", "Vorname", "Geburtsdatum", "Straße", "PLZ", "Ort", "Telefonnummer", "Kontonummer"],
               [["Müller", "Anna", "03.05.1960", "Erfundene Str. 5", "50667", "Köln", "+49 171 5550123", "DE02120300000000202051"], ["Schmidt", "Jens", "12.11.1988", "Beispielweg 7", "20095", "Hamburg", "0171 5550199", "DE02500105170137075030"]],
               ["last_name", "first_name", "birth_date", "address", "postal_code", "city", "phone", "bank_account"]),
    "pacientes": (["Apellidos", "Nombre", "Fecha de nacimiento", "Sexo", "DNI", "Correo electrónico", "Grupo sanguíneo"],
                  [["García López", "Lucía", "03/05/1990", "Mujer", "12345678Z", "lucia@correo.example", "A+"], ["Pérez Ruiz", "Hugo", "12/11/1978", "Hombre", "87654321X", "hugo@correo.example", "O-"]],
                  ["last_name", "first_name", "birth_date", "sex", "national_id", "email", "health_measure"]),
}  # fmt: skip


@pytest.mark.parametrize("name", list(TABLES))
def test_columns_are_told_by_their_headers_in_several_languages(store, tmp_path, name):
    header, rows, kinds_of = TABLES[name]
    path = tmp_path / "leak.csv"
    path.write_text(";".join(header) + "\n" + "".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
    assert [field.taken for field in classified(store, path).fields] == kinds_of  # two rows: one kind may have to be confirmed


def test_what_stands_inside_longer_texts_is_counted(store, tmp_path):
    path = tmp_path / "leak.csv"
    lines = [
        f"{at};Rappeler {'le 06 39 98 12 34' if at % 2 else ''} demain, écrire à "
        f"{'p@courriel.example' if at % 5 == 0 else 'personne'}."
        for at in range(100)
    ]
    path.write_text("ligne;commentaire\n" + "\n".join(lines) + "\n", encoding="utf-8")
    field = classified(store, path).fields[1]
    assert field.kind == "free_text"
    assert dict(field.embedded) == {"email": 20, "phone": 50}


def test_one_address_in_five_cells_is_not_passed_over(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(
        "x1;x2\n" + "".join(f"{at};{f'p{at}@courriel.example' if at % 5 == 0 else f'lot {at % 7}'}\n" for at in range(200))
    )
    field = classified(store, path).fields[1]
    assert field.kind == "email" or dict(field.embedded) == {"email": 40}


def test_columns_that_agree_say_so_and_columns_that_do_not_too(store, tmp_path):
    real = {item.name: item.share for item in classified(store, SAMPLE).coherence}
    assert real["postal_code_city"] > 0.98 and real["first_name_sex"] > 0.98
    head, *rows = SAMPLE.read_text(encoding="utf-8").splitlines()
    cells = [row.split(";") for row in rows]
    shuffled = [row[:6] + cells[at - 1000][6:7] + row[7:] for at, row in enumerate(cells)]
    path = tmp_path / "padded.csv"
    path.write_text(head + "\n" + "\n".join(map(";".join, shuffled)) + "\n", encoding="utf-8")
    padded = {item.name: item.share for item in classified(store, path).coherence}
    assert padded["postal_code_city"] < 0.3


def test_agreement_is_told_beside_what_chance_would_give(store):
    found = {item.name: item for item in classified(store, SAMPLE).coherence}
    assert found["postal_code_city"].chance < 0.1 and found["first_name_sex"].chance < 0.6
    decade = found["first_name_decade"]
    assert decade.share > 0.8 and decade.chance < decade.share - 0.2


def test_landlines_are_held_against_the_region_and_numbers_against_the_birth_place(store, tmp_path):
    zones = {"01": "75011", "02": "44000", "03": "67000", "04": "20090", "05": "97110"}
    rows: list[str] = []
    for at, zone in enumerate(list(zones) * 20):
        number = int(f"1{at % 99:02d}0513999{at:03d}")
        place = "Marseille" if at % 5 else "Brest"
        rows.append(f"{zone} 99 00 00 {at:02d};{zones[zone] if at % 4 else '29200'};{number}{97 - number % 97:02d};{place}")
    path = tmp_path / "leak.csv"
    path.write_text("telephone;code_postal;nir;lieu_naissance\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = {item.name: item for item in classified(store, path).coherence}
    phone = found["phone_postal_code"]
    assert (phone.compared, phone.agreeing) == (
        100,
        75 + sum(zone == "02" for at, zone in enumerate(list(zones) * 20) if not at % 4),
    )
    assert found["nir_birth_place"].agreeing == 80 and found["nir_birth_place"].compared == 100


def test_the_newest_date_and_the_numbering_plan_tell_the_age_of_a_leak(store, tmp_path):
    rows = [f"0{6 + at % 2}99{at:06d};0{1 + at % 9}/03/2021;0{1 + at % 9}/01/19{40 + at % 50}" for at in range(200)]
    rows += ["45678901;31/12/2098;01/01/1970"]
    path = tmp_path / "leak.csv"
    path.write_text("telephone;date_visite;date_naissance\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = classified(store, path).freshness
    assert (found.newest, found.column) == (date(2021, 3, 9), "date_visite")
    assert (found.mobiles, found.recent_mobiles, found.old_phones) == (200, 100, 1)


def test_communes_that_merged_and_withdrawn_postal_codes_tell_the_age_of_addresses(store, tmp_path):
    """Arbignieu (01) became a part of Arboys en Bugey on 1 January 2016 (Insee); 13128 was a postal code in 2020 and is none
    today."""
    rows = ["01300;Arbignieu"] * 3 + ["01300;ARBOYS EN BUGEY"] * 2 + ["13128;Fictiveville"] + ["75011;Paris", "69003;Lyon"] * 20
    path = tmp_path / "leak.csv"
    path.write_text("code_postal;ville\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = classified(store, path).freshness
    assert (found.places, found.closed_codes, found.merged_places) == (46, 1, 3)
    assert (found.new_places, found.new_place_year) == (2, 2016)


CHECKED = [
    ("255081416802538", "fr_nir"), ("123-45-6789", "us_ssn"), ("943 476 5919", "gb_nhs"), ("54362315K", "es_dni"), ("RCCMNL83S18D969H", "it_cf"), ("111222333", "nl_bsn"), ("44051401359", "pl_pesel"),
    ("390.533.447-05", "br_cpf"), ("36574261809", "de_idnr"), ("756.9217.0769.85", "ch_ahv"), ("AB 12 34 56 C", "gb_nino"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), CHECKED, ids=[code for _, code in CHECKED])
def test_national_numbers_pass_their_check_and_a_wrong_digit_does_not(text, code):
    """Examples of python-stdnum's own documentation, and a number invented in the form of the NINO."""
    assert code in national(text)
    if code not in ("us_ssn", "gb_nino"):  # these two have no check digit
        at = max(place for place, sign in enumerate(text) if sign.isdigit())
        assert code not in national(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :])


@given(
    some.lists(some.sampled_from(["dupont", "a@b.example", "75001", "", "INCONNU", "12/05/1960"]), min_size=1, max_size=30),
    some.randoms(),
)
def test_the_order_of_the_cells_changes_no_feature(cells, random):
    mixed = list(cells)
    random.shuffle(mixed)
    ((one,), (other,)) = (columns_of([(cell,) for cell in order], 1) for order in (cells, mixed))
    before, after = features(one, {}), features(other, {})
    assert {key: value for key, value in before.items() if not key.startswith("n_r")} == pytest.approx(
        {key: value for key, value in after.items() if not key.startswith("n_r")}
    )


HEADERS_OF = {
    "last_name": "Nom de l'assuré|nom_usuel_patient|Nachname_Patient|cognome_paziente|Nazwisko "
        "pacjenta|Soyadı|lastName|apellido_1", "first_name": "FirstNm|PRENOM1|Imię|Adı|nome_proprio|given_name", "full_name": "CustomerName|AttendingPhysician|Imię i "
            "nazwisko|Nome e Cognome",
    "birth_date": "PatientDOB|date_naiss_benef|geb_datum|Fecha de nacimiento|DtNasc|birth_yr", "national_id": "numero_securite_sociale|codice_fiscale|nr_pesel|fødselsnummer|TC Kimlik No|ssn", "person_id": "PatientNo|mrn_number|employee_code|Patienten-ID", "phone": "tel_port|MobilePhone1|nr_telefonu|Cep Telefonu",
    "diagnosis_code": "ICD10Code|code_cim10|dx_code_1", "treatment": "drug_nm|medication_name|Vaccin", "password": "pwd_hash|mot_de_passe|hasło", "none": "created_at|montant_ttc|invoice_no|length_of_stay",
}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "kind"), [(header, kind) for kind, listed in HEADERS_OF.items() for header in listed.split("|")]
)
def test_a_header_names_its_kind_better_than_any_other(header, kind):
    scores = header_scores(header)
    assert scores[kind] == max(scores.values()) and scores[kind] >= 0.5


def test_masked_examples_show_cells_for_and_against(store):
    born = classified(store, SAMPLE).fields[3]
    assert born.examples == ("••/••/••••",)
    assert born.malformed and born.counterexamples
    assert not any(sign.isdigit() for example in born.counterexamples for sign in example)


def test_objects_and_pairs_in_a_column_are_taken_apart(store, tmp_path):
    given = ("Jeanne", "Lucas", "Amandine", "Karim", "Zoé")
    rows = []
    for at in range(60):
        born = f"19{50 + at % 40}-0{1 + at % 9}-11"
        inside = json.dumps({"patient": {"firstname": given[at % 5], "birthdate": born}, "note": None}) if at % 3 else "{}"
        rows.append(f"{at}|{inside}|name={given[at % 5]} Martin; phone=06 99 00 00 {at:02d}; seen={at}")
    path = tmp_path / "leak.csv"
    path.write_text("id|payload|extra\n" + "\n".join(rows) + "\n", encoding="utf-8")
    _, payload, extra = classified(store, path).fields
    assert dict(payload.embedded)["first_name"] == dict(payload.embedded)["birth_date"] == 40
    assert dict(extra.embedded)["phone"] == 60 and "full_name" in dict(extra.embedded)
    assert "none" not in dict(extra.embedded)


@pytest.mark.parametrize("sign", ["a", "+1 ", "a=1 ", "1"])
def test_a_cell_of_one_sign_repeated_is_read_and_classified_in_one_go(store, tmp_path, sign):
    """A search that goes back over what it has read would take hours here; the suite's own time limit is the guard."""
    path = tmp_path / "leak.csv"
    path.write_text("nom;texte\n" + "".join(f"DUPONT{at};x{sign * (150_000 // len(sign))}x\n" for at in "ABC"), encoding="utf-8")
    found = classified(store, path)
    assert (found.leak.rows, [field.filled for field in found.fields]) == (3, [3, 3])


def test_a_house_number_is_no_address_without_its_street(store, tmp_path):
    path = tmp_path / "leak.csv"
    streets = ["rue des Lilas", "avenue Fictive", "chemin du Moulin", "place de l'Église"]
    rows = [f"FICTIF{at};Jeanne;{1 + at % 90}{'bis' if at % 20 == 0 else ''};{streets[at % 4]};75011;Paris" for at in range(200)]
    path.write_text("nom;prenom;street number;voie;cp;ville\n" + "\n".join(rows) + "\n", encoding="utf-8")
    exposure = classified(store, path)
    number, street = exposure.fields[2:4]
    assert (number.kind, number.variant, number.valid) == ("address", HOUSE, 200)
    assert (street.kind, street.variant) == ("address", "") and exposure.of_kind("address") is street


def test_belgian_addresses_and_mobiles_are_valid(store, tmp_path):
    path = tmp_path / "leak.csv"
    rows = "".join(f"FICTIF{at};Rue Haute {at + 1};1000;Bruxelles;0475 12 34 {at + 10}\n" for at in range(60))
    path.write_text("nom;adresse;code postal;ville;gsm\n" + rows)
    exposure = classified(store, path)
    assert exposure.of_kind("address").valid == exposure.of_kind("phone").valid == 60

    mobile = re.compile(load(Values).patterns["phone_mobile"])
    yes = [
        "0612345678",
        "+33 6 12 34 56 78",
        "0475 12 34 56",
        "0475/12.34.56",
        "+32 475 12 34 56",
        "+32475123456",
        "+49 171 5550123",
        "+41 79 123 45 67",
    ]
    no = ["0475123456", "04 75 12 34 56", "01 23 45 67 89", "+32 2 123 45 67", "+49 30 123456", "+41 22 123 45 67"]
    assert [text for text in (*yes, *no) if mobile.fullmatch(text)] == yes
