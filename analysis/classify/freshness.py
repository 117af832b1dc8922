"""Exposure and evidence in, how old the leak may be out: the newest date in it, and what the numbering plans say."""

from datetime import date
from typing import Any

import ibis

from analysis.classify.cells import date_of, national_digits, text_of
from analysis.classify.coherence import sampled
from analysis.classify.dates import best_layout
from analysis.classify.evidence import Evidence
from analysis.model import Exposure, Freshness
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import Said, say

DATES = 0.8  # share of the sampled cells that are dates in a column that is looked at
YEARS = 12  # back from this one, that are looked for one by one
FEW_YEARS = ("%y", "%Y-%m")  # layouts that do not tell a day


def freshness(store: Store, exposure: Exposure, evidence: list[Evidence], today: date, watch: Watch) -> Freshness:
    """Dates of every row; phones of evenly spaced ones."""
    layouts = {
        field.position: best_layout(evidence[field.position].cells.first)[0]
        for field in exposure.fields
        if evidence[field.position].features.get("date", 0.0) >= DATES
    }
    days = newest(
        store, exposure, {at: layout for at, layout in layouts.items() if layout and not layout.endswith(FEW_YEARS)}, today, watch
    )
    day, at = max(((day, at) for at, day in days.items()), default=(None, 0))
    return Freshness(day, exposure.leak.columns[at] if day else "", *phones(store, exposure, watch))


def newest(store: Store, exposure: Exposure, layouts: dict[int, str], today: date, watch: Watch) -> dict[int, date]:
    """Position -> the newest day up to `today`, of the columns where it is in the newest year of all. Reading a date costs more than
    finding a year in a text: only the cells of one year are read, from this one back, then all of them."""
    raw = store.table(exposure.leak.table)
    whole = all("%Y" in layout for layout in layouts.values())
    for year in (*(str(today.year - back) for back in range(YEARS if whole else 0)), ""):
        asked: dict[str, Any] = {}
        for at, layout in layouts.items():
            cell = raw[f"c{at}"]
            day = date_of(text_of(ibis.ifelse(cell.contains(year), cell, ibis.null("string")) if year else cell), layout)
            asked[f"d{at}"] = day.max(where=day <= today)
        found = {
            int(name[1:]): day
            for name, day in (store.one(raw.aggregate(**asked), watch) if asked else {}).items()
            if day is not None
        }
        if any(not year or day.year == int(year) for day in found.values()):
            return found
    return {}


def phones(store: Store, exposure: Exposure, watch: Watch) -> tuple[int, int, int]:
    """French mobiles, those that begin with 07, and numbers of eight digits, among the sampled rows."""
    rows = sampled(store, exposure, watch)
    asked: dict[str, Any] = {}
    for field in [field for field in exposure.fields if field.kind == "phone"]:
        digits = national_digits(text_of(rows[f"c{field.position}"]))
        whole = digits.length() == 10
        asked[f"m{field.position}"] = (whole & digits.left(2).isin(["06", "07"])).sum()
        asked[f"r{field.position}"] = (whole & (digits.left(2) == "07")).sum()
        asked[f"o{field.position}"] = ((digits.length() == 8) & (digits.left(1) != "0")).sum()
    totals = store.one(rows.aggregate(**asked), watch) if asked else {}
    mobiles, recent, old = (sum(int(count or 0) for name, count in totals.items() if name[0] == mark) for mark in "mro")
    return mobiles, recent, old


def freshness_said(found: Freshness) -> list[Said]:
    """As sentences."""
    said: list[Said] = []
    if found.newest:
        said.append(
            say("The newest date is {day} (column {column}): the file is not older.", day=found.newest, column=found.column[:60])
        )
    if found.mobiles >= 100:
        said.append(say("{share} of {n} French mobile numbers looked at begin with 07, given since 2010.",
                        share=found.recent_mobiles / found.mobiles, n=found.mobiles))  # fmt: skip
    if found.old_phones:
        said.append(say("{n} phone number has eight digits, as before 1996.", "{n} phone numbers have eight digits, as before 1996.",
                        n=found.old_phones))  # fmt: skip
    return said
