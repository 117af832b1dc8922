"""Persons in, the Census out: who they are, counted, whatever the incident; of all of them, or of a part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import ibis
from ibis import _

from analysis.assess.persons import births_told, cell_key, facts, youngest_age
from analysis.assess.profile import MINOR, OLDEST, whole
from analysis.assess.reaching import contacts
from analysis.assess.reidentification import Classes, risks_of
from analysis.assess.surroundings import PLACES, deceased, surroundings
from analysis.assess.texts import counted, told_of
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import AgeBand, Census, People, Place, Places, Reidentification, Surroundings, tables
from analysis.model.codes import Role
from analysis.model.tables import Kept
from analysis.resolve.mentions import bit_of
from analysis.rules import shapes
from analysis.rules.departments import departments
from analysis.rules.loading import load
from analysis.store import Prepared, Store
from analysis.store.functions import at_most
from analysis.store.rows import Rows

PERSONS = "the persons"  # stands for their table in what is asked of it


def census_of(store: Store, people: People, day: date, watch: Watch) -> Census:
    """Counts who they are at a day."""
    persons = store.table(people.table)
    shared, told_in_texts = contacts(store, persons, watch), told_of(store, people, watch)
    known = facts(store, people, persons, day, shared, told_in_texts)
    name = store.keep(tables.Facts, known, watch, load(shapes.Severity).version)
    watch.tell(say("Drawing up the results"), 0.5)
    found = counted_by(store, people, day, name, watch)
    lived = surroundings(store, people, name, shared, watch)
    return replace(found, told=counted(store, told_in_texts, watch), surroundings=lived)


def census_within(store: Store, census: Census, few: Kept[tables.Marks], watch: Watch) -> Census:
    """The census of some of its persons: how many they are, and what is true of them; how few share birth date, sex and place
    is counted among everybody."""
    people = census.people
    there = store.answer(marks_statement(tuple(item.role for item in people.roles)), {PERSONS: few}, watch)[0]
    n = int(there["n"])
    roles = tuple(replace(item, low=m, best=m, high=m) for item in people.roles if (m := int(there[f"role_{item.role}"] or 0)))
    fewer = replace(people, low=n, best=n, high=n, roles=roles)
    sized = store.tuples(classes_statement(), {PERSONS: few}, watch)
    classes = tuple(sorted((int(size), int(count), int(m)) for size, count, m in sized))
    found = counted_by(store, fewer, census.reference_date, few, watch, classes)
    told = told_of(store, people, watch)
    some = store.table(few).select("person")
    texts = counted(store, store.view(tables.ToldOf, store.table(told).semi_join(some, "person")), watch) if told else ()
    lived = Surroundings(
        places=tuple(Places(item.kind, 0, int(there[item.kind] or 0)) for item in census.surroundings.places),
        deceased=int(there["deceased"] or 0),
        village=int(there["village"] or 0),
        homes=census.surroundings.homes,
    )
    return replace(found, told=texts, surroundings=lived)


def marks_of(store: Store, census: Census, watch: Watch) -> Kept[tables.Marks]:
    """All that a filter counts of each person, side by side: made once, so that a filter joins nothing."""
    if tables.stage_of(census.facts) == tables.Marks.stage:  # of people who are a part already
        return Kept(census.facts)
    people = census.people
    facts, persons = store.table(census.facts), store.table(people.table)
    homes, classes = store.table(census.surroundings.homes), store.table(classes_of(store, people, watch))
    placed = persons.select("person", "home", "roles", cell=cell_key(persons))
    placed = placed.left_join(classes, "cell").drop("cell_right")
    placed = placed.left_join(homes.select("home", home_place="place"), "home").drop("home", "home_right")
    gone = deceased(store, people, facts).mutate(deceased=ibis.literal(True))
    marked = facts.join(placed, "person").left_join(gone, "person").drop("person_right")
    marked = marked.mutate(deceased=marked.deceased.fill_null(False))
    return store.keep(tables.Marks, marked.select(*tables.Marks.columns), watch)


@cache
def marks_statement(roles: tuple[Role, ...]) -> Prepared:
    """n, the people of each role, place and group."""
    marks = ibis.table(tables.Marks.columns, name=PERSONS)
    asked = {f"role_{role}": ((marks.roles & bit_of(role)) != 0).sum() for role in roles}
    asked |= {place: (marks.home_place == place).sum() for place in PLACES}
    return Prepared.of(marks.aggregate(n=_.count(), deceased=marks.deceased.sum(), village=marks.village.sum(), **asked))


@cache
def classes_statement() -> Prepared:
    """class_size, classes, people: of some persons, the classes that they are in."""
    marks = ibis.table(tables.Marks.columns, name=PERSONS)
    shared = ibis.ifelse(marks.class_size > 1, marks.cell, ibis.null("uint64")).nunique()
    held = marks.filter(marks.cell.notnull()).group_by("class_size")
    return Prepared.of(held.aggregate(classes=shared + (marks.class_size == 1).sum(), people=marks.cell.count()))


def counted_by(
    store: Store, people: People, day: date, facts: Kept[tables.Facts], watch: Watch, classes: Classes | None = None
) -> Census:
    """What the facts of persons say of them. `classes`: those they are in, where they are not everybody."""
    about = {PERSONS: facts}
    told = store.answer(facts_statement(day, births_told(people.exposure)), about, watch)[0]
    profiles, aged, placed = (store.tuples(statement(), about, watch) for statement in (by_profile, by_age, by_department))
    found, abroad = lived_in(placed)
    return Census(
        people=people,
        reference_date=day,
        facts=facts,
        known_age=int(told["known_age"] or 0),
        minors_at_most=int(told["young"] or 0),
        unborn=int(told["unborn"] or 0),
        profiles=tuple(sorted((whole(int(profile), int(held)), int(n)) for profile, held, n in profiles)),
        ages=tuple(AgeBand(int(age), sex, int(count)) for age, sex, count in sorted(aged)),
        places=found,
        abroad=abroad,
        reidentification=reidentified(classes_in(store, people, watch) if classes is None else classes, told, classes is None),
        surroundings=Surroundings(),
    )


@cache
def facts_statement(day: date, births: str) -> Prepared:
    """Of persons: how many have an age, expected others, a known commune; how few are alone."""
    rows = ibis.table(tables.Facts.columns, name=PERSONS)
    return Prepared.of(
        rows.aggregate(
            known_age=rows.age.count(),
            covered=rows.others.count(),
            communes=rows.commune.count(where=rows.others.notnull()),
            unborn=(rows.birth_date > day).sum(),
            young=(youngest_age(rows.age, rows.birth_date, day, births) < MINOR).sum(),
            alone=(-rows.others).exp().mean(),
            others=rows.others.median(),
        )
    )


@cache
def by_profile() -> Prepared:
    rows = ibis.table(tables.Facts.columns, name=PERSONS)
    return Prepared.of(rows.group_by("profile", "held").aggregate(n=rows.person.count()))


@cache
def by_age() -> Prepared:
    """People by five-year band and sex; ages above 105 stay in the last one."""
    rows = ibis.table(tables.Facts.columns, name=PERSONS)
    aged = rows.filter(rows.age.notnull())
    band = (at_most(aged.age, OLDEST) // 5 * 5).cast("int32")
    return Prepared.of(aged.group_by(first=band, sex=aged.sex.fill_null("")).aggregate(people=aged.person.count()))


@cache
def by_department() -> Prepared:
    rows = ibis.table(tables.Facts.columns, name=PERSONS)
    return Prepared.of(rows.group_by("department").aggregate(people=rows.person.count()))


def classes_in(store: Store, people: People, watch: Watch) -> Classes:
    """Size of a class of birth date, sex and postal code, how many such classes there are, and how many persons in them."""
    classes = store.table(classes_of(store, people, watch))
    sized = classes.group_by("class_size").aggregate(classes=_.count(), people=_.class_size.sum())
    return tuple(sorted((int(size), int(n), int(m)) for size, n, m in store.rows(sized, watch)))


def reidentified(classes: Classes, told: Mapping[str, Any], everybody: bool) -> Reidentification:
    """How few people share birth date, sex and postal code: in the file (`classes`: whole ones where they are of everybody), and,
    as is to be expected, in their town (`told`)."""
    risk = risks_of(classes, load(shapes.Severity).reidentification.threshold)
    return Reidentification(
        rows=risk.rows,
        classes=risk.classes,
        k=risk.k,
        uniques=risk.uniques,
        highest=risk.highest,
        average=risk.average,
        at_risk=risk.at_risk,
        sizes=risk.sizes,
        histogram=tuple((size, n) for size, n, _ in classes) if everybody else (),
        covered=int(told["covered"] or 0),
        alone_in_town=float(told["alone"] or 0.0),
        median_others=float(told["others"] or 0.0),
        communes=int(told["communes"] or 0),
    )


def classes_of(store: Store, people: People, watch: Watch) -> Kept[tables.Classes]:
    """The classes of birth date, sex and postal code, and their sizes."""
    return store.keep(tables.Classes, equivalence(store.table(people.table)), watch)


def equivalence(persons: Rows) -> Rows:
    """cell, class_size: classes of birth date + sex + postal code, among the people who have the three."""
    keyed = persons.select(cell=cell_key(persons))
    return keyed.filter(keyed.cell.notnull()).group_by("cell").aggregate(class_size=keyed.cell.count())


def lived_in(counts: Sequence[tuple[Any, ...]]) -> tuple[tuple[Place, ...], int]:
    """People by département, and those without a known French postal code."""
    known = departments()
    counted = dict(counts)
    elsewhere = int(counted.pop(None, 0))
    places = (
        Place(code, known[code]["name"], int(counted.get(code, 0)), known[code]["population"])
        for code in sorted(known)
        if known[code]["population"] or counted.get(code)
    )
    return tuple(places), elsewhere
