"""A document in, a Word file out: headings, tables whose head repeats, alternative texts, the language; the same bytes for the
same document."""

from io import BytesIO
from pathlib import Path
from typing import Any

from analysis.ground.archive import same_bytes
from analysis.ground.words import Words
from analysis.render.document import Block, Document, Figure, Heading, Items, KeyNumbers, Note, PageBreak, Paragraph, Table
from analysis.render.safe import plain
from analysis.render.shown import is_number, shown

INK, HEAD, QUIET, GRAVE = "1F2933", "1F3A5F", "52606D", "8F1838"
WIDTH = 16.0  # centimeters of a picture


def write_word(document: Document, path: Path, words: Words) -> None:
    import docx
    from docx.shared import Cm, Pt, RGBColor

    made: Any = docx.Document()
    styled(made, document)
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
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = plain(document.foot)
    held = BytesIO()
    made.save(held)
    same_bytes(held, path)


def styled(made: Any, document: Document) -> None:
    """Language, font and properties of the whole."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

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
            made.add_heading(plain(said), level)
        case Paragraph(said):
            made.add_paragraph(plain(said))
        case Items(texts, numbered, boxes):
            for said in texts:
                made.add_paragraph(("☐ " if boxes else "") + plain(said), style="List Number" if numbered else "List Bullet")
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


def add_table(made: Any, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...], words: Words) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = made.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
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
