"""Lines in, the signs that part their cells out: those under which records agree in width and cells look like values."""

import re
from collections import Counter

from analysis.formats.shapes import TYPED, known_share, shape_of, usual_shape
from analysis.model import Asked
from analysis.read.records import (
    TORN,
    Signs,
    best_rows,
    filled_of,
    headline,
    is_padded,
    padded,
    split,
    usual_width,
    width_of,
)

COMMON = (";", "\t", ",", "|")
# Delimiters that are also ordinary signs inside values: they must earn it by regularity.
RARE = ("^", "~", "\x01", "\x1e", "\x1f", "¦", "§", "¤", "¶", "þ")  # that hardly stand inside values
UNUSUAL = (":", " ", "#", "&", "%", "*", "!", "$", *RARE)
RUNS = re.compile(r"[^\w\s\"']{2,4}| ?[;,|\t] ?|\t+")
BEHIND_EMAIL = re.compile(r"[^\s@:;,|]+@[^\s@:;,|]+\.[A-Za-z]{2,20}([^\w\s.@-])")
REGULAR = 0.9
RAGGED = 0.5  # what a row of another width counts for below a header
AROUND = 0.2  # what a line above or below the table counts for
MOST_WORDS = 4  # of a name: as many in every line are cells
QUOTES = ('"', "'", "~", "`")


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
