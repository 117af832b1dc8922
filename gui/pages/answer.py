"""The answer to one person (Article 15): what leaked of her, where it stands, what to advise. Values stand as they are shown:
masked until somebody asked for them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.assess import advice_of, all_scenarios, flags_of, levels
from analysis.classify import masked
from analysis.ground.now import now
from analysis.model import Impact
from analysis.render import Block, Document, Heading, Items, Paragraph, Table
from analysis.rules.kinds import kinds
from gui.session import Session

if TYPE_CHECKING:
    from analysis.assess import Person, Slip

LONGEST, MOST_TEXTS, MOST_ADVICE, MOST_FIELDS = 120, 4, 4, 24


def answer(session: Session, impact: Impact, person: "Person", slip: "Slip") -> Document:
    """One page, or two where a person has very many columns."""
    words, leak = session.words, impact.people.exposure.leak
    about = [(words("Controller"), impact.incident.controller[:120])] if impact.incident.controller else []
    about += [
        (words("File"), leak.name[:80]),
        (words("Row"), words.number(slip.row + 1)),
        (words("SHA-256"), leak.sha256),
        (words("Looked up on"), words.day(session.today)),
    ]
    return Document(
        title=words("What leaked of this person"),
        language=words.language,
        blocks=tuple(blocks(session, impact, person, slip)),
        written=now(),
        about=tuple(about),
        foot=words("Made by Ampleur on the machine of the controller; decision support, no legal advice."),
    )


def blocks(session: Session, impact: Impact, person: "Person", slip: "Slip") -> Iterator[Block]:
    words = session.words
    yield Heading(words("What is exposed"))
    rows = tuple(
        (
            words.of(kinds()[item.kind].said),
            item.column[:60],
            " · ".join(text[:LONGEST] if session.revealed else masked(text)[:LONGEST] for text in item.texts[:MOST_TEXTS]),
        )
        for item in slip.told[:MOST_FIELDS]
    )
    yield Table((words("Kind"), words("Column"), words("Value")), rows)
    if len(slip.told) > MOST_FIELDS:
        yield Paragraph(words("{n} columns more.", n=len(slip.told) - MOST_FIELDS))
    if slip.hers:
        more = ", ".join(words.number(item.row + 1) for item in slip.hers[:20])
        yield Paragraph(words("More rows of this person: {rows}.", rows=more))
    flags = flags_of(person.profile)
    found = sorted(zip(levels(flags, impact.incident), all_scenarios(), strict=True), key=lambda pair: -pair[0])
    advice = [(item.label, text) for level, item in found if level >= 2 and (text := advice_of(item, flags, person.roles))]
    if advice and "deceased" not in flags:
        yield Heading(words("What to advise"))
        yield Items(tuple(f"{words(label)} — {words(text)}" for label, text in advice[:MOST_ADVICE]))
