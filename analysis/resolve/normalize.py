"""Cells in, comparable values out: one row of features per row of the leak, in the engine.

Names and dates stay readable, because the links are judged by them; contact points are only ever compared for equality,
so 64-bit hashes stand for them.
"""

from typing import Any

import ibis

from analysis.classify.cells import date_of
from analysis.functions import fold, hashed, last_signs, regexp_full_match, regexp_replace, strip_accents, trim
from analysis.kinds import value_rules
from analysis.model import Exposure, Field, Status
from analysis.store import Store

# Particles that some systems write and others drop: "de La Tour" and "La Tour" agree.
PARTICLES = "(?i)^(?:(?:de|du|des|von|van) |d['’])"
WOMEN = r"(?i)f|2|mme|mlle|madame|mademoiselle|femme|female|f[ée]minin"
TYPES = {"birth_date": "date", "email": "uint64", "phone": "uint64", "address": "uint64", "city": "uint64", "person_id": "uint64"}
KINDS = ("last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone", "person_id")
ROLES = "(?i)(contact|accueil|info|secretariat|admin|administration|direction|mairie|noreply|service)@.*"


def values(store: Store, exposure: Exposure) -> Any:
    """`row` and, for each kind that the file has, the text of its cell where it is valid, else NULL."""
    raw, statuses = store.table(exposure.leak.table), store.table(exposure.table)
    joined = raw.mutate(row=raw.rowid()).join(statuses, "row")
    found: dict[str, Any] = {"row": joined.row}
    for kind in KINDS:
        if field := exposure.of_kind(kind):
            real = joined[f"s{field.position}"] == int(Status.VALID)
            found[kind] = ibis.ifelse(real, trim(joined[f"c{field.position}"]), ibis.null("string"))
    return joined.select(**found)


def features(cells: Any, exposure: Exposure) -> Any:
    """`row`, one column per kind (normalized, NULL where nothing valid stands), and what the contact points reveal:
    `mobile`, `email_named` (the local part holds the last name), `email_role` (a shared mailbox)."""
    found: dict[str, Any] = {"row": cells.row}
    for kind in KINDS:
        field = exposure.of_kind(kind)
        found[kind] = comparable(cells[kind], field) if field else ibis.null(TYPES.get(kind, "string"))
    no = ibis.literal(False)
    has = cells.columns
    mobile = value_rules().patterns["phone_mobile"]
    found["mobile"] = regexp_full_match(cells.phone, mobile).fill_null(False) if "phone" in has else no
    found["email_role"] = regexp_full_match(cells.email, ROLES).fill_null(False) if "email" in has else no
    found["email_named"] = names_inside(cells).fill_null(False) if {"email", "last_name"} <= set(has) else no
    return cells.select(**found)


def names_inside(cells: Any) -> Any:
    """Whether the e-mail address holds the last name of its row."""
    surname = fold(cells.last_name).lower()
    return (surname.length() > 2) & cells.email.lower().contains(surname)


def comparable(text: Any, field: Field) -> Any:
    """A valid cell in the form in which two spellings of the same thing agree."""
    match field.kind:
        case "last_name":
            return without_particle(text)
        case "first_name":
            return fold(text)
        case "birth_date":
            return date_of(text, field.variant)
        case "sex":
            return ibis.cases((text.isnull(), ibis.null("string")), (regexp_full_match(text, WOMEN), "f"), else_="m")
        case "address" | "city":
            plain = strip_accents(text).upper()
            return hashed(plain.replace(" ", "").replace("-", "").replace(",", ""))
        case "email":
            return hashed(text.lower())
        case "phone":
            return hashed(last_signs(regexp_replace(text, r"[^\d]", "", "g"), 9))
        case "person_id":
            return hashed(text)
        case _:
            return text


def without_particle(text: Any) -> Any:
    """A folded last name; only texts of several words can begin with a particle."""
    several = regexp_full_match(text, r"\pL+['’ ].*")
    return ibis.ifelse(several, fold(regexp_replace(text, PARTICLES, "", "")), fold(text))
