"""The linked level: French files with planted truth, people who are two, and files that nobody expected."""

import csv
import gzip
import json
import math
import random
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.classify import classify
from analysis.command.door import run
from analysis.ground.watch import Watch
from analysis.read import read
from analysis.resolve import resolve
from analysis.resolve.belief import probability, shifted
from analysis.resolve.by_model import telling
from analysis.resolve.clusters import Found, constrained, grouped_by
from bench.linkage.people import mistaken, pairs, people, text
from tests.conftest import DAY

pytestmark = pytest.mark.one_store

SCHEMA = Path(__file__).parents[3] / "resources" / "schema" / "analysis.schema.json"


def linked(store, path, link="full"):
    watch = Watch()
    found = resolve(store, classify(store, read(store, path, watch), DAY, watch), watch, link)
    rows = store.rows(store.table(found.links).order_by("mention").select("person"))
    return found, [person for (person,) in rows]


@pytest.mark.parametrize(("profile", "recall"), [("hospital", 0.98), ("date in three", 0.95)])
def test_persons_of_a_french_file_are_found_and_twins_generations_and_couples_stay_two(store, tmp_path, profile, recall):
    made = people(1500, 21)
    (tmp_path / "leak.csv").write_text(text(made, profile), encoding="utf-8")
    found, groups = linked(store, tmp_path / "leak.csv")
    right = pairs(zip(groups, made.truth, strict=True))
    assert right / pairs(groups) >= 0.995
    assert right / pairs(made.truth) >= recall
    assert found.level == "model" and found.low <= 1500 <= found.high
    assert made.apart and not mistaken(groups, made)


@pytest.mark.parametrize(
    "line", ["x;y;z", "DUPONT;Jean;01/01/1980", ";;", "DUPONT;Jean;"], ids=["no person", "all equal", "empty", "namesakes"]
)
def test_a_file_in_which_all_is_equal_ends_at_once(store, tmp_path, line):
    rows = "".join(f"{line}\n" for _ in range(3000))
    (tmp_path / "leak.csv").write_text("nom;prenom;naissance\n" + rows + "MARTIN;Zoé;02/02/1990\n", encoding="utf-8")
    found, groups = linked(store, tmp_path / "leak.csv")
    assert len(groups) == found.exposure.leak.rows and 1 <= found.low <= found.best <= found.high


def test_the_persons_of_each_row_are_written_with_their_line_and_reason(tmp_path):
    made = people(400, 5)
    body = text(made, "hospital").split("\n")
    body.insert(3, "")  # a blank line, and a value that takes two lines
    body[10] = body[10].replace(";", '";', 1).replace(body[10].split(";")[0], '"' + body[10].split(";")[0] + "\n", 1)
    (tmp_path / "leak.csv").write_text("\n".join(body), encoding="utf-8")
    out, told = tmp_path / "persons.csv", tmp_path / "a.json"
    assert run(["analyze", str(tmp_path / "leak.csv"), "--persons", str(out), "--json", str(told), "--link", "full"]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [int(row["row"]) for row in rows] == list(range(1, len(made.rows) + 1))
    assert [int(row["line"]) for row in rows] == [at + 2 + (at >= 2) + (at >= 9) for at in range(len(rows))]
    assert {row["level"] for row in rows} == {"exact", "linked"}
    assert all(row["reason"] == "first" for row in rows if row["row"] == row["person"])
    found = json.loads(told.read_text(encoding="utf-8"))
    assert found["people"]["best"] == len({row["person"] for row in rows}) == found["people"]["levels"]["linked"]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)


@pytest.mark.parametrize("packed", [True, False], ids=["in an archive", "alone in a folder"])
def test_persons_are_written_of_a_file_in_an_archive_and_of_a_folder(tmp_path, packed):
    made, folder = people(60, 9), tmp_path / "leak"
    folder.mkdir()
    body = text(made, "hospital").encode()
    (folder / "leak.csv").write_bytes(body)
    (tmp_path / "leak.csv.gz").write_bytes(gzip.compress(body))
    out = tmp_path / "persons.csv"
    source = tmp_path / "leak.csv.gz" if packed else folder
    assert run(["analyze", str(source), "--persons", str(out), "--link", "exact"]) == 0
    lines = [row["line"] for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines())]
    assert lines == ([""] * len(made.rows) if packed else [str(at + 2) for at in range(len(made.rows))])


@given(
    some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12)), max_size=30),
    some.sets(some.tuples(some.integers(0, 12), some.integers(0, 12)), max_size=6),
)
def test_no_group_holds_two_who_are_known_to_be_two(edges, kept_apart):
    apart = {(min(pair), max(pair)) for pair in kept_apart if pair[0] != pair[1]}
    found = Found()
    constrained([(a, b, 0.9, "linked") for a, b in edges if a != b], apart, found)
    assert all(found.groups.find(a) != found.groups.find(b) for a, b in apart)
    if not apart:
        assert len(found.groups.members()) == sum(
            len(group) - 1 for group in grouped_by(pair for pair in edges if pair[0] != pair[1])
        )


@given(some.floats(0.001, 0.2), some.integers(100, 2000), some.floats(-12.0, -1.0))
def test_the_share_of_matches_is_found_from_the_pairs(share, rows, prior):
    """Weights that are far apart leave no doubt: as many are expected as there are, whatever the model thought before."""
    total = rows * (rows - 1) / 2
    matches = max(int(total * share), 1)
    shift = shifted([(40.0 + prior, matches), (-40.0 + prior, 1000)], rows, prior)
    found = matches / total
    assert shift == pytest.approx(math.log2(found / (1 - found)) - prior, abs=0.01)


def test_a_model_that_thought_too_many_one_is_brought_down():
    """A thousand rows, ten pairs that agree in everything, ten thousand that agree by chance: the model's own prior, a tenth, does
    not make persons of the latter."""
    prior = math.log2(0.1 / 0.9)
    histogram = [(20.0 + prior, 10), (4.0 + prior, 10_000)]
    shift = shifted(histogram, 1_000, prior)
    assert probability(20.0 + prior + shift) > 0.5 > 0.01 > probability(4.0 + prior + shift)


def test_strangers_in_a_file_of_few_names_and_streets_stay_apart(store, tmp_path):
    """No row is there twice: what is alike is alike by chance, and a model that learns from it must not put strangers together."""
    rng = random.Random(5)
    first = ["Amélie", "Zoé", "Chloé", "Noël", "Jérôme", "François", "Benoît", "Anaïs", "Inès", "Maël", "Éloïse", "Hélène"]
    last = ["DUPRÉ", "LEFÈVRE", "MUÑOZ", "MÜLLER", "O'BRIEN", "NGUYÊN", "PÂQUES", "CHÂTEAU", "FORÊT", "BRÛLÉ"]
    lines = [f"{rng.choice(last)} {rng.choice(first)};{rng.randrange(1, 28):02}/{rng.randrange(1, 13):02}/{rng.randrange(1938, 2020)};"
             f"{rng.randrange(1, 120)} rue de l'Exemple {rng.choice('ABCD')};{rng.choice(['75011', '69003', '13001'])}" for _ in range(500)]  # fmt: skip
    path = tmp_path / "leak.csv"
    path.write_text("nom complet;date_naissance;adresse;code_postal\n" + "\n".join(lines) + "\n", encoding="utf-8")
    exposure = classify(store, read(store, path, Watch()), DAY, Watch())
    found = resolve(store, exposure, Watch(), "full")
    assert found.exact == len(set(lines)) and found.best >= 0.98 * found.exact


def test_a_chain_of_possible_pairs_is_not_one_person():
    chain = Found(others=[(at, at + 1) for at in range(9)])
    assert chain.possible() == 5
    few = Found(others=[(1, 2), (2, 3), (1, 3), (7, 8)])
    assert few.possible() == 3


def test_a_first_name_in_a_town_makes_no_slip_of_another_last_name_possible():
    assert not telling("first_name= postal_code= city=")
    assert telling("last_name~ first_name= city=") and telling("first_name= phone=") and telling("address=")
