"""Persons with their communes in, how many live in each out. Which commune it is, postal code and town tell together: most codes
are those of several."""

from dataclasses import replace

from analysis.assess.countries import countries
from analysis.ground.watch import Watch
from analysis.model import Commune, Impact, Place, tables
from analysis.model.tables import GeoFr, Kept
from analysis.store import Store


def per_thousand(place: Place) -> float | None:
    """People exposed per 1,000 inhabitants; None where nobody lives."""
    return 1000 * place.people / place.population if place.population else None


def with_places(store: Store, impact: Impact, watch: Watch) -> Impact:
    """The impact with the communes and countries of those in view."""
    census = impact.census
    if census.communes is None:
        census = replace(census, communes=counted(store, census.facts, watch))
    if census.countries is None:
        census = replace(census, countries=countries(store, impact, watch))
    return replace(impact, census=census) if census is not impact.census else impact


def counted(store: Store, facts: Kept[tables.Facts] | Kept[tables.Marks], watch: Watch) -> tuple[Commune, ...]:
    """Those in which somebody lives, most people first."""
    rows = store.table(facts)
    there = rows.filter(rows.commune.notnull()).group_by(insee=rows.commune).aggregate(people=rows.person.count())
    geo = store.reference(GeoFr)
    known = geo.group_by("insee").aggregate(
        name=geo.commune.max(), population=geo.commune_population.max(), department=geo.department.max()
    )
    told = there.inner_join(known, "insee").select("insee", "name", "people", "population", "department")
    found = [Commune(code, name, int(n), int(all_), place) for code, name, n, all_, place in store.rows(told, watch)]
    return tuple(sorted(found, key=lambda item: (-item.people, item.code)))
