"""How bad it is, said on the summary and on a page of its own."""

from decimal import Decimal

from analysis.assess.findings import between
from analysis.assess.lenses import CNIL
from analysis.assess.severity import BAND_LABELS, declared
from analysis.ground.words import Said, Score, Words, say
from analysis.model import Impact, Severity, Slice
from analysis.report.sheet import Cell, Page, Plot


def headline(impact: Impact, words: Words) -> list[tuple[Cell, ...]]:
    """How bad it is: a band and a level only once enough is declared."""
    found = impact.verdict
    if not declared(impact.incident):
        return [(words("Severity of the file (ENISA)"), words.of(between(impact)))]
    own, wider = (f"{words.score(one.se)} · {words.of(BAND_LABELS[one.band])}" for one in (found.severity, found.declared))
    return [
        (words("Severity of the file (ENISA)"), own),
        (words("Severity with the declared categories (ENISA)"), wider),
        (words("CNIL level (our convention)"), words.of(CNIL[found.declared.band])),
    ]


def severity(impact: Impact, words: Words) -> Page:
    known = declared(impact.incident)
    rows: list[tuple[Cell, ...]] = [
        (words.of(BAND_LABELS[band]), words.of(CNIL[band]) if known else "", count, count / max(impact.people.best, 1))
        for band, count in impact.verdict.bands
    ]
    if not impact.verdict.bands_tell:
        rows.append((words("Order"), words.of(ONE_BAND), "", ""))
    rows += [
        (words("The first {share} to be told", share=item.share), words.of(slice_said(item)), item.people, item.share)
        for item in impact.verdict.order
    ]
    rows += [(words("For the file"), words.of(said), "", "") for said in impact.verdict.severity.reasons]
    if impact.verdict.declared.se > impact.verdict.severity.se:
        rows += [(words("As declared"), words.of(said), "", "") for said in impact.verdict.declared.reasons]
    rows += [(words("Flag"), words.of(said), "", "") for said in impact.verdict.flags]
    columns = (words("Level"), words("CNIL level (our convention)"), words("People"), words("Share"))
    return Page(words("Severity"), numbers(impact.verdict.severity, words), columns, tuple(rows), Plot(0, (2,), 4))


ONE_BAND = say("One level holds nearly everybody and tells nobody apart: the order of the list does.")


def slice_said(item: Slice) -> Said:
    return say(
        "{minors} minors, {old} of 75 or older; their data open {n} abuses each at a serious or grave level",
        minors=item.minors,
        old=item.old,
        n=Decimal(f"{item.opened:.1f}"),
    )


def numbers(found: Severity, words: Words) -> str:
    return words(
        "SE = DPC × EI + CB = {dpc} × {ei} + {cb} = {se} (ENISA 2013). Scores per person are our convention.",
        dpc=found.dpc,
        ei=Score(found.ei),
        cb=Score(found.cb),
        se=Score(found.se),
    )
