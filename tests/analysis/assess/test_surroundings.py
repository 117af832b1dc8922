"""Who lives or is reached together, and who needs care: invented people whose groups are known."""

import pytest

from analysis.assess import assess
from analysis.assess.listing import listed
from analysis.assess.parts import those_of
from analysis.assess.surroundings import GROUPS
from analysis.classify import classify
from analysis.ground.watch import Watch
from analysis.model import Incident
from analysis.read import read
from analysis.resolve import resolve
from tests.conftest import DAY

HEAD = "nom;prenom;date_naissance;sexe;adresse;ville;code_postal;email;telephone;date_deces\n"
NAMES = [f"NOM{a}{b}" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ"]
GIVEN = ["Jeanne", "Lucas", "Amandine", "Karim", "Odette", "Paul", "Lina", "Hugo", "Zoé", "Luc"]


def person(at, born, home, city="LYON", code="69003", email="", phone="", dead=""):
    return f"{NAMES[at]};{GIVEN[at % 10]};{born};{'FM'[at % 2]};{home};{city};{code};{email or f'p{at}@courriel.example'};{phone or f'06990000{at:02d}'};{dead}\n"


@pytest.fixture
def found(store, tmp_path):
    lines = [person(at, f"0{1 + at % 9}/03/1931", "1 rue des Tilleuls") for at in range(10)]  # a care home
    lines += [person(10 + at, f"0{1 + at % 9}/05/2009", "2 place du College") for at in range(12)]  # a boarding school
    lines += [person(30 + at, f"0{1 + at % 9}/07/1980", "3 allee des Roses", email="famille@courriel.example") for at in range(3)]
    lines += [
        person(40, "01/01/1970", "4 chemin Vert", "CERNON", "51240"),
        person(41, "02/01/1970", "5 chemin Vert", "CHALONS EN CHAMPAGNE", "51000"),
    ]
    lines += [person(42, "01/01/1905", "6 rue Haute"), person(43, "01/02/1950", "7 rue Haute", dead="01/02/2020")]
    lines += [person(50 + at, f"1{at % 9}/08/1975", f"{at} rue Basse") for at in range(30)]
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    watch = Watch()
    people = resolve(store, classify(store, read(store, path, watch), DAY, watch), watch)
    return assess(store, people, Incident(breach_date=DAY, price_sms=1.0), DAY, watch)


def test_places_are_told_by_size_and_age(found):
    around = found.census.surroundings
    assert {item.kind: (item.addresses, item.people) for item in around.places} == {
        "care_home": (1, 10), "boarding_school": (1, 12), "barracks_or_prison": (0, 0),
    }  # fmt: skip
    assert (around.households, around.in_households, around.largest) == (3, 25, 12)


def test_the_dead_villagers_and_shared_mailboxes_are_counted(found):
    around = found.census.surroundings
    assert (around.deceased, around.village) == (2, 1)
    assert (around.emails.points, around.emails.people, around.emails.most) == (1, 3, 3)
    assert (around.phones.points, around.phones.people) == (0, 0)


def test_every_count_opens_its_people(store, found):
    around, seen = found.census.surroundings, {}
    for group in GROUPS:
        _, seen[group] = listed(store, found, Watch(), group)
    places = {item.kind: item.people for item in around.places}
    assert seen == {
        "minor": found.verdict.minors, "old": found.verdict.over_75, "deceased": around.deceased, **places, "village": around.village,
        "shared_email": around.emails.people, "shared_phone": around.phones.people, "unreachable": found.verdict.reach.none,
    }  # fmt: skip
    home = store.rows(those_of(store, found, "care_home"))
    assert sorted(row for (row,) in home) == list(range(10))


def test_reach_adds_up_and_is_costed_at_the_declared_price(found):
    reach = found.verdict.reach
    assert sum(n for _, n in reach.together) == found.people.best
    assert reach.email + reach.sms + reach.post + reach.none + reach.deceased == found.people.best and reach.deceased == 1
    assert dict(reach.costs) == {
        "email": round(reach.email * 0.002, 2),
        "sms": float(reach.sms),
        "post": round(reach.post * 1.6, 2),
    }


def test_the_rows_of_all_persons_add_up(sample_impact):
    _, impact = sample_impact
    assert sum(n for _, n in impact.people.sizes) == impact.people.best
    assert sum(size * n for size, n in impact.people.sizes) <= impact.people.exposure.leak.rows
