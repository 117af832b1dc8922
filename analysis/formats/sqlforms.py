"""How the statements of an SQL dump are written, as patterns.

Every repeat is bounded: a line of a hundred thousand blanks or underscores must not take minutes.
"""

import re

NAME = r'(?:[`"\[]?[\w$ -]{1,128}[`"\]]?\s{0,9}+\.\s{0,9}+){0,3}+[`"\[]?(?!\s)([\w$ .-]{1,128}?)[`"\]]?'
NAMED = NAME.replace("([", "(?:[", 1)  # without a group
BLANKS = r"\s{0,64}+"
LISTED = rf"(?:\((?P<columns>[^)]{{0,65536}}+)\){BLANKS})?"
INSERT = rf"(?P<insert>INSERT|REPLACE)\b[^(;'\n]{{0,64}}?(?:INTO\s{{1,64}}+)?(?P<into>{NAMED}){BLANKS}{LISTED}VALUES?\b\s*+"
COPY = rf"COPY\s++(?P<copy>{NAMED})\s*+(?:\((?P<fields>[^)]*+)\)\s*+)?FROM\s++stdin(?P<how>(?:[^;'\n]++|'[^'\n]*+')*+);\r?\n"
CREATE = rf"CREATE\s++(?:TEMPORARY\s++|UNLOGGED\s++)?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?(?P<create>{NAMED})\s*+\("
ALTER = rf"ALTER\s++TABLE\s++(?:ONLY\s++)?(?:IF\s++EXISTS\s++)?(?P<alter>{NAMED})\s++(?=ADD\b|WITH\b)"
START = re.compile(
    rf"(?:^[ \t]*+|(?<=;)\s*+)(?:/\*[^*]*+\*/\s*+|BEGIN\s*+;\s*+)*+"
    rf"(?:{INSERT}|{COPY}|{CREATE}|{ALTER}|(?P<other>INSERT|REPLACE)\s++\w)",
    re.IGNORECASE | re.MULTILINE,
)
GAP = r"(?:\s++|--[^\n]*+\n|/\*[^*]*+\*/)*+"  # blanks and comments


def tuple_pattern(text: str) -> re.Pattern[str]:
    """A row in its brackets, with brackets inside, and the comma or the semicolon behind it."""
    return re.compile(rf"{GAP}\(((?:[^'()]++|{text}|\((?:[^'()]++|{text}|\([^()]*+\))*+\))*+)\){GAP}([,;]?)", re.DOTALL)


TEXT = r"'(?:[^'\\]++|\\.|'')*+'"
# Elsewhere a backslash is a sign like others, but in PostgreSQL's E'...'.
TEXT_PLAIN = rf"(?:(?<=[Ee]){TEXT}|(?<![Ee])'(?:[^']++|'')*+')"
TUPLE, TUPLE_PLAIN = tuple_pattern(TEXT), tuple_pattern(TEXT_PLAIN)


def value_pattern(text: str) -> re.Pattern[str]:
    """A quoted text alone (with PostgreSQL's cast), or an expression with its brackets, up to the next comma."""
    inner = rf"(?:[^'()]++|{text}|\((?:[^'()]++|{text}|\([^()]*+\))*+\))*+"
    alone = rf"(?:[NnEeBbXx]|_\w++\s*+)?({text})(?:::[\w ]++(?:\([\d, ]*+\))?(?:\[\])?)?\s*+(?=,|\Z)"
    return re.compile(rf"\s*+(?:{alone}|((?:[^,'()]++|{text}|\({inner}\))*+))(?:,|\Z)", re.DOTALL)


STATEMENT, STATEMENT_PLAIN = (re.compile(rf"(?:[^';]++|{text})*+;", re.DOTALL) for text in (TEXT, TEXT_PLAIN))
SET = re.compile(rf"(?:INSERT|REPLACE)\b[^(;'\n]{{0,64}}?(?:INTO\s{{1,64}}+)?(?P<into>{NAMED})\s{{1,64}}+SET\s++", re.IGNORECASE)
ASSIGNED = re.compile(r'\s*+[`"\[]?([\w$ -]+?)[`"\]]?\s*+=')
VALUE, VALUE_PLAIN = value_pattern(TEXT), value_pattern(TEXT_PLAIN)
# Variables, parameters and placeholders in the place of values.
VARIABLE = r"\s*+(?:(?!(?:NULL|TRUE|FALSE|DEFAULT)\b)[:@$]?[A-Za-z_]\w*+(?:\.\w++)*+|\?|%s|:?\d*+\?)\s*+"
VARIABLES = re.compile(rf"{VARIABLE}(?:,{VARIABLE})*+", re.IGNORECASE)
VARIABLE_FIRST = re.compile(rf"{GAP}\({VARIABLE}(?:,|\))", re.IGNORECASE)
OF_TRIGGER = re.compile(r"(?:^|,)\s*+:?(?:NEW|OLD)\.\w++\s*+(?:,|\Z)", re.IGNORECASE)
# What the engine's reader can take as it stands: numbers, NULL and quoted texts right behind the commas.
PLAIN = r"(?:-?[\d.]++|NULL|'(?:[^'\\\n]++|'')*+')"
DIRECT = re.compile(rf"{PLAIN}(?:,{PLAIN})*+")
