"""What two ways to write one thing have in common: dates that cannot be read, names written by ear, names that stand for none."""

import ibis
import pytest

from analysis.ground.watch import Watch
from analysis.resolve.bounds import LEAST_SHARE, prudent
from analysis.resolve.compared import unread
from analysis.resolve.conflict import births, by_ear, unlike
from analysis.store.statements import translator
from tests.analysis.resolve.test_linked import linked

pytestmark = pytest.mark.one_store


def asked(store, *values):
    return store._run(str(translator().compile(ibis.struct({f"v{at}": value for at, value in enumerate(values)}))), Watch())[0][0]


@pytest.mark.parametrize(
    ("cell", "layout", "meant"),
    [
        ("27/08/1964", "%m/%d/%Y", "19640827"),  # day and month exchanged: no month 27
        ("10/55/1883", "%m/%d/%Y", "18831055"),
        ("7/05/1993", "%d/%m/%Y", "19930507"),
        ("80.11.1985", "%d.%m.%Y", "19851180"),
        ("19479506", "%Y%m%d", "19479506"),  # a slip in a month, and no day and month exchanged
        ("1985-11-08", "%d.%m.%Y", "19851108"),
        ("31021999", "%d/%m/%Y", "19990231"),
        ("13121980", "%Y%m%d", "19801213"),
        ("1980-31-12", "%Y-%m-%d", "19801231"),
        ("1972", "%d/%m/%Y", "19720000"),  # a year alone
        ("35", "%d/%m/%Y", None),  # an age
        ("né en 35", "%d/%m/%Y", None),
        ("inconnue", "%d/%m/%Y", None),
        ("08/27/64", "%m/%d/%Y", "082764"),
        ("", "%m/%d/%Y", None),
    ],
)
def test_what_is_no_date_is_compared_by_its_parts(store, cell, layout, meant):
    assert asked(store, unread(ibis.literal(cell), layout))["v0"] == meant


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("19290419", "19090419", False),  # one digit: a slip, and no generation
        ("19600213", "19060213", False),  # two digits exchanged
        ("19591201", "19591021", False),
        ("19470506", "19479506", False),
        ("19530415", "19820415", True),  # father and son of one day of the year
        ("19530415", "19810922", True),
        ("19800314", "19800722", True),
        ("19800101", "19800722", False),  # a day that nobody knew
        ("19800314", "19801403", False),
        ("19850000", "19850722", False),
        ("1985", "19530722", False),
    ],
)
def test_two_birth_dates_are_two_people_where_no_slip_explains_them(store, one, other, two):
    assert asked(store, births(ibis.literal(one), ibis.literal(other)))["v0"] is two


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("HICHAM", "HISSHAM", True),
        ("CHAYMAE", "SHAIMA", True),
        ("IMED", "EMAD", True),
        ("BOIKO", "BOYKO", True),
        ("OUALID", "WALEED", True),
        ("ZAINAB", "ZINEB", True),
        ("DJAMILA", "JAMILA", True),
        ("HASSAN", "HUSSEIN", False),  # twins
        ("LINA", "LUNA", False),
        ("MARIE", "MARINE", False),
        ("KARIM", "KAMAL", False),
        ("PAUL", "JEAN", False),
    ],
)
def test_names_by_ear(store, one, other, alike):
    assert asked(store, by_ear(ibis.literal(one)) == by_ear(ibis.literal(other)))["v0"] is alike


def test_a_name_of_one_sound_says_too_little(store):
    assert asked(store, by_ear(ibis.literal("LEA")), by_ear(ibis.literal("ZO"))) == {"v0": None, "v1": None}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("VANMINH", "MINH", False),
        ("NGOCYEN", "YEN", False),
        ("ODILESUZANNE", "SUZANNE", True),
        ("ANTHONYFLORIAN", "FLORIAN", True),  # a twin's name
        ("ANDREA", "LEA", True),
        ("MARIE", "MARIEANNE", False),
    ],
)
def test_the_end_behind_a_word_that_may_be_left_out_is_the_name(store, one, other, differ):
    assert asked(store, unlike(ibis.literal(one), ibis.literal(other)))["v0"] is differ


def test_unnamed_rows_of_a_shops_mailbox_are_as_many_as_they_are(store, tmp_path):
    head = "nom;prenom;email;ville\n"
    rows = ["ANONYME;;client@boutique.example;LYON\n"] * 20
    named = [f"ESSAI{chr(65 + at)};Ada;ada{at}@courriel.example;LYON\n" for at in range(20)]
    (tmp_path / "leak.csv").write_text(head + "".join([*rows, *named]), "utf-8")
    assert linked(store, tmp_path / "leak.csv", "exact")[0].best == 40


def test_a_claim_of_a_model_is_believed_less_and_never_more():
    claims = [at / 100 for at in range(101)]
    held = [prudent(claim) for claim in claims]
    assert held == sorted(held) and held[0] == 0 and held[-1] == 1
    assert all(LEAST_SHARE * claim <= value <= claim for claim, value in zip(claims, held, strict=True))


def test_namesakes_of_near_birth_dates_are_strangers_where_chance_explains_them(store, tmp_path):
    """Three hundred of few names: some namesakes were born some days apart, in other towns."""
    last = ("MARTIN", "BERNARD", "DURAND", "PETIT", "ROBERT", "RICHARD")
    first = ("Anne", "Luc", "Paul", "Marie", "Jean")
    lines = [
        f"{last[at % 6]};{first[at // 6 % 5]};{at % 28 + 1:02}/{at % 12 + 1:02}/{1940 + at // 30 * 3};F;VILLE{at:03};p{at}@courriel.example"
        for at in range(300)
    ]
    near = [f"MARTIN;Anne;{day:02}/03/1980;F;BOURG{day};q{day}@courriel.example" for day in (3, 8, 13, 18, 23, 28)]
    (tmp_path / "leak.csv").write_text("\n".join(["nom;prenom;naissance;sexe;ville;email", *lines, *near]) + "\n", "utf-8")
    found, _ = linked(store, tmp_path / "leak.csv", "full")
    assert found.best == 306


BORN_IN = "nom;prenom;date_naissance;email;ville\n"


def shoppers(more):
    lines = [
        f"Essai{chr(97 + at // 26)}{chr(97 + at % 26)};Ada{chr(97 + at % 26)};{at % 28 + 1:02}/0{at % 9 + 1}/19{40 + at % 50};ada{at}@courriel.example;Lyon"
        for at in range(150)
    ]
    doubles = [line.replace(";Lyon", ";Nice") for line in lines[:40]]
    return BORN_IN + "\n".join([*lines, *doubles, *more]) + "\n"


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ("Zorglub;Fantasio;14/09/1999", "Zorglub;Fantasio;14/09/1969", 1),  # one digit
        ("Zorglub;Fantasio;14/09/1999", "Zorglub;Fantasio;02/03/1968", 2),  # father and son
        ("Zorglub;Fantasio;14/09/1999", "Zorglub;Seccotine;14/09/1999", 2),  # twins
        ("Zorglub;Fantasio;14/09/1999", "Zorglub;Seccotine;02/03/1999", 2),
    ],
)
def test_a_shared_mailbox_and_what_a_birth_date_says(store, tmp_path, one, other, people):
    (tmp_path / "leak.csv").write_text(
        shoppers([f"{one};zf@courriel.example;Lyon", f"{other};zf@courriel.example;Lyon"]), encoding="utf-8"
    )
    found, groups = linked(store, tmp_path / "leak.csv")
    assert len(set(groups[-2:])) == people
    assert found.low <= found.best <= found.high
