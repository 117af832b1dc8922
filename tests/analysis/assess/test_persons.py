"""The score of one person (our convention): vectors P1 to P6, and what each contact point counts for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.assess import assess, profile
from analysis.classify import classify
from analysis.ground.watch import Watch
from analysis.model import Incident
from analysis.model.codes import EiReason
from analysis.read import read
from analysis.resolve import resolve
from tests.conftest import DAY

SALE = Incident(nature="hospital", disclosure="unknown", malicious=True, breach_date=DAY)
HEAD = "nom;prenom;date_naissance;sexe;adresse;ville;code_postal;email;telephone\n"
# Enough ordinary rows for the columns to be recognized.
FILLER = "".join(
    f"MARTIN{chr(65 + at)};Jean;0{at % 9 + 1}/0{at % 8 + 1}/19{60 + at};M;{at + 1} rue des "
    f"Lilas;LYON;69003;j{at}@courriel.example;07000000{at:02d}\n"
    for at in range(26)
)


def scores(store, tmp_path, lines, incident=SALE):
    """se and reason of each person whose last name begins with the tag of its line, in order."""
    path = tmp_path / "leak.csv"
    path.write_text(HEAD + FILLER + "".join(line + "\n" for line in lines), encoding="utf-8")
    watch = Watch()
    people = resolve(store, classify(store, read(store, path, watch), DAY, watch), watch)
    impact = assess(store, people, incident, DAY, watch)
    table = store.table(impact.verdict.table)
    rows = {person: (se, EiReason(reason)) for person, se, reason in store.rows(table.select("person", "se", "ei_reason"))}
    return [rows[26 + at] for at in range(len(lines))]


CONVENTION = {
    "P1": ("MARTIN;Marie;;;;;;;", 1.75, "name_common"),
    "P2": ("QUELENNEC;Théophraste;;;;;;;", 2.5, "name_rare"),
    "P4": (";;;;;;;;0711223344", 1.75, "phone"),
    "P5": ("DURAND;Paul;02/03/1970;M;;;;p@courriel.example;", 4.0, "name_and_more"),
    "P6": ("DURAND;Paul;02/03/2010;M;;;;p2@courriel.example;", 5.0, "name_and_more"),
    "e-mail that holds the name": ("DURANDET;;;;;;;paul.durandet@courriel.example;", 4.0, "email_named"),
    "e-mail that reveals nothing": (";;;;;;;x123@courriel.example;", 3.25, "email"),
    "a shared mailbox": (";;;;;;;accueil@courriel.example;", 1.75, "nothing"),
    "phone with its town": (";;;;;;69003;;0711223355", 2.5, "phone_town"),
}


def test_a_person_scores_as_the_convention_says(store, tmp_path):
    found = scores(store, tmp_path, [line for line, *_ in CONVENTION.values()])
    assert dict(zip(CONVENTION, found, strict=True)) == {name: (se, reason) for name, (_, se, reason) in CONVENTION.items()}


def test_a_rare_name_with_its_small_town_scores_as_p3(store, tmp_path):
    assert scores(store, tmp_path, ["QUELENNEC;Théophraste;;;;;05310;;"]) == [(3.25, "name_small_town")]


def test_with_the_rule_and_a_birth_date_alone_does_not_complete_a_name(store, tmp_path):
    from dataclasses import replace

    line = "QUELENNEC;Théophraste;02/03/1970;M;;;;;"
    assert scores(store, tmp_path, [line], replace(SALE, identifiers_rule="and")) == [(2.5, "name_rare")]


def test_the_day_of_the_eighteenth_birthday_is_no_longer_a_minor_s(store, tmp_path):
    found = scores(store, tmp_path, ["DURAND;Paul;19/11/2006;M;;;;;", "DURAND;Luc;20/11/2006;M;;;;;"])
    assert [se for se, _ in found] == [4.0, 5.0]


def test_a_kind_that_finds_no_bit_in_the_profile_is_named(monkeypatch):
    known = profile.kinds()
    assert profile.room() == (31 - len(profile.PROFILE), 63 - len(known))
    more = {f"invented_{at}": None for at in range(63 - len(known) + 1)}
    monkeypatch.setattr(profile, "kinds", lambda: known | more)
    with pytest.raises(ValueError, match=list(more)[-1]):
        profile.room()


CORE = len(profile.PROFILE)


@given(st.integers(0, (1 << CORE + 63) - 1))
def test_a_profile_is_its_two_columns(number):
    core, held = profile.halves(number)
    assert profile.whole(core, held) == number and core < 1 << CORE and held < 1 << 63
