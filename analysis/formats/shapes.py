"""A cell in, what kind of value it looks like out: enough to tell values from headings and cells from scraps."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.rules.kinds import plain
from analysis.rules.loading import load
from analysis.rules.shapes import Lexicon

REMARK = 8  # words of a line that says something of the table
SHAPES = (
    ("empty", re.compile(r"\s*")),
    ("integer", re.compile(r"\s*[+-]?\d{1,18}\s*")),
    ("decimal", re.compile(r"\s*[+-]?(?:\d{1,3}(?:[ ,.  ]\d{3})+|\d{1,18})?(?:[.,]\d{1,12})?(?:[eE][+-]?\d{1,3})?\s*%?\s*")),
    ("money", re.compile(r"\s*(?:[€$£]\s?-?\d[\d ,.]{0,20}|-?\d[\d ,.]{0,20}\s?(?:[€$£]|EUR|USD))\s*")),
    (
        "date",
        re.compile(
            r"\s*(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- ](?:[A-Za-zéû]{3,9})\.?[- ,]{1,2}\d{2,4})(?:[T "
            r"]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?\s*"
        ),
    ),
    ("time", re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?\s?(?:[AaPp]\.?[Mm]\.?)?\s*")),
    ("email", re.compile(r"\s*[^@\s]{1,64}@[^@\s]{1,200}\.[A-Za-z]{2,20}\s*")),
    ("url", re.compile(r"\s*(?:https?|ftp)://\S{1,2000}\s*|\s*www\.\S{1,2000}\s*")),
    ("phone", re.compile(r"\s*(?:\+|00|0|\()\d[\d .()/-]{6,20}\d\s*")),
    ("code", re.compile(r"\s*(?=[^\W_]{0,40}\d)[A-Za-z0-9][A-Za-z0-9_/.#-]{0,60}\s*")),
    ("word", re.compile(r"\s*[^\W\d_]{1,60}\s*")),
    ("name", re.compile(r"\s*[^\W\d_][\w'’.&()/° -]{0,120}\s*")),
)
TYPED = frozenset({"integer", "decimal", "money", "date", "time", "email", "url", "phone", "code"})
LONGEST = 300


def shape_of(cell: str) -> str:
    """The first shape that the whole cell has; "text" for any other."""
    if len(cell) > LONGEST:
        return "text"
    return next((name for name, pattern in SHAPES if pattern.fullmatch(cell)), "text")


def known_share(cells: Sequence[str]) -> float:
    """Share of the filled cells that have a shape; sentences count half."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return 0.5
    return sum(0.4 if shape_of(cell) == "text" else 1.0 for cell in filled) / len(filled)


def usual_shape(cells: Iterable[str]) -> tuple[str, float]:
    """The shape that most filled cells have, integers and decimals being one, and its share."""
    counts = Counter("decimal" if shape == "integer" else shape for shape in map(shape_of, cells) if shape != "empty")
    if not counts:
        return "empty", 0.0
    shape, count = counts.most_common(1)[0]
    return shape, count / sum(counts.values())


def is_remark(line: str) -> bool:
    """Whether a line says something of the table ("Total: 12 patients", "(12 rows)")."""
    words = [word for word in re.split(r"[\W_]+", plain(line)) if word]
    numbers = sum(word.isdigit() for word in words)
    return 1 < len(words) <= REMARK and numbers > 0 and any(word.lower() in load(Lexicon).remarks for word in words[:2])
