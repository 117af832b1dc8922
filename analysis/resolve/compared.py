"""Exposure in, what the linkage compares out: one column of evidence per field that may tell persons apart, in a form fit for
it."""

from dataclasses import dataclass, replace
from typing import Any

import ibis

from analysis.classify.cells import SENTINEL, date_of, one_of, text_of
from analysis.classify.dates import CENTURY
from analysis.ground.watch import Watch
from analysis.model import HOUSE, Exposure, Field
from analysis.resolve.fullname import given_first, halves, untitled
from analysis.resolve.fullname import whole as whole_name
from analysis.resolve.normalize import PARTICLES, birth_name, untagged
from analysis.rules.kinds import placeholders
from analysis.store import Store
from analysis.store.functions import capitals, fold, last_signs, lettered, regexp_matches, regexp_replace, rewritten
from analysis.store.rows import Column, Rows

# Kinds that tell persons apart, the surest first; columns of no kind come last, and only in files of moderate size.
TELLING = (
    "national_id",
    "birth_date",
    "last_name",
    "first_name",
    "full_name",
    "person_id",
    "email",
    "phone",
    "postal_code",
    "address",
    "city",
    "maiden_name",
    "middle_name",
    "id_document",
    "insurance_number",
    "birth_place",
    "sex",
    "death_date",
    "bank_account",
    "credit_card",
    "username",
    "region",
    "device_id",
    "age",
    "occupation",
    "nationality",
    "country",
    "marital_status",
    "organization",
    "none",
)
# From the smallest place to the largest.
PLACES = ("address", "postal_code", "city", "region", "country")
NAMES = frozenset({"last_name", "first_name", "full_name", "maiden_name", "middle_name"})
DATES = frozenset({"birth_date", "death_date"})
MOST = 12  # columns that are compared
MODERATE = 200_000  # rows up to which columns of no kind are compared
FEW = 60  # distinct values up to which a slip of the pen makes no sense
SAMPLED = 50_000  # rows that tell what a column is like
LONG = 80  # mean signs from which a cell is running text
YEARS = ("%Y", "%Y-%m", "%y")
PARTED, PARTED_YEAR_FIRST = r"^\D*(\d{1,2})\D+(\d{1,2})\D+(\d{4})\D*$", r"^\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$"
YEAR, YEAR_SIGNS = r"^(?:18|19|20)\d\d$", 4
DIGITS, BOX = "d", "m"  # behind the name of a column of e-mails: their digits, and what stands before the sign
SEPARATORS = "._-"  # that people leave out of their mailbox, or exchange
# Year, month and day with blanks between them: two digits each, the month behind the day where it is none, no blanks.
TO_DIGITS = ((r"\b(\d)\b", r"0\1"), (r"^(\d{4}) (1[3-9]|2\d|3[01]) (0[1-9]|1[0-2])$", r"\1 \3 \2"), (" ", ""))
TOGETHER, TOGETHER_YEAR_FIRST = r"^(\d\d)(\d\d)((?:18|19|20)\d\d)$", r"^((?:18|19|20)\d\d)(\d\d)(\d\d)$"


@dataclass(frozen=True, slots=True)
class Compared:
    """A column of the table of evidence. `form`: name, date, email, code, text or few; `other`: the name it may be swapped
    with."""

    name: str
    field: Field
    form: str
    distinct: int
    other: str = ""
    within: tuple[str, ...] = ()  # places that settle this one: who agrees in the address agrees in the city
    digits: float = 0.0  # share of the cells that hold one
    parts: tuple[Field, Field] | None = None  # month and day of a birth date that stands in three columns
    half: str = ""  # of a column of whole names: last or first
    given: bool = False  # that column mostly has the first name first
    unsure: bool = False  # of dates: the first and the last day of a year stand for days that nobody knows
    crowded: bool = False  # of last names and births: so many rows that strangers are met who differ in nothing else that tells


def whole_date(field: Field | None) -> bool:
    """Whether a column holds days, not years or months alone."""
    return field is not None and field.variant not in YEARS


def evidence(rows: Rows, item: Compared) -> Column:
    """What is compared of a row."""
    if item.half:
        last, first = halves(untitled(rows, item.field), item.given)
        return real(rows, item.field, birth_name(last) if item.half == "last" else lettered(first, PARTICLES))
    if item.parts is None:
        return evidence_of(rows, item.field)
    month, day = (text_of(rows[f"c{part.position}"]).lpad(2, "0") for part in item.parts)
    return evidence_of(rows, item.field) + month.fill_null("00") + day.fill_null("00")


def evidence_of(rows: Rows, field: Field) -> Column:
    """A cell in the form in which two spellings of one thing are near each other; NULL for blanks and placeholders."""
    cell = text_of(rows[f"c{field.position}"])
    match field.kind:
        case "last_name" | "maiden_name":
            found = birth_name(cell)
        case "first_name" | "middle_name":
            found = fold(cell)
        case "birth_date" | "death_date" if whole_date(field):
            read = date_of(cell, field.variant).strftime("%Y%m%d")
            found = ibis.coalesce(read, unread(cell, field.variant)).nullif(ibis.literal(f"{SENTINEL:%Y%m%d}"))
        case "birth_date" if field.variant in YEARS:
            two, past = regexp_matches(cell, r"^\d\d$"), cell >= f"{CENTURY.year % 100:02}"
            found = ibis.ifelse(two, ibis.ifelse(past, "19", "20") + cell, regexp_replace(cell, r"\D", "", "g"))
        case "phone":
            found = last_signs(regexp_replace(cell, r"\D", "", "g"), 9)
        case "email":
            found = untagged(cell.lower()).translate(SEPARATORS, "")
        case "full_name" | "address" | "city" | "organization" | "occupation" | "birth_place" | "region":
            found = regexp_replace(capitals(cell), r"[^\pL\d]+", " ", "g").strip()
        case _:
            found = regexp_replace(capitals(cell), r"[^\pL\d.,]+", "", "g")
    return real(rows, field, found)


def unread(cell: Column, layouts: str) -> Column:
    """What is no date in the layouts of its column, as YYYYMMDD nevertheless: its parts stand where the (first) layout or the
    year says, and are exchanged where the month is none and the day would be one; 00 where a year stands alone. Other texts:
    their digits, where they are enough to be a date (an age is none)."""
    digits = regexp_replace(cell, r"\D", "", "g")
    last = r"\3 \2 \1" if layouts.startswith("%d") else r"\3 \1 \2"
    ways = [(cell, PARTED, last), (cell, PARTED_YEAR_FIRST, r"\1 \2 \3")]
    together = [(digits, TOGETHER, last), (digits, TOGETHER_YEAR_FIRST, r"\1 \2 \3")]
    ways += together[::-1] if layouts.startswith("%Y") else together
    told = ibis.cases(*((regexp_matches(text, form), regexp_replace(text, form, order, "")) for text, form, order in ways))
    whole = rewritten(told, TO_DIGITS)
    alone = ibis.ifelse(regexp_matches(digits, YEAR), digits + "0000", ibis.null("string"))
    return ibis.coalesce(whole, alone, ibis.ifelse(digits.length() > YEAR_SIGNS, digits, ibis.null("string")))


def real(rows: Rows, field: Field, found: Column) -> Column:
    """NULL for blanks and placeholders."""
    placeholder = one_of(text_of(rows[f"c{field.position}"]), placeholders()[field.kind])
    told: Column = ibis.ifelse(placeholder, ibis.null("string"), found)
    return told.nullif("")


def compared(store: Store, exposure: Exposure, watch: Watch) -> tuple[Compared, ...]:
    """The columns worth comparing: filled, neither constant nor different in every row, no running text."""
    wanted = [
        item
        for kind in TELLING
        for field in exposure.fields
        if field.kind == kind and fits(exposure, field)
        for item in taken(store, exposure, field)
    ]
    whole = store.table(exposure.leak.table)
    step = max(1, exposure.leak.rows // SAMPLED)
    rows = whole.filter(whole.rowid() % step == 0) if step > 1 else whole
    sampled = -(-exposure.leak.rows // step)
    found: list[Compared] = []
    ranges: dict[int, tuple[int, int]] = {}
    for start in range(0, len(wanted), 40):
        part = wanted[start : start + 40]
        drawn = rows.select(**{item.name: evidence(rows, item) for item in part})
        totals = store.one(drawn.aggregate(**measures(drawn)), watch)
        ranges |= {item.field.position: (totals[f"{item.name}_a"] or 0, totals[f"{item.name}_z"] or 0) for item in part}
        found += [told for item in part if (told := judged(item, sampled, totals)) is not None]
    return nested(with_swaps(dated(found, ranges)[:MOST]))


def taken(store: Store, exposure: Exposure, field: Field) -> tuple[Compared, ...]:
    """A column as it is compared: whole names as last and first names, where no columns of their own hold these."""
    name = f"k{field.position}"
    if field.kind != "full_name" or field is not whole_name(exposure):
        return (Compared(name, field, "", 0),)
    given = given_first(store, exposure, field)
    return tuple(
        Compared(f"{name}{half[0]}", replace(field, kind=f"{half}_name"), "", 0, half=half, given=given)
        for half in ("last", "first")
    )


def nested(found: tuple[Compared, ...]) -> tuple[Compared, ...]:
    """Each place knows the smaller ones before it; an address that holds numbers settles the number of the house."""
    places = sorted(
        (item for item in found if item.field.kind in PLACES and item.field.variant != HOUSE),
        key=lambda item: PLACES.index(item.field.kind),
    )
    smaller = {item.name: tuple(other.name for other in places[:at]) for at, item in enumerate(places)}
    addresses = tuple(item.name for item in places if item.field.kind == "address" and item.digits > 0.5)
    smaller |= {item.name: addresses for item in found if item.field.variant == HOUSE}
    return tuple(replace(item, within=smaller.get(item.name, ())) for item in found)


def dated(found: list[Compared], ranges: dict[int, tuple[int, int]]) -> list[Compared]:
    """Year, month and day of birth in three columns as one date: numbers up to 12 and up to 31, near the year."""
    year = next((item for item in found if item.field.kind == "birth_date" and item.field.variant == "%Y"), None)
    if year is None or any(item.form == "date" and item.field.kind == "birth_date" for item in found):
        return found
    near = [item for item in found if item.field.kind == "none" and abs(item.field.position - year.field.position) <= 2]
    month = next((item for item in near if ranges[item.field.position] == (1, 12)), None)
    day = next((item for item in near if ranges[item.field.position] in ((1, 31), (1, 30))), None)
    if month is None or day is None:
        return found
    whole = replace(year, form="date", parts=(month.field, day.field), distinct=year.distinct * 300)
    return [whole if item is year else item for item in found if item not in (month, day)]


def fits(exposure: Exposure, field: Field) -> bool:
    return field.filled > 0 and (field.kind != "none" or exposure.leak.rows <= MODERATE)


def measures(drawn: Rows) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for name in drawn.columns:
        cell = drawn[name]
        found |= {
            f"{name}_n": cell.count(),
            f"{name}_d": cell.nunique(),
            f"{name}_l": cell.length().mean(),
            f"{name}_g": regexp_matches(cell, r"\d").cast("int64").sum(),
            f"{name}_a": cell.try_cast("int64").min(),
            f"{name}_z": cell.try_cast("int64").max(),
        }
    return found


def judged(item: Compared, rows: int, totals: dict[str, Any]) -> Compared | None:
    name, field = item.name, item.field
    filled, distinct, length, digits = (totals[f"{name}_{what}"] or 0 for what in "ndlg")
    if filled < 0.02 * rows or distinct < 2 or length > LONG:
        return None
    coded = digits > 0.5 * filled and (field.kind not in ("address", "email") or field.variant == HOUSE)
    if distinct > 0.98 * filled and field.kind in ("none", "person_id") and filled > 20 and coded and length < 40:
        return None  # a number of the row
    form = (
        "name"
        if field.kind in NAMES
        else "date"
        if field.kind in DATES and whole_date(field)
        else "few"
        if distinct <= FEW
        else "email"
        if field.kind == "email"
        else "code"
        if coded
        else "text"
    )
    return replace(item, form=form, distinct=int(distinct), digits=digits / filled)


def with_swaps(found: list[Compared]) -> tuple[Compared, ...]:
    """First and last name may stand in each other's place."""
    of = {item.field.kind: item.name for item in found if item.field.kind in ("last_name", "first_name")}
    pair = {"last_name": of.get("first_name", ""), "first_name": of.get("last_name", "")}
    return tuple(
        replace(item, other=pair.get(item.field.kind, "") if of.get(item.field.kind) == item.name else "") for item in found
    )
