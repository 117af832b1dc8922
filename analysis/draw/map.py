"""Impact in, the map out: people exposed per 1,000 inhabitants of each département, overseas as insets."""

import json
from functools import cache
from importlib.resources import files

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.assess.communes import per_thousand
from analysis.draw.communes import commune_map, in_view
from analysis.draw.scale import FEW, color_of, decimal, key, painted, steps, valued
from analysis.draw.style import Mark, Palette, figure, title
from analysis.ground.words import Said, Words, say
from analysis.model import Impact, Place

PARIS = ("75", "92", "93", "94")
INSET = (0.80, 0.66, 0.19, 0.28)
ROOM = 205  # canvas units to the right of the mainland, for the inset and the legend


@cache
def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """Rings of each département on a canvas of 613 x 585. Line by line: a parser lets no other thread run before its end."""
    lines = (files("resources") / "reference" / "map_fr.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(json.loads(line) for line in lines)


def rates(impact: Impact) -> dict[str, float]:
    """People exposed per 1,000 inhabitants."""
    return {place.code: rate for place in impact.census.places if (rate := per_thousand(place)) is not None}


def patient_map(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """Of the one département in view, its communes."""
    if department := in_view(impact):
        return commune_map(impact, department, words, palette)
    made, axes = figure(palette, width=8.0, height=6.6)
    found = rates(impact)
    edges = steps([found.get(code, 0.0) for code in outlines()])
    colors = {code: color_of(found.get(code, 0.0), edges, palette) for code in outlines()}
    few = frozenset(place.code for place in impact.census.places if 0 < place.people < FEW)
    paint(axes, colors, few, palette, ROOM)
    inset = axes.inset_axes(INSET)
    paint(inset, {code: colors[code] for code in PARIS}, few, palette)
    inset.set_title(words("Paris area"), fontsize=8, color=palette.quiet, fontfamily="Inter", pad=2)
    key(axes, edges, bool(few), words, palette, (1.0, 0.12))
    title(made, words("Where the people exposed live"), palette)
    marks = [mark for place in impact.census.places for mark in marks_of(place, axes, inset, words)]
    return made, sentence(impact, words), marks


def marks_of(place: Place, axes: Axes, inset: Axes, words: Words) -> list[Mark]:
    """Every ring of a département, in the inset too."""
    value = valued(place, words)
    where = (inset, axes) if place.code in PARIS else (axes,)
    return [
        Mark(on, tuple(ring), f"{place.name} ({place.code})", value, f"department:{place.code}")
        for on in where
        for ring in outlines().get(place.code, [])
    ]


def paint(axes: Axes, colors: dict[str, str], few: frozenset[str], palette: Palette, room: float = 0.0) -> None:
    """`few`: départements of so few people that a rate says little."""
    faces = [(ring, color) for code, color in colors.items() for ring in outlines()[code]]
    sparse = [ring for code in colors if code in few for ring in outlines()[code]]
    points = painted(axes, faces, sparse, palette, border=0.5)
    (left, top), (right, bottom) = points.min(axis=0) - 4, points.max(axis=0) + 4
    axes.set_xlim(left, right + room)
    axes.set_ylim(bottom, top)
    axes.set_aspect("equal")


def sentence(impact: Impact, words: Words) -> Said:
    placed = [place for place in impact.census.places if place.people]
    if not placed:
        return say("No French postal code places these people on the map.")
    found = rates(impact)
    first = max(placed, key=lambda place: found.get(place.code, 0.0))
    return say(
        "{n} département is concerned; the most exposed is {name}, with {rate} people per 1,000 inhabitants.",
        "{n} départements are concerned; the most exposed is {name}, with {rate} people per 1,000 inhabitants.",
        n=len(placed),
        name=first.name,
        rate=decimal(found.get(first.code, 0.0), words),
    )
