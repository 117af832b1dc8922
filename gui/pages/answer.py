"""The answer to one person, on one page (PDF): what leaked of her, where it stands, what to advise. Values stand as they are
shown: masked until somebody asked for them. Every text is plain: nothing of the leak is markup."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from analysis.assess import advice_of, all_scenarios, flags_of, levels
from analysis.classify import masked
from analysis.ground.whole import whole
from analysis.model import Impact
from analysis.rules.kinds import kinds
from gui.session import Session

if TYPE_CHECKING:
    from analysis.assess import Person, Slip

LONGEST, MOST_TEXTS, MOST_ADVICE = 120, 4, 4
SIZES = {"title": 16.0, "head": 11.5, "text": 9.5, "small": 8.0}  # points


def answer_lines(session: Session, impact: Impact, person: "Person", slip: "Slip") -> Iterator[tuple[str, str]]:
    """Style (a key of `SIZES`) and text of each paragraph."""
    words, leak = session.words, impact.people.exposure.leak
    yield "title", words("What leaked of this person")
    told = words("File {name}, row {n}; looked up on {day}.", name=leak.name[:80], n=slip.row + 1, day=session.today)
    yield "small", told + " " + words("SHA-256 {hash}", hash=leak.sha256)
    if impact.incident.controller:
        yield "small", words("Controller") + " : " + impact.incident.controller[:120]
    yield "head", words("What is exposed")
    for item in slip.told:
        texts = [text[:LONGEST] if session.revealed else masked(text)[:LONGEST] for text in item.texts[:MOST_TEXTS]]
        yield "text", f"{words.of(kinds()[item.kind].said)} ({item.column[:60]}) : {' · '.join(texts)}"
    if slip.hers:
        rows = ", ".join(words.number(item.row + 1) for item in slip.hers[:20])
        yield "small", words("More rows of this person: {rows}.", rows=rows)
    flags = flags_of(person.profile)
    found = sorted(zip(levels(flags, impact.incident), all_scenarios(), strict=True), key=lambda pair: -pair[0])
    advice = [(item.label, text) for level, item in found if level >= 2 and (text := advice_of(item, flags, person.roles))][
        :MOST_ADVICE
    ]
    if advice and "deceased" not in flags:
        yield "head", words("What to advise")
        for label, text in advice:
            yield "text", f"{words(label)} — {words(text)}"
    yield "small", words("Made by Ampleur on the machine of the controller; decision support, no legal advice.")


def print_answer(lines: list[tuple[str, str]], path: Path) -> None:
    """One page of A4. Raises Trouble where it cannot be written."""
    document = QTextDocument()
    document.setDefaultFont(QFont("Inter"))
    cursor = QTextCursor(document)
    for at, (style, text) in enumerate(lines):
        block, shape = QTextBlockFormat(), QTextCharFormat()
        block.setBottomMargin(4)
        block.setTopMargin(10 if style == "head" else 0)
        shape.setFontPointSize(SIZES[style])
        shape.setFontWeight(QFont.Weight.DemiBold if style in ("title", "head") else QFont.Weight.Normal)
        if at:
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        cursor.insertText(text, shape)
    with whole(path) as part:
        writer = QPdfWriter(str(part))
        writer.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(18, 16, 18, 16))
        )
        writer.setResolution(96)
        writer.setCreator("Ampleur")
        area = writer.pageLayout().paintRectPixels(96)
        document.setPageSize(QSizeF(area.width(), area.height()))
        shrink(document)
        document.print_(writer)


def shrink(document: QTextDocument) -> None:
    """Smaller letters where the texts need more than one page, down to six points."""
    size = SIZES["text"]
    while document.pageCount() > 1 and size > 6.0:
        size -= 0.5
        cursor, shape = QTextCursor(document), QTextCharFormat()
        cursor.select(QTextCursor.SelectionType.Document)
        shape.setFontPointSize(size)
        cursor.mergeCharFormat(shape)
