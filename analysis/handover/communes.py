"""Communes in, what a notice to the public says of them out."""

from collections.abc import Sequence

from analysis.ground.words import Words
from analysis.model import Commune
from analysis.render import Block, Heading, Items
from analysis.rules.departments import departments

COMMUNES = 500  # that a notice names, those with most people first


def in_communes(found: Sequence[Commune], words: Words) -> list[Block]:
    """The communes in which most of them live, by département; how many more there are."""
    by_department: dict[str, list[str]] = {}
    for item in sorted(found[:COMMUNES], key=lambda item: (item.department, item.name)):
        by_department.setdefault(item.department, []).append(item.name)
    lines = [f"{departments()[code]['name']} ({code}) : {', '.join(names)}" for code, names in by_department.items()]
    if (more := len(found) - COMMUNES) > 0:
        lines.append(words("and {n} other commune", "and {n} other communes", n=more))
    return [Heading(words("Communes in which they live")), Items(tuple(lines))]
