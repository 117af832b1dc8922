"""Cells in, comparable values out: one row of features per row of the leak, in the engine.

Names and dates stay readable, because the links are judged by them; contact points are only ever compared for equality,
so 64-bit hashes stand for them.
"""

from functools import reduce
from operator import or_
from typing import Any

import ibis

from analysis.classify.cells import date_of, text_of
from analysis.functions import fold, hash, last_signs, regexp_full_match, regexp_replace, strip_accents
from analysis.kinds import value_rules
from analysis.model import Exposure, Field, Status
from analysis.store import Store

# Particles that some systems write and others drop: "de La Tour" and "La Tour" agree.
PARTICLES = r"^ *(?:(?:DE|DU|DES|VON|VAN) |D['’])|[^\pL]"
# Kinds whose normal form does not drop blanks by itself.
TRIMMED = {"birth_date", "address", "city", "sex", "postal_code", "email", "person_id"}
BLANKS = (" ", "\t", "\r", "\n")
WOMEN = r"(?i)f|2|mme|mlle|madame|mademoiselle|femme|female|f[ée]minin"
TYPES = {"birth_date": "date", "email": "uint64", "phone": "uint64", "address": "uint64", "city": "uint64", "person_id": "uint64"}
KINDS = ("last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone", "person_id")
ROLES = "(?i)(contact|accueil|info|secretariat|admin|administration|direction|mairie|noreply|service)@.*"


def features(store: Store, exposure: Exposure) -> Any:
    """`row`, one column per kind (normalized, NULL where nothing valid stands), and what the contact points reveal:
    `mobile`, `email_named` (the local part holds the last name), `email_role` (a shared mailbox).

    Each text is used once in its expression: the engine computes a text anew for every use.
    """
    raw, statuses = store.table(exposure.leak.table), store.table(exposure.table)
    rows = raw.mutate(row=raw.rowid()).join(statuses, "row")
    found: dict[str, Any] = {"row": rows.row}
    for kind in KINDS:
        field = exposure.of_kind(kind) if needed(kind, exposure) else None
        shape = TYPES.get(kind, "string")
        found[kind] = ibis.null(shape)
        if field is not None:
            found[kind] = where_valid(rows, field, lambda text, field=field: comparable(text, field), shape)
    phone, email, last = exposure.of_kind("phone"), exposure.of_kind("email"), exposure.of_kind("last_name")
    mobile = value_rules().patterns["phone_mobile"]
    found["mobile"] = where_valid(rows, phone, lambda text: regexp_full_match(text, mobile), "boolean").fill_null(False)
    found["email_role"] = where_valid(rows, email, lambda text: regexp_full_match(text, ROLES), "boolean").fill_null(False)
    named = ibis.null("boolean")
    if last is not None:
        named = where_valid(rows, email, lambda text, last=last: text.lower().contains(folded(rows, last).lower()), "boolean")
    # Where the first name stands too, the full name decides and nobody asks what the address reveals.
    found["email_named"] = ibis.ifelse(lonely(rows, exposure), named, ibis.null("boolean")).fill_null(False)  # pyright: ignore
    return rows.select(**found)


def needed(kind: str, exposure: Exposure) -> bool:
    """The city repeats the postal code, a number the names: they count only where those are absent."""
    if kind == "city":
        return exposure.of_kind("postal_code") is None
    if kind == "person_id":
        return not (exposure.of_kind("last_name") and exposure.of_kind("first_name"))
    return True


def lonely(rows: Any, exposure: Exposure) -> Any:
    """Rows whose last name has no first name beside it."""
    first, last = exposure.of_kind("first_name"), exposure.of_kind("last_name")
    if last is None:
        return ibis.literal(False)
    there = rows[f"s{last.position}"] == int(Status.VALID)
    return there & (rows[f"s{first.position}"] != int(Status.VALID)) if first else there


def where_valid(rows: Any, field: Field | None, value: Any, kind: str) -> Any:
    """A value drawn from a field's cells where they are valid, else NULL."""
    if field is None:
        return ibis.null(kind)
    real = rows[f"s{field.position}"] == int(Status.VALID)
    cell = rows[f"c{field.position}"]
    return ibis.ifelse(real, value(bare(cell) if field.kind in TRIMMED else cell), ibis.null(kind))


def bare(cell: Any) -> Any:
    """The cell without blanks around it: looking for them first is five times as fast as taking them off."""
    padded = reduce(or_, [cell.endswith(blank) for blank in BLANKS], cell < "!")
    return ibis.ifelse(padded, text_of(cell), cell)


def folded(rows: Any, field: Field) -> Any:
    """The cell's letters, in upper case; a sign that no address holds where there are too few to tell."""
    text = fold(rows[f"c{field.position}"])
    return ibis.ifelse(text.length() > 2, text, " ")


def comparable(text: Any, field: Field) -> Any:
    """A valid cell in the form in which two spellings of the same thing agree."""
    match field.kind:
        case "last_name":
            return regexp_replace(strip_accents(text).upper(), PARTICLES, "", "g")
        case "first_name":
            return fold(text)
        case "birth_date":
            return date_of(text, field.variant)
        case "sex":
            return ibis.ifelse(regexp_full_match(text, WOMEN), "f", "m")
        case "address" | "city":
            plain = strip_accents(text).upper()
            return hash(ibis.ifelse(text.contains("-") | text.contains("  "), regexp_replace(plain, "[ -]+", " ", "g"), plain))
        case "email":
            return hash(text.lower())
        case "phone":
            return hash(last_signs(text.replace(" ", "").replace(".", "").replace("-", ""), 9))
        case "person_id":
            return hash(text)
        case _:
            return text
