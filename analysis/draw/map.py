"""Impact in, the map out: people exposed per 1,000 inhabitants of each département, overseas as insets."""

import json
from functools import cache
from importlib.resources import files

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.draw.style import Mark, Palette, figure, title
from analysis.ground.words import Said, Words, say
from analysis.model import Impact, Place

PARIS = ("75", "92", "93", "94")
INSET = (0.80, 0.66, 0.19, 0.28)
FEW = 10  # people of a département below which a rate says little
ROOM = 205  # canvas units to the right of the mainland, for the inset and the legend
CLASSES = 5


@cache
def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """Rings of each département on a canvas of 613 x 585. Line by line: a parser lets no other thread run before its end."""
    lines = (files("resources") / "reference" / "map_fr.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(json.loads(line) for line in lines)


def rates(impact: Impact) -> dict[str, float]:
    """People exposed per 1,000 inhabitants."""
    return {place.code: 1000 * place.people / place.population for place in impact.census.places if place.population}


def patient_map(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    made, axes = figure(palette, width=8.0, height=6.6)
    found = rates(impact)
    edges = steps([found.get(code, 0.0) for code in outlines()])
    colors = {code: color_of(found.get(code, 0.0), edges, palette) for code in outlines()}
    few = frozenset(place.code for place in impact.census.places if 0 < place.people < FEW)
    paint(axes, colors, few, palette, ROOM)
    inset = axes.inset_axes(INSET)
    paint(inset, {code: colors[code] for code in PARIS}, few, palette)
    inset.set_title(words("Paris area"), fontsize=8, color=palette.quiet, fontfamily="Inter", pad=2)
    handles = [
        Patch(
            facecolor=palette.heat[at + 1],
            edgecolor=palette.grid,
            label=words("{low} to {high}", low=decimal(edges[at], words), high=decimal(edges[at + 1], words)),
        )
        for at in range(len(edges) - 1)
    ]
    handles.insert(0, Patch(facecolor=palette.heat[0], edgecolor=palette.grid, label=words("none")))
    if few:
        told = words("fewer than {n} people", n=FEW)
        handles.append(Patch(facecolor="none", edgecolor=palette.quiet, hatch="////", linewidth=0.2, label=told))
    axes.legend(
        handles=handles,
        title=words("per 1,000 inhabitants"),
        loc="lower right",
        bbox_to_anchor=(1.0, 0.12),
        frameon=False,
        fontsize=8.5,
        labelcolor=palette.ink,
        prop={"family": "Inter", "size": 8.5},
        title_fontproperties={"family": "Inter", "size": 9},
    ).get_title().set_color(palette.quiet)
    title(made, words("Where the people exposed live"), palette)
    marks = [mark for place in impact.census.places for mark in marks_of(place, axes, inset, words)]
    return made, sentence(impact, words), marks


def marks_of(place: Place, axes: Axes, inset: Axes, words: Words) -> list[Mark]:
    """Every ring of a département, in the inset too."""
    rate = decimal(1000 * place.people / place.population, words) if place.population else "–"
    value = words("{n} people, {rate} per 1,000 inhabitants", n=place.people, rate=rate)
    where = (inset, axes) if place.code in PARIS else (axes,)
    return [
        Mark(on, tuple(ring), f"{place.name} ({place.code})", value, f"department:{place.code}")
        for on in where
        for ring in outlines().get(place.code, [])
    ]


def paint(axes: Axes, colors: dict[str, str], few: frozenset[str], palette: Palette, room: float = 0.0) -> None:
    """`few`: départements of so few people that a rate says little, hatched."""
    rings, faces = [], []
    for code, color in colors.items():
        for ring in outlines()[code]:
            rings.append(ring)
            faces.append(color)
    axes.add_collection(PolyCollection(rings, facecolors=faces, edgecolors=palette.paper, linewidths=0.5))
    sparse = [ring for code in colors if code in few for ring in outlines()[code]]
    axes.add_collection(PolyCollection(sparse, facecolors="none", edgecolors=palette.quiet, hatch="////", linewidths=0.2))
    points = np.concatenate([np.array(ring) for ring in rings])
    (left, top), (right, bottom) = points.min(axis=0) - 4, points.max(axis=0) + 4
    axes.set_xlim(left, right + room)
    axes.set_ylim(bottom, top)
    axes.set_aspect("equal")
    axes.axis("off")


def steps(values: list[float]) -> list[float]:
    """Bounds of classes that hold about as many départements each."""
    positive = sorted(value for value in values if value > 0)
    if not positive:
        return [0.0, 1.0]
    bounds = [float(np.quantile(positive, share)) for share in np.linspace(0, 1, CLASSES + 1)]
    distinct = [bounds[0]]
    distinct += [bound for bound in bounds[1:] if bound > distinct[-1]]
    return distinct if len(distinct) > 1 else [distinct[0], distinct[0]]


def color_of(rate: float, edges: list[float], palette: Palette) -> str:
    if rate <= 0:
        return palette.heat[0]
    place = int(np.searchsorted(edges[1:-1], rate, side="right"))
    return palette.heat[min(place + 1, len(palette.heat) - 1)]


def decimal(value: float, words: Words) -> str:
    return words.decimal(value, 1 if value >= 1 else 2)


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
