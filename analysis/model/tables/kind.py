"""What a declared table is.

A kind is a class: its annotations are the columns, `one` says what one row is, `more` is a pattern of further columns (of
type `of`), `example` are three invented rows. A noun holds a table as `Kept[Kind]`: its name, which says what is in it.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Annotated, ClassVar, Generic, Never, TypeVar, get_type_hints

Int64 = Annotated[int, "int64"]
Int32 = Annotated[int, "int32"]
Int16 = Annotated[int, "int16"]
Hash = Annotated[int, "uint64"]
Number = Annotated[float, "float64"]
Flag = Annotated[bool, "boolean"]
Text = Annotated[str, "string"]
Code = Annotated[str, "string"]  # of one of the enumerations of `codes`
Day = Annotated[str, "date"]


class Table:
    """A kind of table."""

    one: ClassVar[str] = ""
    more: ClassVar[str] = ""
    of: ClassVar[str] = "string"
    example: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[Mapping[str, str]] = {}
    stage: ClassVar[str] = ""  # the first part of the name of each table of this kind

    def __init_subclass__(cls, *, one: str, example: tuple[str, ...], more: str = "", of: str = "string") -> None:
        cls.one, cls.more, cls.of, cls.example = one, more, of, example
        told = get_type_hints(cls, include_extras=True)
        cls.columns = {name: kind.__metadata__[0] for name, kind in told.items() if hasattr(kind, "__metadata__")}
        cls.stage = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        TABLES[cls.stage] = cls

    @classmethod
    def wrong(cls, schema: Mapping[str, str]) -> str:
        """In what a table differs from its declaration; empty where it does not."""
        missing = [name for name in cls.columns if name not in schema]
        other = [name for name, kind in schema.items() if kind != cls.columns.get(name, cls._more(name))]
        return ", ".join([*(f"{name} is missing" for name in missing), *(f"{name} is {schema[name]}" for name in other)])

    @classmethod
    def _more(cls, name: str) -> str:
        return cls.of if cls.more and re.fullmatch(cls.more, name) else "nothing declared"


# By the first part of the name of each, in the order in which they are made; what follows in a name is the hash of the question.
TABLES: dict[str, type[Table]] = {}
Kind = TypeVar("Kind", bound=Table, covariant=True)


class Kept(str, Generic[Kind]):
    """The name of a table in the store, which knows what is in it."""

    __slots__ = ()


def kept_in(noun: object) -> set[str]:
    """The names of all tables that a noun holds, and the nouns in it."""
    found, seen, left = set[str](), set[int](), [noun]
    while left:
        one = left.pop()
        if isinstance(one, Kept):
            found.add(str(one))
        elif isinstance(one, tuple | list | dict) or is_dataclass(one):
            if id(one) in seen:
                continue
            seen.add(id(one))
            match one:
                case tuple() | list():
                    left += one
                case dict():
                    left += one.values()
                case _:
                    left += [getattr(one, field.name) for field in fields(one)]
    return found - {""}


NOWHERE: Kept[Never] = Kept("")  # the name of no table


def stage_of(name: str) -> str:
    """The part of a table's name before the hash (the ledger of a table bears the name of the table, and its own behind it)."""
    return "notes" if name.endswith("_notes") else re.split(r"_(?=[0-9a-f]{16})", name)[0]
