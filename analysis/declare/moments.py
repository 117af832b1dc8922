"""A time as a person writes it in, a moment or a day out."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from analysis.rules.kinds import months, plain


def moment(text: str, zone: str) -> datetime:
    """An ISO 8601 time; one without an offset is local time in `zone`, a name like Europe/Paris. Raises ValueError for
    anything else."""
    found = datetime.fromisoformat(text)
    if not zone:
        if found.tzinfo is None:
            raise ValueError("a local time without a zone")
        return found
    local = ZoneInfo(zone)
    return found.replace(tzinfo=local) if found.tzinfo is None else found.astimezone(local)


# Words for a day, from today.
NOW = ("now", "maintenant")
TODAY, YESTERDAY = ("today", "aujourd'hui", "aujourd’hui", *NOW), ("yesterday", "hier")
DAYS = {**dict.fromkeys(TODAY, 0), **dict.fromkeys(YESTERDAY, -1), "avant-hier": -2}


def typed_day(text: str, today: date) -> date | None:
    """A day as people type it: 19/11/2024, 19-11-24, 19.11 (of this year), 2024-11-19, 19112024, 19 nov. 2024, today, hier. None
    for anything else; a year of two digits lies in the hundred years up to now."""
    text = " ".join(text.casefold().split())
    if text in DAYS:
        return today + timedelta(days=DAYS[text])
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return day_of(*map(int, match.groups()))
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?", text) or re.fullmatch(
        r"(\d\d)(\d\d)(\d{4})", text
    ):
        day, month, year = match.groups()
        return day_of(year_of(year, today), int(month), int(day))
    if match := re.fullmatch(r"(\d{1,2})(?:er)? ([^\W\d]+)\.?(?: (\d{4}|\d{2}))?", text):
        return day_of(year_of(match[3], today), months().get(plain(match[2]), 0), int(match[1]))
    return None


def typed_moment(text: str, now: datetime) -> datetime | None:
    """The same with an hour behind it (10:30, 10h30, 10 h; none: midnight), on the clock of `now`; `now` is now."""
    text = (
        " ".join(text.casefold().replace("t", " ", 1).split()) if re.match(r"\d{4}-\d\d-\d\dt", text.casefold()) else text.strip()
    )
    if text.casefold() in NOW:
        return now.replace(second=0, microsecond=0)
    match = re.fullmatch(r"(.*?)(?:(?: à| at|,)? +(\d{1,2}) ?[:hH] ?(\d\d)?)?", text)
    day = typed_day(match[1], now.date()) if match else None
    hour, minute = (int(match[2] or 0), int(match[3] or 0)) if match else (0, 0)
    return datetime.combine(day, time(hour, minute)) if day is not None and hour < 24 and minute < 60 else None


def year_of(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    year = int(text)
    return year if year > 99 else max(found for found in (1900 + year, 2000 + year) if found <= today.year)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
