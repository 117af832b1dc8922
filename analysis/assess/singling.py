"""Persons in, whom a few known fields single out: the quasi-identifiers ranked by power, the curve of what each more field
singles out, and what each kind of attacker finds. "Alone" is alone in the file; alone in town is another figure
(`Reidentification.alone_in_town`)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ibis
from ibis import _

from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Attacker, Impact, People, Power, Singling, tables
from analysis.rules.loading import load
from analysis.rules.shapes import Attackers
from analysis.store import Store
from analysis.store.functions import hash_all
from analysis.store.rows import Column, Rows

# Kinds that somebody may know, and the column of the table of persons that holds each.
KNOWABLE = {
    "last_name": "last_name",
    "first_name": "first_name",
    "birth_date": "birth_date",
    "sex": "sex",
    "postal_code": "postal_code",
    "address": "home",
    "email": "email",
    "phone": "phone",
}
CURVE = 5  # fields of the curve at most
STEP = say("Counting whom each field singles out")


def with_singling(impact: Impact, found: Singling) -> Impact:
    """The impact with whom few fields single out, and the rules that say what attackers know."""
    version = load(Attackers).version
    return replace(impact, singling=found, rules=impact.rules if version in impact.rules else f"{impact.rules}+{version}")


def singled(store: Store, people: People, watch: Watch) -> Singling:
    persons = store.table(people.table).select(**{kind: _[column] for kind, column in KNOWABLE.items()})
    counts = store.one(persons.aggregate(**{kind: persons[kind].count() for kind in KNOWABLE}), watch)
    there = [kind for kind in KNOWABLE if counts[kind]]
    watch.tell(STEP, 0.0)
    found = {(kind,): power(store, persons, (kind,), watch) for kind in there}
    ranked = sorted(found.values(), key=lambda item: (-item.alone, item.fields))
    with store.scratch():
        curve = curve_from(store, persons, ranked[0], there, watch) if ranked else []
    watch.tell(STEP, 0.7)
    attackers: list[Attacker] = []
    for item in load(Attackers).attacker:
        sets = [item.knows[:count] for count in range(1, len(item.knows) + 1)]
        if set(sets[-1]) <= set(there):
            found |= {fields: power(store, persons, fields, watch) for fields in sets if fields not in found}
            attackers.append(Attacker(item.code, item.label, item.adds, tuple(found[fields] for fields in sets)))
    return Singling(tuple(ranked), tuple(curve), tuple(attackers))


def power(store: Store, persons: Rows, fields: Sequence[str], watch: Watch) -> Power:
    """Who is alone, among the persons who have all the fields."""
    known, _k, alone = class_counts(store, persons, {name: persons[name] for name in fields}, watch)
    return Power(tuple(fields), known, alone)


def curve_from(store: Store, persons: Rows, first: Power, there: Sequence[str], watch: Watch) -> list[Power]:
    """Persons alone once every field counts as it stands in the file, a missing one as a value of its own. Whoever is alone
    in some fields is alone in more of them: only the rest is compared at each step."""
    curve, rest = list[Power](), persons
    best = replace(first, alone=alone_in(store, persons, first.fields, watch))
    while True:
        curve.append(replace(best, known=known_of(store, persons, best.fields, watch)))
        watch.tell(STEP, 0.3 + 0.4 * len(curve) / CURVE)
        others = [kind for kind in there if kind not in best.fields]
        if len(curve) == CURVE or not others:
            break
        rest = store.table(store.keep(tables.Rest, crowded(rest, best.fields), watch))
        more = [
            Power((*best.fields, kind), 0, best.alone + alone_in(store, rest, (*best.fields, kind), watch)) for kind in others
        ]
        best = max(more, key=lambda item: item.alone)
    least = next(at for at, item in enumerate(curve) if item.alone == curve[-1].alone)
    return curve[: least + 1]  # without what adds nobody at the end; a field that adds nobody may let the next one add many


def known_of(store: Store, persons: Rows, fields: Sequence[str], watch: Watch) -> int:
    whole = persons.filter([persons[kind].notnull() for kind in fields])
    return int(store.one(whole.aggregate(n=whole.count()), watch)["n"])


def alone_in(store: Store, rows: Rows, fields: Sequence[str], watch: Watch) -> int:
    sizes = sizes_of(rows, {name: rows[name] for name in fields})
    return int(store.one(sizes.aggregate(n=(sizes["size"] == 1).sum()), watch)["n"] or 0)


def crowded(rows: Rows, fields: Sequence[str]) -> Rows:
    """The rows that are not alone in these fields."""
    parts = {name: rows[name] for name in fields}
    keyed = rows.mutate(key=hash_all(ibis.struct(parts)))
    return keyed.semi_join(sizes_of(rows, parts).filter(_["size"] > 1), "key").drop("key")


def sizes_of(rows: Rows, parts: Mapping[str, Column]) -> Rows:
    """key, size of each class of rows that agree in all parts."""
    return rows.select(key=hash_all(ibis.struct(dict(parts)))).group_by("key").aggregate(size=_.count())


def class_counts(store: Store, rows: Rows, parts: Mapping[str, Column], watch: Watch) -> tuple[int, int, int]:
    """Of the rows that have every part: how many, the size of the smallest class that agrees in all, rows alone in theirs."""
    whole = rows.filter([part.notnull() for part in parts.values()])
    sizes = sizes_of(whole, parts)
    found = store.one(sizes.aggregate(known=sizes["size"].sum(), k=sizes["size"].min(), alone=(sizes["size"] == 1).sum()), watch)
    return int(found["known"] or 0), int(found["k"] or 0), int(found["alone"] or 0)
