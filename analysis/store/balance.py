"""Expressions in, one expression out; knows no engine."""

from collections.abc import Callable, Sequence
from typing import Any


def balanced(join: Callable[[Any, Any], Any], parts: Sequence[Any]) -> Any:
    """Many expressions joined two by two, so that thousands of them stay a shallow tree."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return join(balanced(join, parts[:middle]), balanced(join, parts[middle:]))
