"""Persons in, keyed hashes out, and hashes of another owner in: two lists are compared, and neither shows a name to the
other.

Each owner hashes what would link two persons (`KEYS`) by HMAC-SHA256 (RFC 2104), under a key that both know and nobody else:
without the key nobody can try names out. What is hashed are normal forms, which depend on the rules and on the engine: the
file names both.
"""

from functools import reduce
from hashlib import sha256
from hmac import digest
from operator import add

import ibis
from ibis import _

from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Leak, Matched, People, tables
from analysis.model.tables import Kept
from analysis.resolve.cumulated import codes_of, cumulated
from analysis.resolve.match import decided, new_kinds
from analysis.resolve.rating import candidates
from analysis.rules.kinds import kinds, rules_version
from analysis.store import ENGINE, Store
from analysis.store.functions import binary, binary_of_hex, both, sha256_hex
from analysis.store.rows import Column, Rows

# What two persons must share; and keys of sources that hold no names.
KEYS = (
    ("names", "birth_date"),
    ("names", "email"),
    ("names", "phone"),
    ("names", "home"),
    ("email", "birth_date"),
    ("phone", "birth_date"),
)
ALONE = ("email", "phone")
HASHED = (*KEYS, *((kind,) for kind in ALONE))
FORM, HAS = "ampleur-hashes-1", "has:"
BLOCK, KEPT = 64, 32  # bytes of a block of SHA-256; digits of a hash that are kept (128 bits)
SHORTEST = 16  # bytes of a key
BORN, CORRECTED, NAMED = 0, 1, (2, 3)  # places in HASHED: names and birth date; and e-mail; and phone, and home


def title(key: bytes) -> str:
    """The name of the first column: the form, the rules and engine that made the normal forms, and a sign of the key."""
    forms = sha256(f"{rules_version()}+{ENGINE}".encode()).hexdigest()[:8]
    return f"{FORM}/{forms}/{digest(key, FORM.encode(), 'sha256').hex()[:8]}"


def heads(key: bytes) -> list[str]:
    """The columns of a file of hashes: the number of the person, one hash for each key, and 1 where she has a kind of data."""
    return [title(key), *("+".join(names) for names in HASHED), *(HAS + code for code in kinds())]


def hmac_sha256(text: Column, key: bytes) -> Column:
    """32 digits of the HMAC of a text, in the engine."""
    padded = (key if len(key) <= BLOCK else sha256(key).digest()).ljust(BLOCK, b"\0")
    inner, outer = (binary_of_hex(bytes(sign ^ pad for sign in padded).hex()) for pad in (0x36, 0x5C))
    return sha256_hex(both(outer, binary_of_hex(sha256_hex(both(inner, binary(text)))))).substr(0, KEPT)


def hashes(store: Store, people: People, key: bytes, watch: Watch) -> Kept[tables.Hashes]:
    """The table of person, h0 ... (a hash for each of `HASHED`, NULL where a part is missing), kinds (see `normalize.bits`)."""
    watch.tell(say("Hashing the identities"), 0.0)
    persons = store.table(people.table)
    told: dict[str, Column] = {}
    for at, names in enumerate(HASHED):
        there = reduce(lambda one, other: one & other, [persons[name].notnull() for name in names])
        text: Column = ibis.literal("+".join(names))
        for name in names:
            text = text + "|" + persons[name].cast("string")
        told[f"h{at}"] = ibis.ifelse(there, hmac_sha256(text, key), ibis.null("string"))
    return store.keep(tables.Hashes, persons.select("person", **told, kinds=persons.kinds), watch)


def matched_hashes(store: Store, people: People, leak: Leak, key: bytes, what: str, watch: Watch) -> Matched:
    """The persons against a file of hashes of another owner, as `matched` does with her list; fields cannot be compared.

    Raises Trouble where the file is none of hashes, or was made with another key, other rules or another engine.
    """
    if not leak.columns[0].startswith(FORM):
        raise Trouble("hashes", say("The other file holds no hashes. Its owner writes them with `ampleur hash`."))
    if leak.columns[0].split("/")[1:2] != title(key).split("/")[1:2]:
        raise Trouble("hashes", say("The hashes were written by another version of Ampleur: both sides need the same."))
    if list(leak.columns) != heads(key):
        raise Trouble("hashes", say("The hashes were written with another key: ask their owner for the key file."))
    ours = store.table(hashes(store, people, key, watch))
    theirs = read_hashes(store.table(leak.table))
    columns = {f"h{at}": theirs[f"h{at}"].count() for at in range(len(HASHED))}
    counts = store.one(
        theirs.aggregate(**columns, **{f"ours{at}": (ours[f"h{at}"].count()).as_scalar() for at in range(len(HASHED))}), watch
    )
    usable = [at for at in range(len(HASHED)) if counts[f"h{at}"] and counts[f"ours{at}"]]
    linking = [at for at in usable if at < len(KEYS)] or usable
    pairs = (
        store.table(store.keep(tables.Candidates, candidates(ours, theirs, tuple((f"h{at}",) for at in linking)), watch))
        if linking
        else None
    )
    if pairs is None:
        return Matched(what, leak.rows, leak.rows, 0, 0, people.best, leak.rows, comparable=False)
    name, confirmed, ambiguous, there = decided(store, rating(pairs, ours, theirs), watch)
    found = store.table(name)
    seen = reduce(int.__or__, [int(mask) for (mask,) in store.rows(theirs.select("kinds").distinct(), watch)], 0)
    return Matched(
        what=what,
        rows=leak.rows,
        persons=leak.rows,
        confirmed=confirmed,
        ambiguous=ambiguous,
        not_found=people.best - confirmed - ambiguous,
        not_leaked=leak.rows - there,
        new_kinds=new_kinds(people, codes_of(seen)) if what == "earlier" else (),
        cumulated=cumulated(store, found.filter(_.n == 1), ours, theirs, watch) if what == "earlier" else None,
        table=name,
    )


def read_hashes(raw: Rows) -> Rows:
    """A file of hashes as `hashes` makes them."""
    bits: Column = ibis.literal(0)
    for at in range(len(kinds())):
        bits += ibis.ifelse(raw[f"c{1 + len(HASHED) + at}"] == "1", 1 << at, 0)
    columns = {f"h{at}": raw[f"c{1 + at}"].nullif("") for at in range(len(HASHED))}
    return raw.select(person=raw.rowid(), **columns, kinds=bits.cast("int64"))


def rating(pairs: Rows, ours: Rows, theirs: Rows) -> Rows:
    """a, b, score: how many keys agree. Names that agree beside another birth date are two people, unless the e-mail agrees
    as well."""
    places = range(len(HASHED))
    mine = ours.select(a=ours.person, **{f"h{at}": ours[f"h{at}"] for at in places})
    them = theirs.select(b=theirs.person, **{f"g{at}": theirs[f"h{at}"] for at in places})
    compared = pairs.select("a", "b").inner_join(mine, "a").inner_join(them, "b")
    same = [(compared[f"h{at}"] == compared[f"g{at}"]).fill_null(False) for at in places]
    born = (compared[f"h{BORN}"] != compared[f"g{BORN}"]).fill_null(False)
    two = born & ~same[CORRECTED] & reduce(lambda one, other: one | other, [same[at] for at in NAMED])
    score = reduce(add, [agree.cast("int8") for agree in same]).cast("int16")
    nothing = ibis.literal(0, "int64")
    return compared.filter(~two).select("a", "b", score=score, sure=ibis.literal(True), agree=nothing, differ=nothing)
