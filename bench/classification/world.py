"""Scores the classification on public tables of source groups that it was not fitted on: `python -m bench.classification.world`.

Five times the weights are fitted anew on the generated tables and four fifths of the source groups, and judge the last fifth
(half an hour). Writes world.md (by header, by kind, by group), world.csv (the confusions).
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.classify.scorer import Model, model_of
from analysis.classify.together import calibrated, ranked
from tools.fit import FOLDS, Judged, fit, made, start_of, states, world

HERE = Path(__file__).parent
# Personal kinds that raise no alarm on a table about nobody: naming a place or a company there is no harm.
QUIET = frozenset(
    ("none", "title", "city", "region", "country", "postal_code", "address", "geo", "organization", "url", "free_text", "phone")
    + ("email", "occupation", "nationality")
)
COUNT = 2_000  # generated tables of each fit
STATES = {"present": "with headers", "absent": "without headers", "bare": "headers alone"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One column: whether it was right (an accepted label counts), and how sure the program was."""

    state: str
    group: str
    persons: bool
    truth: str
    found: str
    right: bool
    sure: float


@dataclass(frozen=True, slots=True)
class Score:
    """Micro-F1 over the kinds but `none`; false alarms: share of the columns about nobody with a personal kind; `off`: expected
    calibration error over ten bins."""

    columns: int
    f1: float
    precision: float
    recall: float
    alarms: float
    nobody: int
    off: float


def verdicts(tables: Sequence[Judged], model: Model) -> list[Verdict]:
    found: list[Verdict] = []
    for table in tables:
        for state in states(table):
            for at, ranking in enumerate(ranked(state.columns, model)):
                if state.kinds[at] in model.kinds:
                    kind, probability = ranking.best()[0]
                    sure = min(calibrated(probability, model), 0.99)
                    right = kind in state.accepted[at]
                    found.append(Verdict(state.state, table.group, table.persons, state.kinds[at], kind, right, sure))
    return found


def scored(found: Sequence[Verdict]) -> Score:
    """As the measure of the corpus scores: an accepted label that is not the first one counts neither for nor against."""
    hits = sum(item.found == item.truth != "none" for item in found)
    wrong = [item for item in found if not item.right]
    false, missed = sum(item.found != "none" for item in wrong), sum(item.truth != "none" for item in wrong)
    nobody = [item for item in found if not item.persons]
    alarms = sum(item.found not in QUIET and not item.right for item in nobody)
    bins: dict[int, list[Verdict]] = defaultdict(list)
    for item in found:
        bins[min(int(item.sure * 10), 9)].append(item)
    off = sum(abs(sum(item.sure - item.right for item in part)) for part in bins.values()) / max(len(found), 1)
    return Score(
        len(found),
        2 * hits / max(2 * hits + false + missed, 1),
        hits / max(hits + false, 1),
        hits / max(hits + missed, 1),
        alarms / max(len(nobody), 1),
        len(nobody),
        off,
    )


@cache
def drawn(count: int) -> tuple[list[Judged], dict[str, list[float]]]:
    """The generated tables, and the sum as they alone would have it (the same for every fold)."""
    generated = made(count, 7)
    return generated, start_of(generated)


def of_fold(fold: int, count: int) -> list[Verdict]:
    """The verdicts on one fifth of the groups, by weights that were fitted on the others."""
    every, (generated, start) = world(), drawn(count)
    model = model_of(fit(generated, [table for table in every if table.fold != fold], start))
    return verdicts([table for table in every if table.fold == fold], model)


def unseen(count: int = COUNT) -> list[Verdict]:
    """The verdicts of all five folds."""
    with ProcessPoolExecutor(2) as pool:
        return [item for part in pool.map(of_fold, range(FOLDS), [count] * FOLDS) for item in part]


def lines_of(found: Sequence[Verdict]) -> list[str]:
    lines = ["| public tables, five folds | columns | micro-F1 | precision | recall | false alarms | calibration error |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for state, title in STATES.items():
        score = scored([item for item in found if item.state == state])
        shown = f"{score.f1:.3f} | {score.precision:.3f} | {score.recall:.3f} | {score.alarms:.3f} of {score.nobody}"
        lines.append(f"| {title} | {score.columns} | {shown} | {score.off:.3f} |")
    return lines


def table_of(found: Sequence[Verdict], by: str, title: str) -> list[str]:
    """Right of all, with and without headers, by an attribute of the verdicts."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in found:
        if item.state != "bare":
            parts[getattr(item, by)].update({item.state: 1, f"{item.state} right": int(item.right)})
    lines = [f"| {title} | columns | right with headers | without |", "| --- | --- | --- | --- |"]
    for name, part in sorted(parts.items(), key=lambda item: -item[1]["present"]):
        shares = " | ".join(f"{part[f'{state} right'] / max(part[state], 1):.2f}" for state in ("present", "absent"))
        lines.append(f"| {name} | {part['present']} | {shares} |")
    return lines


def main() -> None:
    found = unseen(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    lines = lines_of(found)
    print("\n".join(lines))
    lines += ["", *table_of(found, "truth", "kind"), "", *table_of(found, "group", "source group")]
    text = "# Classification of public columns\n\nFitted on four fifths of the source groups, scored on the last.\n\n"
    (HERE / "world.md").write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    wrong = Counter((item.state, item.truth, item.found) for item in found if not item.right)
    rows = "".join(f"{state},{truth},{kind},{count}\n" for (state, truth, kind), count in wrong.most_common())
    (HERE / "world.csv").write_text("headers,truth,found,columns\n" + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
