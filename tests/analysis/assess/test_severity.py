"""ENISA 2013: the published and computed vectors of the method, and our reading of the hospital leak."""

import datetime
from dataclasses import replace

import pytest

from analysis.assess.clock import clock
from analysis.assess.severity import band_of, circumstances, context, declared_context, flags, score
from analysis.declare.incident import incident_of
from analysis.ground.errors import Trouble
from analysis.ground.words import Words
from analysis.model import Incident

# E1 to E6b: lawvable; E7: a practitioners' forum; the rest computed from the formula.
VECTORS = [
    ("E1", 4, 0.75, 0.75, 3.75, "high"), ("E2", 3, 1, 0.25, 3.25, "high"), ("E3", 1, 0.25, 0, 0.25, "low"),
    ("E4", 1, 1, 0.25, 1.25, "low"), ("E4b-1", 2, 1, 0.25, 2.25, "medium"), ("E4b-2", 3, 1, 0.25, 3.25, "high"),
    ("E5", 3, 1, 0.25, 3.25, "high"), ("E5b", 3, 1, 0, 3.0, "high"), ("E6", 4, 1, 1.0, 5.0, "very_high"),
    ("E6b", 3, 1, 1.0, 4.0, "very_high"), ("E7", 1, 1, 0.5, 1.5, "low"), ("E8", 1, 1, 1.0, 2.0, "medium"),
    ("E9", 1, 0.25, 0, 0.25, "low"), ("E10", 4, 1, 2.0, 6.0, "very_high"), ("E11", 1, 0.75, 1.0, 1.75, "low"),
    ("E12", 2, 1, 0, 2.0, "medium"), ("E13", 2, 0.75, 1.5, 3.0, "high"), ("E14", 4, 1, 0, 4.0, "very_high"),
]  # fmt: skip
SALE = Incident(nature="hospital", disclosure="unknown", malicious=True)


@pytest.mark.parametrize(("name", "dpc", "ei", "cb", "se", "band"), VECTORS)
def test_the_formula_gives_the_published_severity(name, dpc, ei, cb, se, band):
    assert score(dpc, ei, cb) == se, name
    assert band_of(se) == band, name


@pytest.mark.parametrize(("name", "incident", "minors", "se"), [
    ("H1", SALE, False, 4.0),
    ("H3", SALE, True, 5.0),
    ("H4", replace(SALE, nature="shop"), False, 2.0),
    ("H5", replace(SALE, disclosure="known", malicious=False), False, 3.25),
])  # fmt: skip
def test_our_reading_of_the_hospital_leak(name, incident, minors, se):
    assert score(context(incident, minors), 1.0, circumstances(incident)) == se, name


def test_h2_prescriptions_declared_outside_the_file_raise_the_context_to_four():
    incident = replace(SALE, other_categories=("prescription", "treating_doctor"))
    assert score(max(context(incident), declared_context(incident)), 1.0, circumstances(incident)) == 5.0


def test_circumstances_add_up_and_what_is_not_declared_counts_nothing():
    assert circumstances(Incident()) == 0
    assert circumstances(replace(SALE, integrity=0.5, availability=0.5)) == 2.0


@pytest.mark.parametrize("key", ["colour", "nature", "aware", "claimed_people", "integrity", "breach_date"])
def test_a_wrong_incident_names_its_key(key):
    with pytest.raises(Trouble) as raised:
        incident_of({key: "not this"})
    assert raised.value.status == 2
    assert dict(raised.value.said.values)["key"] == key


def test_a_breach_known_before_it_happened_is_refused():
    with pytest.raises(Trouble):
        incident_of({"breach_date": datetime.date(2024, 11, 19), "aware": "2024-11-18T10:00:00+01:00"})


@pytest.mark.parametrize(("aware", "deadline"), [
    ("2024-11-19T10:00", "2024-11-22T10:00:00+01:00"), ("2024-10-25T12:00", "2024-10-28T11:00:00+01:00"), ("2024-03-29T12:00", "2024-04-01T13:00:00+02:00"),
])  # fmt: skip
def test_seventy_two_hours_last_as_long_when_the_clock_changes(aware, deadline):
    """T1 to T3 of the notification facts, Europe/Paris."""
    found = clock(incident_of({"aware": aware, "time_zone": "Europe/Paris"}))
    assert found.deadline.isoformat() == deadline
    assert found.left(found.aware) == datetime.timedelta(hours=72)


@pytest.mark.parametrize(("key", "found"), [
    ("time_zone", {"time_zone": "+01:00"}), ("time_zone", {"time_zone": "Europe/Nowhere"}), ("aware", {"aware": "2024-11-19T10:00"}),
    ("ended", {"started": "2024-11-02T10:00Z", "ended": "2024-11-01T10:00Z"}), ("aware", {"discovered": "2024-11-02T10:00Z", "aware": "2024-11-01T10:00Z"}),
    ("notified", {"aware": "2024-11-02T10:00Z", "notified": "2024-11-01T10:00Z"}), ("notified", {"notified": True}), ("cause", {"cause": "magic"}),
    ("discovered", {"breach_date": datetime.date(2024, 11, 19), "discovered": "2024-11-18T10:00Z"}),
])  # fmt: skip
def test_impossible_moments_are_named(key, found):
    with pytest.raises(Trouble) as raised:
        incident_of(found)
    assert raised.value.code == f"incident_{key}"


def test_fewer_people_declared_than_the_file_holds_is_shown():
    assert any("one of the two is wrong" in Words("en").of(item) for item in flags(incident_of({"claimed_people": 50}), 80))
    assert not flags(incident_of({"claimed_people": 80}), 80)
