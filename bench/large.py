"""33,392,128 different rows, 44 hospitals one after the other, from the file to the JSON at the exact level: `python -m
bench.large [FILE]` (a quarter of an hour; FILE: such a file that is there already). Writes large.md."""

import json
import platform
import sys
import tempfile
from pathlib import Path

from analysis.synth import hospital, write_hospital
from bench.__main__ import ROWS, TOP, run

HOSPITALS, SEED = 44, 3001


def made(path: Path, folder: Path) -> None:
    """Each hospital with its own people; the numbers of its patients begin with its own number."""
    with path.open("w", encoding="utf-8") as out:
        for at in range(HOSPITALS):
            part = folder / "part.csv"
            write_hospital(hospital(ROWS, SEED + at), part, None)
            head, _, body = part.read_text(encoding="utf-8").partition("\n")
            if not at:
                out.write(head + "\n")
            out.write(body.replace("HF", f"H{at + 1}-"))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        leak = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "large.csv"
        if not leak.exists():
            made(leak, folder)
        used = run(
            [sys.executable, TOP / "main.py", "analyze", leak, "--link", "exact", "--attackers", "--json", folder / "a.json"]
        )
        found = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    people, seconds = found["people"], found["timings"]
    stages = ", ".join(f"{stage} {seconds[stage]:.0f} s" for stage in ("read", "classify", "resolve", "assess", "singling"))
    lines = [
        "# 33 million different rows", "",
        f"`analyze --link exact --attackers --json` on {platform.machine()}, one run, {leak.stat().st_size / 1e9:.1f} GB of "
            f"CSV." if leak.exists() else "", "",
        "| what | measured | bar | |", "| --- | --- | --- | --- |",
        f"| rows | {people['rows']:,} | – | |",
        f"| persons | {people['low']:,} – {people['best']:,} – {people['high']:,} | – | |",
        f"| the whole process | {used.seconds:.0f} s ({stages}) | – | |",
        f"| peak memory, scores of every person among it | {used.peak / 1024:.2f} GiB | 4 GiB | "
            f"{'reached' if used.peak <= 4096 else '**missed**'} |",
    ]  # fmt: skip
    (TOP / "bench" / "large.md").write_text("\n".join(line for line in lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
