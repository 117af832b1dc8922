"""What each column of each file discloses, and why: one JSON object per file, or one for a list of fields."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from analysis.classify import claimed, decided
from analysis.classify.decision import Decision
from analysis.command.files import one_by_one, written
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words, say
from analysis.model import Leak
from analysis.store import Store


def run(options: Namespace, words: Words) -> int:
    """What each column of each file discloses, likewise."""
    if bool(options.fields) == bool(options.files):
        raise Trouble("fields", say("Name files, or a list of fields with --fields."), BAD_ARGUMENTS)
    if options.fields:
        return written(options, [{"file": "", "fields": verdicts(claimed(options.fields), words)}])

    def fields(store: Store, path: Path, leak: Leak, watch: Watch) -> dict[str, object]:
        found, decisions = decided(store, leak, watch)
        return {"file": str(path), "fields": verdicts(zip(found.columns, decisions, strict=True), words)}

    return one_by_one(options, words, fields)


def verdicts(named: Iterable[tuple[str, Decision]], words: Words) -> list[dict[str, object]]:
    return [
        {
            "column": name,
            "position": at,
            "kind": item.kind,
            "check": item.check,
            "variant": item.variant,
            "confidence": item.confidence,
            "second": item.second,
            "reasons": [words.of(said) for said in item.reasons],
            "against": [words.of(said) for said in item.against],
        }
        for at, (name, item) in enumerate(named, start=1)
    ]
