"""The kinds of personal data and their rules, read from resources/rules; header words in, evidence out."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.words import Said, say


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: code, label (message id) and what it counts for (resources/rules/kinds.toml)."""

    code: str
    label: str
    enisa: str
    identifier: str
    hibp: str
    cnil: str
    hipaa: str
    role: str
    headers: frozenset[str]
    weak: frozenset[str]
    against: frozenset[str]

    @property
    def said(self) -> Said:
        return say(self.label)


@dataclass(frozen=True, slots=True)
class DateLayout:
    """How a date may be written: strptime layout and the expression of a whole cell."""

    layout: str
    pattern: str


@dataclass(frozen=True, slots=True)
class ValueRules:
    """Patterns of valid cells and their longest text, upper-case placeholders by kind (`any` included; `lookalikes`: those
    that fit the pattern of the kind), date layouts, weights of the decision."""

    version: str
    patterns: dict[str, str]
    longest: dict[str, int]
    placeholders: dict[str, tuple[str, ...]]
    lookalikes: dict[str, tuple[str, ...]]
    dates: tuple[DateLayout, ...]
    weights: dict[str, float]


def rules(name: str) -> dict[str, Any]:
    """A file of resources/rules."""
    return tomllib.loads((files("resources") / "rules" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code."""
    return {
        item["code"]: Kind(
            **{key: item[key] for key in ("code", "label", "enisa", "identifier", "hibp", "cnil", "hipaa", "role")},
            headers=frozenset(item["headers"]),
            weak=frozenset(item["weak"]),
            against=frozenset(item["not"]),
        )
        for item in rules("kinds")["kind"]
    }


NAMES = frozenset({"last_name", "first_name"})


def own(found: dict[str, Any], code: str) -> tuple[str, ...]:
    return tuple(found["placeholders"].get(code, ()))


@cache
def value_rules() -> ValueRules:
    found = rules("values")
    common, names = tuple(found["placeholders"]["any"]), tuple(found["placeholders"]["names"])
    placeholders = {code: (names if code in NAMES else common) + own(found, code) for code in kinds()}
    return ValueRules(
        version=found["version"],
        patterns=found["patterns"],
        longest=found["longest"],
        placeholders=placeholders,
        lookalikes={code: lookalikes(words, found["patterns"].get(code)) for code, words in placeholders.items()},
        dates=tuple(DateLayout(item["layout"], item["pattern"]) for item in found["date"]),
        weights=found["weights"],
    )


def lookalikes(words: tuple[str, ...], pattern: str | None) -> tuple[str, ...]:
    """The placeholders that have the form of a valid cell (a date is judged by its day, not by its form)."""
    if pattern is None:
        return ()
    latin = re.compile(pattern.replace(r"\pL", "A-Za-zÀ-ÖØ-öø-ÿ").replace(r"\pM", ""))
    return tuple(word for word in words if latin.fullmatch(word) or latin.fullmatch(word.lower()))


@cache
def rules_version() -> str:
    return f"{rules('kinds')['version']}+{value_rules().version}"


def plain(text: str) -> str:
    """Lower case without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)).lower()


def header_words(header: str) -> tuple[str, ...]:
    """The words of a column name: camelCase, snake_case, signs and digits split; accents and case folded."""
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", re.sub(r"\((e|s|es|x)\)", "", header[:255]).replace("°", " "))
    return tuple(re.findall(r"[a-z]+|\d+", plain(spaced)))


def header_score(header: str, kind: Kind) -> float:
    """1 when the header is a name of the kind, 0.8 when it contains one, 0.4 for a weak word, -1 when it says otherwise."""
    words = header_words(header)
    lettered = tuple(word for word in words if not word.isdigit())
    whole = " ".join(lettered)
    if not lettered:
        return 0.0
    if whole in kind.headers or " ".join(words) in kind.headers or "".join(words) in kind.headers:
        return 1.0
    if kind.against & set(words):
        return -1.0
    runs = {" ".join(lettered[at : at + size]) for size in (1, 2, 3) for at in range(len(lettered) - size + 1)}
    if runs & kind.headers:
        return 0.8
    return 0.4 if runs & kind.weak else 0.0


def header_tells(cell: str) -> bool:
    """Whether a cell reads like the name of a column."""
    return len(cell) <= 60 and any(header_score(cell, kind) >= 0.8 for kind in kinds().values())
