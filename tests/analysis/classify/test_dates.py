"""Days as people and systems write them: Python's reading of the sample and the engine's reading of every row are the same."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.classify import classify
from analysis.classify.cells import date_of
from analysis.classify.dates import LAYOUTS, SPELLED, best_layout, layouts_of, months, parsed
from analysis.ground.watch import Watch
from analysis.read import read
from tests.conftest import DAY, MONTHS

SPELT = {
    "12 janvier 1980": date(1980, 1, 12), "Mercredi 1er février "
        "1961": date(1961, 2, 1), "le 12 mars 1999": date(1999, 3, 12), "12 Août 1980 à 14h30": date(1980, 8, 12),
    "03-MARS-61": date(1961, 3, 3), "17-Jan-1969": date(1969, 1, 17), "12JAN1980": date(1980, 1, 12), "Oct 7th, 1999": date(1999, 10, 7), "January 2 1980 10:00:00": date(1980, 1, 2),
    "September 3, 45": date(1945, 9, 3), "Mon, 12 Jan 1981": date(1981, 1, 12), "07. september 1933": date(1933, 9, 7), "3. März 1951": date(1951, 3, 3), "12 de mayo de 1980": date(1980, 5, 12),
    "12 de marzo del 2001": date(2001, 3, 12), "3 luglio 1972": date(1972, 7, 3), "1 maart 1968": date(1968, 3, 1), "21 de setembro de 1990": date(1990, 9, 21), "5 października 1977": date(1977, 10, 5),
    "11 LISTOPADA 1977": date(1977, 11, 11), "1980. január 12.": date(1980, 1, 12), "2001-Feb-03": date(2001, 2, 3), "4 мая 1988": date(1988, 5, 4), "3 kasım 1990": date(1990, 11, 3),
}  # fmt: skip
NONE = [
    "12 foo 1980",
    "apt 12 rue 1980",
    "30 février 1980",
    "12 mai",
    "mai 1980",
    "Jan 12",
    "Mars 61 barres 12",
    "12 janvier 1780",
    "",
]


def read_by_engine(store, texts, layout):
    store.create("days", {"text": "string"})
    store.insert_text("days", [[text] for text in texts], Watch())
    days = store.table("days")
    return dict(store.rows(days.select(text=days.c0, day=date_of(days.c0, layout)), Watch()))


def test_a_day_with_its_month_in_words_is_read_in_any_language():
    assert {text: best_layout([text])[1].get(text) for text in SPELT} == SPELT
    assert [text for text in NONE if best_layout([text])[0] in SPELLED] == []


@pytest.mark.parametrize("layout", SPELLED)
def test_the_engine_reads_spelled_days_as_the_sample_was_read(store, layout):
    texts = [text for text in (*SPELT, *NONE) if text and "1780" not in text]  # the year is judged with the kind, not here
    assert read_by_engine(store, texts, layout) == {text: parsed(text, layout) for text in texts}


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout.endswith("%y")])
def test_nobody_is_born_after_today_by_two_digits(store, layout):
    texts = [date(year, 2, 28).strftime(layout) for year in (1927, 1945, 1969, 2001, 2026)]
    leap = date(1960, 2, 29)
    assert (
        read_by_engine(store, [leap.strftime(layout)], layout)
        == {leap.strftime(layout): leap}
        == {leap.strftime(layout): parsed(leap.strftime(layout), layout)}
    )
    found = read_by_engine(store, texts, layout)
    assert sorted(day.year for day in found.values()) == [1927, 1945, 1969, 2001, 2026]
    assert found == {text: parsed(text, layout) for text in texts}


@given(
    some.dates(date(1900, 1, 1), date(2026, 12, 31)),
    some.sampled_from(sorted(months())),
    some.sampled_from([" ", "-", ". ", " de ", "/"]),
)
def test_any_day_in_any_month_s_name_is_found(day, name, sign):
    text = f"{day.day}{sign}{name}{sign}{day.year}"
    found = parsed(text, "%d %B %Y")
    number = months()[name]
    exists = day.day <= monthrange(day.year, number)[1]
    assert found == (day.replace(month=number) if exists else None)


def test_ages_are_counted_from_birth_dates_in_french_words(store, tmp_path):
    lines = [f"FICTIF{at};Prénom{at};{1 + at % 28} {MONTHS[at % 12]} {1940 + at % 70}" for at in range(200)]
    path = tmp_path / "leak.csv"
    path.write_text("nom;prenom;date de naissance\n" + "\n".join(lines) + "\n", encoding="utf-8")
    exposure = classify(store, read(store, path, Watch()), DAY, Watch())
    born = exposure.of_kind("birth_date")
    assert born is not None
    assert (born.variant, born.valid, born.malformed) == ("%d %B %Y", 200, 0)


def test_a_column_that_mixes_layouts_is_read_in_each_and_never_turns_day_and_month_round(store, tmp_path):
    days = [date(1950 + at % 60, at % 12 + 1, at % 28 + 1) for at in range(200)]
    layouts = ["%d/%m/%Y"] * 12 + ["%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d/%m/%y"]
    texts = [day.strftime(layouts[at % len(layouts)]) for at, day in enumerate(days)]
    turned = ["12/25/1980", "03/31/1975"]  # month first: no day in this column
    path = tmp_path / "leak.csv"
    path.write_text("nom;date de naissance\n" + "".join(f"FICTIF{at};{text}\n" for at, text in enumerate([*texts, *turned])))
    exposure = classify(store, read(store, path, Watch()), DAY, Watch())
    born = exposure.of_kind("birth_date")
    assert born.variant.split("|")[0] == "%d/%m/%Y" and set(born.variant.split("|")) == set(layouts)
    assert (born.valid, born.malformed) == (200, 2)
    assert read_by_engine(store, texts, born.variant) == dict(zip(texts, days, strict=True))


def test_the_order_of_day_and_month_is_that_of_the_column():
    assert layouts_of(["25/12/1980", "03/04/1975", "1980-01-02", "1980-01-03"]).split("|") == ["%d/%m/%Y", "%Y-%m-%d"]
    american = layouts_of(["12/25/1980", "03/31/1975", "03/04/1975", "12-25-1980", "01-31-1980", "25.12.1980", "26.12.1980"])
    assert american.split("|") == ["%m/%d/%Y", "%m-%d-%Y"]


def test_eight_digits_beside_another_layout_are_days_and_no_seconds(store, tmp_path):
    path = tmp_path / "leak.csv"
    born = [f"{1950 + at % 50}{at % 12 + 1:02}{at % 28 + 1:02}" for at in range(60)]
    born = [text if at % 2 else f"{text[6:]}/{text[4:6]}/{text[:4]}" for at, text in enumerate(born)]
    rows = [f"{at};ZORGLUB{at};{text}" for at, text in enumerate(born)]
    path.write_text("\n".join(["id;nom;date_naissance", *rows]) + "\n")
    found = classify(store, read(store, path, Watch()), date(2024, 1, 1), Watch()).of_kind("birth_date")
    assert found is not None and set(found.variant.split("|")) == {"%d/%m/%Y", "%Y%m%d"} and found.valid == 60
