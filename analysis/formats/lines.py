"""Text without delimiters in: records of `key: value` lines, or columns of fixed width; a table out."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO

from analysis.formats.header import heading
from analysis.formats.jsons import text_lines
from analysis.formats.out import Out, unique
from analysis.formats.shapes import TYPED, is_remark, usual_shape

KEY = re.compile(r"\s*([^\W\d_][\w .'/()-]{0,40}?)\s*(?::|=|\|(?= |$))\s*(.*)")
BETWEEN = re.compile(r"\*{5,} \d+\. row \*{5,}|-\[ RECORD \d+ \][-+]*")  # records, as mysql and psql keep them apart
# What stealers and their buyers pass on: address of the page, login, password. A password may hold any sign.
LOGIN = re.compile(
    r"((?:https?|ftp|android|smtp|imap)://[^\s:|;,/]+(?::\d{2,5}(?=[/:|;, \t]))?(?:/[^\s:|;,]*)?)[:|;, \t]([^\s:|;,]+)[:|;, "
    r"\t](.*)"
)
# A login and its password, and behind bars what was found with it ("Country = FR").
HIT = re.compile(r"([^\s:;|@]++(?=:)|[^\s:;|@]++@[^\s:;|]++)[:;]([^|]*+)((?:\|\s*+[^\W\d_][^|:=]{0,30}[:=][^|]*+)++)")
RULER = re.compile(r"\s*[-=]+(?: +[-=]+)+\s*")  # below the names, as far as each column goes
LONGER = 20  # signs of a last cell beyond its ruler
TITLES = 10  # lines above a ruler
LOOKED = 400
Cut = Callable[[str, Sequence[int]], list[str]]
LEAST = 4  # lines that tell columns of fixed width


def is_keyed(lines: Sequence[str]) -> bool:
    """Whether nearly every filled line is `key: value`, and the keys come again."""
    filled = [line for line in lines if any(map(str.isalnum, line)) and not BETWEEN.fullmatch(line.strip())]
    found = [match for line in filled if (match := KEY.fullmatch(line))]
    keys = Counter(match[1].lower() for match in found)
    repeated = sum(count for count in keys.values() if count > 1)
    return (
        len(filled) >= 4
        and len(found) >= 0.85 * len(filled)
        and repeated >= 0.6 * len(found)
        and 2 <= len(keys) <= max(3, 0.5 * len(found))
    )


def read_keyed(file: BinaryIO, out: Out) -> None:
    """A record ends at a blank line or at a separator, or where its first key comes again."""
    record: dict[str, str | None] = {}
    began, last = 0, ""
    for number, line in text_lines(file):
        match = KEY.fullmatch(line)
        if match and match[1] in record and match[1] == next(iter(record)):
            out.record("records", record, began)
            record = {}
        if match:
            began = began if record else number
            key = match[1] if match[1] not in record else f"{match[1]} {sum(name.startswith(match[1]) for name in record) + 1}"
            record[key], last = match[2].strip(), key
        elif not line.strip() or not any(sign.isalnum() for sign in line) or BETWEEN.fullmatch(line.strip()):
            if record:
                out.record("records", record, began)
            elif not line.strip():
                out.table("records").count("blank")
            record = {}
        elif record and line[:1] in (" ", "\t"):
            record[last] = f"{record[last]} {line.strip()}"
        else:
            out.reject("records", number, "not_a_pair", line)
    if record:
        out.record("records", record, began)


def are_mostly(pattern: re.Pattern[str], lines: Sequence[str]) -> bool:
    """Whether nearly every filled line is of a pattern."""
    filled = [line for line in lines if line.strip()]
    return len(filled) >= 3 and sum(bool(pattern.fullmatch(line.strip())) for line in filled) >= 0.8 * len(filled)


def each(pattern: re.Pattern[str], file: BinaryIO, out: Out, columns: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Number and match of the lines of a pattern, which become rows of these columns; the others are counted."""
    table = out.table("records", columns)
    for number, line in text_lines(file):
        if found := pattern.fullmatch(line.strip()):
            yield number, found
        elif line.strip():
            out.reject("records", number, "not_a_row", line)
        else:
            table.count("blank")


def is_logins(lines: Sequence[str]) -> bool:
    return are_mostly(LOGIN, lines)


def read_logins(file: BinaryIO, out: Out) -> None:
    for number, found in each(LOGIN, file, out, ["url", "login", "password"]):
        out.row("records", list(found.groups()), number)


def is_hits(lines: Sequence[str]) -> bool:
    return are_mostly(HIT, lines)


def read_hits(file: BinaryIO, out: Out) -> None:
    for number, found in each(HIT, file, out, ["login", "password"]):
        captures = (re.split(r"[:=]", part, maxsplit=1) for part in found[3].strip("| ").split("|"))
        named = {name.strip(): value.strip() for name, value in captures}
        out.record("records", {"login": found[1], "password": found[2].strip()} | named, number)


def ruler_of(lines: Sequence[str]) -> str:
    return next((line for line in lines[:TITLES] if RULER.fullmatch(line)), "")


def is_ruled(lines: Sequence[str]) -> bool:
    """Whether a ruler tells the columns, and what stands below goes no further."""
    ruler = ruler_of(lines)
    below = [line for line in lines[lines.index(ruler) + 1 :] if line.strip()] if ruler else []
    return bool(below) and sum(len(line.rstrip()) <= len(ruler.rstrip()) + LONGER for line in below) >= 0.8 * len(below)


def columns_at(lines: Sequence[str]) -> list[int]:
    """Where columns of fixed width begin: as a ruler below the names says, or places after a blank that all long lines share;
    empty where there are none."""
    if ruler := ruler_of(lines):
        return [found.start() for found in re.finditer(r"[-=]+", ruler)]
    filled = [line for line in lines if line.strip() and not re.fullmatch(r"[\s=+|-]+", line)][:LOOKED]
    if len(filled) < LEAST or any("\t" in line for line in filled):
        return []
    width = max(map(len, filled))
    if width > 2_000 or sum(len(line) >= 0.6 * width for line in filled) < 0.8 * len(filled):
        return []
    padded = [line.ljust(width) for line in filled]
    empty = [sum(line[at] == " " for line in padded) >= 0.98 * len(padded) for at in range(width)]
    starts = [at for at in range(width) if not empty[at] and (at == 0 or empty[at - 1])]
    # One blank between words that happen to align is no column: two columns at least hold one kind of value.
    cells = [[line[start:end].strip() for line in padded] for start, end in zip(starts, [*starts[1:], width], strict=True)]
    typed = sum(shape in TYPED and share > 0.8 for shape, share in (usual_shape(column[1:]) for column in cells))
    gaps = sum(start > 1 and empty[start - 1] and empty[start - 2] for start in starts)
    if len(starts) < 2 or (typed < 2 and gaps < 0.5 * (len(starts) - 1)):
        return []
    return named_at(filled, starts)


def named_at(lines: Sequence[str], starts: list[int]) -> list[int]:
    """With the columns that the first line alone keeps apart, because their values fill them to the last sign."""
    named = [found.start() for found in re.finditer(r"\S+(?: \S+)*", lines[0])]
    if not set(starts) < set(named):
        return starts
    for start, end in pairwise(named):
        shape, share = usual_shape(line[start:end] for line in lines[1:])
        if end not in starts and (shape not in TYPED or share <= 0.8):
            return starts
    return named


def aligned(lines: Sequence[str]) -> tuple[list[int], Cut]:
    """Where columns of fixed width begin (see `columns_at`), in signs or, where that tells more of them, in bytes; and how a line
    is cut there."""
    starts = columns_at(lines)
    of_bytes = starts if all(map(str.isascii, lines)) else columns_at(in_bytes(lines))
    return (of_bytes, cut_bytes) if len(of_bytes) > len(starts) else (starts, cut_signs)


def read_fixed(file: BinaryIO, out: Out) -> None:
    top = [line for (_, line), _ in zip(text_lines(file), range(LOOKED), strict=False)]
    starts, cut = aligned(top)
    file.seek(0)
    rows = [(at, cut(line, starts)) for at, line in enumerate(top) if line.strip() and any(sign.isalnum() for sign in line)]
    head = heading(rows, len(starts), None)
    table = out.table("table", unique(list(head.names)))
    table.count("preamble", head.preamble)
    table.count("header", head.records)
    for number, line in text_lines(file):
        if number <= head.preamble + head.lines:
            continue
        if line.strip() and not any(sign.isalnum() for sign in line):
            out.reject("table", number, "ruler", line)
        elif len(starts) > 2 and is_remark(line):
            out.reject("table", number, "footer", line)
        else:
            out.row("table", cut(line, starts), number)


def cut_signs(line: str, starts: Sequence[int]) -> list[str]:
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]


def in_bytes(lines: Sequence[str]) -> list[str]:
    """A sign for each byte of UTF-8: some programs count those."""
    return [line.encode("utf-8", "replace").decode("latin-1") for line in lines]


def cut_bytes(line: str, starts: Sequence[int]) -> list[str]:
    (whole,) = in_bytes([line])
    return [cell.encode("latin-1").decode("utf-8", "replace") for cell in cut_signs(whole, starts)]
