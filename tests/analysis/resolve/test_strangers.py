"""Rows of one name and birth date: moved, or strangers by chance."""

import random
from dataclasses import replace

import pytest

from analysis.classify import classify
from analysis.ground.watch import Watch
from analysis.read import read
from analysis.resolve import resolve
from analysis.resolve.mentions import row_of
from analysis.resolve.strangers import combined
from tests.conftest import DAY

pytestmark = pytest.mark.one_store

LAST = ("Zorglub", "Fantasio", "Champignac", "Spirou", "Pacôme", "Secotine", "Seccotine", "Itoh", "Cyanure", "Longplaying")
HEAD = "nom;prenom;date_naissance;adresse;code_postal;ville;telephone;email;nir\n"


def line(at: int, name: int, place: int, nir: str = "") -> str:
    """Person `name`, at a home of number `place`."""
    born = f"{1 + name % 28:02}/{1 + name // 28 % 12:02}/{1950 + name % 40}"
    street, mail = f"{place} rue de l'Essai", f"p{place}@courriel.example"
    return f"{LAST[name % 10]}{chr(97 + name // 10)};Ada;{born};{street};69{place:03};Lyon;06998{place:05};{mail};{nir}"


def counted(store, tmp_path, lines, link="exact"):
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    watch = Watch()
    exposure = classify(store, read(store, path, watch), DAY, watch)
    return resolve(store, exposure, watch, link), exposure


@pytest.mark.parametrize("link", ["exact", "full"])
def test_a_file_in_which_nobody_of_one_name_and_birth_date_shares_anything_holds_strangers(store, tmp_path, link):
    lines = [line(at, at, at) for at in range(150)] + [line(at, at, 500 + at) for at in range(12)]
    people, _ = counted(store, tmp_path, lines, link)
    assert people.best == 162 and people.low <= 150 <= 162 <= people.high
    pairs = {tuple(map(int, pair)) for pair in store.rows(store.table(people.near))}
    assert {(row_of(a), row_of(b)) for a, b in pairs} >= {(at, 150 + at) for at in range(12)}, "shown as kept apart"


def test_where_others_share_a_home_or_a_phone_those_who_share_nothing_have_moved(store, tmp_path):
    lines = [line(at, at, at) for at in range(150)] + [line(at, at, 500 + at if at < 12 else at) for at in range(30)]
    people, _ = counted(store, tmp_path, lines)
    assert people.best == 150 and people.high >= 162, "and may be strangers all the same"


def test_a_few_are_not_enough_to_say_so(store, tmp_path):
    lines = [line(at, at, at) for at in range(150)] + [line(at, at, 500 + at) for at in range(4)]
    assert counted(store, tmp_path, lines)[0].best == 150


def nir(name: int, order: int) -> str:
    number = 2_50_01_69_123_000 + order
    return f"{number}{97 - number % 97:02}"


def test_two_valid_national_numbers_are_two_people_unless_they_share_a_contact(store, tmp_path):
    lines = [line(at, at, at, nir(at, at)) for at in range(100)]
    other = [line(0, 3, 503, nir(3, 903)), line(0, 4, 4, nir(4, 904)), line(0, 5, 505, nir(5, 5)), line(0, 6, 506)]
    people, _ = counted(store, tmp_path, lines + other)
    assert people.best == 101
    pairs = {tuple(map(row_of, pair)) for pair in store.rows(store.table(people.near))}
    assert (3, 100) in pairs


def test_what_a_person_joined_is_one(store, tmp_path):
    lines = [line(at, at, at) for at in range(150)] + [line(at, at, 500 + at) for at in range(12)]
    _, exposure = counted(store, tmp_path, lines)
    joined = replace(exposure, case=exposure.case.with_people("join", 0, 150))
    people = resolve(store, joined, Watch(), "full")
    assert people.best == 161 and people.joined == 1


def test_namesakes_of_one_birth_date_are_expected_in_a_file_of_few_names(store, tmp_path):
    """No other column: the high bound alone knows of them."""
    path = tmp_path / "leak.csv"
    draw = random.Random(7)
    names = ("MARTIN", "DURAND", "DUBOIS", "MOREAU", "LEROY", "ROUX", "DAVID", "BERTRAND", "MOREL", "FOURNIER")
    rows = [
        f"{draw.choice(names)};Ada;{draw.randrange(1, 29):02}/0{draw.randrange(1, 4)}/19{draw.randrange(50, 90)}"
        for _ in range(1_500)
    ]
    path.write_text("nom;prenom;date_naissance\n" + "\n".join(rows) + "\n", encoding="utf-8")
    people = resolve(store, classify(store, read(store, path, Watch()), DAY, Watch()), Watch())
    assert people.best < 1_500 <= people.high, "all were drawn by themselves"


def test_every_pair_of_a_small_group_and_a_chain_of_a_large_one():
    assert combined([(1, 5), (1, 7), (1, 9), (2, 4)]) == {(5, 7), (5, 9), (7, 9)}
    assert len(combined([(1, at) for at in range(50)])) == 49


GIVEN = ("Ada", "Zoé", "Paul", "Jean", "Luc", "Anne", "Éva", "Tom", "Lise", "Rémi", "Inès", "Noé")
STREETS = ("rue de l'Essai", "avenue du Modèle", "impasse du Test")


def stranger(rng):
    first, last, town = rng.choice(GIVEN), rng.choice(LAST) + rng.choice("aeiou"), rng.randrange(9)
    year, number = rng.randrange(1940, 2010), rng.randrange(10_000)
    mailbox = rng.choice((f"{first}.{last}{number}", f"{first[0]}{last}{number}", f"{first}{year}{number % 100}"))
    return {
        "nom": last,
        "prenom": first,
        "date_naissance": f"{rng.randrange(1, 29):02}/{rng.randrange(1, 13):02}/{year}",
        "adresse": f"{rng.randrange(1, 200)} {rng.choice(STREETS)}",
        "ville": f"Essai-{'abcdefghi'[town]}",
        "email": f"{mailbox.lower()}@{rng.choice(('courriel', 'poste'))}.example",
        "telephone": f"06998{rng.randrange(100_000):05}",
    }


@pytest.mark.parametrize(
    ("columns", "left_out"),
    [
        ("nom;prenom;date_naissance;adresse;ville;email;telephone", 0.5),
        ("nom;prenom;email;ville", 0.0),
        ("nom;email;telephone", 0.0),
        ("prenom;email;ville", 0.3),
        ("nom;prenom;ville", 0.3),
        ("nom;prenom;telephone;adresse;ville", 0.3),
    ],
)
def test_strangers_of_few_names_whose_mailboxes_are_made_of_them_stay_strangers(store, tmp_path, columns, left_out):
    """What an e-mail shares with another one beyond their names is what counts, and a missing birth date is no agreement."""
    rng = random.Random(5)
    names = columns.split(";")
    rows = [stranger(rng) for _ in range(500)]
    cells = [
        ";".join("" if name not in ("nom", "prenom") and rng.random() < left_out else row[name] for name in names) for row in rows
    ]
    path = tmp_path / "leak.csv"
    path.write_text("\n".join([columns, *cells]) + "\n", encoding="utf-8")
    people = resolve(store, classify(store, read(store, path, Watch()), DAY, Watch()), Watch(), "full")
    assert people.low <= 500 <= people.high
    assert people.exact - people.best <= 5, "merged by the model"


def of_contacts(store, tmp_path, *mails):
    path = tmp_path / "leak.csv"
    others = [f"Zorglub{chr(97 + at)};Ada;ada{at}@courriel.example" for at in range(20)]
    mine = [f"Essai;Luc;{mail}" for mail in mails]
    path.write_text("\n".join(["nom;prenom;email", *others, *mine]) + "\n", encoding="utf-8")
    people = resolve(store, classify(store, read(store, path, Watch()), DAY, Watch()), Watch())
    return people.low - 20, people.best - 20, people.high - 20


def test_a_subaddress_is_the_same_mailbox(store, tmp_path):
    assert of_contacts(store, tmp_path, "luc@courriel.example", "luc+infos@courriel.example")[1] == 1


def test_malformed_contacts_that_differ_are_a_difference(store, tmp_path):
    assert of_contacts(store, tmp_path, "lucé@courriel", "luca@poste")[1:] == (2, 2)
    assert of_contacts(store, tmp_path, "lucé@courriel", "lucé@courriel")[1] == 1


def test_whoever_is_known_by_a_name_alone_may_be_her_namesake(store, tmp_path):
    assert of_contacts(store, tmp_path, "luc@courriel.example", "") == (1, 2, 2)
