"""The communes of France and their outlines, from resources/reference."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

GRID = 1_000  # steps of an outline to a degree (see tools/reference.py)
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A commune of today; of Paris, Lyon and Marseille, an arrondissement."""

    name: str
    department: str
    population: int


@cache
def communes() -> Mapping[str, Known]:
    """By Insee's code."""
    rows = columns("geo_fr.parquet", "insee", "commune", "department", "commune_population")
    return {code: Known(*told) for code, *told in rows}


@cache
def outlined() -> Mapping[str, list[tuple[Any, ...]]]:
    """By département: the rings of its communes as they are kept (Insee's code, where a ring starts, the steps along each
    axis)."""
    known, found = communes(), defaultdict[str, list[tuple[Any, ...]]](list)
    for ring in columns("communes_fr.parquet", "insee", "x", "y", "east", "north"):
        if ring[0] in known:
            found[known[ring[0]].department].append(ring)
    return found


@cache
def outlines(department: str) -> Mapping[str, list[Ring]]:
    """Of a département, by Insee's code: rings in degrees of longitude, and of latitude downwards."""
    found = defaultdict[str, list[Ring]](list)
    for code, x, y, east, north in outlined()[department]:
        found[code].append(tuple(zip(path(x, east).tolist(), (-path(y, north)).tolist(), strict=True)))
    return found


def path(start: int, steps: bytes) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Where each step of an axis ends, in degrees."""
    return np.concatenate([[start], start + np.frombuffer(steps, np.int8).cumsum(dtype=np.int64)]) / GRID


def columns(name: str, *asked: str) -> Iterator[tuple[Any, ...]]:
    import pyarrow.parquet as pq

    told = pq.ParquetFile(io.BytesIO((files("resources") / "reference" / name).read_bytes())).read(list(asked)).to_pydict()
    return zip(*(told[name] for name in asked), strict=True)
