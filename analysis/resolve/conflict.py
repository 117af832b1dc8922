"""Two persons' evidence in, whether they are two people for certain out, whatever else they share.

Twins share everything but a first name; father and son everything but a generation. A household's address, phone and mailbox say
nothing of who is who, so that a clear difference there is not outweighed by them; a number given to one person alone is.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_

import ibis

from analysis.ground.watch import Watch
from analysis.model import tables
from analysis.resolve.compared import Compared
from analysis.rules.loading import load
from analysis.rules.shapes import Sounds
from analysis.store import Store
from analysis.store.functions import jaro_winkler_similarity, regexp_matches, rewritten, slips
from analysis.store.rows import Column, Rows

# Jaro-Winkler from which two names may be one: first names; first names of which one is not common, but may be badly written;
# last names; last names that were guessed from whole ones.
ALIKE, MISSPELLED, LAST_ALIKE, GUESSED = 0.9, 0.75, 0.8, 0.55
HEARD = "h"  # behind the name of a column of names: the same as they were written by ear
KNOWN = "k"  # behind the name of a column of first names: the same, where it is a common one
TYING = frozenset({"email", "phone", "address", "username", "bank_account", "credit_card", "device_id", "insurance_number"})
GENERATION = 12  # years
LIVED = "^(19|20[0-2])"  # years in which somebody was born who may be alive
HEARD_AT_LEAST, NAME_AT_LEAST = 3, 3  # signs of a name by ear, and of the end of another one
LOCAL = frozenset({"address", "postal_code", "city", "middle_name", "maiden_name", "birth_place"})
SLIPS = 2  # in a national number, in a last name
SHORTEST, SEQUENCE = 6, 10  # digits of a number whose slips are told from others; steps between numbers given in a row
PERSONAL = ("national_id", "id_document", "insurance_number", "person_id")  # kinds of numbers that one person has alone


def column(columns: Sequence[Compared], *kinds: str) -> str:
    return next((item.name for kind in kinds for item in columns if item.field.kind == kind), "")


def differing(pairs: Rows, columns: Sequence[Compared]) -> Column:
    """Whether first names or birth dates say that two are two. `pairs`: the evidence of both, the second's columns ending in
    _b."""
    first, last, born = column(columns, "first_name"), column(columns, "last_name"), birth(columns)
    found: list[Column] = named_otherwise(pairs, columns)
    if born:
        # Only where they differ is the rest looked at: the engine computes both sides of an *and*, one branch of a case.
        excused = same_year_and_contact(pairs, columns, born)
        found.append(ibis.ifelse(births(pairs[born], pairs[f"{born}_b"]), ~excused, False))
    if number := column(columns, "national_id"):
        one, other = pairs[number], pairs[f"{number}_b"]
        found.append((one.length() == other.length()) & ~slips(one, other, SLIPS))
    crowded = {item.name for item in columns if item.crowded}
    if first and last in crowded:
        found.append(last_names(pairs, columns, first, last))
    if born in crowded:
        found.append(namesakes(pairs, columns, born))
    if (sex := column(columns, "sex")) and first:
        found.append((pairs[sex] != pairs[f"{sex}_b"]) & (pairs[first] != pairs[f"{first}_b"]) & ~swapped(pairs, first, last))
    return reduce(or_, [item.fill_null(False) for item in found], ibis.literal(False))


def same_year_and_contact(pairs: Rows, columns: Sequence[Compared], born: str) -> Column:
    """Whether people of one first name share a mailbox or a phone, and last name and year of birth as far as they are known: no
    generation lies between them, and nobody has a namesake of the same age at home."""
    first, last = column(columns, "first_name"), column(columns, "last_name")
    if not (first and last):
        return ibis.literal(False)
    other = (jaro_winkler_similarity(pairs[last], pairs[f"{last}_b"]) < LAST_ALIKE).fill_null(False)
    named = slips(pairs[first], pairs[f"{first}_b"], 1) & (pairs[first].length() > NAME_AT_LEAST)
    year = pairs[born].left(4) == pairs[f"{born}_b"].left(4)
    return (named & ~other & year).fill_null(False) & shared(pairs, columns, frozenset({"email", "phone"}))


def birth(columns: Sequence[Compared]) -> str:
    return next((item.name for item in columns if item.field.kind == "birth_date" and item.form == "date"), "")


def named_otherwise(pairs: Rows, columns: Sequence[Compared]) -> list[Column]:
    """Whether first names are unlike."""
    first, last, full = (column(columns, kind) for kind in ("first_name", "last_name", "full_name"))
    if first:
        return [first_names(pairs, first, last, guessed(columns, first))]
    return [full_names(pairs[full], pairs[f"{full}_b"])] if full else []


def guessed(columns: Sequence[Compared], name: str) -> bool:
    """Whether a name was made of whole ones."""
    return any(item.half for item in columns if item.name == name)


def same_numbers(pairs: Rows, columns: Sequence[Compared]) -> Column:
    """Whether they share a number that one person has alone. A child stands under its parent's number: where first name and birth
    date are both another's, it is no number of one person."""
    numbers = [item.name for item in columns if item.field.kind in PERSONAL]
    same = reduce(or_, [same_number(pairs[name], pairs[f"{name}_b"]).fill_null(False) for name in numbers], ibis.literal(False))
    if not ((named := named_otherwise(pairs, columns)) and (born := birth(columns))):
        return same
    return same & ~(named[0] & births(pairs[born], pairs[f"{born}_b"])).fill_null(False)


def two_for_certain(pairs: Rows, columns: Sequence[Compared]) -> Column:
    """They differ, and share no number that one person has alone."""
    return differing(pairs, columns) & ~same_numbers(pairs, columns)


def with_evidence(pairs: Rows, one: str, other: str, people: Rows) -> Rows:
    """Each pair (columns `one` and `other`: persons) with the evidence of both, the second's columns ending in _b."""
    second = as_second(people)
    return pairs.join(people, pairs[one] == people.person).join(second, pairs[other] == second.person_b)


def as_second(people: Rows) -> Rows:
    return people.rename({f"{name}_b": name for name in people.columns})


def by_ear(name: Column) -> Column:
    """What two ways to write one name of another alphabet have in common (rules/sounds.toml); NULL where that is little."""
    heard = rewritten(name, load(Sounds).by_ear)
    return ibis.ifelse(heard.length() >= HEARD_AT_LEAST, heard, ibis.null("string"))


def same_number(one: Column, other: Column) -> Column:
    """Equal, or two slips apart; but not next to each other: twins are registered one after the other."""
    step = (one.try_cast("int64") - other.try_cast("int64")).abs()
    return (one == other) | (slips(one, other, 2) & (one.length() >= SHORTEST) & (step >= SEQUENCE))


def unlike(one: Column, other: Column, least: float = ALIKE, guessed: bool = False) -> Column:
    """Neither alike, nor one the beginning of the other (an initial, one of two first names), nor its end behind a word that may
    be left out (rules/sounds.toml; `guessed`: behind any, where it was guessed which word belongs to which name)."""
    near = (jaro_winkler_similarity(one, other) >= least) | slips(one, other, 1)
    found = ~near & ~one.startswith(other) & ~other.startswith(one)
    for whole, end in ((one, other), (other, one)):
        before = whole.left(whole.length() - end.length())
        left_out = ibis.literal(True) if guessed else before.isin(load(Sounds).before)
        found = found & ~(whole.endswith(end) & (end.length() >= NAME_AT_LEAST) & left_out)
    return found


def first_names(pairs: Rows, first: str, last: str, guessed: bool) -> Column:
    """`guessed`: the names stand in one column (see `unlike`)."""
    one, other = pairs[first], pairs[f"{first}_b"]
    common = pairs[f"{first}{KNOWN}"].notnull() & pairs[f"{first}{KNOWN}_b"].notnull()
    heard = (pairs[f"{first}{HEARD}"] == pairs[f"{first}{HEARD}_b"]).fill_null(False)
    return (
        ibis.ifelse(common, unlike(one, other, ALIKE, guessed), unlike(one, other, MISSPELLED, guessed))
        & ~heard
        & ~swapped(pairs, first, last)
    )


def swapped(pairs: Rows, first: str, last: str) -> Column:
    """Whether one's first name is the other's last name, and the other way round; where one of both is the same, the other may be
    badly written or an initial, or one name stands alone."""
    if not (first and last):
        return ibis.literal(False)

    def near(one: str, other: str) -> Column:
        heard = pairs[f"{one}{HEARD}"] == pairs[f"{other}{HEARD}_b"]
        return (jaro_winkler_similarity(pairs[one], pairs[f"{other}_b"]) >= ALIKE) | heard.fill_null(False)

    def same(one: str, other: str) -> Column:
        mine, theirs = pairs[one], pairs[f"{other}_b"]
        begun = mine.startswith(theirs) | theirs.startswith(mine)
        return (pairs[other] == pairs[f"{one}_b"]) & (begun | (jaro_winkler_similarity(mine, theirs) >= MISSPELLED))

    def alone(one: str, other: str) -> Column:
        return (pairs[f"{first}{one}"] == pairs[f"{last}{other}"]) & pairs[f"{last}{one}"].isnull()

    found = (near(first, last) & near(last, first)) | same(first, last) | same(last, first)
    return found.fill_null(False) | (alone("", "_b") | alone("_b", "")).fill_null(False)


def last_names(pairs: Rows, columns: Sequence[Compared], first: str, last: str) -> Column:
    """Last names of which neither is like the other or a part of it, nor a birth name of the other, where no contact point or
    home is shared: a first name and a birth date are those of many."""
    one, other = pairs[last], pairs[f"{last}_b"]
    least = GUESSED if guessed(columns, last) else LAST_ALIKE
    slip = (jaro_winkler_similarity(one, other) >= least) | slips(one, other, SLIPS)
    heard = (pairs[f"{last}{HEARD}"] == pairs[f"{last}{HEARD}_b"]).fill_null(False)
    like = slip | heard | one.contains(other) | other.contains(one)
    born = [item.name for item in columns if item.field.kind == "maiden_name"]
    for name in born:
        for mine, theirs in ((pairs[name], other), (one, pairs[f"{name}_b"]), (pairs[name], pairs[f"{name}_b"])):
            like = like | (jaro_winkler_similarity(mine, theirs) >= ALIKE).fill_null(False)
    return ~like & ~swapped(pairs, first, last) & ~shared(pairs, columns, TYING)


def shared(pairs: Rows, columns: Sequence[Compared], kinds: frozenset[str]) -> Column:
    """Whether a column of one of these kinds is the same."""
    same = [(pairs[item.name] == pairs[f"{item.name}_b"]).fill_null(False) for item in columns if item.field.kind in kinds]
    return reduce(or_, same, ibis.literal(False))


def namesakes(pairs: Rows, columns: Sequence[Compared], born: str) -> Column:
    """Birth dates that differ, or of which one is missing, where no contact point, account, place or further name agrees."""
    return ~(pairs[born] == pairs[f"{born}_b"]).fill_null(False) & ~shared(pairs, columns, TYING | LOCAL)


def full_names(one: Column, other: Column) -> Column:
    """They share a word, and what is left of both is unlike; or no word of the one is like a word of the other."""
    mine, theirs = one.split(" "), other.split(" ")
    rest, their_rest = mine.filter(lambda word: ~theirs.contains(word)), theirs.filter(lambda word: ~mine.contains(word))
    shared = mine.length() > rest.length()
    like = mine.map(lambda word: theirs.map(lambda other: jaro_winkler_similarity(word, other)).maxs()).maxs() >= ALIKE
    left = (rest.length() > 0) & (their_rest.length() > 0) & unlike(rest.join(" "), their_rest.join(" "))
    return ibis.ifelse(shared, left, ~like)


def births(one: Column, other: Column) -> Column:
    """A generation apart, or alike in less than two of day, month and year (a first of January may stand for a day that nobody
    knew; a year in which nobody alive was born is a slip, and tells no generation). Dates of which one digit is another, or two
    are exchanged, are a slip of each other whatever they mean: father and son are seldom born on one day. `one`, `other`:
    digits YYYYMMDD."""
    whole = (one.length() == 8) & (other.length() == 8)
    apart = (one.left(4).try_cast("int32") - other.left(4).try_cast("int32")).abs() >= GENERATION
    apart = apart & regexp_matches(one, LIVED) & regexp_matches(other, LIVED)
    unknown = (one.endswith("0101") | other.endswith("0101")) & (one.left(4) == other.left(4))
    found = whole & (apart | ((equal_parts(one, other) < 2) & ~unknown))
    return ibis.ifelse(found, ~slips(one, other, 1), found)


def equal_parts(one: Column, other: Column) -> Column:
    """How many of year, month and day agree; all three where day and month are exchanged. NULL where a day is missing."""
    exchanged = (
        (one.left(4) == other.left(4)) & (one.substr(4, 2) == other.substr(6, 2)) & (one.substr(6, 2) == other.substr(4, 2))
    )
    parts = [same_part(one.substr(at, size), other.substr(at, size), "0" * size) for at, size in ((0, 4), (4, 2), (6, 2))]
    return ibis.ifelse(exchanged, 3, parts[0] + parts[1] + parts[2])


def same_part(one: Column, other: Column, unknown: str) -> Column:
    """1 where a part of a date agrees, or is missing on a side."""
    return ((one == other) | (one == unknown) | (other == unknown)).cast("int8")


def pairs_apart(
    store: Store, people: Rows, columns: Sequence[Compared], pairs: Sequence[tuple[int, int]], watch: Watch
) -> set[tuple[int, int]]:
    """Those of the pairs who are two people for certain."""
    if not pairs:
        return set()
    table = store.make(tables.InnerPairs, pairs)
    both = with_evidence(store.table(table), "a", "b", people)
    apart = both.filter(two_for_certain(both, columns)).select("a", "b")
    return {(int(a), int(b)) for a, b in store.rows(apart, watch)}
