"""What answers on doubtful pairs say: order, bounds, and what they never claim."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.resolve.review import Doubt, measured, queue, strata_of

chance = st.floats(0.0, 1.0)
doubts = st.lists(st.tuples(chance, st.booleans()), max_size=60).map(
    lambda found: [Doubt(2 * at, 2 * at + 1, share, linked) for at, (share, linked) in enumerate(found)]
)


@given(doubts, st.integers(0, 80))
def test_every_pair_is_asked_of_once_and_none_that_was_answered(found, most):
    answers = {item.pair: "same" for item in found[::3]}
    asked = queue(found, answers, most)
    assert len(asked) == len(set(asked)) == min(most, len(found) - len(answers)) and not set(asked) & answers.keys()
    assert queue(found, answers, most) == asked


@given(doubts, st.randoms())
def test_shares_lie_between_their_bounds(found, draw):
    answers = {item.pair: draw.choice(["same", "other", "unsure"]) for item in found if draw.random() < 0.5}
    told = measured(found, answers)
    assert (told is None) == (not answers)
    if told is not None:
        for share in (told.precision, told.recall):
            assert 0 <= share.low <= share.best + 1e-9 and share.best <= share.high + 1e-9 <= 1 + 2e-9
        assert told.answers + told.unsure == len(answers)


def test_when_every_pair_is_answered_nothing_is_estimated():
    found = [Doubt(at, at + 100, 0.95, True) for at in range(20)] + [Doubt(at, at + 200, 0.1, False) for at in range(10)]
    answers = {item.pair: "same" if (item.a < 15 and item.linked) or item.a < 5 else "other" for item in found}
    told = measured(found, answers)
    assert told.precision.low == told.precision.best == told.precision.high == 15 / 20
    assert told.recall.low == told.recall.best == told.recall.high == 15 / 20 and told.missed == 5


@pytest.mark.parametrize("right", [0.5, 0.8, 0.97])
def test_the_bounds_hold_the_truth_though_the_program_is_sure_of_itself(right):
    """500 linked pairs that it believes at 0.99, 500 kept apart at 0.02; a hundred answers, in forty worlds."""
    inside = 0
    for seed in range(40):
        draw = random.Random(seed)
        found = [Doubt(at, at + 1000, 0.99, True) for at in range(500)] + [Doubt(at, at + 2000, 0.02, False) for at in range(500)]
        truth = {item.pair: draw.random() < (right if item.linked else 0.1) for item in found}
        asked = queue(found, {}, 100)
        told = measured(found, {pair: "same" if truth[pair] else "other" for pair in asked})
        held = sum(truth[item.pair] for item in found if item.linked)
        every = held + sum(truth[item.pair] for item in found if not item.linked)
        inside += told.precision.low <= held / 500 <= told.precision.high and told.recall.low <= held / every <= told.recall.high
    assert inside >= 34


def test_a_stratum_nobody_was_asked_of_is_never_sure():
    found = [Doubt(at, at + 100, 1.0, True) for at in range(50)]
    (stratum,) = strata_of(found, {}).values()
    assert stratum.share()[0] < 0.95
