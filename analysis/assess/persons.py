"""Persons in, what there is to know of each out: an expression of the engine, of which no incident is a part.

What a score depends on is one whole number per person, her *profile* (`PROFILE`): a file of millions has some hundreds of
them, so that whatever depends on the incident is computed on those (`rating.py`).
"""

import json
from datetime import date
from functools import cache
from importlib.resources import files

import ibis
from ibis import _

from analysis.assess.profile import BY, FEATURES, HARD, MINOR, OLD, PROFILE, TOLD, room
from analysis.assess.reaching import SHARED, crowded, dead, represented
from analysis.assess.reidentification import BIRTHS, precision
from analysis.assess.texts import marked
from analysis.classify.cells import bare
from analysis.model import Exposure, People, tables
from analysis.model.tables import GeoFr, Kept, Names
from analysis.resolve.mentions import mention_of
from analysis.rules import shapes
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.store import Store
from analysis.store.functions import at_most, fold, hash_all
from analysis.store.rows import Column, Rows

OLDEST_CELL = 100  # of the pyramid: so old or older


@cache
def pyramid() -> tuple[list[float], list[float]]:
    """Share of the French population by year of age (0 to 100): men, women."""
    shape = json.loads((files("resources") / "reference" / "age_shape.json").read_text(encoding="utf-8"))
    total = sum(shape["men"]) + sum(shape["women"])
    return [count / total for count in shape["men"]], [count / total for count in shape["women"]]


def age_table(store: Store) -> Rows:
    """age, sex, share: the pyramid in the store."""
    men, women = pyramid()
    rows = [(age, sex, share) for sex, shares in (("m", men), ("f", women)) for age, share in enumerate(shares)]
    return store.table(store.make(tables.AgePyramid, rows))


def places(geo: Rows) -> Rows:
    """One row per postal code: its inhabitants, its main département, the commune that has it alone, and the inhabitants of its
    largest one."""
    return geo.group_by("postal_code").aggregate(
        population=geo.population.sum(),
        department=geo.department.argmax(geo.population),
        only=ibis.ifelse(geo.count() == 1, geo.insee.max(), ibis.null("string")),
        largest=geo.commune_population.max(),
    )


def communes(store: Store, people: People) -> Rows | None:
    """person, insee, living, whole: her commune, its inhabitants within her postal code and in all, where the name of the town
    tells which of several it is; None where no column names towns. (A name may go on, as with CEDEX, and a big town stand
    without its district.)"""
    subject = people.exposure.seat(0)
    city, postal = subject.of_kind("city"), subject.of_kind("postal_code")
    if city is None or postal is None:
        return None
    raw, geo = store.table(people.exposure.leak.table), store.reference(GeoFr)
    cells = raw.select(mention=mention_of(raw.rowid()), code=bare(raw[f"c{postal.position}"]), town=raw[f"c{city.position}"])
    cells = cells.filter(cells.code.isin(places(geo).filter(_.only.isnull()).postal_code))
    # Each way to write a town is looked at once: they are far fewer than the people.
    written = cells.select("code", "town").distinct().mutate(written=_.code + _.town, name=fold(_.town))
    there = written.inner_join(geo.rename(code="postal_code"), "code")
    same = (there.folded == there.name) | there.name.startswith(there.folded) | there.folded.startswith(there.name + "EARR")
    known = (
        there.filter(same & (there.name != ""))
        .group_by("written")
        .aggregate(living=_.population.max(), whole=_.commune_population.max(), insee=_.insee.argmax(_.population))
    )
    named = written_of(store, people, cells).inner_join(known, "written")
    best = {name: named[name].argmax(named.living) for name in ("insee", "whole")}
    return named.group_by("person").aggregate(living=named.living.max(), **best)


def written_of(store: Store, people: People, cells: Rows) -> Rows:
    """person, written: of the rows that hold her postal code. (Most people have one row, which bears their number.)"""
    persons, links = store.table(people.table), store.table(people.links)
    several = persons.filter(persons["rows"] > 1).select("person", "postal_code")
    hers = links.select("mention", "person").inner_join(several, "person")
    told = cells.left_join(hers, "mention")
    told = told.filter(told.person.isnull() | (told.postal_code == told.code))
    return told.select(person=ibis.coalesce(told.person, told.mention), written=told.code + told.town)


def age_on(birth: Column, day: date) -> Column:
    """Completed years on a day; NULL before birth."""
    before = (birth.month() > day.month) | ((birth.month() == day.month) & (birth.day() > day.day))
    years = (day.year - birth.year() - before.cast("int32")).cast("int32")
    return ibis.ifelse(birth > day, ibis.null("int32"), years)


def births_told(exposure: Exposure) -> str:
    """How exactly the file tells when people were born: to the day, the month or the year."""
    field = exposure.seat(0).of_kind("birth_date")
    return precision(field.variant) if field is not None else "day"


def youngest_age(age: Column, birth: Column, day: date, told: str) -> Column:
    """The age on a day of who was born at the end of the month or year that is told (`age`: at its beginning)."""
    if told == "year":
        return age - int((day.month, day.day) < (12, 31))
    return age - (birth.month() == day.month).cast("int32") if told == "month" else age


def cell_key(persons: Rows) -> Column:
    """One number for birth date, sex and postal code; NULL where one of them is missing."""
    whole = persons.birth_date.notnull() & persons.sex.notnull() & persons.postal_code.notnull()
    parts = ibis.struct({"birth": persons.birth_date, "sex": persons.sex, "place": persons.postal_code})
    return ibis.ifelse(whole, hash_all(parts), ibis.null("uint64"))


def namesakes(store: Store, persons: Rows) -> Rows:
    """person, namesakes: expected namesakes in France (Insee lists), for the people whose name stands alone."""
    names = store.reference(Names)
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
    return found.select("person", namesakes=shares * load(shapes.Severity).identification.population)


def in_communes(found: Rows, known: Rows | None) -> Rows:
    """population: of her commune within the postal code, or of all that the code holds; commune: where it is known; village:
    whether it is small, as far as can be told."""
    if known is not None:
        found = found.left_join(known, "person").drop("person_right")
    else:
        found = found.mutate(insee=ibis.null("string"), living=ibis.null("int64"), whole=ibis.null("int64"))
    there = found.population.notnull()  # a code of another country has none
    return found.mutate(
        population=ibis.ifelse(there, ibis.coalesce(found.living, found.population), ibis.null("int64")),
        commune=ibis.ifelse(there, ibis.coalesce(found.only, found.insee), ibis.null("string")),
        village=(there & (ibis.coalesce(found.whole, found.largest) < load(shapes.Places).vulnerable.village)).fill_null(False),
    ).drop("living", "whole", "largest", "only", "insee")


def described(store: Store, people: People, persons: Rows, day: date, shared: Kept[tables.Contacts]) -> Rows:
    """Each person with age, place, namesakes and the share of the population that has this age and sex."""
    town = places(store.reference(GeoFr))
    there = {kind: persons[kind].notnull() for kind in ("email", "phone", "home")}
    named = persons.last_name.notnull() & persons.first_name.notnull()
    kept = ("person", "rows", "birth_date", "sex", "postal_code", "mobile", "email_named", "email_role", "kinds")
    hard = hard_to_reach(store, people, persons, shared)
    aged = persons.select(*kept, name=named, **there, **hard, age=age_on(persons.birth_date, day))
    found = aged.left_join(town, "postal_code").drop("postal_code_right")
    found = in_communes(found, communes(store, people))
    found = found.left_join(namesakes(store, persons), "person").drop("person_right")
    ages = age_table(store)
    capped = found.mutate(age_cell=at_most(found.age, OLDEST_CELL))
    found = capped.left_join(ages.select(age_cell=ages.age, sex=ages.sex, share=ages.share), ["age_cell", "sex"])
    return found.drop("age_cell_right", "sex_right", "age_cell")


def hard_to_reach(store: Store, people: People, persons: Rows, shared: Kept[tables.Contacts]) -> dict[str, Column]:
    """Whether somebody is dead, and whether her contacts are a crowd's."""
    gone = dead(store, people)
    found: dict[str, Column] = {"deceased": ibis.literal(False) if gone is None else persons.person.isin(gone.person)}
    return found | {f"crowded_{kind}": persons[kind].isin(crowded(store, shared, kind)) for kind in SHARED}


def with_representatives(store: Store, people: People, persons: Rows, found: Rows) -> Rows:
    """The described persons with what reaches the parent or guardian of a minor."""
    by = represented(store, people, persons)
    if by is None:
        return found.mutate(**dict.fromkeys(BY, ibis.literal(False)))
    joined = found.left_join(by, "person").drop("person_right")
    return joined.mutate(**{name: joined[name] & (joined.age < MINOR) for name in BY})


def bits_of(found: Rows) -> dict[str, Column]:
    """Each bit of a profile (see `PROFILE`), of the described persons."""
    rule = load(shapes.Severity).identification
    many, mail = found.namesakes.fill_null(0.0), found.email
    flags = {
        "name": found["name"],
        "birth": found.birth_date.notnull(),
        "email": mail,
        "email_named": mail & found.email_named,
        "email_role": found.email_role,
        "home": found.home,
        "phone": found.phone,
        "mobile": found.phone & found.mobile,
        "place": found.postal_code.notnull(),
        "sex": found.sex.notnull(),
        "small_town": (found.population < rule.small_town) & (many * found.population / rule.population < 1),
        "rare_name": many < rule.namesakes_many,
        "minor": found.age < MINOR,
        "old": found.age >= OLD,
    } | {name: found[name] for name in (*HARD, *BY, *TOLD)}
    room()
    return {name: flags[name].fill_null(False) for name in PROFILE}


def facts(
    store: Store, people: People, persons: Rows, day: date, shared: Kept[tables.Contacts], told: Kept[tables.ToldOf]
) -> Rows:
    """person, rows, profile; what lists and charts show of her; others: expected people of her age, sex and town (the commune
    where postal code and name tell it, else all that the code holds)."""
    found = with_representatives(store, people, persons, described(store, people, persons, day, shared))
    found = marked(store, told, found)
    flags = bits_of(found)
    profile: Column = ibis.literal(0, "int32")
    for at, flag in enumerate(flags.values()):
        profile += ibis.ifelse(flag, 1 << at, 0)
    extra = {field.kind for field in people.exposure.every if field.valid and field.kind not in FEATURES}
    held: Column = ibis.literal(0, "int64")
    if extra:
        mask = sum(1 << at for at, code in enumerate(kinds()) if code in extra)
        held = found.kinds & mask
    return found.select(
        "person",
        "rows",
        "birth_date",
        "sex",
        "age",
        "postal_code",
        "department",
        "population",
        "commune",
        "village",
        profile=profile.cast("int32"),
        held=held.cast("int64"),
        minor=flags["minor"],
        old=flags["old"],
        others=found.population * found.share / BIRTHS[births_told(people.exposure)],
    )
