"""Columns of texts in, how many of their rows hold personal data inside a longer text out."""

import re
from collections.abc import Mapping
from functools import reduce
from typing import Any

from analysis.classify.evidence import Evidence
from analysis.ground.watch import Watch
from analysis.store import Store
from analysis.store.functions import regexp_matches

# Common subset of RE2 and Python; no bounded repetition of letters.
INSIDE: Mapping[str, str] = {
    "email": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z]+",
    "phone": r"(^|[^0-9A-Za-z+])((\+|00)33 ?|0)[1-9]([ .-]?[0-9][0-9])([ .-]?[0-9][0-9])([ .-]?[0-9][0-9])([ "
    r".-]?[0-9][0-9])([^0-9]|$)|(^|[^0-9])\+[1-9][0-9]*[ .-]?[0-9][0-9 .-]+[0-9][0-9][0-9]([^0-9]|$)",
    "national_id": r"(^|[^0-9])[12] ?[0-9][0-9] ?(0[1-9]|1[0-2]) ?([0-9][0-9]|2[AB]) ?[0-9][0-9][0-9] ?[0-9][0-9][0-9]( "
    r"?[0-9][0-9])?([^0-9]|$)",
    "bank_account": r"(^|[^A-Z0-9])[A-Z][A-Z][0-9][0-9]( ?[A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9])( "
    r"?[A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9])( ?[A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9])[A-Z0-9 ]*",
}
# The same for Python, which goes back over what it has read: without a second way to read the same signs. (The engine never goes
# back.)
BACKTRACKING = (
    ("[A-Za-z0-9._%+-]+@", "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@"),
    ("[1-9][0-9]*", "[1-9][0-9]{0,14}"),
    ("[0-9 .-]+", "[0-9 .-]{1,20}"),
)
LOOKED = 20_000  # signs of a sampled cell
COMPILED = {
    kind: re.compile(reduce(lambda text, pair: text.replace(*pair), BACKTRACKING, pattern)) for kind, pattern in INSIDE.items()
}
# Kinds whose own cells hold such forms, so that finding one inside says nothing new.
OWN = {
    "email": {"email", "username"},
    "phone": {"phone", "national_id", "person_id", "bank_account", "credit_card", "device_id", "insurance_number", "id_document"},
    "national_id": {"national_id", "person_id", "credit_card", "bank_account", "device_id", "insurance_number"},
    "bank_account": {"bank_account", "device_id", "person_id", "password"},
}
PERSONAL_DATE = {"birth_date", "death_date"}


def embedded(
    store: Store, table: str, kinds: Mapping[int, str], evidence: list[Evidence], watch: Watch
) -> dict[int, dict[str, int]]:
    """Position -> kind found inside -> rows, counted over every row of the columns whose sample holds one."""
    rows = store.table(table)
    asked: dict[str, Any] = {}
    for at, item in enumerate(evidence):
        for kind, pattern in COMPILED.items():
            inside = kinds[at] not in OWN[kind] | PERSONAL_DATE and any(
                pattern.search(text[:LOOKED]) for text in item.cells.counts
            )
            if inside:
                asked[f"{kind}_{at}"] = regexp_matches(rows[f"c{at}"], INSIDE[kind]).sum()
    if not asked:
        return {}
    counts = store.one(rows.aggregate(**asked), watch)
    found: dict[int, dict[str, int]] = {}
    for name, count in counts.items():
        kind, _, at = name.rpartition("_")
        found.setdefault(int(at), {})[kind] = int(count or 0)
    return found
