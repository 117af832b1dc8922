"""Persons in, how many have each role out: a low, a best and a high count of each."""

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from operator import or_

from analysis.ground.watch import Watch
from analysis.model import InRole, tables
from analysis.model.codes import Role
from analysis.resolve.clusters import Found, Pair
from analysis.resolve.mentions import bit_of, roles_of, slot_of
from analysis.store import Store
from analysis.store.rows import Rows

# Those who are told apart within the data of one subject alone, where nothing but a name stands.
NAMED_ALONE = frozenset(Role) - {Role.SUBJECT, Role.PROFESSIONAL, Role.STAFF}


def in_roles(
    store: Store, mentions: Rows, exact: Rows, persons: Rows, found: Found, slack: int, watch: Watch
) -> tuple[tuple[InRole, ...], int, int]:
    """How many have each role, how many have several, and how many fewer there may be in all where a name alone tells people
    apart. `mentions`: what the rows say; `exact`: persons by their identity alone; `persons`: in the end; `slack`: how many more
    there may be in all."""
    masks = [int(mask) for (mask,) in store.rows(mentions.select("roles").distinct(), watch)]
    there = roles_of(reduce(or_, masks, 0))
    if len(there) < 2:
        return (), 0, 0
    sizes = [(int(mask), int(n)) for mask, n in store.rows(persons.group_by("roles").aggregate(n=persons.count()), watch)]
    best = {role: sum(n for mask, n in sizes if mask & bit_of(role)) for role in there}
    high = {role: most(store, mentions.filter((mentions.roles & bit_of(role)) != 0), watch) for role in there}
    possible = possible_in(store, exact, found, watch)
    namesakes = {role: alike(store, persons, role, watch) for role in there if role in NAMED_ALONE}
    told = tuple(
        InRole(
            role,
            max(best[role] - possible[role] - namesakes.get(role, 0), min(best[role], 1)),
            best[role],
            max(min(high[role], best[role] + slack), best[role]),
        )
        for role in there
    )
    return told, sum(n for mask, n in sizes if mask.bit_count() > 1), sum(namesakes.values())


def most(store: Store, mentions: Rows, watch: Watch) -> int:
    """How many there may be: rows that differ at all."""
    whole = mentions.aggregate(n=mentions.identity.nunique())
    return int(store.one(whole, watch)["n"]) + differing(store, mentions, watch)


def differing(store: Store, mentions: Rows, watch: Watch) -> int:
    """Rows of each slot that differ at all, beyond the first of each identity (that one table says more of a person than another
    is no difference)."""
    slots = mentions.mutate(slot=slot_of(mentions.mention))
    sizes = slots.group_by("slot").aggregate(more=slots.strict.nunique() - slots.identity.nunique())
    return int(store.one(sizes.aggregate(n=sizes.more.sum()), watch)["n"] or 0)


def possible_in(store: Store, exact: Rows, found: Found, watch: Watch) -> Counter[Role]:
    """Merges more that there may be among the persons of each role."""
    if not found.others:
        return Counter()
    held = {int(person): roles_of(int(mask)) for person, mask in store.rows(named_in(store, exact, found.others), watch)}

    def inside(role: Role) -> int:
        return found.possible(lambda person: role in held.get(person, ()))

    return Counter({role: inside(role) for role in Role})


def named_in(store: Store, exact: Rows, pairs: Iterable[Pair]) -> Rows:
    """person, roles: of the persons of some pairs."""
    told = store.table(store.make(tables.Near, sorted(set(pairs))))
    people = told.select(person=told.a).union(told.select(person=told.b)).distinct()
    return exact.semi_join(people, "person").select("person", "roles")


def alike(store: Store, persons: Rows, role: Role, watch: Watch) -> int:
    """How many fewer there may be, where people of whom a name alone is known are one if it is the same."""
    alone = persons.filter(
        ((persons.roles & bit_of(role)) != 0)
        & persons.names.notnull()
        & persons.birth_date.isnull()
        & persons.email.isnull()
        & persons.phone.isnull()
        & persons.home.isnull()
    )
    told = store.one(alone.aggregate(n=alone.count(), d=alone.names.nunique()), watch)
    return int(told["n"]) - int(told["d"])
