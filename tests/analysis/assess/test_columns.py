"""The people by what stands in a column: recounted from the rows themselves."""

from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime
from unicodedata import combining, normalize

import pytest

from analysis.assess import narrowed, values_of
from analysis.assess.columns import column_of, named, standing
from analysis.assess.parts import those_of
from analysis.declare.dossier import dossier_of
from analysis.declare.question import Question
from analysis.declare.ranges import day_at, ends, number
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.pipeline import answer
from analysis.report import part_said
from analysis.resolve.mentions import row_of
from gui.operations import narrowed as taken


def cells(store, impact, name):
    """Person -> what stands in a column of her rows."""
    leak = impact.people.exposure.leak
    texts = dict(
        store.rows(
            store.table(leak.table).mutate(row=store.table(leak.table).rowid()).select("row", f"c{leak.columns.index(name)}")
        )
    )
    links = store.table(impact.people.links)
    found = defaultdict(set)
    for person, row in store.rows(links.select("person", row=row_of(links.mention))):
        found[person].add((texts[row] or "").strip())
    return found


def plain(text):
    return "".join(sign for sign in normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE")) if not combining(sign)).upper()


def day(text):
    """The one of a text; nothing where there is no such day."""
    for layout in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"):
        with suppress(ValueError):
            return [datetime.strptime(text, layout).date()]
    return []


def people(store, impact, code):
    return {person for (person,) in store.rows(those_of(store, impact, code))}


def test_the_values_of_a_column_are_counted_by_people(sample_impact):
    store, impact = sample_impact
    mine = cells(store, impact, "VILLE")
    counted = defaultdict(set)
    for person, texts in mine.items():
        for text in filter(None, texts):
            counted[plain(text)].add(person)
    found = values_of(store, impact, impact.people.exposure.leak.columns.index("VILLE"), "", 5, Watch())
    assert [n for _, n in found.told] == sorted((len(who) for who in counted.values()), reverse=True)[:5]
    assert all(len(counted[plain(value)]) == n for value, n in found.told)
    assert found.more == len(counted) - 5 and found.without == sum(not any(texts) for texts in mine.values())
    holding = values_of(store, impact, impact.people.exposure.leak.columns.index("VILLE"), "saint", 500, Watch())
    assert {plain(value) for value, _ in holding.told} == {value for value in counted if "SAINT" in value}


def test_a_value_or_a_part_of_it_names_the_people_who_stand_with_it(sample_impact):
    store, impact = sample_impact
    mine = cells(store, impact, "VILLE")
    town = max(
        (text for texts in mine.values() for text in texts if text), key=lambda town: sum(town in x for x in mine.values())
    )
    for typed in (town, town.lower(), f" {town} "):
        assert people(store, impact, f"value:VILLE={typed}") == {
            person for person, texts in mine.items() if plain(town) in map(plain, texts)
        }
    assert people(store, impact, f"text:VILLE={town[1:4]}") == {
        person for person, texts in mine.items() if any(plain(town[1:4]) in plain(text) for text in texts)
    }
    assert people(store, impact, "value:VILLE=") == {person for person, texts in mine.items() if not any(texts)}
    some = narrowed(store, impact, (f"value:VILLE={town}",), Watch())
    assert some.people.best == len(people(store, impact, f"value:VILLE={town}")) and some.among == impact.people.best


def test_a_range_is_of_days_in_a_column_of_dates_and_of_numbers_elsewhere(sample_impact):
    store, impact = sample_impact
    births = {
        person: [one for text in texts for one in day(text)] for person, texts in cells(store, impact, "DATE_NAISSANCE").items()
    }
    for code, low, high in (
        ("1940..1949", date(1940, 1, 1), date(1949, 12, 31)),
        ("..15/02/1960", date.min, date(1960, 2, 15)),
        ("1999-06..", date(1999, 6, 1), date.max),
    ):
        wanted = {person for person, days in births.items() if any(low <= day <= high for day in days)}
        assert people(store, impact, f"range:DATE_NAISSANCE={code}") == wanted
    codes = cells(store, impact, "CODE_POSTAL")
    wanted = {
        person for person, texts in codes.items() if any(text.isdecimal() and 33000 <= int(text) <= 33999 for text in texts)
    }
    assert people(store, impact, "range:CODE_POSTAL=33000..33 999") == wanted != set()


def test_severity_age_and_rows_are_ranges_of_people(sample_impact):
    store, impact = sample_impact
    marks = dict(impact.verdict.bands)
    assert len(people(store, impact, "severity:0..5")) == impact.people.best and sum(marks.values()) == impact.people.best
    assert len(people(store, impact, "years:75..")) == impact.verdict.over_75
    assert len(people(store, impact, "lines:2..")) == sum(n for rows, n in impact.people.sizes if rows > 1)


@pytest.mark.parametrize(
    "code",
    ["range:VILLE=..", "range:VILLE=a..b", "value:NOTHING=x", "value:VILLE", "range:#99=1..2", "range:DATE_NAISSANCE=13..x"],
)
def test_what_asks_of_nothing_is_refused(sample_impact, code):
    store, impact = sample_impact
    with pytest.raises(Trouble):
        part_said(code)
        standing(store, impact, code.partition(":")[0], code.partition(":")[2], Watch())


@pytest.mark.parametrize("code", ["years:..", "lines:x", "severity:"])
def test_ranges_of_nothing_are_refused_before_anything_is_read(code):
    with pytest.raises(Trouble):
        part_said(code)


def test_columns_are_named_or_counted_whatever_stands_in_their_names(store, tmp_path):
    leak = tmp_path / "leak.csv"
    rows = [
        f"Durand{chr(97 + at % 26)};Anne;0{at % 9 + 1}/03/19{at + 20};{at % 3};ab{at % 2};{at * 0.5}".replace(".", ",")
        for at in range(40)
    ]
    leak.write_text("\n".join(["nom;prenom;naissance;a=b;x;x", *rows]), encoding="utf-8")
    impact = answer(store, Question(files=(leak,)), Watch())
    exposure = impact.people.exposure
    assert column_of(exposure, "a=b=2") == (3, "2") and column_of(exposure, "#6=x=1") == (5, "x=1")
    assert [column_of(exposure, f"{named(exposure, at)}=1")[0] for at in range(6)] == list(range(6))
    assert len(people(store, impact, "value:a=b=2")) == 13
    assert len(people(store, impact, "range:#6=1,5..3")) == 4


def test_ranges_as_people_type_them():
    assert ends("18..25", number) == (18, 25) and ends("1 000,5..", number) == (1000.5, None) and ends("7", number) == (7, 7)
    assert ends("1940", day_at) == (date(1940, 1, 1), date(1940, 12, 31))
    assert ends("2024-02..", day_at) == (date(2024, 2, 1), None) and ends("..2024-02", day_at) == (None, date(2024, 2, 29))
    assert ends("19/11/2024..19 nov. 2024", day_at) == (date(2024, 11, 19), date(2024, 11, 19))


def test_filters_of_cells_are_said_and_leave_no_trace_in_a_case():
    words = Words("en")
    assert words.of(part_said("value:ville=Lyon")) == "ville: Lyon" and words.of(part_said("value:ville=")) == "ville: nothing"
    assert words.of(part_said("range:naissance=1940..1949")) == "naissance: 1940 … 1949"
    assert (
        words.of(part_said("years:18..25")) == "Age: 18 to 25"
        and words.of(part_said("severity:3.25..")) == "Severity: 3.25 and more"
    )
    question = Question(parts=("minor", "value:ville=Lyon", "text:nom=mar", "range:naissance=1940..1949", "years:18..25"))
    assert dossier_of(question, (), "").parts == ("minor", "years:18..25")


def test_another_value_of_a_column_takes_the_place_of_the_first():
    question = taken(taken(Question(), "value:ville=Lyon"), "value:service=Cardio")
    assert taken(question, "value:ville=Nice").parts == ("value:service=Cardio", "value:ville=Nice")
    assert taken(question, "value:ville=Lyon").parts == ("value:service=Cardio",)
    assert taken(question, "range:service=1..2").parts == ("value:ville=Lyon", "range:service=1..2")
