"""Exposure and evidence in, how old the leak may be out: the newest date in it, and what the numbering plans say."""

from datetime import date
from functools import cache, reduce
from importlib.resources import files
from operator import or_

import ibis

from analysis.classify.cells import date_of, national_digits, text_of
from analysis.classify.coherence import departments
from analysis.classify.dates import best_layout
from analysis.classify.evidence import Evidence
from analysis.ground.watch import Watch
from analysis.ground.words import Said, say
from analysis.model import Exposure, Freshness
from analysis.model.tables import HistoryFr
from analysis.store import Store
from analysis.store.functions import fold
from analysis.store.rows import Column, Rows

DATES = 0.8  # share of the sampled cells that are dates in a column that is looked at
FEW_YEARS = ("%y", "%Y-%m")  # layouts that do not tell a day


def freshness(store: Store, exposure: Exposure, evidence: list[Evidence], rows: Rows, watch: Watch) -> Freshness:
    """Dates of every row up to today; phones and places of `rows`, evenly spaced ones."""
    today = date.today()
    read = {
        field.position: best_layout(evidence[field.position].cells.first)
        for field in exposure.fields
        if evidence[field.position].features.get("date", 0.0) >= DATES
    }
    layouts = {at: layout for at, (layout, _) in read.items() if layout and not layout.endswith(FEW_YEARS)}
    seen = max((day for at in layouts for day in read[at][1].values() if day <= today), default=None)
    days = newest(store, exposure, layouts, (seen, today), watch)
    day, at = max(((day, at) for at, day in days.items()), default=(None, 0))
    column = exposure.leak.columns[at] if day else ""
    return Freshness(day, column, *phones(store, exposure, rows, watch), *places(store, exposure, rows, watch))


def newest(
    store: Store, exposure: Exposure, layouts: dict[int, str], between: tuple[date | None, date], watch: Watch
) -> dict[int, date]:
    """Position -> the newest day of a column up to today. `between`: the newest day of the sample, and today: only cells that
    hold one of the years from the one to the other are read as dates, which costs more than finding a year in a text."""
    raw, (seen, today) = store.table(exposure.leak.table), between
    years = (
        [str(year) for year in range(seen.year, today.year + 1)]
        if seen and all("%Y" in text for text in layouts.values())
        else []
    )
    asked: dict[str, Column] = {}
    for at, layout in layouts.items():
        cell = raw[f"c{at}"]
        recent = reduce(or_, [cell.contains(year) for year in years]) if years else ibis.literal(True)
        day = date_of(text_of(ibis.ifelse(recent, cell, ibis.null("string"))), layout)
        asked[f"d{at}"] = day.max(where=day <= today)
    found = store.one(raw.aggregate(**asked), watch) if asked else {}
    return {int(name[1:]): day for name, day in found.items() if day is not None}


def phones(store: Store, exposure: Exposure, rows: Rows, watch: Watch) -> tuple[int, int, int]:
    """French mobiles, those that begin with 07, and numbers of eight digits."""
    asked: dict[str, Column] = {}
    for field in [field for field in exposure.fields if field.kind == "phone"]:
        digits = national_digits(text_of(rows[f"c{field.position}"]))
        whole = digits.length() == 10
        asked[f"m{field.position}"] = (whole & digits.left(2).isin(["06", "07"])).sum()
        asked[f"r{field.position}"] = (whole & (digits.left(2) == "07")).sum()
        asked[f"o{field.position}"] = ((digits.length() == 8) & (digits.left(1) != "0")).sum()
    totals = store.one(rows.aggregate(**asked), watch) if asked else {}
    mobiles, recent, old = (sum(int(count or 0) for name, count in totals.items() if name[0] == mark) for mark in "mro")
    return mobiles, recent, old


def places(store: Store, exposure: Exposure, rows: Rows, watch: Watch) -> tuple[int, int, int, int, int]:
    """Rows with a French postal code; with one that is closed; with a commune that merged into another; with one whose name
    is new, and the newest such year (0: none)."""
    postal, city = exposure.of_kind("postal_code"), exposure.of_kind("city")
    if not postal or not city:
        return 0, 0, 0, 0, 0
    asked = rows.select(postal_code=text_of(rows[f"c{postal.position}"]), folded=fold(text_of(rows[f"c{city.position}"])))
    joined = asked.left_join(departments(store), "postal_code").left_join(store.reference(HistoryFr), ["folded", "department"])
    closed = joined.postal_code.isin(closed_postal_codes())
    new = joined.began.fill_null(0) > 0
    total = store.one(
        joined.aggregate(
            known=(joined.department.notnull() | closed).sum(),
            closed=closed.sum(),
            merged=(joined.ended > 0).sum(),
            new=new.sum(),
            year=joined.began.max(where=new),
        ),
        watch,
    )
    known_rows, closed_rows, merged, recent, year = (
        int(total[name] or 0) for name in ("known", "closed", "merged", "new", "year")
    )
    return known_rows, closed_rows, merged, recent, year


@cache
def closed_postal_codes() -> list[str]:
    """Those of 2020 that are no longer in use."""
    return (files("resources") / "reference" / "closed_postal_codes.txt").read_text(encoding="utf-8").split()


def freshness_said(found: Freshness) -> list[Said]:
    """As sentences."""
    said: list[Said] = []
    if found.newest:
        said.append(
            say("The newest date is {day} (column {column}): the file is not older.", day=found.newest, column=found.column[:60])
        )
    if found.mobiles >= 100:
        said.append(
            say(
                "{share} of {n} French mobile numbers looked at begin with 07, given since 2010.",
                share=found.recent_mobiles / found.mobiles,
                n=found.mobiles,
            )
        )
    if found.old_phones:
        said.append(
            say(
                "{n} phone number has eight digits, as before 1996.",
                "{n} phone numbers have eight digits, as before 1996.",
                n=found.old_phones,
            )
        )
    return [*said, *places_said(found)]


def places_said(found: Freshness) -> list[Said]:
    """What the names of communes and the postal codes tell."""
    said: list[Said] = []
    if found.new_places:
        said.append(
            say(
                "{n} of {all} rows looked at names a commune that has borne this name since {year} at the earliest: the file "
                "is not older.",
                "{n} of {all} rows looked at name a commune that has borne this name since {year} at the earliest: the file "
                "is not older.",
                n=found.new_places,
                all=found.places,
                year=str(found.new_place_year),
            )
        )
    if found.merged_places:
        said.append(
            say(
                "{n} of {all} rows looked at names a commune that has merged into another since 2015: its address was not "
                "renewed.",
                "{n} of {all} rows looked at name communes that have merged into others since 2015: their addresses were not "
                "renewed.",
                n=found.merged_places,
                all=found.places,
            )
        )
    if found.closed_codes:
        said.append(
            say(
                "{n} of {all} rows looked at has a postal code that was withdrawn after 2020.",
                "{n} of {all} rows looked at have postal codes that were withdrawn after 2020.",
                n=found.closed_codes,
                all=found.places,
            )
        )
    return said
