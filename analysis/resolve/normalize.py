"""Cells in, comparable values out: one row of features per row of the leak, in the engine.

Names and dates stay readable, because the links are judged by them; contact points are only ever compared for equality,
so 64-bit hashes stand for them.
"""

import re
from collections.abc import Iterable
from operator import or_

import ibis

from analysis.classify.cells import address_in, bare, date_of, text_of
from analysis.model import HOMBRE, HOUSE, NAMED, Exposure, Field, Status
from analysis.resolve.fullname import has_names, parted, whole
from analysis.resolve.mentions import Described, mention_of
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Values
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.functions import (
    capitals,
    fold,
    hash,
    hash_all,
    hashed,
    last_signs,
    lettered,
    regexp_full_match,
    regexp_replace,
)
from analysis.store.rows import Column, Rows

# Particles that some systems write and others drop: "de La Tour" and "La Tour" agree.
PARTICLES = r"^ *(?:(?:DE|DU|DES|VON|VAN) |D['’])|[^\pL]"
# "DUPONT ép. MARTIN", "DUPONT (MARTIN)", "MARTIN née DUPONT": a birth name and the name in use.
BORN = r"\pL n[ée]e +"
WED = r"(?: +(?:[ée]p(?:ouse|se)?|veuve|vve|div(?:orc[ée]e)?|usage)(?:\. *| +)| *\()"
BIRTH_NAME = rf"(?i)^(?:.*{BORN}|(.*?\pL){WED}.*$)"
NAME_IN_USE = rf"(?i)^(?:(.*\pL) n[ée]e +.*|.*?\pL{WED}(.*?)\)?)$"
MOTHER = "(?i)m[eèé]re|mother|mutter|madre|m[aã]e|moeder|matki"
# Kinds whose normal form does not drop blanks by itself.
TRIMMED = {"birth_date", "address", "city", "sex", "postal_code", "email", "person_id"}
# A code of another country is marked, so that it is no French one of the same digits.
ABROAD = "~"
HOME = ("FRANCE", "FR", "FRA", "F", "FRANCE METROPOLITAINE", "REPUBLIQUE FRANCAISE")
FRANCE = (*HOME, "MARTINIQUE", "GUADELOUPE", "GUYANE", "GUYANE FRANCAISE", "REUNION", "LA REUNION", "MAYOTTE")
TOWNS, LEAST_TOWNS, FRENCH_TOWNS = "postal_code_city", 50, 0.2
TORN = "torn"  # before the position of a column that has malformed cells
WOMAN, MUJER = ("F", "f", "2", "W", "w", "V", "v"), ("M", "m")
WOMEN = r"(?i)mme|mlle|madame|mademoiselle|femme|female|f[ée]minin[oa]?|femenin[oa]|weiblich|frau|mujer|femmina|vrouw"
TYPES = {
    "birth_date": "date",
    "phone": "uint64",
    "address": "uint64",
    "city": "uint64",
    "person_id": "uint64",
    "nir": "uint64",
    "number": "uint64",
}
KINDS = ("last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone", "person_id")
# Numbers by which two lists are compared, and their kinds.
NUMBERS = {"nir": "national_id", "number": "person_id"}
FLAGS = ("mobile", "email_named", "email_role")
ROLES = (
    "(?i)(accueil|admin|administration|anonyme|bonjour|boutique|bureau|cabinet|caisse|clients?|commercial|compta|comptabilite|"
    "contact|direction|facturation|hello|info|infos|inconnu|magasin|mairie|nobody|no-?reply|office|patients?|pharmacie|"
    "postmaster|rdv|reception|sales|sav|secretariat|service|standard|support|team|test|ventes?|webmaster)@.*"
)


def features(store: Store, exposure: Exposure, rest: Column | None = None, whom: Described | None = None) -> Rows:
    """`mention` (one for each row), one column per kind (normalized, NULL where nothing valid stands), and what the contact
    points reveal: `mobile`, `email_named` (the local part holds the last name), `email_role` (a shared mailbox); `kinds` (see
    `bits`). `last_name` is the birth name where one is known (both names are parted where they stand in one column); `usage`
    stands for the name in use, where it is another; `malformed` for what is.

    `rest`: one number for all else that tells persons apart, in files without whole birth dates. `whom`: whose columns these are.

    The values are drawn from the cells below the join and judged above it: the engine computes a text anew for every use, and
    a join is where it stops merging the two.
    """
    raw, statuses = store.table(exposure.leak.table), store.table(exposure.table)
    fields = {kind: exposure.of_kind(kind) for kind in KINDS if needed(kind, exposure)}
    phone, email = exposure.of_kind("phone"), exposure.of_kind("email")
    drawn = {kind: comparable(raw, field) for kind, field in fields.items() if field is not None}
    if (full := whole(exposure)) is not None:
        last_text, first_text = parted(store, exposure, full)
        fields["last_name"] = fields["first_name"] = full
        drawn["last_name"], drawn["first_name"] = birth_name(last_text), fold(first_text)
    if "postal_code" in drawn and (away := abroad(raw, exposure)) is not None:
        drawn["postal_code"] = ibis.ifelse(away, ABROAD + drawn["postal_code"], drawn["postal_code"])
    if "address" in drawn:
        drawn["address"] = with_house(raw, exposure, drawn["address"])
    if phone is not None:
        drawn["mobile"] = regexp_full_match(raw[f"c{phone.position}"], load(Values).patterns["phone_mobile"])
    if email is not None:
        drawn["email_role"] = regexp_full_match(raw[f"c{email.position}"], ROLES)
    born = maiden(exposure)
    for name, kind in NUMBERS.items():
        if (field := exposure.of_kind(kind)) is not None:
            fields[name], drawn[name] = field, numbered(raw[f"c{field.position}"])
    if born is not None:
        drawn["maiden_name"] = lettered(raw[f"c{born.position}"], PARTICLES)
    if (last := exposure.of_kind("last_name")) is not None:
        drawn["usage"] = name_in_use(raw[f"c{last.position}"], always=born is not None)
    whom = whom or Described()
    if whom.words:
        drawn["role_key"] = hashed(text_of(raw[f"c{whom.column}"]))
    drawn |= {"rest": ibis.null("uint64") if rest is None else rest, **torn(raw, fields.values())}
    rows = whom.bits(store, raw.select(row=raw.rowid(), **drawn).join(statuses, "row"))
    sources = {**fields, "mobile": phone, "email_role": email}
    found = {kind: where_valid(rows, kind, sources.get(kind)) for kind in (*KINDS, *NUMBERS, "mobile", "email_role")}
    found["email_named"], found["malformed"] = names_its_owner(rows, exposure), malformed(rows)
    found["last_name"], found["usage"] = both_names(found["last_name"], rows, last, born)
    found["email"], found["rest"], found["kinds"] = hashed(found["email"]), rows.rest, bits(rows, exposure)
    return rows.select(
        "roles",
        mention=mention_of(rows.row, whom.slot),
        **{kind: value.fill_null(False) if kind in FLAGS else value for kind, value in found.items()},
    )


def abroad(raw: Rows, exposure: Exposure) -> Column | None:
    """Whether a postal code is no French one: its row names another country; without such a column, the file does where its towns
    do not belong to the codes as French ones do. None where nothing says so."""
    if (country := exposure.of_kind("country")) is not None:
        name = capitals(bare(raw[f"c{country.position}"]))
        return (~name.isin(FRANCE) & (name != "")).fill_null(False)
    towns = next((item for item in exposure.coherence if item.name == TOWNS), None)
    foreign = towns is not None and towns.compared >= LEAST_TOWNS and towns.share < FRENCH_TOWNS
    return ibis.literal(True) if foreign else None


def with_house(raw: Rows, exposure: Exposure, street: Column) -> Column:
    """The street with the number of the house, where that stands in a column of its own."""
    house = next((field for field in exposure.fields if field.variant == HOUSE), None)
    if house is None:
        return street
    number = regexp_replace(raw[f"c{house.position}"].upper(), "[^0-9A-Z]", "", "g")
    return hash_all(ibis.struct({"number": number, "street": street}))


def bits(rows: Rows, exposure: Exposure) -> Column:
    """The kinds of which a row holds a valid value, one bit each in the order of `kinds()`."""
    there: Column = ibis.literal(0, "int64")
    for at, code in enumerate(kinds()):
        valid = [rows[f"s{field.position}"] == int(Status.VALID) for field in exposure.personal if field.kind == code]
        if valid:
            there += balanced(or_, valid).cast("int64") * (1 << at)
    return there


def name_in_use(text: Column, always: bool) -> Column:
    """The name in use of a cell that may hold a birth name as well. `always`: also of a cell of one word, which is otherwise
    no other name."""
    used = lettered(worded(text, NAME_IN_USE, r"\1\2"), PARTICLES)
    return used if always else ibis.ifelse(several_words(text), used, ibis.null("string"))


def birth_name(text: Column) -> Column:
    """The birth name of a cell that may hold the name in use as well."""
    return lettered(worded(text, BIRTH_NAME, r"\1"), PARTICLES)


def worded(text: Column, pattern: str, kept: str) -> Column:
    """A part of a name of several words; a name of one word is itself, and most are."""
    return ibis.ifelse(several_words(text), regexp_replace(text, pattern, kept, ""), text)


def numbered(cell: Column) -> Column:
    """A number without signs and leading zeros; a French national number without its key."""
    plain = regexp_replace(cell.upper(), r"[^0-9A-Z]|^[^1-9A-Z]+", "", "g")
    french = regexp_full_match(plain, r"[1-478]\d{4}[0-9AB]{2}\d{6,8}")
    return hash(ibis.ifelse(french, plain.left(13), plain).nullif(""))


def untagged(email: Column) -> Column:
    """Without what stands behind a plus before the sign: the same mailbox (subaddressing, RFC 5233)."""
    return ibis.ifelse(email.contains("+"), regexp_replace(email, r"\+[^@]*@", "@", ""), email)


def several_words(text: Column) -> Column:
    """Whether a name has more than one word."""
    return text.contains(" ") | text.contains("(")


def maiden(exposure: Exposure) -> Field | None:
    """The column of people's own birth names (their mothers' are another matter)."""
    own = [field for field in exposure.fields if field.kind == "maiden_name" and not re.search(MOTHER, field.column)]
    return max(own, key=lambda field: field.valid, default=None)


def both_names(name: Column, rows: Rows, last: Field | None, birth: Field | None) -> tuple[Column, Column]:
    """The birth name where one is known, else the last name; and the hash of the name in use where it is another."""
    nothing = ibis.null("uint64")
    if last is None:
        return name, nothing
    used = where_valid(rows, "usage", last)
    born = name if birth is None else ibis.coalesce(where_valid(rows, "maiden_name", birth), name)
    return born, ibis.ifelse((used != born).fill_null(False), hash(used), nothing)


def needed(kind: str, exposure: Exposure) -> bool:
    """The city repeats the postal code, a number the names: they count only where those are absent."""
    if kind == "city":
        return exposure.of_kind("postal_code") is None
    if kind == "person_id":
        return not has_names(exposure)
    return True


def names_its_owner(rows: Rows, exposure: Exposure) -> Column:
    """Whether the address holds the last name, where no first name stands beside it (with both, the full name decides
    and nobody asks what the address reveals)."""
    first, last, email = (exposure.of_kind(kind) for kind in ("first_name", "last_name", "email"))
    if last is None or email is None:
        return ibis.literal(False)
    alone = (rows[f"s{last.position}"] == int(Status.VALID)) & (rows[f"s{email.position}"] == int(Status.VALID))
    if first is not None:
        alone = alone & (rows[f"s{first.position}"] != int(Status.VALID))
    told = (rows.last_name.length() > 2) & rows.email.contains(rows.last_name.lower())
    return ibis.ifelse(alone, told, False)


def torn(raw: Rows, fields: Iterable[Field | None]) -> dict[str, Column]:
    """The cells of the columns that have malformed ones, as numbers."""
    spoiled = [item.position for item in fields if item is not None and item.malformed]
    return {f"{TORN}{at}": hashed(bare(raw[f"c{at}"]).upper()) for at in spoiled}


def malformed(rows: Rows) -> Column:
    """One number for the malformed cells of a row: no contact and no date, but two that differ are two. NULL without any."""
    told = {
        name: ibis.ifelse(rows[f"s{name.removeprefix(TORN)}"] == int(Status.MALFORMED), rows[name], ibis.null("uint64"))
        for name in rows.columns
        if name.startswith(TORN)
    }
    if not told:
        return ibis.null("uint64")
    there = balanced(or_, [cell.notnull() for cell in told.values()])
    return ibis.ifelse(there, hash_all(ibis.struct(told)), ibis.null("uint64"))


def where_valid(rows: Rows, kind: str, field: Field | None) -> Column:
    """The value drawn from a field's cells where they are valid, else NULL."""
    none = ibis.null("boolean" if kind in FLAGS else TYPES.get(kind, "string"))
    return none if field is None else ibis.ifelse(rows[f"s{field.position}"] == int(Status.VALID), rows[kind], none)


def comparable(rows: Rows, field: Field) -> Column:
    """A valid cell in the form in which two spellings of the same thing agree."""
    cell = rows[f"c{field.position}"]
    text = bare(cell) if field.kind in TRIMMED else cell
    match field.kind:
        case "last_name":
            return birth_name(text)
        case "first_name":
            return fold(text)
        case "birth_date":
            return date_of(text, field.variant)
        case "sex":
            letter = text.isin(MUJER if field.variant == HOMBRE else WOMAN)
            return ibis.ifelse(ibis.ifelse(text.length() == 1, letter, regexp_full_match(text, WOMEN)), "f", "m")
        case "address" | "city":
            plain = capitals(text)
            return hash(ibis.ifelse(text.contains("-") | text.contains("  "), regexp_replace(plain, "[ -]+", " ", "g"), plain))
        case "email":
            return untagged((address_in(text) if field.variant == NAMED else text).lower())
        case "phone":
            bare_digits = text.replace(" ", "").replace(".", "").replace("-", "")
            return hash(last_signs(ibis.ifelse(regexp_full_match(text, r"\d*"), text, bare_digits), 9))
        case "person_id":
            return hash(text)
        case _:
            return text
