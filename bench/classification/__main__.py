"""Scores the classification on tables of mimesis that the fit never saw: `python -m bench.classification [TABLES] [SEED]`.

Writes results.md (micro-F1 by state of the header, by case and by kind, false alarms) and confusion.csv.
"""

import sys
from collections import Counter
from pathlib import Path

from analysis.classify.evidence import columns_of, lists, words_of
from analysis.classify.scorer import ranked
from analysis.classify.values import features
from analysis.kinds import kinds
from analysis.store import Store
from analysis.watch import Watch
from bench.classification.sources import MIMESIS_SCORE, Mimesis
from bench.classification.tables import Table, tables

HERE = Path(__file__).parent
Outcome = tuple[str, str, str, str, float]  # header, case, truth, found, confidence


def case_of(cells: tuple[str, ...]) -> str:
    text = "".join(cells)
    return "upper" if text.isupper() else "lower" if text.islower() else "as written"


def outcomes(made: list[Table]) -> list[Outcome]:
    store = Store()
    found: list[Outcome] = []
    for table in made:
        columns = columns_of(list(zip(*table.columns, strict=True)), len(table.columns))
        known = lists(store, {word for item in columns for text in item.counts for word in words_of(text)}, Watch())
        shares = [features(item, known) for item in columns]
        rankings = ranked(list(zip(table.names, shares, strict=True)), table.header != "absent")
        for cells, truth, item, ranking in zip(table.columns, table.kinds, columns, rankings, strict=True):
            if item.real:  # an empty column says nothing
                kind, sure = ranking.best()[0]
                found.append((table.header, case_of(cells), truth, kind, sure))
    store.close()
    return found


def share(found: list[Outcome]) -> float:
    """Micro-F1: with one kind per column it is the share of columns that are right."""
    return sum(truth == kind for _, _, truth, kind, _ in found) / max(len(found), 1)


def main() -> None:
    count, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 400, int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    made = list(tables([Mimesis(locale, seed) for locale in MIMESIS_SCORE], count, seed))
    found = outcomes(made)
    lines = [
        "# Classification of columns",
        "",
        f"{len(found)} columns of {count} tables in {len(MIMESIS_SCORE)} locales of mimesis (the weights are fitted on Faker), seed {seed}.",
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


if __name__ == "__main__":
    main()
