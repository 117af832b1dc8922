"""Functions of the engine that Ibis has no word for, declared once, as named built-ins (DuckDB's names)."""

from collections.abc import Sequence
from datetime import date
from functools import reduce

import ibis

from analysis.rules.kinds import CAPITALS
from analysis.store.rows import Column

builtin = ibis.udf.scalar.builtin  # its decorated functions take and give expressions, not the plain types they declare


@builtin
def strip_accents(text: str) -> str: ...  # pyright: ignore


@builtin
def translate(text: str, before: str, after: str) -> str: ...  # pyright: ignore


@builtin
def hash(text: str) -> "ibis.dtype('uint64')": ...  # pyright: ignore


@builtin(name="hash")
def hash_day(day: date) -> "ibis.dtype('uint64')": ...  # pyright: ignore


@builtin(name="hash")
def hash_all(values) -> "ibis.dtype('uint64')": ...  # pyright: ignore


@builtin
def jaro_winkler_similarity(left: str, right: str) -> float: ...  # pyright: ignore


@builtin
def levenshtein(left: str, right: str) -> int: ...  # pyright: ignore


@builtin
def damerau_levenshtein(left: str, right: str) -> int: ...  # pyright: ignore


@builtin(name="strlen")
def octets(text: str) -> int: ...  # pyright: ignore


@builtin
def regexp_full_match(text: str, pattern: str) -> bool: ...  # pyright: ignore


@builtin
def regexp_matches(text: str, pattern: str) -> bool: ...  # pyright: ignore


@builtin(name="regexp_replace")
def regexp_replace(text: str, pattern: str, replacement: str, options: str) -> str: ...  # pyright: ignore


@builtin(name="try_strptime")
def try_strptime(text: str, layout: str) -> "ibis.dtype('timestamp')": ...  # pyright: ignore


@builtin(name="right")
def last_signs(text: str, count: int) -> str: ...  # pyright: ignore


@builtin(name="trim")
def trim(text: str) -> str: ...  # pyright: ignore


@builtin(name="sha256")
def sha256_hex(value: bytes) -> str: ...  # pyright: ignore


@builtin(name="unhex")
def binary_of_hex(digits: str) -> bytes: ...  # pyright: ignore


@builtin(name="encode")
def binary(text: str) -> bytes: ...  # pyright: ignore


@builtin(name="concat")
def both(one: bytes, other: bytes) -> bytes: ...  # pyright: ignore


def capitals(text: Column) -> Column:
    """Upper case without accents, each letter by plain ones: 'Lecœur' and 'LECOEUR', 'Strauß' and 'Strauss' agree. (Most texts
    are plain, and most others have accents alone: the cheaper questions come first.)"""
    flat = strip_accents(text).upper()
    plain = reduce(lambda told, sign: told.replace(*sign), CAPITALS.items(), flat)
    marked = "".join(sign + sign.lower() for sign in CAPITALS)
    return ibis.cases((octets(text) == text.length(), text.upper()), (regexp_matches(text, f"[{marked}]"), plain), else_=flat)


def fold(text: Column) -> Column:
    """Letters only, upper case, without accents: 'Jean-Élie' and 'JEAN ELIE' agree; other alphabets are kept."""
    return lettered(text, r"[^\pL]")


def lettered(text: Column, dropped: str) -> Column:
    """Upper case without accents and without what `dropped` (a pattern) matches; plain letters, which most names are, need
    only the first, at half the cost."""
    plain: Column = regexp_full_match(text, "[A-Za-z]*")
    return ibis.ifelse(plain, text.upper(), regexp_replace(capitals(text), dropped, "", "g"))


def rewritten(text: Column, steps: Sequence[tuple[str, str]]) -> Column:
    """A text after each step: a pattern, and what takes the place of all that it matches."""
    return reduce(lambda found, step: regexp_replace(found, *step, "g"), steps, text)


def slips(one: Column, other: Column, most: int) -> Column:
    """Whether at most so many signs are other ones, missing or too many, or exchanged with their neighbor (Damerau's distance,
    1964). Levenshtein's, which takes the engine a sixth of the time, is at most twice as long: it rules most pairs out."""
    return ibis.ifelse(levenshtein(one, other) > 2 * most, False, damerau_levenshtein(one, other) <= most)


def hashed(text: Column) -> Column:
    """64 bits of a text; NULL stays NULL."""
    return ibis.ifelse(text.isnull(), ibis.null("uint64"), hash(text))


def at_most(value: Column, most: int) -> Column:
    """The value, or the bound where it is above. NULL stays NULL (the engine's LEAST passes over it)."""
    return ibis.ifelse(value > most, most, value)
