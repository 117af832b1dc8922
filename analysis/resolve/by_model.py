"""Exact persons in, more of them merged out: the linked level, by a model trained on the file (splinked.py)."""

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

import ibis

from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Exposure, tables
from analysis.model.tables import Names
from analysis.resolve.belief import MERGED, POSSIBLE
from analysis.resolve.blocking import MOST, strangers
from analysis.resolve.blocking import pairs as pairs_of
from analysis.resolve.clusters import Found, constrained, grouped_by, inner_pairs
from analysis.resolve.compared import BOX, DIGITS, Compared, compared, evidence
from analysis.resolve.conflict import (
    HEARD,
    KNOWN,
    PERSONAL,
    TYING,
    as_second,
    birth,
    births,
    by_ear,
    column,
    namesakes,
    pairs_apart,
)
from analysis.resolve.mentions import mention_of
from analysis.resolve.splinked import Edge, edges
from analysis.resolve.verdicts import Bound, Reasoned
from analysis.rules.kinds import rules_version
from analysis.store import Store
from analysis.store.rows import Rows

# What many people share: a first name in a town makes no slip of another name possible.
COMMON = frozenset(
    {
        "first_name",
        "middle_name",
        "sex",
        "age",
        "city",
        "postal_code",
        "region",
        "country",
        "nationality",
        "marital_status",
        "occupation",
        "organization",
    }
)
BORN = 0.9  # share of the rows that have a birth date
NEAR, BY_CHANCE = 0.004, 0.2  # two birth dates of which two parts agree; share of such pairs that chance explains
GIVEN_AT_LEAST = 10  # people with a first name, of which it is one and no slip of another
DAYS = 0.02  # share of the births on the first or last day of a year: four times that of two other days
RIGHT = 0.87  # expected share of right ones among the pairs that are merged


def link_more(
    store: Store, exposure: Exposure, exact: Rows, sure: list[Reasoned], found: Found, by_hand: Bound, tied: bool, watch: Watch
) -> None:
    """Adds what the model knows to the pairs that the rules know, and to what a person decided. `tied`: name and birth date make
    nobody one in this file, without a contact point, a home or a number."""
    columns = compared(store, exposure, watch)
    raw = store.table(exposure.leak.table)
    told = raw.select(person=mention_of(raw.rowid()), **{item.name: evidence(raw, item) for item in columns})
    first, last = column(columns, "first_name"), column(columns, "last_name")
    for name in filter(None, (first, last)):
        told = with_sound(told, name)
    for name in (item.name for item in columns if item.form == "email"):
        told = with_mailbox(told, name)
    if first:
        listed = store.reference(Names)
        common = told[first].isin(listed.filter(listed["first"] >= GIVEN_AT_LEAST).name)
        told = told.mutate(**{f"{first}{KNOWN}": ibis.ifelse(common, told[first], ibis.null("string"))})
    name = store.keep(tables.Evidence, told.semi_join(exact.select("person"), "person"), watch, rules_version())
    people = store.table(name)
    persons = int(store.one(people.aggregate(n=people.count()), watch)["n"])
    columns = unsure_days(store, people, in_crowd(store, people, columns, persons, watch), watch)
    judged = edges(store, people, name, columns, persons, watch.within(0.0, 0.9))
    linked, found.recall = judged.edges, judged.recall
    watch.tell(say("Comparing persons"), 0.9)
    merged = {(edge.a, edge.b): edge for edge in trusted(linked) if not tied or ties(edge.why)}
    pairs = by_hand.weighed([item for item in sure if item[:2] in merged] if linked else sure)
    pairs += [(a, b, edge.probability, f"linked:{edge.why}") for (a, b), edge in merged.items()]
    inner = inner_pairs(grouped_by((a, b) for a, b, *_ in pairs))
    apart = pairs_apart(store, people, columns, inner, watch)
    constrained(pairs, apart - set(by_hand.joined) | by_hand.apart, found)
    if linked:  # the model has judged what the rules knew
        found.doubts = {pair: (share, told and pair in merged) for pair, (share, told) in found.doubts.items()}
    possible = {(edge.a, edge.b): edge.probability for edge in linked if edge.probability >= POSSIBLE and telling(edge.why)}
    found.doubts |= {pair: (share, pair in merged and pair not in apart) for pair, share in possible.items()}
    found.others += [pair for pair in possible if pair not in merged]
    found.others += judged.by_one_difference


def with_sound(told: Rows, name: str) -> Rows:
    """The evidence with how a name is heard; each name is asked once, since they are far fewer than the people."""
    names = told.select(said=told[name]).distinct().mutate(**{f"{name}{HEARD}": by_ear(ibis._.said)})
    return told.left_join(names, told[name] == names.said).drop("said")


def with_mailbox(told: Rows, name: str) -> Rows:
    """The evidence with the digits of an e-mail, and what stands before its sign."""
    digits, box = told[name].translate(f"{ascii_lowercase}@", ""), told[name].split("@")[0]
    return told.mutate(**{f"{name}{DIGITS}": digits, f"{name}{BOX}": box})


def in_crowd(store: Store, people: Rows, columns: tuple[Compared, ...], persons: int, watch: Watch) -> tuple[Compared, ...]:
    """The columns; last names know whether strangers who share first name and birth date are to be expected: one pair or more, if
    both were drawn by themselves (the null hypothesis of a merge in spite of another last name). Birth dates know whether
    strangers of the same names and nearly the same birth date are, and whether chance explains a good part (`BY_CHANCE`) of
    those who share nothing else; where many have none, it is no difference that one is missing."""
    first, last = column(columns, "first_name"), column(columns, "last_name")
    born = birth(columns)
    expected = strangers(store, people, tuple(filter(None, (first, born))), persons, watch)
    crowded = {last: expected >= 1}
    if first and last and born:
        named = strangers(store, people, (first, last), persons, watch)
        filled = int(store.one(people.aggregate(n=people[born].count()), watch)["n"])
        chance = NEAR * named
        met = chance >= 1 and filled >= BORN * persons
        crowded[born] = met and chance >= BY_CHANCE * near_namesakes(store, people, columns, (first, last, born), watch)
    return tuple(replace(item, crowded=crowded.get(item.name, False)) for item in columns)


def near_namesakes(store: Store, people: Rows, columns: tuple[Compared, ...], own: tuple[str, str, str], watch: Watch) -> int:
    """Pairs of the same names and nearly the same birth date that share no contact point and no place; as few as none where too
    many share their names to be looked at."""
    first, last, born = own
    if pairs_of(store, people, (first, last), watch) > MOST:
        return 0
    second = as_second(people)
    same = people.join(second, [people[first] == second[f"{first}_b"], people[last] == second[f"{last}_b"]])
    met = same.filter((same.person < same.person_b) & namesakes(same, columns, born) & ~births(same[born], same[f"{born}_b"]))
    return int(store.one(met.aggregate(n=met.count()), watch)["n"])


def unsure_days(store: Store, people: Rows, columns: tuple[Compared, ...], watch: Watch) -> tuple[Compared, ...]:
    """The columns; dates know whether far more births fall on the first or last day of a year than on two others (`DAYS`)."""
    dates = [item.name for item in columns if item.form == "date"]
    if not dates:
        return columns
    first = {name: (people[name].endswith("0101") | people[name].endswith("1231")).mean() for name in dates}
    share = store.one(people.aggregate(**first), watch)
    return tuple(replace(item, unsure=(share.get(item.name) or 0.0) > DAYS) for item in columns)


def trusted(linked: Sequence[Edge]) -> list[Edge]:
    """Those that are likely, the likeliest first, as long as so many of them together are expected to be right (`RIGHT`):
    where a file holds no one twice, the few pairs that chance makes likely do not carry each other."""
    found, sure = list[Edge](), 0.0
    for edge in sorted(linked, key=lambda edge: (-edge.probability, edge.a, edge.b)):
        sure += edge.probability
        if edge.probability < MERGED or sure < RIGHT * (len(found) + 1):
            break
        found.append(edge)
    return found


def ties(why: str) -> bool:
    """Whether something agrees, or nearly, that is a person's or a household's own."""
    return any(part[:-1] in TYING or part[:-1] in PERSONAL for part in why.split())


def telling(why: str) -> bool:
    """Whether more agrees, or nearly, than what many people share; `why`: the kinds, each with its sign."""
    return any(part[:-1] not in COMMON for part in why.split())
