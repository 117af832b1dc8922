"""What a person decided of mentions in, how it binds the count out: two that are joined or split by hand, whatever their cells
say. (A mention of the subject of a row of the first table has the number of the row.)"""

from dataclasses import dataclass
from functools import reduce

import ibis

from analysis.ground.watch import Watch
from analysis.resolve.clusters import Found, Pair, constrained
from analysis.store import Store
from analysis.store.functions import hash_all
from analysis.store.rows import Column, Rows

Verdict = tuple[str, int, int]  # join or split, two mentions
Reasoned = tuple[int, int, str]  # two exact persons, and why they are one


@dataclass(frozen=True, slots=True)
class Bound:
    """The verdicts as pairs of exact persons: `joined` are one, `apart` are two."""

    joined: tuple[Pair, ...] = ()
    apart: frozenset[Pair] = frozenset()

    def beside(self, apart: frozenset[Pair]) -> "Bound":
        """The same with more who are two, but for those that a person joined."""
        return Bound(self.joined, self.apart | apart - set(self.joined))

    def weighed(self, pairs: list[Reasoned]) -> list[tuple[int, int, float, str]]:
        """`pairs` as sure ones, behind those that a person joined."""
        return [(a, b, 2.0, "by_hand") for a, b in self.joined] + [(a, b, 1.0, reason) for a, b, reason in pairs]

    def merge(self, pairs: list[Reasoned], found: Found) -> None:
        """Merges what a person joined, then `pairs`, and never two that a person split."""
        if self.apart:
            constrained(self.weighed(pairs), set(self.apart), found)
        else:
            for a, b, _, reason in self.weighed(pairs):
                found.merge(a, b, reason)


def split_rows(store: Store, rows: Rows, verdicts: tuple[Verdict, ...], watch: Watch) -> Rows:
    """The normalized rows; where a person split two rows of one identity, the second, and the rows that differ from it in
    nothing, have an identity of their own."""
    splits = [(one, other) for verdict, one, other in verdicts if verdict == "split"]
    keys = keys_of(store, rows, [mention for pair in splits for mention in pair], watch)
    moved: list[Column] = []
    for one, other in splits:
        if one in keys and other in keys and keys[one][0] == keys[other][0]:
            alone = rows.mention == other if keys[one][1] == keys[other][1] else rows.strict == keys[other][1]
            moved.append((rows.identity == keys[other][0]) & alone)
    if not moved:
        return rows
    own = hash_all(ibis.struct({"identity": rows.identity, "strict": rows.strict, "apart": ibis.literal(True)}))
    return rows.mutate(identity=ibis.ifelse(reduce(lambda a, b: a | b, moved), own, rows.identity))


def bound(store: Store, rows: Rows, exact: Rows, verdicts: tuple[Verdict, ...], watch: Watch) -> Bound:
    """Mentions of the verdicts as the exact persons that they belong to."""
    if not verdicts:
        return Bound()
    wanted = sorted({mention for _, *pair in verdicts for mention in pair})
    found = rows.filter(rows.mention.isin(wanted)).inner_join(exact.select("identity", "person"), "identity")
    person = {int(mention): int(first) for mention, first in store.rows(found.select("mention", "person"), watch)}
    pairs = {"join": set[Pair](), "split": set[Pair]()}
    for verdict, one, other in verdicts:
        a, b = sorted((person.get(one, -1), person.get(other, -1)))
        if 0 <= a < b:
            pairs[verdict].add((a, b))
    return Bound(tuple(sorted(pairs["join"])), frozenset(pairs["split"]))


def keys_of(store: Store, rows: Rows, wanted: list[int], watch: Watch) -> dict[int, tuple[int, int]]:
    """Mention -> its identity and its strict key."""
    if not wanted:
        return {}
    asked = rows.filter(rows.mention.isin(sorted(set(wanted)))).select("mention", "identity", "strict")
    return {int(mention): (int(identity), int(strict)) for mention, identity, strict in store.rows(asked, watch)}
