"""Exposure in, how far its columns agree with each other out: a leak that is real agrees, one that is padded or made up does not
more than its cells would in any order."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import ibis

from analysis.classify.cells import date_of, text_of
from analysis.functions import fold, last_signs, regexp_replace
from analysis.kinds import value_rules
from analysis.model import Coherence, Exposure, Field
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import Said, say

ROWS = 5_000  # evenly spaced, that are compared
APART = 17  # rows between two cells that are compared to know how many agree by chance
GIVEN = 0.5  # a first name fits a decade in which it was given at least half as often as in all decades together
WHAT = {
    "postal_code_city": say("Postal code and city"), "first_name_sex": say("First name and sex"),
    "first_name_decade": say("First name and decade of birth"), "nir_sex": say("Social-security number and sex"),
    "nir_birth_month": say("Social-security number and month of birth"), "nir_birth_place": say("Social-security number and place of birth"),
    "phone_postal_code": say("Landline zone and postal code"),
}  # fmt: skip


def coherence_said(item: Coherence) -> Said:
    """As a sentence."""
    return say("{what} agree in {share} of {n} rows compared (by chance: {chance}).",
               what=WHAT[item.name], share=item.share, n=item.compared, chance=item.chance)  # fmt: skip


def coherence(store: Store, exposure: Exposure, watch: Watch) -> tuple[Coherence, ...]:
    """Each pair of columns that the file has, compared where both cells say something, and once more with the second cell taken from
    another row."""
    raw = store.table(exposure.leak.table)
    rows = raw.filter(raw.rowid() % max(1, exposure.leak.rows // ROWS) == 0).limit(ROWS)
    found: list[Coherence] = []
    for name, second, compare in comparisons(store, exposure):
        own = store.one(compare(rows), watch)
        if not own["compared"]:
            continue
        column = f"c{second.position}"
        other = store.one(compare(rows.mutate(**{column: rows[column].lead(APART)})), watch)
        chance = int(other["agreeing"] or 0) / int(other["compared"]) if other["compared"] else 0.0
        found.append(Coherence(name, int(own["agreeing"] or 0), int(own["compared"]), chance))
    return tuple(found)


Compare = Callable[[Any], Any]


def comparisons(store: Store, exposure: Exposure) -> Iterator[tuple[str, Field, Compare]]:
    """Name, the second of the two columns, and what counts `agreeing` and `compared` of rows."""
    postal, city, first, sex, phone = (exposure.of_kind(kind) for kind in ("postal_code", "city", "first_name", "sex", "phone"))
    number, birth, born_in = (exposure.of_kind(kind) for kind in ("national_id", "birth_date", "birth_place"))
    if postal and city:
        yield "postal_code_city", city, lambda rows: towns(store, cell(rows, postal), cell(rows, city), rows)
    if first and sex:
        yield "first_name_sex", sex, lambda rows: first_names(store, cell(rows, first), cell(rows, sex), rows)
    if first and birth:
        yield "first_name_decade", birth, lambda rows: decades(store, cell(rows, first), day(rows, birth), rows)
    if phone and postal:
        yield "phone_postal_code", postal, lambda rows: zones(store, cell(rows, phone), cell(rows, postal), rows)
    if number and number.variant == "fr_nir":
        if sex:
            yield "nir_sex", sex, lambda rows: nir_sex(rows, nir(rows, number), cell(rows, sex))
        if birth:
            yield "nir_birth_month", birth, lambda rows: nir_month(rows, nir(rows, number), day(rows, birth))
        if born_in:
            yield "nir_birth_place", born_in, lambda rows: nir_place(store, rows, nir(rows, number), cell(rows, born_in))


def cell(rows: Any, field: Field) -> Any:
    return text_of(rows[f"c{field.position}"])


def day(rows: Any, field: Field) -> Any:
    return date_of(cell(rows, field), field.variant)


def nir(rows: Any, field: Field) -> Any:
    return cell(rows, field).replace(" ", "")


def nir_sex(rows: Any, digits: Any, sex: Any) -> Any:
    told = woman(sex)
    return agreement(rows, (digits.left(1) == "2") == told, told.notnull())


def nir_month(rows: Any, digits: Any, born: Any) -> Any:
    month = digits.substr(3, 2)
    return agreement(rows, month == last_signs("0" + born.month().cast("string"), 2), month.between("01", "12") & born.notnull())


def nir_place(store: Store, rows: Any, digits: Any, place: Any) -> Any:
    """The département of the number against the communes of that name; people born abroad (99) are left out."""
    communes = store.reference("geo_fr")
    whole = regexp_replace(communes.folded, "ER?ARRONDISSEMENT$", "", "")
    known = communes.select("department", folded=whole).distinct()
    asked = rows.select(code=digits.substr(5, 2), town=fold(place)).mutate(row=ibis.row_number()).filter(lambda t: t.code != "99")
    joined = asked.inner_join(known, asked.town == known.folded)
    judged = joined.group_by("row").aggregate(agrees=(joined.code == joined.department.left(2)).cast("int64").max())
    return judged.aggregate(agreeing=judged.agrees.sum(), compared=judged.count())


def zones(store: Store, phone: Any, postal: Any, rows: Any) -> Any:
    """The zone of a French landline (01 to 05) against the département of the postal code."""
    places = store.reference("geo_fr").group_by("postal_code").aggregate(department=lambda t: t.department.argmax(t.population))
    digits = regexp_replace(regexp_replace(phone, r"[^0-9+]", "", "g"), r"^(\+|00)33(0)?", "0", "")
    asked = rows.select(zone=digits.left(2), digits=digits, code=postal).filter(lambda t: t.zone.between("01", "05"))
    joined = asked.filter(asked.digits.length() == 10).inner_join(places, asked.code == places.postal_code)
    expected = ibis.cases(*((joined.department.isin(codes), zone) for zone, codes in value_rules().zones.items()), else_="")
    judged = joined.select(agrees=joined.zone == expected)
    return judged.aggregate(agreeing=judged.agrees.cast("int64").sum(), compared=judged.count())


def decades(store: Store, first: Any, born: Any, rows: Any) -> Any:
    """First names that are known against the decade of birth (Insee: births of each name by decade)."""
    births = store.reference("first_names").mutate(folded=lambda t: fold(t.name))
    named = births.group_by("folded").aggregate(all=births.births.sum())
    by_decade = births.group_by("decade").aggregate(born=births.births.sum())
    total = store.one(births.aggregate(n=births.births.sum()))["n"]
    cells = births.group_by("folded", "decade").aggregate(n=births.births.sum())
    asked = rows.select(name=fold(first), decade=(born.year() - 1) // 10 * 10 + 1).filter(lambda t: t.decade.between(1901, 2011))
    joined = asked.inner_join(named, asked.name == named.folded).inner_join(by_decade, "decade")
    joined = joined.left_join(cells, [joined.name == cells.folded, joined.decade == cells.decade])
    judged = joined.select(agrees=joined.n.fill_null(0) * float(total) >= GIVEN * joined["all"] * joined.born)
    return judged.aggregate(agreeing=judged.agrees.cast("int64").sum(), compared=judged.count())


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
