"""Runs every measurement and writes bench/results.md: whole processes, alternated with their yardstick, medians of several
runs."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.assess import measure as measure_assess
from bench.classification.__main__ import measure as measure_classification
from bench.linkage.__main__ import measure as measure_linkage
from bench.reading import measure as measure_reading
from bench.sensitive import measure as measure_texts

TOP = Path(__file__).parents[1]
ROWS, SEED, RUNS = 758_912, 2024, 5
PANDAS = "import pandas, sys; print(len(pandas.read_csv(sys.argv[1], sep=';', dtype=str)))"
TEMPLATE = TOP / "resources" / "incidents" / "hospital_2024.toml"


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: wall seconds and peak memory (MiB)."""

    seconds: float
    peak: float


def run(command: Sequence[object]) -> Run:
    """Waits for the process and asks the system what it used."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "en_US.UTF-8"}
    start = time.perf_counter()
    child = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, env=environment, cwd=TOP)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {command}")
    return Run(seconds, used.ru_maxrss / 1024)


def alternated(ours: Sequence[object], theirs: Sequence[object]) -> tuple[list[Run], list[Run]]:
    """A B A B ..., after one warm-up of each."""
    run(ours), run(theirs)
    pairs = [(run(ours), run(theirs)) for _ in range(RUNS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def middle(runs: list[Run]) -> float:
    return statistics.median(item.seconds for item in runs)


def main() -> None:
    """Everything; or the parts that are named, whose lines take the place of the earlier ones."""
    parts = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        rows = some(Path(folder), parts) if parts else measure(Path(folder))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    told = {what: f"| {what} | {value} | {bar} | {'reached' if good else '**missed**'} |" for what, value, bar, good in rows}
    results = TOP / "bench" / "results.md"
    kept = results.read_text(encoding="utf-8").splitlines() if parts else []
    lines = [told.pop(next((what for what in told if line.startswith(f"| {what} |")), ""), line) for line in kept]
    if not parts:
        lines = ["# Measured", "", f"By `make bench` on {machine}; medians of {RUNS} runs, whole processes, alternated with the "
            f"yardstick.", "",
                 "| what | measured | bar | |", "| --- | --- | --- | --- |"]  # fmt: skip
    lines += told.values()
    results.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(line for line in lines if not kept or line not in kept))


def some(folder: Path, parts: Sequence[str]) -> list[tuple[str, str, str, bool]]:
    """The figures of `reading`, `linkage`, `assess`, `classification` or `texts`."""
    leak = folder / "leak.csv"
    run([sys.executable, TOP / "main.py", "synth", "--patients", ROWS, "--seed", SEED, "--out", leak])
    known = {
        "reading": lambda: measure_reading(leak, folder),
        "linkage": lambda: measure_linkage(leak, folder),
        "assess": lambda: measure_assess(leak),
        "classification": lambda: measure_classification(folder),
        "texts": measure_texts,
    }
    return [row for part in parts for row in known[part]()]


def measure(folder: Path) -> list[tuple[str, str, str, bool]]:
    leak, key, out = folder / "leak.csv", folder / "key.parquet", folder / "a.json"
    python, front = sys.executable, TOP / "main.py"
    synth = run([python, front, "synth", "--patients", ROWS, "--seed", SEED, "--out", leak, "--answer-key", key])
    analyze = [python, front, "analyze", leak, "--incident", TEMPLATE, "--json", out]
    ours, theirs = alternated(analyze, [python, "-c", PANDAS, leak])
    found = json.loads(out.read_text(encoding="utf-8"))
    excel, plain = alternated([*analyze, "--excel", folder / "s.xlsx"], analyze)
    ratio = statistics.median(a.seconds / b.seconds for a, b in zip(ours, theirs, strict=True))
    more = statistics.median(a.seconds - b.seconds for a, b in zip(excel, plain, strict=True))
    peak = max(item.peak for item in ours)
    rows = [
        (f"writing a fictional hospital of {ROWS:,} rows", f"{synth.seconds:.1f} s", "8 s", synth.seconds <= 8),
        (f"`analyze --json` of {ROWS:,} rows against `pandas.read_csv`", f"{ratio:.2f} times ({middle(ours):.1f} s against "
            f"{middle(theirs):.1f} s)", "2.5 times", ratio <= 2.5),
        ("its peak memory", f"{peak / 1024:.2f} GiB", "1.5 GiB", peak <= 1536),
        ("`--excel` on top", f"{more:.1f} s", "2 s", more <= 2),
    ]  # fmt: skip
    rows += truth(found, key)
    window = json.loads(subprocess.run([python, "-m", "bench.window", leak], capture_output=True, text=True, check=True, cwd=TOP,
                                       env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).stdout.splitlines()[-1])  # fmt: skip
    rows += [
        ("window painted after the start of the process", f"{window['visible']:.2f} s", "1 s", window["visible"] <= 1),
        ("longest time the window did not answer during the "
            "analysis", f"{window['longest'] * 1000:.0f} ms", "100 ms", window["longest"] <= 0.1),
        ("99 % of its answers came within", f"{window['p99'] * 1000:.0f} ms", "100 ms", window["p99"] <= 0.1),
        ("a cancel took effect after", f"{window['cancel'] * 1000:.0f} ms", "500 ms", window["cancel"] <= 0.5),
        ("scrolling to a page of persons far away, until its cells are "
            "there", f"{window['scroll'] * 1000:.0f} ms", "100 ms", window["scroll"] <= 0.1),
        ("a change of the incident, until every number on screen is right", f"{window['incident'] * 1000:.0f} ms (charts "
            f"too: {window['incident_charts'] * 1000:.0f} ms)", "300 ms", window["incident"] <= 0.3),
        ("a what-if answer on screen", f"{window['what_if'] * 1000:.0f} ms", "200 ms", window["what_if"] <= 0.2),
        ("a filter that leaves a fifth of the people or fewer, until figures and charts on screen are right",
            f"{window['filter'] * 1000:.0f} ms (nearly everybody: {window['filter_most'] * 1000:.0f} ms)", "400 ms", window["filter"] <= 0.4),
        ("the list of people ordered by a number",
            f"{window['sort_number'] * 1000:.0f} ms (by a text: {window['sort_text'] * 1000:.0f} ms)", "300 ms", window["sort_text"] <= 0.3),
        ("a person who is typed, until the hits are on screen", f"{window['find'] * 1000:.0f} ms", "300 ms", window["find"] <= 0.3),
    ]  # fmt: skip
    rows += measure_assess(leak)
    rows += measure_classification(folder) + measure_texts()
    return rows + measure_linkage(leak, folder) + measure_reading(leak, folder)


def truth(found: dict, key: Path) -> list[tuple[str, str, str, bool]]:
    """The answer key compared with the analysis of the full file."""
    import numpy as np
    import pyarrow.parquet as pq

    table = pq.read_table(key)
    persons = len(set(table["person"].to_pylist()))
    kinds = table.column_names[2:]
    right = sum(field["kind"] == kind for field, kind in zip(found["fields"], kinds, strict=True))
    people = found["people"]
    worst = 0.0
    for field, kind in zip(found["fields"], kinds, strict=True):
        statuses = np.bincount(table[kind].to_numpy(), minlength=4)
        for name, status in (("malformed", 2), ("placeholder", 3)):
            truly = int(statuses[status])
            worst = max(worst, abs(field[name] - truly) / max(truly, 1)) if truly or field[name] else worst
    inside = people["low"] <= persons <= people["high"]
    return [
        ("fields recognized", f"{right} of {len(kinds)}", "10 of 10", right == len(kinds)),
        (
            "true head-count in the interval",
            f"{persons:,} in {people['low']:,} – {people['best']:,} – {people['high']:,}",
            "inside",
            inside,
        ),
        (
            "width of the interval",
            f"{(people['high'] - people['low']) / persons:.2%}",
            "2 %",
            (people["high"] - people["low"]) / persons <= 0.02,
        ),
        ("worst error of a count of malformed or placeholder cells", f"{worst:.3%}", "0.1 %", worst <= 0.001),
    ]


if __name__ == "__main__":
    main()
