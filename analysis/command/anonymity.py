"""How well the rows of each file hide among each other: one JSON object per file."""

import math
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from analysis.assess.anonymity import Anonymity, anonymity_of, attacker_risks, missing_of, of_persons
from analysis.assess.reidentification import QUASI_IDENTIFIERS
from analysis.command.files import one_by_one, position
from analysis.declare.question import Question
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words, say
from analysis.model import Exposure, Leak
from analysis.pipeline import Answer, in_population, people_in
from analysis.store import Store


def run(options: Namespace, words: Words) -> int:
    """How well the rows of each file hide among each other."""

    def figures(store: Store, path: Path, leak: Leak, watch: Watch) -> dict[str, object]:
        names = [name.strip() for name in options.by.split(",") if name.strip()]
        by = [position(leak, name) for name in names]
        people = people_in(store, Answer(Question(), leak), watch)
        by = by or quasi_identifiers(people.exposure)
        found = anonymity_of(store, leak, by, position(leak, options.sensitive) if options.sensitive else None, watch)
        among = in_population(store, leak, by, options.population, watch) if options.population else None
        each = of_persons(store, leak, people, by, found.sensitive, watch) if people.best else None
        attackers: dict[str, object] = {
            code: {name: share for name, share in asdict(item).items() if share is not None}
            for code, item in attacker_risks(found.risks, among).items()
        }
        if among and among.cells:
            attackers["population"] = {
                "file": str(options.population),
                "people": among.people,
                "rows_with_fewer_there": among.unknown_rows,
            }
        return {
            "file": str(path),
            "by": [leak.columns[at] for at in by],
            **told(found),
            "missing": missing_of(store, leak, by, watch),
            "missing_is": "a value of its own",
            "missing_sensitive": missing_of(store, leak, [found.sensitive], watch)["rows"]
            if found.sensitive is not None
            else None,
            "missing_sensitive_is": "no value: it adds no diversity",
            "persons": {"people": people.best, **told(each)} if each else None,
            "attackers": attackers,
            "sensitive": leak.columns[found.sensitive] if found.sensitive is not None else None,
        }

    return one_by_one(options, words, figures)


def told(found: Anonymity) -> dict[str, object]:
    """Risks and diversity of rows or persons."""
    diversity = asdict(found.diversity) if found.diversity else None
    if diversity and diversity["recursive_c"] == math.inf:
        diversity["recursive_c"] = None
    return {**asdict(found.risks), "sizes": dict(found.risks.sizes), "diversity": diversity}


def quasi_identifiers(exposure: Exposure) -> list[int]:
    """The columns of birth date, sex and postal code."""
    kinds = [field.kind for field in exposure.fields[: len(exposure.leak.columns)]]
    found = [kinds.index(kind) for kind in QUASI_IDENTIFIERS if kind in kinds]
    if not found:
        raise Trouble("column", say("The file has no birth date, sex or postal code: name the columns with --by."), BAD_ARGUMENTS)
    return found
