"""Expressions in, the engine's statements out: each shape of an expression is translated once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from analysis.store.rows import Rows

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

NAMED = re.compile("[0-9a-f]{16}")  # in the name of a table that holds an answer or a leak; in no name of a column
LETTER = r"\pL"
# Of every alphabet, with the marks between them; without signs, without the digits of Arabic and Devanagari.
LETTERS = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u05ff\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u0963"
    "\u0970-\u1fff\u2c00-\u2dff\u3005-\ud7ff\uf900-\ufdff\ufe70-\ufefc\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001cfff\U00020000-\U0002fa1f"
)
CLASS = re.compile(r"(\[[^\]]*\])|\\pL")
MOST = 400  # statements that are remembered

SOUGHT = 50  # numbers of rows that the engine finds without looking at every row
SCANNED, TOGETHER = 3_000_000, 80  # rows up to which a sample looks at all of them; rows of one place of a sample beyond

Key = tuple[Any, ...]


@cache
def translator() -> "Backend":
    """What turns expressions into statements, without a connection of its own. Imported at its first use: it takes as long as
    reading a file of a million rows, and can be had while one is read."""
    from ibis.backends.duckdb import Backend

    return Backend()


def compiled(expression: Rows) -> str:
    """The statement that asks for an expression. Translating takes longer than the answer for some thousand rows, so one that
    differs from an earlier one in the names of its tables alone is that one, with its own names."""
    asked: Any = expression
    key, names = shape_of(asked.op())
    with TURN:
        known = STATEMENTS.pop(key, None)
    if known is None:
        known = translated(expression), names
    with TURN:
        STATEMENTS[key] = known  # the newest stands last
        while len(STATEMENTS) > MOST:
            del STATEMENTS[next(iter(STATEMENTS))]
    statement, before = known
    return statement if before == names else renamed(statement, dict(zip(before, names, strict=True)))


def translated(expression: Rows) -> str:
    """The statement of an expression, with its letters (`\\pL`) as the few ranges that hold them: the engine builds a pattern
    anew wherever it stands in a statement, for a tenth of the time of a small file where letters are the 648 ranges of
    Unicode."""
    statement = str(translator().compile(expression))
    return CLASS.sub(lambda found: found[0].replace(LETTER, LETTERS) if found[1] else f"[{LETTERS}]", statement)


STATEMENTS: dict[Key, tuple[str, tuple[str, ...]]] = {}  # by shape: the statement, and the names in it
TURN = Lock()


def renamed(statement: str, names: Mapping[str, str]) -> str:
    """The statement about other tables. (All names at once: one may be another's new name.)"""
    return re.sub(f'"({"|".join(map(re.escape, names))})"', lambda found: f'"{names[found[1]]}"', statement)


def shape_of(node: Any) -> tuple[Key, tuple[str, ...]]:
    """What an expression asks, whatever its tables are called: its operations with their arguments, each operation once, in the
    order in which they are met; and the names of its tables in that order."""
    from ibis.common.graph import Node
    from ibis.expr.operations import UnboundTable

    places, names, shape = dict[Any, int](), dict[str, int](), list[Any]()

    def place(node: Any) -> int:
        if (known := places.get(node)) is not None:
            return known
        if isinstance(node, UnboundTable) and NAMED.search(node.name):
            operation = (UnboundTable, names.setdefault(node.name, len(names)), node.schema)
        else:
            operation = (type(node), *map(told, node.__args__))
        places[node] = len(shape)
        shape.append(operation)
        return places[node]

    def told(value: Any) -> Any:
        if isinstance(value, Node):
            return Node, place(value)
        if isinstance(value, tuple):
            return tuple(map(told, value))
        if isinstance(value, Mapping):
            return tuple((name, told(part)) for name, part in value.items())
        return type(value), value  # 1, 1.0 and True are equal, and three statements

    place(node)
    return tuple(shape), tuple(names)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An expression over tables that get their names when it is asked (until then, names with a blank, which no column of
    ours bears): built once, because that takes longer than the answer for some thousand rows."""

    sql: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, expression: Rows) -> "Prepared":
        return cls(compiled(expression), tuple(expression.columns))

    def about(self, tables: Mapping[str, str]) -> str:
        """The statement; `tables`: name in the expression -> name in the store."""
        return renamed(self.sql, tables)


def evenly(table: str, total: int, wanted: int) -> str:
    """The statement of about `wanted` rows of a table of `total`, evenly spaced and always the same. Of a very large one, rows
    that follow each other are taken from evenly spaced places: looking at every row would take as long as reading the file."""
    step = max(1, total // wanted)
    if total <= SCANNED:
        return f'SELECT * FROM "{table}" WHERE rowid % {step} = 0 LIMIT {wanted}'
    places = range(0, total, step * TOGETHER)
    return " UNION ALL ".join(f'SELECT * FROM "{table}" WHERE rowid BETWEEN {at} AND {at + TOGETHER - 1}' for at in places)


def looked_up(table: str, columns: Sequence[str], numbers: Sequence[int]) -> str:
    """The statement of rows by their numbers: the number, then the columns (NULL for one without a name). Asked as joins of few
    numbers each: the engine looks a list up in every row, and a join of many, too."""
    names = "".join(f', "{name}"' if name else ", NULL" for name in columns)
    few = SOUGHT if len(numbers) <= SOUGHT * SOUGHT else len(numbers)
    return " UNION ALL ".join(
        f'SELECT rowid{names} FROM "{table}" WHERE rowid IN (SELECT unnest({list(numbers[at : at + few])}))'
        for at in range(0, len(numbers), few)
    )
