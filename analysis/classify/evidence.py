"""A table in, the evidence of each column out: a deterministic sample of its cells, what lists know of their words, the
features."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.classify.values import PARTING, Cells, features, folded, initialled
from analysis.ground.watch import Watch
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
    return weighed(store, sample(store, table, width, rows, watch), watch)


def weighed(store: Store, columns: list[Cells], watch: Watch) -> list[Evidence]:
    """The cells of each column with their features."""
    known = lists(store, {word for cells in columns for text in cells.first for word in words_of(text)}, watch)
    return [Evidence(cells, features(cells, known)) for cells in columns]


def sample(store: Store, table: str, width: int, rows: int, watch: Watch) -> list[Cells]:
    wanted = max(100, min(SAMPLE_ROWS, SAMPLE_CELLS // max(width, 1)))
    return columns_of(store.rows(store.table(store.spread(table, rows, wanted, watch)), watch), width)


def columns_of(rows: Iterable[Sequence[Any]], width: int) -> list[Cells]:
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
    yield folded(short)
    yield initialled(short)
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
        "asked_words",
        store.reference("names"),
        store.reference("geo_fr"),
        store.reference("vocabulary"),
    )
    store.insert_text(asked, wanted, watch)
    try:
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
        towns = one.semi_join(places, one.c0 == places.folded)
        for (word,) in store.rows(towns, watch):
            found.setdefault(word, set()).add("french_city")
    finally:
        store.drop(asked)
    return {word: frozenset(kinds) for word, kinds in found.items()}


WORLD = ("first", "last", "city", "region", "country", "occupation", "nationality")
FRENCH = ("french_first", "french_last")
