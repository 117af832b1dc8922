"""What columns are taken for on tables that are not like ours: beside whom, by their names alone, or not at all."""

import random
from datetime import date

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.assess import assess
from analysis.classify import claimed, classify
from analysis.classify.claimed import names_of
from analysis.classify.dates import instant_of
from analysis.classify.evidence import evidence_of
from analysis.classify.forest import Forest
from analysis.classify.pairs import agreement
from analysis.classify.scorer import model
from analysis.classify.together import AROUND, ITSELF
from analysis.declare.question import Question
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.model import Asked, Case, Incident
from analysis.pipeline import answer
from analysis.read import read
from analysis.report.machine import tables as tables_of
from analysis.resolve import resolve
from analysis.rules.headers import header_scores, heard
from analysis.rules.kinds import kinds

pytestmark = pytest.mark.one_store

TODAY = date(2026, 11, 29)
FIRST = ("Aurélie", "François", "Thierry", "Camille", "Nadia", "Julien", "Sophie", "Marc", "Hélène", "Luc", "Inès", "Paul")
SEX = "FMM?FMFMFMFM"
LAST = ("FICTIF", "EXEMPLE", "MODELE", "INVENTE", "ESSAI", "TEMOIN", "FACTICE", "SPECIMEN", "FEINT", "PATRON", "LEURRE", "SIMULE")


def exposed(store, tmp_path, header, rows, case=None):
    path = tmp_path / "table.csv"
    path.write_text("\n".join(";".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return classify(store, read(store, path, Watch(), Asked(header=1)), TODAY, Watch(), case)


def taken(exposure):
    return {field.column: field.taken for field in exposure.fields}


def persons(count, *more):
    """Rows of last and first name, and what `more` says of each."""
    rng = random.Random(5)
    return [(LAST[at % 12], FIRST[(at * 5 + at // 12) % 12], *(str(make(rng, at)) for make in more)) for at in range(count)]


def test_flags_and_constant_digits_beside_persons_are_nobody_s(store, tmp_path):
    rows = persons(60, lambda rng, _: rng.randrange(2), lambda rng, _: rng.randrange(2), lambda *_: 1)
    found = taken(exposed(store, tmp_path, ("nom", "prenom", "newsletter", "est_actif", "langue_id"), rows))
    assert found == {"nom": "last_name", "prenom": "first_name", "newsletter": "none", "est_actif": "none", "langue_id": "none"}


@pytest.mark.parametrize("header", ["location", "lieu", "ville_pays"])
def test_a_town_with_its_country_is_no_name(store, tmp_path, header):
    places = ("Lille, France", "Paris, France", "Lyon, France", "Madrid, Spain", "Turin, Italy")
    rows = [(f"{name.lower()}{at}@example.org", places[at % 5]) for at, name in enumerate(LAST * 3)]
    assert taken(exposed(store, tmp_path, ("email", header), rows))[header] in ("city", "region", "country", "address", "none")


def test_wards_and_beds_are_no_addresses(store, tmp_path):
    rows = [
        (f"800000{at:04}", f"01{at % 7}780NE5 - HC NEUROLOGIE - PAVILLON {at % 3}", f"N{at}P - LIT {at} PORTE")
        for at in range(40)
    ]
    found = taken(exposed(store, tmp_path, ("IPP", "U.Soins", "Lit"), rows))
    assert (found["IPP"], found["Lit"], found["U.Soins"]) == ("person_id", "none", "none")


@pytest.mark.parametrize("header", [("Nom", "Espèce", "Race"), ("name", "species", "breed"), ("Name", "Tierart", "Rasse")])
def test_the_race_of_animals_is_no_ethnicity(store, tmp_path, header):
    pets = (
        ("Rex", "Chien", "Labrador"),
        ("Luna", "Chat", "Siamois"),
        ("Max", "Chien", "Berger allemand"),
        ("Mia", "Chat", "Persan"),
    )
    exposure = exposed(store, tmp_path, header, pets * 10)
    assert exposure.of_kind("ethnicity") is None


def test_marks_and_amounts_with_a_decimal_comma_are_no_health_data(store, tmp_path):
    rows = persons(
        40,
        lambda rng, _: f"{rng.randrange(2, 20)},{rng.randrange(10)}",
        lambda rng, _: f"{rng.uniform(1, 90):.2f}".replace(".", ","),
    )
    found = taken(exposed(store, tmp_path, ("nom", "prenom", "Moyenne", "Prix"), rows))
    assert (found["Moyenne"], found["Prix"]) == ("none", "none")


def test_a_ticket_has_no_treatment(store, tmp_path):
    rows = [
        (f"{LAST[at % 12]} {FIRST[at % 12]}", ("Toner", "Écran noir", "Réseau")[at % 3], ("Clôturé", "En cours")[at % 2])
        for at in range(40)
    ]
    found = taken(exposed(store, tmp_path, ("Demandeur", "Intervention", "Opération"), rows))
    assert (found["Intervention"], found["Opération"]) == ("none", "none")


def test_french_abbreviations_of_health_are_known(store, tmp_path):
    rows = [
        (
            str(10_000_000 + at),
            f"{1 + at % 28:02}/03/19{40 + at}",
            ("HTA, tabac", "asthme", "DNID")[at % 3],
            ("Kardégic 75", "Ventoline")[at % 2],
        )
        for at in range(40)
    ]
    found = taken(exposed(store, tmp_path, ("IPP", "DDN", "ATCD", "TTT"), rows))
    assert found == {"IPP": "person_id", "DDN": "birth_date", "ATCD": "medical_text", "TTT": "treatment"}


@pytest.mark.parametrize("header", ["date_rdv", "date visite", "admission_date", "Aufnahme Datum"])
def test_the_date_of_a_visit_is_nobody_s_birth_and_told_as_such(store, tmp_path, header):
    rows = persons(40, lambda _, at: f"2024-0{1 + at % 9}-1{at % 9}", lambda _, at: f"{1 + at % 28:02}/0{1 + at % 9}/19{40 + at}")
    fields = exposed(store, tmp_path, ("nom", "prenom", header, "ddn"), rows).fields
    assert (fields[2].taken, fields[2].variant, fields[3].taken) == ("none", "visit_date", "birth_date")


# Days as machines count them: https://www.epochconverter.com (0 of Unix, of Cocoa), a spreadsheet's 1 January 2000 is 36526.
@pytest.mark.parametrize(("layout", "texts", "day"), [
    ("@seconds", ["946684800", "-86400", "473385600"], date(2000, 1, 1)),
    ("@milliseconds", ["946684800000", "-764726400000", "473385600000"], date(2000, 1, 1)),
    ("@days", ["36526", "21000", "25569"], date(2000, 1, 1)),
    ("@ticks", ["630822816000000000", "620000000000000000", "625000000000000000"], date(2000, 1, 1)),
])  # fmt: skip
def test_days_that_machines_count_are_days(store, tmp_path, layout, texts, day):
    from analysis.classify.cells import date_of

    assert instant_of(texts, 1900, 2027) == layout
    store.insert_text("instants", [(text,) for text in (*texts, "x")], Watch())
    rows = store.table("instants")
    found = [row[0] for row in store.rows(rows.select(day=date_of(rows.c0, layout)))]
    assert found[0] == day and found[-1] is None


def test_birth_dates_in_milliseconds_are_valid_and_give_ages(store, tmp_path):
    rows = persons(40, lambda _, at: 86_400_000 * (at * 300 - 9000), lambda _, at: 1_600_000_000_000 + at * 86_400_000)
    exposure = exposed(store, tmp_path, ("lastname", "firstname", "birthday", "created_at"), rows)
    born = exposure.of_kind("birth_date")
    assert born is not None and (born.column, born.variant, born.valid) == ("birthday", "@milliseconds", 40)


def test_an_address_with_its_name_is_reached(store, tmp_path):
    rows = [
        (f"2023-03-{1 + at:02}", f"{FIRST[at]} {LAST[at]} <{LAST[at].lower()}@example.org>", "Re: planning") for at in range(12)
    ]
    fields = exposed(store, tmp_path, ("Date", "De", "Objet"), rows * 3).fields
    assert {(item.kind, item.column, item.valid) for item in fields} >= {("email", "De", 36), ("full_name", "De (full_name)", 36)}


def test_an_address_among_other_words_is_reached(store, tmp_path):
    rows = [(f"2023-03-{1 + at:02}", f"({LAST[at]}) {LAST[at].lower()}@example.org (pro)", "Re: planning") for at in range(12)]
    field = exposed(store, tmp_path, ("Date", "De", "Objet"), rows * 3).of_kind("email")
    assert field is not None and (field.variant, field.valid) == ("named", 36)


def test_a_no_to_a_disease_discloses_none(store, tmp_path):
    rows = persons(40, lambda _, at: "Oui" if at % 4 == 0 else "Non")
    field = next(item for item in exposed(store, tmp_path, ("nom", "prenom", "diabete"), rows).fields if item.column == "diabete")
    assert (field.taken, field.variant, field.valid, field.placeholder) == ("health_measure", "yes_no", 10, 30)


@pytest.mark.parametrize(("men", "women"), [("H", "M"), ("1", "2"), ("0", "1"), ("L", "P"), ("V", "D")])
def test_a_sex_is_told_by_the_first_names_beside_it(store, men, women):
    rows = [(LAST[at % 12], FIRST[at % 12], women if SEX[at % 12] == "F" else men) for at in range(36)]
    found = evidence_of(store, rows, 3, Watch())
    assert found[2].features["with_sex"] >= 0.9 and "with_sex" not in found[0].features


def test_ages_run_against_years_and_names_come_back_in_addresses(store):
    rows = [
        (str(1950 + at * 3 % 50), str(76 - at * 3 % 50), LAST[at % 12], f"{LAST[at % 12].lower()}{at}@example.org")
        for at in range(40)
    ]
    born, age, name, email = (item.features for item in evidence_of(store, rows, 4, Watch()))
    assert born["with_years"] == age["with_years"] == 1.0
    assert name["echoed"] == email["echoing"] == 1.0


def test_a_level_that_tells_nothing_agrees_with_nothing():
    assert agreement([("a", "girl"), ("b", "girl"), ("a", "boy"), ("b", "boy")]) == 0.0
    assert agreement([("a", "girl"), ("b", "boy")] * 4) == 1.0


def test_a_second_sex_is_questioned_and_counts_nowhere_until_confirmed(store, tmp_path):
    rows = persons(40, lambda _, at: "FM"[at % 2], lambda rng, _: rng.choice("FM"))
    header = ("nom", "prenom", "sexe", "sexe_2")
    exposure = exposed(store, tmp_path, header, rows)
    doubtful = [field for field in exposure.fields if field.suspected == "sex"]
    assert len(doubtful) == 1 and doubtful[0].kind == "none" and doubtful[0].check and doubtful[0].valid == 40
    assert exposure.to_check == tuple(doubtful) and doubtful[0] not in exposure.personal
    case = Case().with_kinds([doubtful[0].position], "sex")
    confirmed = exposed(store, tmp_path, header, rows, case).fields[doubtful[0].position]
    assert (confirmed.kind, confirmed.check, confirmed.corrected) == ("sex", False, True)


def test_a_column_to_check_counts_in_no_severity(store, tmp_path):
    """The same table with and without the doubtful column has the same severity."""
    rows = persons(40, lambda _, at: f"1{at % 28:02}/19{50 + at}")
    scores = []
    for width in (2, 3):
        exposure = exposed(store, tmp_path, ("nom", "prenom", "x")[:width], [row[:width] for row in rows])
        assert exposure.fields[-1].kind in ("none", "first_name")
        people = resolve(store, exposure, Watch(), "exact")
        scores.append(assess(store, people, Incident(), TODAY, Watch()).verdict.severity.se)
    assert scores[0] == scores[1]


@pytest.mark.parametrize("code", list(kinds()))
def test_what_is_sensitive_needs_more(code):
    sensitive = kinds()[code].gdpr in ("special", "criminal", "nir", "financial") or code == "password"
    assert kinds()[code].floor == (0.75 if sensitive else 0.5)


LISTS = (
    "nom, prénom, date de naissance, n° sécu", "nom;prénom;date de naissance;n° sécu", "- nom\n- prénom\n- date de naissance\n- n° sécu",
    "1. nom\n2. prénom\n3. date de naissance\n4. n° sécu", "Fields: nom | prénom | date de naissance | n° sécu", "«nom» / «prénom» / «date de naissance» / «n° sécu»",
)  # fmt: skip


@pytest.mark.parametrize("text", LISTS)
def test_a_list_of_fields_is_judged_by_its_names_however_it_is_written(text):
    assert [item.kind for _, item in claimed(text)] == ["last_name", "first_name", "birth_date", "national_id"]


def test_a_phrase_that_says_whose_it_is_does_not_hide_what_it_is():
    names = {
        "tél personne à prévenir": "phone",
        "adresse médecin traitant": "address",
        "email contact urgence": "email",
        "personne à prévenir": "full_name",
    }
    for name, kind in names.items():
        scores = header_scores(name)
        assert max(scores, key=lambda code: scores[code]) == kind, name


@pytest.mark.parametrize("text", ["", " , ; ", "---", "«»"])
def test_a_list_that_names_nothing_is_refused(text):
    with pytest.raises(Trouble):
        claimed(text)


def test_a_list_of_any_length_is_cut():
    assert len(names_of(",".join(f"champ{at}" for at in range(9000)))) == 5000


def test_a_table_without_a_row_is_told_by_its_header(store, tmp_path):
    exposure = exposed(store, tmp_path, ("nom", "prenom", "date_naissance", "num_secu", "diagnostic", "montant"), [])
    assert [field.taken for field in exposure.fields] == [
        "last_name",
        "first_name",
        "birth_date",
        "national_id",
        "medical_text",
        "none",
    ]
    assert exposure.leak.rows == 0 and all(field.filled == 0 for field in exposure.fields)
    people = resolve(store, exposure, Watch(), "exact")
    assert people.best == 0 and assess(store, people, Incident(), TODAY, Watch()).people == people


def test_a_table_that_a_dump_only_declares_is_told_by_its_columns(store, tmp_path):
    path = tmp_path / "dump.sql"
    path.write_text(
        "CREATE TABLE `patients` (`id` int, `nom` varchar(50), `prenom` varchar(50), `ddn` date, PRIMARY KEY (`id`));\n"
        "CREATE TABLE `stock` (`id` int, `libelle` varchar(80));\nINSERT INTO `stock` VALUES (1,'Vis'),(2,'Clou');\n"
    )
    leak = read(store, path, Watch())
    assert [(sheet.name, sheet.ledger.rows) for sheet in leak.sheets] == [("stock", 2), ("patients", 0)]
    declared = read(store, path, Watch(), Asked(table="patients"))
    assert [field.taken for field in classify(store, declared, TODAY, Watch()).fields] == [
        "person_id",
        "last_name",
        "first_name",
        "birth_date",
    ]


def test_a_declared_column_is_nothing_that_its_type_cannot_hold(store, tmp_path):
    path = tmp_path / "dump.sql"
    path.write_text(
        "CREATE TABLE `p` (`nom` varchar(50), `ddn` date, `email` tinyint(1), `ville` INT, `diabete` bit, `adresse` datetime,"
        " `salaire` decimal(8,2), `telephone` bigint(20));\n"
    )
    found = classify(store, read(store, path, Watch()), TODAY, Watch()).fields
    kinds_found = ["last_name", "birth_date", "none", "none", "health_measure", "none", "income", "phone"]
    assert [field.taken for field in found] == kinds_found
    assert found[2].second == "email"


def test_a_claimed_field_may_have_a_type(store):
    found = dict(claimed("nom VARCHAR(50), email tinyint(1), salaire decimal(8,2), ddn date, prénom usuel"))
    assert {name: item.kind for name, item in found.items()} == {
        "nom": "last_name",
        "email": "none",
        "salaire": "income",
        "ddn": "birth_date",
        "prénom usuel": "first_name",
    }


def meta(repeated=0):
    rows = [
        (name, (LAST[at], FIRST[at], f"06399800{at:02}")[place])
        for at in range(12)
        for place, name in enumerate(("last_name", "first_name", "billing_phone"))
    ]
    lines = [f"{at},{1001 + at // 3},{name},{value}" for at, (name, value) in enumerate(rows)]
    return (
        "umeta_id,user_id,meta_key,meta_value\n"
        + "\n".join(lines + [f"99,1001,billing_phone,06399899{at:02}" for at in range(repeated)])
        + "\n"
    )


@pytest.mark.parametrize("repeated", [0, 2])
def test_attributes_become_columns_and_what_has_no_place_is_counted(store, tmp_path, repeated):
    path = tmp_path / "usermeta.csv"
    path.write_text(meta(repeated), encoding="utf-8")
    leak = read(store, path, Watch())
    assert leak.columns == ("user_id", "last_name", "first_name", "billing_phone") and leak.rows == 12
    assert dict(leak.sheet.ledger.reasons) == ({"attribute_again": repeated} if repeated else {}) and leak.sheet.ledger.balanced
    exposure = classify(store, leak, TODAY, Watch())
    assert taken(exposure) == {
        "user_id": "person_id",
        "last_name": "last_name",
        "first_name": "first_name",
        "billing_phone": "phone",
    }
    assert resolve(store, exposure, Watch(), "exact").best == 12


def test_an_ordinary_table_is_no_table_of_attributes(store, tmp_path):
    path = tmp_path / "journal.csv"
    path.write_text("id,field,value\n" + "".join(f"{at % 9},{LAST[at % 12]},{at}\n" for at in range(60)))
    assert len(read(store, path, Watch()).sheets) == 1


@pytest.mark.parametrize("name", ["c1", "C12", "field_3", "column 4", "Unnamed: 5", "col", "V2", "", "12"])
def test_a_name_that_only_counts_says_nothing(name):
    assert heard(name) is None


def test_the_trees_that_are_shipped_know_what_they_see_in_its_order():
    names = model().forest.names
    assert names[: len(AROUND)] == AROUND and names[-2:] == ITSELF
    assert max(model().forest.feature) < len(names)


def test_trees_judge_as_they_are_written():
    """Two trees by hand: x0 <= 1 gives 2 else (x1 <= 0 gives -1 else 3); the second adds 0.5."""
    forest = Forest.of(
        {
            "features": ["x0", "x1"],
            "trees": [[[0, 1], [1.0, 0.0], [-1, -2], [1, -3], [2.0, -1.0, 3.0]], [[0], [0.0], [-1], [-1], [0.5]]],
        }
    )
    rows = np.array([[0.0, 9.0], [2.0, 0.0], [2.0, 1.0]], np.float32)
    assert forest.probability(rows) == pytest.approx(1 / (1 + np.exp(-np.array([2.5, -0.5, 3.5]))))


HOSTILE = {
    "one value": [("DUPONT",)] * 50, "long cells": [("x" * 1_000_000,), ("y" * 1_000_000,)], "mixed": [("a@b.fr",), ("12",), ("",), ("2020-01-01",)] * 10,
    "empty": [("",)] * 30, "controls": [("\x01\x02",)] * 10,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_column_is_too_strange(store, name):
    rows = [(*row, *row) for row in HOSTILE[name]]
    assert len(evidence_of(store, rows, 2, Watch())) == 2


@pytest.mark.parametrize("header", [("a" * 10_000, "nom"), ("nom", "nom"), ("", ""), ("имя", "電話"), ("‮מספר", "الاسم")])
def test_no_header_is_too_strange(store, tmp_path, header):
    exposure = exposed(store, tmp_path, header, [("FICTIF", "Jean"), ("EXEMPLE", "Marie")] * 10)
    assert len(exposure.fields) == 2 and all(0 <= field.confidence <= 1 for field in exposure.fields)


def test_five_thousand_columns_are_judged(store, tmp_path):
    width = 5_000
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(";".join(f"{at}x{n}" for n in range(width)) for at in range(4)), encoding="utf-8")
    assert len(classify(store, read(store, path, Watch(), Asked(header=1)), TODAY, Watch()).fields) == width


def test_the_numbers_of_the_public_tables_hold_no_cell():
    """Every text of the file is a name of ours, a source or a label."""
    table = pq.read_table("bench/classification/corpus.parquet")
    assert set(table.schema.names) == {
        "table", "group", "source", "blob", "language", "persons", "position", "label", "also", "named", "headers", "scores", "features", "values",
    }  # fmt: skip
    codes = {*kinds(), "ambiguous"}
    assert set(table["label"].to_pylist()) <= codes and {code for row in table["headers"].to_pylist() for code in row} <= codes
    known = {name for row in table["features"].to_pylist() for name in row}
    assert all(name.replace("_", "").isalnum() and len(name) < 30 for name in known) and len(known) < 400


def test_every_other_table_of_a_source_is_judged_and_its_people_are_counted(store, tmp_path):
    path = tmp_path / "dump.sql"
    people = ",".join(f"({at},'{LAST[at]}','{FIRST[at]}','e{at}@example.org')" for at in range(12))
    staff = ",".join(f"({at},'{LAST[at]}','06399800{at:02}')" for at in range(8))
    path.write_text(
        "CREATE TABLE produits (id int, libelle varchar(50), prix decimal(8,2));\nINSERT INTO produits VALUES (1,'Vis',2.5),(2,'Clou',1.2);\n"
        f"CREATE TABLE clients (id int, nom varchar(50), prenom varchar(50), email varchar(80));\nINSERT INTO clients VALUES {people};\n"
        f"CREATE TABLE agents (id int, nom varchar(50), tel varchar(20));\nINSERT INTO agents VALUES {staff};\n"
    )
    known = answer(store, Question(files=(path,)), Watch())
    others = {item.name: item for item in known.people.exposure.others}
    assert others["agents"].persons and others["agents"].rows == 8 and not others["produits"].persons
    assert known.people.best == 20 and not any("produits" in str(said.values) for said in known.people.limits)
    told = {item["name"]: (item["persons"], item["counted"]) for item in tables_of(known.people.exposure)}
    assert told == {"clients": (True, True), "agents": (True, True), "produits": (False, False)}
