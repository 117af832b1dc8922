"""Who is who: planted cases by hand, and the truth inside the interval of generated hospitals."""

from dataclasses import replace

import pytest

from analysis.classify import classify
from analysis.ground.watch import Watch
from analysis.model import HOUSE
from analysis.read import read
from analysis.resolve import resolve
from analysis.resolve.mentions import row_of
from analysis.resolve.people import mentions
from analysis.synth import hospital, write_hospital
from tests.analysis.assess.test_persons import FILLER, HEAD
from tests.conftest import DAY

pytestmark = pytest.mark.one_store

ADA = "LOVELACE;Ada;10/12/1985;F;12 rue du Pont;LYON;69003;ada@courriel.example;0700000101"
CASES = [
    ("the same row twice", [ADA, ADA], 1),
    ("case and accents", ["LEFÈVRE;Éloïse;10/12/1985;F;;;;;", "lefevre;ELOISE;10/12/1985;F;;;;;"], 1),
    ("hyphen and space", ["LE-GALL;Jean-Marc;10/12/1985;M;;;;;", "LE GALL;Jean Marc;10/12/1985;M;;;;;"], 1),
    ("a particle that one system drops", ["de La Tour;Ada;10/12/1985;F;;;;;", "LA TOUR;Ada;10/12/1985;F;;;;;"], 1),
    ("swapped names", [ADA, ADA.replace("LOVELACE;Ada", "Ada;LOVELACE")], 1),
    ("moved house", [ADA, ADA.replace("12 rue du Pont;LYON;69003", "3 place Neuve;PARIS;75011")], 1),
    ("a slip of the pen", [ADA, ADA.replace("LOVELACE", "LOVELASE")], 1),
    ("day and month exchanged", [ADA, ADA.replace("10/12/1985", "12/10/1985")], 1),
    ("birth date missing", [ADA, ADA.replace("10/12/1985", "")], 1),
    ("married name", [ADA, ADA.replace("LOVELACE", "KING")], 1),
    ("birth name, then the name in use after ép.", ["DUPONTEL ép. MARTINEZ;Anne;10/12/1985;F;;;;;", "DUPONTEL;Anne;10/12/1985;F;;;;;"], 1),
    ("birth name, then the name in use in "
        "brackets", ["DUPONTEL (MARTINEZ);Anne;10/12/1985;F;;;;;", "DUPONTEL;Anne;10/12/1985;F;;;;;"], 1),
    ("née", ["MARTINEZ née DUPONTEL;Anne;10/12/1985;F;;;;;", "Dupontel épouse Martinez;Anne;10/12/1985;F;;;;;"], 1),
    ("the name in use alone", ["DUPONTEL EPOUSE MARTINEZ;Anne;10/12/1985;F;;;;;", "MARTINEZ;Anne;10/12/1985;F;;;;;"], 1),
    ("the name in use of another birth", ["DUPONTEL EP. MARTINEZ;Anne;10/12/1985;F;;;;;", "MARTINEZ;Anne;11/03/1962;F;;;;;"], 2),
    ("a name that begins like a mark of marriage", ["LE EPINAY;Anne;10/12/1985;F;;;;;", "LE;Anne;10/12/1985;F;;;;;"], 2),
    ("twins", ["DURAND;Léa;10/12/2010;F;1 rue A;LYON;69003;d@courriel.example;0700000102", "DURAND;Lola;10/12/2010;F;1 rue "
        "A;LYON;69003;d@courriel.example;0700000102"], 2),
    ("twins with alike names", ["DURAND;Marie;10/12/2010;F;1 rue "
        "A;LYON;69003;d@courriel.example;", "DURAND;Marine;10/12/2010;F;1 rue "
        "A;LYON;69003;d@courriel.example;"], 2),
    ("father and son of one name", ["DURAND;Paul;10/12/1950;M;1 rue "
        "A;LYON;69003;d@courriel.example;", "DURAND;Paul;10/12/1980;M;1 rue A;LYON;69003;d@courriel.example;"], 2),
    ("namesakes", ["DURAND;Paul;10/12/1950;M;1 rue A;LYON;69003;;", "DURAND;Paul;11/03/1962;M;7 rue B;LILLE;59000;;"], 2),
    ("a couple with one mailbox", ["DURAND;Paul;10/12/1950;M;1 rue "
        "A;LYON;69003;d@courriel.example;", "DURAND;Anne;03/05/1952;F;1 rue A;LYON;69003;d@courriel.example;"], 2),
    ("names in other alphabets", ["ИВАНОВ;Иван;10/12/1950;M;;;;;", "ПЕТРОВ;Пётр;10/12/1950;M;;;;;"], 2),
    ("nothing but a first name", [";Paul;;;;;;;", ";Anne;;;;;;;"], 2),
]  # fmt: skip


def counted(store, path):
    watch = Watch()
    return resolve(store, classify(store, read(store, path, watch), DAY, watch), watch)


@pytest.mark.parametrize(("name", "lines", "persons"), CASES, ids=[case[0] for case in CASES])
def test_persons_are_told_apart_and_put_together(store, tmp_path, name, lines, persons):
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + FILLER + "".join(line + "\n" for line in lines), encoding="utf-8")
    found = counted(store, path)
    assert found.best == 26 + persons
    assert found.low <= found.best <= found.high


def test_a_column_of_birth_names_decides_and_a_mothers_does_not(store, tmp_path):
    rows = ["DUPONTEL;;Anne;10/12/1985", "MARTINEZ;Dupontel;Anne;10/12/1985", "MARTINEZ;;Anne;10/12/1985"]
    filler = "".join(f"NOMFICTIF{chr(65 + at)};;Anne;10/12/19{40 + at}\n" for at in range(26))
    for title, persons in (("nom_de_naissance", 1), ("nom de la mère", 2)):
        path = tmp_path / f"{persons}.csv"
        path.write_text(f"nom;{title};prenom;date_naissance\n{filler}" + "\n".join(rows) + "\n", encoding="utf-8")
        assert counted(store, path).best == 26 + persons


def with_verdicts(store, exposure, *verdicts):
    for verdict in verdicts:
        exposure = replace(exposure, case=exposure.case.with_people(*verdict))
    return resolve(store, exposure, Watch())


def test_rows_that_a_person_joins_or_splits_are_one_or_two_whatever_they_say(store, tmp_path):
    path = tmp_path / "leak.csv"
    slip, other = ADA.replace("LOVELACE", "LOVELASE"), "FICTIVE;Zoé;01/02/1990;F;9 rue X;NICE;06000;z@courriel.example;"
    path.write_text(HEAD + FILLER + "\n".join([ADA, slip, ADA, other]) + "\n", encoding="utf-8")
    exposure = classify(store, read(store, path, Watch()), DAY, Watch())
    assert with_verdicts(store, exposure).best == 26 + 2
    ada, slipped, again, zoe = range(26, 30)
    found = with_verdicts(store, exposure, ("split", ada, slipped))
    assert (found.best, found.split, found.joined) == (26 + 3, 1, 0)
    found = with_verdicts(store, exposure, ("join", ada, zoe))
    assert (found.best, dict(found.merges)["by_hand"], found.joined) == (26 + 1, 1, 1)
    assert (
        with_verdicts(store, exposure, ("split", ada, again)).best == 26 + 2
    )  # the same in every cell: the third leaves Ada for the slip
    assert with_verdicts(store, exposure, ("split", ada, again), ("split", slipped, again)).best == 26 + 3
    assert with_verdicts(store, exposure, ("split", ada, slipped), ("join", slipped, ada)).best == 26 + 2  # the last word counts
    links = store.table(with_verdicts(store, exposure, ("join", ada, zoe)).links)
    person = {row_of(mention): one for mention, one in store.rows(links.select("mention", "person"))}
    assert person[zoe] == person[ada] == person[slipped]


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_true_head_count_lies_in_the_interval(store, tmp_path, seed):
    made = hospital(8000, seed)
    write_hospital(made, tmp_path / "h.csv", None)
    found = counted(store, tmp_path / "h.csv")
    assert found.low <= made.persons <= found.high
    assert (found.high - found.low) / made.persons < 0.02
    assert abs(found.best - made.persons) <= 0.002 * made.persons


def test_every_row_has_its_person_and_every_person_its_rows(store, tmp_path):
    write_hospital(hospital(3000, 5), tmp_path / "h.csv", None)
    found = counted(store, tmp_path / "h.csv")
    links, persons = store.table(found.links), store.table(found.table)
    assert store.rows(links.aggregate(rows=links.count(), persons=links.person.nunique())) == [(3000, found.best)]
    assert store.rows(persons.aggregate(persons=persons.count(), rows=persons["rows"].sum())) == [(found.best, 3000)]
    assert sum(count for _, count in found.merges) == 3000 - found.best


FAMILIES = ["MARTIN", "BERNARD", "THOMAS", "PETIT", "ROBERT", "RICHARD", "DURAND", "DUBOIS", "MOREAU", "LAURENT", "SIMON", "MICHEL", "LEFEBVRE", "LEROY", "ROUX", "DAVID", "BERTRAND", "MOREL", "FOURNIER", "GIRARD", "BONNET", "DUPONT", "LAMBERT", "FONTAINE", "ROUSSEAU", "VINCENT"]  # fmt: skip


@pytest.mark.parametrize(("head", "row", "best", "limits"), [
    ("email", "a{n}@courriel.example", 40, 1), ("nom;prenom", "{l};Jean", 26, 1), ("telephone", "07000001{n:02d}", 40, 1), ("note;remarque", "x;y", 0, 1),
])  # fmt: skip
def test_a_poor_file_still_gets_a_count_and_its_limits(store, tmp_path, head, row, best, limits):
    path = tmp_path / "leak.csv"
    path.write_text(head + "\n" + "".join(row.format(n=at, l=FAMILIES[at % 26]) + "\n" for at in range(40)))
    found = counted(store, path)
    assert found.best == best
    assert len(found.limits) == limits


def test_a_hundred_thousand_equal_rows_do_not_explode(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + (ADA + "\n") * 100_000)
    found = counted(store, path)
    assert (found.low, found.best, found.high) == (1, 1, 1)


def test_namesakes_without_any_other_detail_do_not_explode(store, tmp_path):
    path = tmp_path / "leak.csv"
    days = [f"{1 + at % 28:02d}/{1 + at // 28 % 12:02d}/{1930 + at // 336 % 80}" for at in range(20_000)]
    path.write_text(HEAD + "".join(f"MARTIN;Jean;{day};M;;;69003;commun@courriel.example;0700000001\n" for day in days))
    found = counted(store, path)
    assert found.low <= found.best == 20_000


def test_neighbors_of_one_street_do_not_share_a_home_when_the_number_has_a_column(store, tmp_path):
    filler = "".join(
        f"NOMFICTIF{chr(65 + at)};Anne;10/12/19{40 + at};{at + 1};rue {chr(65 + at)}lba Fictive;LYON;69003\n" for at in range(26)
    )
    head = "nom;prenom;date_naissance;numero rue;libelle voie;ville;code_postal\n"
    homes = {}
    for other in (3, 4):
        path = tmp_path / f"{other}.csv"
        path.write_text(
            f"{head}{filler}BERTIGNAC;Zoé;10/12/1985;3;rue du Pont;LYON;69003\nCARPENTIN;Luc;03/05/1982;{other};rue du "
            f"Pont;LYON;69003\n",
            encoding="utf-8",
        )
        people = counted(store, path)
        assert any(field.variant == HOUSE for field in people.exposure.fields)
        persons = store.table(people.table)
        homes[other] = len({home for home, in store.rows(persons.filter(persons.last_name.isin(["BERTIGNAC", "CARPENTIN"])).select("home"))})  # fmt: skip
    assert homes == {3: 1, 4: 2}


WHOLE = {  # cell, and last and first name in a column where the given name comes first, then where it comes last
    "DUPRÉ Amélie": (("DUPRE", "AMELIE"), ("DUPRE", "AMELIE")),
    "Amélie DUPRÉ": (("DUPRE", "AMELIE"), ("DUPRE", "AMELIE")),
    "Dupré, Amélie": (("DUPRE", "AMELIE"), ("DUPRE", "AMELIE")),
    "Monsieur et Madame Amélie Dupré": (("DUPRE", "AMELIE"), ("AMELIE", "DUPRE")),
    "Jean Paul\u00a0Dupré": (("DUPRE", "JEANPAUL"), ("JEAN", "PAULDUPRE")),
    "Anne de la Tour": (("LATOUR", "ANNE"), ("ANNE", "DELATOUR")),
    "Mme Amélie Dupré": (("DUPRE", "AMELIE"), ("AMELIE", "DUPRE")),
    "DE LA TOUR Jean-Marc": (("LATOUR", "JEANMARC"), ("LATOUR", "JEANMARC")),
    "DUPRE AMELIE": (("AMELIE", "DUPRE"), ("DUPRE", "AMELIE")),
    "O'Brien Zoé": (("ZOE", "OBRIEN"), ("OBRIEN", "ZOE")),
    "Cher": (("CHER", None), ("CHER", None)),
}


@pytest.mark.parametrize("given_first", [True, False])
def test_whole_names_are_parted(store, tmp_path, given_first):
    filler = [f"{'Jeanne Martin' if given_first else 'Martin Jeanne'};0{at}/01/1980;0612345{at}00" for at in range(1, 10)] * 3
    path = tmp_path / "leak.csv"
    cells = [f"{cell};10/12/1985;" for cell in WHOLE]
    path.write_text("nom complet;date_naissance;telephone\n" + "\n".join([*filler, *cells]) + "\n", encoding="utf-8")
    people = counted(store, path)
    assert next(field.kind for field in people.exposure.fields) == "full_name"
    rows = store.table(mentions(store, people.exposure, Watch()))
    found = {
        row_of(mention): (last, first) for mention, last, first in store.rows(rows.select("mention", "last_name", "first_name"))
    }
    assert [found[27 + at] for at in range(len(WHOLE))] == [told[0 if given_first else 1] for told in WHOLE.values()]
    assert people.limits == ()


def test_a_family_with_one_phone_and_one_column_of_names_is_several_people(store, tmp_path):
    filler = "".join(f"NOMFICTIF{chr(65 + at)} Anne;10/12/19{40 + at};\n" for at in range(26))
    family = "DURAND Paul;10/12/1950;0700000101\nDURAND Anne;03/05/1952;0700000101\nDurand Anne;03/05/1952;0700000101\n"
    path = tmp_path / "leak.csv"
    path.write_text("nom complet;date_naissance;telephone\n" + filler + family, encoding="utf-8")
    found = counted(store, path)
    assert (found.best, found.high) == (28, 28)


def test_whole_names_beside_a_column_of_first_names_keep_surnames_apart(store, tmp_path):
    pairs = [(f"{first} {last};{first};0{1 + at % 9}/0{1 + at % 7}/19{30 + at % 60}") for at in range(60)
             for first in ("Paul" if at % 2 else "Anne",) for last in ("Guerinet", "Fournelle")]  # fmt: skip
    path = tmp_path / "leak.csv"
    path.write_text("nom complet;prenom;date_naissance\n" + "\n".join(pairs) + "\n", encoding="utf-8")
    exposure = classify(store, read(store, path, Watch()), DAY, Watch())
    for link in ("exact", "full"):
        found = resolve(store, exposure, Watch(), link)
        assert (found.best, found.high) == (len(set(pairs)), len(set(pairs))), link


@pytest.mark.parametrize(
    ("head", "line"), [("numero voie;cp;ville", "{};75011;PARIS"), ("nom complet;note", "Anne Fictive{1};" + "mot " * 2500)]
)
def test_a_file_with_one_column_to_compare_is_counted_without_a_model(store, tmp_path, head, line):
    path = tmp_path / "leak.csv"
    path.write_text(
        head + "\n" + "\n".join(line.format(at % 90, chr(97 + at % 9) + chr(97 + at // 9 % 10)) for at in range(200)) + "\n",
        encoding="utf-8",
    )
    exposure = classify(store, read(store, path, Watch()), DAY, Watch())
    found = resolve(store, exposure, Watch(), "full")
    assert found.best == found.high == (0 if head.startswith("numero") else 90)
