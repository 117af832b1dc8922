"""The first of the list differ from the last, also where one band holds nearly everybody."""

import pytest

from analysis.assess.order import SHARES, opened, slices
from analysis.assess.rating import rating
from analysis.ground.words import Words
from analysis.model import Incident
from analysis.report.outline import sheets

SALE = Incident(nature="hospital", disclosure="unknown", malicious=True)


def of(people, *flags):
    return rating(0, people, frozenset(flags), SALE)


def test_the_first_hundredth_are_those_who_are_told_first():
    ratings = [of(10, "name", "birth", "minor", "email"), of(90, "name", "birth", "email"), of(900, "name")]
    found = {item.share: item for item in slices(ratings)}
    assert [found[share].people for share in SHARES] == [10, 50, 100, 250, 500, 1000]
    assert (found[0.01].minors, found[0.05].minors, found[1.0].minors) == (10, 10, 10)
    assert found[0.01].opened >= found[0.1].opened >= found[1.0].opened


def test_nobody_is_no_list():
    assert slices([]) == () and slices([of(1, "name")])[0].people == 1


@pytest.mark.parametrize("shares", SHARES)
def test_each_share_of_the_sample_adds_up(sample_impact, shares):
    verdict = sample_impact[1].verdict
    item = next(item for item in verdict.order if item.share == shares)
    assert 0 <= item.minors + item.old <= item.people == round(shares * sample_impact[1].people.best)
    assert verdict.order[-1].minors == verdict.minors and verdict.order[-1].old == verdict.over_75
    assert sum(people for _, people in verdict.opened) == sample_impact[1].people.best
    mean = sum(n * people for n, people in verdict.opened) / sample_impact[1].people.best
    assert verdict.order[-1].opened == pytest.approx(mean)


def test_the_workbook_says_that_bands_tell_nothing_and_what_the_order_does(sample_impact):
    page = next(page for page in sheets(sample_impact[1], Words("en")) if page.title == "Severity")
    texts = [str(row[0]) for row in page.rows]
    assert "Order" in texts and "The first 1% to be told" in [text.replace("\u00a0", "") for text in texts]
    assert opened(of(1, "name")) == 0
