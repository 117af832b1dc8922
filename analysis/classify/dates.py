"""Texts in, the layout in which most of them are dates out, day first where both readings fit."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from analysis.rules.kinds import months, plain

LAYOUTS = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d%m%Y",
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%m-%d-%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%m-%y",
    "%d.%m.%y",
    "%Y.%m.%d",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m.%d.%Y",
    "%d %m %Y",
    "%m %d %Y",
)
# Days as machines count them: units in a day, and the day from which they are counted.
INSTANTS = {
    "@seconds": (86_400, date(1970, 1, 1)),
    "@milliseconds": (86_400_000, date(1970, 1, 1)),
    "@days": (1, date(1899, 12, 30)),  # of a spreadsheet
    "@cocoa": (86_400, date(2001, 1, 1)),  # Core Data
    "@ticks": (864_000_000_000, date(1, 1, 1)),  # .NET
}
NUMBER = re.compile(r"-?\d{4,19}(?:\.\d+)?")
CENTURY = date(2027, 1, 1)  # of a year of two digits: nobody is born from this day on
STANDS_IN, YEARS_END, ANY_DAY = 10, 0.01, 0.05  # cells of a sample, and shares, from which a day is nobody's birth
AND = "|"  # between the layouts of one column
MIXED, LEAST = 5, 0.005  # layouts of a column at most, and the share of its texts that makes one
FEW = 12  # texts that tell whether a layout is worth a try
LIKELY = re.compile(r"[\d./: T-]{6,29}(?:Z|[+-]\d{2}:?\d{2}| ?[AP]M)?", re.IGNORECASE)
ZONE = re.compile(r"(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$")
# A day whose month is a word of any language, folded ('Mercredi 1er février 1961', '03-MARS-61', '12 de mayo de 1980', 'Oct 7th,
# 1999',
# '1980. január 12.', with or without an hour): the expression of a whole cell, and its groups of the day, the month and the year.
NO_BREAK = {0xA0: " ", 0x202F: " "}  # blanks that break no line
LETTER = r"[^\W\d_]"
WEEKDAY = rf"(?:{LETTER}{{2,12}}[., ]+){{0,2}}"
HOUR = r"(?: ?(?:г|r)\.?)?(?:[ t,]+(?:a |at |um |as )?\d{1,2}[:h]\d{2}.{0,12})?"
DAY_FIRST = rf"{WEEKDAY}(\d{{1,2}})(?:er|st|nd|rd|th|º|o)?[ .,/_-]*(?:de |of )?({LETTER}{{3,13}})[ .,/_-]*(?:de |del |of )?"
MONTH_FIRST = rf"{WEEKDAY}({LETTER}{{3,13}})[ .-]+(\d{{1,2}})(?:st|nd|rd|th)?[ ,-]+"
SPELLED = {
    "%d %B %Y": (rf"{DAY_FIRST}(\d{{4}}){HOUR}", 1, 2, 3),
    "%d %B %y": (rf"{DAY_FIRST}(\d{{2}})", 1, 2, 3),
    "%B %d %Y": (rf"{MONTH_FIRST}(\d{{4}}){HOUR}", 2, 1, 3),
    "%B %d %y": (rf"{MONTH_FIRST}(\d{{2}})", 2, 1, 3),
    "%Y %B %d": (rf"(\d{{4}})[ .,/_-]+({LETTER}{{3,13}})[ .,/_-]+(\d{{1,2}})\.?{HOUR}", 3, 2, 1),
}


def layouts_of(texts: Sequence[str]) -> str:
    """The layouts of a column that may mix several, the most frequent first, joined by `AND`; nothing where no text is a
    date. Day and month never change places within a column."""
    return layouts_and_rest(texts)[0]


def layouts_and_rest(texts: Sequence[str]) -> tuple[str, list[str]]:
    """The same, and the texts that none of the layouts reads."""
    found, rest, order = list[str](), list(texts), ""
    while len(found) < MIXED:
        layout, days = best_layout(rest, order)
        if not layout or (found and len(days) < max(2, LEAST * len(texts))):
            break
        found.append(layout)
        rest = [text for text in rest if text not in days]
        order = order or order_of(layout)
    return AND.join(found), rest


def instant_of(texts: Sequence[str], low: int, high: int) -> str:
    """The way to count days by which most of the texts are days of the years `low` to `high`; nothing where fewer than half are.
    The same numbers may be days in two ways: the one that spreads them over more years holds."""
    best, most = "", (0.5, 0)
    for layout in INSTANTS:
        years = [day.year for text in texts if (day := counted(text, layout)) is not None and low <= day.year <= high]
        told = len(years) / max(len(texts), 1), len(set(years))
        if told[0] >= 0.5 and told > most:
            best, most = layout, told
    return best


def counted(text: str, layout: str) -> date | None:
    if not NUMBER.fullmatch(text.strip()):
        return None
    unit, start = INSTANTS[layout]
    try:
        return start + timedelta(days=float(text) // unit)
    except OverflowError:
        return None


def order_of(layout: str) -> str:
    """`dm` or `md` of a layout of numbers whose year comes last; nothing where no other order would fit."""
    numbers = [sign for sign in re.findall("%([dmY])", layout.replace("y", "Y")) if sign in "dmY"]
    return "".join(numbers[:2]) if "%B" not in layout and numbers[2:3] == ["Y"] else ""


def best_layout(texts: Sequence[str], order: str = "") -> tuple[str, dict[str, date]]:
    """The layout that most texts fit and the days they mean; nothing where no text is a date. `order`: of day and month,
    where it is known."""
    likely = [text for text in texts if LIKELY.fullmatch(text.strip())]
    best: tuple[str, dict[str, date]] = ("", {})
    if any(re.search(r"[-/.: ]|\d{8}", text) for text in likely):
        best = best_of(tuple(layout for layout in LAYOUTS if not order or order_of(layout) in ("", order)), likely)
    lettered = [text for text in texts if len(text) < 60 and any(map(str.isdigit, text)) and any(map(str.isalpha, text))]
    if len(lettered) > len(best[1]):
        best = max(best, best_of(tuple(SPELLED), lettered), key=lambda found: len(found[1]))
    return best


def best_of(layouts: tuple[str, ...], texts: Sequence[str]) -> tuple[str, dict[str, date]]:
    """Those of `layouts` that few texts already tell to be worth a try are read in full."""
    best: tuple[str, dict[str, date]] = ("", {})
    few = [text.strip() for text in texts[:: max(1, len(texts) // FEW)]]
    for layout in layouts:
        if any(parsed(text, layout) for text in few):
            days = {text: day for text in texts if (day := parsed(text.strip(), layout)) is not None}
            best = (layout, days) if len(days) > len(best[1]) else best
    return best


def as_numbers(layout: str) -> str:
    """The layout of a spelled date once day, month and year are numbers, in this order."""
    return f"%d %m {'%y' if '%y' in layout else '%Y'}"


def parsed(text: str, layout: str) -> date | None:
    """The day of a text in a layout, which may spell its month."""
    if layout in INSTANTS:
        return counted(text, layout)
    if layout in SPELLED:
        pattern, day, month, year = SPELLED[layout]
        found = re.fullmatch(pattern, plain(text).translate(NO_BREAK))
        if not found:
            return None
        text, layout = f"{found[day]} {months().get(found[month], '')} {found[year]}", as_numbers(layout)
    try:
        read = datetime.strptime(ZONE.sub("", text) if "T" in layout else text, layout).date()
    except ValueError:
        return None
    if "%y" in layout and read >= CENTURY:
        read = read.replace(year=read.year - 100)  # 2028 to 2068: as many leap years as a century before
    return read if 1880 <= read.year <= 2100 else None


def stand_ins(often: Mapping[str, int], layouts: str) -> tuple[str, ...]:
    """Days that a large share of the cells of a column hold (1 January 1901): nobody's birth, but what a system or a clerk writes
    who knows none. The first or last day of a year from a hundredth of the cells on, any other from a twentieth. `often`: cells
    of a sample. (Only what is a date is given back: it becomes part of a question.)"""
    cells, found = sum(often.values()), list[str]()
    for text, count in often.items():
        share = count / max(cells, 1)
        if count < STANDS_IN or share < YEARS_END:
            continue
        day = day_of(text, layouts)
        if day is not None and (share >= ANY_DAY or (day.month, day.day) in ((1, 1), (12, 31))):
            found.append(text)
    return tuple(sorted(found))


def day_of(text: str, layouts: str) -> date | None:
    """None where no day is told."""
    for layout in (item for item in layouts.split(AND) if "%d" in item):
        with suppress(ValueError):
            return datetime.strptime(text, layout).date()
    return None
