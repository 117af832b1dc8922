"""Who can be told, and how: never by a contact of everybody's, never the dead, a minor through whoever stands for her; and in
which town."""

from datetime import date

import pytest

from analysis.assess.listing import listed, page
from analysis.assess.rating import channel_of, reaching
from analysis.classify.values import folded
from analysis.ground.watch import Watch
from analysis.model.codes import Channel
from analysis.model.tables import GeoFr
from analysis.store.functions import fold
from tests.analysis.assess.test_experts import FIRST, HEAD, LAST, analyzed, person

pytestmark = pytest.mark.one_store


@pytest.mark.parametrize(("flags", "channel"), [
    ({"email"}, "email"), ({"email", "email_role"}, "none"), ({"email", "crowded_email", "home"}, "post"), ({"phone", "mobile"}, "sms"),
    ({"phone", "mobile", "crowded_phone"}, "none"), ({"phone"}, "call"), ({"phone", "crowded_phone"}, "none"), ({"deceased", "email", "home"}, "relatives"),
    ({"minor", "by_sms"}, "sms"), ({"minor", "by_post", "email"}, "email"), (set(), "none"),
])  # fmt: skip
def test_the_best_channel(flags, channel):
    assert channel_of(frozenset(flags)) == channel
    assert (reaching(frozenset(flags)) == []) is (channel in ("none", "relatives"))


def test_a_contact_of_unrelated_people_reaches_nobody_and_a_familys_does(store, tmp_path):
    """Twelve people of one ward's mailbox, four of a family's."""
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at + 1:02}/03/1970;service.b@hopital.example" for at in range(12)
    ]
    lines += [f"FAMILIER;{name};{at + 1:02}/05/19{60 + at};familier@mail.example" for at, name in enumerate(FIRST[:4])]
    lines += [
        f"{LAST[at % 10]}X{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/1950;p{at}@mail.example" for at in range(40)
    ]
    reach = analyzed(store, tmp_path, "nom;prenom;date_naissance;email", lines).verdict.reach
    assert (reach.email, reach.none) == (44, 12)


def test_the_dead_are_told_by_nothing_and_are_not_unreachable(store, tmp_path):
    lines = [person(at, f"{at % 28 + 1:02}/03/19{30 + at % 60}", ";" + ("02/02/2020" if at < 7 else "")) for at in range(100)]
    impact = analyzed(store, tmp_path, HEAD + ";date_deces", lines)
    reach = impact.verdict.reach
    assert (reach.deceased, reach.none, reach.post) == (7, 0, 93)
    table, count = listed(store, impact, Watch(), "unreachable")
    assert count == 0 and not page(store, impact, table, 0, 10)


def test_a_minor_is_reached_through_the_parent_in_her_row(store, tmp_path):
    head = "nom;prenom;date_naissance;mere_nom;mere_prenom;mere_email"
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/{2012 if at < 30 else 1960};{LAST[at % 10]}{chr(65 + at // 10)};Sylvie;mere{at}@mail.example"
        for at in range(60)
    ]
    impact = analyzed(store, tmp_path, head, lines)
    table, count = listed(store, impact, Watch(), "role:subject")
    found = page(store, impact, table, 0, count)
    minors = [item for item in found if item.age is not None and item.age < 18]
    assert len(minors) == 30 and {item.channel for item in minors} == {Channel.EMAIL}
    assert {item.channel for item in found if item.age and item.age > 18} == {Channel.NONE}
    assert impact.verdict.reach.minors == 30


WRITTEN = ("Montmerle-sur-Saône", "MONTMERLE SUR SAONE", "Montmerle sur Saône Cedex")


def test_the_town_is_the_commune_of_code_and_name_however_it_is_written(store, tmp_path):
    towns = [("01090", name) for name in WRITTEN] + [("69003", "Lyon")]
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/1960;{'FM'[at % 2]};{';'.join(towns[at % 4])}"
        for at in range(80)
    ]
    impact = analyzed(store, tmp_path, "nom;prenom;date_naissance;sexe;code_postal;ville", lines)
    found = impact.census.reidentification
    assert (found.covered, found.communes) == (80, 80) and found.by_commune
    facts, geo = store.table(impact.census.facts), store.reference(GeoFr)
    there = geo.filter(geo.commune.isin([WRITTEN[0], "Lyon 3e Arrondissement"]) & geo.postal_code.isin(["01090", "69003"]))
    wanted = {(str(code), int(n)) for code, n in store.rows(there.select("postal_code", "population"))}
    assert {(str(code), int(n)) for code, n in store.rows(facts.select("postal_code", "population"))} == wanted
    assert impact.census.reference_date == date(2024, 11, 19)


def test_a_town_with_a_ligature_is_known_in_plain_letters_and_from_whichever_row_tells_it(store, tmp_path):
    """Most files of French hospitals are of an alphabet without the letter œ. Every third person has two rows, and the first one
    tells no place."""
    towns = ("Cœuvres-et-Valsery", "COEUVRES ET VALSERY", "Coeuvres-et-Valsery")
    lines = []
    for at in range(60):
        said = f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/19{at % 50 + 30};{'FM'[at % 2]}"
        lines += [f"{said};00000;"] * (at % 3 == 0) + [f"{said};02600;{towns[at % 3]}"]
    impact = analyzed(store, tmp_path, "nom;prenom;date_naissance;sexe;code_postal;ville", lines)
    facts = store.table(impact.census.facts)
    assert {insee for (insee,) in store.rows(facts.select("commune"))} == {"02201"}
    assert impact.people.best == 60 and impact.census.reidentification.communes == 60


SPELT = ("Lecœur", "LECOEUR", "Strauß", "Straße Ærø Łódź", "Élie-Noël", "ıstanbul", "Đuro", "Þór", "Αθήνα", "Müller", "d'Été")


def test_names_are_folded_alike_by_the_engine_and_by_the_search(store):
    store.create("ligatures", {"name": "string"})
    store.insert("ligatures", [(name,) for name in SPELT])
    table = store.table("ligatures")
    told = dict(store.rows(table.select("name", folded=fold(table.name))))
    assert told["Lecœur"] == told["LECOEUR"] == "LECOEUR" and told["Strauß"] == "STRAUSS" and told["Þór"] == "THOR"
    assert {name: folded(name) for name in SPELT} == told


def test_where_the_name_says_nothing_the_code_is_the_town_and_it_is_said(store, tmp_path):
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/1960;{'FM'[at % 2]};01090;{'Montmerle-sur-Saône' if at % 3 else ''}"
        for at in range(60)
    ]
    found = analyzed(store, tmp_path, "nom;prenom;date_naissance;sexe;code_postal;ville", lines).census.reidentification
    assert (found.covered, found.communes, found.by_commune) == (60, 40, False)
