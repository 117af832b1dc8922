"""What an expert would not sign: figures that came from a missing cell, a date of which the day is not known, a foreign code, one
child among thousands."""

import json
import random
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone

import ibis
import pytest

from analysis.assess import Minors, class_scores
from analysis.assess.anonymity import anonymity_of, missing_of, of_persons
from analysis.assess.contradictions import contradictions, reference_day
from analysis.assess.listing import listed, page
from analysis.assess.persons import age_on, youngest_age
from analysis.assess.rating import rarities, rated, rating
from analysis.assess.reidentification import precision
from analysis.assess.severity import incident_severity
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model import Incident
from analysis.model.codes import CATEGORIES, NATURES
from analysis.model.tables import Names
from analysis.pipeline import Answer, answer, people_in
from analysis.read import read
from analysis.report.declared import incident_json, incident_page
from analysis.report.machine import as_json
from analysis.rules.loading import load
from analysis.rules.shapes import Severity
from analysis.store import Store
from tests.conftest import DAY, SAMPLE

pytestmark = pytest.mark.one_store

EN = Words("en")
LAST = ("MARTIN", "DURAND", "DUBOIS", "MOREAU", "LEROY", "ROUX", "DAVID", "BERTRAND", "MOREL", "FOURNIER")
FIRST = ("Anne", "Paul", "Claire", "Jean", "Marie", "Louis")
BREACH = Incident(nature="shop", disclosure="unknown", malicious=True, breach_date=date(2024, 11, 19))


@pytest.fixture(scope="module")
def impact(tmp_path_factory):
    store = Store(root=tmp_path_factory.mktemp("vault"))
    yield answer(store, Question(BREACH, DAY, files=(SAMPLE,)), Watch())
    store.close()


def analyzed(store, tmp_path, head, lines, incident=BREACH):
    path = tmp_path / "leak.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return answer(store, Question(incident, DAY, files=(path,)), Watch())


def person(at, birth, more=""):
    return f"{LAST[at % 10]}{chr(65 + at // 10 % 26)};{FIRST[at % 6]};{birth};{'FM'[at % 2]};{at} rue de l'Essai;69003;Lyon{more}"


HEAD = "nom;prenom;date_naissance;sexe;adresse;code_postal;ville"


def test_a_missing_birth_is_no_age(store, tmp_path):
    """The engine's LEAST passes over NULL: ages that are missing became a hundred years."""
    lines = [person(at, "" if at % 2 else f"{at % 28 + 1:02}/03/{1940 + at % 60}") for at in range(200)]
    found = analyzed(store, tmp_path, HEAD, lines).census
    assert found.known_age == found.reidentification.rows == found.reidentification.covered == 100


def test_a_year_of_birth_singles_out_as_a_year_does(store, tmp_path):
    years = [1990 + at % 25 for at in range(300)]
    exact = [person(at, f"{at % 28 + 1:02}/{at % 12 + 1:02}/{year}") for at, year in enumerate(years)]
    day = analyzed(store, tmp_path, HEAD, exact)
    year = analyzed(
        store, tmp_path, HEAD.replace("date_naissance", "annee_naissance"), [person(at, year) for at, year in enumerate(years)]
    )
    assert year.census.reidentification.median_others == pytest.approx(
        365.25 * day.census.reidentification.median_others, rel=0.2
    )
    assert year.census.reidentification.alone_in_town < 0.01 < day.census.reidentification.alone_in_town
    assert day.census.minors_at_most == day.verdict.minors
    assert (year.verdict.minors, year.census.minors_at_most) == (sum(y > 2006 for y in years), sum(y >= 2006 for y in years))


@pytest.mark.parametrize(("layout", "told"), [
    ("%d/%m/%Y", "day"), ("%Y-%m-%dT%H:%M:%S", "day"), ("unix", "day"), ("%Y", "year"), ("%y", "year"), ("%Y-%m", "month"), ("%m/%Y", "month"), ("%Y%j", "day"),
])  # fmt: skip
def test_a_layout_says_how_exactly_a_birth_is_told(layout, told):
    assert precision(layout) == told


@pytest.mark.parametrize(("birth", "day", "told", "ages"), [
    ("2006-01-01", date(2024, 11, 19), "year", (18, 17)), ("2006-01-01", date(2024, 12, 31), "year", (18, 18)),
    ("2006-11-01", date(2024, 11, 19), "month", (18, 17)), ("2006-10-01", date(2024, 11, 19), "month", (18, 18)),
    ("2006-11-19", date(2024, 11, 19), "day", (18, 18)),
])  # fmt: skip
def test_who_was_born_at_the_end_of_what_is_told_is_younger(store, birth, day, told, ages):
    born = ibis.literal(birth).cast("date")
    age = age_on(born, day)
    row = store.reference(Names).limit(1).select(old=age, young=youngest_age(age, born, day, told))
    assert store.rows(row) == [ages]


# Kinds of the file and the categories that say the same of data beside it.
ALIKE = [
    ("national_id", "nir"), ("insurance_number", "insurance"), ("id_document", "identity_document"), ("password", "password"),
    ("death_date", "death_certificate"), ("bank_account", "bank_account"), ("credit_card", "payment_card"), ("income", "income"),
    ("geo", "location"), ("diagnosis_code", "diagnosis"), ("medical_text", "diagnosis"), ("treatment", "treatment"), ("treatment", "prescription"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "category"), ALIKE)
def test_what_stands_in_the_file_weighs_what_it_weighs_beside_it(impact, kind, category):
    field = impact.people.exposure.fields[0]
    inside = replace(impact.people.exposure, fields=(*impact.people.exposure.fields, replace(field, kind=kind, position=90)))
    for nature in load(Severity).nature:
        given = replace(BREACH, nature=nature)
        _, declared = incident_severity(impact.people.exposure, replace(given, other_categories=(category,)), 1.0, Minors())
        held, _ = incident_severity(inside, given, 1.0, Minors())
        assert held.dpc >= declared.dpc, nature
    assert rating(0, 1, frozenset({"name", "birth", kind}), BREACH).dpc >= load(Severity).category[category]


def test_a_password_with_its_account_is_never_low():
    quiet = Incident(disclosure="none", malicious=False)
    for account in ("email", "username", "phone", "name", "person_id"):
        assert rating(0, 1, frozenset({"password", account}), quiet).band != "low"


def test_one_child_among_thousands_does_not_make_the_incident_one_of_children(impact):
    for minors, most in (
        (Minors(1, 5_000), False),
        (Minors(2_499, 5_000), False),
        (Minors(2_500, 5_000), True),
        (Minors(12, 12), True),
    ):
        simple = class_scores(impact.people.exposure, replace(BREACH, nature="hospital"), minors)[0]
        assert simple.proposed == (4 if most else 3)
        (move,) = (move for move in simple.moves if move.factor == "individuals")
        assert move.applied is most and "minor" in EN.of(move.said)


def test_pupils_are_told(store, tmp_path):
    lines = [person(at, f"{at % 28 + 1:02}/03/{2010 + at % 9}") for at in range(120)]
    impact = analyzed(store, tmp_path, HEAD, lines, replace(BREACH, nature="school"))
    assert impact.verdict.severity.dpc == 2 and impact.verdict.severity.band == "high"
    assert any("Inform the people" in EN.of(item.said) for item in impact.verdict.duties)


def test_a_landline_reaches(store, tmp_path):
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/{1940 + at % 60};0199000{at:03}"
        for at in range(60)
    ]
    reach = analyzed(store, tmp_path, "nom;prenom;date_naissance;telephone", lines).verdict.reach
    assert (reach.call, reach.any_call, reach.none, reach.sms) == (60, 60, 0, 0) and dict(reach.together) == {"call": 60}
    assert "call" not in dict(reach.costs)


GERMAN = "Nachname;Vorname;Geburtsdatum;Geschlecht;PLZ;Ort"
TOWNS = (
    ("66111", "Saarbrücken"),
    ("20095", "Hamburg"),
    ("80331", "München"),
    ("50667", "Köln"),
    ("01067", "Dresden"),
    ("76131", "Karlsruhe"),
)


@pytest.mark.parametrize("country", [True, False])
def test_a_foreign_code_is_no_french_one(store, tmp_path, country):
    """By the country of the row; without one, by towns that do not belong to the codes."""
    names = ("Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker")
    lines = [
        f"{names[at % 8]};{('Klaus', 'Anna', 'Jürgen', 'Petra')[at % 4]};{at % 28 + 1:02}.03.{1940 + at % 60};{'mw'[at % 2]};{';'.join(TOWNS[at % 6])}"
        + (";Deutschland" if country else "")
        for at in range(120)
    ]
    census = analyzed(store, tmp_path, GERMAN + (";Land" if country else ""), lines).census
    assert census.abroad == 120 and census.reidentification.covered == 0 and not any(place.people for place in census.places)
    assert {band.sex for band in census.ages} == {"m", "f"}, "w is a woman"


def test_french_rows_beside_foreign_ones_keep_their_places(store, tmp_path):
    lines = [person(at, f"{at % 28 + 1:02}/03/{1940 + at % 60}", ";France" if at % 2 else ";Belgique") for at in range(100)]
    census = analyzed(store, tmp_path, HEAD + ";pays", lines).census
    assert census.abroad == 50 and sum(place.people for place in census.places) == 50


def test_in_a_column_of_h_and_m_m_is_a_woman(store, tmp_path):
    lines = [person(at, f"{at % 28 + 1:02}/03/1960").replace(f";{'FM'[at % 2]};", f";{'MH'[at % 2]};") for at in range(100)]
    ages = analyzed(store, tmp_path, HEAD, lines).census.ages
    assert {band.sex: band.people for band in ages} == {"f": 50, "m": 50}


def test_the_same_people_come_first_whatever_the_order_of_the_file(store, tmp_path):
    lines = [
        person(at, f"{at % 28 + 1:02}/{at % 12 + 1:02}/{1930 + at % 90}", f";0699{at:06}" if at % 3 else ";") for at in range(300)
    ]
    orders = []
    for seed in (1, 2):
        random.Random(seed).shuffle(lines)
        impact = analyzed(store, tmp_path, HEAD + ";telephone", lines)
        table, count = listed(store, impact, Watch())
        orders.append([item.cells[:4] for item in page(store, impact, table, 0, count)])
    assert orders[0] == orders[1]


def test_people_differ_in_their_place_and_in_the_reasons_of_it(store, tmp_path):
    """One has an account number that nobody else has exposed; some are children."""
    lines = [person(at, f"{at % 28 + 1:02}/{at % 12 + 1:02}/{1930 + at % 90}", ";") for at in range(150)]
    lines += [person(150 + at, "01/06/1980", f";FR76300060000112345678901{at:02}") for at in range(15)]
    impact = analyzed(store, tmp_path, HEAD + ";iban", lines)
    table, count = listed(store, impact, Watch())
    everybody = page(store, impact, table, 0, count)
    told = {tuple(EN.of(said) for said in item.why) for item in everybody}
    assert len(told) > 20 and any("years old" in text for why in told for text in why)
    rare = rarities(rated(impact.census.profiles, BREACH))
    assert max(rare.values()) > min(rare.values()) >= 0


def test_every_nature_and_category_of_the_rules_can_be_declared():
    assert set(NATURES) == set(load(Severity).nature) and set(CATEGORIES) == set(load(Severity).category)
    assert all(NATURES[code] == nature.label for code, nature in load(Severity).nature.items())


def test_the_report_says_what_was_declared_of_which_file_and_when(store, tmp_path):
    given = replace(
        BREACH,
        controller="Zorglub SA",
        other_categories=("nir",),
        availability=0.25,
        claimed_people=900,
        measures=("key revoked",),
    )
    impact = analyzed(store, tmp_path, HEAD, [person(at, "01/06/1980") for at in range(30)], given)
    now = datetime(2024, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    told = dict(incident_page(impact, EN, now).rows)
    assert (
        told["Written"] == "2024-11-20 09:30+01:00"
        and told["File"] == "leak.csv"
        and told["SHA-256 of the file"] == impact.people.exposure.leak.sha256
    )
    assert (
        told["Controller"] == "Zorglub SA"
        and told["Day of the breach"] == "November 19, 2024"
        and told["Intent"] == "Malicious act"
    )
    assert (
        told["Declared beside the file"] == "social-security numbers" and told["Data out of reach"] == "for a time, recoverable"
    )
    told_json = incident_json(given)
    assert set(told_json) == {item.name for item in fields(Incident)} and told_json["breach_date"] == "2024-11-19"
    assert told_json["other_categories"] == ("nir",) and json.loads(json.dumps(told_json))["claimed_people"] == 900
    assert as_json(impact, {}, EN, now)["analyzed"] == "2024-11-20T09:30:00+01:00"
    bare = incident_page(replace(impact, verdict=replace(impact.verdict, incident=Incident())), EN, now)
    assert [name for name, _ in bare.rows] == ["File", "SHA-256 of the file", "Version", "Written"]


def test_births_after_the_breach_are_said_and_make_no_minors(store, tmp_path):
    lines = [person(at, f"{at % 28 + 1:02}/06/1980") for at in range(50)] + [person(50 + at, "01/03/2024") for at in range(3)]
    impact = analyzed(store, tmp_path, HEAD, lines, replace(BREACH, breach_date=date(2024, 1, 19)))
    assert (impact.census.unborn, impact.verdict.minors, impact.census.known_age) == (3, 0, 50)
    assert any("3 people were born after January 19, 2024" in EN.of(said) for said in impact.verdict.flags)


@pytest.mark.parametrize(("given", "said"), [
    ({"discovered": "2024-11-20T09:00:00+01:00", "aware": "2024-11-19T09:00:00+01:00"}, "“The controller became aware” before “It was discovered”"),
    ({"started": "2024-11-20T09:00:00+01:00", "ended": "2024-11-19T09:00:00+01:00"}, "“It ended” before “It began”"),
    ({"breach_date": date(2024, 11, 22), "aware": "2024-11-20T09:00:00+01:00"}, "The day of the breach is declared after"),
    ({"discovered": "2024-11-19T09:00:00+01:00", "aware": "2024-11-20T09:00:00+01:00"}, ""),
])  # fmt: skip
def test_what_cannot_both_be_true_is_said(given, said):
    told = [EN.of(item) for item in contradictions(Incident(**given), 0, DAY)]
    assert said in " ".join(told) and bool(told) == bool(said)


def test_ages_are_counted_on_the_newest_day_that_is_known(impact):
    exposure = impact.people.exposure
    aware = Incident(aware="2024-11-20T09:00:00+01:00")
    assert reference_day(Incident(breach_date=date(2024, 1, 2)), exposure, DAY) == date(2024, 1, 2)
    assert reference_day(aware, exposure, DAY) == date(2024, 11, 20)
    assert reference_day(replace(aware, discovered="2024-11-19T23:30:00+01:00"), exposure, DAY) == date(2024, 11, 19)
    dated = replace(exposure, freshness=replace(exposure.freshness, newest=date(2023, 5, 6)))
    assert reference_day(Incident(), dated, DAY) == date(2023, 5, 6)
    assert reference_day(Incident(), replace(exposure, freshness=replace(exposure.freshness, newest=None)), DAY) == DAY


def test_a_person_of_two_rows_hides_nobody(store, tmp_path):
    """Two rows of one person are no class of two; missing cells are named."""
    (path := tmp_path / "leak.csv").write_text(
        "\n".join([HEAD, *(person(at, f"{at % 28 + 1:02}/03/{1940 + at}") for at in range(40) for _ in range(2)), person(41, "")])
        + "\n"
    )
    leak = read(store, path, Watch())
    by = [leak.columns.index("date_naissance"), leak.columns.index("sexe")]
    people = people_in(store, Answer(Question(), leak), Watch())
    rows, persons = anonymity_of(store, leak, by, None, Watch()), of_persons(store, leak, people, by, None, Watch())
    assert (rows.risks.uniques, rows.risks.rows) == (1, 81) and (persons.risks.uniques, persons.risks.rows) == (41, 41) == (
        people.best,
    ) * 2
    assert missing_of(store, leak, by, Watch()) == {"rows": 1, "date_naissance": 1, "sexe": 0}


@pytest.mark.parametrize(("day", "rows", "stands_in"), [
    ("01/01/1901", 12, True), ("31/12/1950", 12, True), ("01/01/1901", 3, False), ("14/06/1980", 12, False), ("14/06/1980", 40, True),
])  # fmt: skip
def test_a_day_that_many_have_is_nobodys_birth(store, tmp_path, day, rows, stands_in):
    lines = [person(at, day if at < rows else f"{at % 28 + 1:02}/{at % 12 + 1:02}/{1930 + at % 60}") for at in range(400)]
    impact = analyzed(store, tmp_path, HEAD, lines)
    (born,) = (field for field in impact.people.exposure.fields if field.kind == "birth_date")
    assert (born.placeholder, born.valid) == ((rows, 400 - rows) if stands_in else (0, 400))
    assert impact.census.known_age == born.valid


def test_years_alone_are_no_stand_ins(store, tmp_path):
    lines = [person(at, str(1940 + at % 40)) for at in range(400)]
    (born,) = (
        field
        for field in analyzed(store, tmp_path, HEAD.replace("date_naissance", "annee_naissance"), lines).people.exposure.fields
        if field.kind == "birth_date"
    )
    assert born.placeholder == 0
