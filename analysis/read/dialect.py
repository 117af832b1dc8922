"""First lines in, Dialect and column names out: delimiter, quote, escape, preamble and header, told nothing."""

import re

from analysis.formats.header import heading
from analysis.model import Asked, Dialect
from analysis.read.records import (
    Rows,
    Signs,
    best_rows,
    filled_of,
    headline,
    lines_of,
    split,
    usual_width,
    width_of,
)
from analysis.read.signs import COMMON, best_signs

WRAPPED = re.compile(r'\s*"((?:[^"]|"")*)"[\s;,]*')
COMMENT = "#"


def guess(sample: str, encoding: str, asked: Asked | None = None) -> tuple[Dialect, tuple[str, ...]]:
    """How the text is written and its column names; `sample`: its first whole lines."""
    wanted = asked or Asked()
    lines = lines_of(sample)
    told = without_comments(lines)
    signs, confidence = best_signs([line for _, line in told], wanted)
    if len(told) < len(lines) and not commented(lines, signs):
        told = list(enumerate(lines))
    rows, usual, width = numbered_rows(told, signs)
    if signs.delimiter == ":" and width == 2 and wanted.quote is None:
        signs = Signs(":", "")  # a password may begin with a quotation mark
        rows, usual, width = numbered_rows(told, signs)
    head = heading(rows, width, wanted.header)
    sure = round(min(confidence, head.confidence), 2)
    dialect = Dialect(
        encoding,
        signs.delimiter,
        signs.quote,
        head.records,
        head.preamble,
        head.lines,
        signs.escape,
        signs.loose,
        sure,
        short=usual if 1 < usual < width else 0,
    )
    return dialect, head.names


def is_wrapped(lines: list[str]) -> bool:
    """Whether every line is one quoted cell, and what the cells hold are records of one width."""
    filled = [line for line in lines if line.strip()]
    cells = [WRAPPED.fullmatch(line) for line in filled]
    if len(filled) < 2 or not all(cells):
        return False
    held = [cell[1].replace('""', '"') for cell in cells if cell]
    least = 1 if any('"' in text for text in held) else 2  # a cell may hold a name or a date with its comma
    return any(min(widths := {len(split(text, Signs(sign))) for text in held}) > least and len(widths) == 1 for sign in COMMON)


def without_comments(lines: list[str]) -> list[tuple[int, str]]:
    """Number (from 0) and text of the lines that are no comments; all of them where most are."""
    found = [(at, line) for at, line in enumerate(lines) if line.lstrip()[:1] != COMMENT]
    return found if any(line.strip() for _, line in found[1:]) else list(enumerate(lines))


def commented(lines: list[str], signs: Signs) -> bool:
    """Whether the lines that begin as comments are none of the table's rows."""
    width, _ = usual_width([(0, split(line, signs)) for _, line in without_comments(lines)])
    told = [len(split(line, signs)) for line in lines if line.lstrip()[:1] == COMMENT]
    return width == 1 or 2 * told.count(width) < len(told)


def numbered_rows(told: list[tuple[int, str]], signs: Signs) -> tuple[Rows, int, int]:
    """The records by the numbers of their lines; how many cells they usually have, and how many they should have."""
    rows, width = best_rows([line for _, line in told], signs)
    numbered = [(told[at][0], cells) for at, cells in rows]
    filled = filled_of(rows)
    return numbered, width, width_of(filled[headline(filled) :], width)
