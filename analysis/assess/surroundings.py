"""Scored persons in, who lives or is reached together out: households, places where many live, shared contact points, and the
people who need care: minors, the old, those possibly dead, residents of care homes, inhabitants of villages."""

import ibis
from ibis import _

from analysis.assess.reaching import SHARED, dead, of_several
from analysis.ground.watch import Watch
from analysis.model import People, Places, Shared, Surroundings, tables
from analysis.model.tables import Kept
from analysis.rules import shapes
from analysis.rules.loading import load
from analysis.rules.shapes import Place
from analysis.store import Store
from analysis.store.rows import Column, Rows

PLACES = ("care_home", "boarding_school", "barracks_or_prison")
# What a list of people can be narrowed to.
GROUPS = ("minor", "old", "deceased", *PLACES, "village", "shared_email", "shared_phone", "unreachable")


def surroundings(store: Store, people: People, table: str, contacts: Kept[tables.Contacts], watch: Watch) -> Surroundings:
    """`table`: one row per person with its scores; `contacts`: those of several persons."""
    persons, scores = store.table(people.table), store.table(table)
    kept = store.keep(tables.Homes, homes_of(persons, scores), watch, load(shapes.Places).version)
    homes = store.table(kept)
    found = store.one(
        homes.aggregate(
            households=_.size.count(),
            people=_.size.sum(),
            largest=_.size.max(),
            **{f"{kind}_n": (_.place == kind).sum() for kind in PLACES},
            **{f"{kind}_p": _.size.sum(where=_.place == kind) for kind in PLACES},
        ),
        watch,
    )
    parts = [
        some.aggregate(points=_.count()).mutate(people=ibis.literal(0), most=ibis.literal(0))
        for some in (deceased(store, people, scores), scores.filter(scores.village))
    ]
    parts += [shared(store, contacts, kind) for kind in SHARED]
    asked = [
        part.select(what=ibis.literal(what), **{name: part[name].cast("int64") for name in ("points", "people", "most")})
        for what, part in zip(("deceased", "village", *SHARED), parts, strict=True)
    ]
    counts = {what: tuple(int(count or 0) for count in told) for what, *told in store.rows(ibis.union(*asked), watch)}
    return Surroundings(
        households=int(found["households"]),
        in_households=int(found["people"] or 0),
        largest=int(found["largest"] or 0),
        places=tuple(Places(kind, int(found[f"{kind}_n"] or 0), int(found[f"{kind}_p"] or 0)) for kind in PLACES),
        deceased=counts["deceased"][0],
        village=counts["village"][0],
        emails=Shared(*counts["email"]),
        phones=Shared(*counts["phone"]),
        homes=kept,
    )


def homes_of(persons: Rows, scores: Rows) -> Rows:
    """home, size, place: addresses of two people or more, and what they may be (empty: a household)."""
    lived = of_several(persons, "home")
    large = min(item.size for item in load(shapes.Places).place.values())
    many = lived.filter(lived["size"] >= large).select("home")
    residents = (
        persons.semi_join(many, "home").select("home", "person").inner_join(scores.select("person", "age", "sex"), "person")
    )
    aged = {kind: residents.age.between(item.youngest, item.oldest).mean() for kind, item in load(shapes.Places).place.items()}
    women = (residents.sex == "f").mean()
    judged = residents.group_by("home").aggregate(women=women, **aged)
    told = lived.left_join(judged, "home")
    branches = [
        ((told["size"] >= item.size) & (told[kind] >= item.share) & one_sex(told.women, item), kind)
        for kind, item in load(shapes.Places).place.items()
    ]
    return told.select("home", "size", place=ibis.cases(*branches, else_=""))


def one_sex(women: Column, item: Place) -> Column:
    least = item.one_sex
    return ibis.literal(True) if least is None else (women >= least) | (women <= 1 - least)


def shared(store: Store, contacts: Kept[tables.Contacts], kind: str) -> Rows:
    """points, people, most: contact points of several persons."""
    points = store.table(contacts)
    return points.filter(points.kind == kind).aggregate(points=_.count(), people=_.size.sum(), most=_.size.max())


def deceased(store: Store, people: People, scores: Rows) -> Rows:
    """People with a date of death, or older than anyone is likely to be."""
    aged = scores.filter(scores.age > load(shapes.Places).vulnerable.oldest).select("person")
    dated = dead(store, people)
    return aged if dated is None else dated.union(aged, distinct=True)
