"""From a sample to the whole: Wilson's interval, and what it becomes where the whole is finite."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.assess.projection import projection, wilson
from tests.conftest import altered


@pytest.mark.parametrize(("found", "among", "low", "high"), [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
])  # fmt: skip
def test_the_examples_of_newcombe_1998(found, among, low, high):
    """Statistics in Medicine 17, table I, method 3."""
    assert wilson(found, among) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_shrinks_with_the_whole_and_closes_on_it(among, data):
    found = data.draw(st.integers(0, among))
    population = data.draw(st.integers(among, among * 20))
    low, high = wilson(found, among, population)
    wide = wilson(found, among)
    assert wide[0] - 1e-12 <= low <= found / among + 1e-12
    assert found / among - 1e-12 <= high <= wide[1] + 1e-12
    assert wilson(found, among, among) == (found / among, found / among)


def test_an_empty_sample_has_no_share():
    with pytest.raises(ValueError, match="empty"):
        wilson(0, 0)


def test_a_sample_is_projected_on_the_claim_and_a_whole_file_is_not(sample_impact):
    _, impact = sample_impact
    people = impact.people.best
    assert projection(altered(impact, incident=replace(impact.incident, claimed_people=people))) == ()
    claimed = altered(impact, incident=replace(impact.incident, claimed_people=100 * people))
    found = {item.code: item for item in projection(claimed)}
    minors = found["minors"]
    assert minors.expected == round(impact.verdict.minors / impact.census.known_age * 100 * people)
    assert impact.verdict.minors < minors.low < minors.expected < minors.high
    assert found["email"].among == people
