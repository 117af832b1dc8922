"""XML of repeated records in, one table of flat records out. No entity is ever resolved, no document type accepted."""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import (
    Element,  # the class alone: what reads is defusedxml
    ParseError,
)

from defusedxml import DTDForbidden
from defusedxml.ElementTree import iterparse

from analysis.formats.out import MOST_COLUMNS, Bounded, Out
from analysis.formats.sheets import keep_sheet

LOOKED = 20_000  # elements that tell which one is the record
DEEPEST = 64


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def read_xml(file: BinaryIO, out: Out) -> None:
    root = next((local(element.tag) for _, element in beginning(file)), "")
    file.seek(0)
    if root == "Workbook":
        read_spreadsheet(file, out)
        return
    record = record_path(file)
    file.seek(0)
    path: list[str] = []
    names: list[str] = []
    for number, (event, element) in enumerate(walk(file)):
        if event == "start":
            path.append(local(element.tag))
            names.append(element.get("name", "")[:60])
            if len(path) > DEEPEST:
                raise Bounded("deep")
            continue
        name = names.pop()
        if tuple(path) == record:
            values = dict(fields(element, ""))
            if named_by(element):  # a dump: the record, or what holds it, says the name of the table
                values.pop("name", None)
                name = name or next((outer for outer in reversed(names) if outer), "")
            out.record((named_by(element) and name) or path[-1], values, number)
            element.clear()
        elif len(path) <= len(record):
            element.clear()
        path.pop()


def named_by(element: Element) -> str:
    """The attribute that names the values of a record, where its children differ by that alone (`<field name="city">`)."""
    children = list(element)
    for name in ("name", "Name", "key", "id"):
        if len(children) > 1 and len({child.tag for child in children}) == 1 and all(child.get(name) for child in children):
            distinct = {child.get(name) for child in children}
            return name if len(distinct) == len(children) and not any(len(child) for child in children) else ""
    return ""


def walk(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    try:
        yield from iterparse(file, events=("start", "end"), forbid_dtd=True)
    except DTDForbidden:
        raise Bounded("doctype") from None


def beginning(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    """The elements up to the first damage."""
    try:
        yield from walk(file)
    except ParseError:
        return


def record_path(file: BinaryIO) -> tuple[str, ...]:
    """The path that repeats most and holds several values: the records."""
    path: list[str] = []
    times: Counter[tuple[str, ...]] = Counter()
    values: Counter[tuple[str, ...]] = Counter()
    for at, (event, element) in enumerate(beginning(file)):
        if event == "start":
            path.append(local(element.tag))
            if len(path) > DEEPEST:
                raise Bounded("deep")
        else:
            mine = tuple(path)
            times[mine] += 1
            values[mine] += told_by(element)
            path.pop()
        if at > LOOKED:
            break
    rich = [item for item in times if values[item] >= 2 * times[item] and len(item) > 1]
    repeated = [item for item in rich if times[item] > 1]
    # Of nested repeated elements the outer one is the record: its parts become dotted columns.
    return min(
        repeated, key=lambda item: (len(item), -times[item]), default=max(rich, key=len, default=max(times, key=len, default=()))
    )


def told_by(element: Element) -> int:
    """Values of an element: attributes, texts, and parts that it has once (what it has several times are records of its own)."""
    parts = Counter(local(child.tag) for child in element if len(child))
    return len(element.attrib) + sum(not len(child) for child in element) + sum(count == 1 for count in parts.values())


def fields(element: Element, prefix: str) -> Iterator[tuple[str, str | None]]:
    """Attributes, texts and children of a record, by dotted names."""
    for name, value in element.attrib.items():
        yield f"{prefix}{local(name)}", str(value)
    seen: Counter[str] = Counter()
    told = named_by(element)
    for child in element:
        name = local(child.tag)
        if told:
            yield f"{prefix}{child.get(told)}", (child.text or "").strip() or None
            continue
        seen[name] += 1
        here = f"{prefix}{name}" if seen[name] == 1 else f"{prefix}{name}.{seen[name]}"
        if len(child) or child.attrib:
            yield from fields(child, here + ".")
        if not len(child):
            yield here, (child.text or "").strip() or None
    if not len(element) and prefix == "":
        yield local(element.tag), (element.text or "").strip() or None


def read_spreadsheet(file: BinaryIO, out: Out) -> None:
    """A workbook of Excel 2003 as XML: a table per sheet. Of a damaged one the rows before the damage."""
    name, rows, row = "", list[list[str]](), list[str]()
    try:
        for event, element in walk(file):
            match event, local(element.tag):
                case "start", "Worksheet":
                    name, rows = attribute_of(element, "Name", "sheet"), []
                case "start", "Row":
                    row = []
                case "end", "Cell":
                    at = int(attribute_of(element, "Index", str(len(row) + 1)))
                    if at > MOST_COLUMNS:
                        raise Bounded("columns")
                    row += [""] * (at - 1 - len(row)) + ["".join(element.itertext())]
                case "end", "Row":
                    rows.append(row)
                    element.clear()
                case "end", "Worksheet":
                    keep_sheet(out, name, iter(rows), 0)
                    rows = []
                    element.clear()
                case _:
                    pass
    except ParseError:
        if rows:
            keep_sheet(out, name, iter(rows), 0)
        raise


def attribute_of(element: Element, attribute: str, default: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == attribute), default)
