"""A document in, a PDF out: PDF/A-2a and PDF/UA-1, by Typst. The texts go in as JSON, never as markup; the template and the
fonts lie beside the program, and nothing is fetched."""

import json
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from analysis.ground.words import Words
from analysis.render.document import (
    Block,
    Document,
    Figure,
    Heading,
    Items,
    KeyNumbers,
    Note,
    PageBreak,
    Paragraph,
    Table,
    figures,
)
from analysis.render.safe import plain
from analysis.render.shown import is_number, shown

STANDARDS: Any = ["a-2a", "ua-1"]
TEMPLATE = "document.typ"


def write_pdf(document: Document, path: Path, words: Words) -> None:
    import typst

    data = json.dumps(drawable(told(document, words)), ensure_ascii=False).encode()
    pictures: dict[str, Any] = {f"{figure.name}.svg": figure.svg for figure in figures(document)}
    with as_file(files("resources") / "fonts") as fonts, as_file(other_fonts()) as others:
        sources: Any = {"main.typ": (files("resources") / "typst" / TEMPLATE).read_bytes(), "data.json": data, **pictures}
        made: Any = typst.compile(
            sources,
            format="pdf",
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts), str(others)]
            ),
            pdf_standards=STANDARDS,
            timestamp=int(document.written.timestamp()),
        )
    path.write_bytes(made)


def other_fonts() -> Traversable:
    """Beside our own font, for signs that it does not have: DejaVu, as the charts' library brings it."""
    return files("matplotlib") / "mpl-data" / "fonts" / "ttf"


@cache
def signs() -> frozenset[str]:
    """The signs that can be drawn."""
    from fontTools.ttLib import TTFont

    found = set[str]()
    for font in (files("resources") / "fonts" / "Inter-Regular.otf", other_fonts() / "DejaVuSans.ttf"):
        with as_file(font) as path, TTFont(path, lazy=True) as opened:
            found |= {chr(code) for code in opened.getBestCmap() or {}}
    return frozenset(found) | {"\n", "\t"}


def drawable(data: Any) -> Any:
    """The same with a mark in the place of each sign that no font has."""
    match data:
        case str():
            return "".join(sign if sign in signs() else "\ufffd" for sign in data)
        case list():
            return [drawable(item) for item in data]
        case dict():
            return {name: drawable(item) for name, item in data.items()}
        case _:
            return data


def told(document: Document, words: Words) -> dict[str, Any]:
    """The document as JSON, every text made safe."""
    return {
        "title": plain(document.title),
        "subtitle": plain(document.subtitle),
        "language": document.language,
        "about": [[plain(label), plain(value)] for label, value in document.about],
        "missing": [plain(text) for text in document.missing],
        "missing_said": plain(document.missing_said),
        "foot": plain(document.foot),
        "letter": document.letter,
        "page": words("Page"),
        "blocks": [as_data(block, words) for block in document.blocks],
    }


def weight(texts: list[str]) -> float:
    """The share of the width that a column of texts asks for: as the root of what it holds, and never less than its longest
    word."""
    word = max((len(part) for text in texts for part in text.split()), default=1)
    return max(min(word, 22) * 1.15, (sum(map(len, texts)) / len(texts)) ** 0.5 * 4, 4)


def as_data(block: Block, words: Words) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": plain(text), "level": level}
        case Paragraph(text):
            return {"kind": "paragraph", "text": plain(text)}
        case Items(texts, numbered, boxes):
            return {"kind": "items", "texts": [plain(text) for text in texts], "numbered": numbered, "boxes": boxes}
        case KeyNumbers(numbers):
            return {"kind": "numbers", "numbers": [[plain(item.value), plain(item.label), plain(item.note)] for item in numbers]}
        case Table(columns, rows, said):
            aligned = [bool(rows) and all(is_number(row[at]) or row[at] == "" for row in rows) for at in range(len(columns))]
            cells = [[plain(shown(cell, words)) for cell in row] for row in rows]
            told = [plain(name) for name in columns]
            widths = [weight([name, *(row[at] for row in cells)]) for at, name in enumerate(told)]
            return {"kind": "table", "columns": told, "rows": cells, "numbers": aligned, "widths": widths, "said": plain(said)}
        case Figure(name, _, _, said):
            return {"kind": "figure", "name": f"{name}.svg", "said": plain(said)}
        case Note(text, grave):
            return {"kind": "note", "text": plain(text), "grave": grave}
        case PageBreak():
            return {"kind": "break"}
