"""Impact in, the pages of the report on whose people were counted out: by role, and by table."""

from analysis.ground.words import Words
from analysis.model import Impact
from analysis.report.sheet import Page
from analysis.rules.kinds import kinds


def by_role(impact: Impact, words: Words) -> list[Page]:
    """How many people have which role, where there are several."""
    people = impact.people
    if not people.roles:
        return []
    rows = tuple((words.of(item.role.said), item.low, item.best, item.high) for item in people.roles)
    columns = (words("Role"), words("At least"), words("Best estimate"), words("At most"))
    said = words(
        "{n} person has more than one role, and counts once in all.",
        "{n} persons have more than one role, and count once in all.",
        n=people.several,
    )
    return [Page(words("People by role"), said, columns, rows)]


def every_table(impact: Impact, words: Words) -> list[Page]:
    """The tables of the source, where it has several."""
    exposure = impact.people.exposure
    if not exposure.others and not exposure.leak.sheet.parts:
        return []
    rows = tuple(
        (
            name,
            rows,
            ", ".join(words.of(kinds()[kind].said) for kind in item.kinds) or "–",
            words.of(exposure.counting(item).said),
        )
        for item in exposure.tables
        for name, rows in item.sheet.listed
    )
    said = words("People of every table that holds some are counted, and who stands in two of them counts once.")
    return [Page(words("Tables"), said, (words("Table"), words("Rows"), words("Kinds"), words("People")), rows)]
