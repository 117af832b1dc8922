"""What must be done after a breach: from facts, each with its article, and late only for who said so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.assess.clock import clock
from analysis.assess.duties import Facts, duties
from analysis.assess.severity import at_worst, severity_of
from analysis.declare.incident import incident_of
from analysis.ground.words import Words
from analysis.model import Incident
from analysis.model.codes import DutyState, DutyStatus
from analysis.rules.loading import load
from analysis.rules.shapes import Duties

EN, FR = Words("en"), Words("fr")
NOW = datetime(2024, 11, 21, 9, 30, tzinfo=UTC)
LOW, WORST = severity_of(1, 1.0, 0.0, []), severity_of(4, 1.0, 1.0, [])
SALE = Incident(nature="hospital", disclosure="unknown", malicious=True, aware="2024-11-19T10:00", time_zone="Europe/Paris")


def of(incident, severity=LOW, most=None, now=NOW, unreached=0, people=100):
    found = duties(Facts(incident, severity, most or severity, unreached, people, now))
    return {item.code: item for item in found}


def test_what_is_left_of_the_72_hours_is_told():
    said = EN.of(of(SALE, WORST)["authority"].said)
    assert "November 22, 2024, 10:00 (UTC+01): 23 hours left" in said
    assert of(SALE, WORST)["authority"].deadline.isoformat() == "2024-11-22T10:00:00+01:00"


AFTER = datetime(2024, 11, 22, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(("notified", "state", "words"), [
    ("no", DutyState.DUE, "motifs du retard"), ("", DutyState.DUE, "Déclarez quand"),
    ("2024-11-22T09:00", DutyState.DONE, "dans les 72 heures"), ("2024-11-25T09:00", DutyState.DONE, "motifs du retard"),
])  # fmt: skip
def test_late_is_who_says_so(notified, state, words):
    item = of(replace(SALE, notified=notified), WORST, now=AFTER)["authority"]
    assert item.state is state and words in FR.of(item.said)


def test_an_authority_told_a_minute_after_the_third_day_but_in_its_hour_is_in_time():
    """Regulation 1182/71, Article 3(1): the hour of the event is not counted."""
    late = replace(SALE, aware="2024-11-19T10:20", notified="2024-11-22T10:45")
    assert "within the 72 hours" in EN.of(of(late, WORST)["authority"].said)
    assert clock(late).latest - clock(late).deadline == timedelta(minutes=40)


@given(
    st.datetimes(datetime(2019, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["Europe/Paris", "America/New_York", "Pacific/Noumea"]),
)
def test_the_deadline_is_72_real_hours_and_the_latest_reading_at_most_one_more(when, zone):
    found = clock(Incident(aware=when.isoformat(timespec="minutes"), time_zone=zone))
    assert found.deadline.astimezone(UTC) - found.aware.astimezone(UTC) == timedelta(hours=72)
    assert timedelta() <= found.latest.astimezone(UTC) - found.deadline.astimezone(UTC) < timedelta(hours=1)


@pytest.mark.parametrize(("disclosure", "named"), [("unknown", True), ("undeclared", True), ("known", False), ("none", False)])
def test_the_authority_is_named_unless_a_risk_is_unlikely(disclosure, named):
    incident = Incident(nature="shop", disclosure=disclosure, malicious=False)
    assert (of(incident)["authority"].state is DutyState.DUE) is named
    assert of(replace(incident, unintelligible=True))["authority"].state is DutyState.NOT_DUE


def test_nobody_is_told_to_document_only_before_anything_is_declared():
    found = of(Incident(), LOW, most=WORST)
    assert found["declare"].state is found["authority"].state is DutyState.DUE
    assert found["people"].state is DutyState.OPEN and "up to 5" in EN.of(found["people"].why)
    assert found["phases"].article == "GDPR, Article 33(4)"


def test_a_processor_tells_its_controllers_and_nobody_else():
    found = of(replace(SALE, processor=True), WORST)
    assert found["controller"].article == "GDPR, Article 33(2)" and not {"authority", "people", "phases"} & found.keys()


@pytest.mark.parametrize(("change", "code", "article"), [
    ({"unintelligible": True}, "unreadable", "34(3)(a)"), ({"measures": ("the server was cut off",)}, "measures", "34(3)(b)"), ({}, "public", "34(3)(c)"),
])  # fmt: skip
def test_what_may_lift_or_replace_the_duty_to_inform_is_named_once_there_is_one(change, code, article):
    found = of(replace(SALE, **change), WORST, unreached=12)
    assert article in found[code].article and found["people"].state is DutyState.DUE
    shop = Incident(nature="shop", disclosure="known", malicious=False, **change)
    assert code not in of(shop, unreached=12)


@pytest.mark.parametrize(("nature", "codes"), [
    ("hospital", {"cert", "nis2"}), ("laboratory", {"cert", "nis2"}), ("social", {"cert"}), ("bank", {"finance", "nis2"}), ("operator", {"telecom", "nis2"}),
    ("shop", set()), ("school", set()), ("belief", set()),
])  # fmt: skip
def test_other_authorities_depend_on_who_it_is(nature, codes):
    found = of(replace(SALE, nature=nature), WORST, now=datetime(2026, 11, 1, tzinfo=UTC))
    assert {"cert", "finance", "telecom", "nis2"} & found.keys() == codes
    assert found["complaint"].state is found["insurer"].state is DutyState.OPEN


def test_what_is_not_law_is_said_to_be_none_and_never_counts_as_to_do():
    found = of(replace(SALE, nature="bank"), severity_of(2, 1.0, 0.0, []), now=datetime(2026, 11, 1, tzinfo=UTC))
    for code, status in (("nis2", DutyStatus.AWAITED), ("omnibus", DutyStatus.PROPOSAL)):
        assert found[code].state is DutyState.NOT_LAW and found[code].status is status
        assert "not" in EN.of(found[code].said).lower() and "pas " in FR.of(found[code].said).lower()


def test_a_rule_holds_from_its_day_on():
    assert "finance" not in of(replace(SALE, nature="bank"), WORST, now=NOW)  # DORA applies since January 2025
    assert "finance" in of(replace(SALE, nature="bank"), WORST, now=datetime(2025, 2, 1, tzinfo=UTC))


def test_each_rule_is_used_and_each_duty_of_law_has_a_rule():
    used = set()
    for nature in ("hospital", "bank", "operator"):
        for severity in (LOW, WORST):
            for processor in (False, True):
                incident = replace(SALE, nature=nature, processor=processor, unintelligible=False, measures=("one",))
                used |= of(incident, severity, WORST, datetime(2026, 11, 1, tzinfo=UTC), 3).keys()
                used |= of(replace(incident, unintelligible=True), severity, WORST, datetime(2026, 11, 1, tzinfo=UTC), 3).keys()
    used |= of(Incident(), LOW, WORST).keys()
    assert used - {"declare"} == load(Duties).duty.keys()
    assert load(Duties).looked_at > date(2026, 1, 1)


def test_at_worst_only_what_is_not_declared_moves():
    worst = at_worst(Incident())
    assert (worst.nature, worst.disclosure, worst.malicious, worst.integrity, worst.availability) == (
        "psychiatry",
        "unknown",
        True,
        0.5,
        0.5,
    )
    told = Incident(nature="shop", disclosure="known")
    assert (at_worst(told).nature, at_worst(told).disclosure, at_worst(told).malicious) == ("shop", "known", True)
    assert at_worst(replace(told, malicious=False)) == replace(told, malicious=False)


def test_whether_the_authority_was_told_is_read_and_written(tmp_path):
    from analysis.declare.incident import load_incident
    from analysis.report.incident import save_incident

    for value in ({"notified": False}, {"notified": "2024-11-20T10:00+01:00"}, {"processor": True, "cause": "ransomware"}):
        incident = incident_of(dict(value))
        save_incident(incident, tmp_path / "a.toml")
        assert load_incident(tmp_path / "a.toml") == incident
    assert incident_of({"notified": False}).notified == "no"
