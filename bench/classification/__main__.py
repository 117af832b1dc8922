"""Scores the classification on tables of mimesis that the fit never saw: `python -m bench.classification [TABLES] [SEED]`.

Writes results.md (micro-F1 by state of the header, by case and by kind, false alarms) and confusion.csv.
"""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from analysis.classify.evidence import evidence_of
from analysis.classify.scorer import Model, model_of
from analysis.classify.together import ranked
from analysis.ground.watch import Watch
from analysis.rules.headers import heard
from analysis.rules.kinds import kinds
from analysis.store import Store
from bench.classification.sources import FAKER_FIT, MIMESIS_SCORE, Mimesis
from bench.classification.tables import Table, tables

HERE = Path(__file__).parent
Outcome = tuple[str, str, str, str, float]  # header, case, truth, found, confidence


def case_of(cells: tuple[str, ...]) -> str:
    text = "".join(cells)
    return "upper" if text.isupper() else "lower" if text.islower() else "as written"


def outcomes(made: list[Table], weights: Model | None = None) -> list[Outcome]:
    store = Store()
    found: list[Outcome] = []
    for table in made:
        rows = list(zip(*table.columns, strict=True))
        columns = evidence_of(store, rows, len(table.kinds), Watch())
        named = table.header != "absent"
        told = [(heard(name) if named else None, item.features) for name, item in zip(table.names, columns, strict=True)]
        for cells, truth, item, ranking in zip(table.columns, table.kinds, columns, ranked(told, weights), strict=True):
            if item.cells.real:  # an empty column says nothing
                kind, sure = ranking.best()[0]
                found.append((table.header, case_of(cells), truth, kind, sure))
    store.close()
    return found


def share(found: list[Outcome]) -> float:
    """Micro-F1: with one kind per column it is the share of columns that are right."""
    return sum(truth == kind for _, _, truth, kind, _ in found) / max(len(found), 1)


def unseen(count: int, seed: int) -> dict[str, float]:
    """Micro-F1 by state of the header, where no pattern and no word of the pools was in the fit: weights fitted on one half
    of each pool, scored on the other (minutes)."""
    from tools.fit import fit, made, world

    weights = model_of(fit(made(4000, 7, half=0), world()))
    found = outcomes(list(tables([Mimesis(locale, seed) for locale in MIMESIS_SCORE], count, seed, half=1)), weights)
    return {state: share([item for item in found if item[0] in headers]) for state, headers in STATES}


STATES = (("with headers", ("present",)), ("without", ("absent", "neutral")), ("misleading", ("misleading",)))


def main() -> None:
    count, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 400, int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    made = list(tables([Mimesis(locale, seed) for locale in MIMESIS_SCORE], count, seed))
    found = outcomes(made)
    lines = [
        "# Classification of columns",
        "",
        f"{len(found)} columns of {count} tables in {len(MIMESIS_SCORE)} locales of mimesis, seed {seed}. The weights are "
        f"fitted on Faker in {len(FAKER_FIT)} other locales; words of names, places, streets, jobs and companies are of "
        f"these libraries, patterns of numbers of pools that both share.",
        "",
        "| columns | number | micro-F1 |",
        "| --- | --- | --- |",
    ]
    for header in ("present", "absent", "neutral", "misleading"):
        mine = [item for item in found if item[0] == header]
        lines.append(f"| header {header} | {len(mine)} | {share(mine):.3f} |")
    for case in ("as written", "upper", "lower"):
        mine = [item for item in found if item[1] == case and item[0] == "present"]
        lines.append(f"| header present, {case} | {len(mine)} | {share(mine):.3f} |")
    negative = [item for item in found if item[2] == "none"]
    alarms = [item for item in negative if item[3] != "none"]
    lines.append(f"| not personal: false alarms | {len(negative)} | {len(alarms) / max(len(negative), 1):.3f} |")
    lines += ["", "Patterns and words of the generators that the fit never saw (weights fitted on one half of every pool, "
        "scored on the other): "
              + ", ".join(f"{state} {value:.3f}" for state, value in unseen(count, seed).items()) + "."]  # fmt: skip
    lines += ["", "| kind | columns | recall | precision |", "| --- | --- | --- | --- |"]
    for code in kinds():
        truly, said = [item for item in found if item[2] == code], [item for item in found if item[3] == code]
        right = sum(item[2] == item[3] for item in truly)
        lines.append(f"| {code} | {len(truly)} | {right / max(len(truly), 1):.2f} | {right / max(len(said), 1):.2f} |")
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    wrong = Counter((truth, kind) for _, _, truth, kind, _ in found if truth != kind)
    (HERE / "confusion.csv").write_text(
        "truth,found,columns\n" + "".join(f"{a},{b},{n}\n" for (a, b), n in wrong.most_common()), encoding="utf-8"
    )
    print("\n".join(lines[4:]))


def public_rows() -> list[tuple[str, str, str, bool]]:
    """The same on public tables of source groups that were not fitted on (half an hour)."""
    from bench.classification.world import STATES as SHOWN
    from bench.classification.world import scored, unseen

    found, rows = unseen(), list[tuple[str, str, str, bool]]()
    for state, least, most in (("present", 0.90, 0.015), ("absent", 0.80, 0.025)):
        score, title = scored([item for item in found if item.state == state]), SHOWN[state]
        rows.append(
            (f"kinds of {score.columns} public columns {title}, micro-F1", f"{score.f1:.3f}", f"{least:.2f}", score.f1 >= least)
        )
        alarms = f"false alarms on {score.nobody} public columns about nobody, {title}"
        rows.append((alarms, f"{score.alarms:.3f}", f"{most:.3f}", score.alarms <= most))
        rows.append((f"calibration error on public columns {title}", f"{score.off:.3f}", "0.03", score.off <= 0.03))
    return rows


def measure(folder: Path) -> list[tuple[str, str, str, bool]]:
    """Rows of the table of all figures: accuracy, and the time of wide and of many files."""
    import random
    import subprocess
    import time

    from analysis.classify import classify
    from analysis.read import read

    made = list(tables([Mimesis(locale, 1000) for locale in MIMESIS_SCORE], 400, 1000))
    found = outcomes(made)
    present, absent = (
        [item for item in found if item[0] == "present"],
        [item for item in found if item[0] in ("absent", "neutral")],
    )
    alarms = [item for item in found if item[2] == "none" and item[3] != "none"]
    negative = sum(item[2] == "none" for item in found)
    rows = [
        (
            f"kinds of {len(present)} generated columns with headers, micro-F1",
            f"{share(present):.3f}",
            "0.985",
            share(present) >= 0.985,
        ),
        (
            f"kinds of {len(absent)} generated columns without headers, micro-F1",
            f"{share(absent):.3f}",
            "0.94",
            share(absent) >= 0.94,
        ),
        (
            f"false alarms on {negative} columns that are not personal",
            f"{len(alarms) / negative:.3f}",
            "0.01",
            len(alarms) <= 0.01 * negative,
        ),
    ]
    rows += public_rows()
    rng = random.Random(1)
    wide = folder / "wide.csv"
    clean = (folder / "leak.csv").read_text(encoding="utf-8").split("\n")
    body = clean[1:-1]
    lines = [";".join(rng.choice(body) for _ in range(20)) for _ in range(20_000)]
    wide.write_text(";".join([clean[0]] * 20) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    for name, path, bar in (("758,912 rows of 10 columns", folder / "leak.csv", 1.5), ("20,000 rows of 200 columns", wide, 15.0)):
        spent: list[float] = []
        for _ in range(3):
            store = Store()
            leak = read(store, path, Watch())
            start = time.perf_counter()
            classify(store, leak, date(2026, 11, 1), Watch())
            spent.append(time.perf_counter() - start)
            store.close()
        rows.append((f"classifying {name}", f"{sorted(spent)[1]:.2f} s", f"{bar:g} s", sorted(spent)[1] <= bar))
    small = folder / "small"
    small.mkdir()
    for at in range(100):
        (small / f"{at}.csv").write_text("\n".join([clean[0], *clean[1 + 50 * at : 51 + 50 * at]]) + "\n", encoding="utf-8")
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, str(HERE.parents[1] / "main.py"), "classify", *sorted(small.iterdir()), "--json", folder / "k.jsonl"],
        check=True,
        cwd=HERE.parents[1],
        stdout=subprocess.DEVNULL,
    )
    rate = 100 / (time.perf_counter() - start)
    rows.append(("small files classified per second, whole process", f"{rate:.1f}", "5", rate >= 5))
    return rows


if __name__ == "__main__":
    main()
