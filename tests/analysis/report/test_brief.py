"""The first page: the verdict, each line with the place where it is told in full, and the clock told right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analysis.ground.words import Words
from analysis.model import Incident
from analysis.report.brief import TOPICS, brief, time_left
from analysis.report.groups import part_said
from tests.conftest import altered

NOW = datetime(2024, 11, 20, 9, 30, tzinfo=UTC)


def of(impact, topic):
    return [Words("en").of(line.said) for line in brief(impact, NOW) if line.topic == topic]


def test_every_topic_has_a_line_and_each_line_opens_something(sample_impact):
    lines = brief(sample_impact[1], NOW)
    assert {line.topic for line in lines} == set(TOPICS)
    for line in lines:
        what, _, code = line.opens.partition(":")
        assert (
            (what == "page" and code in ("people", "fields", "impact", "file"))
            or (what == "part" and part_said(code))
            or line.opens == "incident"
        )


def test_the_figures_are_those_of_the_impact(sample_impact):
    impact = sample_impact[1]
    words = Words("en")
    assert words.number(impact.people.best) in of(impact, "people")[0]
    assert f"Minors: {words.number(impact.verdict.minors)}" in of(impact, "care")
    ledger = impact.people.exposure.leak.ledger
    assert ledger.kept == ledger.records_read - ledger.header
    assert of(impact, "unread") == [f"Nothing: all {words.number(ledger.kept)} records were read as they stand."]


def test_before_enough_is_declared_no_band_and_what_to_declare(sample_impact):
    silent = altered(sample_impact[1], incident=Incident())
    told = of(silent, "severity")
    assert "at least" in told[0] and "Declare where the file comes from and who received it." in told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Declare when you became aware"),
        ({"aware": "2024-11-19T10:00:00", "time_zone": "Europe/Paris"}, "47 h 30 min are left"),
        ({"aware": "2024-11-19T10:00:00+01:00", "notified": "2024-11-20T08:00:00+01:00"}, "The authority was told on"),
    ],
)
def test_the_clock_is_told_right_and_late_only_where_it_is_declared(sample_impact, told, said):
    impact = altered(sample_impact[1], incident=replace(Incident(), **told))
    assert said in Words("en").of(time_left(impact, NOW))


def test_the_last_minute_is_still_in_time(sample_impact):
    impact = altered(sample_impact[1], incident=Incident(aware="2024-11-17T10:00:00+00:00"))
    deadline = datetime(2024, 11, 20, 10, 0, tzinfo=UTC)
    assert "0 h 0 min are left" in Words("en").of(time_left(impact, deadline))
    told = [line.said.text for line in brief(impact, deadline) if line.topic == "todo"]
    late = [line.said.text for line in brief(impact, deadline + timedelta(seconds=1)) if line.topic == "todo"]
    assert set(told) - set(late) == {"{hours} h {minutes} min are left to tell the authority (Article 33(1))."}
