"""What `analysis.read` costs, each reading alternated with its yardstick in one process; and what it makes of dirty files."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from analysis.classify import classify, decided
from analysis.ground.watch import Watch
from analysis.read import read
from analysis.store import Store
from analysis.store.gate import Shape
from bench.ragged import ragged
from tests import pollution

TOP = Path(__file__).parents[1]
RUNS = 5
Row = tuple[str, str, str, bool]


class Plain:
    """The file as the engine's own reader is given it."""

    size = 1 << 40

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self):
        return self._path.open("rb")


def seconds(work: Callable[[Store], object]) -> float:
    store = Store()
    start = time.perf_counter()
    work(store)
    spent = time.perf_counter() - start
    store.close()
    return spent


def against_the_engine(path: Path, clean: Path, columns: int) -> float:
    """Median ratio of our reading of `path` to the engine's `read_csv` of the clean file into the same kind of store."""
    shape = Shape(";", '"', '"', 1)
    ratios: list[float] = []
    for _ in range(RUNS + 1):
        theirs = seconds(lambda store: store.read_delimited("t", Plain(clean), columns, shape, Watch()))
        ours = seconds(lambda store: read(store, path, Watch()))
        ratios.append(ours / theirs)
    return statistics.median(ratios[1:])


def whole(path: Path) -> tuple[float, float, int]:
    """Seconds, peak MiB (with the child's) and rows of `inspect` as a process of its own."""
    from bench.__main__ import run

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "o.jsonl"
        spent = run([sys.executable, TOP / "main.py", "inspect", path, "--json", out])
        found = json.loads(out.read_text(encoding="utf-8"))
    return spent.seconds, spent.peak, found["ledger"]["kept"]


def dirty() -> tuple[float, float, int, int]:
    """Pollock's simple score and header F1 over every pollution of three clean tables and three seeds; files, not loaded."""
    totals: list[float] = []
    headers: list[float] = []
    failed = 0
    store = Store()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leak.csv"
        for seed in (11, 12, 13):
            for case in pollution.polluted(seed):
                path.write_bytes(case.content)
                try:
                    found = read(store, path, Watch())
                    rows = [tuple(cell or "" for cell in row) for row in store.rows(store.table(found.table))]
                    scores = pollution.scores(found.columns if found.dialect.header else (), rows, case)
                except Exception:
                    failed, scores = failed + 1, {}
                totals.append(sum(scores.values()))
                headers.append(scores.get("header_f1", 0.0))
    store.close()
    return statistics.mean(totals), statistics.mean(headers), len(totals), failed


def measure(clean: Path, folder: Path) -> list[Row]:
    text = clean.read_text(encoding="utf-8")
    columns = text.split("\n", 1)[0].count(";") + 1
    western, wide, rough = folder / "cp1252.csv", folder / "utf16.csv", folder / "ragged.csv"
    western.write_bytes(text.encode("cp1252", "replace"))
    wide.write_bytes(text.encode("utf-16"))
    rough.write_text(ragged(text, 0.03, seed=1), encoding="utf-8")
    rows: list[Row] = []
    for name, path, bar in (
        ("clean UTF-8", clean, 1.2),
        ("Windows-1252", western, 2.0),
        ("UTF-16", wide, 2.0),
        ("3 % ragged lines", rough, 2.0),
    ):
        ratio = against_the_engine(path, clean, columns)
        rows.append(
            (
                f"reading 758,912 rows, {name}, against the engine's `read_csv`",
                f"{ratio:.2f} times",
                f"{bar:g} times",
                ratio <= bar,
            )
        )
    simple, header, files, failed = dirty()
    rows.append(
        (f"polluted files of our generator ({files}), simple score, told nothing", f"{simple:.3f}", "9.75", simple >= 9.75)
    )
    rows.append(("their header F1", f"{header:.3f}", "0.85", header >= 0.85))
    rows.append(("of them not loaded", str(failed), "0", failed == 0))
    book = folder / "leak.xlsx"
    subprocess.run(
        [sys.executable, TOP / "main.py", "convert", clean, "--out", book], check=True, cwd=TOP, stdout=subprocess.DEVNULL
    )
    spent, _, kept = whole(book)
    rows.append((f"a workbook of {kept:,} rows", f"{spent:.1f} s", "15 s", spent <= 15))
    book.unlink()
    dump = folder / "leak.sql"
    size = write_dump(text, dump, 1_000_000_000)
    spent, _, kept = whole(dump)
    rows.append((f"a MySQL dump of {size / 1e9:.2f} GB, {kept:,} rows", f"{spent:.1f} s", "60 s", spent <= 60))
    dump.unlink()
    large = folder / "large.csv"
    head, _, body = text.partition("\n")
    with large.open("w", encoding="utf-8") as file:
        file.write(head + "\n")
        for _ in range(44):
            file.write(body)
    spent, peak, kept = whole(large)
    rows += classified(clean, large)
    large.unlink()
    rows.append((f"peak memory for {kept:,} rows ({spent:.0f} s)", f"{peak / 1024:.2f} GiB", "2 GiB", peak <= 2048))
    return rows


def classified(small: Path, large: Path) -> list[Row]:
    """What each column of a file of any size is taken for, from a bounded sample; and the pass that counts every cell of the
    large one."""
    spent: list[float] = []
    for path in (small, large):
        with closing(Store(on_disk=path is large)) as store:
            leak = read(store, path, Watch())
            times = [timed(lambda store=store, leak=leak: decided(store, leak, Watch())) for _ in range(RUNS)]
            spent.append(statistics.median(times))
            whole_pass = timed(lambda store=store, leak=leak: classify(store, leak, date(2026, 11, 1), Watch()))
    ratio = spent[1] / spent[0]
    name = f"kinds of {leak.rows:,} rows, decided on a sample, against those of 758,912"
    told = f"{ratio:.2f} times ({spent[1]:.2f} s against {spent[0]:.2f} s); counting every cell as well: {whole_pass:.0f} s"
    return [(name, told, "2 times", ratio <= 2)]


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write_dump(text: str, path: Path, size: int) -> int:
    """An invented dump as mysqldump writes it, of at least so many bytes."""
    head, *lines = text.rstrip("\n").split("\n")
    names = ", ".join(f"`{name}` varchar(120) DEFAULT NULL" for name in head.split(";"))

    def literal(cell: str) -> str:
        return "'" + cell.replace("\\", "\\\\").replace("'", "\\'") + "'" if cell else "NULL"

    with path.open("w", encoding="utf-8") as file:
        file.write(f"-- MySQL dump 10.13\nCREATE TABLE `patients` ({names}) ENGINE=InnoDB;\n")
        rows = ["(" + ",".join(map(literal, line.split(";"))) + ")" for line in lines]
        while file.tell() < size:
            for start in range(0, len(rows), 5000):
                file.write("INSERT INTO `patients` VALUES " + ",".join(rows[start : start + 5000]) + ";\n")
                if file.tell() >= size:
                    break
        return file.tell()
