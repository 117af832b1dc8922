"""Pieces of SQL in, what they say out: values without their quotes and casts, names, the columns of a definition."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

CAST = re.compile(r"(?:CAST|CONVERT)\s*+\((.*)\s++AS\s++([^()]*+(?:\([^()]*+\))?)\s*+\)\Z", re.IGNORECASE | re.DOTALL)
HEXADECIMAL = re.compile(r"0x((?:[0-9a-fA-F]{2})++)|x'((?:[0-9a-fA-F]{2})++)'", re.IGNORECASE)
# Texts and codes of signs, put together: 'L' || chr(233) || 'a'.
TERM = re.compile(r"[Nn]?'((?:[^']|'')*)'|\bn?cha?r\s*+\(\s*+(\d{1,7}(?:\s*+,\s*+\d{1,7})*+)\s*+\)", re.IGNORECASE)
TOGETHER = re.compile(rf"(?:{TERM.pattern})(?:\s*+(?:\|\||\+)\s*+(?:{TERM.pattern}))*+", re.IGNORECASE)
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
    """A value without quotes: a number, NULL, CAST(x AS type), bytes in hexadecimal, texts and signs put together, or a date
    function; any other expression stays as it is written."""
    if text.upper() in ("NULL", "DEFAULT", ""):
        return None
    if cast := CAST.match(text):
        inner = cast[1].strip()
        if found := HEXADECIMAL.fullmatch(inner):
            return of_type(bytes.fromhex(found[1] or found[2]), cast[2].strip().lower()) or inner
        quoted = QUOTED.fullmatch(inner.removeprefix("N").removeprefix("n"))
        return unescaped(quoted[1]) if quoted else bare(inner, unescaped)
    if found := HEXADECIMAL.fullmatch(text):
        return worded(bytes.fromhex(found[1] or found[2]), "utf-8") or text
    if TOGETHER.fullmatch(text):
        return "".join(
            unescaped(part[1]) if part[1] is not None else "".join(chr(min(int(code), 0x10FFFF)) for code in part[2].split(","))
            for part in TERM.finditer(text)
        ).replace("\0", "")
    inner = QUOTED.search(text) if DATES.match(text) else None
    return unescaped(inner[1]) if inner else text


def of_type(data: bytes, kind: str) -> str:
    """What bytes mean as a type of SQL Server; nothing where they are none. (Days since 1900 and parts of a second; or days since
    year 1 behind the time of day, the lowest byte first.)"""
    name, size = kind.partition("(")[0].strip("[] "), len(data)
    try:
        if name == "datetime" and size == 8:
            days, ticks = int.from_bytes(data[:4], "big", signed=True), int.from_bytes(data[4:], "big")
            return written(datetime(1900, 1, 1) + timedelta(days=days, seconds=ticks // 300))
        if name == "smalldatetime" and size == 4:
            days, minutes = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:], "big")
            return written(datetime(1900, 1, 1) + timedelta(days=days, minutes=minutes))
        if name == "date" and size in (3, 4):
            return written(datetime(1, 1, 1) + timedelta(days=int.from_bytes(data[:3], "little")))
        if name == "datetime2" and 7 <= size <= 9:
            parts = int.from_bytes(data[1:-3], "little") // 10 ** data[0]
            return written(datetime(1, 1, 1) + timedelta(days=int.from_bytes(data[-3:], "little"), seconds=parts))
    except OverflowError:
        return ""
    return worded(data, "utf-16-le" if name.startswith("n") else "utf-8") if "char" in name or "text" in name else ""


def written(moment: datetime) -> str:
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "seconds")


def worded(data: bytes, encoding: str) -> str:
    """The text that bytes are; nothing for others."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if len(text) > 1 and text.isprintable() and any(map(str.isalpha, text)) else ""


def name_of(found: str) -> str:
    return re.split(r"[.]", found.strip())[-1].strip('`"[] ')[:120]


LISTED = re.compile(r'"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^,\s"`\[][^,]*)')


def names(listed: str | None) -> list[str]:
    return [
        next(part for part in found.groups() if part is not None).strip().replace('""', '"')
        for found in LISTED.finditer(listed or "")
    ]


TYPE = re.compile(r"\s+([A-Za-z]\w*(?: ?\(1\))?)")


# A text, a name in quotation marks, a comment, or a sign that parts a definition; what is cut off reaches to the end.
NAMED = r'"[^"]*+(?:"|\Z)|`[^`]*+(?:`|\Z)'
REMARK = r"--[^\n]*+|(?<![\w$])\#[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)"
PIECE = re.compile(rf"'[^']*+(?:'|\Z)|{NAMED}|{REMARK}|[(),;]")
PIECE_ESCAPED = re.compile(rf"'(?:[^'\\]|\\(?s:.))*+(?:'|\Z)|{NAMED}|{REMARK}|[(),;]")


def parts_of(text: str, at: int, backslash: bool) -> tuple[list[str], int] | None:
    """The parts of a definition behind its opening bracket, without remarks, and where it ends; None where the text ends first.
    `backslash`: whether it escapes a quotation mark."""
    parts, part, depth = list[str](), "", 1
    for found in (PIECE_ESCAPED if backslash else PIECE).finditer(text, at):
        sign = found[0]
        part += text[at : found.start()]
        at = found.end()
        if sign == ";":  # a definition that was cut off
            return [*parts, part], found.start()
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return [*parts, part], at
        if sign == "," and depth == 1:
            parts.append(part)
            part = ""
        else:
            part += " " if sign.startswith(("--", "#", "/*")) else sign
    return None


def columns_of(parts: Sequence[str]) -> dict[str, str]:
    """The first word of each part of a definition that is not a key or a constraint, and its type (the next one)."""
    found: dict[str, str] = {}
    for part in map(str.strip, parts):
        word = re.match(r'[`"\[]([^`"\]]+)[`"\]]|(\w[\w$]*)', part)
        if word and not (word[2] and KEYS.match(part)):
            kind = TYPE.match(part, word.end())
            found[word[1] or word[2]] = kind[1].replace(" ", "").lower() if kind else ""
    return found
