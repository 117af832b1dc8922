"""JSON, NDJSON and FHIR in (a Bundle, or resources line by line), tables of flat records out."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson

from analysis.formats.encoding import DAMAGED, encoding_of
from analysis.formats.nested import Found, flat, tables_in, text_of
from analysis.formats.out import LONGEST_ROW, Out

PHPMYADMIN = re.compile(rb'\s*\[\s*\{\s*"type"\s*:\s*"header"')
ACTIONS = frozenset({"index", "create", "update", "delete"})
BUFFER = 1 << 14  # bytes that are parsed before the depth is looked at
WHOLE = 24 << 20  # bytes of a text of which the tables are looked for as a whole
# Strings as they are; calls as what they hold, commas before an end and undefined away.
PLAIN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*+")|\b(?:ObjectId|ISODate|Date|NumberLong|NumberInt|NumberDecimal|UUID|BinData|Timestamp)\s*+\(\s*+'
    r'(?:\d++\s*+,\s*+)?(?P<call>"(?:[^"\\]|\\.)*+"|[-+.\d]++)\s*+\)|,\s*+(?P<end>[\]}])|\bundefined\b'
)
LARGEST = 256 << 20  # bytes of a text that has to be held whole
LONGEST_PATH = 20_000  # signs of the path to a value: thousands of levels, which no record has


def text_lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Number and text of each line, decoded; a line without end is cut."""
    encoding, bom = encoding_of(file)
    file.read(bom)
    reader = io.TextIOWrapper(file, encoding, DAMAGED, newline=None)  # type: ignore[arg-type]
    number = 0
    try:
        while line := reader.readline(64 << 20):
            number += 1
            yield number, line.rstrip("\n")
    finally:
        reader.detach()  # the file stays open for who gave it


def as_utf8(file: BinaryIO) -> BinaryIO:
    """The same text as UTF-8 without its mark; another encoding is held in memory."""
    encoding, bom = encoding_of(file)
    if encoding == "utf-8":
        file.seek(bom)
        return file
    return io.BytesIO(file.read(LARGEST).decode(encoding, DAMAGED).removeprefix("\ufeff").encode("utf-8", "replace"))


def read_json_lines(file: BinaryIO, out: Out) -> None:
    """One JSON value per line; a line that is none is rejected with its number."""
    for number, line in text_lines(file):
        if not line.strip():
            out.table("records").count("blank")
            continue
        try:
            value = json.loads(line.rstrip().rstrip(","), parse_float=str, parse_int=str, parse_constant=str)
        except (ValueError, RecursionError):
            out.reject("records", number, "not_json", line[:LONGEST_ROW])
            continue
        if is_action(value):
            out.reject("records", number, "action", line[:LONGEST_ROW])
        else:
            keep(out, value, "records", number)


def is_action(value: Any) -> bool:
    """Whether a line says what is to be done with the next one (the bulk format of Elasticsearch)."""
    if not isinstance(value, dict) or len(value) != 1:  # pyright: ignore[reportUnknownArgumentType]
        return False
    ((what, where),) = value.items()  # pyright: ignore[reportUnknownVariableType]
    return what in ACTIONS and isinstance(where, dict) and all(str(key).startswith("_") for key in where)  # pyright: ignore


def read_json(file: BinaryIO, out: Out) -> None:
    """Every list of objects is a table, named by where it stands."""
    plain = as_utf8(file)
    begin = plain.tell()
    exported = PHPMYADMIN.match(plain.read(4096))
    plain.seek(begin)
    if exported is None and (tables := at_once(plain.read(WHOLE + 1))) is not None:
        for table in tables:
            for number, item in enumerate(table.records, start=1):
                keep(out, item, table.name, number)
        return
    plain.seek(begin)
    found = 0
    try:
        for path, item in records(plain, exported is not None):
            found += 1
            keep(out, item, path, found)
    except ijson.JSONError:
        if found:
            raise
    if not found:
        plain.seek(0)
        values = list(in_a_row(plain.read(LARGEST).decode("utf-8", "replace")))
        for number, value in enumerate(values, start=1) if values else ():
            keep(out, value, "records", number)


def at_once(data: bytes) -> list[Found] | None:
    """The tables of a text that is small enough to be looked at as a whole; None for others and for what is no JSON, even with
    the habits of JavaScript and of the shell of MongoDB mended."""
    if len(data) > WHOLE:
        return None
    text = data.decode("utf-8", "replace")
    for written in (text, PLAIN.sub(lambda found: found["text"] or found["call"] or found["end"] or "null", text)):
        try:
            return list(tables_in(json.loads(written, parse_float=str, parse_int=str, parse_constant=str)))
        except (ValueError, RecursionError):
            continue
    return None


def in_a_row(text: str) -> Iterator[Any]:
    """Values that follow each other without a comma or a line end between them."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    at = 0
    while rest := re.compile(r"[\s,\ufeff]*").match(text, at):
        at = rest.end()
        if at >= len(text):
            return
        value, at = decoder.raw_decode(text, at)
        yield value


def records(file: BinaryIO, exported: bool) -> Iterator[tuple[str, Any]]:
    """Path and value of the items of every outermost list of objects or lists; of an export of phpMyAdmin, table and row."""
    builder: Any = None
    name, start, depth = "records", "", 0
    for prefix, event, value in ijson.parse(file, use_float=False, buf_size=BUFFER):
        if len(prefix) > LONGEST_PATH:
            raise ijson.JSONError("nested without end")
        if builder is not None:
            builder.event(event, value)
            depth += event in ("start_map", "start_array")
            depth -= event in ("end_map", "end_array")
            if depth == 0:
                yield start, builder.value
                builder = None
        elif exported and prefix == "item.name" and event == "string":
            name = str(value)[:120]
        elif event in ("start_map", "start_array") and begins(prefix, exported):
            builder, depth = ijson.ObjectBuilder(), 1
            start = name if exported else prefix.removesuffix("item").removesuffix(".") or "records"
            builder.event(event, value)


def begins(prefix: str, exported: bool) -> bool:
    """Whether a record begins here."""
    return prefix == "item.data.item" if exported else prefix == "item" or prefix.endswith(".item")


def keep(out: Out, value: object, table: str, number: int) -> None:
    """One record; a FHIR resource goes to the table of its type, an entry of a Bundle gives its resource."""
    if isinstance(value, dict) and isinstance(value.get("resource"), dict):  # pyright: ignore
        value = value["resource"]  # pyright: ignore
    if isinstance(value, dict) and isinstance(value.get("resourceType"), str):  # pyright: ignore
        kind: str = value["resourceType"]  # pyright: ignore
        if kind == "Bundle":
            for entry in value.get("entry", []):  # pyright: ignore
                keep(out, entry, table, number)
            return
        out.record(kind[:60], flat({key: item for key, item in value.items() if key not in ("resourceType", "text")}), number)  # pyright: ignore
    elif isinstance(value, dict):
        out.record(table, flat(value), number)
    elif isinstance(value, list):
        out.row(
            table,
            [text_of(item) if not isinstance(item, dict | list) else json.dumps(item, default=str) for item in value],
            number,
        )  # pyright: ignore
    else:
        out.record(table, flat(value), number)
