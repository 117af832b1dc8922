"""A table drawn with bars in (the output of mysql and psql, Markdown, reStructuredText), its rows out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from analysis.formats.header import heading
from analysis.formats.jsons import text_lines
from analysis.formats.out import Out, unique

RULER = re.compile(r"\s*+[+|├┼┌└╔╚╠╟]?[ :]*+[-=─━═]{2}[-=─━═+| :┬┼┴┤┐┘├╪╤╧╣╗╝╢]*+\s*+")
BARS = "│┃║"
LOOKED = 400


def is_boxed(lines: Sequence[str]) -> bool:
    """Whether a ruler stands among the first lines and nearly all others have as many bars."""
    filled = [line for line in map(without_frame, lines[:LOOKED]) if line.strip()]
    rulers = [at for at, line in enumerate(filled) if RULER.fullmatch(line)]
    if not rulers or rulers[0] > 30 or not re.search(r"[+|]", filled[rulers[0]]):
        return False
    bars = Counter(cells_in(line) for line in filled if not RULER.fullmatch(line))
    count, times = max(bars.items(), key=lambda item: item[1], default=(0, 0))
    return count >= 2 and times >= 0.6 * bars.total() and times >= 2


def without_frame(line: str) -> str:
    return line.translate(dict.fromkeys(map(ord, BARS), "|")) if any(bar in line for bar in BARS) else line


def cells_in(line: str) -> int:
    return len(cells(line)) if "|" in line else 0


def cells(line: str) -> list[str]:
    """The texts between the bars; the bars at both ends hold nothing."""
    inner = line.strip().replace("\\|", "\0")
    closed = inner.startswith("|") and inner.endswith("|") and len(inner) > 1
    parts = inner[1:-1].split("|") if closed else line.replace("\\|", "\0").split("|")
    return [part.strip().replace("\0", "|") for part in parts]


def read_boxed(file: BinaryIO, out: Out) -> None:
    """Rulers belong to no record; what stands above the table is its preamble, other lines are rejected."""
    top = [without_frame(line) for (_, line), _ in zip(text_lines(file), range(LOOKED), strict=False)]
    file.seek(0)
    rows = [(at, cells(line)) for at, line in enumerate(top) if "|" in line and not RULER.fullmatch(line)]
    width = Counter(len(row) for _, row in rows).most_common(1)[0][0]
    begin = next(at for at, row in rows if len(row) == width)
    ruled = next((at for at, line in enumerate(top) if at > begin and RULER.fullmatch(line)), -1)
    above = sum(begin <= at < ruled and len(row) == width for at, row in rows)
    head = heading([row for row in rows if row[0] >= begin], width, min(above, 3) if 0 < above <= 3 else None)
    table = out.table("table", unique(list(head.names)))
    table.count("header", head.records)
    passed = 0  # rows of the header that went by
    for number, line in drawn(file):
        if "|" not in line:
            if number <= begin:
                table.count("preamble")
            else:
                out.reject("table", number, "not_a_row", line)
            continue
        row = cells(line)
        if number > begin and passed < head.records and len(row) == width:
            passed += 1
        elif len(row) == width:
            out.row("table", row, number)
        else:
            out.reject("table", number, "other_width", line)


def drawn(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """The lines that say something."""
    for number, line in text_lines(file):
        text = without_frame(line)
        if text.strip() and not RULER.fullmatch(text):
            yield number, text
