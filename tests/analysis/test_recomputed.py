"""The figures of the demonstration, computed again by plain pandas from the rows themselves: what the engine's questions answer must
be what a few lines of another library answer. (Who is one person is taken over: `links`.)"""

import re
from datetime import date, datetime
from itertools import combinations_with_replacement

import openpyxl
import pandas as pd
import pytest

from analysis.ground.words import Words
from analysis.model.tables import GeoFr
from analysis.report.excel import write_excel
from analysis.report.machine import as_json
from tests.conftest import SAMPLE

BREACH = date(2024, 11, 19)
TOGETHER = ("last_name", "birth_date", "sex", "address", "postal_code", "email", "phone")


def birth_of(text: str) -> date | None:
    if not re.fullmatch(r"\d\d/\d\d/\d{4}", text.strip()):
        return None
    try:
        found = datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None
    return found if PLACEHOLDER < found <= BREACH else None


PLACEHOLDER = date(1900, 1, 1)  # of seventeen rows


def age_of(birth: date | None) -> int | None:
    return None if birth is None else BREACH.year - birth.year - ((BREACH.month, BREACH.day) < (birth.month, birth.day))


def phone_of(text: str) -> str:
    digits = re.sub(r"[ .()-]", "", text)
    found = re.fullmatch(r"(?:\+33|0033|0)([1-9]\d{8})", digits)
    return found[1] if found and len(set(found[1][1:])) > 1 else ""


def email_of(text: str) -> str:
    plain = text.strip().lower()
    return (
        plain
        if re.fullmatch(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", plain) and not plain.startswith(("test@", "noreply@", "aucun@"))
        else ""
    )


@pytest.fixture(scope="module")
def known(sample_impact):
    """One line per person: what valid cells stand in her rows."""
    store, impact = sample_impact
    rows = pd.read_csv(SAMPLE, sep=";", dtype=str, keep_default_na=False)
    links = pd.DataFrame(store.rows(store.table(impact.people.links).select("mention", "person")), columns=["row", "person"])
    rows["person"] = links.set_index("row").person.reindex(range(len(rows)))
    geo = store.reference(GeoFr)
    places = pd.DataFrame(
        store.rows(geo.select("postal_code", "department", "population")), columns=["code", "department", "people"]
    )
    whose = (
        places.groupby(["code", "department"]).people.sum().reset_index().sort_values("people").groupby("code").department.last()
    )
    rows["birth"] = rows.DATE_NAISSANCE.map(birth_of)
    rows["sex"] = rows.SEXE.map({"F": "f", "M": "m", "2": "f", "1": "m", "H": "m"})
    rows["place"] = rows.CODE_POSTAL.where(rows.CODE_POSTAL.isin(whose.index))
    rows["phone"], rows["email"] = rows.TELEPHONE.map(phone_of), rows.EMAIL.map(email_of)
    people = rows.groupby("person").agg(
        rows=("birth", "size"),
        birth=("birth", lambda found: min(found.dropna(), default=None)),
        sex=("sex", lambda found: min(found.dropna(), default=None)),
        place=("place", lambda found: min(found.dropna(), default=None)),
        email=("email", lambda found: any(found)),
        phone=("phone", lambda found: any(found)),
        mobile=("phone", lambda found: any(one[:1] in ("6", "7") for one in found)),
    )
    people["age"] = people.birth.map(age_of)
    people["department"] = people.place.map(whose)
    return rows, people, impact, as_json(impact, {}, Words("en"))


def test_every_person_and_row_is_there(known):
    rows, people, impact, answer = known
    assert rows.person.notna().all() and len(people) == impact.people.best == answer["people"]["best"]
    counted = people.rows.value_counts()
    assert {str(size): int(n) for size, n in counted.items()} == answer["people"]["rows_per_person"]


def test_every_cell_is_counted_once(known):
    rows, _, _, answer = known
    for field in answer["fields"]:
        assert field["valid"] + field["malformed"] + field["placeholder"] + field["empty"] == len(rows), field["column"]
        assert field["empty"] == int((rows[field["column"]].str.strip() == "").sum()), field["column"]
    valid = {field["column"]: field["valid"] for field in answer["fields"]}
    assert valid["DATE_NAISSANCE"] == int(rows.birth.notna().sum())
    assert valid["TELEPHONE"] == int((rows.phone != "").sum())
    assert valid["EMAIL"] == int((rows.email != "").sum())


def test_ages_are_those_of_the_births(known):
    _, people, impact, answer = known
    ages = people.age.dropna()
    told = answer["people"]
    assert (told["minors"], told["over_75"], told["known_age"]) == (int((ages < 18).sum()), int((ages >= 75).sum()), len(ages))
    banded = people[people.age.notna()].assign(band=lambda t: t.age.clip(upper=105) // 5 * 5, sex=lambda t: t.sex.fillna(""))
    wanted = {(int(band), sex): int(n) for (band, sex), n in banded.groupby(["band", "sex"]).size().items()}
    assert {(item.age, item.sex): item.people for item in impact.census.ages} == wanted


def test_places_are_those_of_the_postal_codes(known):
    _, people, _, answer = known
    counted = people.department.value_counts()
    assert answer["people"]["departments"] == {str(code): int(n) for code, n in counted.items()}
    assert answer["people"]["without_department"] == int(people.department.isna().sum())


def test_classes_of_birth_sex_and_place_and_their_risks(known):
    _, people, _, answer = known
    whole = people.dropna(subset=["birth", "sex", "place"])
    sizes = whole.groupby(["birth", "sex", "place"]).size()
    told = answer["impact"]["reidentification"]
    assert (told["rows"], told["classes"], told["k"], told["uniques"]) == (
        len(whole),
        len(sizes),
        int(sizes.min()),
        int((sizes == 1).sum()),
    )
    assert told["highest"] == pytest.approx(1 / sizes.min()) and told["average"] == pytest.approx(len(sizes) / len(whole))
    assert told["at_risk"] == pytest.approx(float((sizes[1 / sizes > 0.2]).sum() / len(whole)))
    histogram = sizes.value_counts().sort_index()
    assert told["histogram"] == [[int(size), int(n)] for size, n in histogram.items()]


def flags_of(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    held = pd.DataFrame(index=people.index)
    held["last_name"] = True
    held["birth_date"], held["sex"], held["postal_code"] = people.birth.notna(), people.sex.notna(), people.place.notna()
    held["email"], held["phone"] = people.email, people.phone
    return held


def test_what_is_exposed_of_how_many(known):
    rows, people, impact, answer = known
    held = flags_of(rows, people)
    exposed = dict(answer["impact"]["exposed"])
    for kind in ("birth_date", "sex", "postal_code", "email", "phone"):
        assert exposed[kind] == int(held[kind].sum()), kind
    pairs = {(a, b): n for a, b, n in impact.verdict.together}
    for a, b in combinations_with_replacement(("birth_date", "sex", "postal_code", "email", "phone"), 2):
        if a != b:
            assert pairs.get((a, b), pairs.get((b, a))) == int((held[a] & held[b]).sum()), (a, b)


def test_the_bands_are_enisas_formula_for_each_person(known, sample_impact):
    """A full name with a birth date, an e-mail or an address: EI 1; the class of a hospital 3, of its minors 4; sold by somebody
    unknown with malice: CB 1."""
    _, people, impact, _ = known
    store = sample_impact[0]
    asked = ["person", "dpc", "ei", "minor"]
    scores = pd.DataFrame(store.rows(store.table(impact.verdict.table).select(*asked)), columns=asked)
    assert (scores.ei * scores.dpc + 1.0).map(band).value_counts().to_dict() == {name: n for name, n in impact.verdict.bands if n}
    assert (scores.minor.to_numpy() == (people.age.reindex(scores.person) < 18).to_numpy()).all()
    assert (scores.dpc == scores.minor.map({True: 4, False: 3})).all()


def band(se: float) -> str:
    return "low" if se < 2 else "medium" if se < 3 else "high" if se < 4 else "very_high"


def test_the_workbook_says_what_the_json_says(known, tmp_path):
    _, people, impact, answer = known
    write_excel(impact, tmp_path / "s.xlsx", Words("en"))
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    summary = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=5)}
    reach = answer["people"]["reach"]
    assert summary["Minors"] == int((people.age < 18).sum()) and summary["People, best estimate"] == len(people)
    assert summary["Reachable by e-mail"] == reach["any_email"] and summary["Not reachable"] == reach["none"]
    assert reach["email"] + reach["sms"] + reach["post"] + reach["call"] + reach["none"] + reach["deceased"] == len(people)
    towns = {row[0].value: row[2].value for row in book["Départements"].iter_rows(min_row=5) if row[0].value}
    assert towns == answer["people"]["departments"]


@pytest.fixture(scope="module")
def contacts(known):
    """The rows with the valid e-mail and phone that they hold."""
    rows, people, impact, answer = known
    told = rows.assign(
        mail=rows.EMAIL.map(email_of).replace("", None),
        number=rows.TELEPHONE.map(phone_of).replace("", None),
    )
    return told, people, impact, answer


@pytest.mark.parametrize(("part", "column"), [("email", "mail"), ("phone", "number")])
def test_contacts_of_several_people_are_those_of_a_plain_count(contacts, part, column):
    """Of whom all rows say the same: of the others the engine keeps one contact by its own order."""
    rows, _, _, answer = contacts
    told = rows.dropna(subset=[column]).drop_duplicates(["person", column])
    sizes = told.groupby(column).person.nunique()
    shared = answer["people"]["surroundings"]["shared"][part]
    again = int((told.groupby("person").size() > 1).sum())  # people of several contacts
    assert abs(shared["points"] - int((sizes > 1).sum())) <= again
    assert abs(shared["people"] - int(sizes[sizes > 1].sum())) <= again
    assert shared["most"] == int(sizes.max())


def test_who_can_be_reached_is_who_has_something_valid(contacts):
    rows, people, _, answer = contacts
    reach, groups = answer["people"]["reach"], answer["people"]["surroundings"]["groups"]
    by = rows.groupby("person")
    mobile = by.number.agg(lambda found: any(one and one[:1] in "67" for one in found.dropna()))
    some = by.number.count() > 0
    assert reach["any_sms"] == int(mobile.sum()) and reach["any_call"] == int((some & ~mobile).sum())
    mailed = by.mail.agg(lambda found: any(not OFFICE.match(one) for one in found.dropna()))
    assert reach["any_email"] == int(mailed.sum())
    assert (groups["minor"], groups["old"]) == (int((people.age < 18).sum()), int((people.age >= 75).sum()))
    assert groups["unreachable"] == reach["none"]


OFFICE = re.compile(r"(accueil|contact|info|secretariat|patient|famille)s?@")
