"""Message ids in, sentences in the person's language out: one mechanism for window, command line and reports."""

import gettext
import locale
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    Value: TypeAlias = "str | int | float | Decimal | date | Said"
LANGUAGES = ("fr", "en")

# Signs that would move, hide or turn around what a screen shows.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Score(float):
    """A number of a scale (0.25, 3, 3.25), where a plain float is a share."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence without a language yet: its message id (English) and its values.

    Whole numbers are shown with the language's separators, fractions as percentages, a `Decimal` with one decimal, a `Score` with
    what it has, dates in words. With `plural`, the value called `n` chooses the form.
    """

    text: str
    values: tuple[tuple[str, "Value"], ...] = ()
    plural: str = ""


def say(text: str, plural: str = "", **values: "Value") -> Said:
    """A `Said`; its first argument is a message id that the catalog holds."""
    return Said(text, tuple(values.items()), plural)


class Words:
    """One language: translates `Said`, numbers, percentages and dates."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._locale = Locale.parse(self.language)
        self._catalog = catalog(self.language)

    def __call__(self, text: str, plural: str = "", **values: "Value") -> str:
        return self.of(Said(text, tuple(values.items()), plural))

    def of(self, said: Said) -> str:
        values = dict(said.values)
        if said.plural:
            count = values.get("n", 0)
            text = self._catalog.ngettext(said.text, said.plural, int(count) if isinstance(count, int | float) else 0)
        else:
            text = self._catalog.gettext(said.text) if said.text else ""
        return text.format(**{key: self.show(value) for key, value in values.items()}) if values else text

    def show(self, value: "Value") -> str:
        if isinstance(value, Said):
            return self.of(value)
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, Score):
            return self.score(value)
        if isinstance(value, float):
            return self.percent(value)
        if isinstance(value, Decimal):
            return self.decimal(value, 1)
        return self.day(value)

    def number(self, value: float) -> str:
        return numbers.format_decimal(value, locale=self._locale)

    def decimal(self, value: float | Decimal, digits: int = 2) -> str:
        return numbers.format_decimal(value, format="#,##0." + "0" * digits, locale=self._locale)

    def score(self, value: float) -> str:
        """With as many decimals as it has, two at most."""
        return numbers.format_decimal(value, format="0.##", locale=self._locale)

    def percent(self, share: float) -> str:
        """A share between 0 and 1; never rounded up to 100 % nor down to 0 %."""
        if 0 < share < 0.001:
            return "< " + numbers.format_percent(0.001, format="0.0 %", locale=self._locale).replace(" ", "\u00a0")
        shown = min(share, 0.999) if share < 1 else share
        return numbers.format_percent(shown, format="0.# %", locale=self._locale).replace(" ", "\u00a0")

    def day(self, value: date) -> str:
        told = dates.format_date(value, format="long", locale=self._locale)
        return told.replace("1 ", "1er ", 1) if self.language == "fr" and value.day == 1 else told


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """The messages of a language, read from its PO file (nothing generated is kept)."""
    source = files("resources") / "locale" / language / "messages.po"
    if language == "en" or not source.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def system_language(environment: Callable[[str], str | None] = os.environ.get) -> str:
    """`fr` or `en`, as the system says."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment(name)
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "fr" if (locale.getlocale()[0] or "").lower().startswith("fr") else "en"


def mark(text: str) -> str:
    """A message id, for the catalog to hold; translated where it is shown."""
    return text


def listed(said: Sequence[Said], apart: str = mark("{one}, {other}")) -> Said:
    """Several sentences as one; `apart`: the message id of two of them."""
    return reduce(lambda one, other: say(apart, one=one, other=other), said)


def printable(name: str) -> str:
    """A name of the source as a sentence may show it."""
    return UNSAFE.sub("\ufffd", name)[:80]
