"""Clean columns in, the columns of a real export out, with the status of every cell known."""

from typing import Any

import numpy as np
import pyarrow as pa

from analysis.model import Status
from analysis.rules.shapes import Fiction
from analysis.synth.columns import Column, joined, pc
from analysis.synth.people import choose

PLACEHOLDERS = {
    "last_name": ["INCONNU", "INCONNUE", "NON RENSEIGNE"],
    "first_name": ["INCONNU", "X", "NON RENSEIGNE"],
    "birth_date": ["01/01/1900"],
    "sex": ["I", "?"],
    "address": ["NON RENSEIGNE", "SDF", "INCONNUE"],
    "postal_code": ["00000", "99999"],
    "email": ["test@test.fr", "aucun@aucun.fr", "NC"],
    "phone": ["0000000000", "00 00 00 00 00", "0600000000"],
}
Statuses = dict[str, np.ndarray]


def spoil(random: np.random.Generator, texts: dict[str, Column], fiction: Fiction) -> tuple[dict[str, Column], Statuses]:
    """Missing values, placeholders, malformed and swapped cells at the shares of the rules."""
    rows = len(texts["person_id"])
    statuses = {kind: np.asarray(pc.is_valid(column)).astype(np.uint8) * int(Status.VALID) for kind, column in texts.items()}
    spoiled = dict(texts)
    for kind in texts:
        draw = random.random(rows)
        real = statuses[kind] == int(Status.VALID)
        missing = real & (draw < fiction.missing.get(kind, 0))
        draw -= fiction.missing.get(kind, 0)
        placeholder = real & (draw >= 0) & (draw < fiction.placeholder.get(kind, 0))
        draw -= fiction.placeholder.get(kind, 0)
        malformed = real & (draw >= 0) & (draw < fiction.malformed.get(kind, 0))
        change(spoiled, statuses, kind, missing, pa.nulls(rows, pa.string()), Status.EMPTY)
        if placeholder.any():
            change(spoiled, statuses, kind, placeholder, choose(random, PLACEHOLDERS[kind], None, rows), Status.PLACEHOLDER)
        if malformed.any():
            change(spoiled, statuses, kind, malformed, broken(random, kind, texts[kind]), Status.MALFORMED)
    swap(random, spoiled, statuses, "last_name", "first_name", fiction.swapped["names"], Status.VALID)
    swap(random, spoiled, statuses, "city", "postal_code", fiction.swapped["city_postal"], Status.MALFORMED)
    swap(random, spoiled, statuses, "email", "phone", fiction.swapped["email_phone"], Status.MALFORMED)
    return spoiled, statuses


def change(texts: dict[str, Column], statuses: Statuses, kind: str, where: np.ndarray, new: Column, status: Status) -> None:
    texts[kind] = pc.if_else(pa.array(where), new, texts[kind])
    statuses[kind][where] = int(status)


def swap(
    random: np.random.Generator,
    texts: dict[str, Column],
    statuses: Statuses,
    one: str,
    other: str,
    share: float,
    status: Status,
) -> None:
    """Exchanges two cells on some lines where both are real."""
    real = (statuses[one] == int(Status.VALID)) & (statuses[other] == int(Status.VALID))
    where = real & (random.random(len(real)) < share)
    left, right, mask = texts[one], texts[other], pa.array(where)
    texts[one], texts[other] = pc.if_else(mask, right, left), pc.if_else(mask, left, right)
    for kind in (one, other):
        statuses[kind][where] = int(status)


def broken(random: np.random.Generator, kind: str, texts: Column) -> Column:
    """Malformed texts of a kind, one per row, in several ways each."""
    rows = len(texts)
    ways: list[Any] = {
        "birth_date": [
            joined(pa.scalar("31/02"), pc.utf8_slice_codeunits(texts, 5)),
            pc.utf8_slice_codeunits(texts, 3),
            pc.replace_substring(texts, "/", "//", max_replacements=1),
        ],
        "sex": [pa.array(["3"] * rows), pa.array(["K"] * rows)],
        "postal_code": [pc.utf8_slice_codeunits(texts, 0, 4), joined(texts, pa.scalar("0"))],
        "email": [
            pc.replace_substring(texts, "@", ""),
            pc.replace_substring(texts, "@", "@@"),
            pc.replace_substring(texts, ".example", ""),
            joined(texts, pa.scalar(".")),
        ],
        "phone": [pc.utf8_slice_codeunits(texts, 0, 8), joined(pa.scalar("x"), texts)],
    }[kind]
    return pc.choose(pa.array(random.integers(0, len(ways), rows)), *ways)
