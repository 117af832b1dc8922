"""Exact persons in, pairs that are one person in spite of a difference out, each with its reason.

A wrong merge hides a person from the list of those to be told, so a difference is only excused when something else
ties the two: the same contact point or home. Two known first names that differ are two people (twins).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from analysis.ground.watch import Watch
from analysis.model import tables
from analysis.model.tables import Table
from analysis.store import Store
from analysis.store.functions import hash_day, hashed, jaro_winkler_similarity
from analysis.store.rows import Column, Rows

# Similarity of names (Jaro-Winkler) from which a difference reads as a slip of the pen.
SLIP = 0.90
# Births since 1921 from which a first name is common: two common names that differ are no slip of the pen.
COMMON = 500
# A contact point shared by more persons ties nobody (the switchboard number of a care home).
SHARED = 100
# Pairs of one question: where there are more, the largest groups are not compared, and that is said.
PAIRS = 20_000_000
# A person's two birth dates may differ by a slip, but father and son of one name are a generation apart.
GENERATION = 12
NAMES = ("last_name", "first_name")


def sharing(persons: Rows, *keys: Column) -> Rows:
    """The persons that share a key (a hash) with some others, once per key: numbers only, so that it stays small."""
    some = [persons.filter(key.notnull()).select("person", "birth_date", "names", key=key) for key in keys]
    listed = reduce(lambda left, right: left.union(right), some)
    sizes = listed.group_by("key").aggregate(size=listed.person.count())
    return listed.semi_join(sizes.filter((sizes["size"] > 1) & (sizes["size"] <= SHARED)), "key")


def pairs(shared: Rows, *equal: str, some: Rows | None = None) -> Rows:
    """person, person_b, birth_date, birth_date_b: pairs that share a key and agree in `equal`. `some`: the first of each
    pair comes from these only."""
    left, right = shared.view() if some is None else some.view(), shared.view()
    order = left.person < right.person if some is None else left.person != right.person
    found = left.join(right, ["key", *equal, order], rname="{name}_b")
    birth = found.birth_date if "birth_date" in equal else found.birth_date_b
    return found.select("person", "birth_date", person_b=found.person_b, birth_date_b=birth)


def with_names(found: Rows, persons: Rows) -> Rows:
    """The pairs with the names and the sex of both; the second one's end in _b."""
    first = persons.select("person", *NAMES, "sex")
    second = persons.select(person_b=persons.person, **{f"{name}_b": persons[name] for name in (*NAMES, "sex")})
    return found.join(first, "person").join(second, "person_b")


def near_spelling(left: Column, right: Column) -> Column:
    return jaro_winkler_similarity(left, right) >= SLIP


def near(left: Column, right: Column) -> Column:
    """Two dates a slip apart: day and month exchanged, or one of the three parts different within a generation."""
    swapped = (left.day() == right.month()) & (left.month() == right.day()) & (left.year() == right.year())
    same = [(left.day() == right.day()), (left.month() == right.month()), (left.year() == right.year())]
    two = sum(part.cast("int8") for part in same) == 2
    return swapped | (two & ((left.year() - right.year()).abs() < GENERATION))


@dataclass(frozen=True, slots=True)
class Close:
    """People who share a contact point or home (`all`), and their pairs of one birth date and of one name; the pairs of
    one name, and of one birth date, in one postal code."""

    all: Rows
    births: Rows
    named: Rows  # those of one birth date, with the names of both
    names: Rows
    town_names: Rows
    town_births: Rows
    most: int  # persons of the largest groups that were compared


def close(store: Store, persons: Rows, watch: Watch) -> Close:
    """Each small table is kept before the next question is asked of it."""
    place = hashed(persons.postal_code)

    def kept(kind: type[Table], expression: Rows) -> Rows:
        return store.table(store.keep(kind, expression, watch))

    def bounded(kind: type[Table], *keys: Column) -> tuple[Rows, int]:
        shared = kept(kind, sharing(persons, *keys))
        groups = shared.group_by("key").aggregate(size=shared.person.count())
        most = comparable(store.rows(groups.group_by("size").aggregate(n=groups.key.count()), watch))
        return (shared if most == SHARED else kept(kind, shared.semi_join(groups.filter(groups["size"] <= most), "key"))), most

    shared, most = bounded(tables.Close, persons.email, persons.phone, persons.home)
    births = kept(tables.Births, pairs(shared, "birth_date"))
    names = kept(tables.Twos, pairs(shared, "names"))
    namesakes, most_namesakes = bounded(tables.Namesakes, persons.names ^ place)
    coevals, most_coevals = bounded(tables.Coevals, hash_day(persons.birth_date) ^ place)
    town_names, town_births = (
        kept(tables.TownNames, pairs(namesakes, "names")),
        kept(tables.TownBirths, pairs(coevals, "birth_date")),
    )
    both = kept(tables.Named, with_names(births, persons))
    return Close(shared, births, both, names, town_names, town_births, min(most, most_namesakes, most_coevals))


def comparable(sizes: Iterable[tuple[int, int]]) -> int:
    """The largest size of the groups that make no more than `PAIRS` pairs together. `sizes`: size, and how many groups have
    it."""
    total = 0
    for size, groups in sorted(sizes):
        total += groups * (size * (size - 1) // 2)
        if total > PAIRS:
            return size - 1
    return SHARED


def sure_pairs(close: Close, persons: Rows, known: Rows) -> tuple[tuple[Rows, str], ...]:
    """Pairs (person, person_b) merged in the best estimate, and why, one question after the other: asked all at once of a
    very large file, the engine waits for itself. `known`: the common first names."""
    births, names = close.named, close.names
    common = known.filter(known["first"] > COMMON).name
    twins = births.first_name.isin(common) & births.first_name_b.isin(common) & (births.first_name != births.first_name_b)
    last = near_spelling(births.last_name, births.last_name_b)
    # Brother and sister of near first names ("Francisco", "Francisca") are two.
    siblings = ((births.sex != births.sex_b) & (births.first_name != births.first_name_b)).fill_null(False)
    return (
        (married_names(persons), "married_name"),
        (births.filter(last & near_spelling(births.first_name, births.first_name_b) & ~twins & ~siblings), "name_slip"),
        (births.filter((births.first_name == births.first_name_b) & ~last), "other_last_name"),
        (names.filter(names.birth_date.isnull() | names.birth_date_b.isnull()), "birth_date_missing"),
        (names.filter(near(names.birth_date, names.birth_date_b).fill_null(False)), "birth_date_slip"),
    )


def married_names(persons: Rows) -> Rows:
    """Pairs of one birth date and first name, where the last name of one is the name in use of the other."""
    born = persons.filter(persons.birth_date.notnull() & persons.first_name.notnull())
    wed = born.filter(born.usage.notnull()).select("person", "birth_date", "first_name", key=born.usage)
    named = born.select("birth_date", "first_name", person_b=born.person, key=hashed(born.last_name))
    found = wed.inner_join(named, ["birth_date", "first_name", "key"])
    return found.filter(found.person != found.person_b).select("person", "person_b")


def possible_pairs(close: Close, persons: Rows) -> tuple[Rows, ...]:
    """Pairs (person, person_b) that may be one person, merged in the low estimate only. Of those that share a contact point
    or home, one birth date or one name is enough: twins, or a father and his son, may be one person written badly."""
    unborn = with_names(pairs(close.all, some=close.all.filter(close.all.birth_date.isnull())), persons)
    unborn = unborn.filter(near_spelling(unborn.first_name, unborn.first_name_b))
    names = close.town_names
    names = names.filter(
        names.birth_date.isnull() | names.birth_date_b.isnull() | near(names.birth_date, names.birth_date_b).fill_null(False)
    )
    births = with_names(close.town_births, persons)
    births = births.filter(
        (births.first_name == births.first_name_b)
        | ((births.last_name == births.last_name_b) & near_spelling(births.first_name, births.first_name_b))
    )
    return close.births, close.names, unborn, names, births


class Groups:
    """Union-find over the persons that some pair names; the smallest number of a group stands for it."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, person: int) -> int:
        root = person
        while (above := self._parent.get(root, root)) != root:
            root = above
        while person != root:
            self._parent[person], person = root, self._parent.get(person, root)
        return root

    def merge(self, one: int, other: int) -> bool:
        """True when they were two until now."""
        low, high = sorted((self.find(one), self.find(other)))
        if low == high:
            return False
        self._parent.setdefault(low, low)
        self._parent[high] = low
        return True

    def members(self) -> list[tuple[int, int]]:
        """Person and the one that stands for it, where they differ."""
        return [(person, self.find(person)) for person in sorted(self._parent) if self.find(person) != person]
