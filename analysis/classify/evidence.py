"""A table in, the evidence of each column out: a deterministic sample of its cells, what lists know of their words, the
features."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import ibis

from analysis.classify.births import folded_births
from analysis.classify.pairs import Known, paired
from analysis.classify.values import PARTING, Cells, features, folded, initialled
from analysis.ground.watch import Watch
from analysis.model.tables import GeoFr, Names, Vocabulary
from analysis.rules.kinds import placeholders
from analysis.store import Store

SAMPLE_ROWS = 1_000
SAMPLE_CELLS = 60_000
PARTS = 6  # words of a cell that are looked up
LONGEST = 200  # signs of a cell whose words are looked up


@dataclass(frozen=True, slots=True)
class Evidence:
    """One column: its sampled cells and their features (values.py)."""

    cells: Cells
    features: Mapping[str, float]


def gather(store: Store, table: str, width: int, rows: int, watch: Watch) -> list[Evidence]:
    """One Evidence per column, from evenly spaced rows (the same ones each time)."""
    return evidence_of(store, store.rows(store.table(sample(store, table, width, rows, watch)), watch), width, watch)


def sample(store: Store, table: str, width: int, rows: int, watch: Watch) -> str:
    """The name of a table of evenly spaced rows, fewer of a wide table."""
    return store.spread(table, rows, max(100, min(SAMPLE_ROWS, SAMPLE_CELLS // max(width, 1))), watch)


def evidence_of(store: Store, rows: Sequence[Sequence[Any]], width: int, watch: Watch) -> list[Evidence]:
    """The evidence of the columns of these rows."""
    columns = columns_of(rows, width)
    words = {word for cells in columns for text in cells.first for word in words_of(text)}
    return features_of(rows, columns, lists(store, words, watch))


def features_of(rows: Sequence[Sequence[Any]], columns: list[Cells], known: Known) -> list[Evidence]:
    """The cells of each column of these rows with their features, and with what the other cells of their rows say of them."""
    alone = [features(cells, known) for cells in columns]
    texts = [[(cell or "").strip() for cell in column] for column in zip(*rows, strict=True)] or [list[str]()] * len(columns)
    together = paired(texts, alone, known)
    return [Evidence(cells, one | more) for cells, one, more in zip(columns, alone, together, strict=True)]


def columns_of(rows: Sequence[Sequence[Any]], width: int) -> list[Cells]:
    """Trimmed real cells, counted; placeholders apart."""
    nothing = frozenset(placeholders()["none"])
    found: list[Cells] = []
    for column in list(zip(*rows, strict=True)) or [()] * width:
        texts = [text for cell in column if cell and (text := cell.strip())]
        real = [text for text in texts if text.upper() not in nothing or len(text) < 2]
        found.append(Cells(Counter(real), len(texts), len(texts) - len(real)))
    return found


def words_of(text: str) -> Iterable[str]:
    """The cell as lists know it, and its first words."""
    short = text[:LONGEST]
    if len(text) == 5 and text.isdigit():
        yield text
    yield folded(short)
    yield initialled(short)
    if "," in short:
        head, _, tail = short.rpartition(",")
        yield from (folded(head), folded(tail))
    parts = [part for part in PARTING.split(short) if part]
    if len(parts) > 1:
        yield from (folded(part) for part in parts[:PARTS])
        yield folded(parts[-1])


def lists(store: Store, words: set[str], watch: Watch) -> dict[str, frozenset[str]]:
    """The lists of the reference set that each word stands in."""
    wanted = [(word,) for word in words if 1 < len(word) <= 40]
    if not wanted:
        return {}
    asked, names, places, world = (
        f"asked_words_{token_hex(8)}",  # several may ask at the same time
        store.reference(Names),
        store.reference(GeoFr),
        store.reference(Vocabulary),
    )
    try:
        store.insert_text(asked, wanted, watch)
        one = store.table(asked)
        found: dict[str, set[str]] = {}
        for kept, columns in (
            (one.inner_join(world, one.c0 == world.name), WORLD),
            (
                one.inner_join(names, one.c0 == names.name).mutate(
                    french_first=names["first"] > 0, french_last=names["last"] > 0
                ),
                FRENCH,
            ),
        ):
            for word, *flags in store.rows(kept.select("c0", *columns), watch):
                found.setdefault(word, set()).update(name for name, flag in zip(columns, flags, strict=True) if flag)
        named = folded_births(store)
        sexes = (
            named.inner_join(one, named.folded == one.c0)
            .group_by("folded")
            .aggregate(girls=lambda t: ibis.ifelse(t.sex == "f", t.births, 0).sum(), all=lambda t: t.births.sum())
        )
        for word, girls, all_births in store.rows(sexes, watch):
            if not 0.1 < (share := girls / all_births) < 0.9:
                found.setdefault(word, set()).add("girl" if share >= 0.9 else "boy")
        for (word,) in store.rows(one.semi_join(places, one.c0 == places.postal_code), watch):
            found.setdefault(word, set()).add("french_postal")
        towns = one.semi_join(places, one.c0 == places.folded)
        for (word,) in store.rows(towns, watch):
            found.setdefault(word, set()).add("french_city")
    finally:
        store.drop(asked)
    return {word: frozenset(kinds) for word, kinds in found.items()}


WORLD = ("first", "last", "city", "region", "country", "occupation", "nationality")
FRENCH = ("french_first", "french_last")
