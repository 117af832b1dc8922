"""The name of a column or a table, or a cell, in; whom it speaks of out (resources/rules/roles.toml)."""

from dataclasses import dataclass
from functools import cache

from analysis.rules.headers import header_words
from analysis.rules.loading import load
from analysis.rules.shapes import Roles

SUBJECT, NOBODY = "subject", "nobody"
TEN = 10  # the first number that no digit is


@dataclass(frozen=True, slots=True)
class Spoken:
    """Of whom a name speaks (a code of `Role`), and which of several (`number`; 0: the only one); `rest`: its other words."""

    role: str
    number: int
    rest: tuple[str, ...]


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """The words of each phrase, and its role."""
    rules = load(Roles)
    named = {SUBJECT: rules.subject, NOBODY: rules.nobody}
    named |= {code: item.names for code, item in rules.role.items()}
    return {words_of(phrase): role for role, names in named.items() for phrase in names}


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without the small ones."""
    return tuple(word for word in header_words(name) if word not in load(Roles).small)


@cache
def spoken(name: str) -> Spoken | None:
    """Of whom a name speaks; None: of nobody in particular."""
    words = words_of(name)
    known = phrases()
    for size in range(min(len(words), 4), 0, -1):
        for at in range(len(words) - size + 1):
            role = known.get(words[at : at + size])
            if role is not None:
                rest = (*words[:at], *words[at + size :])
                after = words[at + size : at + size + 1]
                number = int(after[0]) if after and after[0].isdigit() and len(after[0]) == 1 else 0
                return Spoken(role, number or apart(role, " ".join(words[at : at + size])), rest)
    return None


def apart(role: str, phrase: str) -> int:
    """Father and mother are two of one role: numbers above those that a name holds."""
    lists = load(Roles).role[role].apart if role in load(Roles).role else ()
    return next((TEN + at for at, names in enumerate(lists) if phrase in names), 0)


def named_by_role(name: str) -> bool | None:
    """Whether a name says nothing but a role: True where the word means nothing else, False where it may, None where it says
    more."""
    told = spoken(name)
    if told is None or any(not word.isdigit() for word in told.rest) or told.role in (SUBJECT, NOBODY):
        return None
    return " ".join(word for word in words_of(name) if not word.isdigit()) not in load(Roles).weak


def tells_roles(name: str) -> bool:
    """Whether the cells of a column so named say what the person of the row is."""
    return " ".join(words_of(name)) in load(Roles).telling
