"""A file in, whom its rows are about as other tools say: exact keys, Splink with the settings of its own documentation, recordlinkage.

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

from analysis.resolve.linking import Groups
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


def splink_settings(columns: list[str]) -> tuple[Any, list[Any], Any]:
    """Settings, the columns whose agreement trains the model, and the rules of the first estimate: for Febrl those of Splink's demonstration "Linking
    the febrl4 datasets" and "febrl3", for our file those of "Deduplicate 50k rows historical persons", with the columns' own names."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    if "soc_sec_id" in columns:
        comparisons = [
            cl.NameComparison("given_name"), cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ]  # fmt: skip
        blocks = [
            block_on("soc_sec_id"),
            block_on("given_name"),
            block_on("surname"),
            block_on("date_of_birth"),
            block_on("postcode"),
        ]
        train = [block_on("date_of_birth"), block_on("postcode")]
        sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    else:
        comparisons = [cl.NameComparison("prenom").configure(term_frequency_adjustments=True), cl.NameComparison("nom").configure(term_frequency_adjustments=True),
                       cl.DateOfBirthComparison("date_naissance", input_is_string=True, datetime_format="%d/%m/%Y")]  # fmt: skip
        if "email" in columns:
            comparisons += [cl.EmailComparison("email"), cl.ExactMatch("telephone")]
        if "code_postal" in columns:
            comparisons.append(cl.ExactMatch("code_postal").configure(term_frequency_adjustments=True))
        blocks = [block_on("prenom", "nom"), block_on("nom", "date_naissance"), block_on("prenom", "date_naissance")]
        blocks += [block_on("email"), block_on("telephone")] if "email" in columns else []
        train = [block_on("prenom", "nom"), block_on("date_naissance")]
        sure = [block_on("prenom", "nom", "date_naissance")]
    settings = SettingsCreator(link_type="dedupe_only", unique_id_column_name="at", comparisons=comparisons, blocking_rules_to_generate_predictions=blocks)  # fmt: skip
    return settings, train, sure


def splink(rows: Rows) -> list[int]:
    """Its documented steps, and clusters at a probability of 0.95, as its demonstrations draw them."""
    import pandas as pd
    from splink import DuckDBAPI, Linker

    api: Any = DuckDBAPI()
    frame = pd.DataFrame([{"at": at, **{key: value or None for key, value in row.items()}} for at, row in enumerate(rows)])
    settings, train, sure = splink_settings(list(rows[0]))
    linker = Linker(api.register(frame), settings, log_level=logging.CRITICAL)
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in train:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    made = linker.inference.predict(threshold_match_probability=0.95)
    found = made.as_pandas_dataframe()
    return groups_of(len(rows), zip(found["at_l"].astype(int), found["at_r"].astype(int), strict=True))


def recordlinkage(rows: Rows, path: Path, folder: Path) -> list[int]:
    out = folder / "pairs.json"
    python = environment("recordlinkage", HERE / "peers" / "recordlinkage.lock", folder)
    subprocess.run(
        [python, HERE / "peers" / "__main__.py", path, out], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return groups_of(len(rows), (tuple(pair) for pair in json.loads(out.read_text())["pairs"]))


TOOLS: dict[str, Callable[[Rows, Path, Path], list[int]]] = {
    "exact keys": lambda rows, *_: exact_keys(rows),
    "Splink 5.0.0, its documented settings": lambda rows, *_: splink(rows),
    "recordlinkage 0.16, its documented steps": recordlinkage,
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
                 "Pairs of rows that are one person. Splink and recordlinkage are told the columns and how to compare them, by the recipes that their own",
                 "documentation shows (`yardsticks.py`); Ampleur is told nothing.", "",
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
                results.append((tool, work(rows, whole, kept), time.perf_counter() - start))
            for tool, groups, seconds in results:
                p, r, f = scored(groups, truth)
                lines.append(f"| {name} | {tool} | {p:.4f} | {r:.4f} | {f:.4f} | {seconds:.1f} |")
                print(lines[-1], flush=True)
        (HERE / "yardsticks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
