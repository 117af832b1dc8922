"""Features in, exact persons out: rows whose normalized identity agrees are one person."""

from functools import reduce

import ibis
from ibis import _

from analysis.resolve.normalize import FLAGS
from analysis.store.functions import hash_all, hashed
from analysis.store.rows import Column, Rows

STRICT = ("last_name", "usage", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone")
ELSE = ("rest", "malformed")
BITS = ("kinds", "roles")
OWNED = ("identity", "strict", "names", "last_name", "first_name", "birth_date", "email", "phone")
KEPT = ("last_name", "usage", "first_name", "birth_date", "sex", "postal_code", "email", "phone", "home", "nir", "number")


def names_key(rows: Rows) -> Column:
    """First and last name without their order, so that swapped cells agree; NULL when one is missing."""
    return unordered(hashed(rows.last_name), hashed(rows.first_name))


def unordered(one: Column, other: Column) -> Column:
    """The hash of two hashes without their order; NULL when one is missing."""
    both = hash_all(ibis.struct({"a": ibis.least(one, other), "b": ibis.greatest(one, other)}))
    return ibis.ifelse(one.notnull() & other.notnull(), both, ibis.null("uint64"))


def tagged(tag: int, *values: Column) -> Column:
    """The hash of some values, NULL when one is; the tag keeps kinds of keys apart."""
    there = reduce(lambda a, b: a & b, [value.notnull() for value in values])
    whole = hash_all(ibis.struct({"tag": ibis.literal(tag), **{f"v{at}": value for at, value in enumerate(values)}}))
    return ibis.ifelse(there, whole, ibis.null("uint64"))


def identity_key(rows: Rows) -> Column:
    """What makes a row this person: names and birth date; else names and a contact point; else what there is (of rows without a
    name, no mailbox of an office or a shop). Where the file has no whole birth dates, `rest` (year, sex, place ...) must agree
    as well; where a name stands alone, what is malformed (`malformed`)."""
    mailbox = ibis.ifelse(rows.email_role.fill_null(False), ibis.null("uint64"), rows.email)
    return ibis.coalesce(
        tagged(1, ibis.ifelse(rows.rest.isnull(), rows.names, ibis.null("uint64")), rows.birth_date),
        tagged(2, rows.names, ibis.coalesce(rows.email, rows.phone, rows.home), rows.rest.fill_null(0)),
        tagged(3, mailbox),
        tagged(4, rows.phone),
        tagged(5, rows.person_id),
        tagged(6, rows.names, rows.postal_code.fill_null(""), rows.malformed.fill_null(0), rows.rest.fill_null(0)),
        tagged(7, rows.mention),
    )


def strict_key(rows: Rows) -> Column:
    """Everything but the person number: rows that differ in nothing else are one."""
    empty = reduce(lambda a, b: a & b, [rows[kind].isnull() for kind in STRICT])
    return ibis.ifelse(empty, tagged(7, rows.mention), hash_all(ibis.struct({kind: rows[kind] for kind in (*STRICT, *ELSE)})))


def keyed(rows: Rows) -> Rows:
    """The rows with `home` (address and postal code) and the hashes of both keys and of the names."""
    found = placed(rows)
    return with_keys(found, identity_key(found), strict_key(found))


def placed(rows: Rows) -> Rows:
    """The features with `home` and the hash of the names."""
    return rows.mutate(home=tagged(8, rows.address, rows.postal_code), names=names_key(rows))


def with_keys(rows: Rows, identity: Column, strict: Column) -> Rows:
    """The columns of `tables.Mentions`."""
    return rows.select("mention", *KEPT, *FLAGS, *BITS, "names", identity=identity, strict=strict)


def keyed_beside(rows: Rows, owners: Rows, known: bool) -> Rows:
    """The same of people beside others, where one is named or can be reached. `owners`: of each mention (`of`) what is known
    of whom it stands beside (`OWNED`, with `_of`); `known`: a name alone tells who she is (a doctor); of others it does
    within the data of one subject."""
    there = placed(rows).filter(_.last_name.notnull() | _.email.notnull() | _.phone.notnull())
    found = there.left_join(owners, there.mention == owners.of)
    unborn = found.birth_date.isnull() | found.birth_date_of.isnull() | (found.birth_date == found.birth_date_of)
    reached = found.last_name.isnull() & (
        (found.email == found.email_of).fill_null(False) | (found.phone == found.phone_of).fill_null(False)
    )
    same = ((found.names == found.names_of) & unborn).fill_null(False) | reached
    of: Column = ibis.literal(0, "uint64") if known else found.identity_of.fill_null(0)
    identity = ibis.ifelse(
        same,
        found.identity_of,
        ibis.coalesce(
            tagged(1, found.names, found.birth_date),
            tagged(2, found.names, ibis.coalesce(found.email, found.phone, found.home), ibis.literal(0, "uint64")),
            tagged(9, found.names, of),
            tagged(10, found.last_name, ibis.coalesce(found.email, found.phone, of)),
            tagged(3, found.email),
            tagged(4, found.phone),
        ),
    )
    strict = hash_all(ibis.struct({"identity": identity, **{kind: found[kind] for kind in STRICT}}))
    return with_keys(found, identity, strict)


def keyed_of(rows: Rows, owners: Rows, numbers: Rows) -> Rows:
    """The same of rows that belong to whom they refer to; where nobody bears their number (`of`, `key`), it stands for
    somebody of whom nothing else is known."""
    there = placed(rows)
    numbered = there.inner_join(numbers, there.mention == numbers.of).drop("of")
    found = numbered.left_join(owners, numbered.mention == owners.of)
    identity = ibis.coalesce(found.identity_of, tagged(5, found.key))
    strict = ibis.coalesce(found.strict_of, identity)
    of_nobody = found.mutate(roles=ibis.ifelse(found.identity_of.isnull(), found.roles, 0).cast("int32"))
    return with_keys(of_nobody, identity, strict)


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
    return values | {name: rows[name].max() for name in FLAGS} | {name: rows[name].bit_or() for name in BITS}
