"""The verb: rows counted as persons, low, best and high, with the reasons of every merge."""

import hashlib
from math import ceil

import ibis

from analysis.ground.watch import Watch
from analysis.ground.words import Said, printable, say
from analysis.model import MANY_ROWS, Exposure, People, tables
from analysis.model.tables import Kept
from analysis.resolve.by_model import link_more
from analysis.resolve.by_role import differing, in_roles, most
from analysis.resolve.by_rule import SHARED, Close, close, possible_pairs, sure_pairs
from analysis.resolve.clusters import Found, Pair
from analysis.resolve.fullname import has_names
from analysis.resolve.gather import mentions
from analysis.resolve.identity import grouped, merged_features, repeated
from analysis.resolve.strangers import by_chance, strangers_apart
from analysis.resolve.verdicts import Reasoned, bound, split_rows
from analysis.rules.kinds import rules_version
from analysis.store import Store
from analysis.store.rows import Column, Rows

TOLD = 10  # tables or files that are named
# More pairs than this and the file is one big tangle: exact persons only.
MOST_PAIRS = 2_000_000
# The recall that the model claims for itself is taken for so much less, and never for less than this: the low bound.
PRUDENT, LEAST_RECALL = 0.55, 0.3
WRONG = 1 / 3  # share of the links that may be wrong: twice what was the most on the public sets with truth
FEW = 10  # links of which all may be wrong
MOST_SHOWN = 50_000  # pairs kept apart that can be looked at
# Persons up to which a model compares them without being asked: some seconds.
LINKED = 60_000
# Persons from which a file teaches a model; and up to which the window compares them by itself, beside everything else.
TAUGHT, BESIDE = 100, 1_500_000


def resolve(store: Store, exposure: Exposure, watch: Watch, link: str = "exact") -> People:
    """Best: exact persons and sure links. High: what of it is doubtful. Low: possible links too. `link`: exact, full (the
    persons are compared by a model trained on the file), or auto (full from `TAUGHT` to `LINKED` persons)."""
    watch.tell(say("Comparing the identities"), 0.0)
    verdicts = exposure.case.people
    rows = split_rows(store, store.table(mentions(store, exposure, watch)), verdicts, watch)
    counted = int(store.one(rows.aggregate(n=rows.count()), watch)["n"])
    watch.tell(say("Counting the persons"), 0.3)
    several = store.table(store.keep(tables.Several, repeated(rows), watch))
    told_apart = strangers_apart(store, rows, several, watch)
    rows = told_apart.rows
    exact_name = store.keep(tables.Exact, grouped(rows, several), watch, rules_version())
    exact = store.table(exact_name)
    exact_count = int(store.one(exact.aggregate(n=exact.count()), watch)["n"])
    watch.tell(say("Looking for the same person twice"), 0.4)
    full = link == "full" or (link == "auto" and TAUGHT <= exact_count <= LINKED)
    near = close(store, exact, watch)
    found, sure = near_persons(store, exact, near, watch)
    by_hand = bound(store, rows, exact, verdicts, watch)
    decided = by_hand.beside(told_apart.pairs)
    if full and not found.tangled:
        link_more(store, exposure.seat(0), exact, sure, found, decided, told_apart.explained, watch.within(0.5, 0.9))
    else:
        decided.merge(sure, found)
    found.others = [pair for pair in (*found.others, *sorted(told_apart.pairs)) if pair not in by_hand.apart]
    merged = found.groups.members()
    best = exact_count - len(merged)
    table, links = persons_and_links(
        store, rows, exact_name, [(person, into, found.why[person]) for person, into in merged], watch
    )
    persons = store.table(table)
    strict = most(store, rows, watch)
    alike = min(counted - exact_count, by_chance(store, exact, watch))  # who cannot be told apart by anything
    high = max(best, min(strict, best + doubtful(store, rows, found, told_apart.unlike, watch)) + alike)
    roles, in_several, fewer = in_roles(store, rows, exact, persons, found, high - best, watch)
    low = least(found, exact_count, best, names_alone(store, exposure, persons, best, watch), fewer)
    return People(
        exposure=exposure,
        low=low,
        best=best,
        high=high,
        merges=(("same_identity", counted - exact_count), *sorted(found.reasons.items())),
        limits=limits(exposure, found.tangled, near.most),
        table=table,
        links=links,
        rules=rules_version(),
        strict=strict,
        exact=exact_count,
        level="model" if full and not found.tangled else "rules",
        sizes=row_counts(store, table, watch),
        near=kept_apart(store, found, by_hand.apart),
        joined=sum(verdict == "join" for verdict, *_ in verdicts),
        split=sum(verdict == "split" for verdict, *_ in verdicts),
        roles=roles,
        several=in_several,
    )


def least(found: Found, exact: int, best: int, names: int, fewer: int) -> int:
    """The low bound: pairs that are possible, pairs that the model cannot find, namesakes (`names`: persons if they are one),
    less those of whom a name alone is known (`fewer`)."""
    low = min(best - found.possible(), fewest(exact, best, found.recall), names) - fewer
    return max(min(low, best), min(best, 1))


def doubtful(store: Store, rows: Rows, found: Found, unlike: int, watch: Watch) -> int:
    """How many persons more there may be: of links a share is wrong; rows of one identity without a name or birth date may be
    two wherever they differ, those of one name and birth date where they have nothing else in common (`unlike`)."""
    weak = rows.filter(rows.birth_date.isnull() | rows.names.isnull())
    links = sum(found.reasons.values()) - found.reasons["by_hand"]
    return min(links, ceil(WRONG * links) + FEW) + differing(store, weak, watch) + unlike


def fewest(exact: int, best: int, recall: float) -> int:
    """How few persons there may be, where a model found `recall` of the pairs of one person: so few that the merges it would
    then have found are as many as it found. A person of k exact persons is found whole by any chain of her pairs."""
    if recall >= 1 or best >= exact:
        return best
    for persons in range(best, 1, -max(best // 1000, 1)):
        links = max(exact / persons - 1, 1.0)
        if (exact - persons) * max(1 - (1 - PRUDENT * recall) ** links, LEAST_RECALL) >= exact - best:
            return persons
    return 1


def names_alone(store: Store, exposure: Exposure, persons: Rows, best: int, watch: Watch) -> int:
    """How few there may be where nothing but a place tells namesakes apart: people move."""
    if not has_names(exposure.seat(0)) or exposure.of_kind("birth_date", "email", "phone", "address", "national_id"):
        return best
    told = store.one(persons.aggregate(names=persons.names.nunique(), named=persons.names.count()), watch)
    return best - int(told["named"]) + int(told["names"])


def teachable(people: People) -> bool:
    """Whether a model can compare these persons while a person goes on reading."""
    return TAUGHT <= people.exact <= BESIDE


def kept_apart(store: Store, found: Found, split: frozenset[Pair]) -> Kept[tables.Near]:
    """The table of the pairs that may be one person and were not merged, those that a person split among them."""
    pairs = sorted({(a, b) for a, b in (*split, *found.others) if found.groups.find(a) != found.groups.find(b)})[:MOST_SHOWN]
    return store.make(tables.Near, pairs)


def row_counts(store: Store, table: Kept[tables.Exact | tables.Persons], watch: Watch) -> tuple[tuple[int, int], ...]:
    """How many persons have one row, two ..., `MANY_ROWS` or more."""
    persons = store.table(table)
    size: Column = ibis.least(persons["rows"], MANY_ROWS)
    return tuple(
        sorted((int(rows), int(n)) for rows, n in store.rows(persons.group_by(size=size).aggregate(n=persons.count()), watch))
    )


def near_persons(store: Store, exact: Rows, near: Close, watch: Watch) -> tuple[Found, list[Reasoned]]:
    """The pairs that rules know (a difference excused by a shared contact point or home), sorted; and what is found until now."""
    sure: list[Reasoned] = []
    for rows, reason in sure_pairs(near, exact, store.reference("names")):
        sure += [(a, b, reason) for a, b in pairs_of(store, rows, watch)]
        if len(sure) > MOST_PAIRS:
            return Found(tangled=True), []
    watch.tell(say("Looking for the same person twice"), 0.5)
    others = [pair for rows in possible_pairs(near, exact) for pair in pairs_of(store, rows, watch)]
    return Found(others=sorted(others)[:MOST_PAIRS]), sorted(sure)


def pairs_of(store: Store, rows: Rows, watch: Watch) -> list[Pair]:
    """At most one more than may be had. Kept before it is read: a limit on the question itself makes the engine wait for
    itself."""
    table = store.table(store.keep(tables.Pairs, rows.select(a=rows.person, b=rows.person_b), watch))
    return [(int(a), int(b)) for a, b in store.rows(table.limit(MOST_PAIRS + 1), watch)]


def persons_and_links(
    store: Store, rows: Rows, exact_name: Kept[tables.Exact], merged: list[tuple[int, int, str]], watch: Watch
) -> tuple[Kept[tables.Exact | tables.Persons], Kept[tables.Links]]:
    """Tables of persons (person, rows and features) and of links (see `links_of`). `merged`: person, into whom, and why."""
    mark = hashlib.sha256(repr(merged).encode()).hexdigest()[:16]
    moves = f"moves_{exact_name.removeprefix('exact_')}_{mark}"
    store.create(moves, tables.Moves)
    store.insert(moves, merged)
    if not merged:
        whole = store.table(exact_name).mutate(leader=lambda t: t.person, reason=ibis.null("string"))
        return exact_name, links_of(store, rows, whole)
    exact, moved = store.table(exact_name), store.table(moves)
    heads = moved.select(person=moved.into).distinct()
    touched = exact.semi_join(moved.select("person").union(heads), "person")
    alone = exact.anti_join(moved.select("person").union(heads), "person")
    joined = touched.left_join(moved, "person")
    placed = joined.mutate(leader=ibis.coalesce(joined.into, joined.person)).drop("into", "reason", "person_right")
    together = placed.group_by("leader").aggregate(rows=placed["rows"].sum().cast("int64"), **merged_features(placed))
    together = store.table(store.keep(tables.Merged, together.rename(person="leader"), watch, rules_version()))
    persons = alone.select(*together.columns).union(together)
    whole = exact.left_join(moved, "person").mutate(leader=lambda t: ibis.coalesce(t.into, t.person))
    return store.view(tables.Persons, persons, rules_version()), links_of(store, rows, whole)


def links_of(store: Store, rows: Rows, placed: Rows) -> Kept[tables.Links]:
    """mention, person: whom each mention is about; exact: the exact person of the row, and the reason why it was merged
    (NULL: it was not)."""
    heads = placed.select("identity", "leader", "reason", exact=placed.person)
    linked = rows.join(heads, "identity").select(
        mention=rows.mention, person=heads.leader, exact=heads.exact, reason=heads.reason
    )
    return store.view(tables.Links, linked, rules_version())


def some(names: list[str]) -> str:
    """The first of them, in one text."""
    return "; ".join(names[:TOLD]) + (" …" if len(names) > TOLD else "")


def limits(exposure: Exposure, tangled: bool, most: int) -> tuple[Said, ...]:
    """Why no better count is possible, in sentences."""
    found: list[Said] = []
    exposure = exposure.seat(0)
    names = has_names(exposure)
    if not exposure.about_people:
        found.append(say("No column speaks of people: nobody is counted."))
    elif not names and not exposure.of_kind("email", "phone", "person_id"):
        found.append(say("No column identifies a person: each row that differs is counted as one person."))
    elif not names:
        found.append(say("The file holds no first and last name: people are counted by their e-mail, phone or number."))
    elif not exposure.of_kind("birth_date"):
        found.append(say("The file holds no birth date: people of the same name are told apart by their contact details only."))
    if others := exposure.uncounted:
        found.append(
            say(
                "{n} other table of the source holds personal data; its people are not counted here: {names}",
                "{n} other tables of the source hold personal data; their people are not counted here: {names}",
                n=len(others),
                names=some([f"{printable(item.name)} ({item.rows})" for item in others]),
            )
        )
    if unread := exposure.leak.unread:
        found.append(
            say(
                "{n} file of the source holds no table that could be read, and is not counted: {names}",
                "{n} files of the source hold no table that could be read, and are not counted: {names}",
                n=len(unread),
                names=some([printable(item.name) for item in unread]),
            )
        )
    if tangled:
        found.append(say("Too many rows share the same contact details: near-duplicates were not looked for."))
    elif most < SHARED:
        found.append(
            say(
                "Very many rows share contact details, homes, names or birth dates: those that more than {most} persons "
                "share were not compared.",
                most=most,
            )
        )
    return tuple(found)
