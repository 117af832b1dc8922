"""Exposure and evidence in, how old the leak may be out: the newest date in it, and what the numbering plans say."""

from datetime import date
from typing import Any

from analysis.classify.cells import date_of, text_of
from analysis.classify.dates import best_layout
from analysis.classify.evidence import Evidence
from analysis.functions import regexp_replace
from analysis.model import Exposure, Freshness
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import Said, say

DATES = 0.8  # share of the sampled cells that are dates in a column that is looked at
FEW_YEARS = ("%y", "%Y-%m")  # layouts that do not tell a day


def freshness(store: Store, exposure: Exposure, evidence: list[Evidence], today: date, watch: Watch) -> Freshness:
    """Counted over every row."""
    raw = store.table(exposure.leak.table)
    asked: dict[str, Any] = {}
    for field in exposure.fields:
        if evidence[field.position].features.get("date", 0.0) >= DATES:
            layout, _ = best_layout(evidence[field.position].cells.first)
            if layout and not layout.endswith(FEW_YEARS):
                found = date_of(text_of(raw[f"c{field.position}"]), layout)
                asked[f"d{field.position}"] = found.max(where=found <= today)
    phones = [field for field in exposure.fields if field.kind == "phone"]
    for field in phones:
        digits = regexp_replace(
            regexp_replace(text_of(raw[f"c{field.position}"]), r"[^0-9+]", "", "g"), r"^(\+|00)33(0)?", "0", ""
        )
        whole = digits.length() == 10
        asked[f"m{field.position}"] = (whole & digits.left(2).isin(["06", "07"])).sum()
        asked[f"r{field.position}"] = (whole & (digits.left(2) == "07")).sum()
        asked[f"o{field.position}"] = ((digits.length() == 8) & (digits.left(1) != "0")).sum()
    if not asked:
        return Freshness()
    totals = store.one(raw.aggregate(**asked), watch)
    newest = max(((day, int(name[1:])) for name, day in totals.items() if name[0] == "d" and day is not None), default=None)
    sums = {mark: sum(int(totals[f"{mark}{field.position}"] or 0) for field in phones) for mark in "mro"}
    return Freshness(
        newest[0] if newest else None, exposure.leak.columns[newest[1]] if newest else "", sums["m"], sums["r"], sums["o"]
    )


def freshness_said(found: Freshness) -> list[Said]:
    """As sentences."""
    said: list[Said] = []
    if found.newest:
        said.append(
            say("The newest date is {day} (column {column}): the file is not older.", day=found.newest, column=found.column[:60])
        )
    if found.mobiles >= 100:
        said.append(say("{share} of {n} French mobile numbers begin with 07, given since 2010.",
                        share=found.recent_mobiles / found.mobiles, n=found.mobiles))  # fmt: skip
    if found.old_phones:
        said.append(say("{n} phone number has eight digits, as before 1996.", "{n} phone numbers have eight digits, as before 1996.",
                        n=found.old_phones))  # fmt: skip
    return said
