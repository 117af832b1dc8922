"""The tables of several files in, those of the same columns as one out."""

from collections import Counter
from dataclasses import replace

from analysis.ground.watch import Watch
from analysis.model import Ledger, Sheet, tables
from analysis.store import Store


def unified(store: Store, sheets: list[Sheet], watch: Watch) -> list[Sheet]:
    """Tables of the same columns from different files become one."""
    groups: dict[tuple[str, ...], list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(sheet.columns, []).append(sheet)
    return [group[0] if len(group) == 1 else union(store, group, watch) for group in groups.values()]


def union(store: Store, group: list[Sheet], watch: Watch) -> Sheet:
    rows, notes = ([store.table(getattr(sheet, part)) for sheet in group] for part in ("table", "notes"))
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
    return replace(group[0], ledger=ledger, table=table, notes=kept, likely=max(sheet.likely for sheet in group))
