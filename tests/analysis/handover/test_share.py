"""Figures that may be shared: an attacker who knows every number that is told, and the rule, finds no small count."""

import itertools
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.assess import narrowed
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.handover.share import FEW, safe_tables, shareable, suppressed
from tests.analysis.handover.test_law import texts


def bounds(counts, shown):
    """What the linear program min x, max x gives for each count that is left out: they add up to what is not told of the sum, are one
    at least, and no larger than the smallest that is told (the rule is printed). One equation and bounds: its vertices are known."""
    rest = sum(counts) - sum(count for count in shown if count is not None)
    hidden = [at for at, count in enumerate(shown) if count is None]
    most = min((count for count in shown if count), default=rest)
    others = len(hidden) - 1
    return {at: (max(1, rest - others * most), min(most, rest - others)) for at in hidden}


@settings(max_examples=500, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=25))
@example([9, 9, 9, 10, 400])
@example([3, 297])
@example([1, 0, 0])
def test_no_left_out_count_is_known_to_nearer_than_ten(counts):
    shown = suppressed(counts)
    assert all(count is None or count == 0 or count >= FEW for count in shown)
    assert all(count in (None, real) for count, real in zip(shown, counts, strict=True))
    if any(count is not None for count in shown):  # else nothing of the list is told
        for low, high in bounds(counts, shown).values():
            assert high - low >= FEW


def test_an_attack_that_tries_every_way_the_sum_could_come_about_finds_more_than_ten():
    """By exhaustion, for small lists: which counts fit what is told, were they any."""
    chance = random.Random(7)
    tried = 0
    for _ in range(200):
        counts = [chance.choice([0, 1, 3, 9, 12, 15, 30]) for _ in range(4)]
        shown = suppressed(counts)
        hidden = [at for at, count in enumerate(shown) if count is None]
        if not hidden or all(count is None for count in shown):
            continue
        rest = sum(counts) - sum(count for count in shown if count is not None)
        most = min((count for count in shown if count), default=rest)
        ways = [
            (*way, rest - sum(way))
            for way in itertools.product(range(1, most + 1), repeat=len(hidden) - 1)
            if 1 <= rest - sum(way) <= most
        ]
        tried += 1
        for place in range(len(hidden)):
            assert len({way[place] for way in ways}) > FEW
    assert tried > 10


def test_the_tables_add_up_to_what_is_told_and_share_no_count(declared):
    _, impact = declared
    found = safe_tables(impact, Words("en"))
    totals = {item.said.text: item.total for item in found}
    assert totals == {
        "Ages": impact.people.best,
        "Départements": impact.people.best,
        "How people can be told": impact.people.best,
    }
    assert all(count is None or count == 0 or count >= FEW for item in found for _, count in item.parts)
    assert any(item.left_out for item in found)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_name_no_file_no_hour_and_no_example_is_shared(declared, language):
    _, impact = declared
    words = Words(language)
    found = shareable(impact, words)
    said = texts(found, words)
    leak = impact.people.exposure.leak
    for part in ("Hôpital fictif", "Camille", leak.name, leak.sha256[:16], *leak.columns, "Un compte a été", "01 99"):
        assert part not in said, part
    assert not found.about and (found.written.hour, found.written.minute) == (0, 0)


def test_of_fewer_than_ten_people_not_even_the_number_is_told(declared):
    store, impact = declared
    few = narrowed(store, impact, ("department:48",), Watch())
    assert 0 < few.people.best < FEW
    words = Words("en")
    assert "< 10" in texts(shareable(few, words), words)
