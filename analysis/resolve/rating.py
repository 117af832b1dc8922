"""Persons of two sources in, pairs of them out, rated: how much agrees, and whether two are one for sure or perhaps."""

from collections.abc import Sequence
from functools import reduce
from operator import add, or_

import ibis
from ibis import _

from analysis.ground.watch import Watch
from analysis.resolve.by_rule import near
from analysis.resolve.identity import unordered
from analysis.store import Store
from analysis.store.functions import hash, hash_all, hashed, jaro_winkler_similarity
from analysis.store.rows import Column, Rows

# What two persons must share to be compared. `names` and `last` stand for the birth name and for the name in use.
KEYS = (
    ("names",),
    ("last", "birth_date"),
    ("first_name", "birth_date"),
    ("email",),
    ("phone",),
    ("home", "birth_date"),
    ("nir",),
    ("number",),
)
FIELDS = ("last_name", "first_name", "birth_date", "sex", "postal_code", "home", "email", "phone", "nir", "number")
CODES = {"home": "address", "nir": "national_id", "number": "person_id"}  # kinds of fields that are called otherwise
COMPARED = tuple(CODES.get(name, name) for name in FIELDS)  # as kinds of data, one bit each in the order of this
NAMESAKES = 20  # candidates of one key that are looked at; of more, two stand for all, so that the person is ambiguous
OWN_NUMBERS = 0.5  # share of the pairs of one number that agree in a name or birth from which both files number the same way
SURE = 100  # what those who are one for sure are above all others
ALIKE = 0.88  # Jaro-Winkler from which two last names may be one


def kinds_in(mask: int) -> list[str]:
    """The kinds of data whose bits are set."""
    return [kind for at, kind in enumerate(COMPARED) if mask >> at & 1]


def candidates(ours: Rows, theirs: Rows, keys: tuple[tuple[str, ...], ...]) -> Rows:
    """a, b: persons that agree in one of the keys."""
    found: list[Rows] = []
    for key in keys:
        left, right = (keyed(persons, key) for persons in (ours, theirs))
        sizes = right.group_by("key").aggregate(n=_.count(), low=_.person.min(), high=_.person.max())
        few = right.semi_join(sizes.filter(sizes.n <= NAMESAKES), "key").select("key", b=_.person)
        many = sizes.filter(sizes.n > NAMESAKES)
        offered = few.union(many.select("key", b=many.low)).union(many.select("key", b=many.high))
        found.append(left.inner_join(offered, "key").select(a=_.person, b=_.b))
    return reduce(lambda one, more: one.union(more), found).distinct()


def keyed(persons: Rows, key: tuple[str, ...]) -> Rows:
    """person, key: one line for each way to write her name."""
    whole = [spelled(persons, how) for how in ("birth", "used")] if {"names", "last"} & set(key) else [persons]
    found: list[Rows] = []
    for part in whole:
        there = part.filter([part[name].notnull() for name in key])
        found.append(there.select("person", key=hash_all(ibis.struct({name: there[name] for name in key}))))
    return reduce(lambda one, more: one.union(more), found).distinct()


def spelled(persons: Rows, how: str) -> Rows:
    """The persons with `last` and `names` by their birth names, or by the names in use where those are others."""
    last = hash(persons.last_name) if how == "birth" else persons.usage
    names = persons.names if how == "birth" else unordered(persons.usage, hashed(persons.first_name))
    return persons.mutate(last=last, names=names)


def same_numbers(store: Store, compared: Rows, watch: Watch) -> bool:
    """Whether the two number their people in one way: those of one number mostly agree in a name or birth."""
    equal = compared.filter(compared.number == compared.number_b)
    born = (equal.birth_date == equal.birth_date_b).fill_null(False)
    named = (equal.names == equal.names_b).fill_null(False) | (equal.last_name == equal.last_name_b).fill_null(False)
    told = store.one(equal.aggregate(n=equal.count(), same=(born | named).sum()), watch)
    return bool(told["n"]) and int(told["same"] or 0) >= OWN_NUMBERS * int(told["n"])


def rating(compared: Rows, numbers: bool) -> Rows:
    """a, b, score: the fields that agree, less those that differ, those who are one for sure above all others; pairs of whom
    nothing is near left out. `numbers`: equal numbers of the controller mean something."""

    def same(name: str) -> Column:
        return (compared[name] == compared[f"{name}_b"]).fill_null(False)

    def other(name: str) -> Column:
        return (compared[name] != compared[f"{name}_b"]).fill_null(False)

    names = reduce(
        or_, [(compared[one] == compared[f"{two}_b"]).fill_null(False) for one in ("names", "used") for two in ("names", "used")]
    )
    last = same_last(compared)
    first = near_names(compared.first_name, compared.first_name_b)
    born, unborn = same("birth_date"), other("birth_date")
    slip = near(compared.birth_date, compared.birth_date_b).fill_null(False)
    number = same("nir") | (same("number") if numbers else ibis.literal(False))
    contact = same("email") | same("phone") | same("home")
    sure = (
        (names & (born | ((contact | number) & (~unborn | slip))))
        | (born & first & last)
        | (born & (same("email") | same("phone") | number))
        | (number & (names | (first & last & ~unborn)))
        | (names & same("email"))
    )
    perhaps = (
        number
        | same("email")
        | same("phone")
        | (names & (~unborn | slip))
        | (born & (first | last) & (same("home") | last & first))
    )
    score = reduce(add, [2 * same(name).cast("int16") - other(name).cast("int16") for name in FIELDS])
    told = compared.mutate(
        sure=sure,
        score=(score + ibis.ifelse(sure, SURE, 0)).cast("int16"),
        agree=mask([same(name) for name in FIELDS]),
        differ=mask([other(name) for name in FIELDS]),
    )
    return told.filter(sure | perhaps).select("a", "b", "score", "sure", "agree", "differ")


def same_last(compared: Rows) -> Column:
    """Whether last names are near, or a name in use is a name of the other's."""
    used = (
        compared.usage == hash(compared.last_name_b),
        hash(compared.last_name) == compared.usage_b,
        compared.usage == compared.usage_b,
    )
    near = near_names(compared.last_name, compared.last_name_b)
    return reduce(or_, [equal.fill_null(False) for equal in used], near)


def mask(flags: Sequence[Column]) -> Column:
    """One bit for each."""
    bits = [ibis.ifelse(flag, 1 << at, 0) for at, flag in enumerate(flags)]
    return reduce(add, bits, ibis.literal(0, "int64")).cast("int64")


def near_names(one: Column, other: Column) -> Column:
    """Alike, or one the beginning of the other (a compound name, a second first name)."""
    near = jaro_winkler_similarity(one, other) >= ALIKE
    return (near | one.startswith(other) | other.startswith(one)).fill_null(False)


def beside(pairs: Rows, ours: Rows, theirs: Rows) -> Rows:
    """The features of both persons of each pair, those of the second with `_b`; `used`: their names with the name in use."""
    wanted = (*FIELDS, "names", "usage")
    used, used_b = (unordered(side.usage, hashed(side.first_name)) for side in (ours, theirs))
    mine = ours.select(a=ours.person, used=used, **{name: ours[name] for name in wanted})
    them = theirs.select(b=theirs.person, used_b=used_b, **{f"{name}_b": theirs[name] for name in wanted})
    return pairs.select("a", "b").inner_join(mine, "a").inner_join(them, "b")
