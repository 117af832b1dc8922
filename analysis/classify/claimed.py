"""A list of fields as a seller posts it in, what each one would disclose out, by its name alone."""

import re

from analysis.classify.decision import Decision, decide
from analysis.classify.evidence import Evidence
from analysis.classify.values import Cells
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import say
from analysis.rules.loading import load
from analysis.rules.shapes import Values

# Signs between the names of a list, and what stands before a name without being of it: bullets, numbers.
BETWEEN = re.compile(r"[,;|\t\n\r/•·●▪►]+|\s[-–—]\s")
BEFORE = re.compile(r"^(?:[-–—*+>#]+|\d{1,3}[.)])\s*")
TITLE = re.compile(r"^[^:]{0,60}:\s*(?=\S)")  # "Fields: last name"
QUOTES = " \"'`«»“”‘’()[]{}"
BRACKET = re.compile(r"(?<=\w)\(\d+,\s*\d+\)")  # of a type: decimal(8,2)
TEXTS = frozenset({"varchar", "nvarchar", "varchar2", "char", "nchar", "character", "text", "longtext", "mediumtext", "tinytext"})
LONGEST, MOST = 255, 5_000


def claimed(text: str) -> list[tuple[str, Decision]]:
    """Name and verdict of each field. Raises Trouble where the text names none."""
    listed = [typed(name) for name in names_of(BRACKET.sub("", text))]
    names, types = tuple([name for name, _ in listed]), [declared for _, declared in listed]
    if not names:
        raise Trouble("fields", say("Name at least one field, with commas or line breaks between the names."), BAD_ARGUMENTS)
    return list(zip(names, decide(names, [nothing() for _ in names], True, types), strict=True))


def names_of(text: str) -> tuple[str, ...]:
    """The names of a list, whichever way it is written."""
    listed = BETWEEN.split(TITLE.sub("", text.strip()))
    names = [BEFORE.sub("", part.strip(QUOTES)).strip(QUOTES)[:LONGEST] for part in listed]
    return tuple([name for name in names if any(map(str.isalnum, name))][:MOST])


def typed(name: str) -> tuple[str, str]:
    """A name and the type of SQL behind it, if there is one."""
    text, _, declared = name.rpartition(" ")
    known = any(declared.lower().partition("(")[0] in words for words in (*load(Values).types.values(), TEXTS))
    return (text, declared.lower()) if text and known and " " not in text else (name, "")


def nothing() -> Evidence:
    """The evidence of a column without a row."""
    return Evidence(Cells({}, 0, 0), {})
