"""A report that was written before and the leak in, whether each of its figures still holds out: proved, or named."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isclose
from pathlib import Path
from typing import Any

from analysis.declare.incident import incident_of
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import say
from analysis.model import Incident
from analysis.report import part_said

# What says when and with what a report was made, and no figure of the leak.
ASIDE = frozenset({"analyzed", "timings", "versions"})
MOST = 200  # differences that are told
SAME = 1e-9  # share by which two fractions may differ


@dataclass(frozen=True, slots=True)
class Difference:
    """Where, what the report says, what the leak says."""

    where: str
    told: str
    found: str


def read_report(path: Path) -> dict[str, Any]:
    """The JSON of a report. Raises Trouble."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        whole = found["schema"] and found["people"]["best"] >= 0 and found["impact"]["reidentification"] is not None
        datetime.fromisoformat(found["analyzed"])
        incident_in(found)
        for code in parts_in(found):
            part_said(code)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, Trouble):
        found, whole = {}, False
    if not whole:
        said = say("This is no report of Ampleur: give the JSON that `analyze --json` or `report` wrote.")
        raise Trouble("report", said, BAD_ARGUMENTS)
    return found


def parts_in(report: Mapping[str, Any]) -> tuple[str, ...]:
    """Of which people its figures are."""
    return tuple(report["only"]["parts"]) if "only" in report else ()


def incident_in(report: Mapping[str, Any]) -> Incident:
    """What was declared when the report was written. Raises Trouble, and what Python raises of what is no report."""
    told = {key: value for key, value in dict(report["incident"]).items() if value not in (None, "", [], {})}
    for key in ("breach_date", "informed"):
        if key in told:
            told[key] = date.fromisoformat(str(told[key]))
    if "overrules" in told:
        told["overrules"] = [dict(zip(("what", "score", "reason"), item, strict=True)) for item in told["overrules"]]
    return incident_of(told)


def differences(told: Any, found: Any, where: str = "") -> Iterator[Difference]:
    """Every figure and text that is another one, with its place."""
    if isinstance(told, dict) and isinstance(found, dict):
        for name in [*told, *(name for name in found if name not in told)]:
            if where or name not in ASIDE:
                yield from differences(told.get(name), found.get(name), f"{where}.{name}" if where else name)
    elif isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        for at, (one, other) in enumerate(zip(told, found, strict=True)):
            yield from differences(one, other, f"{where}[{at}]")
    elif isinstance(told, float) and isinstance(found, float) and isclose(told, found, rel_tol=SAME):
        return  # sums of several threads differ in their last digit
    elif told != found:
        yield Difference(short(where)[1:-1], short(told), short(found))


def short(value: Any) -> str:
    text = json.dumps(value)  # no sign of a foreign file moves what a terminal shows
    return text if len(text) <= 80 else f"{text[:77]}..."


def figures(value: Any) -> int:
    """How many figures and texts a report has."""
    if isinstance(value, dict):
        return sum(figures(item) for name, item in value.items() if name not in ASIDE)
    if isinstance(value, list):
        return sum(map(figures, value))
    return 1
