"""Expressions in, one expression out; knows no engine."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Part = TypeVar("Part")


def balanced(join: Callable[[Part, Part], Part], parts: Sequence[Part]) -> Part:
    """Many expressions joined two by two, so that thousands of them stay a shallow tree."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return join(balanced(join, parts[:middle]), balanced(join, parts[middle:]))
