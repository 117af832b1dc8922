"""Features in, exact persons out: rows whose normalized identity agrees are one person."""

from functools import reduce

import ibis

from analysis.resolve.normalize import FLAGS
from analysis.store.functions import hash, hash_all
from analysis.store.rows import Column, Rows

STRICT = ("last_name", "usage", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone")
KEPT = ("last_name", "usage", "first_name", "birth_date", "sex", "postal_code", "email", "phone", "home")


def names_key(rows: Rows) -> Column:
    """First and last name without their order, so that swapped cells agree; NULL when one is missing."""
    one, other = hash(rows.last_name), hash(rows.first_name)
    both = rows.last_name.notnull() & rows.first_name.notnull()
    return ibis.ifelse(
        both, hash_all(ibis.struct({"a": ibis.least(one, other), "b": ibis.greatest(one, other)})), ibis.null("uint64")
    )


def tagged(tag: int, *values: Column) -> Column:
    """The hash of some values, NULL when one is; the tag keeps kinds of keys apart."""
    there = reduce(lambda a, b: a & b, [value.notnull() for value in values])
    whole = hash_all(ibis.struct({"tag": ibis.literal(tag), **{f"v{at}": value for at, value in enumerate(values)}}))
    return ibis.ifelse(there, whole, ibis.null("uint64"))


def identity_key(rows: Rows) -> Column:
    """What makes a row this person: names and birth date; else names and a contact point; else what there is. Where the file
    has no whole birth dates, `rest` (year, sex, place ...) must agree as well."""
    return ibis.coalesce(
        tagged(1, ibis.ifelse(rows.rest.isnull(), rows.names, ibis.null("uint64")), rows.birth_date),
        tagged(2, rows.names, ibis.coalesce(rows.email, rows.phone, rows.home), rows.rest.fill_null(0)),
        tagged(3, rows.email),
        tagged(4, rows.phone),
        tagged(5, rows.person_id),
        tagged(6, rows.names, rows.postal_code.fill_null(""), rows.rest.fill_null(0)),
        tagged(7, rows.mention),
    )


def strict_key(rows: Rows) -> Column:
    """Everything but the person number: rows that differ in nothing else are one (the high bound)."""
    empty = reduce(lambda a, b: a & b, [rows[kind].isnull() for kind in STRICT])
    return ibis.ifelse(empty, tagged(7, rows.mention), hash_all(ibis.struct({kind: rows[kind] for kind in STRICT})))


def keyed(rows: Rows) -> Rows:
    """The rows with `home` (address and postal code) and the hashes of both keys and of the names."""
    placed = rows.mutate(home=tagged(8, rows.address, rows.postal_code), names=names_key(rows))
    identity, strict = identity_key(placed), strict_key(placed)
    return placed.select("mention", *KEPT, *FLAGS, "kinds", identity=identity, strict=strict, names=placed.names)


def repeated(rows: Rows) -> Rows:
    """The identities of several mentions: a small table."""
    sizes = rows.group_by("identity").aggregate(size=rows.mention.count())
    return sizes.filter(sizes["size"] > 1).select("identity")


def grouped(rows: Rows, several: Rows) -> Rows:
    """One row per exact person: the number of the first mention, how many there are, and the features. Most people have one:
    only the others (those of `several` identities) are gathered."""
    again = rows.semi_join(several, "identity")
    together = again.group_by("identity").aggregate(
        person=again.mention.min(), rows=again.mention.count(), **merged_features(again)
    )
    once = rows.anti_join(several, "identity").mutate(person=lambda t: t.mention, rows=ibis.literal(1, "int64"))
    return once.select(*together.columns).union(together)


def merged_features(rows: Rows) -> dict[str, Column]:
    """The features of several rows as one: the smallest value that is there, any flag and every kind."""
    values = {name: rows[name].min() for name in (*KEPT, "names")}
    return values | {name: rows[name].max() for name in FLAGS} | {"kinds": rows.kinds.bit_or()}
