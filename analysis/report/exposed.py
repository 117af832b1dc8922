"""Impact in, the page of the report on what each column discloses out."""

from analysis.ground.words import Words
from analysis.model import Impact
from analysis.model.codes import FIELD_HEADS
from analysis.report.sheet import Page, Plot
from analysis.rules.kinds import kinds, taken_for


def fields(impact: Impact, words: Words) -> Page:
    exposure = impact.people.exposure
    several = len(exposure.counted) > 1
    columns = (
        *map(words, FIELD_HEADS),
        words("CNIL form item"),
        words("Why"),
        words("Role"),
        *([words("Table")] if several else []),
    )
    rows = tuple(
        (
            field.column,
            words.of(taken_for(field.taken, field.check)),
            float(field.confidence),
            field.valid,
            field.malformed,
            field.placeholder,
            field.empty,
            kinds()[field.kind].cnil,
            "; ".join(words.of(said) for said in field.reasons),
            words.of(field.role.said),
            *([table.leak.sheet.name] if several else []),
        )
        for table in exposure.counted
        for field in table.fields
    )
    said = words("{n} column discloses personal data.", "{n} columns disclose personal data.", n=len(exposure.every))
    return Page(words("Fields"), said, columns, rows, Plot(1, (3, 4, 5, 6)))
