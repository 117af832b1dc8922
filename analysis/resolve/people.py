"""The verb: rows counted as persons, low, best and high, with the reasons of every merge."""

import ibis

from analysis.ground.watch import Watch
from analysis.ground.words import Said, printable, say
from analysis.model import MANY_ROWS, Case, Exposure, People, tables
from analysis.model.tables import Kept, Names
from analysis.resolve.bounds import doubtful, least, nameless, names_alone
from analysis.resolve.by_model import link_more
from analysis.resolve.by_role import in_roles, most
from analysis.resolve.by_rule import SHARED, Close, close, possible_pairs, sure_pairs
from analysis.resolve.clusters import Found, Pair
from analysis.resolve.fullname import has_names
from analysis.resolve.gather import mentions
from analysis.resolve.identity import grouped, merged_features, repeated
from analysis.resolve.review import Doubt, measured
from analysis.resolve.strangers import Apart, indistinguishable, strangers_apart
from analysis.resolve.verdicts import Bound, Reasoned, bound, split_rows
from analysis.rules.kinds import rules_version
from analysis.store import Store
from analysis.store.rows import Column, Rows

TOLD = 10  # tables or files that are named
# More pairs than this and the file is one big tangle: exact persons only.
MOST_PAIRS = 2_000_000
SURE, PERHAPS, STRANGE = 0.9, 0.1, 0.3  # probability of a pair that a rule links, thinks possible, or keeps apart as strangers
MOST_SHOWN = 50_000  # pairs kept apart that can be looked at
# Persons up to which a model compares them without being asked: some seconds.
LINKED = 60_000
# Persons from which a file teaches a model; and up to which the window compares them by itself, beside everything else.
TAUGHT, BESIDE = 100, 1_500_000


def resolve(store: Store, exposure: Exposure, watch: Watch, link: str = "exact") -> People:
    """Best: exact persons and sure links. High: what of it is doubtful. Low: possible links too. `link`: exact, full (the
    persons are compared by a model trained on the file), or auto (full from `TAUGHT` to `LINKED` persons)."""
    watch.tell(say("Comparing the identities"), 0.0)
    verdicts = exposure.case.verdicts
    rows = split_rows(store, store.table(mentions(store, exposure, watch)), verdicts, watch)
    counted = int(store.one(rows.aggregate(n=rows.count()), watch)["n"])
    watch.tell(say("Counting the persons"), 0.3)
    told_apart, exact_name = exact_persons(store, rows, watch)
    rows, exact = told_apart.rows, store.table(exact_name)
    exact_count = int(store.one(exact.aggregate(n=exact.count()), watch)["n"])
    watch.tell(say("Looking for the same person twice"), 0.4)
    full = link == "full" or (link == "auto" and TAUGHT <= exact_count <= LINKED)
    near = close(store, exact, watch)
    by_hand = bound(store, rows, exact, verdicts, watch)
    found = linked(store, exposure, exact, near, by_hand, told_apart, full, watch)
    merged = found.groups.members()
    best = exact_count - len(merged)
    moves = [(person, into, found.why[person]) for person, into in merged]
    table, links = persons_and_links(store, rows, exact_name, moves, watch)
    persons = store.table(table)
    doubts = doubts_of(found, exposure.case)
    review = measured(doubts, exposure.case.answers)
    strict = most(store, rows, watch)
    high = max(best, min(strict, best + doubtful(store, rows, found, told_apart.unlike, review, watch)))
    alike = indistinguishable(store, exact, counted - exact_count, counted - strict, watch)
    high = max(min(high + alike, counted), high)
    roles, in_several, fewer = in_roles(store, rows, exact, persons, found, high - best, watch)
    return People(
        exposure=exposure,
        low=least(found, exact_count, best, names_alone(store, persons, watch), fewer + nameless(store, rows, watch), review),
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
        doubts=store.make(tables.Doubts, [(item.a, item.b, round(item.probability, 4), int(item.linked)) for item in doubts]),
        review=review,
        joined=sum(verdict == "join" for verdict, *_ in verdicts),
        split=sum(verdict == "split" for verdict, *_ in verdicts),
        roles=roles,
        several=in_several,
    )


def exact_persons(store: Store, rows: Rows, watch: Watch) -> tuple[Apart, Kept[tables.Exact]]:
    """Mentions of one identity as one person, but for those that chance alone makes alike."""
    several = store.table(store.keep(tables.Several, repeated(rows), watch))
    told_apart = strangers_apart(store, rows, several, watch)
    return told_apart, store.keep(tables.Exact, grouped(told_apart.rows, several), watch, rules_version())


def linked(
    store: Store, exposure: Exposure, exact: Rows, near: Close, by_hand: Bound, apart: Apart, full: bool, watch: Watch
) -> Found:
    """Which exact persons are one, and which pairs may be. `full`: compared by a model, too."""
    found, sure = near_persons(store, exact, near, watch)
    decided = by_hand.beside(apart.pairs)
    if full and not found.tangled:
        link_more(store, exposure.seat(0), exact, sure, found, decided, apart.explained, watch.within(0.5, 0.9))
    else:
        decided.merge(sure, found)
    found.doubts |= dict.fromkeys(apart.pairs, (STRANGE, False))  # whatever the model thinks of them
    found.others = [pair for pair in (*found.others, *sorted(apart.pairs)) if pair not in by_hand.apart]
    return found


def teachable(people: People) -> bool:
    """Whether a model can compare these persons while a person goes on reading."""
    return TAUGHT <= people.exact <= BESIDE


def kept_apart(store: Store, found: Found, split: frozenset[Pair]) -> Kept[tables.Near]:
    """The table of the pairs that may be one person and were not merged, those that a person split among them."""
    pairs = sorted({(a, b) for a, b in (*split, *found.others) if found.groups.find(a) != found.groups.find(b)})[:MOST_SHOWN]
    return store.make(tables.Near, pairs)


def doubts_of(found: Found, case: Case) -> list[Doubt]:
    """Pairs that may be one person, linked or not; those that a chain of others links are not asked of by themselves."""
    decided, asked = {item[1:] for item in case.people}, case.answers.keys()
    held = [
        Doubt(*pair, probability, linked)
        for pair, (probability, linked) in sorted(found.doubts.items())
        if pair not in decided and (linked or pair in asked or found.groups.find(pair[0]) != found.groups.find(pair[1]))
    ]
    return sorted(held, key=lambda item: (item.pair not in asked, not item.linked, -item.probability))[:MOST_SHOWN]


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
    for rows, reason in sure_pairs(near, exact, store.reference(Names)):
        sure += [(a, b, reason) for a, b in pairs_of(store, rows, watch)]
        if len(sure) > MOST_PAIRS:
            return Found(tangled=True), []
    watch.tell(say("Looking for the same person twice"), 0.5)
    others = [pair for rows in possible_pairs(near, exact) for pair in pairs_of(store, rows, watch)]
    found = Found(others=sorted(others)[:MOST_PAIRS])
    found.doubts = dict.fromkeys(found.others, (PERHAPS, False)) | {(a, b): (SURE, True) for a, b, _ in sure}
    return found, sorted(sure)


def pairs_of(store: Store, rows: Rows, watch: Watch) -> list[Pair]:
    """At most one more than may be had. Kept before it is read: a limit on the question itself makes the engine wait for
    itself."""
    table = store.table(store.keep(tables.Pairs, rows.select(a=rows.person, b=rows.person_b), watch))
    return [(int(a), int(b)) for a, b in store.rows(table.limit(MOST_PAIRS + 1), watch)]


def persons_and_links(
    store: Store, rows: Rows, exact_name: Kept[tables.Exact], merged: list[tuple[int, int, str]], watch: Watch
) -> tuple[Kept[tables.Exact | tables.Persons], Kept[tables.Links]]:
    """Tables of persons (person, rows and features) and of links (see `links_of`). `merged`: person, into whom, and why."""
    moves = store.filled(tables.Moves, merged)
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
