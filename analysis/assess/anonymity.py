"""A table, its quasi-identifiers and a sensitive column in, how well people hide among each other out.

Rows that agree in the quasi-identifiers are an equivalence class. k and the risks are ARX's (reidentification.py);
l-diversity, t-closeness, alpha, beta and delta are defined as pyCANON 1.3 computes them. A missing or
suppressed quasi-identifier is a value of its own, never dropped; a missing sensitive value is none, and every measure is of the
values that are known. p: share of a sensitive value in the table; q: its share in a class.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

import ibis
from ibis import _

from analysis.assess.reidentification import AttackerRisk, Cell, Risks, journalist, marketer, risks
from analysis.classify.cells import bare
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Leak, People, tables
from analysis.resolve.mentions import row_of, slot_of
from analysis.rules import shapes
from analysis.rules.loading import load
from analysis.store import Prepared, Store
from analysis.store.functions import capitals, hash_all, regexp_replace
from analysis.store.rows import Column, Rows

CELLS = "cells of a table"
SUPPRESSED = r"^(\*+|\?+|-+|\.|NA|N/A|NAN|NULL)$"  # what stands for a cell that was suppressed (ARX, sdcMicro, pandas, SAS)


@dataclass(frozen=True, slots=True)
class Diversity:
    """Of one sensitive column. `distinct_l`, `entropy_l` (floored, as pyCANON prints it; `entropy` is exp of the least
    entropy): l-diversity; `recursive_c`: the table is (c, 2)-diverse for every c above it (infinite where a class holds one
    value alone); `alpha`: the largest share of a value in a class; `t`: t-closeness, total variation; `t_ordered`: the same
    for ordered numbers, None where the values are none."""

    distinct_l: int
    entropy_l: int
    entropy: float
    recursive_c: float
    alpha: float
    t: float
    t_ordered: float | None
    basic_beta: float
    enhanced_beta: float
    delta: float


@dataclass(frozen=True, slots=True)
class Anonymity:
    """`by`: positions of the quasi-identifiers."""

    by: tuple[int, ...]
    risks: Risks
    sensitive: int | None = None
    diversity: Diversity | None = None


def missing_of(store: Store, leak: Leak, by: Sequence[int], watch: Watch) -> dict[str, int]:
    """Suppressed cells: by column, rows in which it is missing; and (`rows`) in which any is."""
    raw = store.table(leak.table)
    gone = {leak.columns[at]: (plain(raw[f"c{at}"]) == "") for at in by}
    counts = store.one(
        raw.aggregate(rows=reduce(or_, gone.values()).sum(), **{f"n{at}": gone[leak.columns[at]].sum() for at in by}), watch
    )
    return {"rows": int(counts["rows"] or 0), **{leak.columns[at]: int(counts[f"n{at}"] or 0) for at in by}}


def of_persons(store: Store, leak: Leak, people: People, by: Sequence[int], sensitive: int | None, watch: Watch) -> Anonymity:
    """The same of persons: each by her first row."""
    links = store.table(people.links)
    first = links.filter((links.mention == links.person) & (slot_of(links.mention) == 0)).select(row=row_of(links.mention))
    return anonymity_of(store, leak, by, sensitive, watch, first.row)


def anonymity_of(
    store: Store, leak: Leak, by: Sequence[int], sensitive: int | None, watch: Watch, rows: Column | None = None
) -> Anonymity:
    """Of the rows of a leak, or of some of them (their numbers); columns by position."""
    watch.tell(say("Comparing the rows"), 0.0)
    raw = store.table(leak.table)
    raw = raw if rows is None else raw.filter(raw.rowid().isin(rows))
    told = ibis.literal("") if sensitive is None else plain(raw[f"c{sensitive}"])
    alike = raw.group_by(key=key_of(raw, by), value=told)
    cells = store.keep(tables.Cells, alike.aggregate(n=raw.count()), watch)
    threshold = load(shapes.Severity).reidentification.threshold
    if sensitive is None or not leak.rows:
        sizes = class_sizes(store.table(cells))
        histogram = store.rows(sizes.group_by("size").aggregate(classes=sizes.count()), watch)
        return Anonymity(tuple(by), risks(((int(size), int(n)) for size, n in histogram), threshold))
    watch.tell(say("Comparing the sensitive values"), 0.4)
    worst = store.answer(worst_by_size(), {CELLS: cells}, watch)
    ordered = all(item["numbers"] for item in worst if item["values"])
    t_ordered = store.answer(worst_ordered(), {CELLS: cells}, watch)[0]["t"] if ordered else None
    found = risks(((item["size"], item["classes"]) for item in worst), threshold)
    return Anonymity(tuple(by), found, sensitive, diversity(worst, t_ordered))


def attacker_risks(found: Risks, among: "Among | None") -> dict[str, AttackerRisk]:
    """By attacker. Without a table of the population, the journalist is the prosecutor and the marketer finds a row for each
    class (ARX)."""
    prosecutor = AttackerRisk(found.at_risk, found.highest, found.average)
    told = {"prosecutor": prosecutor, "journalist": prosecutor, "marketer": AttackerRisk(None, None, found.average)}
    if among is not None and among.cells:
        threshold = load(shapes.Severity).reidentification.threshold
        told |= {"journalist": journalist(among.cells, threshold), "marketer": marketer(among.cells)}
    return told


@dataclass(frozen=True, slots=True)
class Among:
    """The classes of a file in a population: `cells` (see `Cell`), and the rows whose class is smaller there than here, or
    absent: a population holds everybody, so for them the file stands for it."""

    people: int
    cells: tuple[Cell, ...]
    unknown_rows: int


def among(store: Store, leak: Leak, by: Sequence[int], population: Leak, places: Sequence[int], watch: Watch) -> Among:
    """`by`: columns of the file; `places`: the same ones of the table of the population."""
    ours, theirs = classes_of(store, leak, by), classes_of(store, population, places)
    joined = ours.left_join(theirs.select("key", people=theirs["size"]), "key")
    held = joined.mutate(people=joined.people.fill_null(0))
    told = held.group_by(
        f=held["size"], people=ibis.greatest(held.people, held["size"]), unknown=held.people < held["size"]
    ).aggregate(n=_.count())
    found = [(int(f), int(people), bool(unknown), int(n)) for f, people, unknown, n in store.rows(told, watch)]
    return Among(
        population.rows, tuple((f, people, n) for f, people, _, n in found), sum(f * n for f, _, unknown, n in found if unknown)
    )


def classes_of(store: Store, leak: Leak, by: Sequence[int]) -> Rows:
    """key, size: the rows that agree in these columns."""
    rows = store.table(leak.table).select(key=key_of(store.table(leak.table), by))
    return rows.group_by("key").aggregate(size=_.count())


def key_of(raw: Rows, by: Sequence[int]) -> Column:
    """One number for the cells of some columns, missing ones too. Case, accents, blanks and a decimal zero tell nobody apart."""
    return hash_all(ibis.struct({f"q{at}": plain(raw[f"c{place}"]) for at, place in enumerate(by)}))


def plain(cell: Column) -> Column:
    """A cell as whoever searches for it would read it; empty where it is missing or suppressed."""
    text = regexp_replace(capitals(bare(cell)).strip(), r"\s+", " ", "g")
    return regexp_replace(regexp_replace(text, r"^(-?\d+)[.,]0+$", r"\1", ""), SUPPRESSED, "", "").fill_null("")


def cells_of() -> Rows:
    """key, value, n rows: the table that the questions below are about."""
    return ibis.table({"key": "uint64", "value": "string", "n": "int64"}, name=CELLS)


def class_sizes(cells: Rows) -> Rows:
    """key, size of each class."""
    return cells.group_by("key").aggregate(size=cells.n.sum().cast("int64"))


def shares_of(cells: Rows) -> Rows:
    """value, p."""
    totals = cells.group_by("value").aggregate(total=cells.n.sum().cast("float64"))
    return totals.select("value", p=totals.total / totals.total.sum().over())


def is_number(value: Column) -> Column:
    number = value.try_cast("float64")
    return (number.notnull() & ~number.isnan() & ~number.isinf()).fill_null(False)


@cache
def worst_by_size() -> Prepared:
    """Of the classes of each size: how many, and the worst of every measure; what follows from the size and these is in
    `diversity`."""
    cells = cells_of()
    known = cells.filter(cells.value != "")  # a missing value adds no diversity; where all are missing nothing is told
    held = class_sizes(known).rename(known="size")
    joined = known.inner_join(held, "key").inner_join(shares_of(known), "value")
    n, p = joined.n, joined.p
    q = n / joined.known
    each = joined.group_by("key").aggregate(
        values=joined.count(),
        most=q.max(),
        entropy=-(q * q.ln()).sum(),
        t=ibis.greatest(q - p, 0).sum(),
        over=(q / p).max(),
        under=(q / p).min(),
        rarest=p.min(),
        numbers=is_number(joined.value).all(),
    )
    every = class_sizes(cells).left_join(each, "key")
    return Prepared.of(
        every.group_by("size").aggregate(
            classes=every.count(),
            values=every["values"].min(),
            most=every.most.max(),
            entropy=every.entropy.min(),
            t=every.t.max(),
            over=every.over.max(),
            under=every.under.min(),
            rarest=every.rarest.min(),
            numbers=every.numbers.all(),
        )
    )


def diversity(worst: list[dict[str, Any]], t_ordered: float | None) -> Diversity | None:
    """The worst over classes of all sizes; None where no sensitive value is known. The total variation is the sum of what q
    exceeds p by, as both add up to one; delta is the largest distance of q / p from one on the scale of logarithms."""
    told = [item for item in worst if item["values"]]
    if not told:
        return None
    over, rarest = max(item["over"] for item in told), min(item["rarest"] for item in told)
    most = max(item["most"] for item in told)
    entropy = math.exp(min(item["entropy"] for item in told))
    return Diversity(
        distinct_l=min(int(item["values"]) for item in told),
        entropy_l=int(entropy + 1e-9),
        entropy=entropy,
        recursive_c=most / (1 - most) if most < 1 else math.inf,
        alpha=most,
        t=max(item["t"] for item in told),
        t_ordered=t_ordered,
        basic_beta=over - 1,
        enhanced_beta=min(over - 1, -math.log(rarest)),
        delta=max(math.log(over), -math.log(min(item["under"] for item in told))),
    )


@cache
def worst_ordered() -> Prepared:
    """t-closeness of m ordered numbers: (1/(m-1)) sum over i of |Q_i - P_i|, Q and P the sums of q and p up to the i-th
    number, the worst class; none for one number.

    Between two numbers of a class Q stands still at c, and P rises through it once: with S_i the sum of P up to i and x the
    last i of a stretch r ... s where P_i <= c, the stretch adds c(x - r + 1) - (S_x - S_(r-1)) + (S_s - S_x) - c(s - x). So a
    class costs what it holds.
    """
    texts = cells_of().filter(ibis._.value != "")
    cells = texts.group_by("key", value=texts.value.try_cast("float64")).aggregate(n=texts.n.sum().cast("int64"))  # 1 and 1.0
    run = ibis.window(order_by="value", preceding=None, following=0)
    shares = shares_of(cells).mutate(rank=ibis.row_number().over(order_by="value") + 1, many=_.count().over())
    numbers = shares.mutate(up=shares.p.sum().over(run)).mutate(total=_.up.sum().over(run))
    totals = numbers.select("rank", "total")
    held = cells.inner_join(class_sizes(cells), "key").inner_join(numbers.select("value", "rank", "many", "up", "total"), "value")
    inside = ibis.window(group_by="key", order_by="value")
    sofar = ibis.window(group_by="key", order_by="value", preceding=None, following=0)
    steps = held.mutate(
        c=held.n.sum().over(sofar) / held["size"],
        before=held.total - held.up,
        last=(held["rank"].lead().over(inside) - 1).fill_null(held.many),
        first=held["rank"].lag().over(inside).isnull(),
    )
    risen = numbers.select(reached="up", at="rank")
    met = steps.asof_join(risen, steps.c >= risen.reached)
    x = ibis.least(ibis.greatest(met["at"].fill_null(0), met["rank"] - 1), met["last"])
    named = met.mutate(x=x)
    ends = named.inner_join(totals.select(last="rank", end="total"), "last").left_join(
        totals.select(x="rank", middle="total"), "x"
    )
    middle: Column = ibis.ifelse(ends.x < ends["rank"], ends.before, ends.middle)
    ahead: Column = ibis.ifelse(ends["first"], ends.before, 0.0)
    below, above = ends.x - ends["rank"] + 1, ends["last"] - ends.x
    stretch = ends.c * (below - above) - middle - middle + ends.before + ends.end + ahead
    each = ends.mutate(stretch=stretch).group_by("key").aggregate(t=_.stretch.sum() / (_.many.max() - 1).nullif(0))
    return Prepared.of(each.aggregate(t=each.t.max()))
