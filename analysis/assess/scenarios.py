"""What somebody holds of a person in, the abuses that it opens out: ordinal levels with their reasons, from
resources/rules/scenarios.toml. No level is a probability: no source gives one for these data."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from analysis.model import Incident
from analysis.model.codes import Role
from analysis.rules.loading import load
from analysis.rules.shapes import Scenarios

HEALTH = frozenset({"diagnosis_code", "medical_text", "treatment", "health_measure"})
CARE = frozenset({"hospital", "psychiatry", "oncology", "laboratory", "pharmacy", "insurer"})
LEVELS = ("none", "possible", "serious", "grave")


@dataclass(frozen=True, slots=True)
class Scenario:
    """`steps`: level, and the sets of flags of which one must be there wholly, the highest level first."""

    code: str
    label: str
    advice: str
    others: tuple[tuple[str, str], ...]  # minor, beside, password: what is said to them instead, where it differs
    steps: tuple[tuple[int, tuple[frozenset[str], ...]], ...]


@cache
def all_scenarios() -> tuple[Scenario, ...]:
    return tuple(
        Scenario(
            item.code,
            item.label,
            item.advice,
            tuple((name, text) for name in ("minor", "beside", "password") if (text := getattr(item, name))),
            tuple(
                (LEVELS.index(level), tuple(frozenset(words.split()) for words in ways))
                for level, ways in (("grave", item.grave), ("serious", item.serious), ("possible", item.possible))
                if ways
            ),
        )
        for item in load(Scenarios).scenario
    )


def implied(flags: frozenset[str], incident: Incident) -> frozenset[str]:
    """The flags, and what follows from them: `health` where the file or its origin tells of it, `named` where a full name
    does."""
    found = set(flags)
    if flags & (HEALTH | {"private_told"}) or incident.nature in CARE:
        found.add("health")
    if (
        flags & {"psychiatry"}
        or incident.nature in ("psychiatry", "oncology")
        or flags & {"diagnosis_code", "medical_text", "treatment", "private_told"}
    ):
        found.add("intimate")
    if flags & {"name", "full_name"}:
        found.add("named")
    return frozenset(found)


def advice_of(item: Scenario, flags: frozenset[str], roles: Iterable[Role] = ()) -> str:
    """What to say to one person: to the parents of a minor, to somebody who stands beside the subjects, to who lost a password.
    Nothing is said to the dead, nor to a minor of whose parents nothing can be asked."""
    others = dict(item.others)
    if "deceased" in flags:
        return ""
    if "minor" in flags:
        return others.get("minor", "")
    if roles and Role.SUBJECT not in roles:
        return others.get("beside", item.advice)
    return others.get("password", item.advice) if "password" in flags else item.advice


def levels(flags: frozenset[str], incident: Incident) -> tuple[int, ...]:
    """Of each scenario, 0 (not open) to 3 (grave)."""
    known = implied(flags, incident)
    return tuple(level_of(item, known)[0] for item in all_scenarios())


def level_of(item: Scenario, known: frozenset[str]) -> tuple[int, frozenset[str]]:
    """The highest level whose needs are met, and what met them."""
    for level, needs in item.steps:
        for need in needs:
            if need <= known:
                return level, need
    return 0, frozenset()
