"""The persons of two sources in, who is in both out: the leak against the controller's own register, or against an earlier
leak.

*Sure*: names (usual or birth name, in any order) and birth date agree; or one of the two and a contact point or number of
hers, and nothing contradicts. *Perhaps*: any number or contact point agrees, or names agree and no birth date speaks against
it, or one is a slip from the other, or several are equally near. Only of people for whom nothing is near it is said that they
are not there.
"""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import add, or_

import ibis
from ibis import _

from analysis.classify.cells import date_of, text_of
from analysis.classify.dates import best_layout
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import FieldMatch, Matched, People, Site, tables
from analysis.model.tables import Kept
from analysis.resolve.by_rule import near
from analysis.resolve.cumulated import cumulated, held
from analysis.resolve.fullname import has_names
from analysis.resolve.identity import unordered
from analysis.resolve.mentions import mention_of
from analysis.rules.kinds import kinds
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
SITES, COLUMNS, SHOWN = 60, 6, 10  # values of a column that may name a site; such columns; values that are shown
LEAST = 0.8  # share of the sampled cells of a column that are dates


def matched(store: Store, people: People, other: People, what: str, watch: Watch) -> Matched:
    """`what`: register or earlier."""
    watch.tell(say("Looking for the same persons in the other file"), 0.0)
    ours, theirs = store.table(people.table), store.table(other.table)
    pairs = store.table(store.keep(tables.Candidates, candidates(ours, theirs, KEYS), watch))
    compared = beside(pairs, ours, theirs)
    rated = store.table(store.keep(tables.Rated, rating(compared, same_numbers(store, compared, watch)), watch))
    found, confirmed, ambiguous, there = decided(store, rated, watch)
    both = store.table(found)
    watch.tell(say("Comparing their fields"), 0.6)
    sure = both.filter(for_sure(both))
    newest, oldest, column = extraction(store, sure, ours, theirs, other, watch) if what == "register" else (None, None, "")
    fresh = new_kinds(people, exposed_kinds(other))
    return Matched(
        what=what,
        rows=other.exposure.leak.rows,
        persons=other.best,
        confirmed=confirmed,
        ambiguous=ambiguous,
        comparable=comparable(people, other),
        not_found=people.best - confirmed - ambiguous,
        not_leaked=max(other.best - there, 0),
        fields=fields(store, sure, ours, theirs, watch),
        newest_match=newest,
        oldest_difference=oldest,
        date_column=column,
        sites=sites(store, sure, other, watch) if what == "register" else (),
        new_kinds=fresh if what == "earlier" else (),
        cumulated=cumulated(store, sure, held(store, people), held(store, other), watch) if what == "earlier" else None,
        table=found,
    )


def decided(store: Store, rated: Rows, watch: Watch) -> tuple[Kept[tables.Matched], int, int, int]:
    """Of each person of the leak the best candidate, b, and how many are as good, n; persons in it for sure, perhaps; candidates.
    `rated`: a, b, score, sure, agree, differ."""
    best = rated.group_by("a").aggregate(most=rated.score.max())
    top = rated.inner_join(best, "a").filter(_.score == _.most)
    made = top.group_by("a").aggregate(
        n=_.count(), b=_.b.min(), sure=_.sure.all(), agree=_.agree.argmin(_.b), differ=_.differ.argmin(_.b)
    )
    name = store.keep(tables.Matched, made, watch)
    found = store.table(name)
    sure = for_sure(found)
    counts = store.one(found.aggregate(sure=sure.sum(), unsure=(~sure).sum(), theirs=found.b.nunique()), watch)
    return name, int(counts["sure"] or 0), int(counts["unsure"] or 0), int(counts["theirs"] or 0)


def for_sure(found: Rows) -> Column:
    """Of persons who are in the other file: whether nobody else there is as near, and nothing is in doubt."""
    return found.sure & (found.n == 1)


def comparable(people: People, other: People) -> bool:
    """Whether both have what one of the keys asks for."""

    def there(part: People, name: str) -> bool:
        exposure = part.exposure.seat(0)
        if name in ("names", "last", "first_name"):
            return has_names(exposure)
        wanted = {"home": ("address", "postal_code"), "nir": ("national_id",), "number": ("person_id",)}
        return all(exposure.of_kind(kind) for kind in wanted.get(name, (name,)))

    return any(all(there(part, name) for part in (people, other) for name in key) for key in KEYS)


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
    last = near_names(compared.last_name, compared.last_name_b) | reduce(
        or_,
        [
            (one == two).fill_null(False)
            for one, two in (
                (compared.usage, hash(compared.last_name_b)),
                (hash(compared.last_name), compared.usage_b),
                (compared.usage, compared.usage_b),
            )
        ],
    )
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
    agree: Column = ibis.literal(0, "int64")
    differ: Column = ibis.literal(0, "int64")
    for at, name in enumerate(FIELDS):
        agree += ibis.ifelse(same(name), 1 << at, 0)
        differ += ibis.ifelse(other(name), 1 << at, 0)
    score = reduce(add, [2 * same(name).cast("int16") - other(name).cast("int16") for name in FIELDS])
    told = compared.mutate(sure=sure, score=(score + ibis.ifelse(sure, SURE, 0)).cast("int16"), agree=agree, differ=differ)
    return told.filter(sure | perhaps).select(
        "a", "b", "score", "sure", agree=told.agree.cast("int64"), differ=told.differ.cast("int64")
    )


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


def fields(store: Store, sure: Rows, ours: Rows, theirs: Rows, watch: Watch) -> tuple[FieldMatch, ...]:
    """Of the persons that are in both: where a field agrees, differs, or stands on one side alone."""
    compared = beside(sure, ours, theirs)
    asked: dict[str, Column] = {}
    for name in FIELDS:
        one, other = compared[name], compared[f"{name}_b"]
        asked |= {
            f"{name}_same": (one == other).sum(),
            f"{name}_other": (one != other).sum(),
            f"{name}_here": (one.notnull() & other.isnull()).sum(),
            f"{name}_there": (one.isnull() & other.notnull()).sum(),
        }
    found = {name: int(count or 0) for name, count in store.one(compared.aggregate(**asked), watch).items()}
    told = (
        FieldMatch(CODES.get(name, name), *(found[f"{name}_{part}"] for part in ("same", "other", "here", "there")))
        for name in FIELDS
    )
    return tuple(item for item in told if item.agree or item.differ or item.only_here or item.only_there)


def extraction(
    store: Store, sure: Rows, ours: Rows, theirs: Rows, other: People, watch: Watch
) -> tuple[date | None, date | None, str]:
    """The newest day on which a record of the register was changed and the leak agrees with it, and the oldest on which it
    differs: the leak was drawn between the two. From the column of dates of the register with the newest day."""
    raw = store.table(other.exposure.leak.table)
    columns = {
        field.position: layout
        for field in other.exposure.fields
        if field.kind == "none" and (layout := layout_of(store, raw, field.position, watch))
    }
    if not columns:
        return None, None, ""
    newest = store.one(
        raw.aggregate(**{f"d{at}": date_of(text_of(raw[f"c{at}"]), layout).max() for at, layout in columns.items()}), watch
    )
    at = max(columns, key=lambda place: newest[f"d{place}"] or date.min)
    compared = beside(sure, ours, theirs)
    differs = reduce(or_, [(compared[name] != compared[f"{name}_b"]).fill_null(False) for name in FIELDS])
    judged = compared.select("b", differs=differs)
    days = raw.select(b=mention_of(raw.rowid()), day=date_of(text_of(raw[f"c{at}"]), columns[at]))
    dated = judged.inner_join(days, "b")
    found = store.one(
        dated.aggregate(newest=dated.day.max(where=~dated.differs), oldest=dated.day.min(where=dated.differs)), watch
    )
    return found["newest"], found["oldest"], other.exposure.leak.columns[at]


def layout_of(store: Store, raw: Rows, position: int, watch: Watch) -> str:
    texts = [
        text for (text,) in store.rows(raw.select(text=text_of(raw[f"c{position}"])).filter(_.text.notnull()).limit(200), watch)
    ]
    layout, days = best_layout(texts)
    return layout if texts and len(days) >= LEAST * len(set(texts)) else ""


def sites(store: Store, sure: Rows, other: People, watch: Watch) -> tuple[Site, ...]:
    """Columns of few values of the register (a site, a service): how many of its records have each value, and how many of
    those are in the leak. The values are the controller's own."""
    raw = store.table(other.exposure.leak.table)
    places = [field for field in other.exposure.fields if field.kind in ("none", "organization") and field.filled]
    if not places:
        return ()
    distinct = store.one(raw.aggregate(**{f"n{field.position}": raw[f"c{field.position}"].nunique() for field in places}), watch)
    found: list[Site] = []
    for field in [field for field in places if 2 <= distinct[f"n{field.position}"] <= SITES][:COLUMNS]:
        rows = raw.select(b=mention_of(raw.rowid()), value=text_of(raw[f"c{field.position}"])).filter(_.value.notnull())
        told = rows.left_join(sure.select("b", found=_.n).distinct(), "b")
        counted = told.group_by("value").aggregate(there=_.count(), here=_.found.count())
        found += [
            Site(field.column, value, int(here), int(there))
            for value, there, here in store.rows(counted.order_by(_.here.desc(), _.value).limit(SHOWN), watch)
        ]
    return tuple(found)


def exposed_kinds(people: People) -> frozenset[str]:
    """Kinds with a valid value."""
    return frozenset(field.kind for field in people.exposure.personal if field.valid)


def new_kinds(people: People, before: Collection[str]) -> tuple[str, ...]:
    """Kinds that this leak exposes and the earlier one did not."""
    here = exposed_kinds(people)
    return tuple(code for code in kinds() if code in here and code not in before)
