"""The figures of the demonstration, all of them, beside those that plain pandas finds in the rows themselves (`tests/again.py`)."""

import re
from itertools import combinations

import openpyxl
import pandas as pd
import pytest

from analysis import assess
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.report.excel import write_excel
from analysis.report.machine import as_json
from tests import again

# What is no count of the rows, or tells who is one person, which is taken over.
TAKEN_OVER = (
    r"schema|timings\..*",
    r"incident\..*",  # declared
    r"fields\.\d+\.confidence",  # the classifier's
    r"people\.(low|high|levels\.(strict|exact)|merges\..*)",
    r"impact\.projection\.alone\..*",  # the estimator has the vectors of its authors (test_population)
)


@pytest.fixture(scope="module")
def known(sample_impact):
    """The rows, the people, the impact, and what the JSON says."""
    store, impact = sample_impact
    impact = assess.with_places(store, impact, Watch())
    links = pd.DataFrame(store.rows(store.table(impact.people.links).select("mention", "person")), columns=["row", "person"])
    rows = again.rows_of(links)
    return rows, again.people_of(rows), impact, as_json(impact, {}, Words("en"))


def leaves(told, path=""):
    """Every number of a JSON document, by its place."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(told, list | tuple):
        for at, value in enumerate(told):
            yield from leaves(value, f"{path}.{at}")
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield path, told


def test_every_figure_of_the_json_is_the_one_that_pandas_finds(known):
    rows, people, _, answer = known
    told, found = dict(leaves(answer)), again.figures(rows, people)
    counted = {path: value for path, value in told.items() if not any(re.fullmatch(one, path) for one in TAKEN_OVER)}
    assert len(counted) > 2_000 and not sorted(set(counted) ^ set(found))
    wrong = {path: (value, found[path]) for path, value in counted.items() if value != pytest.approx(found[path], rel=1e-9)}
    moved = int((people.homes > 1).sum())  # of people of two homes either may be kept
    for path in ("people.surroundings.households", "people.surroundings.in_households"):
        value, same = wrong.pop(path, (0, 0))
        assert abs(value - same) <= 2 * moved
    assert not wrong


def test_ages_and_what_stands_together_are_those_of_the_charts(known):
    _, people, impact, _ = known
    assert {(item.age, item.sex): item.people for item in impact.census.ages} == banded(people)
    held = again.flags_of(people)
    pairs = {frozenset((a, b)): n for a, b, n in impact.verdict.together}
    for a, b in combinations(held.columns, 2):
        assert pairs[frozenset((a, b))] == int((held[a] & held[b]).sum()), (a, b)


def test_the_score_of_each_person_is_enisas_formula(known, sample_impact):
    _, people, impact, _ = known
    store = sample_impact[0]
    asked = ["person", "se", "minor"]
    told = pd.DataFrame(store.rows(store.table(impact.verdict.table).select(*asked)), columns=asked).set_index("person")
    assert (told.se.reindex(people.index) == again.scores(people)).all()
    assert (told.minor.reindex(people.index) == people.minor).all()


@pytest.fixture(scope="module")
def book(known, tmp_path_factory):
    """The workbook of the impact, communes and all: each page as rows of values."""
    path = tmp_path_factory.mktemp("book") / "s.xlsx"
    write_excel(known[2], path, Words("en"))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in openpyxl.load_workbook(path)}


def test_every_figure_of_the_workbook_is_the_one_that_pandas_finds(known, book):
    """Page by page, all numbers in their order; what is text beside them (a price, a rate) in its own words."""
    rows, people, *_ = known
    found, n = again.figures(rows, people), len(people)

    def figures(start, *names):
        return [found[f"{start}.{name}"] for name in names]

    def of_people(counts):
        return [value for count in counts for value in (count, count / n)]

    bands = figures("impact.bands", "low", "medium", "high", "very_high")
    order = [value for at in range(6) for value in figures(f"impact.order.{at}", "people", "share")]
    groups = ("minor", "old", "deceased", "care_home", "boarding_school", "barracks_or_prison", "village", "shared_email", "shared_phone", "unreachable")  # fmt: skip
    asked = ("minors", "over_75", "high_severity", "email", "sms", "post", "none")
    shares = {code: found[f"impact.projection.{code}.found"] / found[f"impact.projection.{code}.among"] for code in asked}
    alone = found["impact.reidentification.uniques"]
    wanted = {
        "Fields": [value for at in range(10) for value in figures(f"fields.{at}", "valid", "malformed", "placeholder", "empty")],
        "Severity": [*of_people(bands), *order],
        "Ages": ages(people),
        "Vulnerable people": of_people(figures("people.surroundings.groups", *groups)) + crowds(found, people),
        "Scenarios": [value for item in again.SCENARIOS for value in figures(f"impact.scenarios.{item['code']}", "possible", "serious", "grave")]
        + figures("impact.priority", 1, 2, 3, 4),
        "Projection": [
            value
            for code in asked
            for value in (found[f"impact.projection.{code}.found"], shares[code], *figures(f"impact.projection.{code}", "low", "expected", "high"))
        ] + [alone, alone / found["impact.reidentification.rows"]],
    }  # fmt: skip
    for page, numbers in wanted.items():
        told = [cell for row in book[page][4:] for cell in row if isinstance(cell, int | float)]
        told = [one for one in told if page != "Fields" or not isinstance(one, float)]  # the classifier's confidence
        same = [
            one == pytest.approx(other) if isinstance(other, int | float) else one == other
            for one, other in zip(told, numbers, strict=False)
        ]
        assert all(same), (page, same.index(False))
        assert page == "Projection" or len(told) == len(numbers), page
    for page, start in (("Départements", "people.departments"), ("Communes", "people.communes")):
        there = 2 if page == "Départements" else 3
        told = {row[0]: row[there] for row in book[page][4:] if row[0] and row[there]}
        assert told == {path.split(".")[-1]: value for path, value in found.items() if path.startswith(start)}
        per_thousand = [
            (row[there] / row[there + 1] * 1000, row[there + 2]) for row in book[page][4:] if row[there] and row[there + 1]
        ]
        assert per_thousand and all(said == f"{rate:.2f}" for rate, said in per_thousand)
    reach = [cell for row in book["Reach"][4:] for cell in row if isinstance(cell, int | float)]
    best = figures("people.reach", "email", "sms", "post", "call", "none", "minors", "deceased")
    together = [value for path, value in sorted(found.items()) if path.startswith("people.reach.together.")]
    shared = [value for part in ("email", "phone") for value in figures(f"people.surroundings.shared.{part}", "points", "most")]
    assert reach[:8] == [*best, sum(best[:4])] and reach[-4:] == shared
    assert sorted(reach[8:-4]) == sorted(value for value in together if value != found["people.reach.together.none"])
    at = "impact.reidentification"
    told = [cell for row in book["Re-identification"][4:] for cell in row[1:] if isinstance(cell, int | float)]
    assert told == pytest.approx(
        [*figures(at, "rows", "classes", "k", "uniques", "highest", "average", "at_risk", "alone_in_town")]
    )
    summary = {row[0]: row[1] for row in book["Summary"][4:]}
    named = {"Records in the file": len(rows), "People, best estimate": n, "Minors": found["people.minors"], "People of 75 or older": found["people.over_75"],
             "Reachable by e-mail": found["people.reach.any_email"], "Not reachable": found["people.reach.none"]}  # fmt: skip
    assert {name: summary[name] for name in named} == named


def crowds(found, people):
    """Households, places where many live, and how many rows one person has."""
    at, sizes = "people.surroundings", people.rows.value_counts().sort_index()
    living = [found[f"{at}.{name}"] for name in ("households", "in_households", "largest")]
    moved = int((people.homes > 1).sum())  # of people of two homes either may be kept
    told = [pytest.approx(living[0], abs=2 * moved), pytest.approx(living[1], abs=2 * moved), living[2]]
    return [told[0], told[1], pytest.approx(living[1] / len(people), abs=2 * moved / len(people)), told[2], 0, 0, 0] + [
        value for count in sizes for value in (int(count), count / len(people))
    ]


def banded(people):
    """People by five years of age and sex (empty where it is not known)."""
    told = people[people.age.notna()].assign(band=lambda t: t.age.clip(upper=105) // 5 * 5, sex=lambda t: t.sex.fillna(""))
    return {(int(band), sex): int(n) for (band, sex), n in told.groupby(["band", "sex"]).size().items()}


def ages(people):
    """Women, men, and people without a sex, by five years."""
    counted = banded(people)
    return [counted.get((band, sex), 0) for band in range(0, 110, 5) for sex in ("f", "m", "")]
