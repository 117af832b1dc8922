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

from analysis.assess.reidentification import Risks, risks
from analysis.assess.severity import rules
from analysis.classify.cells import text_of
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
    told = ibis.literal("") if sensitive is None else text_of(raw[f"c{sensitive}"]).fill_null("")
    key = hash_all(ibis.struct({f"q{at}": text_of(raw[f"c{at}"]) for at in by}))
    rows = raw.select(key=key, value=told)
    cells = store.table(store.keep("cells", rows.group_by("key", "value").aggregate(n=_.count()), watch))
    classes = store.table(store.keep("classes", cells.group_by("key").aggregate(size=_.n.sum().cast("int64")), watch))
    histogram = store.rows(classes.group_by("size").aggregate(classes=_.count()), watch)
    found = risks(((int(size), int(n)) for size, n in histogram), rules()["reidentification"]["threshold"])
    if sensitive is None or not leak.rows:
        return Anonymity(tuple(by), found)
    watch.tell(say("Comparing the sensitive values"), 0.4)
    return Anonymity(tuple(by), found, sensitive, diversity(store, cells, classes, leak.rows, watch))


def diversity(store: Store, cells: Any, classes: Any, total: int, watch: Watch) -> Diversity:
    """`cells`: key, value, n rows; `classes`: key, size."""
    shares = store.table(store.keep("shares", cells.group_by("value").aggregate(p=_.n.sum() / float(total)), watch))
    q = _.n / _["size"].cast("float64")
    judged = cells.inner_join(classes, "key").inner_join(shares, "value").mutate(q=q)
    by_class = judged.group_by("key").aggregate(
        values=_.count(),
        entropy=-(_.q * _.q.ln()).sum(),
        alpha=_.q.max(),
        t=((_.q - _.p).abs().sum() + 1 - _.p.sum()) / 2,
        most=_.n.max(),
        rest=_["size"].max() - _.n.max(),
        beta=((_.q - _.p) / _.p).max(),
        delta=(_.q / _.p).ln().abs().max(),
        rarest=_.p.min(),
    )
    worst = by_class.aggregate(
        values=_.values.min(), entropy=_.entropy.min(), alpha=_.alpha.max(), t=_.t.max(), beta=_.beta.max(), delta=_.delta.max(),
        alone=(_.rest == 0).sum(), rarest=_.rarest.min(), ratio=(_.most / _.rest.nullif(0)).max(),
    )  # fmt: skip
    found = store.one(worst, watch)
    spread = math.exp(float(found["entropy"]))
    return Diversity(
        distinct_l=int(found["values"]),
        entropy_l=int(spread + 1e-9),
        entropy=spread,
        recursive_c=math.inf if int(found["alone"]) else float(found["ratio"]),
        alpha=float(found["alpha"]),
        t=float(found["t"]),
        t_ordered=ordered(store, cells, classes, shares, watch),
        basic_beta=float(found["beta"]),
        enhanced_beta=min(float(found["beta"]), -math.log(float(found["rarest"]))),
        delta=float(found["delta"]),
    )


def ordered(store: Store, cells: Any, classes: Any, shares: Any, watch: Watch) -> float | None:
    """t-closeness of m ordered numbers: (1/(m-1)) sum over i of |sum over u <= i of (q_u - p_u)|, the worst class. Classes of one
    composition are measured once."""
    numbers = shares.mutate(number=shares.value.try_cast("float64"))
    counts = store.one(numbers.aggregate(m=numbers.count(), told=numbers.number.count()), watch)
    if counts["m"] != counts["told"] or counts["m"] < 2:
        return None
    pairs = cells.mutate(mark=hash_all(ibis.struct({"value": cells.value, "n": cells.n})))
    marks = pairs.group_by("key").aggregate(mark=_.mark.bit_xor())
    alike = marks.group_by("mark").aggregate(key=_.key.min()).select("key")
    some = classes.semi_join(alike, "key")
    grid = some.cross_join(numbers.select("value", "p", "number")).left_join(cells, ["key", "value"])
    apart = grid.select("key", "number", apart=_.n.fill_null(0) / _["size"].cast("float64") - _.p)
    run = ibis.window(group_by="key", order_by="number", preceding=None, following=0)
    steps = apart.mutate(sofar=apart.apart.sum().over(run))
    by_class = steps.group_by("key").aggregate(t=_.sofar.abs().sum() / float(counts["m"] - 1))
    return float(store.one(by_class.aggregate(t=_.t.max()), watch)["t"])
