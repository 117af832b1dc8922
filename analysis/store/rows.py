"""What is asked of the engine, by name: `Rows`, a table of rows; `Column`, a column or a value of one. Types alone, so that a
module may say them without importing Ibis, which takes half a second."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis import Table as Rows
    from ibis import Value as Column
else:
    Rows = Column = object

__all__ = ["Column", "Rows"]
