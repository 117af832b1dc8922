"""Who stands in a file beside its subjects: roles by columns, by rows and by tables, each counted."""

from datetime import date
from pathlib import Path

import pytest

from analysis.classify.roles import seated
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.model import Case, People
from analysis.model.codes import Role
from analysis.pipeline import Answer, answer
from analysis.read.join import refers
from analysis.rules.roles import spoken
from analysis.store import Store
from bench.linkage.layouts import WIDE, Layout, appointments, correspondents, database, long_rows, wide

DAY = date(2026, 1, 1)


def counted(path: Path, **asked: object) -> People:
    store = Store()
    try:
        return answer(store, Question(today=DAY, files=(path,), **asked), Watch()).people  # type: ignore[arg-type]
    finally:
        store.close()


def assert_right(layout: Layout, people: People) -> None:
    roles = {item.role.value: item for item in people.roles}
    assert set(roles) == set(layout.truth)
    for role, true in layout.truth.items():
        assert roles[role].low <= true <= roles[role].high, role
    assert people.low <= sum(layout.truth.values()) <= people.high


SOME = WIDE[1::3]  # the bench counts all of them


@pytest.mark.parametrize("item", SOME, ids=[item[0] for item in SOME])
def test_other_people_of_a_row_are_people(item: tuple, tmp_path: Path) -> None:
    layout = wide(item, tmp_path, 5, 80)
    assert_right(layout, counted(layout.path))


def test_a_table_of_correspondents_tells_their_role_row_by_row(tmp_path: Path) -> None:
    layout = correspondents(tmp_path, 5)
    people = counted(layout.path)
    assert_right(layout, people)
    assert people.best == 650


def test_appointments_belong_to_the_patients_and_their_diagnoses_count(tmp_path: Path) -> None:
    layout = appointments(tmp_path, 5)
    people = counted(layout.path)
    assert_right(layout, people)
    assert people.best == 412
    assert people.exposure.leak.sheet.name.endswith("patients")
    assert {(key.left.rpartition("/")[2], key.right.rpartition("/")[2]) for key in people.exposure.keys} == {
        ("appointments", "patients"),
        ("appointments", "doctors"),
    }
    assert "diagnosis_code" in {field.kind for field in people.exposure.every}


def test_a_column_of_relations_tells_who_each_row_is(tmp_path: Path) -> None:
    layout = long_rows(tmp_path, 5)
    assert_right(layout, counted(layout.path))


def test_a_person_in_two_tables_counts_once(tmp_path: Path) -> None:
    rows = [(lettered(at), "Anne", f"{at % 28 + 1:02d}/03/19{at % 60 + 30}", f"06390{at:05d}") for at in range(60)]
    path = tmp_path / "two.sqlite"
    head = ("nom", "prenom", "naissance", "tel")
    database(path, {"clients": ((*head, "ville"), [(*row, "Lyon") for row in rows]), "prospects": ((*head, "source"), [(*row, "salon") for row in rows[:25]])})  # fmt: skip
    people = counted(path)
    assert (people.best, people.high) == (60, 60)
    assert len(people.exposure.related) == 1


def test_a_number_that_nobody_bears_stands_for_somebody(tmp_path: Path) -> None:
    path = tmp_path / "orphans.sqlite"
    patients = [(str(at), lettered(at), "Anne", f"{at % 28 + 1:02d}/03/19{at % 60 + 30}") for at in range(1, 41)]
    visits = [(str(at), str(at % 45 + 1), "I10") for at in range(1, 201)]
    database(path, {"patients": (("id", "nom", "prenom", "naissance"), patients), "visits": (("id", "patient_id", "diagnosis"), visits)})  # fmt: skip
    assert counted(path).best == 45


def lettered(at: int) -> str:
    return f"Nom{chr(97 + at % 26)}{chr(97 + at // 26)}"


def test_references_in_a_circle_end(tmp_path: Path) -> None:
    path = tmp_path / "circle.sqlite"
    head = ("nom", "prenom", "tel")
    men = [(str(at), str(51 - at), lettered(at), "Jean", f"06390{at:05d}") for at in range(1, 51)]
    women = [(str(at), str(51 - at), lettered(at) + "b", "Anne", f"07390{at:05d}") for at in range(1, 51)]
    database(path, {"husband": (("id", "wife_id", *head), men), "wife": (("id", "husband_id", *head), women)})
    people = counted(path)
    assert len(people.exposure.keys) == 2
    assert (people.best, people.high) == (100, 100)


def test_the_same_person_in_two_roles_counts_once_in_all(tmp_path: Path) -> None:
    path = tmp_path / "self.csv"
    lines = ["nom;prenom;naissance;tel;payeur_nom;payeur_prenom;payeur_tel"]
    for at in range(60):
        name, first, phone = f"Nomba{chr(97 + at % 26)}{chr(97 + at // 26)}", "Anne", f"06390{at:05d}"
        payer = (name, first, phone) if at % 2 else (f"Autre{chr(97 + at % 26)}{chr(97 + at // 26)}", "Paul", f"07390{at:05d}")
        lines.append(";".join((name, first, f"{at % 28 + 1:02d}/03/19{at % 60 + 30}", phone, *payer)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    people = counted(path)
    assert {item.role: item.best for item in people.roles} == {Role.SUBJECT: 60, Role.PAYER: 60}
    assert (people.best, people.several) == (90, 30)


def test_a_role_said_by_a_person_holds(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    lines = ["nom;prenom;naissance;copie"]
    lines += [
        f"Nomba{chr(97 + at % 26)};Anne;{at % 28 + 1:02d}/03/19{at % 60 + 30};autre{at}@courriel.example" for at in range(40)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    store = Store()
    try:
        known: list[Answer] = []
        question = Question(today=DAY, files=(path,))
        answer(store, question, Watch(), known.append)
        case = known[-1].exposure.case.with_roles([3], "other")  # type: ignore[union-attr]
        asked = Question(today=DAY, files=(path,), cases=(case,))
        people = answer(store, asked, Watch(), since=known[-1]).people
    finally:
        store.close()
    assert {item.role: item.best for item in people.roles} == {Role.SUBJECT: 40, Role.OTHER: 40}
    assert Case().with_roles([3], "other").with_roles([3], "staff").roles == ((3, "staff"),)


@pytest.mark.parametrize(
    ("name", "role", "number"),
    [
        ("PERSONNE_A_PREVENIR_NOM", "to_warn", 0),
        ("nom_personne_de_confiance", "trusted", 0),
        ("Tél. mère", "guardian", 11),
        ("father_phone", "guardian", 10),
        ("contact2_name", "other", 2),
        ("NextOfKinPhone", "to_warn", 0),
        ("Médecin traitant", "professional", 0),
        ("Hausarzt", "professional", 0),
        ("policyholder_last", "payer", 0),
        ("patient_nom", "subject", 0),
        ("Téléphone employeur", "nobody", 0),
    ],
)
def test_a_header_says_of_whom_it_speaks(name: str, role: str, number: int) -> None:
    told = spoken(name)
    assert told is not None
    assert (told.role, told.number) == (role, number)


@pytest.mark.parametrize("name", ["nom", "adresse", "nom d'épouse", "date_naissance", "telephone portable", "code_postal"])
def test_a_header_that_names_nobody_speaks_of_nobody(name: str) -> None:
    assert spoken(name) is None


def test_columns_of_one_person_make_one_seat() -> None:
    columns = ("Contact", "GSM / tel", "E-mail")
    assert {seat.slot for seat in seated(columns, ("full_name", "phone", "email"))} == {0}


def test_a_phone_of_the_employer_is_not_the_persons_own() -> None:
    seats = seated(("nom", "prenom", "tel", "tel employeur"), ("last_name", "first_name", "phone", "phone"))
    assert [seat.slot for seat in seats] == [0, 0, 0, -1]


@pytest.mark.parametrize(
    ("name", "other", "left", "right", "right_answer"),
    [
        ("patient_id", "id", "appointments", "patients", True),
        ("patient_id", "patient_id", "correspondant_patient", "patients", True),
        ("id_client", "id", "commandes", "t_clients", True),
        ("PatientID", "ID", "Visits", "Patient", True),
        ("ipp", "ipp", "sejours", "identites", True),
        ("id", "id", "appointments", "patients", False),
        ("id", "patient_id", "patients", "appointments", False),
        ("visit_id", "visit_id", "visits", "patients", False),
        ("nom", "nom", "a", "b", False),
    ],
)
def test_a_key_refers_by_its_name(name: str, other: str, left: str, right: str, right_answer: bool) -> None:
    assert refers(name, other, left, right) is right_answer
