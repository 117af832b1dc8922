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


# -- a list of the controller's own, written otherwise than the leak


def leaked(at):
    """Number, birth name, name in use, first name, birth date, e-mail, national number of an invented person of the leak."""
    used = name(999 - at) if at % 3 == 0 else name(at)
    given = GIVEN[at % 10] if at % 5 else f"{GIVEN[at % 10]}-{GIVEN[(at + 3) % 10]}"
    return (
        f"P{at:05d}",
        name(at),
        used,
        given,
        born(at),
        f"p{at}@courriel.example",
        f"2 {born(at):%y} {born(at):%m} 75 116 {at:03d}",
    )


LISTS = {
    "names in use": ("nom;prenom;naissance", lambda n, birth, used, given, day, mail, nir: f"{used};{given};{day:%d/%m/%Y}"),
    "birth names": ("nom;prenom;naissance", lambda n, birth, used, given, day, mail, nir: f"{birth};{given};{day:%Y-%m-%d}"),
    "capitals, no accents": ("NOM;PRENOM;NE LE", lambda n, birth, used, given, day, mail, nir: f"{used};{given.upper().replace('É', 'E')};{day:%d/%m/%Y}"),
    "some exchanged": (
        "nom;prenom;naissance",
        lambda n, birth, used, given, day, mail, nir: (
            f"{used};{given};{day:%d/%m/%Y}" if int(n[1:]) % 4 else f"{given};{used};{day:%d/%m/%Y}"
        ),
    ),
    "one column": ("patient;naissance", lambda n, birth, used, given, day, mail, nir: f"{given} {used};{day:%d/%m/%Y}"),
    "first of two first names": ("nom;prenom;naissance", lambda n, birth, used, given, day, mail, nir: f"{birth};{given.split('-')[0]};{day:%d/%m/%Y}"),
}  # fmt: skip


def held_of(tmp_path, head, lines, count=120):
    leak, own = tmp_path / "leak.csv", tmp_path / "own.csv"
    rows = [leaked(at) for at in range(count)]
    leak.write_text(
        "ipp;nom_naissance;nom_usage;prenom;date_naissance;email;nir\n"
        + "".join(f"{n};{birth};{used};{given};{day:%d/%m/%Y};{mail};{nir}\n" for n, birth, used, given, day, mail, nir in rows),
        encoding="utf-8",
    )
    own.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    from analysis.store import Store

    store = Store(root=tmp_path / "vault")
    try:
        return answer(store, Question(today=DAY, files=(leak,), others=(Other("register", own),)), Watch()).matches[0]
    finally:
        store.close()


@pytest.mark.parametrize("how", LISTS)
def test_a_list_copied_from_the_leak_is_found_however_it_is_written(tmp_path, how):
    head, line = LISTS[how]
    found = held_of(tmp_path, head, [line(*leaked(at)) for at in range(80)])
    assert (found.confirmed, found.ambiguous, found.not_found, found.not_leaked) == (80, 0, 40, 0)


def test_an_equal_number_or_contact_is_at_least_perhaps(tmp_path):
    lines = [f"AUTRE{'ABCDEFGH'[at]};Xavier;01/02/1931;{leaked(at)[5]};" for at in range(8)]
    lines += [f"ENCORE{'ABCDEFGH'[at]};Yann;03/04/1932;;{leaked(at + 20)[6]}" for at in range(8)]
    found = held_of(tmp_path, "nom;prenom;naissance;email;nir", lines)
    assert (found.confirmed, found.ambiguous, found.not_found) == (0, 16, 104)


def test_strangers_are_not_found(tmp_path):
    lines = [
        f"{at + 5000};ETRANGER{name(at)};{GIVEN[at % 10]};{born(at + 3):%d/%m/%Y};x{at}@courriel.example" for at in range(300)
    ]
    found = held_of(tmp_path, "ipp;nom;prenom;naissance;email", lines)
    assert (found.confirmed, found.ambiguous, found.not_found, found.not_leaked) == (0, 0, 120, 300)


def test_numbers_of_another_system_mean_nothing(tmp_path):
    lines = [f"P{at:05d};ETRANGER{name(at)};Xavier;{born(at + 3):%d/%m/%Y}" for at in range(100)]
    assert held_of(tmp_path, "ipp;nom;prenom;naissance", lines).not_found == 120


def test_a_list_of_one_line_answers(tmp_path):
    _, _, used, given, day, *_ = leaked(3)
    assert held_of(tmp_path, "nom;prenom;naissance", [f"{used};{given};{day:%d/%m/%Y}"]).confirmed == 1
    other = tmp_path / "other"
    other.mkdir()
    assert held_of(other, "nom;prenom;naissance", ["INCONNUE;Zélie;01/01/1999"]).not_found == 120


def test_a_slip_of_the_birth_date_is_perhaps_and_another_one_is_not(tmp_path):
    lines = [f"{leaked(at)[2]};{leaked(at)[3]};{leaked(at)[4] + timedelta(days=1):%d/%m/%Y}" for at in range(10)]
    lines += [f"{leaked(at)[2]};{leaked(at)[3]};{leaked(at)[4] + timedelta(days=9000):%d/%m/%Y}" for at in range(20, 30)]
    found = held_of(tmp_path, "nom;prenom;naissance", lines)
    assert (found.confirmed, found.ambiguous, found.not_found) == (0, 10, 110)


def test_the_list_that_is_the_leak_itself_holds_everybody(tmp_path):
    lines = [
        f"{n};{birth};{used};{given};{day:%d/%m/%Y};{mail};{nir}"
        for n, birth, used, given, day, mail, nir in map(leaked, range(120))
    ]
    found = held_of(tmp_path, "ipp;nom_naissance;nom_usage;prenom;date_naissance;email;nir", lines)
    assert (found.confirmed, found.not_leaked) == (120, 0)
