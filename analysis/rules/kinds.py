"""The kinds of personal data and the rules of their values, read from resources/rules."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.ground.words import Said, say
from analysis.rules.loading import load
from analysis.rules.shapes import Headers, Kinds, Lexicon, Months, Values


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: code, label (message id) and what it counts for (resources/rules/kinds.toml)."""

    code: str
    label: str
    family: str
    gdpr: str
    enisa: str
    identifier: str
    hibp: str
    cnil: str
    hipaa: str
    role: str

    @property
    def said(self) -> Said:
        return say(self.label)

    @property
    def sensitive(self) -> bool:
        """Whether a mistake about it weighs: special and criminal data, national numbers, means of payment, passwords."""
        return self.gdpr in ("special", "criminal", "nir", "financial") or self.code == "password"

    @property
    def floor(self) -> float:
        """The confidence below which a person must confirm it."""
        return load(Values).floor["sensitive" if self.sensitive else "ordinary"]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code."""
    return {item["code"]: Kind(**item) for item in load(Kinds).kind}


def taken_for(code: str, check: bool) -> Said:
    """What a column is taken for; marked where a person must confirm it before it counts."""
    return say("to be checked: {kind}", kind=kinds()[code].said) if check else kinds()[code].said


NAMES = frozenset({"last_name", "first_name"})


@cache
def placeholders() -> dict[str, tuple[str, ...]]:
    """Upper-case texts that stand for nothing, by kind, those of any kind among them."""
    found = load(Values).placeholders
    return {code: found["names" if code in NAMES else "any"] + found.get(code, ()) for code in kinds()}


@cache
def lookalikes() -> dict[str, tuple[str, ...]]:
    """The placeholders that have the form of a valid cell of their kind."""
    return {code: alike(words, load(Values).patterns.get(code)) for code, words in placeholders().items()}


def alike(words: tuple[str, ...], pattern: str | None) -> tuple[str, ...]:
    """The placeholders that have the form of a valid cell (a date is judged by its day, not by its form)."""
    if pattern is None:
        return ()
    latin = re.compile(pattern.replace(r"\pL", "A-Za-zÀ-ÖØ-öø-ÿ").replace(r"\pM", ""))
    return tuple(word for word in words if latin.fullmatch(word) or latin.fullmatch(word.lower()))


@cache
def fitted() -> dict[str, Any]:
    """The fitted weights of the classification, read once."""
    return json.loads((files("resources") / "rules" / "weights.json").read_text(encoding="utf-8"))


@cache
def rules_version() -> str:
    """Of everything that a verdict depends on: kinds, headers, values, words and weights."""
    return "+".join([*(load(shape).version for shape in (Kinds, Headers, Values, Lexicon, Months)), fitted()["version"]])


LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"})
CAPITALS = {chr(sign).upper(): flat.upper() for sign, flat in LETTERS.items() if chr(sign) not in "ßı"} | {"ẞ": "SS", "ß": "SS"}


@cache
def months() -> dict[str, int]:
    """Folded name of a month in any language -> its number."""
    return {plain(name): at for at, names in enumerate(load(Months).months, 1) for name in names}


def unaccented(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def plain(text: str) -> str:
    """Lower case without accents; the letters that no accent makes (ł, ø, ı, ß ...) as their plain neighbors."""
    if text.isascii():
        return text.lower()
    flat = unaccented(text).lower()
    return flat if flat.isascii() else flat.translate(LETTERS)


def bare_words(text: str) -> str:
    """Its words in small letters, without accents and signs, one blank between them."""
    return " ".join(re.findall("[a-z0-9]+", plain(text)))
