"""Dates and moments as people type them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.declare.moments import typed_day, typed_moment

TODAY, NOW = date(2026, 11, 30), datetime(2026, 11, 30, 8, 45, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("19/11/2024", date(2024, 11, 19)),
        ("19-11-24", date(2024, 11, 19)),
        ("19.11.24", date(2024, 11, 19)),
        ("9/1/2024", date(2024, 1, 9)),
        ("19/11", date(2026, 11, 19)),
        ("2024-11-19", date(2024, 11, 19)),
        ("19112024", date(2024, 11, 19)),
        ("19 novembre 2024", date(2024, 11, 19)),
        ("19 Nov. 2024", date(2024, 11, 19)),
        ("1er août 2024", date(2024, 8, 1)),
        ("29/02/2024", date(2024, 2, 29)),
        ("01/02/99", date(1999, 2, 1)),
        (" today ", TODAY),
        ("Aujourd’hui", TODAY),
        ("hier", date(2026, 11, 29)),
        ("avant-hier", date(2026, 11, 28)),
        ("30/02/2024", None),
        ("19/13/2024", None),
        ("soon", None),
        ("", None),
        ("19/11/20245", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed, day):
    assert typed_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("19/11/2024 10:30", datetime(2024, 11, 19, 10, 30)),
        ("19/11/24 10h30", datetime(2024, 11, 19, 10, 30)),
        ("19/11/24 9h", datetime(2024, 11, 19, 9)),
        ("19/11/24 à 9 h 05", datetime(2024, 11, 19, 9, 5)),
        ("today 9:00", datetime(2026, 11, 30, 9)),
        ("hier 23:59", datetime(2026, 11, 29, 23, 59)),
        ("now", datetime(2026, 11, 30, 8, 45)),
        ("2024-11-19T10:30", datetime(2024, 11, 19, 10, 30)),
        ("2024-11-19 10:30", datetime(2024, 11, 19, 10, 30)),
        ("19/11/2024", datetime(2024, 11, 19)),
        ("19 novembre 2024 10:30", datetime(2024, 11, 19, 10, 30)),
        ("19/11/2024 24:00", None),
        ("19/11/2024 10:60", None),
        ("10:30", None),
        ("", None),
    ],
)
def test_a_moment_is_a_day_with_an_hour(typed, moment):
    assert typed_moment(typed, NOW) == moment


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2026, 11, 30)),
    st.sampled_from(("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M")),
)
def test_what_is_shown_is_read_back(when, shape):
    when = when.replace(second=0, microsecond=0)
    assert typed_moment(when.strftime(shape), NOW) == when


@given(st.text(max_size=40))
def test_anything_may_be_typed(typed):
    assert typed_day(typed, TODAY) is None or isinstance(typed_day(typed, TODAY), date)
    typed_moment(typed, NOW)
