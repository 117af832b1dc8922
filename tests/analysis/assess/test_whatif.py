"""Whom a few fields single out, and what would have been had the data been fewer, coarser or encrypted."""

import itertools
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.assess.coarse import coarse_classes
from analysis.assess.singling import KNOWABLE, singled, with_singling
from analysis.assess.whatif import BIRTH, PLACE, Change, coarseness, removable, what_if
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.model import Incident
from analysis.pipeline import answer
from analysis.rules.loading import load
from analysis.rules.shapes import Attackers
from analysis.store import Store
from tests.conftest import DAY, SAMPLE

SALE = Incident(nature="hospital", disclosure="unknown", malicious=True, breach_date=DAY)
KINDS = ["last_name", "first_name", "birth_date", "sex", "address", "postal_code", "email", "phone"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(root=tmp_path_factory.mktemp("vault"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def impact(store):
    return answer(store, Question(SALE, DAY, files=(SAMPLE,)), Watch())


@pytest.fixture(scope="module")
def classes(store, impact):
    return coarse_classes(store, impact, Watch())


@pytest.fixture(scope="module")
def persons(store, impact):
    """What is known of each person, as the engine normalized it."""
    rows = store.rows(store.table(impact.people.table).select(*KNOWABLE.values()))
    return [dict(zip(KNOWABLE, row, strict=True)) for row in rows]


def alone(persons, fields):
    keys = [tuple(one[name] for name in fields) for one in persons if all(one[name] is not None for name in fields)]
    return len(keys), sum(n == 1 for n in Counter(keys).values())


def test_each_field_and_attacker_singles_out_whom_a_plain_count_finds(store, impact, persons):
    found = singled(store, impact.people, Watch())
    assert len(found.ranked) == 8 and [item.alone for item in found.ranked] == sorted(
        (item.alone for item in found.ranked), reverse=True
    )
    for item in (*found.ranked, *(step for one in found.attackers for step in one.steps)):
        assert (item.known, item.alone) == alone(persons, item.fields), item.fields
    every = load(Attackers).attacker
    assert [(one.code, [step.fields for step in one.steps]) for one in found.attackers] == [
        (item.code, [item.knows[:n] for n in range(1, len(item.knows) + 1)]) for item in every
    ]
    told = with_singling(impact, found)
    assert told.singling is found and told.rules.endswith(load(Attackers).version) and with_singling(told, found) == told


def alone_as_it_stands(persons, fields):
    """A missing field is a value of its own."""
    return sum(n == 1 for n in Counter(tuple(one[name] for name in fields) for one in persons).values())


def test_the_curve_adds_one_field_at_a_time_and_each_adds_the_most(store, impact, persons):
    curve = singled(store, impact.people, Watch()).curve
    assert len(curve) > 2 and [item.known for item in curve] == [alone(persons, item.fields)[0] for item in curve]
    assert curve[0].alone == alone_as_it_stands(persons, curve[0].fields)
    for before, after in itertools.pairwise(curve):
        assert after.fields[:-1] == before.fields and after.alone >= before.alone
        rest = [name for name in KNOWABLE if name not in before.fields]
        assert after.alone == max(alone_as_it_stands(persons, (*before.fields, name)) for name in rest)


def test_nothing_changed_is_the_impact_itself(impact, classes):
    found = what_if(impact, Change(), classes)
    assert found.severity == impact.verdict.severity and found.bands == impact.verdict.bands
    assert found.scenarios == tuple((code, serious + grave) for code, _, serious, grave in impact.verdict.scenarios)
    risk = impact.census.reidentification
    assert (found.unique.known, found.unique.k, found.unique.alone) == (risk.rows, risk.k, risk.uniques)
    assert found.unique.in_population == pytest.approx(risk.alone_in_town)


@pytest.mark.parametrize(
    ("birth", "place"),
    [("month", "postal_code"), ("year", "department"), ("year", "none"), ("none", "postal_code"), ("date", "department")],
)
def test_classes_of_each_coarseness_are_those_of_a_plain_count(store, impact, classes, birth, place):
    rows = store.rows(store.table(impact.census.facts).select("birth_date", "sex", "postal_code", "department"))
    day = {"date": lambda d: d, "month": lambda d: d and (d.year, d.month), "year": lambda d: d and d.year, "none": lambda d: ""}[
        birth
    ]
    keys = [(day(born), sex, {"postal_code": code, "department": place_, "none": ""}[place]) for born, sex, code, place_ in rows]
    sizes = Counter(key for key in keys if None not in key)
    found = classes[birth, "sex", place]
    assert (found.known, found.k, found.alone) == (sum(sizes.values()), min(sizes.values()), sum(n == 1 for n in sizes.values()))


def test_coarser_is_never_more_distinctive_in_the_population(classes):
    for place in PLACE[:2]:
        shares = [classes[birth, "sex", place].in_population for birth in BIRTH[:3]]
        assert shares == sorted(shares, reverse=True)
    assert classes["date", "sex", "department"].in_population < classes["date", "sex", "postal_code"].in_population
    assert classes["none", "none", "none"].in_population is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.frozensets(st.sampled_from(KINDS)), st.frozensets(st.sampled_from(KINDS)), st.sampled_from(BIRTH), st.sampled_from(PLACE)
)
def test_less_data_is_never_a_graver_incident(impact, classes, removed, encrypted, birth, place):
    change = Change(removed, encrypted, birth, place)
    found, before = what_if(impact, change, classes), what_if(impact, Change(removed), classes)
    assert found.severity.se <= before.severity.se <= impact.verdict.severity.se
    assert sum(n for _, n in found.bands) == impact.people.best
    for at in range(1, 4):  # persons of at least a band
        assert sum(n for _, n in found.bands[at:]) <= sum(n for _, n in impact.verdict.bands[at:])
    assert all(now <= then for (_, now), (_, then) in zip(found.scenarios, before.scenarios, strict=True))
    assert coarseness(change)[0] == ("none" if "birth_date" in removed | encrypted else birth)


def test_without_birth_date_nobody_is_a_minor_and_without_anything_nothing_is_severe(impact):
    assert what_if(impact, Change(frozenset({"birth_date"}))).severity.dpc == 3
    empty = what_if(impact, Change(frozenset(removable(impact))))
    assert empty.severity.se == 1.25 + 0.0 and dict(empty.bands)["low"] + dict(empty.bands)["medium"] == impact.people.best
    assert all(n == 0 for _, n in empty.scenarios)


# Facts on re-identification, section 7: expected share of the French population alone in its cell.
@pytest.mark.parametrize(("birth", "sex", "place", "share", "within"), [
    ("date", "sex", "postal_code", 0.673, 0.005), ("date", "none", "postal_code", 0.512, 0.005), ("month", "sex", "postal_code", 0.038, 0.002),
    ("year", "sex", "postal_code", 0.0005, 0.0003), ("date", "sex", "department", 0.0090, 0.001),
])  # fmt: skip
def test_the_french_population_is_as_distinctive_as_the_facts_say(birth, sex, place, share, within):
    import math

    import pyarrow.parquet as pq

    from analysis.assess.persons import pyramid
    from analysis.assess.reidentification import DAYS
    from analysis.store import reference_path

    geo = pq.read_table(reference_path("geo_fr")).to_pylist()
    crowds = Counter()
    for row in geo:
        crowds[row["postal_code" if place == "postal_code" else "department"]] += row["population"] or 0
    men, women = pyramid()
    shares = [*men, *women] if sex == "sex" else [a + b for a, b in zip(men, women, strict=True)]
    cells = {"date": DAYS, "month": 12.0, "year": 1.0}[birth]
    total = sum(crowds.values())
    found = sum(people / total * part * math.exp(-people * part / cells) for people in crowds.values() for part in shares)
    assert found == pytest.approx(share, abs=within)


def test_fields_that_single_out_together_alone_are_found_beyond_those_that_add_nobody(store, tmp_path):
    path = tmp_path / "leak.csv"
    rows = [
        (a, b, c)
        for a in ("DUPONT", "MARTIN", "PETIT", "MOREAU", "LEROY", "SIMON", "LAURENT", "GARCIA", "ROUX", "FONTAINE")
        for b in ("Camille", "Zoé", "Luc", "Ana", "Paul", "Rose", "Hugo", "Inès", "Noah", "Lina")
        for c in ("75011", "69003")
    ]
    path.write_text("nom;prenom;code postal\n" + "".join(f"{a};{b};{c}\n" for a, b, c in rows), encoding="utf-8")
    curve = singled(store, answer(store, Question(SALE, DAY, files=(path,)), Watch()).people, Watch()).curve
    assert [(len(item.fields), item.alone) for item in curve] == [(1, 0), (2, 0), (3, 200)]
