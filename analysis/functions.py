"""Functions of the engine that Ibis has no word for, declared once, as named built-ins (DuckDB's names)."""

from typing import Any

import ibis


@ibis.udf.scalar.builtin
def strip_accents(text: str) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def translate(text: str, before: str, after: str) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def hash(text: str) -> "ibis.dtype('uint64')": ...  # type: ignore  # noqa: A001


@ibis.udf.scalar.builtin
def jaro_winkler_similarity(left: str, right: str) -> float: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def regexp_full_match(text: str, pattern: str) -> bool: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="regexp_replace")
def regexp_replace(text: str, pattern: str, replacement: str, options: str) -> str: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="try_strptime")
def try_strptime(text: str, layout: str) -> "ibis.dtype('timestamp')": ...  # type: ignore


def fold(text: Any) -> Any:
    """Letters only, upper case, without accents: 'Jean-Élie' and 'JEAN ELIE' agree; other alphabets are kept."""
    return regexp_replace(strip_accents(text).upper(), r"[^\pL]", "", "g")
