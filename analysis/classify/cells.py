"""A column and its kind in, expressions over every cell out: the status of a cell, and the date it holds."""

from datetime import date
from typing import Any

import ibis

from analysis.functions import regexp_full_match, try_strptime
from analysis.kinds import value_rules
from analysis.model import Status

# A person born before this year is not among the patients of today: the date is a mistake.
FIRST_BIRTH = date(1890, 1, 1)


def text_of(column: Any) -> Any:
    """The cell without the blanks around it; NULL when nothing is left."""
    return column.strip().nullif("")


def status_of(column: Any, kind: str, variant: str, today: date) -> Any:
    """`Status` of a cell as a small integer. `variant`: for dates, the strptime layout of the column."""
    text = text_of(column)
    if kind == "none":
        return ibis.ifelse(text.isnull(), int(Status.EMPTY), int(Status.VALID)).cast("uint8")
    known = value_rules().placeholders[kind]
    return ibis.cases(
        (text.isnull(), int(Status.EMPTY)),
        ((text.length() <= 24) & text.upper().isin(known), int(Status.PLACEHOLDER)),
        (valid(text, kind, variant, today), int(Status.VALID)),
        else_=int(Status.MALFORMED),
    ).cast("uint8")


def valid(text: Any, kind: str, variant: str, today: date) -> Any:
    """Whether a filled cell is what its kind asks for."""
    rules = value_rules()
    patterns = rules.patterns
    if kind == "birth_date":
        found = date_of(text, variant)
        return found.notnull() & (found >= FIRST_BIRTH) & (found <= today)
    if kind == "phone":
        fits = regexp_full_match(text, patterns["phone"]) | regexp_full_match(text, patterns["phone_abroad"])
    else:
        fits = regexp_full_match(text, patterns[kind])
    return fits & (text.length() <= rules.longest[kind])


def date_of(text: Any, layout: str) -> Any:
    """The date of a cell written in a layout; NULL for any other text and for days that do not exist."""
    pattern = next((item.pattern for item in value_rules().dates if item.layout == layout), "")
    return ibis.ifelse(regexp_full_match(text, pattern), try_strptime(text, layout).date(), ibis.null("date"))
