"""Persons of two leaks in, what both together tell of each out."""

from ibis import _

from analysis.ground.watch import Watch
from analysis.model import Cumulated, People, tables
from analysis.rules.kinds import kinds
from analysis.store import Store
from analysis.store.rows import Rows


def held(store: Store, people: People) -> Rows:
    """person, kinds: what stands in her rows with a valid value (see `normalize.bits`)."""
    return store.table(people.table).select("person", "kinds")


def cumulated(store: Store, pairs: Rows, ours: Rows, theirs: Rows, watch: Watch) -> Cumulated:
    """`pairs`: a, b; `ours`, `theirs`: person, kinds (see `held`). Counts of the persons who are in both."""
    one, other = ours.select(a=_.person, now=_.kinds), theirs.select(b=_.person, before=_.kinds)
    both = pairs.select("a", "b").inner_join(one, "a").inner_join(other, "b").select("a", "now", "before")
    table = store.keep(tables.Cumulated, both, watch)
    told = store.table(table)
    masks = told.group_by(now=told.now, before=told.before).aggregate(n=_.count())
    newly: dict[str, int] = {}
    sizes: dict[tuple[int, int, int], int] = {}
    for now, before, n in store.rows(masks, watch):
        for code in codes_of(now & ~before):
            newly[code] = newly.get(code, 0) + int(n)
        key = (before.bit_count(), now.bit_count(), (now | before).bit_count())
        sizes[key] = sizes.get(key, 0) + int(n)
    ranked = sorted(newly.items(), key=lambda item: (-item[1], item[0]))
    return Cumulated(table, tuple(ranked), tuple((*key, n) for key, n in sorted(sizes.items())))


def codes_of(mask: int) -> tuple[str, ...]:
    """The kinds that the bits of a mask stand for."""
    return tuple(code for at, code in enumerate(kinds()) if mask >> at & 1)


def before_of(store: Store, found: Cumulated, person: int, watch: Watch) -> tuple[str, ...] | None:
    """The kinds that the earlier leak held of a person; None where she is not in it."""
    table = store.table(found.table)
    masks = store.rows(table.filter(table.a == person).select("before"), watch)
    return codes_of(int(masks[0][0])) if masks else None
