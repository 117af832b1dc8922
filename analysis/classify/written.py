"""Texts in, how many of them are written like names of people out."""

import re
from collections.abc import Sequence

WORD = r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]+)*\.?"
WORDS = re.compile(rf"{WORD}(?:[ ,-]+{WORD}){{0,4}}")
NAME_LIKE = re.compile(rf"{WORD}(?:,? {WORD}){{1,4}}")
# A title, or a last name in capitals at one end.
NAME_MARKED = re.compile(
    r"(?i:(?:dr|pr|prof|docteur|doctor|me|maître|m|mr|mme|mrs|ms|miss|mlle|monsieur|madame|herr|frau|sr|sra|dra?)\.? )"
    r"|[^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ'’-]+(?:[ -][^\W\d_a-zà-ÿ]+)* [^\W\d_a-zà-ÿ][a-zà-ÿ]"
    r"|[^\W\d_a-zà-ÿ][a-zà-ÿ-]+(?:[ -][^\W\d_a-zà-ÿ][a-zà-ÿ]+)* [^\W\d_a-zà-ÿ]{2}"
)


def fitting(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    """How many texts are of a pattern from end to end."""
    return sum(map(bool, map(pattern.fullmatch, texts)))


def marked(texts: Sequence[str]) -> int:
    """How many begin as only names of people do."""
    return sum(map(bool, map(NAME_MARKED.match, texts)))
