"""Exposure in, how far its columns agree with each other out: a leak that is real agrees, one that is padded or made up does not
more than its cells would in any order."""

from collections.abc import Callable, Iterator
from functools import partial

import ibis

from analysis.classify.births import folded_births
from analysis.classify.cells import date_of, national_digits, text_of
from analysis.ground.watch import Watch
from analysis.ground.words import Said, say
from analysis.model import Coherence, Exposure, Field, Leak
from analysis.model.tables import GeoFr
from analysis.rules.loading import load
from analysis.rules.shapes import Values
from analysis.store import Store
from analysis.store.functions import fold, last_signs, regexp_replace
from analysis.store.rows import Column, Rows

ROWS = 2_500  # evenly spaced, that are compared: a share is known to 2 points
Compare = Callable[[Rows], Rows]  # pairs (one, other, shifted) in, `agrees` (NULL: not compared) beside `shifted` out
APART = 17  # rows between two cells that are compared to know how many agree by chance
GIVEN = 0.5  # a first name fits a decade in which it was given at least half as often as in all decades together
WHAT = {
    "postal_code_city": say("Postal code and city"),
    "first_name_sex": say("First name and sex"),
    "first_name_decade": say("First name and decade of birth"),
    "nir_sex": say("Social-security number and sex"),
    "nir_birth_month": say("Social-security number and month of birth"),
    "nir_birth_place": say("Social-security number and place of birth"),
    "phone_postal_code": say("Landline zone and postal code"),
}


def coherence_said(item: Coherence) -> Said:
    """As a sentence."""
    return say(
        "{what} agree in {share} of {n} rows compared (by chance: {chance}).",
        what=WHAT[item.name],
        share=item.share,
        n=item.compared,
        chance=item.chance,
    )


def coherence(store: Store, exposure: Exposure, rows: Rows, watch: Watch) -> tuple[Coherence, ...]:
    """Each pair of columns that the file has, compared where both cells say something, and once more with the second cell
    taken from another row."""
    asked: list[Rows] = []  # one question of many parts: the engine answers them side by side
    for name, first, second, compare in comparisons(store, exposure):
        one, other = cell(rows, first), cell(rows, second)
        pairs = rows.select(one=one, other=other, shifted=False).union(
            rows.select(one=one, other=other.lead(APART), shifted=True)
        )
        judged = compare(pairs)
        counts = judged.group_by("shifted").aggregate(agreeing=judged.agrees.cast("int64").sum(), compared=judged.agrees.count())
        asked.append(counts.select("shifted", "agreeing", "compared", name=ibis.literal(name)))
    found = {
        (name, shifted): (int(agreeing or 0), int(compared))
        for shifted, agreeing, compared, name in (store.rows(ibis.union(*asked), watch) if asked else ())
    }
    names = [name for name in WHAT if found.get((name, False), (0, 0))[1]]
    chances = {name: found.get((name, True), (0, 0)) for name in names}
    return tuple(Coherence(name, *found[name, False], chances[name][0] / max(chances[name][1], 1)) for name in names)


def sampled(store: Store, leak: Leak, watch: Watch) -> Rows:
    """Evenly spaced rows, kept: they are asked many times."""
    return store.table(store.spread(leak.table, leak.rows, ROWS, watch))


def comparisons(store: Store, exposure: Exposure) -> Iterator[tuple[str, Field, Field, Compare]]:
    """Name, the two columns, and what judges their pairs of cells."""
    postal, city, first, sex, phone = (exposure.of_kind(kind) for kind in ("postal_code", "city", "first_name", "sex", "phone"))
    number, birth, born_in = (exposure.of_kind(kind) for kind in ("national_id", "birth_date", "birth_place"))
    if postal and city:
        yield "postal_code_city", postal, city, partial(towns, store)
    if first and sex:
        yield "first_name_sex", first, sex, partial(first_names, store)
    if first and birth:
        yield "first_name_decade", first, birth, partial(decades, store, birth.variant)
    if phone and postal:
        yield "phone_postal_code", phone, postal, partial(zones, store)
    if number and number.variant == "fr_nir":
        if sex:
            yield "nir_sex", number, sex, nir_sex
        if birth:
            yield "nir_birth_month", number, birth, partial(nir_month, birth.variant)
        if born_in:
            yield "nir_birth_place", number, born_in, partial(nir_place, store)


def cell(rows: Rows, field: Field) -> Column:
    return text_of(rows[f"c{field.position}"])


def nir_sex(pairs: Rows) -> Rows:
    return pairs.select("shifted", agrees=(pairs.one.left(1) == "2") == woman(pairs.other))


def nir_month(layout: str, pairs: Rows) -> Rows:
    month = pairs.one.replace(" ", "").substr(3, 2)
    born = date_of(pairs.other, layout).month().cast("string")
    return pairs.filter(month.between("01", "12")).select("shifted", agrees=month == last_signs("0" + born, 2))


def nir_place(store: Store, pairs: Rows) -> Rows:
    """The département of the number against the communes of that name; people born abroad (99) are left out."""
    communes = store.reference(GeoFr)
    whole = regexp_replace(communes.folded, "ER?ARRONDISSEMENT$", "", "")
    known = communes.select("department", folded=whole).distinct()
    asked = pairs.select("shifted", code=pairs.one.replace(" ", "").substr(5, 2), town=fold(pairs.other)).mutate(
        row=ibis.row_number()
    )
    joined = asked.filter(asked.code != "99").inner_join(known.rename(town="folded"), "town")
    return joined.group_by("shifted", "row").aggregate(agrees=(joined.code == joined.department.left(2)).cast("int64").max())


def departments(store: Store) -> Rows:
    """postal_code, department: the département where most people of a code live."""
    return store.reference(GeoFr).group_by("postal_code").aggregate(department=lambda t: t.department.argmax(t.population))


def zones(store: Store, pairs: Rows) -> Rows:
    """The zone of a French landline (01 to 05) against the département of the postal code."""
    places = departments(store)
    digits = national_digits(pairs.one)
    asked = pairs.select("shifted", zone=digits.left(2), digits=digits, postal_code=pairs.other)
    landlines = asked.filter(asked.zone.between("01", "05") & (asked.digits.length() == 10))
    joined = landlines.inner_join(places, "postal_code")
    expected = ibis.cases(*((joined.department.isin(codes), zone) for zone, codes in load(Values).zones.items()), else_="")
    return joined.select("shifted", agrees=joined.zone == expected)


def decades(store: Store, layout: str, pairs: Rows) -> Rows:
    """First names that are known against the decade of birth (Insee: births of each name by decade)."""
    births = folded_births(store)
    named = births.group_by("folded").aggregate(all=births.births.sum())
    by_decade = births.group_by("decade").aggregate(born=births.births.sum())
    total = store.one(births.aggregate(n=births.births.sum()))["n"]
    given = births.group_by("folded", "decade").aggregate(n=births.births.sum())
    born = date_of(pairs.other, layout)
    asked = pairs.select("shifted", folded=fold(pairs.one), decade=(born.year() - 1) // 10 * 10 + 1)
    known = asked.filter(asked.decade.between(1901, 2011)).inner_join(named, "folded").inner_join(by_decade, "decade")
    joined = known.left_join(given, ["folded", "decade"])
    return joined.select("shifted", agrees=joined.n.fill_null(0) * float(total) >= GIVEN * joined["all"] * joined.born)


def woman(sex: Column) -> Column:
    """True, False, or NULL where the cell does not say."""
    mark = sex.upper().left(1)
    return ibis.cases(
        (mark.isin(["F", "W", "2"]) | (sex.upper() == "MME"), True),
        (mark.isin(["M", "H", "1"]), False),
        else_=ibis.null("boolean"),
    )


def towns(store: Store, pairs: Rows) -> Rows:
    """Codes that the reference knows; agreeing where a commune of that code has the name of the cell (the name of a big town
    without its district counts)."""
    places = store.reference(GeoFr).select("postal_code", "folded")
    asked = pairs.select("shifted", postal_code=pairs.one, town=fold(pairs.other)).mutate(row=ibis.row_number())
    joined = asked.filter(asked.town != "").inner_join(places, "postal_code")
    same = (
        (joined.folded == joined.town)
        | joined.folded.startswith(joined.town + "EARR")
        | joined.folded.startswith(joined.town + "ERARR")
        | joined.town.startswith(joined.folded)
    )
    judged = joined.select("shifted", "row", same=same.cast("int64"))
    return judged.group_by("shifted", "row").aggregate(agrees=judged.same.max())


def first_names(store: Store, pairs: Rows) -> Rows:
    """First names that nearly always (95 %) belong to one sex, against the sex of the row."""
    births = folded_births(store)
    by_name = births.group_by("folded").aggregate(
        girls=lambda t: ibis.ifelse(t.sex == "f", t.births, 0).sum(), all=lambda t: t.births.sum()
    )
    sure = by_name.filter((by_name.girls >= 0.95 * by_name["all"]) | (by_name.girls <= 0.05 * by_name["all"]))
    joined = pairs.select("shifted", folded=fold(pairs.one), female=woman(pairs.other)).inner_join(sure, "folded")
    return joined.select("shifted", agrees=joined.female == (joined.girls * 2 > joined["all"]))
