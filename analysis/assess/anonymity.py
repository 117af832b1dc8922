"""A table, its quasi-identifiers and a sensitive column in, how well people hide among each other out.

Rows that agree in the quasi-identifiers are an equivalence class. k and the risks are ARX's (reidentification.py); l-diversity, t-closeness,
alpha, beta and delta are defined as pyCANON 1.3 computes them. A missing value is a value of its own, never dropped. p: share of a
sensitive value in the table; q: its share in a class.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from analysis.assess.reidentification import Cell, Risks, risks
from analysis.assess.severity import rules
from analysis.classify.cells import bare
from analysis.functions import hash_all
from analysis.model import Leak
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import say


@dataclass(frozen=True, slots=True)
class Diversity:
    """Of one sensitive column. `distinct_l`, `entropy_l` (floored, as pyCANON prints it; `entropy` is exp of the least entropy): l-diversity;
    `recursive_c`: the table is (c, 2)-diverse for every c above it (infinite where a class holds one value alone); `alpha`: the largest share of a value
    in a class; `t`: t-closeness, total variation; `t_ordered`: the same for ordered numbers, None where the values are none."""

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


def anonymity(store: Store, leak: Leak, by: Sequence[int], sensitive: int | None, watch: Watch) -> Anonymity:
    """Of the rows of a leak; columns by position."""
    watch.tell(say("Comparing the rows"), 0.0)
    raw = store.table(leak.table)
    told = ibis.literal("") if sensitive is None else bare(raw[f"c{sensitive}"]).fill_null("")
    rows = raw.select(key=key_of(raw, by), value=told)
    cells = store.table(store.keep("cells", rows.group_by("key", "value").aggregate(n=_.count()), watch))
    classes = cells.group_by("key").aggregate(size=_.n.sum().cast("int64"))
    threshold = rules()["reidentification"]["threshold"]
    if sensitive is None or not leak.rows:
        histogram = store.rows(classes.group_by("size").aggregate(classes=_.count()), watch)
        return Anonymity(tuple(by), risks(((int(size), int(n)) for size, n in histogram), threshold))
    watch.tell(say("Comparing the sensitive values"), 0.4)
    shares = cells.group_by("value").aggregate(p=_.n.sum() / float(leak.rows))
    worst = by_size(store, cells, classes, shares, watch)
    t_ordered = ordered(store, cells, classes, shares, watch) if all(item["numbers"] for item in worst) else None
    found = risks(((int(item["size"]), int(item["classes"])) for item in worst), threshold)
    return Anonymity(tuple(by), found, sensitive, diversity(worst, t_ordered))


@dataclass(frozen=True, slots=True)
class Among:
    """The classes of a file in a population: `cells` (see `Cell`), and the rows whose class is smaller there than here, or absent: a population
    holds everybody, so for them the file stands for it."""

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


def classes_of(store: Store, leak: Leak, by: Sequence[int]) -> Any:
    """key, size: the rows that agree in these columns."""
    rows = store.table(leak.table).select(key=key_of(store.table(leak.table), by))
    return rows.group_by("key").aggregate(size=_.count())


def key_of(raw: Any, by: Sequence[int]) -> Any:
    """One number for the cells of some columns, missing ones too."""
    return hash_all(ibis.struct({f"q{at}": bare(raw[f"c{place}"]) for at, place in enumerate(by)}))


def by_size(store: Store, cells: Any, classes: Any, shares: Any, watch: Watch) -> list[dict[str, Any]]:
    """Of the classes of each size: how many, and the worst of every measure. `cells`: key, value, n rows; `classes`: key, size;
    `shares`: value, p. One question, because translating a question takes longer than the answer for some thousand rows."""
    joined = cells.inner_join(classes, "key").inner_join(shares, "value")
    told = joined.select("key", "value", "n", "size", "p", q=joined.n / joined["size"].cast("float64"))
    each = told.group_by("key").aggregate(
        size=told["size"].max(), values=told.count(), entropy=-(told.q * told.q.ln()).sum(), alpha=told.q.max(), t=((told.q - told.p).abs().sum() + 1 - told.p.sum()) / 2,
        most=told.n.max(), rest=told["size"].max() - told.n.max(), beta=((told.q - told.p) / told.p).max(), delta=(told.q / told.p).ln().abs().max(),
        rarest=told.p.min(), numbers=told.value.try_cast("float64").notnull().all(),
    )  # fmt: skip
    worst = each.group_by("size").aggregate(
        classes=each.count(), values=each["values"].min(), entropy=each.entropy.min(), alpha=each.alpha.max(), t=each.t.max(), beta=each.beta.max(), delta=each.delta.max(),
        rarest=each.rarest.min(), alone=(each.rest == 0).sum(), ratio=(each.most / each.rest.nullif(0)).max(), numbers=each.numbers.all(),
    )  # fmt: skip
    return [dict(zip(worst.columns, row, strict=True)) for row in store.rows(worst, watch)]


def diversity(worst: list[dict[str, Any]], t_ordered: float | None) -> Diversity:
    """The worst over classes of all sizes."""
    most = {name: max(float(item[name]) for item in worst) for name in ("alpha", "t", "beta", "delta")}
    entropy = min(float(item["entropy"]) for item in worst)
    alone = any(int(item["alone"]) for item in worst)
    return Diversity(
        distinct_l=min(int(item["values"]) for item in worst),
        entropy_l=int(math.exp(entropy) + 1e-9),
        entropy=math.exp(entropy),
        recursive_c=math.inf if alone else max(float(item["ratio"]) for item in worst),
        alpha=most["alpha"],
        t=most["t"],
        t_ordered=t_ordered,
        basic_beta=most["beta"],
        enhanced_beta=min(most["beta"], -math.log(min(float(item["rarest"]) for item in worst))),
        delta=most["delta"],
    )


def ordered(store: Store, cells: Any, classes: Any, shares: Any, watch: Watch) -> float | None:
    """t-closeness of m ordered numbers: (1/(m-1)) sum over i of |sum over u <= i of (q_u - p_u)|, the worst class. Classes of one
    composition are measured once."""
    numbers = shares.mutate(number=shares.value.try_cast("float64"))
    many = int(store.one(numbers.aggregate(m=numbers.count()), watch)["m"])
    if many < 2:
        return None
    pairs = cells.mutate(mark=hash_all(ibis.struct({"value": cells.value, "n": cells.n})))
    marks = pairs.group_by("key").aggregate(mark=_.mark.bit_xor())
    alike = marks.group_by("mark").aggregate(key=_.key.min()).select("key")
    some = classes.semi_join(alike, "key")
    grid = some.cross_join(numbers.select("value", "p", "number")).left_join(cells, ["key", "value"])
    apart = grid.select("key", "number", apart=_.n.fill_null(0) / _["size"].cast("float64") - _.p)
    run = ibis.window(group_by="key", order_by="number", preceding=None, following=0)
    steps = apart.mutate(sofar=apart.apart.sum().over(run))
    by_class = steps.group_by("key").aggregate(t=_.sofar.abs().sum() / float(many - 1))
    return float(store.one(by_class.aggregate(t=_.t.max()), watch)["t"])
