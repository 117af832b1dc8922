"""The leak against the controller's register and against an earlier leak: invented persons of whom it is known who is where."""

import json
from datetime import date, timedelta

import pytest

from analysis.declare.question import Other, Question
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.pipeline import answer
from analysis.report.machine import as_json
from analysis.report.matches import all_sentences, sentences
from analysis.report.outline import sheets
from tests.conftest import DAY

GIVEN = ["Jeanne", "Lucas", "Amandine", "Karim", "Odette", "Paul", "Lina", "Hugo", "Zoé", "Luc"]
DRAWN = date(2024, 6, 1)
LEAKED, KNOWN = 240, 400


def name(at):
    return "NOM" + "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{at:03d}")


def born(at):
    return date(1940, 1, 1) + timedelta(days=71 * at)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A register of 400 persons; the leak holds 240 of them as they were on the first of June, 20 strangers, and one namesake
    pair."""
    from analysis.store import Store

    folder = tmp_path_factory.mktemp("match")
    register, leak, earlier = folder / "register.csv", folder / "leak.csv", folder / "earlier.csv"
    rows, lines, before = [], [], []
    for at in range(KNOWN):
        changed = date(2023, 1, 1) + timedelta(days=at * 2)
        mail, moved = f"p{at}@courriel.example", changed > DRAWN
        service = ["Cardiologie", "Urgences", "Radiologie"][at % 3]
        rows.append(
            f"{at};{GIVEN[at % 10]};{name(at)};{born(at):%d/%m/%Y};{'nouveau.' if moved else ''}{mail};{service};{changed:%d/%m/%Y}"
        )
        if at % 3 != 2 and at < 360:
            lines.append(f"{name(at)};{GIVEN[at % 10].upper()};{born(at):%Y-%m-%d};{mail};06990{at:05d}")
        if at % 2:
            before.append(f"{name(at)};{GIVEN[at % 10]};{mail}")
    lines += [f"{name(900 + at)};Inconnue;{born(at):%Y-%m-%d};q{at}@courriel.example;07990{at:05d}" for at in range(20)]
    rows += [f"{800 + at};Marie;{name(850)};05/05/1955;;Cardiologie;01/01/2023" for at in range(2)]
    lines += [f"{name(850)};MARIE;1955-05-05;;"]
    register.write_text("numero;prenom;nom;naissance;email;service;maj\n" + "\n".join(rows) + "\n", encoding="utf-8")
    leak.write_text("nom;prenom;date_naissance;email;telephone\n" + "\n".join(lines) + "\n", encoding="utf-8")
    earlier.write_text("nom;prenom;email\n" + "\n".join(before) + "\n", encoding="utf-8")
    store = Store(root=folder / "vault")
    yield answer(
        store, Question(today=DAY, others=(Other("register", register), Other("earlier", earlier)), files=(leak,)), Watch()
    )
    store.close()


def test_who_is_in_the_register_for_sure_perhaps_and_not(found):
    register, _ = found.matches
    assert (register.confirmed, register.not_found) == (LEAKED + 1, 20)
    assert register.confirmed + register.ambiguous + register.not_found == found.people.best
    assert register.persons == KNOWN + 1 and register.not_leaked == KNOWN - LEAKED


def test_fields_that_agree_and_that_are_stale(found):
    fields = {item.kind: item for item in found.matches[0].fields}
    stale = sum(date(2023, 1, 1) + timedelta(days=at * 2) > DRAWN for at in range(360) if at % 3 != 2)
    assert (fields["email"].differ, fields["email"].agree) == (stale, LEAKED - stale)
    assert fields["birth_date"].differ == 0 and fields["phone"].only_here == LEAKED


def test_the_day_of_the_extraction_lies_between_two_days_of_the_register(found):
    register = found.matches[0]
    assert register.date_column == "maj"
    assert register.newest_match <= DRAWN < register.oldest_difference
    assert (register.oldest_difference - register.newest_match).days <= 6


def test_the_services_that_the_rows_come_from(found):
    told = {item.value: (item.leaked, item.records) for item in found.matches[0].sites if item.column == "service"}
    assert told["Radiologie"] == (0, 133) and told["Urgences"] == (120, 133) and told["Cardiologie"][0] == 121


def test_an_earlier_leak_tells_who_is_in_both_and_what_is_new(found):
    _, earlier = found.matches
    assert earlier.confirmed == sum(at % 2 for at in range(360) if at % 3 != 2)
    assert set(earlier.new_kinds) == {"birth_date", "phone"}


def test_the_json_holds_both_and_no_cell_of_the_leak(found):
    told = as_json(found, {}, Words("en"))["matches"]
    assert set(told) == {"register", "earlier"} and told["register"]["newest_match"] <= "2024-06-01"
    text = json.dumps(told)
    assert "NOM" not in text and "courriel" not in text


def test_the_comparison_is_told_in_sentences_and_a_sheet(found, tmp_path):
    words = Words("en")
    told = [words.of(said) for said in all_sentences(found)]
    assert told[0].startswith("241 people of the leak are in your register, 0 perhaps, 20 are not")
    assert any("probably drawn between" in text for text in told) and any("newly exposed" in text for text in told)
    titles = [sheet.title for sheet in sheets(found, words)]
    assert "Own register" in titles and "Earlier leak" in titles


def test_a_register_of_another_shape_is_said_to_be_incomparable(tmp_path, store):
    leak, register = tmp_path / "leak.csv", tmp_path / "register.csv"
    leak.write_text(
        "nom;prenom;date_naissance\n" + "".join(f"{name(at)};Jeanne;{born(at):%d/%m/%Y}\n" for at in range(40)), encoding="utf-8"
    )
    register.write_text("article;prix\n" + "".join(f"A{at};{at},50\n" for at in range(40)), encoding="utf-8")
    (match,) = answer(store, Question(today=DAY, others=(Other("register", register),), files=(leak,)), Watch()).matches
    assert (match.comparable, match.confirmed, match.not_found) == (False, 0, 40)
    assert [Words("en").of(said) for said in sentences(match)] == [
        "The leak and your register share no columns that identify a person: nothing can be compared."
    ]
