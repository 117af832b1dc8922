"""XML of repeated records in, one table of flat records out. No entity is ever resolved, no document type accepted."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse

from analysis.formats.out import Bounded, Out

LOOKED = 20_000  # elements that tell which one is the record
DEEPEST = 64


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def read_xml(file: BinaryIO, out: Out) -> None:
    record = record_path(file)
    file.seek(0)
    path: list[str] = []
    for number, (event, element) in enumerate(walk(file)):
        if event == "start":
            path.append(local(element.tag))
            if len(path) > DEEPEST:
                raise Bounded("deep")
            continue
        if tuple(path) == record:
            out.record(path[-1], dict(fields(element, "")), number)
            element.clear()
        elif len(path) <= len(record):
            element.clear()
        path.pop()


def walk(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    yield from iterparse(file, events=("start", "end"), forbid_dtd=True)


def beginning(file: BinaryIO) -> Iterator[tuple[str, Any]]:
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
            values[mine] += len(element.attrib) + sum(1 for child in element if not len(child))
            path.pop()
        if at > LOOKED:
            break
    rich = [item for item in times if values[item] >= 2 * times[item] and len(item) > 1]
    repeated = [item for item in rich if times[item] > 1]
    # Of nested repeated elements the outer one is the record: its parts become dotted columns.
    return min(
        repeated, key=lambda item: (len(item), -times[item]), default=max(rich, key=len, default=max(times, key=len, default=()))
    )


def fields(element: Any, prefix: str) -> Iterator[tuple[str, str | None]]:
    """Attributes, texts and children of a record, by dotted names."""
    for name, value in element.attrib.items():
        yield f"{prefix}{local(name)}", str(value)
    seen: Counter[str] = Counter()
    for child in element:
        name = local(child.tag)
        seen[name] += 1
        here = f"{prefix}{name}" if seen[name] == 1 else f"{prefix}{name}.{seen[name]}"
        if len(child) or child.attrib:
            yield from fields(child, here + ".")
        if not len(child):
            yield here, (child.text or "").strip() or None
    if not len(element) and prefix == "":
        yield local(element.tag), (element.text or "").strip() or None
