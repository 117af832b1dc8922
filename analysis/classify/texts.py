"""Columns of texts in, what their cells tell of private life out: rows by category and meaning, a masked example of each, how
many rows name somebody else, and a table of what each distinct text tells.

The engine finds the texts that may tell something; only those, each once, are read by the rules (`sensitive.py`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ibis import _

from analysis.classify.cells import text_of
from analysis.classify.evidence import Evidence
from analysis.classify.mask import masked
from analysis.classify.sensitive import LONGEST, categories, exact, told
from analysis.ground.watch import Watch
from analysis.model import Exposure, Field, Tells, tables
from analysis.model.codes import Meant
from analysis.model.exposure import TELLING
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive
from analysis.store import Store
from analysis.store.functions import hashed, regexp_matches, strip_accents
from analysis.store.rows import Column

READ = frozenset({"free_text", "medical_text", "treatment", "diagnosis_code"})  # kinds whose cells are running text or labels
SAMPLED = 400  # cells of another column that are looked at; of which none tells anything it is left alone
MOST = 2_000_000  # distinct texts of a column that are read
WIDE = 20  # bits of a meaning: as many categories fit
PLACE = {Meant.TOLD: (0, 0), Meant.PAST: (0, 1), Meant.FAMILY: (1, 0), Meant.SUSPECTED: (1, 1), Meant.DENIED: (1, 2)}
# Somebody else in a text: behind a title for sure; perhaps two words that begin with a capital inside a sentence.
TITLED = r"(^|[^A-Za-zÀ-ÿ])(M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mr|Mrs|Ms|Dr|Docteur|Pr|Me|Herr|Frau)\.? +[A-ZÀ-Ý][A-Za-zÀ-ÿ'-]+"
NAMED = r"[a-zà-ÿ,] [A-ZÀ-Ý][a-zà-ÿ'-]+ [A-ZÀ-Ý][A-Za-zÀ-ÿ'-]+"


@dataclass(slots=True)
class Found:
    """Of one column: what each text tells (its hash, masks of what is told and of what is not meant so), rows, examples."""

    keys: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    rows: dict[tuple[str, Meant], int] = field(default_factory=dict[tuple[str, Meant], int])
    examples: dict[tuple[str, Meant], str] = field(default_factory=dict[tuple[str, Meant], str])


def with_texts(store: Store, exposure: Exposure, evidence: list[Evidence], watch: Watch) -> Exposure:
    """The exposure with what its texts tell."""
    personal = not TELLING.isdisjoint(item.kind for item in exposure.fields)
    chosen = [item for item in exposure.fields if item.slot >= 0 and reads(item, evidence, personal)]
    found = {item.position: read(store, exposure, item.position, watch) for item in chosen}
    keys = [key for one in found.values() for key in one.keys]
    if not keys and not any(item.kind == "free_text" for item in chosen):
        return exposure
    others = named(store, exposure, [item.position for item in chosen], watch)
    fields = tuple(with_told(item, found, others) for item in exposure.fields)
    return replace(exposure, fields=fields, told=store.filled(tables.Told, keys) if keys else exposure.told)


def reads(item: Field, evidence: list[Evidence], personal: bool) -> bool:
    """Whether a column is read: one of texts; of a table about people, another one too whose sample tells something."""
    if item.taken in READ:
        return True
    if item.taken != "none" or not personal or item.position >= len(evidence):
        return False
    return any(told(text) for text in list(evidence[item.position].cells.counts)[:SAMPLED])


def read(store: Store, exposure: Exposure, position: int, watch: Watch) -> Found:
    """Every distinct text that may tell something, once."""
    cells = store.table(exposure.leak.table).select(text=text_of(_[f"c{position}"]))
    near = cells.filter(may_tell(cells.text))
    distinct = near.group_by("text").aggregate(rows=_.count(), key=hashed(near.text).max()).limit(MOST)
    found = Found()
    for text, rows, key in store.stream(distinct, watch):
        told_here = told(text)
        if not told_here:
            continue
        masks = masks_of(told_here)
        found.keys.append((int(key), position, *masks))
        for item in told_here:
            found.rows[item] = found.rows.get(item, 0) + int(rows)
            found.examples.setdefault(item, text)
    return found


def may_tell(text: Column) -> Column:
    """Whether a text holds a term, whatever it means. (The engine's pattern is looser than the rules'.)"""
    return regexp_matches(strip_accents(text.left(LONGEST)).lower(), loose())


def loose() -> str:
    """Every term as the engine looks for it, any sign between its words."""
    every = {term for item in load(Sensitive).category.values() for term in item.terms}
    parts = sorted(re.sub(r"\\?\*", "[a-z0-9]*", re.escape(term)).replace("\\ ", "[^a-z0-9]+") for term in every)
    return rf"(^|[^a-z0-9])({'|'.join(parts)})([^a-z0-9]|$)"


def masks_of(items: frozenset[tuple[str, Meant]]) -> tuple[int, int]:
    """Two numbers: what is told (now in the low bits, of the past above them), and what is of the family, suspected, denied."""
    masks = [0, 0]
    for category, how in items:
        masks[PLACE[how][0]] |= bit(category, how)
    return masks[0], masks[1]


def bit(category: str, how: Meant) -> int:
    """Of a category and meaning, in the one of the two numbers that `PLACE` names."""
    return 1 << (PLACE[how][1] * WIDE + categories().index(category))


def named(store: Store, exposure: Exposure, positions: list[int], watch: Watch) -> dict[int, tuple[int, int]]:
    """Position -> rows that name somebody else for sure, and perhaps."""
    raw = store.table(exposure.leak.table)
    asked: dict[str, Column] = {}
    for at in positions:
        text = raw[f"c{at}"]
        sure = regexp_matches(text, TITLED)
        asked |= {f"low_{at}": sure.sum(), f"high_{at}": (sure | regexp_matches(text, NAMED)).sum()}
    counts = store.one(raw.aggregate(**asked), watch)
    return {at: (int(counts[f"low_{at}"] or 0), int(counts[f"high_{at}"] or 0)) for at in positions}


def with_told(item: Field, found: Mapping[int, Found], others: Mapping[int, tuple[int, int]]) -> Field:
    """The field with what its texts tell."""
    if item.position not in found:
        return item
    return replace(item, tells=tuple(tells(found[item.position])), named=others[item.position])


def tells(found: Found) -> Iterator[Tells]:
    order = list(Meant)
    for (category, how), rows in sorted(found.rows.items(), key=lambda one: (order.index(one[0][1]), -one[1], one[0][0])):
        yield Tells(category, how, rows, example(found.examples[category, how], category))


def example(text: str, category: str) -> str:
    """A text, masked but for the term that tells."""
    span = exact(text, category)
    if span is None:
        return masked(text, 80)
    start, end = span
    return f"{masked(text[max(0, start - 30) : start], 30)}{text[start:end][:30]}{masked(text[end : end + 30], 30)}"
