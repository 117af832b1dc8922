"""Our measures of anonymity beside pyCANON's, on the same rows: `python -m bench.anonymity [ROWS,...] [FOLDER]`. Writes
results.md.

pyCANON is installed by its own lock into FOLDER (kept there for the next time). The table: sex and postal code of the
fictional hospital, with an invented service (text) and an invented cost class (number).
"""

import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.assess.anonymity import anonymity_of
from analysis.ground.watch import Watch
from analysis.pipeline import prepare
from analysis.read import read
from analysis.store import Store
from analysis.synth import hospital, write_hospital

HERE = Path(__file__).parent
SERVICES = ["cardiologie", "gériatrie", "maternité", "oncologie", "pédiatrie", "psychiatrie", "urgences"]
RUNS = 9
MEASURES = ("k", "alpha", "distinct_l", "entropy_l", "t", "basic_beta", "enhanced_beta", "delta")


def written(rows: int, path: Path) -> None:
    """Small postal codes are put together by their first two digits, so that classes have several rows."""
    whole, rng = path.with_name("hospital.csv"), random.Random(7)
    write_hospital(hospital(rows, 2024), whole, None)
    names, *lines = whole.read_text(encoding="utf-8").splitlines()
    at = [names.split(";").index(name) for name in ("SEXE", "CODE_POSTAL")]
    with path.open("w", encoding="utf-8") as out:
        out.write("SEXE;CODE_POSTAL;SERVICE;COUT\n")
        for line in lines[:rows]:
            sex, code = (line.split(";")[place] for place in at)
            cost = min(int(rng.expovariate(0.2)) + 1, 40)
            out.write(f"{sex or 'X'};{code[:2] or '00'};{rng.choices(SERVICES, range(7, 0, -1))[0]};{cost}\n")


def ours(path: Path, at: int) -> dict[str, float]:
    """Of one sensitive column, in a store of its own; the imports are done, as pyCANON's are."""
    store = Store()
    leak = read(store, path, Watch())
    start = time.perf_counter()
    item = anonymity_of(store, leak, (0, 1), at, Watch())
    seconds = time.perf_counter() - start
    store.close()
    told = item.diversity
    assert told is not None
    measures = {name: getattr(told, name) for name in MEASURES if name not in ("k", "t")}
    return {"k": item.risks.k, "t": told.t if told.t_ordered is None else told.t_ordered, **measures, "seconds": seconds}


def python_of(folder: Path) -> Path:
    python = folder / "pycanon" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", HERE / "pycanon.lock"], check=True)
    return python


def compared(path: Path, python: Path, runs: int) -> dict[str, list[tuple[dict[str, float], dict[str, float]]]]:
    """Sensitive column -> ours and theirs, one after the other, `runs` times."""
    found: dict[str, list[tuple[dict[str, float], dict[str, float]]]] = {}
    with subprocess.Popen([python, HERE / "peer.py", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin and peer.stdout
        for column, at in (("SERVICE", 2), ("COUT", 3)) * runs:
            mine = ours(path, at)
            print(column, file=peer.stdin, flush=True)
            found.setdefault(column, []).append((mine, json.loads(peer.stdout.readline())))
    return found


def main() -> None:
    sizes = [int(size) for size in sys.argv[1].split(",")] if len(sys.argv) > 1 else [20_000, 758_912]
    lines = ["# Anonymity beside pyCANON 1.3.6", "",
             "Sex and département of the fictional hospital against an invented service (text) and an invented cost class "
                 "(ordered numbers).",
             f"Medians of {RUNS} runs of ours and theirs in turn (3 of the large table); in brackets our first run of a "
                 f"process.", "",
             "| rows | sensitive | " + " | ".join(MEASURES) + " | the same | ours | pyCANON | times faster |",
             "| --- " * (len(MEASURES) + 6) + "|"]  # fmt: skip
    prepare()
    with tempfile.TemporaryDirectory() as fresh:
        python = python_of(Path(sys.argv[2]).absolute() if len(sys.argv) > 2 else Path(fresh))
        for rows in sizes:
            path = Path(fresh) / "table.csv"
            written(rows, path)
            for column, pairs in compared(path, python, RUNS if rows < 100_000 else 3).items():
                same = all(
                    math.isclose(mine[name], peer[name], rel_tol=1e-9, abs_tol=1e-12) for mine, peer in pairs for name in MEASURES
                )
                figures = " | ".join(f"{pairs[0][0][name]:g}" for name in MEASURES)
                first, mine, peer = (
                    pairs[0][0]["seconds"],
                    *(statistics.median(pair[side]["seconds"] for pair in pairs) for side in (0, 1)),
                )
                times = f"{1000 * mine:.0f} ms ({1000 * first:.0f}) | {peer:.1f} s | {peer / mine:.0f}"
                lines.append(f"| {rows:,} | {column} | {figures} | {'yes' if same else '**no**'} | {times} |")
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[4:]))


if __name__ == "__main__":
    main()
