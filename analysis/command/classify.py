"""What each column of each file discloses, and why: one JSON object per file."""

from argparse import Namespace
from pathlib import Path

from analysis.classify import decided
from analysis.command.files import one_by_one
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model import Leak
from analysis.store import Store


def run(options: Namespace, words: Words) -> int:
    """What each column of each file discloses, likewise."""

    def fields(store: Store, path: Path, leak: Leak, watch: Watch) -> dict[str, object]:
        return {
            "file": str(path),
            "fields": [
                {
                    "column": name,
                    "position": at,
                    "kind": item.kind,
                    "variant": item.variant,
                    "confidence": item.confidence,
                    "second": item.second,
                    "reasons": [words.of(said) for said in item.reasons],
                    "against": [words.of(said) for said in item.against],
                }
                for at, (name, item) in enumerate(zip(leak.columns, decided(store, leak, watch), strict=True), start=1)
            ],
        }

    return one_by_one(options, words, fields)
