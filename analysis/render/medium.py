"""A document and a path in, the file out in the medium of its ending: whole or not at all."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.whole import whole
from analysis.ground.words import Words, say
from analysis.render.document import Document
from analysis.render.markdown import write_markdown, write_text
from analysis.render.pdf import write_pdf
from analysis.render.web import write_html
from analysis.render.word import write_word

WRITERS: Mapping[str, Callable[[Document, Path, Words], None]] = {
    ".pdf": write_pdf,
    ".docx": write_word,
    ".html": write_html,
    ".md": write_markdown,
    ".txt": write_text,
}


def write_document(document: Document, path: Path, words: Words, template: Path | None = None) -> None:
    """`template`: a Word file of the controller, for a document that is written as one. Raises Trouble."""
    write = WRITERS.get(path.suffix.lower())
    if write is write_word:
        write = partial(write_word, template=template)
    if write is None:
        said = say("A document is written as {endings}: choose a name with one of these endings.", endings=", ".join(WRITERS))
        raise Trouble("ending", said, BAD_ARGUMENTS)
    with whole(path) as part:
        write(typeset(document), part, words)


def typeset(document: Document) -> Document:
    """In French a sign of two parts stands behind a no-break space."""
    return spaced(document) if document.language == "fr" and not document.bare else document


def spaced(value: Any) -> Any:
    match value:
        case str():
            return re.sub(r"« ", "«\u00a0", re.sub(r" (?=[:;?!»%€])", "\u00a0", value))
        case tuple():
            return tuple(spaced(item) for item in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{item.name: spaced(getattr(value, item.name)) for item in fields(value)})
        case _:
            return value
