"""A nested value in, one flat record with dotted names out, or the tables that stand in it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from analysis.rules.headers import names_field

DEEPEST = 32
NAMED = ("name", "fieldName", "field", "label", "title", "id")
MOST_ITEMS = 20  # of a list, each its own columns; the rest is joined in the last


def flat(value: object, prefix: str = "", depth: int = 0) -> dict[str, str | None]:
    """Dotted names; the first item of a list goes without a number, the others by their place from 2."""
    return dict(parts(value, prefix, depth))


def parts(value: object, prefix: str, depth: int) -> Iterator[tuple[str, str | None]]:
    if depth > DEEPEST:
        yield prefix, "…"
    elif isinstance(value, dict):
        for key, item in value.items():  # pyright: ignore
            yield from parts(item, f"{prefix}.{key}" if prefix else str(key), depth + 1)  # pyright: ignore
    elif isinstance(value, list):
        if is_grid(value, depth):  # pyright: ignore
            yield prefix or "value", json.dumps(value, ensure_ascii=False)
            return
        if not any(isinstance(item, dict | list) for item in value):  # pyright: ignore
            yield prefix or "value", "; ".join(text_of(item) or "" for item in value) or None  # pyright: ignore
            return
        for at, item in enumerate(value[:MOST_ITEMS]):  # pyright: ignore
            yield from parts(item, prefix if at == 0 else f"{prefix}.{at + 1}", depth + 1)
        if len(value) > MOST_ITEMS:  # pyright: ignore
            yield f"{prefix}.more", "; ".join(str(item) for item in value[MOST_ITEMS:])  # pyright: ignore
    else:
        yield prefix or "value", text_of(value)


def is_grid(value: Sequence[object], depth: int) -> bool:
    """Lists of lists of values alone, such as the points of a line: one cell."""
    if depth > DEEPEST or not any(isinstance(item, list) for item in value):
        return False
    inner = [cast(list[object], item) for item in value if isinstance(item, list)]
    return not any(isinstance(item, dict) for item in value) and all(
        is_grid(item, depth + 1) or not any(isinstance(part, dict | list) for part in item) for item in inner
    )


def text_of(value: object) -> str | None:
    """A scalar as the source writes it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


@dataclass(frozen=True, slots=True)
class Found:
    """A table in a nested value: where it stands, and its records (objects or lists)."""

    name: str
    records: Sequence[Any]


def tables_in(value: Any) -> Iterator[Found]:
    """Lists of records, maps of records by key, tables written as names and rows or column by column, at any depth. What stands
    beside a table is a record of its own where its names are those of personal data; a value without a table is one record.
    Raises RecursionError where it is nested too deep."""
    return Finder().tables(value, "")


class Finder:
    """Looks for the tables of one value; what was found of a part is remembered, because every level asks for it."""

    def __init__(self) -> None:
        self._held: dict[int, bool] = {}

    def tables(self, value: Any, path: str) -> Iterator[Found]:
        name = path or "records"
        if isinstance(value, list):
            yield from self._listed(name, cast(list[Any], value))
        elif not isinstance(value, dict):
            yield Found(name, [value])
        else:
            yield from self._object(name, path, cast(dict[str, Any], value))

    def _listed(self, name: str, items: list[Any]) -> Iterator[Found]:
        """A lone object that says nothing itself is looked into."""
        if len(items) == 1 and self.holds(items[0]) and not is_record(items[0]):
            yield from self.tables(items[0], "" if name == "records" else name)
        else:
            yield Found(name, items)

    def _object(self, name: str, path: str, whole: dict[str, Any]) -> Iterator[Found]:
        if (rows := named_rows(whole)) is not None or (rows := by_column(whole)) is not None:
            yield Found(name, rows)
        elif self._is_map(whole):
            yield Found(name, [{"key": key, **item} for key, item in whole.items()])
        else:
            inner = {key: item for key, item in whole.items() if self.holds(item)}
            beside = {key: item for key, item in whole.items() if key not in inner}
            if not inner or {key for key in beside if names_field(key)} - {"name"}:  # the name of a table is nobody's
                yield Found(name, [beside if inner else whole])
            for key, item in inner.items():
                yield from self.tables(item, f"{path}.{key}" if path else key)

    def holds(self, value: Any) -> bool:
        """Whether a table stands anywhere in a value that is no record of its own."""
        if not isinstance(value, dict | list):
            return False
        if id(value) not in self._held:
            self._held[id(value)] = self._holds(cast(Any, value))
        return self._held[id(value)]

    def _holds(self, value: Any) -> bool:
        if isinstance(value, list):
            return any(isinstance(item, dict | list) for item in cast(list[Any], value))
        if named_rows(value) is not None or by_column(value) is not None or self._is_map(value):
            return True
        return any(map(self.holds, value.values()))

    def _is_map(self, value: Mapping[str, Any]) -> bool:
        """Objects by key that have most of their names in common."""
        items = [cast(dict[str, Any], item) for item in value.values() if isinstance(item, dict)]
        if len(items) < 2 or len(items) < len(value) or any(map(self.holds, items)):
            return False
        often = Counter(key for item in items for key in item)
        return sum(often.values()) >= 0.5 * len(often) * len(items)


def is_record(item: Any) -> bool:
    """Whether an object says something itself, beside the tables in it."""
    return not isinstance(item, dict) or any(not isinstance(part, dict | list) for part in cast(dict[str, Any], item).values())


def named_rows(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """{columns, data}: names and rows apart."""
    names = next((value[key] for key in ("columns", "fields", "headers", "cols") if isinstance(value.get(key), list)), None)
    rows = next((value[key] for key in ("data", "rows", "values", "records") if isinstance(value.get(key), list)), None)
    if not names or not rows or not all(isinstance(row, list) and len(cast(list[Any], row)) <= len(names) for row in rows):
        return None
    told = [next((str(name[key]) for key in NAMED if key in name), "") if isinstance(name, dict) else str(name) for name in names]
    return [dict(zip(told, row, strict=False)) for row in rows] if all(told) else None


def by_column(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """{name: {place: value}} or {name: [value ...]}: column by column."""
    columns = list(value.values())
    if len(columns) < 2:
        return None
    if all(isinstance(column, list) for column in columns):
        heights = {len(cast(list[Any], column)) for column in columns}
        plain = not any(isinstance(cell, dict | list) for column in columns for cell in column)
        if len(heights) > 1 or heights <= {0, 1} or not plain:
            return None
        return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    if not all(isinstance(column, dict) and column for column in columns):
        return None
    places = list(cast(dict[str, Any], columns[0]))
    if places != [str(at) for at in range(len(places))] or any(list(column) != places for column in columns):
        return None
    return [{name: column[place] for name, column in value.items()} for place in places]
