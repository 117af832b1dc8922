"""The tables of several files in, those of the same columns as one out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import ibis

from analysis.ground.watch import Watch
from analysis.model import Ledger, Sheet, tables
from analysis.store import Store

NEUTRAL = re.compile(r"column \d+")


def unified(store: Store, files: Sequence[Sequence[Sheet]], watch: Watch) -> list[Sheet]:
    """Tables of the same columns become one; where nothing names the columns, only those of different files, place by place."""
    groups: dict[tuple[tuple[str, ...], int], list[Sheet]] = {}
    for sheets in files:
        for at, sheet in enumerate(sheets):
            columns = sheet.columns[: sheet.width]
            groups.setdefault((columns, at if all(map(NEUTRAL.fullmatch, columns)) else -1), []).append(sheet)
    return [group[0] if len(group) == 1 else union(store, group, watch) for group in groups.values()]


def union(store: Store, group: list[Sheet], watch: Watch) -> Sheet:
    """One table; it has a column for the surplus of irregular rows where one of them has."""
    widest = max(group, key=lambda sheet: len(sheet.columns))
    rows, notes = ([store.table(getattr(sheet, part)) for sheet in group] for part in ("table", "notes"))
    surplus = f"c{len(widest.columns) - 1}"
    rows = [part if surplus in part.columns else part.mutate(**{surplus: ibis.null("string")}) for part in rows]
    table = store.keep(tables.Leak, rows[0].union(*rows[1:]), watch)
    kept = store.keep(tables.Notes, notes[0].union(*notes[1:]), watch)
    for sheet in group:
        store.drop(sheet.table)
        store.drop(sheet.notes)
    reasons: Counter[str] = Counter()
    for sheet in group:
        reasons.update(dict(sheet.ledger.reasons))
    totals = {
        name: sum(getattr(sheet.ledger, name) for sheet in group) for name in Ledger.__dataclass_fields__ if name != "reasons"
    }
    ledger = Ledger(**totals, reasons=tuple(sorted(reasons.items())))
    return replace(
        widest,
        name=group[0].name,
        ledger=ledger,
        table=table,
        notes=kept,
        likely=max(sheet.likely for sheet in group),
        parts=tuple(part for sheet in group for part in sheet.listed),
    )
