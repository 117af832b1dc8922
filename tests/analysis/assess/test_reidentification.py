"""Prosecutor risks as ARX defines them, uniqueness in the French population: vectors of the public implementations."""

import math
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.assess.anonymity import among, anonymity_of
from analysis.assess.persons import age_table, places
from analysis.assess.population import zayatz
from analysis.assess.reidentification import DAYS, correctness, journalist, marketer, risks, uniqueness
from analysis.ground.watch import Watch
from analysis.model import Asked
from analysis.model.tables import GeoFr
from analysis.read import read

# R1: the demonstration table of ARX (age, gender, zip).
ARX = [
    (34, "m", 81667),
    (45, "f", 81675),
    (66, "m", 81925),
    (70, "f", 81931),
    (34, "f", 81931),
    (70, "m", 81931),
    (45, "m", 81931),
]


def measured(rows, threshold=0.2):
    return risks(Counter(Counter(rows).values()).items(), threshold)


@pytest.mark.parametrize(("columns", "k", "highest", "average", "uniques"), [
    ((0, 1, 2), 1, 1, 1, 7), ((0, 1), 1, 1, 1, 7), ((1, 2), 1, 1, 5 / 7, 3), ((0,), 1, 1, 4 / 7, 1), ((2,), 1, 1, 4 / 7, 3), ((1,), 3, 1 / 3, 2 / 7, 0),
])  # fmt: skip
def test_r1_the_demonstration_table_of_arx(columns, k, highest, average, uniques):
    found = measured([tuple(row[at] for at in columns) for row in ARX])
    assert (found.k, found.highest, found.average, found.uniques) == (k, highest, average, uniques)


def test_r2_two_anonymous_the_average_is_three_groups_of_seven():
    found = measured(["a"] * 2 + ["b"] * 2 + ["c"] * 3)
    assert (found.highest, found.average) == (0.5, 0.42857142857142855)


@pytest.mark.parametrize(("rows", "uniqueness", "correctness"), [
    ([(25, "M", "NYC"), (30, "M", "LA"), (35, "X", "NYC"), (25, "M", "NYC"), (30, "M", "SF")], 0.60, 0.80),
    ([1, 1, 2], 1 / 3, 2 / 3), ([1, 1, 1], 0, 1 / 3), ([1, 2, 3], 1, 1),
    ([(5, 10), (10, 20), (5, 10), (10, 30), (5, 10)], 2 / 5, 3 / 5),
])  # fmt: skip
def test_r3_uniqueness_and_correctness_of_correctmatch(rows, uniqueness, correctness):
    found = measured(rows)
    assert found.uniques / found.rows == uniqueness
    assert found.average == correctness


def test_r5_the_prosecutor_of_a_sample_of_six():
    found = measured(["A", "B", "B", "C", "C", "C"])
    assert (found.at_risk, found.highest, found.average) == (1, 1, 0.5)


def test_the_threshold_is_strict():
    assert measured(["a"] * 5).at_risk == 0
    assert measured(["a"] * 4).at_risk == 1


def test_sizes_count_rows_and_add_up():
    found = measured(["a"] + ["b"] * 2 + ["c"] * 4 + ["d"] * 12)
    assert dict(found.sizes) == {"1": 1, "2": 2, "3-4": 4, "5-9": 0, "10+": 12}


@pytest.mark.parametrize(("by_sex", "expected"), [(True, 67.3), (False, 51.2)])
def test_the_french_population_alone_in_its_cell(store, by_sex, expected):
    """Birth date, (sex,) postal code: share of the French alone in their cell, from the committed set."""
    town = places(store.reference(GeoFr))
    ages = age_table(store)
    if not by_sex:
        ages = ages.group_by("age").aggregate(share=ages.share.sum())
    cells = town.filter(town.population > 0).cross_join(ages)
    weight = cells.population * cells.share
    alone = (weight * (-weight / DAYS).exp()).sum() / weight.sum()
    ((found,),) = store.rows(cells.aggregate(alone=alone))
    assert found * 100 == pytest.approx(expected, abs=0.5)


def test_r5_journalist_and_marketer():
    classes = [(1, 2, 1), (2, 10, 1), (3, 3, 1)]
    found = journalist(classes, 0.2)
    assert found.at_risk == pytest.approx(4 / 6) and found.highest == 0.5
    assert found.average == pytest.approx(0.283333, abs=1e-6) == marketer(classes).average
    assert journalist([(1, 2, 2)], 0.2).average == 0.5


@pytest.mark.parametrize(("p", "people", "alone", "right"), [
    (1, 1, 1, 1), (1, 2, 0, 0.5), (1, 3, 0, 1 / 3), (0.5, 2, 0.5, 0.75), (0.2, 5, 0.4096, 0.67232),
    (0.001, 1000, 0.3680635, 0.6323046), (0.0001, 10_000, 0.3678978, 0.6321390),
])  # fmt: skip
def test_r4_uniqueness_and_correctness_of_a_record(p, people, alone, right):
    assert uniqueness(p, people) == pytest.approx(alone, abs=5e-8)
    assert correctness(p, people) == pytest.approx(right, abs=5e-8)


@pytest.mark.parametrize(("people", "cells", "alone", "right"), [
    (9_330, 56_940, 0.848877, 0.922376), (1_000, 58_440, 0.9831, 0.9915), (5_000, 58_440, 0.9180, 0.9584), (10_000, 58_440, 0.8427, 0.9191),
    (10_850, 58_440, 0.8306, 0.9127), (20_000, 58_440, 0.7102, 0.8468), (50_000, 58_440, 0.4250, 0.6720), (100_000, 58_440, 0.1807, 0.4788),
    (200_000, 58_440, 0.0326, 0.2827),
])  # fmt: skip
def test_r8_equal_cells(people, cells, alone, right):
    assert uniqueness(1 / cells, people) == pytest.approx(alone, abs=6e-5)
    assert correctness(1 / cells, people) == pytest.approx(right, abs=6e-5)


@pytest.mark.parametrize(("histogram", "people", "uniques"), [({1: 2, 2: 2}, 12, 1.9130435), ({1: 60, 2: 20}, 1000, 374.8593)])
def test_r9_zayatz(histogram, people, uniques):
    assert zayatz(histogram, people) == pytest.approx(uniques, rel=1e-6)
    assert zayatz({2: 5}, 100) == 0


def test_r5_from_two_files_and_what_the_population_does_not_hold(store, tmp_path):
    """Sample A 1, B 2, C 3; population A 2, B 10, C 3; then a row of D, which the population lacks, and a C too many."""

    def table(name, counts):
        path = tmp_path / name
        path.write_text(
            "x;place\n" + "".join(f"{at};{place}\n" for place, n in counts.items() for at in range(n)), encoding="utf-8"
        )
        return read(store, path, Watch(), Asked(header=1, delimiter=";"))

    population = table("people.csv", {"A": 2, "B": 10, "C": 3})
    found = among(store, table("leak.csv", {"A": 1, "B": 2, "C": 3}), [1], population, [1], Watch())
    assert (sorted(found.cells), found.people, found.unknown_rows) == ([(1, 2, 1), (2, 10, 1), (3, 3, 1)], 15, 0)
    more = among(store, table("more.csv", {"A": 1, "C": 4, "D": 1}), [1], population, [1], Watch())
    assert (sorted(more.cells), more.unknown_rows) == ([(1, 1, 1), (1, 2, 1), (4, 4, 1)], 5)


R6 = {("F", "Kerala"): "viral heart", ("F", "Tamil Nadu"): "cancer TB", ("M", "Karnataka"): "none TB heart",
      ("M", "Kerala"): "cancer heart viral", ("M", "Tamil Nadu"): "cancer cancer cancer"}  # fmt: skip


def measured_file(store, tmp_path, lines, sensitive):
    path = tmp_path / "leak.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    leak = read(store, path, Watch(), Asked(header=1, delimiter=";"))
    return anonymity_of(store, leak, range(sensitive), sensitive, Watch())


def test_r6_the_hospital_table_of_pycanon(store, tmp_path):
    lines = ["sex;state;disease", *(f"{sex};{state};{ill}" for (sex, state), all in R6.items() for ill in all.split())]
    found = measured_file(store, tmp_path, lines, 2)
    assert (found.risks.k, found.diversity.distinct_l, found.diversity.entropy_l, found.diversity.alpha) == (2, 1, 1, 1.0)
    assert found.risks.average == pytest.approx(5 / 13)
    assert found.diversity.t == pytest.approx(8 / 13)
    assert found.diversity.basic_beta == pytest.approx(10 / 3)
    assert found.diversity.enhanced_beta == pytest.approx(math.log(13))
    assert found.diversity.delta == pytest.approx(1.466337, abs=1e-6)
    assert found.diversity.t_ordered is None and found.diversity.recursive_c == math.inf


@pytest.mark.parametrize(("classes", "worst"), [
    (((3, 4, 5), (6, 8, 11), (7, 9, 10)), 0.375), (((6, 7, 8), (3, 5, 9), (4, 10, 11)), 0.194444), (((3, 5, 9), (4, 7, 10), (6, 8, 11)), 0.166667),
])  # fmt: skip
def test_r7_closeness_of_ordered_numbers(store, tmp_path, classes, worst):
    lines = ["classe;salaire", *(f"classe {at};{salary}" for at, group in enumerate(classes) for salary in group)]
    assert measured_file(store, tmp_path, lines, 1).diversity.t_ordered == pytest.approx(worst, abs=1e-6)


def test_a_missing_quasi_identifier_is_a_value_of_its_own_and_recursive_diversity_is_measured(store, tmp_path):
    lines = ["ville;service", *["Lyon;cardio", "Lyon;onco", "Lyon;onco"], *[";onco", ";cardio", ";onco", ";onco"]]
    found = measured_file(store, tmp_path, lines, 1)
    assert (found.risks.rows, found.risks.classes, found.risks.k) == (7, 2, 3)
    assert found.diversity.recursive_c == 3.0
    assert found.diversity.entropy == pytest.approx(math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25))))


@st.composite
def tables(draw):
    """Rows of a quasi-identifier and a sensitive value; texts or numbers, sometimes missing."""
    kinds = draw(st.sampled_from((["a", "b", "c"], ["1", "2", "5", "10"], ["7"], ["1", "2", ""])))
    return draw(st.lists(st.tuples(st.sampled_from(("x", "y", "z", "")), st.sampled_from(kinds)), min_size=1, max_size=30))


@given(tables())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_measure_follows_its_definition_on_any_table(store, tmp_path, rows):
    """The definitions of pyCANON, one class after the other, in plain Python."""
    found = measured_file(store, tmp_path, ["by;told;kept", *(";".join((*row, "-")) for row in rows)], 1).diversity
    known = [(key, value) for key, value in rows if value]  # a missing value adds no diversity
    if not known:
        assert found is None
        return
    classes, whole = {}, Counter(value for _, value in known)
    for key, value in known:
        classes.setdefault(key, []).append(value)
    p = {value: n / len(known) for value, n in whole.items()}
    shares = [{value: n / len(held) for value, n in Counter(held).items()} for held in classes.values()]
    assert found.distinct_l == min(map(len, shares))
    assert found.entropy == pytest.approx(min(math.exp(-sum(q * math.log(q) for q in held.values())) for held in shares))
    assert found.alpha == max(max(held.values()) for held in shares)
    assert found.t == pytest.approx(max(sum(abs(held.get(value, 0) - p[value]) for value in p) / 2 for held in shares))
    beta = max((q - p[value]) / p[value] for held in shares for value, q in held.items())
    assert found.basic_beta == pytest.approx(beta)
    assert found.enhanced_beta == pytest.approx(min(beta, -math.log(min(p.values()))))
    assert found.delta == pytest.approx(max(abs(math.log(q / p[value])) for held in shares for value, q in held.items()))
    worst = [sorted(held.values(), reverse=True) for held in shares]
    assert found.recursive_c == pytest.approx(max(held[0] / sum(held[1:]) if held[1:] else math.inf for held in worst))
    if not all(value.isdigit() for value in p) or len(p) < 2:
        assert found.t_ordered is None
        return
    numbers = sorted(p, key=float)
    steps = [[sum(held.get(value, 0) - p[value] for value in numbers[: at + 1]) for at in range(len(numbers))] for held in shares]
    assert found.t_ordered == pytest.approx(max(sum(map(abs, held)) for held in steps) / (len(numbers) - 1))


@pytest.mark.parametrize("mark", ["", "*", "NA", "null", "?", "-", "**"])
def test_a_suppressed_cell_is_one_however_it_is_marked_and_tells_nobody_more(store, tmp_path, mark):
    """sdcMicro 300: a class of which one diagnosis is known has one, whatever else is missing."""
    lines = [
        "cp;sexe;maladie",
        "69003;F;grippe",
        f"69003;F;{mark}",
        "69003;F;*",
        "31000;M;x",
        "31000;M;y",
        f"{mark};M;x",
        "*;M;y",
    ]
    found = measured_file(store, tmp_path, lines, 2)
    assert (found.risks.rows, found.risks.k) == (7, 2)
    assert (found.diversity.distinct_l, found.diversity.entropy_l, found.diversity.alpha) == (1, 1, 1.0)


def test_ordered_numbers_are_told_apart_by_value_and_what_is_no_number_is_none(store, tmp_path):
    lines = ["by;told;kept", *(f"{key};{value};-" for key, value in (("a", "1"), ("a", "1.0"), ("b", "1"), ("b", "3")))]
    assert measured_file(store, tmp_path, lines, 1).diversity.t_ordered == pytest.approx(0.25)  # m = 2: 1 and 3
    for odd in ("nan", "inf", "1e999"):
        lines[-1] = f"b;{odd};-"
        assert measured_file(store, tmp_path, lines, 1).diversity.t_ordered is None
