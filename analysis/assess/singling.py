"""Persons in, whom a few known fields single out: the quasi-identifiers ranked by power, the curve of what each more field singles out, and what each
kind of attacker finds. "Alone" is alone in the file; alone in town is another figure (`Reidentification.alone_in_town`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from analysis.functions import hash_all
from analysis.kinds import rules
from analysis.model import People
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import say

# Columns of the table of persons that somebody may know, and the kind that names each.
KNOWABLE = {"last_name": "last_name", "first_name": "first_name", "birth_date": "birth_date", "sex": "sex", "postal_code": "postal_code",
            "home": "address", "email": "email", "phone": "phone"}  # fmt: skip
CURVE = 5  # fields of the curve at most


@dataclass(frozen=True, slots=True)
class Power:
    """Of a set of fields: persons who have them all, and those whom nobody else in the file equals in them."""

    fields: tuple[str, ...]
    known: int
    alone: int


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who looks, what that person knows, what the leak adds, and how many are singled out."""

    code: str
    label: str
    adds: str
    power: Power


@dataclass(frozen=True, slots=True)
class Singling:
    """`ranked`: each field by itself, the strongest first; `curve`: the best field, then with the field that adds most, and so on."""

    ranked: tuple[Power, ...]
    curve: tuple[Power, ...]
    attackers: tuple[Attacker, ...]


def singling(store: Store, people: People, watch: Watch) -> Singling:
    persons = store.table(people.table)
    counts = store.one(persons.aggregate(**{name: persons[name].count() for name in KNOWABLE}), watch)
    there = [name for name in KNOWABLE if counts[name]]
    watch.tell(say("Counting whom each field singles out"), 0.0)
    powers = [power(store, persons, (name,), watch) for name in there]
    ranked = tuple(sorted(powers, key=lambda item: (-item.alone, item.fields)))
    curve = list(ranked[:1])
    while curve and len(curve) < min(CURVE, len(there)):
        watch.tell(say("Counting whom each field singles out"), 0.2 + 0.5 * len(curve) / CURVE)
        rest = [name for name in there if name not in curve[-1].fields]
        more = [power(store, persons, (*curve[-1].fields, name), watch) for name in rest]
        best = max(more, key=lambda item: item.alone)
        if best.alone <= curve[-1].alone:
            break
        curve.append(best)
    watch.tell(say("Counting whom each field singles out"), 0.8)
    known = {power.fields: power for power in (*powers, *curve)}
    attackers = tuple(
        Attacker(item["code"], item["label"], item["adds"], known.get(fields) or power(store, persons, fields, watch))
        for item in rules("attackers")["attacker"]
        if (fields := tuple(item["knows"])) and set(fields) <= set(there)
    )
    return Singling(ranked, tuple(curve), attackers)


def power(store: Store, persons: Any, fields: Sequence[str], watch: Watch) -> Power:
    """Who is alone, among the persons who have all the fields."""
    known, _k, alone = class_counts(store, persons, {name: persons[name] for name in fields}, watch)
    return Power(tuple(fields), known, alone)


def class_counts(store: Store, rows: Any, parts: Mapping[str, Any], watch: Watch) -> tuple[int, int, int]:
    """Of the rows that have every part: how many, the size of the smallest class that agrees in all, rows alone in theirs."""
    whole = rows.filter([part.notnull() for part in parts.values()])
    sizes = whole.select(key=hash_all(ibis.struct(dict(parts)))).group_by("key").aggregate(size=_.count())
    found = store.one(sizes.aggregate(known=sizes["size"].sum(), k=sizes["size"].min(), alone=(sizes["size"] == 1).sum()), watch)
    return int(found["known"] or 0), int(found["k"] or 0), int(found["alone"] or 0)
