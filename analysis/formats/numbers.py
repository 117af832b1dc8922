"""A value and a number format code of a workbook in, the text that the sheet shows out (ECMA-376, 18.8.30 and 18.8.31)."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, le, lt, ne

from analysis.rules.loading import load
from analysis.rules.shapes import Months

General = "General"
# Formats that a workbook names by number alone. 14 is the reader's own short date: written as ISO 8601.
BUILT_IN = {
    0: General,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    49: "@",
}
EPOCH = datetime(1899, 12, 30)
TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]|(AM/PM|A/P)|(y+|m+|d+|h+|s+)(?:(\.0+))?|(.)',
    re.IGNORECASE | re.DOTALL,
)
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
COMPARE = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LANGUAGE = re.compile(r"\[\$[^\]-]*-([0-9A-Fa-f]{2,8})\]")  # of a code: [$-40C] is French
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def is_date(code: str) -> bool:
    """Whether a code shows a date or a time."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]|\[(?![hms]+\])[^\]]*\]', "", code.split(";")[0])
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and General.lower() not in bare.lower()


def shown(value: float | int | date | time | timedelta, code: str) -> str:
    """The text of a number, a date or a time; the plainest one where the code is not understood."""
    if isinstance(value, time):
        value = datetime.combine(EPOCH, value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if is_date(code):
        if isinstance(value, int | float):
            value = EPOCH + timedelta(days=max(min(value, 2_900_000), 0)) if value >= 0 else EPOCH
        elif isinstance(value, timedelta):
            value = EPOCH + value
        return date_text(value, code.split(";")[0])
    if isinstance(value, timedelta):
        value = value.total_seconds() / 86400
    if isinstance(value, datetime):
        value = (value - EPOCH).total_seconds() / 86400
    return number_text(value, code)


def date_text(value: datetime, code: str) -> str:
    tokens = list(TOKEN.finditer(code))
    twelve = any(token[6] for token in tokens)
    named = LANGUAGE.search(code)
    months = load(Months).languages.get(named[1].upper()[-2:], ()) if named else ()
    parts: list[str] = []
    for at, token in enumerate(tokens):
        literal = next((part for part in (token[1], token[2], token[5]) if part is not None), None)
        if literal is not None:
            parts.append(literal)
        elif token[3] or token[4]:
            parts.append(" " if token[3] else "")
        elif token[6]:
            parts.append(("AM" if value.hour < 12 else "PM")[: len(token[6].split("/")[0])])
        elif token[7]:
            sign, minutes = token[7].lower(), is_minutes(tokens, at)
            spelled = sign[0] == "m" and len(sign) > 3 and not minutes
            known = months[value.month - 1] if spelled and months else ""
            parts.append(known or date_part(value, sign, minutes=minutes, twelve=twelve))
        elif token[0][:1] == "[" and token[0][1:-1].lower() in ("h", "hh"):
            parts.append(str(int((value - EPOCH).total_seconds() // 3600)))
        elif token[9]:
            parts.append(token[9])
    return "".join(parts).strip()


def is_minutes(tokens: list[re.Match[str]], at: int) -> bool:
    """An m beside hours or seconds is minutes."""
    before = next((token[7].lower() for token in reversed(tokens[:at]) if token[7]), "")
    after = next((token[7].lower() for token in tokens[at + 1 :] if token[7]), "")
    hours = any(token[0].lower().startswith("[h") for token in tokens[:at]) and not before
    return before.startswith("h") or hours or after.startswith("s")


def date_part(value: datetime, code: str, minutes: bool, twelve: bool) -> str:
    size = len(code)
    match code[0]:
        case "y":
            return f"{value.year:04d}" if size > 2 else f"{value.year % 100:02d}"
        case "m" if minutes:
            return f"{value.minute:02d}" if size > 1 else str(value.minute)
        case "m":
            return (
                MONTHS[value.month - 1]
                if size == 3
                else value.strftime("%B")
                if size > 3
                else f"{value.month:02d}"
                if size == 2
                else str(value.month)
            )
        case "d":
            return (
                DAYS[value.weekday()]
                if size == 3
                else value.strftime("%A")
                if size > 3
                else f"{value.day:02d}"
                if size == 2
                else str(value.day)
            )
        case "h":
            hour = (value.hour % 12 or 12) if twelve else value.hour
            return f"{hour:02d}" if size > 1 else str(hour)
        case _:
            return f"{value.second:02d}" if size > 1 else str(value.second)


def section_of(value: float | int, sections: list[str]) -> tuple[str, bool]:
    """The part of a code that is for this value, and whether its sign is left out: by its condition ([<=9999999]), or for
    positive and negative values and zero."""
    conditions = [CONDITION.search(masked(section, brackets=False)) for section in sections]
    if any(conditions):
        for section, found in zip(sections, conditions, strict=True):
            if found is None or COMPARE[found[1]](value, float(found[2])):
                return section, False
        return General, False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), False


def masked(section: str, brackets: bool = True) -> str:
    """The same length with other signs in place of literal text (and of what stands in brackets)."""
    return (LITERAL if brackets else QUOTED).sub(lambda part: "\x00" * len(part[0]), section)


def parts_of(code: str) -> list[str]:
    """The sections of a code, parted by semicolons that are no text."""
    plain, start = masked(code), 0
    found: list[str] = []
    for at, sign in enumerate(plain):
        if sign == ";":
            found.append(code[start:at])
            start = at + 1
    return [*found, code[start:]]


def number_text(value: float | int, code: str) -> str:
    section, unsigned = section_of(value, parts_of(code))
    plain = masked(section)
    if not re.search("[0#?@]", plain) and General.lower() not in plain.lower() and (said := literal(section).strip()):
        return said
    if "@" in plain or General.lower() in plain.lower() or "e+" in plain.lower() or "/" in plain or not re.search("[0#?]", plain):
        return repr(value) if isinstance(value, float) and not value.is_integer() else str(int(value))
    section = re.sub(r'"([^"0#?.,%;]*)"|\\([^0#?.,%;])', lambda part: part[1] or part[2] or "", section)
    number = Decimal(repr(value)).copy_abs() if unsigned else Decimal(repr(value))
    plain = masked(section)
    number = number * 100 if "%" in plain else number
    places = [found.start() for found in re.finditer("[0#?]", plain)]
    first, last = places[0], places[-1] + 1
    body = plain[first:last]
    whole, _, fraction = body.partition(".")
    digits = number.quantize(Decimal(1).scaleb(-len(re.findall("[0#?]", fraction))), ROUND_HALF_UP)
    text = f"{abs(digits):f}"
    before, _, after = text.partition(".")
    # The leftmost 0 asks for every place from there on.
    needed = len(re.findall("[0#?]", whole[whole.index("0") :])) if "0" in whole else 0
    before = before.lstrip("0").rjust(needed, "0") if needed or before != "0" else ""
    kept = fraction.rstrip("#")
    while len(after) > len(kept) and after.endswith("0"):
        after = after[:-1]
    separated = spread(before, whole)
    middle = separated + ("." + after if after else "")
    return (("-" if digits < 0 else "") + literal(section[:first]) + middle + literal(section[last:])).strip()


def spread(digits: str, whole: str) -> str:
    """Digits with the signs that the code puts between them: thousands, or the blanks of a phone number."""
    if "," in whole:
        return f"{int(digits or 0):,}".rjust(whole.count("0"), "0")
    signs = list(whole)
    if all(sign in "0#?" for sign in signs):
        return digits
    left, parts = digits, []
    for sign in reversed(signs):
        if sign in "0#?":
            parts.append(left[-1:])
            left = left[:-1]
        elif sign != "\x00" and (left or "0" in whole):
            parts.append(sign)
    return left + "".join(reversed(parts))


def literal(text: str) -> str:
    return re.sub(
        r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]', lambda part: part[1] or part[2] or part[3] or "", text
    )
