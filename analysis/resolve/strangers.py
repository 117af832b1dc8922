"""Rows of one name and birth date in, those of whom nothing else is the same apart out: strangers by chance.

Of people who are there twice most share a home, a phone or a mailbox with themselves; some have moved. Where nearly all rows of
one name and birth date stand in two places, the file says that they are two people: the null hypothesis explains them. Two other
national numbers, without a shared contact point, are two people in any file.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, pairwise
from math import ceil, sqrt
from operator import add, and_, or_

import ibis

from analysis.ground.watch import Watch
from analysis.model import tables
from analysis.resolve.blocking import strangers
from analysis.resolve.clusters import Pair
from analysis.resolve.identity import tagged
from analysis.store import Store
from analysis.store.rows import Column, Rows

CONTACTS = ("email", "phone", "home")
TELLING = (*CONTACTS, "postal_code", "nir")
TOLD = 2  # things that must differ before nothing in common says anything
LEAST_EXPECTED = 0.05  # strangers, below which none is
WHOLE = 20  # exact persons of one name and birth date up to which every pair is looked at
LEAST, MOST = 5, 4  # identities without anything in common; how many for each that has something


@dataclass(frozen=True, slots=True)
class Apart:
    """The mentions with identities of their own for strangers. `unlike`: persons more there may be, since rows that are merged
    have nothing in common but name and birth date; `pairs`: exact persons who were kept apart and may be one; `explained`:
    whether the file says that name and birth date alone make nobody one."""

    rows: Rows
    unlike: int
    pairs: frozenset[Pair] = frozenset()
    explained: bool = False


def strangers_apart(store: Store, rows: Rows, several: Rows, watch: Watch) -> Apart:
    """`several`: the identities of several mentions."""
    again = rows.semi_join(several, "identity").filter(rows.birth_date.notnull() & rows.names.notnull())
    groups = store.table(store.keep(tables.Alike, judged(again), watch))
    told = store.one(
        groups.aggregate(
            alike=groups.alike.sum(),
            unlike=groups.unlike.sum(),
            numbers=groups.numbers.sum(),
            more=ibis.ifelse(groups.unlike, groups["rows"] - 1, 0).sum(),
        ),
        watch,
    )
    alike, unlike, numbers, more = (int(told[name] or 0) for name in ("alike", "unlike", "numbers", "more"))
    explained = unlike >= LEAST and unlike > MOST * alike
    if not explained and not numbers:
        return Apart(rows, more)
    gone = groups.filter((groups.numbers | groups.unlike) if explained else groups.numbers).select("identity")
    found = rows.left_join(gone.mutate(strange=ibis.literal(True)), "identity").drop("identity_right")
    own = ibis.coalesce(tagged(11, found.identity, found.nir), tagged(7, found.mention))
    moved = found.mutate(identity=ibis.ifelse(found.strange.fill_null(False), own, found.identity)).drop("strange")
    apart = store.table(store.keep(tables.Mentions, moved, watch))
    members = rows.semi_join(gone, "identity").select("mention", group=rows.identity).inner_join(apart, "mention")
    persons = members.group_by("group", "identity").aggregate(person=members.mention.min())
    return Apart(apart, 0 if explained else more, combined(store.rows(persons.select("group", "person"), watch)), explained)


def combined(members: Iterable[tuple[int, int]]) -> frozenset[Pair]:
    """Every pair of one group (group, person); of a large group, those who follow each other."""
    held: defaultdict[int, list[int]] = defaultdict(list)
    for group, person in sorted(members):
        held[group].append(person)
    return frozenset(
        pair for group in held.values() for pair in (combinations(group, 2) if len(group) <= WHOLE else pairwise(group))
    )


def judged(again: Rows) -> Rows:
    """Each identity: whether two of its rows agree in something else, whether none do, and whether national numbers differ."""
    filled = {f"{name}_there": again[name].count() for name in TELLING}
    values = {f"{name}_values": again[name].nunique() for name in TELLING}
    bare: Column = ~reduce(or_, [again[name].notnull() for name in TELLING])
    groups = again.group_by("identity").aggregate(rows=again.mention.count(), bare=bare.sum(), **filled, **values)

    def agreeing(names: tuple[str, ...]) -> Column:
        return reduce(or_, [groups[f"{name}_there"] > groups[f"{name}_values"] for name in names])

    other = reduce(add, [(groups[f"{name}_values"] > 1).cast("int8") for name in TELLING])
    whole = groups.bare == 0
    return groups.select(
        "identity",
        "rows",
        alike=agreeing(TELLING),
        unlike=whole & ~agreeing(TELLING) & (other >= TOLD),
        numbers=whole & ~agreeing(CONTACTS) & (groups.nir_values > 1),
    )


def indistinguishable(store: Store, exact: Rows, merged: int, equal: int, watch: Watch) -> int:
    """Strangers whom nothing tells apart, at most. `merged`: mentions beyond the first of an exact person; `equal`: those that
    differ from another one in nothing."""
    return min(merged, by_chance(store, exact, watch)) + min(equal, bare_by_chance(store, exact, watch))


def by_chance(store: Store, exact: Rows, watch: Watch) -> int:
    """How many strangers of one name and birth date are to be expected at most, if names and birth dates were drawn by
    themselves: C(n, 2) P(same names) P(same birth date)."""
    born = exact.filter(exact.birth_date.notnull() & exact.names.notnull())
    return most_expected(store, born, ("names", "birth_date"), watch)


def bare_by_chance(store: Store, exact: Rows, watch: Watch) -> int:
    """The same of strangers of whom a name and a place are all that is known: of one last name, first name and place."""
    bare = exact.filter(exact.names.notnull() & reduce(and_, [exact[name].isnull() for name in ("birth_date", *CONTACTS)]))
    placed = bare.mutate(postal_code=bare.postal_code.fill_null(""))
    return most_expected(store, placed, ("last_name", "first_name", "postal_code"), watch)


def most_expected(store: Store, rows: Rows, names: tuple[str, ...], watch: Watch) -> int:
    """Two standard deviations above the strangers that are expected to agree in some columns."""
    expected = strangers(store, rows, names, int(store.one(rows.aggregate(n=rows.count()), watch)["n"]), watch)
    return ceil(expected + 2 * sqrt(expected)) if expected >= LEAST_EXPECTED else 0
