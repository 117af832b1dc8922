"""The verb: rows counted as persons, low, best and high, with the reasons of every merge."""

from collections import Counter
from typing import Any

import ibis

from analysis.kinds import rules_version
from analysis.model import Exposure, People
from analysis.resolve.identity import grouped, keyed, repeated
from analysis.resolve.identity import merged as merged_features
from analysis.resolve.linking import Groups, close, possible_pairs, sure_pairs
from analysis.resolve.normalize import features
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import Said, say

# More pairs than this and the file is one big tangle: exact persons only.
MOST_PAIRS = 300_000


def resolve(store: Store, exposure: Exposure, watch: Watch) -> People:
    """Best: exact persons and sure links. High: rows that differ at all. Low: possible links too."""
    watch.tell(say("Comparing the identities"), 0.0)
    rows = store.table(compared(store, exposure, watch))
    high = int(store.one(rows.aggregate(n=rows.strict.nunique()), watch)["n"])
    watch.tell(say("Counting the persons"), 0.4)
    several = store.table(store.keep("several", repeated(rows), watch))
    exact_name = store.keep("exact", grouped(rows, several), watch, rules_version())
    exact = store.table(exact_name)
    exact_count = int(store.one(exact.aggregate(n=exact.count()), watch)["n"])
    watch.tell(say("Looking for the same person twice"), 0.6)
    groups, reasons, possible, tangled = link(store, exact, watch)
    merged = groups.members()
    best = exact_count - len(merged)
    table, links = settle(store, rows, exact_name, merged, watch)
    return People(
        exposure=exposure,
        low=min(best - possible, best),
        best=best,
        high=max(high, best),
        merges=(("same_identity", exposure.leak.rows - exact_count), *reasons),
        limits=limits(exposure, tangled),
        table=table,
        links=links,
        rules=rules_version(),
    )


def compared(store: Store, exposure: Exposure, watch: Watch) -> str:
    """The table of normalized rows with their keys."""
    return store.keep("rows", keyed(features(store, exposure)), watch, rules_version())


def link(store: Store, exact: Any, watch: Watch) -> tuple[Groups, tuple[tuple[str, int], ...], int, bool]:
    """The groups of the best estimate with their reasons, and how many more merges are possible."""
    groups = Groups()
    near = close(store, exact, watch)
    pairs = store.rows(sure_pairs(near, exact, store.reference("names")).limit(MOST_PAIRS + 1), watch)
    if len(pairs) > MOST_PAIRS:
        return groups, (), 0, True
    reasons = Counter(reason for a, b, reason in sorted(pairs) if groups.merge(a, b))
    loose = Groups()
    for person, into in groups.members():
        loose.merge(person, into)
    watch.tell(say("Looking for the same person twice"), 0.8)
    others = store.rows(possible_pairs(near, exact).limit(MOST_PAIRS + 1), watch)
    possible = sum(loose.merge(a, b) for a, b in sorted(others[:MOST_PAIRS]))
    return groups, tuple(sorted(reasons.items())), possible, False


def settle(store: Store, rows: Any, exact_name: str, merged: list[tuple[int, int]], watch: Watch) -> tuple[str, str]:
    """Tables of persons (person, rows and features) and of links (row, person)."""
    moves = f"moves_{exact_name.removeprefix('exact_')}"
    store.create(moves, [("person", "BIGINT"), ("into", "BIGINT")])
    store.insert_own(moves, merged)
    if not merged:
        whole = store.table(exact_name).mutate(leader=lambda t: t.person)
        return exact_name, links_of(store, rows, whole)
    exact, moved = store.table(exact_name), store.table(moves)
    heads = moved.select(person=moved.into).distinct()
    touched = exact.semi_join(moved.select("person").union(heads), "person")
    alone = exact.anti_join(moved.select("person").union(heads), "person")
    joined = touched.left_join(moved, "person")
    placed = joined.mutate(leader=ibis.coalesce(joined.into, joined.person)).drop("into", "person_right")
    together = placed.group_by("leader").aggregate(rows=placed["rows"].sum().cast("int64"), **merged_features(placed))
    together = store.table(store.keep("merged", together.rename(person="leader"), watch, rules_version()))
    persons = alone.select(*together.columns).union(together)
    whole = exact.left_join(moved, "person").mutate(leader=lambda t: ibis.coalesce(t.into, t.person))
    return store.view("persons", persons, rules_version()), links_of(store, rows, whole)


def links_of(store: Store, rows: Any, placed: Any) -> str:
    """row, person: whom each row is about."""
    heads = placed.select("identity", "leader")
    linked = rows.join(heads, "identity").select(row=rows.row, person=heads.leader)
    return store.view("links", linked, rules_version())


def limits(exposure: Exposure, tangled: bool) -> tuple[Said, ...]:
    """Why no better count is possible, in sentences."""
    found: list[Said] = []
    names = exposure.of_kind("last_name") and exposure.of_kind("first_name")
    if not names and not exposure.of_kind("email", "phone", "person_id"):
        found.append(say("No column identifies a person: each row that differs is counted as one person."))
    elif not names:
        found.append(say("The file holds no first and last name: people are counted by their e-mail, phone or number."))
    elif not exposure.of_kind("birth_date"):
        found.append(say("The file holds no birth date: people of the same name are told apart by their contact details only."))
    if tangled:
        found.append(say("Too many rows share the same contact details: near-duplicates were not looked for."))
    return tuple(found)
