"""The nouns: frozen, made of numbers, short texts and tuples. They compute nothing and hold no cell of the leak.

Each noun holds the one before it, so an `Impact` alone tells the whole story.
"""

from analysis.model.case import Case
from analysis.model.census import AgeBand, Census, Commune, Place, Places, Reidentification, Shared, Surroundings
from analysis.model.exposure import (
    HOMBRE,
    HOUSE,
    NAMED,
    ROLES,
    YES_NO,
    Coherence,
    Disclosed,
    Exposure,
    Field,
    Freshness,
    Status,
    Tells,
)
from analysis.model.impact import Finding, Impact
from analysis.model.incident import NOT_YET, Incident
from analysis.model.leak import OUTSIDE, Asked, Dialect, Key, Leak, Ledger, Placed, Relation, Sheet, Unread
from analysis.model.matches import Cumulated, FieldMatch, Matched, Site
from analysis.model.people import MANY_ROWS, InRole, Measured, People
from analysis.model.singling import Attacker, Power, Singling
from analysis.model.verdict import Duty, Reach, Severity, Slice, Verdict

__all__ = [
    "HOMBRE",
    "HOUSE",
    "MANY_ROWS",
    "NAMED",
    "NOT_YET",
    "OUTSIDE",
    "ROLES",
    "YES_NO",
    "AgeBand",
    "Asked",
    "Attacker",
    "Case",
    "Census",
    "Coherence",
    "Commune",
    "Cumulated",
    "Dialect",
    "Disclosed",
    "Duty",
    "Exposure",
    "Field",
    "FieldMatch",
    "Finding",
    "Freshness",
    "Impact",
    "InRole",
    "Incident",
    "Key",
    "Leak",
    "Ledger",
    "Matched",
    "Measured",
    "People",
    "Place",
    "Placed",
    "Places",
    "Power",
    "Reach",
    "Reidentification",
    "Relation",
    "Severity",
    "Shared",
    "Sheet",
    "Singling",
    "Site",
    "Slice",
    "Status",
    "Surroundings",
    "Tells",
    "Unread",
    "Verdict",
]
