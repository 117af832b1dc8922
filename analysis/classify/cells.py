"""A column and its kind in, expressions over every cell out: the status of a cell, and the date it holds."""

import re
from datetime import date
from functools import reduce
from operator import or_

import ibis

from analysis.classify.dates import AND, CENTURY, INSTANTS, LETTER, NO_BREAK, SPELLED, as_numbers
from analysis.model import HOUSE, NAMED, YES_NO, Status
from analysis.rules.kinds import LETTERS, lookalikes, months, placeholders
from analysis.rules.loading import load
from analysis.rules.shapes import Lexicon, Values
from analysis.store.functions import regexp_full_match, regexp_replace, strip_accents, translate, try_strptime
from analysis.store.rows import Column

# A person born before this year is not among the patients of today: the date is a mistake.
FIRST_BIRTH = date(1890, 1, 1)
# The day that systems write where they know none.
FIRST_YEAR = date(1000, 1, 1)
SENTINEL = date(1900, 1, 1)
DATED = frozenset({"birth_date", "death_date"})
LONGEST = 10_000
BLANKS = (" ", "\t", "\r", "\n")
ADDRESS = r"[^\s<>()\[\],;:/|]+@[^\s<>()\[\],;:/|]+"
OTHER = "other"  # variant of a column that is written in none of the usual forms of its kind
LETTER_OF_ENGINE = r"\pL"
# Signs that no accent makes and how they are folded, each as one sign (the engine's `translate` knows no others).
BARRED = {sign: flat for sign, flat in (LETTERS | NO_BREAK).items() if len(flat) == 1}
# Words of an IN list that the engine still compares one by one.
FEW = 4


def text_of(column: Column) -> Column:
    """The cell without the blanks around it; NULL when nothing is left."""
    return column.strip().nullif("")


def bare(cell: Column) -> Column:
    """The cell without blanks around it: looking for them first is five times as fast as taking them off."""
    padded = reduce(or_, [cell.endswith(blank) for blank in BLANKS], cell < "!")
    return ibis.ifelse(padded, text_of(cell), cell)


def national_digits(phone: Column) -> Column:
    """The digits of a phone number as they are dialed in France: +33 and 0033 become 0."""
    digits = regexp_replace(regexp_replace(phone, r"[^0-9+]", "", "g"), r"^(\+|00)33(0)?", "0", "")
    return ibis.ifelse(regexp_full_match(digits, "[67][0-9]{8}"), "0" + digits, digits)  # a spreadsheet took the zero


def address_in(text: Column) -> Column:
    """The e-mail address that stands in a cell with other words; nothing where none does."""
    return text.re_extract(ADDRESS, 0)


def status_of(column: Column, kind: str, variant: str, today: date) -> Column:
    """`Status` of a cell as a small integer. `variant`: for dates, the strptime layout of the column.

    Most cells are valid as they stand: the first branch settles them, the slower ones see the rest. Nothing stands before it,
    not even the question whether there is a cell: the engine reads dates of chosen rows at half the speed.
    """
    text = text_of(column)
    if kind == "none":
        return ibis.ifelse(text.isnull(), int(Status.EMPTY), int(Status.VALID)).cast("uint8")
    alike = sentinels(variant) if kind in DATED else lookalikes()[kind]
    if variant == YES_NO:
        no = one_of(text, tuple(sorted(load(Lexicon).answers["no"])))
        filled = ibis.ifelse(no, int(Status.PLACEHOLDER), int(Status.VALID))
        return ibis.ifelse(text.isnull(), int(Status.EMPTY), filled).cast("uint8")
    return ibis.cases(
        (valid(column, kind, variant, today) & ~one_of(column, alike), int(Status.VALID)),
        (text.isnull(), int(Status.EMPTY)),
        (one_of(text, tuple(dict.fromkeys(placeholders()[kind] + alike))), int(Status.PLACEHOLDER)),
        (valid(text, kind, variant, today), int(Status.VALID)),
        else_=int(Status.MALFORMED),
    ).cast("uint8")


def sentinels(layouts: str) -> tuple[str, ...]:
    """How the day that systems write where they know none stands in a column of these layouts."""
    return tuple(SENTINEL.strftime(layout) for layout in layouts.split(AND) if layout not in INSTANTS)


def one_of(text: Column, words: tuple[str, ...]) -> Column:
    """Whether a cell is one of these words in any case. A long IN list would become a join over every row."""
    if not words:
        return ibis.literal(False)
    if len(words) <= FEW and not any(sign.isalpha() for word in words for sign in word):
        return text.isin(words)
    return regexp_full_match(text, "(?i)" + "|".join(re.escape(word) for word in words))


def valid(text: Column, kind: str, variant: str, today: date) -> Column:
    """Whether a filled cell is what its kind asks for."""
    rules = load(Values)
    patterns = rules.patterns
    if kind in DATED:
        return date_of(text, variant).between(FIRST_BIRTH, today).fill_null(False)
    if kind not in patterns or variant in (OTHER, HOUSE):
        return text.notnull()
    if kind == "phone":
        abroad = regexp_full_match(text, patterns["phone_abroad"])
        fits = ibis.ifelse(regexp_full_match(text, patterns["phone"]), True, abroad)
    else:
        fits = regexp_full_match(address_in(text) if variant == NAMED else text, patterns[kind])
    return fits & (text.length() <= rules.longest.get(kind, LONGEST))


def date_of(text: Column, layouts: str) -> Column:
    """The date of a cell written in a layout, or in one of several (`layouts_of`); NULL for any other text and for days that
    do not exist."""
    first, *others = [date_in(text, layout) for layout in layouts.split(AND)]
    if not others:
        return first
    oldest = ibis.literal(FIRST_YEAR)  # the engine reads 62 as a year of four digits
    return ibis.coalesce(*(ibis.ifelse(day >= oldest, day, ibis.null("date")) for day in (first, *others)))


def date_in(text: Column, layout: str) -> Column:
    if layout in INSTANTS:
        unit, start = INSTANTS[layout]
        days = (text.try_cast("float64") / unit).floor()
        since = ibis.ifelse(days.between(-800_000, 800_000), days, ibis.null("float64")).cast("int64")
        return (ibis.literal(start).cast("timestamp") + since.as_interval("D")).cast("date")
    if "%B" in layout:
        text, layout = numbered(text, layout), as_numbers(layout)
    text = text.left(19) if "T" in layout else text  # a zone and parts of seconds say nothing of the day
    found = try_strptime(text, layout).date()
    if "%y" in layout:  # two digits: nobody is born after today
        return ibis.ifelse(found >= CENTURY, (found.cast("timestamp") - ibis.interval(years=100)).cast("date"), found)
    if pattern := load(Values).compact_dates.get(layout):
        return ibis.ifelse(regexp_full_match(text, pattern), found, ibis.null("date"))
    return found


def numbered(text: Column, layout: str) -> Column:
    """Day, month and year as numbers of a cell that spells the month in any language; without a month for any other text.

    All the names of the months stand in one text, and a name is looked for in it: a join or a hundred comparisons cost more.
    """
    pattern, day, month, year = SPELLED[layout]
    flat = translate(strip_accents(text).lower(), "".join(map(chr, BARRED)), "".join(BARRED.values()))
    whole = f"^(?:{pattern.replace(LETTER, LETTER_OF_ENGINE)})$"
    names = ibis.literal(" " + " ".join(f"{name}:{number:02}" for name, number in months().items()))
    name = flat.re_extract(whole, month)
    place = names.find(" " + name + ":")
    number = ibis.ifelse(place < 0, "", names.substr(place + name.length() + 2, 2))
    return flat.re_extract(whole, day) + " " + number + " " + flat.re_extract(whole, year)
