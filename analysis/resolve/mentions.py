"""The numbers of mentions. A mention is what one row says of one person; a person has the number of her first mention.

A number tells its row: the row times `SLOTS`, and the mention's place in the row. Only this file knows that."""

from typing import overload

from analysis.store.rows import Column

SLOTS = 8  # mentions that a row has room for


@overload
def mention_of(row: int, slot: int = 0) -> int: ...
@overload
def mention_of(row: Column, slot: int = 0) -> Column: ...
def mention_of(row: int | Column, slot: int = 0) -> int | Column:
    """The number of the mention at a place of a row of the leak (from 0)."""
    return row * SLOTS + slot


@overload
def row_of(mention: int) -> int: ...
@overload
def row_of(mention: Column) -> Column: ...
def row_of(mention: int | Column) -> int | Column:
    """The row of a mention; of a person, the row that stands for her."""
    return mention // SLOTS
