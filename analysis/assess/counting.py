"""Persons in, the Census out: who they are, counted, whatever the incident; of all of them, or of a part."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ibis import _

from analysis.assess.persons import births_told, cell_key, facts, youngest_age
from analysis.assess.profile import MINOR, OLDEST, whole
from analysis.assess.reaching import contacts
from analysis.assess.reidentification import Classes, risks_of
from analysis.assess.surroundings import GROUPS_COUNTED, PLACES, members, surroundings
from analysis.assess.texts import counted, told_of
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import AgeBand, Census, People, Place, Places, Reidentification, Surroundings, tables
from analysis.model.tables import Kept
from analysis.resolve.mentions import bit_of
from analysis.rules import shapes
from analysis.rules.departments import departments
from analysis.rules.shapes import load
from analysis.store import Store
from analysis.store.functions import at_most
from analysis.store.rows import Rows


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


def census_within(store: Store, census: Census, chosen: Kept[tables.Chosen], watch: Watch) -> Census:
    """The census of some of its persons: how many they are, and what is true of them; how few share birth date, sex and place
    is counted among everybody."""
    some, people = store.table(chosen), census.people
    few = store.view(tables.Facts, store.table(census.facts).semi_join(some, "person"))
    persons = store.table(people.table).semi_join(some, "person")
    asked = {f"r{at}": ((persons.roles & bit_of(item.role)) != 0).sum() for at, item in enumerate(people.roles)}
    counts = store.one(persons.aggregate(n=_.count(), **asked), watch)
    n = int(counts["n"])
    roles = tuple(
        replace(item, low=there, best=there, high=there)
        for at, item in enumerate(people.roles)
        if (there := int(counts[f"r{at}"] or 0))
    )
    fewer = replace(people, low=n, best=n, high=n, roles=roles)
    found = counted_by(store, fewer, census.reference_date, few, watch, some)
    told = told_of(store, people, watch)
    texts = counted(store, store.view(tables.ToldOf, store.table(told).semi_join(some, "person")), watch) if told else ()
    return replace(found, told=texts, surroundings=around(store, census, some, watch))


def around(store: Store, census: Census, some: Rows, watch: Watch) -> Surroundings:
    """How many of some persons are in each group that needs care."""
    there = census.surroundings
    groups = [group for group in (*GROUPS_COUNTED, *PLACES) if any_in(there, group)]
    counts: dict[str, int] = dict.fromkeys((*GROUPS_COUNTED, *PLACES), 0)
    for group in groups:
        inside = members(store, census.people, census.facts, group).semi_join(some, "person")
        counts[group] = int(store.one(inside.aggregate(n=_.count()), watch)["n"])
    places = tuple(Places(item.kind, 0, counts[item.kind]) for item in there.places)
    return Surroundings(places=places, deceased=counts["deceased"], village=counts["village"], homes=there.homes)


def any_in(found: Surroundings, group: str) -> bool:
    """Whether the group has anybody at all."""
    told = {"deceased": found.deceased, "village": found.village} | {item.kind: item.people for item in found.places}
    return bool(told.get(group))


def counted_by(
    store: Store, people: People, day: date, name: Kept[tables.Facts], watch: Watch, some: Rows | None = None
) -> Census:
    """What the facts of persons say of them all. `some`: the persons, where they are not all of `people`."""
    rows = store.table(name)
    told = store.one(
        rows.aggregate(
            known_age=rows.age.count(),
            covered=rows.others.count(),
            communes=rows.town.sum(where=rows.others.notnull()),
            unborn=(rows.birth_date > day).sum(),
            young=(youngest_age(rows.age, rows.birth_date, day, births_told(people.exposure)) < MINOR).sum(),
            alone=(-rows.others).exp().mean(),
            others=rows.others.median(),
        ),
        watch,
    )
    found, abroad = lived_in(store, rows, watch)
    return Census(
        people=people,
        reference_date=day,
        facts=name,
        known_age=int(told["known_age"] or 0),
        minors_at_most=int(told["young"] or 0),
        unborn=int(told["unborn"] or 0),
        profiles=tuple(
            sorted(
                (whole(int(profile), int(held)), int(n))
                for profile, held, n in store.rows(rows.group_by("profile", "held").aggregate(n=rows.person.count()), watch)
            )
        ),
        ages=ages(store, rows, watch),
        places=found,
        abroad=abroad,
        reidentification=reidentified(classes_in(store, people, some, watch), told, some is None),
        surroundings=Surroundings(),
    )


def classes_in(store: Store, people: People, some: Rows | None, watch: Watch) -> Classes:
    """Size of a class of birth date, sex and postal code among everybody, how many such classes there are, and how many persons
    in them; of `some` persons, those they are in."""
    persons = store.table(people.table)
    classes = store.table(classes_of(store, people, watch))
    if some is None:
        sized = classes.group_by("class_size").aggregate(classes=_.count(), people=_.class_size.sum())
    else:
        chosen = persons.select("person", cell=cell_key(persons)).semi_join(some, "person")
        sized = (
            chosen.inner_join(classes, "cell").group_by("class_size").aggregate(classes=_.cell.nunique(), people=_.cell.count())
        )
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


def ages(store: Store, rows: Rows, watch: Watch) -> tuple[AgeBand, ...]:
    """People by five-year band and sex; ages above 105 stay in the last one."""
    aged = rows.filter(rows.age.notnull())
    capped = at_most(aged.age, OLDEST)
    band = (capped // 5 * 5).cast("int32")
    grouped = aged.group_by(first=band, sex=aged.sex.fill_null("")).aggregate(people=aged.person.count())
    return tuple(AgeBand(int(age), sex, int(count)) for age, sex, count in sorted(store.rows(grouped, watch)))


def lived_in(store: Store, rows: Rows, watch: Watch) -> tuple[tuple[Place, ...], int]:
    """People by département, and those without a known French postal code."""
    known = departments()
    counted = dict(store.rows(rows.group_by("department").aggregate(people=rows.person.count()), watch))
    elsewhere = int(counted.pop(None, 0))
    places = (
        Place(code, known[code]["name"], int(counted.get(code, 0)), known[code]["population"])
        for code in sorted(known)
        if known[code]["population"] or counted.get(code)
    )
    return tuple(places), elsewhere
