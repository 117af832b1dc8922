"""HL7 v2 messages in, one table per kind of segment out, one row per segment."""

from collections.abc import Iterator
from typing import BinaryIO

from analysis.formats.jsons import text_lines
from analysis.formats.out import Out

# What the fields of the patient's segment hold (HL7 v2.5, chapter 3); others keep their number.
PATIENT = {
    "3": "patient id",
    "5.1": "last name",
    "5.2": "first name",
    "5.3": "middle name",
    "6.1": "mother maiden name",
    "7": "birth date",
    "8": "sex",
    "11.1": "address",
    "11.3": "city",
    "11.4": "region",
    "11.5": "postal code",
    "11.6": "country",
    "13": "phone",
    "13.4": "email",
    "14": "business phone",
    "16": "marital status",
    "17": "religion",
    "19": "ssn",
    "22": "ethnic group",
    "23": "birth place",
    "29": "death date",
}
ESCAPES = {"\\F\\": "|", "\\S\\": "^", "\\T\\": "&", "\\R\\": "~", "\\E\\": "\\"}


def segments(file: BinaryIO) -> Iterator[tuple[int, str]]:
    for number, line in text_lines(file):
        yield number, line.strip("\x0b\x1c\r ")


def read_hl7(file: BinaryIO, out: Out) -> None:
    field, component = "|", "^"
    message = 0
    for number, line in segments(file):
        if not line:
            continue
        kind = line[:3]
        if kind in ("MSH", "FHS", "BHS"):
            field, component = line[3:4] or "|", line[4:5] or "^"
            message += kind == "MSH"
        if len(line) < 4 or line[3:4] != field or not kind.isalnum():
            out.reject("segments", number, "not_a_segment", line)
            continue
        if kind in ("FHS", "BHS", "BTS", "FTS"):
            out.table(kind).count("preamble")
            continue
        cells = line.split(field)[1:]
        first = 2 if kind == "MSH" else 1
        found: dict[str, str | None] = {"message": str(message)}
        for at, cell in enumerate(cells[1:] if kind == "MSH" else cells, start=first):
            # Encoding characters of the header are no value; a repeated field gets a number from 2 on.
            repeated = [cell] if kind == "MSH" and at == 2 else cell.split("~")
            for times, one in enumerate(repeated, start=1):
                for place, part in enumerate([one] if kind == "MSH" and at == 2 else one.split(component), start=1):
                    if part:
                        found[label(kind, at, place) + (f" ({times})" if times > 1 else "")] = unescaped(part)
        out.record(kind, found, number)


def label(kind: str, at: int, place: int) -> str:
    name = str(at) if place == 1 and f"{at}.1" not in PATIENT else f"{at}.{place}"
    told = PATIENT.get(name) if kind == "PID" else None
    return f"{kind}-{name} {told}" if told else f"{kind}-{name}"


def unescaped(part: str) -> str:
    for sign, meant in ESCAPES.items():
        part = part.replace(sign, meant)
    return part
