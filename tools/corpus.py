"""The development corpus in, `bench/classification/corpus.parquet` out: numbers by which anybody can fit the same weights again.

`python -m tools.corpus FOLDER`. One row per column: its table, source, group, label and the features that classify/ computes; no
cell and no name of a column.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.classify.evidence import gather
from analysis.ground.watch import Watch
from analysis.model import Asked
from analysis.read import read
from analysis.rules.headers import heard
from analysis.store import Store

OUT = Path(__file__).parents[1] / "bench" / "classification" / "corpus.parquet"
SCHEMA = pa.schema([
    ("table", pa.string()), ("group", pa.string()), ("source", pa.string()), ("blob", pa.string()), ("language", pa.string()),
    ("persons", pa.bool_()), ("position", pa.int16()), ("label", pa.string()), ("also", pa.list_(pa.string())),
    ("named", pa.bool_()), ("headers", pa.list_(pa.string())), ("scores", pa.list_(pa.float32())),
    ("features", pa.list_(pa.string())), ("values", pa.list_(pa.float32())),
])  # fmt: skip


def labels(folder: Path) -> dict[str, Any]:
    """Table -> its entry (source, group, columns ...)."""
    found: dict[str, Any] = {}
    for part in sorted((folder / "labels").glob("*.json")):
        found |= json.loads(part.read_text(encoding="utf-8"))
    return found


def rows_of(folder: Path, name: str, entry: dict[str, Any]) -> list[dict[str, Any]]:
    store = Store()
    leak = read(store, folder / "tables" / f"{name}.csv", Watch(), Asked(header=1))
    evidence = gather(store, leak.table, len(leak.columns), leak.rows, Watch())
    store.close()
    found: list[dict[str, Any]] = []
    for at, (column, item, told) in enumerate(zip(leak.columns, evidence, entry["columns"], strict=True)):
        header, features = heard(column), {key: value for key, value in item.features.items() if value}
        found.append({
            "table": name, "group": entry["group"], "source": entry["source"], "blob": entry["blob"], "language": entry["language"],
            "persons": entry["persons"], "position": at, "label": told["label"], "also": told.get("also", []),
            "named": header is not None, "headers": list(header or {}), "scores": list((header or {}).values()),
            "features": list(features), "values": [round(value, 4) for value in features.values()],
        })  # fmt: skip
    return found


def main() -> None:
    folder = Path(sys.argv[1])
    found = [row for name, entry in labels(folder).items() for row in rows_of(folder, name, entry)]
    pq.write_table(pa.Table.from_pylist(found, SCHEMA), OUT, compression="zstd", compression_level=19)
    print(len(found), "columns", OUT.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
