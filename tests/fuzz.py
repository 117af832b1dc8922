"""Damages every format in many ways and reads the result: `python -m tests.fuzz [INPUTS] [SEED] [FORMAT ...]`. Prints one
line per format; two at a time, each with readers that are forked instead of started (nursery.py).

A refusal in a sentence or a balanced ledger, within the time limit: anything else ends the run with status 1.
"""

import os
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.watch import Watch
from analysis.read import read
from analysis.store import Store
from tests.mutate import mutated
from tests.wrapped import FORMATS

LONGEST = 20.0  # seconds that one input may take


def attempt(store: Store, path: Path) -> str:
    """`read`, or the code of the refusal. Raises whatever else comes out, what the engine itself refused included."""
    try:
        found = read(store, path, Watch())
    except Trouble as trouble:
        if trouble.code == "engine":
            raise
        return trouble.code
    assert all(sheet.ledger.balanced for sheet in found.sheets)
    for sheet in found.sheets:
        (count,) = store.rows(store.table(sheet.table).aggregate(n=store.table(sheet.table).count()))[0]
        assert count == sheet.ledger.rows, (count, sheet.ledger)
        store.drop(sheet.table)
        store.drop(sheet.notes)
    return "read"


def run(names: list[str], inputs: int, seed: int) -> int:
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        store = Store(root=Path(folder) / "vault")
        for name in names:
            made = FORMATS[name]()
            content = made.encode() if isinstance(made, str) else made
            outcomes: Counter[str] = Counter()
            slowest = 0.0
            for at in range(inputs):
                rng = random.Random(zlib.crc32(f"{name} {seed} {at}".encode()))
                path = Path(folder) / f"leak-{name}"
                path.write_bytes(mutated(content, rng))
                start = time.perf_counter()
                try:
                    outcomes[attempt(store, path)] += 1
                except (Exception, Cancelled) as error:
                    bad += 1
                    print(f"FAILED {name} seed {seed} input {at}: {type(error).__name__} {error}", flush=True)
                spent = time.perf_counter() - start
                slowest = max(slowest, spent)
                if spent > LONGEST:
                    bad += 1
                    print(f"SLOW {name} seed {seed} input {at}: {spent:.0f} s", flush=True)
            left = [item.name for item in Path(folder).iterdir() if item.name not in ("vault", f"leak-{name}")]
            bad += bool(left)
            path.unlink(missing_ok=True)
            print(f"{name:16} {inputs} inputs, slowest {slowest:.1f} s, {dict(outcomes.most_common())} {left or ''}", flush=True)
        store.close()
    return bad


def forked(name: str, inputs: int, seed: int) -> int:
    """One format in a process of its own."""
    from tests.nursery import Nursery

    with tempfile.TemporaryDirectory() as folder:
        nursery = Nursery(Path(folder))
        try:
            return run([name], inputs, seed)
        finally:
            nursery.close()


if __name__ == "__main__":
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        found = [pool.submit(forked, name, inputs, seed) for name in sys.argv[3:] or FORMATS]
        sys.exit(sum(item.result() for item in found) > 0)
