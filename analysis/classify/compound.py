"""Columns whose cells hold several kinds in, a column for each of them out: "Name <mail>", "mail / phone", "69001 LYON".

What the column is taken for takes the place of the cell, the other parts stand in columns behind the last one. A cell that no
pattern fits stays as it is in its place, and is counted there as every other one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from operator import or_

import ibis

from analysis.classify.evidence import Evidence, evidence_of
from analysis.ground.watch import Watch
from analysis.model import Leak, tables
from analysis.rules.loading import load
from analysis.rules.shapes import Compound, Compounds
from analysis.store import Store
from analysis.store.functions import regexp_full_match
from analysis.store.rows import Column, Rows

SHARE = 0.3  # of the sampled cells that are taken apart
SIGNED, SEEN = 60, 120  # cells that are searched for the sign, and how many of their signs
WIDE = 500  # columns of a table of which none is taken apart: thousands of patterns would take minutes
LONGEST = 300  # signs of a cell that is taken apart
NUMBER = re.compile(r"_\d+$")


@dataclass(frozen=True, slots=True)
class Part:
    """A column made of parts of the cells of another one. `share`: of its cells that have such a part."""

    position: int
    of: int
    kind: str
    share: float


@dataclass(frozen=True, slots=True)
class Parted:
    """A leak with its compound columns taken apart. `parts`: the columns that were made, and what is left in place."""

    leak: Leak
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Compounded:
    """How a column is taken apart: by which compound, into which parts (the first one stays in place)."""

    name: str
    groups: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the engine reads a cell. `groups`: number of each part."""

    text: str
    groups: dict[str, int]


@cache
def patterns_of(name: str) -> tuple[Pattern, ...]:
    rules = load(Compounds)
    found: list[Pattern] = []
    for pattern in rules.compound[name].patterns:
        for form, text in rules.forms.items():
            pattern = pattern.replace(f"{{{form}}}", f"(?:{text})")
        groups = re.findall(r"\((?!\?)|\(\?P<(\w+)>", pattern.replace(r"\(", ""))
        named = {group: at for at, group in enumerate(groups, 1) if group}
        found.append(Pattern(re.sub(r"\(\?P<\w+>", "(", pattern), named))
    return tuple(found)


def parted(store: Store, leak: Leak, kinds: Sequence[str], evidence: Sequence[Evidence], looked: Rows, watch: Watch) -> Parted:
    """The leak as it is where no column is compound. `kinds`: what the columns are taken for; `looked`: the sampled rows."""
    likely = [(at, name) for at in range(len(kinds)) for name in suspects(at, kinds, evidence[at])]
    if not likely or len(kinds) > WIDE:
        return Parted(leak, ())
    asked = {f"{name}_{at}": fits(looked[f"c{at}"], patterns_of(name)).sum() for at, name in likely}
    counts = store.one(looked.aggregate(**asked), watch)
    shares = {(at, name): int(counts[f"{name}_{at}"] or 0) / max(evidence[at].cells.filled, 1) for at, name in likely}
    chosen: dict[int, Compounded] = {}
    for (at, name), share in sorted(shares.items(), key=lambda item: -item[1]):
        if share >= SHARE and at not in chosen and (groups := groups_of(store, looked, at, name, watch)):
            chosen[at] = Compounded(name, tuple(sorted(groups, key=lambda group: group != kinds[at])), share)
    return taken_apart(store, leak, chosen, watch) if chosen else Parted(leak, ())


def groups_of(store: Store, looked: Rows, at: int, name: str, watch: Watch) -> tuple[str, ...]:
    """The parts that occur in the sample; none where they are not what they should be."""
    patterns, wanted = patterns_of(name), load(Compounds).compound[name].holds
    every = tuple(dict.fromkeys(group for pattern in patterns for group in pattern.groups))
    cell, nothing = looked[f"c{at}"], ibis.null("string")
    found = store.rows(looked.select(**{group: part_of(cell, patterns, group, every, nothing) for group in every}), watch)
    for item, group in zip(evidence_of(store, found, len(every), watch), every, strict=True):
        if any(item.features.get(feature, 0.0) < least for feature, least in wanted.get(group, {}).items()):
            return ()
    columns = zip(*found, strict=True)
    return tuple(group for group, column in zip(every, columns, strict=True) if any(column))


def suspects(at: int, kinds: Sequence[str], evidence: Evidence) -> list[str]:
    """The compounds that a column may be, by its kind and by a sign in its first cells."""
    texts = evidence.cells.first[:SIGNED]
    return [
        name
        for name, rule in load(Compounds).compound.items()
        if (not rule.of or kinds[at] in rule.of) and not rule.beside & {*kinds[:at], *kinds[at + 1 :]} and signed(texts, rule)
    ]


def signed(texts: Sequence[str], rule: Compound) -> bool:
    return sum(bool(re.search(rule.sign, text[:SEEN])) for text in texts) >= SHARE * len(texts) > 0


def fits(column: Column, patterns: Sequence[Pattern]) -> Column:
    """Whether a cell is read by a pattern of several parts."""
    text = column.strip()
    found = [regexp_full_match(text, pattern.text) for pattern in patterns if len(pattern.groups) > 1]
    return reduce(or_, found) & (text.length() <= LONGEST)


def part_of(column: Column, patterns: Sequence[Pattern], name: str, groups: Sequence[str], otherwise: Column) -> Column:
    """A part of a cell: of the first pattern that fits it, of those that know no parts but these."""
    text, nothing = column.strip(), ibis.null("string")
    cases: list[tuple[Column, Column]] = []
    for pattern in patterns:
        if set(pattern.groups) <= set(groups):
            read = text.re_extract(f"^(?:{pattern.text})$", pattern.groups.get(name, 0)).nullif("")
            fitting = regexp_full_match(text, pattern.text) & (text.length() <= LONGEST)
            cases.append((fitting, read if name in pattern.groups else nothing))
    return ibis.cases(*cases, else_=otherwise)


def taken_apart(store: Store, leak: Leak, chosen: Mapping[int, Compounded], watch: Watch) -> Parted:
    rows, width = store.table(leak.table), len(leak.columns)
    cells: dict[str, Column] = {}
    names, parts = list(leak.columns), list[Part]()
    for at, found in sorted(chosen.items()):
        cell, patterns = rows[f"c{at}"], patterns_of(found.name)
        first, *others = found.groups
        cells[f"c{at}"] = part_of(cell, patterns, first, found.groups, cell)
        parts.append(Part(at, at, kind_of(first), found.share))
        for group in others:
            cells[f"c{len(names)}"] = part_of(cell, patterns, group, found.groups, ibis.null("string"))
            parts.append(Part(len(names), at, kind_of(group), found.share))
            names.append(f"{leak.columns[at]} ({group})")
    columns = {f"c{at}": cells.get(f"c{at}", rows[f"c{at}"] if at < width else None) for at in range(len(names))}
    table = store.keep(tables.Leak, rows.select(**columns), watch)
    return Parted(replace(leak, sheet=replace(leak.sheet, columns=tuple(names), table=table)), tuple(parts))


def kind_of(group: str) -> str:
    return NUMBER.sub("", group)
