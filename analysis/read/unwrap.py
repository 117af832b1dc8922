"""A table whose texts were written for spreadsheets as formulas (="0612345678") in, the texts as they are out."""

import re
from dataclasses import replace

import ibis

from analysis.ground.watch import Watch
from analysis.model import Sheet
from analysis.store import Store
from analysis.store.functions import regexp_full_match

FORMULA = re.compile(r'=\s?"([^"]*)"')
LOOKED = 50  # rows that tell which columns hold such cells


def unwrapped(store: Store, sheet: Sheet) -> Sheet:
    """Texts that were written for spreadsheets as formulas (="0612345678"), as the texts they are."""
    rows = store.table(sheet.table)
    columns = list(zip(*store.rows(rows.limit(LOOKED)), strict=True))
    wrapped = [f"c{at}" for at, cells in enumerate(columns) if any(map(FORMULA.fullmatch, filter(None, cells)))]
    if wrapped:
        cells = {
            name: ibis.ifelse(
                regexp_full_match(rows[name], FORMULA.pattern), rows[name].re_extract(FORMULA.pattern, 1), rows[name]
            )
            for name in wrapped
        }
        store.replace(sheet.table, rows.mutate(**cells), Watch())
    names = tuple(FORMULA.sub(r"\1", name) for name in sheet.columns)
    return replace(sheet, columns=names)
