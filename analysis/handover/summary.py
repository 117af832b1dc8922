"""An impact in, the summaries out as documents: the whole report with its charts, the page of the board, the risk assessment."""

from collections.abc import Iterator

from analysis import draw
from analysis.assess import all_scenarios
from analysis.ground.words import Said, Words, say
from analysis.model import Impact
from analysis.model.codes import DutyState
from analysis.render import Block, Document, Figure, Heading, Items, Note, Paragraph, Table
from analysis.report import drawn, due, sheets, to_decide
from analysis.report.front import deadline, first_figures, kinds_said, made, sentence

BOARD_CHART = "severity"


def summary(impact: Impact, words: Words) -> Document:
    """Everything that was found: figures first, then charts, then each page of the outline."""
    blocks = [*front(impact, words), Heading(words("Charts")), *(picture(chart.name, impact, words) for chart in draw.CHARTS)]
    title = words("Impact of a personal data breach")
    return made(impact, words, title, [*blocks, *pages(impact, words)], subtitle=words.of(sentence(impact)))


def front(impact: Impact, words: Words) -> Iterator[Block]:
    """The figures, the clock, what is known and what must be done."""
    yield first_figures(impact, words)
    yield Note(deadline(impact, words))
    yield Paragraph(words("Exposed: {kinds}.", kinds=kinds_said(impact, words)))
    yield Heading(words("To know first"))
    yield Items(tuple(words.of(item.said) for item in impact.findings))
    yield from to_do(impact, words)


def to_do(impact: Impact, words: Words) -> Iterator[Block]:
    yield Heading(words("What to do"))
    yield Items(tuple(words.of(said) for said in due(impact)), boxes=True)
    if open_ones := to_decide(impact):
        yield Heading(words("To decide"), 2)
        yield Items(tuple(words.of(said) for said in open_ones), boxes=True)


def picture(name: str, impact: Impact, words: Words) -> Figure:
    png, svg, said = drawn(impact, name, words)
    return Figure(name, png, svg, said)


def pages(impact: Impact, words: Words) -> Iterator[Block]:
    """Each page of the outline: its sentence, and its table."""
    for page in sheets(impact, words):
        yield Heading(page.title)
        yield Paragraph(page.said)
        if page.rows:
            yield Table(page.columns, page.rows, page.title)


def board(impact: Impact, words: Words) -> Document:
    """One page for those who decide: how many, what, how bad, until when, what they must decide."""
    told = tuple(words.of(item.said) for item in impact.findings[:4])
    tasks = tuple(words.of(said) for said in due(impact)[:6])
    blocks: list[Block] = [
        first_figures(impact, words),
        Note(words.of(sentence(impact)), grave=True),
        Note(deadline(impact, words)),
        Paragraph(words("Exposed: {kinds}.", kinds=kinds_said(impact, words))),
        Heading(words("To know first")),
        Items(told),
        Heading(words("What to do")),
        Items(tasks, boxes=True),
    ]
    if open_ones := to_decide(impact):
        blocks += [Heading(words("To decide")), Items(tuple(words.of(said) for said in open_ones[:4]), boxes=True)]
    return made(impact, words, words("Personal data breach: page of the board"), blocks)


def assessment(impact: Impact, words: Words) -> Document:
    """The dated risk assessment that is attached to a notification: what was weighed, how, and what follows."""
    wanted = {words("Incident"), words("Severity"), words("Fields"), words("Re-identification"), words("Duties"), words("Method")}
    tables = [
        block
        for page in sheets(impact, words)
        if page.title in wanted
        for block in (Heading(page.title), Paragraph(page.said), Table(page.columns, page.rows, page.title))
    ]
    reasons = (*impact.verdict.severity.reasons, *impact.verdict.flags)
    blocks: list[Block] = [
        first_figures(impact, words),
        Note(words.of(sentence(impact))),
        Heading(words("Where the severity comes from")),
        Items(tuple(words.of(said) for said in reasons)),
        Heading(words("Likely consequences")),
        Items(tuple(words.of(said) for said in consequences(impact))),
        *tables,
    ]
    missing = lacking(impact)
    return made(impact, words, words("Risk assessment"), blocks, missing=missing)


def consequences(impact: Impact) -> Iterator[Said]:
    """What the data open, for how many: serious and grave abuses, the most people first."""
    labels = {item.code: item.label for item in all_scenarios()}
    found = sorted(((grave + serious, code) for code, _, serious, grave in impact.verdict.scenarios), reverse=True)
    for n, code in found:
        if n:
            yield say("{what}: {n} person", "{what}: {n} people", what=say(labels[code]), n=n)


def lacking(impact: Impact) -> tuple[Said, ...]:
    """What a risk assessment cannot do without."""
    states = impact.verdict.states
    if states.get("declare") is DutyState.DUE:
        return (say("where the file comes from and who received it"),)
    return ()
