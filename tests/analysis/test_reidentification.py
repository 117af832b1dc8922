"""Prosecutor risks as ARX defines them, uniqueness in the French population: vectors of the public implementations."""

from collections import Counter

import pytest

from analysis.assess.persons import age_table, places
from analysis.assess.reidentification import DAYS, risks

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
    town = places(store.reference("geo_fr"))
    ages = age_table(store)
    if not by_sex:
        ages = ages.group_by("age").aggregate(share=ages.share.sum())
    cells = town.filter(town.population > 0).cross_join(ages)
    weight = cells.population * cells.share
    alone = (weight * (-weight / DAYS).exp()).sum() / weight.sum()
    ((found,),) = store.rows(cells.aggregate(alone=alone))
    assert found * 100 == pytest.approx(expected, abs=0.5)
