"""First lines in, Dialect and column names out: delimiter, quote, escape, preamble and header, told nothing."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.formats.header import header_score, heading
from analysis.formats.shapes import TYPED, known_share, shape_of, usual_shape
from analysis.model import Asked, Dialect

COMMON = (";", "\t", ",", "|")
# Delimiters that are also ordinary signs inside values: they must earn it by regularity.
RARE = ("^", "~", "\x01", "\x1e", "\x1f", "¦", "§", "¤", "¶", "þ")  # that hardly stand inside values
UNUSUAL = (":", " ", "#", "&", "%", "*", "!", "$", *RARE)
LINES = 400
# Stands for a delimiter of several signs while the standard library splits a line.
STAND_IN = "\ue000"
LINE_END = re.compile(r"\r\n|\n|\r")
RUNS = re.compile(r"[^\w\s\"']{2,4}| ?[;,|\t] ?|\t+")
BEHIND_EMAIL = re.compile(r"[^\s@:;,|]+@[^\s@:;,|]+\.[A-Za-z]{2,20}([^\w\s.@-])")
REGULAR = 0.9
WRAPPED = re.compile(r'\s*"((?:[^"]|"")*)"[\s;,]*')
TORN = 0.6  # share of the rows of one width up to which the header is trusted more
RAGGED = 0.5  # what a row of another width counts for below a header
AROUND = 0.2  # what a line above or below the table counts for
PREAMBLE = 20  # lines above a header, at most
MOST_WORDS = 4  # of a name: as many in every line are cells
COMMENT = "#"
QUOTES = ('"', "'", "~", "`")

Rows = list[tuple[int, list[str]]]  # number of the first line, cells


@dataclass(frozen=True, slots=True)
class Signs:
    """How cells are kept apart. `loose`: blanks after a delimiter are not part of the value."""

    delimiter: str
    quote: str = '"'
    escape: str = ""
    loose: bool = False


def signs_of(dialect: Dialect) -> Signs:
    return Signs(dialect.delimiter, dialect.quote, dialect.escape, dialect.loose)


def split(line: str, signs: Signs) -> list[str]:
    """The cells of one record."""
    delimiter, quote = signs.delimiter, signs.quote
    if not delimiter:
        whole = line.strip() if quote and line.strip()[:1] == quote else line
        return [whole[1:-1].replace(quote * 2, quote)] if len(whole) > 1 and quote and whole[0] == whole[-1] == quote else [line]
    if (not quote or quote not in line) and not signs.escape:
        cells = line.split(delimiter)
        return [cell.lstrip(" ") for cell in cells] if signs.loose else cells
    return next(records_of([line], signs), (0, line.split(delimiter)))[1]


def records_of(lines: list[str], signs: Signs):  # type: ignore[no-untyped-def]
    """Line number (from 0) and cells of each record; a quoted line break stays inside its record."""
    single = signs.delimiter if len(signs.delimiter) == 1 else STAND_IN
    given = (line + "\n" if len(signs.delimiter) == 1 else line.replace(signs.delimiter, STAND_IN) + "\n" for line in lines)
    quoting = csv.QUOTE_MINIMAL if signs.quote else csv.QUOTE_NONE
    reader = csv.reader(
        given,
        delimiter=single or "\0",
        quotechar=signs.quote or None,
        escapechar=signs.escape or None,
        doublequote=True,
        quoting=quoting,
        skipinitialspace=signs.loose,
    )
    start = 0
    try:
        for cells in reader:
            if cells and single == STAND_IN:
                cells = [cell.replace(STAND_IN, signs.delimiter) for cell in cells]
            yield start, [cell.removesuffix("\n") for cell in cells] if len(cells) else [""]
            start = reader.line_num
    except csv.Error:
        return


def lines_of(sample: str, most: int = LINES) -> list[str]:
    """The first lines, without empty ones at the end."""
    lines = LINE_END.split(sample)[:most]
    while lines and not lines[-1]:
        lines.pop()
    return lines


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


def filled_of(rows: Rows) -> list[list[str]]:
    """The records that hold anything."""
    return [cells for _, cells in rows if any(map(str.strip, cells))] or [[""]]


def width_of(rows: list[list[str]], usual: int) -> int:
    """What the first record says of the width, where it is a header: rows may leave out empty cells at their end, have some too
    many, or be torn."""
    first, *body = rows
    own = len(first)
    if own < 2 or own == usual or not body:
        return usual
    surplus = any(cell.strip() for cells in body for cell in cells[own:])
    torn = sum(len(cells) == usual for cells in body) <= TORN * len(body)
    if (own > usual or torn or not surplus) and header_score(first, [padded(cells, own) for cells in body]) > 0:
        return own
    return usual


def headline(rows: list[list[str]]) -> int:
    """Index of the first record, or of the header below a preamble of narrower lines: wider than all above it, as wide as most
    of the records below it, and narrower than none."""
    widest = 0
    for at, cells in enumerate(rows[: PREAMBLE + 1]):
        own, above = len(cells), widest
        widest = max(own, widest)
        if own < 3 or own <= above or not cells[-1].strip():
            continue
        below = [row[:own] if is_padded(row, own) else row for row in rows[at + 1 :]]
        full = sum(len(row) == own for row in below)
        regular = below and max(map(len, below)) <= own and 2 * full >= len(below)
        if regular and header_score(cells, [padded(row, own) for row in below]) > 0:
            return at
    return 0


def padded(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def best_rows(lines: list[str], signs: Signs) -> tuple[Rows, int]:
    """The records, by line or with quoted line breaks, whichever agrees more; and their usual number of cells."""
    best: tuple[float, Rows, int] = (-1.0, [(at, [line]) for at, line in enumerate(lines)], 1)
    by_line = [(at, split(line, signs)) for at, line in enumerate(lines)]
    by_record = list(records_of(lines, signs)) if signs.quote and signs.delimiter else []
    for rows in (by_line, by_record):
        width, share = usual_width(rows)
        if share > best[0] + 1e-9:
            best = share, rows, width
    return best[1], best[2]


def usual_width(rows: Rows) -> tuple[int, float]:
    """The number of cells that most records have, and their share; wider counts win a tie."""
    counts = Counter(len(cells) for _, cells in rows if any(cell.strip() for cell in cells))
    if not counts:
        return 1, 0.0
    width, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]))
    return width, agreeing / sum(counts.values())


def best_signs(lines: list[str], asked: Asked) -> tuple[Signs, float]:
    """The signs under which the records agree in width and their cells look like values; and how sure that is."""
    scored: list[tuple[float, Signs]] = []
    candidates = [asked.delimiter] if asked.delimiter else without_runs(lines, without_words(lines, candidate_delimiters(lines)))
    for delimiter in candidates:
        for quote in (asked.quote,) if asked.quote is not None else likely_quotes(lines, delimiter):
            scored.append(rated(lines, Signs(delimiter, quote)))
            if quote and any(escaped(line, delimiter, quote) for line in lines):
                scored.append(rated(lines, Signs(delimiter, quote, "\\")))
            if quote and any(f"{delimiter} {quote}" in line for line in lines):
                scored.append(rated(lines, Signs(delimiter, quote, "", True)))
    ranked = sorted(scored, key=lambda item: -item[0])
    if asked.delimiter and ranked:
        return ranked[0][1], 1.0
    if not ranked or ranked[0][0] <= 0:
        return Signs("", asked.quote if asked.quote is not None else '"'), 0.6
    other = next((score for score, signs in ranked if signs.delimiter != ranked[0][1].delimiter), 0.0)
    return ranked[0][1], min(0.99, 0.5 + 0.3 * ranked[0][0] + max(ranked[0][0] - max(other, 0.0), 0.0))


def without_words(lines: list[str], candidates: list[str]) -> list[str]:
    """Without the blank, where every line agrees under a common delimiter, unless the blank parts cells of a type in nearly every
    line, the first one too: words inside cells ("2 July 1989 at 14h30") are regular, too, but the header has none."""
    if " " not in candidates:
        return candidates
    filled = [line for line in lines if line.strip()]
    parted = [{len(split(line, Signs(sign))) for line in filled} for sign in candidates if sign in COMMON]
    if not any(len(widths) == 1 and max(widths) > 1 for widths in parted):
        return candidates
    rows = [split(line, Signs(" ")) for line in filled]
    width, share = usual_width(list(enumerate(rows)))
    kept = share > REGULAR and len(rows[0]) == width and typed_columns([row for row in rows if len(row) == width], width)
    return candidates if kept else [sign for sign in candidates if sign != " "]


def without_runs(lines: list[str], candidates: list[str]) -> list[str]:
    """Without the runs of signs of which one sign alone parts as many cells in more of the lines: the rest of the run belongs to
    the cells (`;="0612345678"`)."""
    filled = [line for line in lines if line.strip()]

    def held(run: str) -> bool:
        width, share = usual_width([(0, split(line, Signs(run))) for line in filled])
        parted = [usual_width([(0, split(line, Signs(sign))) for line in filled]) for sign in COMMON if sign in run]
        return any(wide >= width and agreeing > share for wide, agreeing in parted)

    return [sign for sign in candidates if len(sign) == 1 or not held(sign)]


def escaped(line: str, delimiter: str, quote: str) -> bool:
    """Whether a backslash keeps a quote from ending its cell (at the end of a cell it may belong to the value)."""
    return any(rest[:1] and not rest.startswith((delimiter, quote)) for rest in line.split("\\" + quote)[1:])


def candidate_delimiters(lines: list[str]) -> list[str]:
    """The common ones, then every sign or run of signs that stands equally often in nearly all lines."""
    found = [sign for sign in COMMON if any(sign in line for line in lines)]
    filled = [line for line in lines if line.strip()][:100]
    # What follows the addresses of a list of logins; a password may hold it again.
    behind = Counter(match[1] for line in filled if (match := BEHIND_EMAIL.match(line)))
    found += [sign for sign, count in behind.items() if count >= REGULAR * len(filled) and sign not in found]
    runs = Counter(run for line in filled for run in set(RUNS.findall(line)))
    # Where everything is quoted, what stands between a quote and the next one.
    between = Counter(sign for line in filled for sign in re.findall(r"(?<=[\w\s.][\"'])[^\w\"']{1,3}(?=[\"'])", line))
    found += [sign for sign, count in between.most_common(1) if count >= len(filled) and sign not in found]
    several = [run for run, count in runs.most_common(12) if len(run) > 1 and count >= REGULAR * len(filled)]
    # A whole line that is one value (a time, an address of the web) is not cut at its own signs.
    values = sum(shape_of(line) in TYPED - {"code"} for line in filled) > 0.5 * len(filled)
    for sign in several if values else (*several, *UNUSUAL):
        counts = Counter(line.count(sign) for line in filled)
        usual, lines_with = counts.most_common(1)[0] if counts else (0, 0)
        anywhere = sign in RARE and not counts[0]
        if usual and lines_with >= (TORN if anywhere else REGULAR) * len(filled) and sign not in found:
            found.append(sign)
    return found


def likely_quotes(lines: list[str], delimiter: str) -> tuple[str, ...]:
    """The quote that wraps cells; the usual one also where nothing is quoted, since later lines may be."""
    edge = re.escape(delimiter) if delimiter else "$^"
    wrapped = {
        quote: sum(len(re.findall(rf"(?:^|{edge})\s?{quote}[^{quote}]*{quote}(?={edge}|$)", line)) for line in lines[:100])
        for quote in QUOTES
        if quote != delimiter
    }
    best = max(wrapped, key=lambda quote: wrapped[quote])
    if best != '"' and wrapped[best] > max(2, 0.5 * len(lines[:100])):
        return (best, '"')
    return ('"',)


def rated(lines: list[str], signs: Signs) -> tuple[float, Signs]:
    """Agreement of the widths, width, and share of cells that look like values: 0 to about 1."""
    rows, usual = best_rows(lines, signs)
    filled = filled_of(rows)
    head = headline(filled)
    width, agreeing = width_of(filled[head:], usual), usual_width(rows)[1]
    below = signs.delimiter in COMMON and len(filled[head]) == width > 1
    share = agreement(filled, head, width) if below else agreeing
    if width < 2 or share <= 0.5:
        # A short file with a long preamble: the widest regular block decides.
        return (-1.0 if width < 2 else agreeing - 0.6), signs
    full = [row for _, row in rows if len(row) == width] or [padded(row, width) for _, row in rows]
    cells = [cell for row in full for cell in row][:2000]
    if signs.delimiter == " " and not any(signs.quote in line for line in lines) and not are_cells(full, width, share):
        return -1.0, signs  # the words of a sentence or a name
    rank = 0.0 if signs.delimiter in COMMON else 0.02 if len(signs.delimiter) > 1 else 0.06
    blank = sum(row[at][:1] == " " for row in full for at in range(1, width)) / max(len(cells), 1)
    hollow = sum(not any(row[at].strip() for row in full) for at in range(width)) / width
    rank += 0.1 * blank + 0.5 * stray(cells, signs) + 0.3 * hollow - 0.01 * bool(signs.escape)
    rank += 0.15 if len(filled[head]) == 1 else 0.0  # the first record is not parted, though the others are
    return share * (1 - 1 / (width + 1)) * (0.5 + 0.5 * known_share(cells)) - rank, signs


def agreement(filled: list[list[str]], at: int, width: int) -> float:
    """Share of the records of the width of the header (the record `at`). A record of several cells counts for a half, one that
    has but empty cells too many for nearly a whole; what stands around the table is asked less."""
    end = max(place for place, cells in enumerate(filled) if 2 * len(cells) > width) + 1
    around = AROUND * (len(filled) - end + at)
    return sum(1.0 if len(cells) == width else worth(cells, width) for cells in filled[at:end]) / (end - at + around)


def is_padded(cells: Sequence[str], width: int) -> bool:
    """Whether a record has too many cells, and all of those are empty."""
    return len(cells) > width and not any(map(str.strip, cells[width:]))


def worth(cells: list[str], width: int) -> float:
    if is_padded(cells, width):
        return 0.9
    return RAGGED if len(cells) > 1 else 0.5 * RAGGED if width == 2 else 0.0


def stray(cells: list[str], signs: Signs) -> float:
    """Share of the filled cells that hold quotes which quote nothing, or a tab."""
    filled = [cell for cell in cells if cell]
    odd = sum(
        (bool(signs.quote) and (cell[:1] == signs.quote or cell.count(signs.quote) % 2 == 1)) or "\t" in cell for cell in filled
    )
    return odd / max(len(filled), 1)


def are_cells(rows: list[list[str]], width: int, share: float) -> bool:
    """Whether what blanks part are cells, and no words: by their types, or because every line has as many, more than a name."""
    return typed_columns(rows, width) or (width >= MOST_WORDS and share >= 1 and typed_columns(rows[1:], width, 1))


def typed_columns(rows: list[list[str]], width: int, least: int = 2) -> bool:
    """Whether at least so many columns hold one kind of value each."""
    shapes = [usual_shape(row[at] for row in rows) for at in range(width)]
    return sum(shape in TYPED and share > 0.8 for shape, share in shapes) >= least
