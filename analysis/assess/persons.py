"""Persons in, one score per person out: an expression of the engine. ENISA for one person is our convention."""

import json
from datetime import date
from functools import cache, reduce
from importlib.resources import files
from typing import Any

import ibis

from analysis.assess.reidentification import DAYS
from analysis.assess.severity import circumstances, context, rules
from analysis.functions import hash_all
from analysis.model import Incident
from analysis.store import Store

# Codes of the reason that decides a person's ease of identification, in the order in which they are tried.
EI_REASONS = ("name_and_more", "email_named", "name_small_town", "email", "name_rare", "phone_town", "address", "name_common",
              "phone", "code", "nothing")  # fmt: skip
EI_VALUES = {"name_and_more": 1.0, "email_named": 1.0, "name_small_town": 0.75, "email": 0.75, "name_rare": 0.5, "phone_town": 0.5,
             "address": 0.5, "name_common": 0.25, "phone": 0.25, "code": 0.25, "nothing": 0.25}  # fmt: skip
CHANNELS = ("email", "sms", "post", "none")
MINOR, OLD = 18, 75
ADULT_FROM_EMAIL = 0.25


@cache
def pyramid() -> tuple[list[float], list[float]]:
    """Share of the French population by year of age (0 to 100): men, women."""
    shape = json.loads((files("resources") / "reference" / "age_shape.json").read_text(encoding="utf-8"))
    total = sum(shape["men"]) + sum(shape["women"])
    return [count / total for count in shape["men"]], [count / total for count in shape["women"]]


def age_table(store: Store) -> Any:
    """age, sex, share: the pyramid in the store."""
    name = "age_pyramid"
    store.create(name, [("age", "INTEGER"), ("sex", "VARCHAR"), ("share", "DOUBLE")])
    men, women = pyramid()
    store.insert_own(name, [(age, sex, share) for sex, shares in (("m", men), ("f", women)) for age, share in enumerate(shares)])
    return store.table(name)


def places(geo: Any) -> Any:
    """One row per postal code: its inhabitants and its main département."""
    return geo.group_by("postal_code").aggregate(
        population=geo.population.sum(), department=geo.department.argmax(geo.population)
    )


def age_on(birth: Any, day: date) -> Any:
    """Completed years on a day."""
    before = (birth.month() > day.month) | ((birth.month() == day.month) & (birth.day() > day.day))
    return (day.year - birth.year() - before.cast("int32")).cast("int32")


def cell_key(persons: Any) -> Any:
    """One number for birth date, sex and postal code; NULL where one of them is missing."""
    whole = persons.birth_date.notnull() & persons.sex.notnull() & persons.postal_code.notnull()
    parts = ibis.struct({"birth": persons.birth_date, "sex": persons.sex, "place": persons.postal_code})
    return ibis.ifelse(whole, hash_all(parts), ibis.null("uint64"))


def namesakes(store: Store, persons: Any) -> Any:
    """person, namesakes: expected namesakes in France (Insee lists), for the people whose name stands alone."""
    names = store.reference("names")
    bearers = store.one(names.aggregate(first=names["first"].sum(), last=names["last"].sum()))
    alone = persons.filter(
        persons.last_name.notnull() & persons.first_name.notnull() & (persons.birth_date.isnull() | persons.email.isnull())
    )
    first = names.select(first_name=names.name, bearing_first=names["first"])
    last = names.select(last_name=names.name, bearing_last=names["last"])
    found = alone.select("person", "first_name", "last_name").left_join(first, "first_name").left_join(last, "last_name")
    shares = (found.bearing_first.fill_null(0) / float(bearers["first"])) * (
        found.bearing_last.fill_null(0) / float(bearers["last"])
    )
    return found.select("person", namesakes=shares * rules()["identification"]["population"])


def described(store: Store, persons: Any, day: date) -> Any:
    """Each person with age, place, namesakes and the share of the population that has this age and sex."""
    town = places(store.reference("geo_fr"))
    there = {kind: persons[kind].notnull() for kind in ("email", "phone", "home")}
    named = persons.last_name.notnull() & persons.first_name.notnull()
    kept = ("person", "rows", "birth_date", "sex", "postal_code", "mobile", "email_named", "email_role")
    aged = persons.select(*kept, name=named, **there, age=age_on(persons.birth_date, day))
    found = aged.left_join(town, "postal_code").drop("postal_code_right")
    found = found.left_join(namesakes(store, persons), "person").drop("person_right")
    ages = age_table(store)
    capped = found.mutate(age_cell=ibis.least(found.age, 100))
    found = capped.left_join(ages.select(age_cell=ages.age, sex=ages.sex, share=ages.share), ["age_cell", "sex"])
    return found.drop("age_cell_right", "sex_right", "age_cell")


def scored(people: Any, incident: Incident, has_code: bool) -> Any:
    """dpc and the code of what decides ei; reach; what is exposed."""
    rule = rules()["identification"]
    many = people.namesakes.fill_null(0.0)
    name, mail, home, phone = people["name"], people.email, people.home, people.phone
    born = people.birth_date.notnull()
    more = (born & mail) if incident.identifiers_rule == "and" else (born | mail | home)
    small = (people.population < rule["small_town"]) & (many * people.population / rule["population"] < 1)
    conditions = {
        "name_and_more": name & more,
        "email_named": mail & people.email_named,
        "name_small_town": name & small.fill_null(False),
        "email": mail & ~people.email_role,
        "name_rare": name & (many < rule["namesakes_many"]),
        "phone_town": phone & people.postal_code.notnull(),
        "address": home,
        "name_common": name,
        "phone": phone,
        "code": ibis.literal(has_code),
    }
    codes = [(conditions[code], at) for at, code in enumerate(EI_REASONS[:-1])]
    reason = ibis.cases(*codes, else_=len(EI_REASONS) - 1).cast("int8")
    minor = (people.age < MINOR).fill_null(False)
    dpc = ibis.ifelse(minor, context(incident, minors=True), context(incident)).cast("int8")
    channel = ibis.cases((mail & ~people.email_role, 0), (phone & people.mobile, 1), (home, 2), else_=3)
    return people.select(
        "person", "rows", "birth_date", "sex", "age", "postal_code", "department", "population",
        dpc=dpc, ei_reason=reason, minor=minor, old=(people.age >= OLD).fill_null(False),
        others=people.population * people.share / DAYS, channel=channel.cast("int8"),
        has_name=name, has_birth=born, has_email=mail, has_phone=phone, has_home=home, has_sex=people.sex.notnull(),
        has_place=people.postal_code.notnull(), mobile=people.mobile, reachable_email=mail & ~people.email_role,
    )  # fmt: skip


def banded(people: Any, incident: Incident) -> Any:
    """se = dpc x ei + cb and its band (0 low ... 3 very high), with the place of each person in the list, worst first."""
    ei = reduce(
        lambda rest, code: ibis.ifelse(people.ei_reason == EI_REASONS.index(code), EI_VALUES[code], rest),
        EI_REASONS[::-1],
        ibis.literal(0.25),
    )
    rated = people.mutate(ei=ei)
    rated = rated.mutate(se=rated.dpc * rated.ei + circumstances(incident))
    bounds = rules()["bands"]
    band = ibis.cases(
        (rated.se >= bounds["very_high"], 3), (rated.se >= bounds["high"], 2), (rated.se >= bounds["medium"], 1), else_=0
    )
    return rated.mutate(band=band.cast("int8"))
