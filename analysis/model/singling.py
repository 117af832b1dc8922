"""Whom few fields single out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Power:
    """Of a set of fields: persons who have them all, and persons whom nobody else in the file equals in them."""

    fields: tuple[str, ...]  # kinds
    known: int
    alone: int


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who looks for somebody, and what the leak adds; `steps`: the fields known before, one more at each step."""

    code: str
    label: str
    adds: str
    steps: tuple[Power, ...]


@dataclass(frozen=True, slots=True)
class Singling:
    """Whom a few known fields single out. `ranked`: each field by itself, the strongest first; `curve`: the strongest, then
    with the field that adds most, and so on, among all persons: a missing field counts as a value of its own there."""

    ranked: tuple[Power, ...]
    curve: tuple[Power, ...]
    attackers: tuple[Attacker, ...]
