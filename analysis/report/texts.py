"""Impact in, a page on what free text tells out: categories by meaning, people and rows, a masked example of each."""

from analysis.assess.context import article
from analysis.ground.words import Words, say
from analysis.model import Impact
from analysis.model.codes import Meant
from analysis.report.sheet import Cell, Page
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive

ARTICLES = {9: say("GDPR, Article 9"), 10: say("GDPR, Article 10"), 0: say("neither, but grave")}


def texts_page(impact: Impact, words: Words) -> list[Page]:
    """Nothing where no text was read."""
    read = [field for item in impact.people.exposure.counted for field in item.fields if field.tells or field.named[1]]
    if not read:
        return []
    people = {(category, how): n for category, how, n in impact.census.told}
    rows: list[tuple[Cell, ...]] = [
        (
            words(load(Sensitive).category[category].label),
            words.of(ARTICLES[article(category)]),
            *(people.get((category, str(how)), 0) for how in Meant),
        )
        for category in dict.fromkeys(category for category, *_ in impact.census.told)
    ]
    for field in read:
        rows += [
            (
                f"{field.column[:60]}: {words(load(Sensitive).category[item.category].label)} ({words.of(item.meant.said)})",
                words("rows: {n}", n=item.rows),
                item.example,
            )
            for item in field.tells
        ]
        if field.named[1]:
            low, high = field.named
            label = f"{field.column[:60]}: {words('rows that name somebody else')}"
            rows.append((label, words("between {low} and {high}", low=low, high=high)))
    said = words(
        "Found by rules: words, and what is said around them. A text may tell what no word betrays, and a word may be meant "
        "otherwise: read some of them."
    )
    columns = (words("What"), words("Article"), *(words.of(how.said) for how in Meant))
    return [Page(words("Free text"), said, columns, tuple((*row, *[""] * (len(columns) - len(row))) for row in rows))]
