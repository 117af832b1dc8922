"""The text of many rows of an INSERT in, the lines that the engine reads out, without looking at each row; nothing where a row
needs more than that."""

from dataclasses import dataclass

WINDOW = 1 << 20  # characters that are looked at together
SEPARATORS = (b"),(", b"),\n(", b"),\r\n(", b"), (", b"),\n\t(", b"),\n  (")
# What stands outside the quoted texts of plain rows: numbers, NULL, commas.
OUTSIDE = b"0123456789.,-+eENUL\n"
# What an escaped sign means where it is not itself, in MySQL (its manual, "String Literals").
MEANT = {b"'": b"''", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"", b"Z": b"\x1a", b"b": b"\b"}


@dataclass(frozen=True, slots=True)
class Run:
    """`lines`: rows as UTF-8 with their texts between single quotes, one a line; `end`: where the text goes on, behind a comma,
    or where the statement is `over`."""

    lines: bytes
    rows: int
    end: int
    over: bool


def run_of(text: str, start: int, width: int, backslash: bool) -> Run | None:
    """The plain rows from `start` on, to the end of the statement or the last whole row of the window. `backslash`: whether
    it escapes the next sign."""
    stop = text.find(");\n", start, start + WINDOW)
    cut = text.rfind("),", start, start + WINDOW) if stop < 0 else stop
    chunk = text[start:cut].lstrip().encode("utf-8", "replace") if cut >= 0 else b""
    if not chunk.startswith(b"(") or b"\0" in chunk:
        return None
    chunk = chunk[1:]
    if backslash and b"\\" in chunk:
        chunk = unescaped(chunk)
    parts = chunk.split(b"'")
    if not len(parts) % 2:
        return None  # the cut is inside a text
    outside = b"'".join(parts[::2])
    for separator in SEPARATORS:
        if found := outside.count(separator):
            if found != chunk.count(separator):
                return None  # it also stands inside a text
            outside, chunk = outside.replace(separator, b"\n"), chunk.replace(separator, b"\n")
    bare = outside.replace(b"'", b"")
    rows = bare.count(b"\n") + 1
    if bare.strip(OUTSIDE) or bare.count(b",") != rows * (width - 1):
        return None
    return Run(chunk, rows, cut + (2 if stop < 0 else 1), stop >= 0)


def unescaped(chunk: bytes) -> bytes:
    """Without its backslashes, quotes doubled instead."""
    first, *pieces = chunk.split(b"\\")
    found = [first]
    literal = False  # the piece follows a backslash that stands for itself
    for piece in pieces:
        if literal:
            found.append(piece)
            literal = False
        elif piece:
            found += (MEANT.get(piece[:1], piece[:1]), piece[1:])
        else:
            found.append(b"\\")
            literal = True
    return b"".join(found)
