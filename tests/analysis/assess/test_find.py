"""A person is found as people type: any order, no accents, misspelled, by date or number; who is not there is not found."""

import csv
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.assess import find, prepare
from analysis.assess.find import sound_of, understood
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.pipeline import answer
from tests.conftest import SAMPLE

pytestmark = pytest.mark.one_store

ROWS = """id;nom;prenom;naissance;tel;email;nir
P001;LE GOFF-FICTIF;Marie-Hélène;14/03/1980;06 12 00 00 01;mh.fictif@exemple.invalid;2 80 03 29 019 001 42
P002;DUPOND-FICTIF;Jean;02/11/1955;+33 6 12 00 00 02;;
P003;D'ARTAGNANFICTIF;Zoé;14/03/1980;0612000003;zoe@exemple.invalid;
P004;NGUYENFICTIF;Van Anh;01/01/2001;06.12.00.00.04;;
"""


@pytest.mark.parametrize(
    ("typed", "words", "days", "numbers", "emails"),
    [
        ("Dupont Jean", ("DUPONT", "JEAN"), (), (), ()),
        ("mme marie de la tour", ("MARIE", "TOUR"), (), (), ()),
        ("né le 12/03/1980", (), ((date(1980, 3, 12),),), (), ()),
        ("12-03-80", (), ((date(1980, 3, 12), date(2080, 3, 12))[:1],), (), ()),
        ("12031980", (), ((date(1980, 3, 12),),), (), ()),
        ("1980-03-12", (), ((date(1980, 3, 12),),), (), ()),
        ("12 mars 1980", (), ((date(1980, 3, 12),),), (), ()),
        ("12 February 1980", (), ((date(1980, 2, 12),),), (), ()),
        ("06.12.34.56.78", (), (), ("0612345678",), ()),
        ("+33 (0)6 12 34 56 78", (), (), ("330612345678",), ()),
        ("1 80 03 2A 123 456 78", (), (), ("180032A12345678",), ()),
        ("HF-10000141", (), (), ("HF10000141",), ()),
        ("Jean.Dupont@Exemple.invalid", (), (), (), ("jean.dupont@exemple.invalid",)),
        ("Dupont 75011 14/07/1990 a@b.fr", ("DUPONT",), ((date(1990, 7, 14),),), ("75011",), ("a@b.fr",)),
        ("", (), (), (), ()),
        ("  - / ' ", (), (), (), ()),
    ],
)
def test_what_is_typed_is_taken_apart(typed, words, days, numbers, emails):
    found = understood(typed)
    assert (found.words, found.numbers, found.emails) == (words, numbers, emails)
    assert tuple(told[: len(wanted)] for told, wanted in zip(found.days, days, strict=True)) == days


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_anything_may_be_typed(typed):
    found = understood(typed)
    assert len(found) == len(found.parts) <= 16


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DUPONT", "DUPOND"),
        ("MARTIN", "MARTEIN"),
        ("PHILIPPE", "FILIPE"),
        ("HENRY", "HENRI"),
        ("GUILLAUD", "GUILLOT"),
        ("LEFEBVRE", "LEFEBVRES"),
        ("THIERRY", "TIERI"),
        ("CATHERINE", "KATERINE"),
    ],
)
def test_names_that_are_said_alike_sound_alike(one, other):
    assert sound_of(one) == sound_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("MARTIN", "DURAND"), ("PETIT", "PATAUD"), ("ROUX", "ROY"), ("MOREAU", "MORIN"), ("BERNARD", "BERTRAND")]
)
def test_other_names_do_not(one, other):
    assert sound_of(one) != sound_of(other)


@pytest.fixture(scope="module")
def leak(one_store, tmp_path_factory):
    path = tmp_path_factory.mktemp("leak") / "leak.csv"
    path.write_text(ROWS, encoding="utf-8")
    return one_store, answer(one_store, Question(files=(path,), today=date(2024, 11, 19)), Watch())


@pytest.mark.parametrize(
    ("typed", "person", "whole"),
    [
        ("dupond jean fictif", 1, True),
        ("JEAN DUPOND", 1, True),
        ("jean dupont", 1, False),  # said alike
        ("jaen dupond", 1, False),  # two letters exchanged
        ("legoff marie helene", 0, True),
        ("le goff", 0, True),
        ("marie-hélène", 0, True),
        ("artagnanfictif", 2, False),
        ("zoe 14/03/1980", 2, True),
        ("14031980 zoé", 2, True),
        ("0612000002", 1, True),
        ("+33612000004", 3, True),
        ("0033 6 12 00 00 03", 2, True),
        ("ZOE@exemple.INVALID", 2, True),
        ("280032901900142", 0, True),
        ("2 80 03 29 019 001", 0, True),
        ("p003", 2, False),
        ("van anh nguyenfictif", 3, True),
    ],
)
def test_she_is_found_however_she_is_typed(leak, typed, person, whole):
    store, impact = leak
    found = find(store, impact, typed, Watch())
    assert found.hits and found.hits[0].person == 8 * person // 8, typed
    if whole:
        assert found.hits[0].whole


@pytest.mark.parametrize("typed", ["Pantalon Xavier", "01/02/1903", "0699999999", "personne@nulle.invalid", "P999", "qq"])
def test_who_is_not_there_is_not_found(leak, typed):
    store, impact = leak
    found = find(store, impact, typed, Watch())
    assert found.hits == () and "last_name" in found.kinds and "birth_date" in found.kinds


def test_of_the_sample_everybody_is_found_by_name_and_birth(sample_impact):
    store, impact = sample_impact
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))[::250]
    for row in rows:
        typed = f"{row['PRENOM'].lower()} {row['NOM']} {row['DATE_NAISSANCE']}"
        found = find(store, impact, typed, Watch())
        asked = understood(typed)
        if asked.days and asked.words:
            assert found.hits and found.hits[0].whole, len(asked)


def test_nothing_of_a_question_stays_in_the_store(leak):
    store, impact = leak
    prepare(store, impact.people, Watch())
    before = store.names()
    find(store, impact, "dupond jean 02/11/1955", Watch())
    assert store.names() == before


def test_a_file_without_names_is_searched_by_what_it_has(store, tmp_path):
    path = tmp_path / "mails.csv"
    path.write_text("email;ville\n" + "".join(f"fictif{at}@exemple.invalid;LYON\n" for at in range(30)), encoding="utf-8")
    impact = answer(store, Question(files=(path,)), Watch())
    found = find(store, impact, "fictif7@exemple.invalid", Watch())
    assert len(found.hits) == 1 and found.kinds == ("email",)
    assert find(store, impact, "martin", Watch()).hits == ()
