"""An incident in, the published cases whose facts are nearest out, each with what agrees and what differs.

EDPB Guidelines 01/2021 are to be read by category of breach: cases of the same cause come before all others. Weights, and the
distance beyond which a case says nothing, are our convention."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.assess.scenarios import CARE
from analysis.ground.words import Said, say
from analysis.model import Incident
from analysis.rules.loading import load
from analysis.rules.shapes import Case, Edpb

FARTHEST = 4.0  # beyond it a case is not shown
SHOWN = 2
APART = {
    "confidentiality": 1.5,
    "availability": 1.0,
    "recipients": 1.0,
    "intent": 0.75,
    "readable": 2.0,
    "paper": 1.0,
    "sector": 0.5,
}
PER_LEVEL, PER_POWER = 1.0, 0.3  # of data, of ten times the people
DATA = {1: say("ordinary data"), 2: say("identity numbers or financial data"), 3: say("health data")}


@dataclass(frozen=True, slots=True)
class Precedent:
    """A published case beside the incident."""

    case: Case
    distance: float
    agrees: tuple[Said, ...]
    differs: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing in which two incidents are alike or not, and how far that sets them apart."""

    said: Said
    alike: bool
    apart: float


def cause_of(incident: Incident) -> str:
    """As it is declared; else what the other declarations leave: data out of reach that nobody received were encrypted by an
    intruder, data that an intruder spread were taken. Else unknown."""
    if incident.cause != "unknown" or not incident.malicious:
        return incident.cause
    if incident.availability and incident.disclosure in ("none", "undeclared"):
        return "ransomware"
    return "exfiltration" if incident.disclosure == "unknown" else "unknown"


def level_of(incident: Incident, data: int) -> int:
    """Whoever comes from a list of patients has a health datum: that she is one."""
    return max(data, 3) if incident.nature in CARE else data


def nearest(incident: Incident, data: int, people: int, cases: Iterable[Case] | None = None) -> tuple[Precedent, ...]:
    """Those that are near enough to be shown, of the same cause where it is known, the nearest first; of two as near, the one
    whose outcome is graver. `data`: 1 ordinary, 2 identity numbers or finance, 3 health; `cases`: others than the 18 of the
    EDPB."""
    cause = cause_of(incident)
    every = load(Edpb).case if cases is None else tuple(cases)
    of_cause = [case for case in every if case.cause == cause] or ([] if cause != "unknown" else list(every))
    found = [beside(incident, case, level_of(incident, data), people) for case in of_cause]
    ordered = sorted(found, key=lambda item: (item.distance, -(item.case.authority + item.case.inform), item.case.number))
    return tuple(item for item in ordered if item.distance <= FARTHEST)[:SHOWN]


def beside(incident: Incident, case: Case, data: int, people: int) -> Precedent:
    every = [*facets(incident, case), *measured(case, data, people)]
    distance = sum(item.apart for item in every)
    return Precedent(
        case,
        distance,
        tuple(item.said for item in every if item.alike),
        tuple(item.said for item in every if not item.alike),
    )


def facets(incident: Incident, case: Case) -> list[Facet]:
    """What was declared, beside the facts of the case."""
    lost = ("c" if incident.disclosure != "none" else "") + ("a" if incident.availability else "")
    found = [
        facet("confidentiality", ("c" in case.loss) == ("c" in lost), SEEN["c" in case.loss]),
        facet("availability", ("a" in case.loss) == ("a" in lost), REACH["a" in case.loss]),
        facet("readable", case.readable != incident.unintelligible, READABLE[case.readable]),
    ]
    if cause_of(incident) == case.cause:
        found.insert(0, Facet(say("the same cause"), True, 0.0))
    if incident.disclosure != "undeclared":
        found.append(facet("recipients", case.recipients == incident.disclosure, RECEIVED[case.recipients]))
    if incident.malicious is not None and case.malicious is not None:
        found.append(facet("intent", case.malicious == incident.malicious, INTENT[case.malicious]))
    if case.paper:
        found.append(facet("paper", False, say("on paper")))
    if incident.nature != "unknown":
        found.append(facet("sector", (case.sector == "health") == (incident.nature in CARE), SECTOR[case.sector]))
    return found


def facet(name: str, alike: bool, said: Said) -> Facet:
    return Facet(said, alike, 0.0 if alike else APART[name])


def measured(case: Case, data: int, people: int) -> list[Facet]:
    """What the file says: which data, and of how many people (up to ten times as many are alike)."""
    powers = abs(math.log10(max(case.people, 1)) - math.log10(max(people, 1)))
    return [
        Facet(DATA[case.data], case.data == data, PER_LEVEL * abs(case.data - data)),
        Facet(say("{n} person there", "{n} people there", n=case.people), powers < 1, PER_POWER * powers),
    ]


SEEN = {True: say("data seen or taken by others"), False: say("data that nobody else saw")}
REACH = {True: say("data out of reach"), False: say("data still at hand")}
READABLE = {True: say("data that can be read"), False: say("data that cannot be read (encrypted or hashed)")}
INTENT = {True: say("a malicious act"), False: say("a mistake or an accident")}
SECTOR = {"health": say("health sector"), "other": say("another sector than health")}
RECEIVED = {
    "none": say("no sign that anybody received them"),
    "known": say("known recipients"),
    "unknown": say("an unknown number of recipients"),
}
