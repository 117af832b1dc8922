"""Facts of persons in, their equivalence classes at every coarseness of birth date, sex and place out: what `whatif` looks up."""

from itertools import product

from ibis import _

from analysis.assess.persons import OLDEST_CELL, age_table, births_told, places
from analysis.assess.reidentification import BIRTHS
from analysis.assess.singling import class_counts
from analysis.assess.whatif import BIRTH, PLACE, SEX, Classes, Unique
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Impact, tables
from analysis.model.tables import GeoFr
from analysis.store import Store
from analysis.store.functions import at_most
from analysis.store.rows import Rows


def coarse_classes(store: Store, impact: Impact, watch: Watch) -> Classes:
    """The equivalence classes of every coarseness, and the population's share of people alone: postal codes (or départements)
    with the age pyramid, as Poisson cells (Golle 2006)."""
    persons = store.table(impact.census.facts)
    ages, towns = age_table(store), places(store.reference(GeoFr))
    crowds = towns.group_by("department").aggregate(crowd=_.population.sum())
    joined = persons.left_join(crowds, "department").drop("department_right")
    capped = joined.mutate(cell_age=at_most(joined.age, OLDEST_CELL))
    shares = ages.select(cell_age=ages.age, sex=ages.sex, share=ages.share)
    both = capped.left_join(shares, ["cell_age", "sex"]).drop("cell_age_right", "sex_right")
    whole = shares.group_by("cell_age").aggregate(any_sex=_.share.sum())
    told = store.table(store.keep(tables.Coarse, both.left_join(whole, "cell_age").drop("cell_age_right"), watch))
    found: Classes = {}
    exact = births_told(impact.people.exposure)
    every = list(product(BIRTH, SEX, PLACE))
    for at, (birth, sex, place) in enumerate(every):
        watch.tell(say("Counting the classes of every coarseness"), at / len(every))
        found[birth, sex, place] = classes_of(store, told, birth, sex, place, exact, watch)
    return found


def classes_of(store: Store, told: Rows, birth: str, sex: str, place: str, exact: str, watch: Watch) -> Unique:
    """`exact`: what the file itself tells of a birth (day, month or year)."""
    day = told.birth_date
    births = {"date": day, "month": day.truncate("M"), "year": day.truncate("Y")}
    parts = {
        name: value
        for name, value in (
            ("birth", births.get(birth)),
            ("sex", told.sex if sex == "sex" else None),
            ("place", {"postal_code": told.postal_code, "department": told.department}.get(place)),
        )
        if value is not None
    }
    if not parts:
        return Unique(0, 0, 0, None)
    known, k, alone = class_counts(store, told, parts, watch)
    people = {"postal_code": told.population, "department": told.crowd}.get(place)
    share = told.share if sex == "sex" else told.any_sex
    cells = min(BIRTHS["day" if birth == "date" else birth], BIRTHS[exact]) if birth in births else None
    expected = None
    if people is not None and cells is not None:
        expected = store.one(
            told.filter(share.notnull() & people.notnull()).aggregate(x=(-(people * share / cells)).exp().mean()), watch
        )["x"]
    return Unique(known, k, alone, None if expected is None else float(expected))
