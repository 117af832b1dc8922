"""A sample of the table in, evidence per column out: shares of cells that pass each test. All of it in the engine."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.selectors as selectors

from analysis.classify.cells import FIRST_BIRTH, date_of, one_of, text_of, valid
from analysis.functions import fold
from analysis.kinds import kinds, value_rules
from analysis.store import Store
from analysis.watch import Watch

SAMPLE_ROWS = 1_000
SAMPLE_CELLS = 400_000
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts over the sampled cells of one column. `passes`: kind -> cells; `layouts`: date layout -> cells."""

    filled: int
    distinct: int
    placeholders: int
    passes: dict[str, int]
    layouts: dict[str, int]
    spread: int  # years between the earliest and the latest date
    latest: int  # year of the latest date
    first_names: int
    surnames: int
    cities: int

    @property
    def real(self) -> int:
        return max(self.filled - self.placeholders, 0)

    def share(self, count: int) -> float:
        return count / self.real if self.real else 0.0


def gather(store: Store, table: str, width: int, rows: int, today: date, watch: Watch) -> list[Evidence]:
    """One Evidence per column, from evenly spaced rows (the same ones each time)."""
    cells = sample(store, table, width, rows)
    names = store.reference("names")
    cities = store.reference("geo_fr")
    counted = tests(cells, today)
    found = {values[0]: dict(zip(counted.columns, values, strict=True)) for values in store.rows(counted, watch)}
    listed = {values[0]: values[1:] for values in store.rows(lists(cells, names, cities), watch)}
    return [evidence(found.get(f"c{at}"), listed.get(f"c{at}", (0, 0, 0))) for at in range(width)]


def sample(store: Store, table: str, width: int, rows: int) -> Any:
    """Column name and trimmed text of the sampled cells, one row each; empty cells left out."""
    wanted = max(200, min(SAMPLE_ROWS, SAMPLE_CELLS // max(width, 1)))
    step = max(1, rows // wanted)
    source = store.table(table)
    chosen = source.filter(source.rowid() % step == 0).limit(wanted * 2)
    long = chosen.pivot_longer(selectors.all(), names_to="column", values_to="cell")
    return long.mutate(cell=text_of(long.cell)).filter(lambda t: t.cell.notnull())


def tests(cells: Any, today: date) -> Any:
    """Every pattern of every kind, counted by column."""
    rules = value_rules()
    text = cells.cell
    placeholder = one_of(text, rules.placeholders["none"])
    counts: dict[str, Any] = {
        "filled": text.count(),
        "distinct": text.nunique(),
        "placeholders": placeholder.sum(),
    }
    for code in kinds():
        if code in ("none", "birth_date"):
            continue
        counts[f"kind_{code}"] = (valid(text, code, "", today) & ~placeholder).sum()
    for at, item in enumerate(rules.dates):
        day = date_of(text, item.layout)
        good = day.notnull() & (day >= FIRST_BIRTH) & (day <= today)
        counts[f"date_{at}"] = good.sum()
        year: Any = ibis.ifelse(good, day.year(), ibis.null("int32"))
        counts[f"first_{at}"], counts[f"last_{at}"] = year.quantile(0.02), year.quantile(0.98)
    return cells.group_by("column").aggregate(**counts)


def lists(cells: Any, names: Any, cities: Any) -> Any:
    """Cells that are known first names, surnames, communes: hits by column (folded: case and accents do not matter)."""
    folded = cells.mutate(folded=fold(cells.cell)).filter(lambda t: t.folded.length() > 1)
    firsts, lasts = names.filter(names["first"] > 0), names.filter(names["last"] > 0)
    return folded.group_by("column").aggregate(
        first_names=folded.folded.isin(firsts.name).sum(),
        surnames=folded.folded.isin(lasts.name).sum(),
        cities=folded.folded.isin(cities.folded).sum(),
    )


def evidence(row: dict[str, Any] | None, hits: tuple[Any, ...]) -> Evidence:
    if row is None:
        return Evidence(0, 0, 0, {}, {}, 0, 0, 0, 0, 0)
    layouts = {item.layout: int(row[f"date_{at}"] or 0) for at, item in enumerate(value_rules().dates)}
    best = max(range(len(layouts)), key=lambda at: (int(row[f"date_{at}"] or 0), -at))
    first, last = row[f"first_{best}"], row[f"last_{best}"]
    return Evidence(
        filled=int(row["filled"]),
        distinct=int(row["distinct"]),
        placeholders=int(row["placeholders"] or 0),
        passes={key[5:]: int(value or 0) for key, value in row.items() if key.startswith("kind_")},
        layouts=layouts,
        spread=int(last - first) if first is not None else 0,
        latest=int(last) if last is not None else 0,
        first_names=int(hits[0] or 0),
        surnames=int(hits[1] or 0),
        cities=int(hits[2] or 0),
    )
