"""Persons in, how many live in each country out: by what a column of countries says, else by a French postal code."""

from collections import Counter
from functools import cache

import ibis
from babel import Locale, UnknownLocaleError
from ibis import _

from analysis.assess.columns import cells_of
from analysis.ground.watch import Watch
from analysis.model import Impact
from analysis.rules.kinds import bare_words
from analysis.rules.loading import load
from analysis.rules.papers import Notification
from analysis.store import Store

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt", "pl", "ro")  # in which files name countries
HOME = "FR"
MOST = 5_000  # different texts of a column of countries


def countries(store: Store, impact: Impact, watch: Watch) -> tuple[tuple[str, int], ...]:
    """ISO 3166-1 codes, most people first; those of whom nothing tells it are in none. Who stands with several countries counts
    where her first text in the order of the alphabet says."""
    facts = store.table(impact.census.facts).select("person", "department")
    field = impact.people.exposure.of_kind("country")
    found = Counter[str]()
    if field is None:
        told = facts.mutate(text=ibis.null("string"))
    else:
        cells = cells_of(store, impact, field.position)
        said = cells.group_by("person").aggregate(text=_.value.min())
        told = facts.left_join(said, "person").drop("person_right")
    by_text = told.group_by("text", here=told.department.notnull()).aggregate(n=_.count())
    rows = by_text.order_by(by_text.n.desc()).limit(MOST)
    for text, here, n in store.rows(rows, watch):
        code = country_of(str(text)) if text else ""
        if code or here:
            found[code or HOME] += int(n)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def country_of(text: str) -> str:
    """The ISO 3166-1 code of a country as a file writes it; nothing for any other text."""
    return names().get(bare_words(text), "")


@cache
def names() -> dict[str, str]:
    """A name in any of the languages, or a code -> the ISO code."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        try:
            territories = Locale(language).territories
        except UnknownLocaleError:
            continue
        found |= {bare_words(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    codes = {code.lower(): code for code in found.values()}
    return found | codes | {bare_words(name): code for name, code in load(Notification).countries.items()}


def country_said(code: str, language: str) -> str:
    return str(Locale(language).territories.get(code, code))
