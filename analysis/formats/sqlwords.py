"""Pieces of SQL in, what they say out: values without their quotes and casts, names, the columns of a definition."""

import re
from collections.abc import Callable

CAST = re.compile(r"(?:CAST|CONVERT)\s*+\((.*)\s++AS\s++[^()]*+(?:\([^()]*+\))?\s*+\)\Z", re.IGNORECASE | re.DOTALL)
DATES = re.compile(r"(?:to_date|to_timestamp|str_to_date|timestamp|date|time)\b", re.IGNORECASE)
QUOTED = re.compile(r"'((?:[^']|'')*)'")
ESCAPED = re.compile(r"\\([0-7]{3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
MYSQL_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "\x1a", "b": "\b", "f": "\f", "v": "\v"}
KEYS = re.compile(r"(?:PRIMARY|UNIQUE|KEY|CONSTRAINT|INDEX|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE|PERIOD)\b", re.IGNORECASE)


def copied(cell: str) -> str:
    """As PostgreSQL escapes a text: letters, octal and hexadecimal codes of bytes."""
    return ESCAPED.sub(meant, cell) if "\\" in cell else cell


def meant(sign: re.Match[str]) -> str:
    code = sign[1]
    if len(code) == 1:
        return SIGNS.get(code, code)
    return chr(int(code[1:], 16) if code[0] in "xu" else int(code, 8)).replace("\0", "")


def bare(text: str, unescaped: Callable[[str], str]) -> str | None:
    """A value without quotes: a number, NULL, CAST(x AS type) or a date function; any other expression stays as it is written."""
    if text.upper() in ("NULL", "DEFAULT", ""):
        return None
    if cast := CAST.match(text):
        inner = cast[1].strip()
        quoted = QUOTED.fullmatch(inner.removeprefix("N").removeprefix("n"))
        return unescaped(quoted[1]) if quoted else bare(inner, unescaped)
    inner = QUOTED.search(text) if DATES.match(text) else None
    return unescaped(inner[1]) if inner else text


def name_of(found: str) -> str:
    return re.split(r"[.]", found.strip())[-1].strip('`"[] ')[:120]


LISTED = re.compile(r'"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^,\s"`\[][^,]*)')


def names(listed: str | None) -> list[str]:
    return [
        next(part for part in found.groups() if part is not None).strip().replace('""', '"')
        for found in LISTED.finditer(listed or "")
    ]


TYPE = re.compile(r"\s+([A-Za-z]\w*(?: ?\(1\))?)")


def columns_of(definition: str) -> dict[str, str]:
    """The first word of each part of a definition that is not a key or a constraint, and its type (the next one)."""
    found: dict[str, str] = {}
    depth, start, quote = 0, 0, ""
    for at, sign in enumerate(definition + ","):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"`":
            quote = sign
        elif sign == "," and depth == 0:
            part = definition[start:at].strip()
            start = at + 1
            word = re.match(r'[`"\[]([^`"\]]+)[`"\]]|(\w[\w$]*)', part)
            if word and not (word[2] and KEYS.match(part)):
                kind = TYPE.match(part, word.end())
                found[word[1] or word[2]] = kind[1].replace(" ", "").lower() if kind else ""
        else:
            depth += (sign == "(") - (sign == ")")
    return found
