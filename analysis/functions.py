"""Functions of the engine that Ibis has no word for, declared once, as named built-ins (DuckDB's names)."""

from datetime import date
from typing import Any

import ibis


@ibis.udf.scalar.builtin
def strip_accents(text: str) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def translate(text: str, before: str, after: str) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def hash(text: str) -> "ibis.dtype('uint64')": ...  # type: ignore  # noqa: A001


@ibis.udf.scalar.builtin(name="hash")
def hash_day(day: date) -> "ibis.dtype('uint64')": ...  # type: ignore


@ibis.udf.scalar.builtin(name="hash")
def hash_all(values) -> "ibis.dtype('uint64')": ...  # type: ignore


@ibis.udf.scalar.builtin
def jaro_winkler_similarity(left: str, right: str) -> float: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def regexp_full_match(text: str, pattern: str) -> bool: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="regexp_replace")
def regexp_replace(text: str, pattern: str, replacement: str, options: str) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="try_strptime")
def try_strptime(text: str, layout: str) -> "ibis.dtype('timestamp')": ...  # type: ignore


@ibis.udf.scalar.builtin(name="right")
def last_signs(text: str, count: int) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="trim")
def trim(text: str) -> str: ...  # type: ignore[empty-body]


def fold(text: Any) -> Any:
    """Letters only, upper case, without accents: 'Jean-Élie' and 'JEAN ELIE' agree; other alphabets are kept."""
    folded = regexp_replace(strip_accents(text).upper(), r"[^\pL]", "", "g")
    return ibis.ifelse(regexp_full_match(text, "[A-Z]*"), text, folded)


def hashed(text: Any) -> Any:
    """64 bits of a text; NULL stays NULL."""
    return ibis.ifelse(text.isnull(), ibis.null("uint64"), hash(text))
