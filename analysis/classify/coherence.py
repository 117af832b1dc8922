"""Exposure in, how far its columns agree with each other out: a leak that is real agrees, one that is padded or made up does not."""

from collections.abc import Iterator
from typing import Any, cast

import ibis

from analysis.classify.cells import date_of, text_of
from analysis.functions import fold, last_signs
from analysis.model import Coherence, Exposure, Field
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import Said, say

ROWS = 5_000  # evenly spaced, that are compared


def coherence_said(item: Coherence) -> Said:
    """As a sentence."""
    what = {
        "postal_code_city": say("Postal code and city agree in {share} of {n} rows compared.", share=item.share, n=item.compared),
        "first_name_sex": say("First name and sex agree in {share} of {n} rows compared.", share=item.share, n=item.compared),
        "nir_sex": say("Social-security number and sex agree in {share} of {n} rows compared.", share=item.share, n=item.compared),
        "nir_birth_month": say("Social-security number and month of birth agree in {share} of {n} rows compared.", share=item.share, n=item.compared),
    }  # fmt: skip
    return what[item.name]


def coherence(store: Store, exposure: Exposure, watch: Watch) -> tuple[Coherence, ...]:
    """Each pair of columns that the file has, compared where both cells say something."""
    raw = store.table(exposure.leak.table)
    rows = raw.filter(raw.rowid() % max(1, exposure.leak.rows // ROWS) == 0).limit(ROWS)
    return tuple(
        Coherence(name, int(found["agreeing"] or 0), int(found["compared"] or 0))
        for name, expression in comparisons(store, exposure, rows)
        if (found := store.one(expression, watch))["compared"]
    )


def comparisons(store: Store, exposure: Exposure, rows: Any) -> Iterator[tuple[str, Any]]:
    def cell(field: Field) -> Any:
        return text_of(rows[f"c{field.position}"])

    postal, city, first, sex = (exposure.of_kind(kind) for kind in ("postal_code", "city", "first_name", "sex"))
    number, birth = exposure.of_kind("national_id"), exposure.of_kind("birth_date")
    if postal and city:
        yield "postal_code_city", towns(store, cell(postal), cell(city), rows)
    if first and sex:
        yield "first_name_sex", first_names(store, cell(first), cell(sex), rows)
    if number and number.variant == "fr_nir":
        digits = cell(number).replace(" ", "")
        if sex:
            told = woman(cell(sex))
            yield "nir_sex", agreement(rows, (digits.left(1) == "2") == told, told.notnull())
        if birth:
            month = digits.substr(3, 2)
            yield (
                "nir_birth_month",
                agreement(
                    rows,
                    month == last_signs("0" + date_of(cell(birth), birth.variant).month().cast("string"), 2),
                    month.between("01", "12"),
                ),
            )


def agreement(rows: Any, agrees: Any, compared: Any) -> Any:
    judged = rows.select(agrees=agrees & compared, compared=compared)
    return judged.aggregate(agreeing=judged.agrees.cast("int64").sum(), compared=judged.compared.cast("int64").sum())


def woman(sex: Any) -> Any:
    """True, False, or NULL where the cell does not say."""
    mark = sex.upper().left(1)
    return ibis.cases(
        (mark.isin(["F", "W", "2"]) | (sex.upper() == "MME"), True),
        (mark.isin(["M", "H", "1"]), False),
        else_=ibis.null("boolean"),
    )


def towns(store: Store, postal: Any, city: Any, rows: Any) -> Any:
    """Codes that the reference knows; agreeing where a commune of that code has the name of the cell (the name of a big town
    without its district counts)."""
    places = store.reference("geo_fr")
    asked = (
        rows.select(code=postal, town=fold(city))
        .filter(lambda t: t.town.notnull() & (t.town != ""))
        .mutate(row=ibis.row_number())
    )
    joined = asked.inner_join(places, asked.code == places.postal_code)
    same = joined.select(
        "row",
        same=(joined.folded == joined.town)
        | joined.folded.startswith(joined.town + "EARR")
        | joined.folded.startswith(joined.town + "ERARR")
        | joined.town.startswith(joined.folded),
    )
    judged = same.group_by("row").aggregate(agrees=same.same.cast("int64").max())
    return judged.aggregate(agreeing=judged.agrees.sum(), compared=judged.count())


def first_names(store: Store, first: Any, sex: Any, rows: Any) -> Any:
    """First names that nearly always (95 %) belong to one sex, against the sex of the row."""
    births = store.reference("first_names")
    by_name = (
        births.mutate(folded=fold(births.name))
        .group_by("folded")
        .aggregate(girls=lambda t: cast(Any, ibis.ifelse(t.sex == "f", t.births, 0)).sum(), all=lambda t: t.births.sum())
    )
    sure = by_name.filter((by_name.girls >= 0.95 * by_name["all"]) | (by_name.girls <= 0.05 * by_name["all"]))
    asked = rows.select(name=fold(first), female=woman(sex)).filter(lambda t: t.female.notnull())
    joined = asked.inner_join(sure, asked.name == sure.folded)
    judged = joined.select(agrees=joined.female == (joined.girls * 2 > joined["all"]))
    return judged.aggregate(agreeing=judged.agrees.cast("int64").sum(), compared=judged.count())
