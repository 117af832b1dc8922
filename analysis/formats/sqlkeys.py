"""The parts of an SQL definition in, the columns that refer to another table out."""

import re
from collections.abc import Sequence

from analysis.formats.sqlwords import KEYS, columns_of

# Column, the table that it refers to, and the column there (empty: the key of that table).
Foreign = tuple[str, str, str]

NAME = r'(?:[`"\[]?[\w$ -]{1,128}[`"\]]?\.){0,3}[`"\[]?([\w$ -]{1,128}?)[`"\]]?'
TEXT = re.compile(r"'(?:[^']|'')*+'")
BLANKS = r"\s{0,9}"
ONE = rf"\({BLANKS}{NAME}{BLANKS}\)"  # a key of several columns is none of one
THERE = rf"REFERENCES\s{{1,9}}{NAME}{BLANKS}(?:{ONE}|(?=[\s,;)]|\Z)(?!{BLANKS}\())"
FOREIGN = re.compile(rf"FOREIGN\s{{1,9}}KEY\b[^(]{{0,128}}{ONE}{BLANKS}{THERE}", re.IGNORECASE)
REFERS = re.compile(rf"\s{THERE}", re.IGNORECASE)


def foreign_of(parts: Sequence[str]) -> list[Foreign]:
    """Of a definition: those of its constraints, and those that stand behind a column."""
    found = list[Foreign]()
    for part in (TEXT.sub("''", part).strip() for part in parts):
        found += constraints(part)
        if not KEYS.match(part) and (told := REFERS.search(part)):
            found += [(column, told[1], told[2] or "") for column in columns_of([part])]
    return found


def constraints(text: str) -> list[Foreign]:
    """FOREIGN KEY (a) REFERENCES b (c), as often as it stands there."""
    return [(told[1], told[2], told[3] or "") for told in FOREIGN.finditer(text)]
