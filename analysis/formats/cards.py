"""vCard and LDIF in, one record per card or entry out."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from typing import BinaryIO

from analysis.formats.jsons import text_lines
from analysis.formats.out import Out

# The parts of structured properties (RFC 6350, 6.2.2 and 6.3.1).
PARTS = {
    "N": ("last name", "first name", "middle name", "prefix", "suffix"),
    "ADR": ("po box", "extended address", "address", "city", "region", "postal code", "country"),
}
NAMES = {
    "FN": "full name",
    "BDAY": "birth date",
    "TEL": "phone",
    "EMAIL": "email",
    "ORG": "organization",
    "TITLE": "occupation",
    "NOTE": "note",
    "GENDER": "sex",
    "UID": "uid",
    "URL": "url",
}
SPLIT = re.compile(r"(?<!\\);")


def unfolded(lines: Iterator[tuple[int, str]], soft: bool = False) -> Iterator[tuple[int, str]]:
    """Lines that begin with a blank go on from the one before (`soft`: also after an = at the end, quoted-printable)."""
    number, whole = 0, ""
    for at, line in lines:
        if soft and whole.endswith("=") and "QUOTED-PRINTABLE" in whole.upper():
            whole = whole[:-1] + line.lstrip(" \t")  # folded as well, by some
        elif whole and line[:1] in (" ", "\t"):
            whole += line[1:]
        else:
            if number:
                yield number, whole
            number, whole = at, line
    if number:
        yield number, whole


def read_vcard(file: BinaryIO, out: Out) -> None:
    card: dict[str, str | None] | None = None
    began = 0
    for number, line in unfolded(text_lines(file), soft=True):
        head, colon, value = line.partition(":")
        name, *params = head.upper().split(";")
        name = name.rpartition(".")[2]
        if name == "BEGIN":
            card, began = {}, number
        elif name == "END" and card is not None:
            out.record("cards", card, began)
            card = None
        elif card is None or not colon:
            if line.strip():
                out.reject("cards", number, "outside_card", line)
        elif name not in ("VERSION", "PRODID", "REV", "PHOTO", "LOGO", "SOUND", "KEY"):
            add(card, name, decoded(value, params))
    if card is not None:
        out.reject("cards", began, "card_without_end", "; ".join(value or "" for value in card.values()))


def add(card: dict[str, str | None], name: str, value: str) -> None:
    """A property of a card; a second one of the same name gets a number."""
    parts = PARTS.get(name)
    values = (
        {label: unescaped(part) for label, part in zip(parts, SPLIT.split(value), strict=False)}
        if parts
        else {NAMES.get(name, name.lower()): unescaped(value)}
    )
    if any(card.get(label) for label in values):
        times = next(at for at in range(2, 100) if not any(f"{label} {at}" in card for label in values))
        values = {f"{label} {times}": part for label, part in values.items()}
    card.update({label: part for label, part in values.items() if part})


def decoded(value: str, params: list[str]) -> str:
    if any("QUOTED-PRINTABLE" in param for param in params):
        charset = next((param.partition("=")[2] for param in params if param.startswith("CHARSET=")), "utf-8")
        try:
            return quopri.decodestring(value.encode("latin-1", "replace")).decode(charset, "replace")
        except LookupError:
            return value
    return value


def unescaped(value: str) -> str:
    return re.sub(r"\\([,;\\nN])", lambda sign: "\n" if sign[1] in "nN" else sign[1], value).strip()


def read_ldif(file: BinaryIO, out: Out) -> None:
    entry: dict[str, str | None] = {}
    began = 0
    for number, line in unfolded(text_lines(file)):
        if not line.strip():
            if entry:
                out.record("entries", entry, began)
            entry, began = {}, 0
            continue
        if line.startswith("#") or (not entry and line.lower().startswith("version:")):
            out.table("entries").count("preamble")
            continue
        name, colon, value = line.partition(":")
        if not colon or value.startswith("<"):
            out.reject("entries", number, "not_an_attribute", line)
            continue
        if value.startswith(":"):
            try:
                value = base64.b64decode(value[1:].strip(), validate=True).decode("utf-8", "replace")
            except (ValueError, binascii.Error):
                out.reject("entries", number, "not_base64", line)
                continue
        began = began or number
        key = name.strip()
        entry[key] = f"{entry[key]}; {value.strip()}" if entry.get(key) else value.strip()
    if entry:
        out.record("entries", entry, began)
