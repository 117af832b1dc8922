"""A document in, Markdown or plain text out. Every sign that Markdown, or a viewer of it, could read as markup is escaped."""

import re
from pathlib import Path

from analysis.ground.words import Words
from analysis.render.document import Block, Document, Figure, Heading, Items, KeyNumbers, Note, PageBreak, Paragraph, Table
from analysis.render.safe import plain
from analysis.render.shown import is_number, shown

SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~$^@&=])|(?<=http)(:)|(?<=https)(:)|(?<=ftp)(:)|(?<=www)(\.)", re.IGNORECASE)
AHEAD = re.compile(r"^(\s*)([-.]|\d+[.)])", re.MULTILINE)


def write_markdown(document: Document, path: Path, words: Words) -> None:
    parts = [f"# {text(document.title)}"]
    parts += [text(document.subtitle)] if document.subtitle else []
    if document.missing:
        parts += [f"> **{text(document.missing_said)}**", told(Items(document.missing), words)]
    if document.about:
        parts.append(
            "\n".join(
                "- " + words("{what}: {told}", what=f"**{text(label)}**", told=text(value)) for label, value in document.about
            )
        )
    parts += [told(block, words) for block in document.blocks]
    parts += [text(document.foot)] if document.foot else []
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8", newline="\n")


def text(raw: str) -> str:
    """Signs of markup escaped; a line that would begin a list does not."""
    escaped = SIGNS.sub(lambda match: "\\" + match.group(), plain(raw))
    return AHEAD.sub(lambda match: match[1] + (match[2][:-1] + "\\" + match[2][-1]), escaped)


def told(block: Block, words: Words) -> str:
    match block:
        case Heading(said, level):
            return "#" * (level + 1) + " " + line(said)
        case Paragraph(said):
            return text(said)
        case Items(texts, numbered, boxes):
            marks = [f"{at}." if numbered else "- [ ]" if boxes else "-" for at in range(1, len(texts) + 1)]
            return "\n".join(f"{mark} {line(said)}" for mark, said in zip(marks, texts, strict=True))
        case KeyNumbers(numbers):
            return "\n".join(
                f"- **{line(item.value)}** {line(item.label)}" + (f" ({line(item.note)})" if item.note else "")
                for item in numbers
            )
        case Table(columns, rows, _):
            right = [bool(rows) and all(is_number(row[at]) for row in rows) for at in range(len(columns))]
            head = [" | ".join(line(name) for name in columns), " | ".join("---:" if number else "---" for number in right)]
            body = [" | ".join(line(shown(item, words)) for item in row) for row in rows]
            return "\n".join(f"| {found} |" for found in head + body)
        case Figure(_, _, _, said):
            return f"*{line(said)}*"
        case Note(said, grave):
            return ("> **" + line(said) + "**") if grave else "> " + line(said)
        case PageBreak():
            return "---"


def line(raw: str) -> str:
    return text(raw).replace("\n", " ")


def write_text(document: Document, path: Path, words: Words) -> None:
    """For a mailbox or a message: no markup at all."""
    path.write_text(as_text(document, words), encoding="utf-8", newline="\r\n")


def as_text(document: Document, words: Words) -> str:
    parts = ["\n".join([document.missing_said, *(f"- {item}" for item in document.missing)])] if document.missing else []
    parts += [*([document.title] if document.title else []), *(bare(block, words) for block in document.blocks)]
    return "\n\n".join(plain(part) for part in parts if part) + "\n"


def bare(block: Block, words: Words) -> str:
    match block:
        case Heading(said, _) | Paragraph(said) | Note(said, _):
            return said
        case Items(texts, numbered, _):
            return "\n".join(f"{at}. {said}" if numbered else f"- {said}" for at, said in enumerate(texts, 1))
        case KeyNumbers(numbers):
            return "\n".join(words("{what}: {told}", what=item.label, told=item.value) for item in numbers)
        case Table(columns, rows, _):
            return "\n".join(" ; ".join(shown(item, words) for item in row) for row in [columns, *rows])
        case Figure(_, _, _, said):
            return said
        case PageBreak():
            return ""
