"""What a case file says of one table in, a Case out; what is wrong raises."""

from collections.abc import Sequence
from typing import Any

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import say
from analysis.model import OUTSIDE, Case, Placed, Relation
from analysis.model.codes import Role
from analysis.rules.kinds import kinds


def case_of(found: Any) -> Case:
    """Of what a case file says of one table. Raises ValueError, KeyError, TypeError for what is none."""
    return Case(
        text(found["sha256"]),
        int(found["table"]),
        text(found["rules"]),
        listed(found["kinds"]),
        listed(found["corrected"]),
        verdicts(found.get("people", [])),
        tuple(text(name) for name in found.get("left_out", [])),
        placed(found.get("placed", [])),
        roles(found.get("roles", [])),
        verdicts(found.get("reviewed", []), ("same", "other", "unsure")),
        relations(found.get("relations", [])),
    )


def listed(found: Any) -> tuple[tuple[int, str], ...]:
    pairs = tuple((int(position), str(kind)) for position, kind in found)
    if any(kind not in kinds() or position < 0 for position, kind in pairs):
        raise ValueError
    return pairs


def roles(found: Any) -> tuple[tuple[int, str], ...]:
    """Whom a person said a column describes."""
    return tuple((int(position), Role(str(role)).value) for position, role in found if int(position) >= 0)


def verdicts(found: Any, known: Sequence[str] = ("join", "split")) -> tuple[tuple[str, int, int], ...]:
    """What a person said of pairs of rows."""
    told = tuple((str(verdict), int(one), int(other)) for verdict, one, other in found)
    if any(verdict not in known or not 0 <= one < other for verdict, one, other in told):
        raise ValueError
    return told


def placed(found: Any) -> tuple[Placed, ...]:
    """Records placed by a person: lines and numbers of columns alone."""
    told = tuple((text(table), int(line), tuple(map(int, columns))) for table, line, columns in found)
    if any(line < 1 or min(columns, default=0) < OUTSIDE for _, line, columns in told):
        raise ValueError
    return told


def relations(found: Any) -> tuple[Relation, ...]:
    """To what a person said that columns refer."""
    told = tuple((text(left), int(at), text(right), int(place)) for left, at, right, place in found)
    if any(at < 0 or place < 0 for _, at, _, place in told):
        raise ValueError
    return told


def text(found: Any) -> str:
    if not isinstance(found, str) or len(found) > 1000:
        raise ValueError
    return found


def wrong() -> Trouble:
    return Trouble(
        "case", say("This is not a case file of Ampleur, or it was changed by hand: choose another one."), BAD_ARGUMENTS
    )
