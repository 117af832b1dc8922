"""The EDPB's notification template 1.0: its fields, its closed lists, an answer to one of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.ground.words import Words, mark

LEAK, INCIDENT, METHOD = mark("from the file"), mark("as declared"), mark("from the assessment")
OPEN, ASSUMED = mark("to be completed"), mark("assumed: correct it where it is not so")


@dataclass(frozen=True, slots=True)
class Answer:
    """One field: its number, what stands in the machine-readable form (None: nothing), the same in words, where it comes from."""

    number: int
    value: Any
    said: str
    source: str


@cache
def schema() -> dict[str, Any]:
    return json.loads((files("resources") / "schema" / "edpb-notification-1.0.schema.json").read_text(encoding="utf-8"))


def name_of(number: int) -> str:
    return f"field_{number}"


def required() -> frozenset[int]:
    return frozenset(int(name.removeprefix("field_")) for name in schema()["required"])


def blank(number: int, words: Words) -> Answer:
    """A mandatory field of which nobody knows anything: a mark where a text may stand, nothing where a list asks for a choice."""
    free = "enum" not in schema()["properties"][name_of(number)]
    return Answer(number, f"[{words(OPEN)}]" if free else None, "", OPEN)


def chosen(number: int, letter: str, source: str) -> Answer:
    """A letter of a closed list, with the form's own words."""
    return Answer(number, letter, option(number, letter), source)


def said_of(answer: Answer, words: Words) -> str:
    """An answer as it is read: a choice in the reader's language (in French, a translation of ours)."""
    return words(answer.said) if "x-options" in schema()["properties"][name_of(answer.number)] and answer.said else answer.said


def option(number: int, letter: str) -> str:
    return str(schema()["properties"][name_of(number)]["x-options"][letter])


def texted(number: int, text: str, source: str = INCIDENT) -> Iterator[Answer]:
    if text:
        yield Answer(number, text, text, source)
