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
from operator import or_

from ibis import _

from analysis.classify.cells import date_of, text_of
from analysis.classify.dates import best_layout
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import FieldMatch, Matched, People, Site, tables
from analysis.model.tables import Kept
from analysis.resolve.cumulated import cumulated, held
from analysis.resolve.fullname import has_names
from analysis.resolve.mentions import mention_of
from analysis.resolve.rating import CODES, FIELDS, KEYS, beside, candidates, rating, same_numbers
from analysis.rules.kinds import kinds
from analysis.store import Store
from analysis.store.rows import Column, Rows

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
