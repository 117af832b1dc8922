"""Features in, exact persons out: rows whose normalized identity agrees are one person."""

from typing import Any

import ibis

from analysis.functions import hash, hashed

STRICT = ("last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone")
KEPT = ("last_name", "first_name", "birth_date", "sex", "postal_code", "email", "phone", "home")
FLAGS = ("mobile", "email_named", "email_role")


def names_key(rows: Any) -> Any:
    """First and last name without their order, so that swapped cells agree; NULL when one is missing."""
    return ibis.least(rows.last_name, rows.first_name) + "|" + ibis.greatest(rows.last_name, rows.first_name)


def text(value: Any) -> Any:
    return value.cast("string")


def identity_key(rows: Any) -> Any:
    """What makes a row this person: names and birth date; else names and a contact point; else what there is."""
    names = names_key(rows)
    contact = text(ibis.coalesce(rows.email, rows.phone, rows.home))
    return ibis.coalesce(
        names + "|" + text(rows.birth_date),
        "C" + names + "|" + contact,
        "E" + text(rows.email),
        "P" + text(rows.phone),
        "I" + text(rows.person_id),
        "M" + names + "|" + rows.postal_code.fill_null(""),
        "X" + text(rows.row),
    )


def strict_key(rows: Any) -> Any:
    """Everything but the person number: rows that differ in nothing else are one (the high bound)."""
    parts = [text(rows[kind]).fill_null("") for kind in STRICT]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + "|" + part
    empty = ibis.coalesce(*[text(rows[kind]) for kind in STRICT]).isnull()
    return ibis.ifelse(empty, "X" + text(rows.row), whole)


def keyed(rows: Any) -> Any:
    """The rows with `home` (address and postal code) and the hashes of both keys and of the names."""
    home = hashed(text(rows.address) + rows.postal_code)
    placed = rows.mutate(home=home)
    identity, strict, names = hash(identity_key(placed)), hash(strict_key(placed)), hashed(names_key(placed))
    return placed.select("row", *KEPT, *FLAGS, identity=identity, strict=strict, names=names)


def grouped(rows: Any) -> Any:
    """One row per exact person: its first row, its number of rows, and its features."""
    return rows.group_by("identity").aggregate(person=rows.row.min(), rows=rows.row.count(), **merged(rows))


def merged(rows: Any) -> dict[str, Any]:
    """The features of several rows as one: the smallest value that is there, and any flag."""
    values = {name: rows[name].min() for name in (*KEPT, "names")}
    return values | {name: rows[name].max() for name in FLAGS}
