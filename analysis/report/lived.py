"""Impact in, how old they are and where they live out, page by page."""

from analysis.assess.communes import per_thousand
from analysis.ground.words import Words
from analysis.model import Impact, Place
from analysis.report.sheet import Cell, Page, Plot


def ages(impact: Impact, words: Words) -> Page:
    rows = []
    for first in range(0, 110, 5):
        counts = {item.sex: item.people for item in impact.census.ages if item.age == first}
        label = f"{first}–{first + 4}" if first < 105 else "105+"
        rows.append((label, counts.get("f", 0), counts.get("m", 0), counts.get("", 0)))
    columns = (words("Age"), words("Women"), words("Men"), words("Sex not known"))
    said = words(
        "Ages on {day}; {n} person has no known age.",
        "Ages on {day}; {n} people have no known age.",
        day=impact.census.reference_date,
        n=impact.people.best - impact.census.known_age,
    )
    return Page(words("Ages"), said, columns, tuple(rows), Plot(0, (1, 2, 3)))


def departments(impact: Impact, words: Words) -> Page:
    placed = sorted((place for place in impact.census.places if place.people), key=lambda place: -place.people)
    rows: list[tuple[Cell, ...]] = [(place.code, place.name, *dense(place, words)) for place in placed]
    if impact.census.abroad:
        rows.append(("", words("Without a known French postal code"), impact.census.abroad, "", ""))
    columns = (words("Code"), words("Département"), *density(words))
    said = words("People by département, from their postal code.")
    return Page(words("Départements"), said, columns, tuple(rows), Plot(1, (2,), 25))


def density(words: Words) -> tuple[str, ...]:
    """The heads of what `dense` says."""
    return words("People"), words("Inhabitants"), words("Per 1,000 inhabitants")


def dense(place: Place, words: Words) -> tuple[Cell, ...]:
    rate = per_thousand(place)
    return place.people, place.population, "" if rate is None else words.decimal(rate)


def communes(impact: Impact, words: Words) -> Page:
    """Every commune in which somebody lives."""
    found = impact.census.communes or ()
    rows: list[tuple[Cell, ...]] = [(item.code, item.name, item.department, *dense(item, words)) for item in found]
    if unknown := impact.people.best - sum(item.people for item in found):
        rows.append(("", words("Commune not known: its postal code alone, or none"), "", unknown, "", ""))
    columns = (words("Code"), words("Commune"), words("Département"), *density(words))
    return Page(words("Communes"), words("People by commune, where postal code and town tell it."), columns, tuple(rows))
