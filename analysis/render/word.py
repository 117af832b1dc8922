"""A document in, a Word file out: headings, tables whose head repeats, alternative texts, the language; the same bytes for the
same document."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from analysis.ground.archive import same_bytes
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import Words, printable, say
from analysis.render.document import Block, Document, Figure, Heading, Items, KeyNumbers, Note, PageBreak, Paragraph, Table
from analysis.render.safe import plain
from analysis.render.shown import is_number, shown

INK, HEAD, QUIET, GRAVE = "1F2933", "1F3A5F", "52606D", "8F1838"
WIDTH = 16.0  # centimeters of a picture
GRID = "Light Grid Accent 1"
PLACE = r"\{\{\s*(\w+)\s*\}\}"  # {{text}}, {{texte}}
LARGEST = 20 << 20  # bytes of a template


def write_word(document: Document, path: Path, words: Words, template: Path | None = None) -> None:
    """`template`: a Word file of the controller, in which the document takes the place of `{{text}}`. Raises Trouble where it is
    none."""
    import docx
    from docx.shared import Cm

    made: Any = docx.Document() if template is None else opened(template)
    styled(made, document, template is not None)
    place = None if template is None else made_room(made, document, words, template)
    before = len(made.element.body)
    written(made, document, words)
    if place is not None:
        moved(made, place, before)
    else:
        section = made.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.footer.paragraphs[0].text = plain(document.foot)
    held = BytesIO()
    made.save(held)
    same_bytes(held, path)


def opened(template: Path) -> Any:
    """Raises Trouble for what is no Word file."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        if template.stat().st_size > LARGEST:
            raise ValueError
        return docx.Document(BytesIO(template.read_bytes()))
    except (OSError, ValueError, KeyError, BadZipFile, PackageNotFoundError, LxmlError):
        said = say("The template {name} is no Word file (.docx): save it as one.", name=printable(template.name))
        raise Trouble("template", said, BAD_ARGUMENTS) from None


def made_room(made: Any, document: Document, words: Words, template: Path) -> Any:
    """Fills the placeholders of a template in; the paragraph whose place the text takes. Raises Trouble where there is none."""
    told = {"title": document.title, "date": words.day(document.written.date()), "text": ""}
    room = next((item for item in made.paragraphs if re.search(PLACE, item.text) and name_in(item.text) == "text"), None)
    if room is None:
        name = printable(template.name)
        said = say("The template {name} has no {place}: write it where the text of the letter goes.", name=name, place="{{text}}")
        raise Trouble("template", said, BAD_ARGUMENTS)
    parts = [made, *(part for section in made.sections for part in (section.header, section.footer))]
    for part in parts:
        cells = [item for table in part.tables for row in table.rows for cell in row.cells for item in cell.paragraphs]
        for item in (*part.paragraphs, *cells):
            if item is not room and item.runs and re.search(PLACE, item.text):
                text = re.sub(PLACE, lambda found: plain(told.get(name_in(found[0]), found[0])), item.text)
                item.runs[0].text = text  # a placeholder may be cut into several runs
                for run in item.runs[1:]:
                    run.text = ""
    return room


def name_in(text: str) -> str:
    """What a placeholder asks for, in either language."""
    found = re.search(PLACE, text)
    word = found[1].lower() if found else ""
    return {"texte": "text", "titre": "title"}.get(word, word)


def moved(made: Any, room: Any, before: int) -> None:
    """What was written at the end goes where the template has room for it."""
    body = made.element.body
    for element in [item for item in body[before - 1 :] if not item.tag.endswith("}sectPr")]:
        room._p.addprevious(element)
    body.remove(room._p)


def written(made: Any, document: Document, words: Words) -> None:
    from docx.shared import Pt, RGBColor

    if document.letter:
        made.add_paragraph(plain(document.title)).runs[0].bold = True
    else:
        made.add_heading(plain(document.title), 0)
    if document.subtitle:
        made.add_paragraph(plain(document.subtitle))
    if document.missing:
        add(made, Note(document.missing_said, grave=True), words)
        add(made, Items(document.missing), words)
    for label, value in document.about:
        told = made.add_paragraph()
        told.add_run(plain(label) + " : ").font.color.rgb = RGBColor.from_string(QUIET)
        told.add_run(plain(value))
        told.paragraph_format.space_after = Pt(0)
    for block in document.blocks:
        add(made, block, words)


def styled(made: Any, document: Document, theirs: bool) -> None:
    """Language, font and properties of the whole; of a template the look is `theirs`."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    if not theirs:
        normal = made.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): tag(document.language)})
        normal.element.get_or_add_rPr().append(language)
    told = made.core_properties
    told.title, told.author, told.comments = plain(document.title)[:250], "Ampleur", ""
    told.created = told.modified = document.written.replace(tzinfo=None, microsecond=0)
    told.last_modified_by, told.language = "Ampleur", tag(document.language)


def tag(language: str) -> str:
    return {"fr": "fr-FR", "en": "en-GB"}[language]


def add(made: Any, block: Block, words: Words) -> None:
    from docx.enum.text import WD_BREAK
    from docx.shared import Cm, RGBColor

    match block:
        case Heading(said, level):
            if f"Heading {level}" in names(made):
                made.add_heading(plain(said), level)
            else:
                made.add_paragraph().add_run(plain(said)).bold = True
        case Paragraph(said):
            made.add_paragraph(plain(said))
        case Items(texts, numbered, boxes):
            for said in texts:
                style = "List Number" if numbered else "List Bullet"
                sign = "☐ " if boxes else "" if style in names(made) else "– "
                made.add_paragraph(sign + plain(said), style=style if style in names(made) else None)
        case KeyNumbers(numbers):
            rows = tuple((item.label, item.value, item.note) for item in numbers)
            add_table(made, (words("Item"), words("Value"), ""), rows, words)
        case Table(columns, rows, _):
            add_table(made, columns, rows, words)
        case Figure(_, png, _, said):
            made.add_picture(BytesIO(png), width=Cm(WIDTH))
            drawing = made.inline_shapes[-1]._inline.docPr
            drawing.set("descr", plain(said))
            made.add_paragraph(plain(said)).runs[0].italic = True
        case Note(said, grave):
            run = made.add_paragraph().add_run(plain(said))
            run.bold = True
            run.font.color.rgb = RGBColor.from_string(GRAVE if grave else QUIET)
        case PageBreak():
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def names(made: Any) -> frozenset[str]:
    """The styles that a file has: a template may lack ours."""
    return frozenset(style.name for style in made.styles)


def add_table(made: Any, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...], words: Words) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = made.add_table(rows=1, cols=len(columns), style=GRID if GRID in names(made) else None)
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = plain(name)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        for cell, item in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(shown(item, words))
            if is_number(item):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()
