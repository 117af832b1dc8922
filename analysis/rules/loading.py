"""A file of resources/rules in, checked values out: a key that is wrong, missing or too much fails with its name."""

from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

import msgspec


class Shape(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of a rule file."""


class Rules(Shape):
    """A whole rule file."""

    version: str


File = TypeVar("File", bound=Rules)


def load(shape: type[File]) -> File:
    """The file of a shape, read once. Raises ValueError with the file and the place of what is wrong."""
    return cast(File, once(shape))


@cache
def once(shape: type[Rules]) -> Rules:
    name = shape.__name__.lower()
    return read(shape, (files("resources") / "rules" / f"{name}.toml").read_bytes(), name)


def read(shape: type[File], text: bytes, name: str) -> File:
    try:
        return msgspec.toml.decode(text, type=shape)
    except msgspec.ValidationError as error:
        raise ValueError(f"resources/rules/{name}.toml: {error}") from None
