"""The nouns: frozen, made of numbers, short texts and tuples. They compute nothing and hold no cell of the leak.

Each noun holds the one before it, so an `Impact` alone tells the whole story.
"""

from analysis.model.exposure import HOUSE, Case, Coherence, Exposure, Field, Freshness, Status
from analysis.model.impact import (
    MANY_ROWS,
    AgeBand,
    Attacker,
    Cumulated,
    FieldMatch,
    Finding,
    Impact,
    Incident,
    Matched,
    People,
    Place,
    Places,
    Power,
    Reach,
    Reidentification,
    Severity,
    Shared,
    Singling,
    Site,
    Surroundings,
)
from analysis.model.leak import Asked, Dialect, Leak, Ledger, Sheet

__all__ = [
    "HOUSE",
    "MANY_ROWS",
    "AgeBand",
    "Asked",
    "Attacker",
    "Case",
    "Coherence",
    "Cumulated",
    "Dialect",
    "Exposure",
    "Field",
    "FieldMatch",
    "Finding",
    "Freshness",
    "Impact",
    "Incident",
    "Leak",
    "Ledger",
    "Matched",
    "People",
    "Place",
    "Places",
    "Power",
    "Reach",
    "Reidentification",
    "Severity",
    "Shared",
    "Sheet",
    "Singling",
    "Site",
    "Status",
    "Surroundings",
]
