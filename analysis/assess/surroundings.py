"""Scored persons in, who lives or is reached together out: households, places where many live, shared contact points, and the
people who need care: minors, the old, those possibly dead, residents of care homes, inhabitants of villages."""

from operator import or_

import ibis
from ibis import _

from analysis.classify.cells import bare
from analysis.ground.watch import Watch
from analysis.model import People, Places, Shared, Status, Surroundings, tables
from analysis.resolve.mentions import mention_of
from analysis.rules import shapes
from analysis.rules.shapes import Place, load
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.functions import fold
from analysis.store.rows import Column, Rows

PLACES = ("care_home", "boarding_school", "barracks_or_prison")
GROUPS_COUNTED, SHARED = ("deceased", "village"), ("email", "phone")
# What a list of people can be narrowed to.
GROUPS = ("minor", "old", "deceased", *PLACES, "village", "shared_email", "shared_phone", "unreachable")


def surroundings(store: Store, people: People, table: str, watch: Watch) -> Surroundings:
    """`table`: one row per person with its scores."""
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
        members(store, people, table, kind).aggregate(points=_.count()).mutate(people=ibis.literal(0), most=ibis.literal(0))
        for kind in GROUPS_COUNTED
    ]
    parts += [shared(persons, kind) for kind in SHARED]
    asked = [
        part.select(what=ibis.literal(what), **{name: part[name].cast("int64") for name in ("points", "people", "most")})
        for what, part in zip((*GROUPS_COUNTED, *SHARED), parts, strict=True)
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


def shared(persons: Rows, kind: str) -> Rows:
    """points, people, most: contact points of several persons."""
    return of_several(persons, kind).aggregate(points=_.count(), people=_.size.sum(), most=_.size.max())


def of_several(persons: Rows, kind: str) -> Rows:
    """The values of a kind that several persons have, and their size."""
    used = persons.filter(persons[kind].notnull()).group_by(kind).aggregate(size=_.count())
    return used.filter(used["size"] > 1)


def members(store: Store, people: People, table: str, group: str) -> Rows:
    """`person`: the people of one of `GROUPS`."""
    persons, scores = store.table(people.table), store.table(table)
    match group:
        case "minor" | "old":
            return scores.filter(scores[group]).select("person")
        case "unreachable":
            return scores.filter(scores.channel == "none").select("person")
        case "deceased":
            return deceased(store, people, scores)
        case "village":
            return villagers(store, people, scores)
        case "shared_email" | "shared_phone":
            kind = group.removeprefix("shared_")
            return persons.semi_join(of_several(persons, kind), kind).select("person")
        case _:
            homes = homes_of(persons, scores)
            return persons.semi_join(homes.filter(homes.place == group), "home").select("person")


def deceased(store: Store, people: People, scores: Rows) -> Rows:
    """People with a date of death, or older than anyone is likely to be."""
    aged = scores.filter(scores.age > load(shapes.Places).vulnerable.oldest).select("person")
    fields = [field for field in people.exposure.fields if field.kind == "death_date" and field.valid]
    if not fields:
        return aged
    statuses, links = store.table(people.exposure.table), store.table(people.links)
    dated = statuses.filter(balanced(or_, [statuses[f"s{field.position}"] == int(Status.VALID) for field in fields]))
    return links.semi_join(dated.select(mention=mention_of(dated.row)), "mention").select("person").union(aged, distinct=True)


def villagers(store: Store, people: People, scores: Rows) -> Rows:
    """People of a commune of few inhabitants: the commune that postal code and city name together, or every one of the code."""
    communes = store.reference("geo_fr")
    most = load(shapes.Places).vulnerable.village
    city, postal = people.exposure.of_kind("city"), people.exposure.of_kind("postal_code")
    small = communes.filter(communes.commune_population < most)
    if city is None or postal is None:
        sizes = communes.group_by("postal_code").aggregate(largest=_.commune_population.max())
        return scores.semi_join(sizes.filter(sizes.largest < most), "postal_code").select("person")
    raw = store.table(people.exposure.leak.table)
    cells = raw.select(person=mention_of(raw.rowid()), code=bare(raw[f"c{postal.position}"]), city=raw[f"c{city.position}"])
    near = cells.filter(cells.code.isin(small.postal_code))
    # Each way to write a town is looked at once: they are far fewer than the rows.
    written = near.select("code", "city").distinct()
    towns = written.select(written=written.code + written.city, town=written.code + fold(written.city))
    known = towns.filter(towns.town.isin(small.select(town=small.postal_code + small.folded).town))
    living = near.select("person", written=near.code + near.city)
    return scores.semi_join(living.filter(living.written.isin(known.written)), "person").select("person")
