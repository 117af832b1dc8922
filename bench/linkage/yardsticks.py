"""A file in, whom its rows are about as other tools say: exact keys, Splink with the settings of its own documentation,
recordlinkage.

`python -m bench.linkage.yardsticks [FOLDER]` writes yardsticks.md beside our own figures; recordlinkage is installed by its own lock into an
environment under FOLDER (kept there). Febrl's files as in `bench.linkage`.
"""

import csv
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.resolve.by_rule import Groups
from bench.linkage.__main__ import counted, febrl_files, scored
from bench.linkage.people import PROFILES, people, text
from bench.peers import environment

HERE = Path(__file__).parent
Rows = list[dict[str, str]]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        sign = ";" if ";" in file.readline() else ","
        file.seek(0)
        return list(csv.DictReader(file, delimiter=sign, skipinitialspace=True))


def groups_of(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    groups = Groups()
    for a, b in pairs:
        groups.merge(a, b)
    return [groups.find(at) for at in range(count)]


def exact_keys(rows: Rows) -> list[int]:
    """First name, last name and birth date agree letter for letter, but for case; empty ones with nobody."""
    names = [name for name in rows[0] if name in ("given_name", "surname", "date_of_birth", "nom", "prenom", "date_naissance")]
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for at, row in enumerate(rows):
        key = tuple(row[name].strip().lower() for name in names)
        found.append(seen.setdefault(key, at) if all(key) else at)
    return found


def febrl_recipe() -> tuple[dict[str, Any], list[Any], list[Any], float]:
    """Settings, rules of the first estimate, columns whose agreement trains the model, assumed recall: Splink's demonstration
    "Deduplicating the febrl3 dataset"."""
    import splink.comparison_library as cl
    from splink import block_on

    comparisons = [
        cl.NameComparison("given_name"), cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"), cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True), cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ]  # fmt: skip
    blocks = [block_on(name) for name in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")]
    swapped = "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth"
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"), swapped]
    return (
        {"comparisons": comparisons, "blocking_rules_to_generate_predictions": blocks},
        sure,
        [block_on("date_of_birth"), block_on("postcode")],
        0.9,
    )


def persons_recipe(columns: list[str]) -> tuple[dict[str, Any], list[Any], list[Any], float]:
    """The same of the demonstration "Linking a dataset of real historical persons", for our own columns: a French postal code
    is compared as a birth place is there, e-mail and phone as Splink's library says."""
    import splink.comparison_library as cl
    from splink import block_on

    first, last, born, place = "prenom", "nom", "date_naissance", "code_postal"
    comparisons: list[Any] = [
        cl.ForenameSurnameComparison(first, last, forename_surname_concat_col_name="whole_name"),
        cl.DateOfBirthComparison(born, input_is_string=True, datetime_format="%d/%m/%Y"),
    ]
    blocks = [block_on(f"substr({first},1,3)", f"substr({last},1,4)"), block_on(last, born), block_on(first, born),
              block_on(f"substr({first},1,2)", f"substr({last},1,2)", f"substr({born},7,4)")]  # fmt: skip
    sure = [block_on(first, last, born)]
    if place in columns:
        comparisons.append(cl.ExactMatch(place).configure(term_frequency_adjustments=True))
        blocks += [block_on(place, first), block_on(place, last)]
        blocks += [block_on(f"substr({place},1,3)", name) for name in (born, first, last)]
        sure += [block_on(f"substr({first},1,2)", last, f"substr({place},1,2)"), block_on(born, place)]
    if "email" in columns:
        comparisons += [cl.EmailComparison("email"), cl.ExactMatch("telephone")]
    return (
        {"comparisons": comparisons, "blocking_rules_to_generate_predictions": blocks},
        sure,
        [block_on(first, last), block_on(born)],
        0.6,
    )


THRESHOLDS = (0.2, 0.5, 0.8, 0.95, 0.99)


def splink(rows: Rows, truth: list[Any]) -> list[int]:
    """Its documented steps; connected pairs at whichever of `THRESHOLDS` (its demonstrations use 0.2 and 0.95) is best by the
    truth."""
    import pandas as pd
    from splink import DuckDBAPI, Linker, SettingsCreator

    api: Any = DuckDBAPI()
    frame = pd.DataFrame([{"at": at, **{key: value or None for key, value in row.items()}} for at, row in enumerate(rows)])
    settings, sure, train, recall = febrl_recipe() if "soc_sec_id" in rows[0] else persons_recipe(list(rows[0]))
    if "nom" in frame:
        frame["whole_name"] = frame["prenom"] + " " + frame["nom"]
    linker = Linker(
        api.register(frame),
        SettingsCreator(link_type="dedupe_only", unique_id_column_name="at", **settings),
        log_level=logging.CRITICAL,
    )
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6)
    for rule in train:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    found = linker.inference.predict(threshold_match_probability=THRESHOLDS[0]).as_pandas_dataframe()

    def clusters(threshold: float) -> list[int]:
        near = found[found["match_probability"] >= threshold]
        return groups_of(len(rows), zip(near["at_l"].astype(int), near["at_r"].astype(int), strict=True))

    return max(map(clusters, THRESHOLDS), key=lambda groups: scored(groups, truth)[2])


def recordlinkage(rows: Rows, path: Path, folder: Path) -> list[int]:
    out = folder / "pairs.json"
    python = environment("recordlinkage", HERE / "peers" / "recordlinkage.lock", folder)
    subprocess.run(
        [python, HERE / "peers" / "__main__.py", path, out], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return groups_of(len(rows), (tuple(pair) for pair in json.loads(out.read_text())["pairs"]))


TOOLS: dict[str, Callable[[Rows, Path, Path, list[Any]], list[int]]] = {
    "exact keys": lambda rows, *_: exact_keys(rows),
    "Splink 5.0.0, its documented settings": lambda rows, _path, _folder, truth: splink(rows, truth),
    "recordlinkage 0.16, its documented steps": lambda rows, path, folder, _: recordlinkage(rows, path, folder),
}


def files(folder: Path) -> Iterable[tuple[str, list[Path], list[Any]]]:
    made = people(10_000, 77)
    for profile in ("hospital", "no contact", "names and date"):
        assert {"last", "first", "born"} <= set(PROFILES[profile])
        path = folder / f"{profile}.csv"
        path.write_text(text(made, profile), encoding="utf-8")
        yield f"French, {profile}", [path], list(made.truth)
    if source := os.environ.get("FEBRL"):
        yield from febrl_files(folder, Path(source))


def main() -> None:
    with tempfile.TemporaryDirectory() as fresh:
        kept, folder = Path(sys.argv[1] if len(sys.argv) > 1 else fresh).absolute(), Path(fresh)
        lines = ["# Persons: other tools on the same files", "",
                 "Pairs of rows that are one person. Splink and recordlinkage are told the columns and how to compare them, "
                     "by the recipes that their own",
                 "documentation shows (`yardsticks.py`), and Splink at the threshold that is best by the truth; Ampleur is "
                     "told nothing.", "",
                 "| file | tool | precision | recall | F1 | seconds |", "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
        for name, paths, truth in files(folder):
            whole = paths[0] if len(paths) == 1 else folder / "whole.csv"
            if len(paths) > 1:  # one after the other, as one file
                texts = [path.read_text(encoding="utf-8").splitlines() for path in paths]
                whole.write_text(
                    "\n".join([texts[0][0], *(line for part in texts for line in part[1:])]) + "\n", encoding="utf-8"
                )
            rows = rows_of(whole)
            results = [("**Ampleur**", *counted(paths, "full")[1:])]
            for tool, work in TOOLS.items():
                start = time.perf_counter()
                results.append((tool, work(rows, whole, kept, truth), time.perf_counter() - start))
            for tool, groups, seconds in results:
                p, r, f = scored(groups, truth)
                lines.append(f"| {name} | {tool} | {p:.4f} | {r:.4f} | {f:.4f} | {seconds:.1f} |")
                print(lines[-1], flush=True)
        (HERE / "yardsticks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
