"""Texts in, the layout in which most of them are dates out, day first where both readings fit."""

import re
from collections.abc import Sequence
from datetime import date, datetime

LAYOUTS = (
    "%d/%m/%Y", "%Y-%m-%d", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d%m%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%m-%d-%Y", "%d/%m/%y", "%m/%d/%y",
    "%d-%m-%y", "%d.%m.%y", "%Y.%m.%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p",
)  # fmt: skip
FEW = 12  # texts that tell whether a layout is worth a try
LIKELY = re.compile(
    r"[\d./: T-]{6,29}(?:Z|[+-]\d{2}:?\d{2}| ?[AP]M)?|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|[A-Za-z]{3,9} \d{1,2}, \d{4}",
    re.IGNORECASE,
)
ZONE = re.compile(r"(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$")


def best_layout(texts: Sequence[str]) -> tuple[str, dict[str, date]]:
    """The layout that most texts fit and the days they mean; nothing where no text is a date."""
    likely = [text for text in texts if LIKELY.fullmatch(text.strip())]
    if not likely or not any(re.search(r"[-/.: ]|\d{8}", text) for text in likely):
        return "", {}
    best: tuple[str, dict[str, date]] = ("", {})
    few = [text.strip() for text in likely[:: max(1, len(likely) // FEW)]]
    for layout in LAYOUTS:
        if not any(parsed(text, layout) for text in few):
            continue
        days = {text: day for text in likely if (day := parsed(text.strip(), layout)) is not None}
        if len(days) > len(best[1]):
            best = layout, days
    return best


def parsed(text: str, layout: str) -> date | None:
    try:
        found = datetime.strptime(ZONE.sub("", text) if "T" in layout else text, layout).date()
    except ValueError:
        return None
    return found if 1880 <= found.year <= 2100 else None
