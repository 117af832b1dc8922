"""Arrow's columns and compute functions, which carry no types of their own."""

from typing import Any

import pyarrow.compute

pc: Any = pyarrow.compute
Column = Any


def joined(*parts: Column) -> Column:
    """Texts side by side."""
    return pc.binary_join_element_wise(*parts, "")
