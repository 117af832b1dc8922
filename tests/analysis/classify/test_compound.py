"""Cells of several kinds are taken apart, each part in a column of its own, and nothing of them is lost."""

from datetime import date

import pytest

from analysis.classify import classify
from analysis.classify.compound import kind_of, patterns_of
from analysis.ground.watch import Watch
from analysis.model import Asked, Case
from analysis.read import read
from analysis.resolve import resolve
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Compounds

pytestmark = pytest.mark.one_store

TODAY = date(2026, 11, 29)
FIRST = ("Paul", "Anne", "Luc", "Zoé", "Éric", "Nadia", "Julien", "Sophie")
LAST = ("FICTIF", "EXEMPLE", "MODELE", "MARTIN", "DURAND", "PETIT", "LEROY", "MOREAU")
TOWNS = (("69001", "LYON"), ("44000", "NANTES"), ("29200", "BREST"), ("59000", "LILLE"))


def exposed(store, tmp_path, header, texts, case=None):
    """A table of names and one more column."""
    path = tmp_path / "table.csv"
    rows = [f"{LAST[at % 8]};{FIRST[at % 8]};{text}" for at, text in enumerate(texts)]
    path.write_text("\n".join((f"nom;prénom;{header}", *rows)) + "\n", encoding="utf-8")
    leak = read(store, path, Watch(), Asked(header=1, delimiter=";"))
    return leak, classify(store, leak, TODAY, Watch(), case)


def parts(exposure):
    """Kind and valid cells of what the third column became."""
    return {(field.kind, field.valid) for field in exposure.fields if field.position >= 2}


def phone(at):
    return f"06 39 98 {at // 100:02} {at % 100:02}"


@pytest.mark.parametrize(
    ("header", "text", "kinds_found"),
    [
        ("contact", lambda at: f"essai{at}@example.fr / {phone(at)}", ("email", "phone")),
        ("tel / mail", lambda at: f"Tél : {phone(at)} - Mail : essai{at}@example.fr", ("email", "phone")),
        ("De", lambda at: f"{FIRST[at % 8]} {LAST[at % 8]} <essai{at}@example.fr>", ("email", "full_name")),
        ("téléphones", lambda at: f"{phone(at)} ou 01 99 00 {at:02} 10", ("phone", "phone")),
        ("commune", lambda at: " ".join(TOWNS[at % 4]), ("city", "postal_code")),
        ("ville", lambda at: f"{TOWNS[at % 4][1]} ({TOWNS[at % 4][0]})", ("city", "postal_code")),
        ("lieu", lambda at: f"{TOWNS[at % 4][1].title()}, France", ("city", "country")),
        (
            "adresse",
            lambda at: f"{at + 1} rue des Essais, {TOWNS[at % 4][0]} {TOWNS[at % 4][1]}",
            ("address", "postal_code", "city"),
        ),
        ("naissance", lambda at: f"{at % 28 + 1:02}/03/{1950 + at} à {TOWNS[at % 4][1]}", ("birth_date", "birth_place")),
    ],
)
def test_every_part_of_a_cell_is_told_and_counted(store, tmp_path, header, text, kinds_found):
    _, exposure = exposed(store, tmp_path, header, [text(at) for at in range(24)])
    assert sorted(parts(exposure)) == sorted(dict.fromkeys((kind, 24) for kind in kinds_found))


def test_a_birth_beside_a_name_is_one_of_its_person(store, tmp_path):
    path = tmp_path / "table.csv"
    rows = [f"{at};{LAST[at % 8]} {FIRST[at % 8]} née le 0{at % 8 + 1}/03/19{50 + at}" for at in range(24)]
    path.write_text("\n".join(("dossier;patient", *rows)) + "\n", encoding="utf-8")
    exposure = classify(store, read(store, path, Watch(), Asked(header=1, delimiter=";")), TODAY, Watch())
    assert {"full_name", "birth_date"} <= {field.kind for field in exposure.fields}
    assert resolve(store, exposure, Watch()).best == 24


def test_who_has_but_one_contact_keeps_it(store, tmp_path):
    texts = [
        f"essai{at}@example.fr / {phone(at)}" if at % 2 else phone(at) if at % 4 else f"essai{at}@example.fr" for at in range(24)
    ]
    _, exposure = exposed(store, tmp_path, "contact", texts)
    found = {field.kind: (field.valid, field.malformed, field.empty) for field in exposure.fields[2:]}
    assert found == {"email": (18, 0, 6), "phone": (18, 0, 6)}


def test_what_no_pattern_reads_stays_in_its_place_and_is_counted(store, tmp_path):
    texts = [f"essai{at}@example.fr / {phone(at)}" for at in range(20)] + ["voir dossier papier"] * 4
    _, exposure = exposed(store, tmp_path, "contact", texts)
    found = {field.kind: (field.valid, field.malformed, field.empty) for field in exposure.fields[2:]}
    assert found == {"email": (20, 4, 0), "phone": (20, 0, 4)}


def test_the_leak_itself_is_not_changed(store, tmp_path):
    leak, exposure = exposed(store, tmp_path, "commune", [" ".join(TOWNS[at % 4]) for at in range(24)])
    assert leak.columns == ("nom", "prénom", "commune")
    assert exposure.leak.columns == ("nom", "prénom", "commune", "commune (postal_code)")
    assert store.rows(store.table(leak.table).limit(1))[0][2] == "69001 LYON"


def test_a_part_can_be_corrected(store, tmp_path):
    texts = [" ".join(TOWNS[at % 4]) for at in range(24)]
    leak, exposure = exposed(store, tmp_path, "commune", texts)
    case = Case(leak.sha256, 0).with_kinds([3], "none")
    again = classify(store, leak, TODAY, Watch(), case)
    assert [field.kind for field in exposure.fields[2:]] == ["city", "postal_code"]
    assert [field.kind for field in again.fields[2:]] == ["city", "none"]


@pytest.mark.parametrize(
    "texts",
    [
        [f"{at} {name}" for at, name in zip(range(69001, 69025), ("OAK", "ELM", "ASH", "FIR") * 6, strict=True)],
        ["Salle Fictive (Paris)", "Opéra Inventé, Lyon", "Théâtre Essai, Lille"] * 8,
        [f"Lot {at} (12/03/20{at:02})" for at in range(24)],
        [f"{at}/{at + 1}" for at in range(24)],
    ],
)
def test_things_are_not_taken_apart(store, tmp_path, texts):
    path = tmp_path / "table.csv"
    path.write_text(
        "\n".join(("ref;article;prix", *(f"R{at};{text};{at},50" for at, text in enumerate(texts)))) + "\n", encoding="utf-8"
    )
    exposure = classify(store, read(store, path, Watch(), Asked(header=1, delimiter=";")), TODAY, Watch())
    assert len(exposure.fields) == 3


def test_every_group_is_a_kind():
    for name in load(Compounds).compound:
        for pattern in patterns_of(name):
            assert {kind_of(group) for group in pattern.groups} <= set(kinds()), name
            assert pattern.text.count("(?P<") == 0
