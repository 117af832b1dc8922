"""Columns of JSON objects or of `key=value` pairs in, the kinds of what stands under their keys out."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.classify.evidence import Evidence, evidence_of
from analysis.classify.together import ranked
from analysis.ground.watch import Watch
from analysis.rules.headers import heard
from analysis.store import Store

SHARE = 0.5  # of the sampled cells that must be taken apart
MOST_KEYS = 40
DEEPEST = 4
LONGEST = 60  # signs of a key
LOOKED = 4_000  # signs of a cell of pairs that are looked at
PAIR = re.compile(r"(?:^|[;&|,\s])\s*([\w.-]{1,60})\s*=\s*([^;&|]*)")


def inner(store: Store, table: str, evidence: list[Evidence], watch: Watch) -> dict[int, dict[str, int]]:
    """Position -> kind -> rows that hold a key of that kind, counted over every row; the kinds come from the sample."""
    found: dict[int, dict[str, int]] = {}
    rows = store.table(table)
    for at, item in enumerate(evidence):
        shares = item.features
        if max(shares.get("jsonish", 0.0), shares.get("pairs", 0.0)) < SHARE:
            continue
        told = kinds_of(store, [dict(taken_apart(text)) for text in item.cells.first], watch)
        if told:
            asked = {f"n{place}": holds(rows[f"c{at}"], key).sum() for place, key in enumerate(told)}
            counts = store.one(rows.aggregate(**asked), watch)
            for place, kind in enumerate(told.values()):
                of_column = found.setdefault(at, {})
                of_column[kind] = max(of_column.get(kind, 0), int(counts[f"n{place}"] or 0))
    return found


def kinds_of(store: Store, objects: list[dict[str, str]], watch: Watch) -> dict[str, str]:
    """Key -> kind, of the keys that are personal; the keys are judged as the columns of a table."""
    often = Counter(key for found in objects for key in found)
    keys = [key for key, count in often.most_common(MOST_KEYS) if count >= 2 or len(objects) < 5]
    if not keys:
        return {}
    rows = [[found.get(key, "") for key in keys] for found in objects]
    judged = evidence_of(store, rows, len(keys), watch)
    named = [(heard(key.rpartition(".")[2]), item.features) for key, item in zip(keys, judged, strict=True)]
    best = [ranking.best()[0][0] for ranking in ranked(named)]
    return {key: kind for key, kind in zip(keys, best, strict=True) if kind != "none"}


def taken_apart(text: str) -> Iterable[tuple[str, str]]:
    """Keys (dotted where nested) and values of one cell; nothing where it is neither."""
    if text[:1] in "{[":
        try:
            yield from flat(json.loads(text), "", 0)
        except (ValueError, RecursionError):
            return
    else:
        yield from ((key, value.strip()) for key, value in PAIR.findall(text[:LOOKED]))


def flat(value: Any, path: str, depth: int) -> Iterable[tuple[str, str]]:
    match value:
        case dict() if depth < DEEPEST:
            for key, part in value.items():
                yield from flat(part, f"{path}.{key}" if path else str(key)[:LONGEST], depth + 1)
        case list() if depth < DEEPEST:
            for part in value[:1]:
                yield from flat(part, path, depth + 1)
        case None | dict() | list():
            return
        case _:
            yield path, str(value)


def holds(column: Any, key: str) -> Any:
    """Whether a cell has the key, with a value."""
    last = re.escape(key.rpartition(".")[2])
    return column.re_search(rf'"{last}"\s*:\s*("[^"]|[^"\sn\[{{]|[\[{{])|(^|[;&|,\s]){last}\s*=\s*[^;&|\s]')


def together(
    one: Mapping[int, Mapping[str, int]], other: Mapping[int, Mapping[str, int]]
) -> dict[int, tuple[tuple[str, int], ...]]:
    """What was found by form and by key: the larger count of each kind."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for part in (one, other):
        for at, kinds in part.items():
            for kind, rows in kinds.items():
                found[at][kind] = max(found[at].get(kind, 0), rows)
    return {at: tuple(kinds.items()) for at, kinds in found.items()}
