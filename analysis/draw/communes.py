"""Impact in, the map of one département out: people exposed per 1,000 inhabitants of each of its communes."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from analysis.draw.scale import FEW, color_of, decimal, key, steps
from analysis.draw.style import Mark, Palette, figure, title
from analysis.ground.words import Said, Words, say
from analysis.model import Commune, Impact
from analysis.rules.communes import communes, outlines
from analysis.rules.departments import departments

ROOM = 0.28  # of the width, for the legend


def in_view(impact: Impact) -> str:
    """The one département of the people in view whose communes are counted and can be drawn; else empty."""
    chosen = [code.partition(":")[2] for code in impact.parts if code.startswith("department:")]
    return chosen[0] if len(chosen) == 1 and impact.census.communes is not None and chosen[0] in outlines() else ""


def commune_map(impact: Impact, department: str, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    rings = outlines()[department]
    found = {item.code: item for item in impact.census.communes or () if item.department == department}
    rates = {code: 1000 * item.people / item.population for code, item in found.items() if item.population}
    edges = steps(list(rates.values()))
    made, axes = figure(palette, width=8.0, height=6.6)
    faces = [(ring, color_of(rates.get(code, 0.0), edges, palette)) for code, held in rings.items() for ring in held]
    shapes, colors = [ring for ring, _ in faces], [color for _, color in faces]
    axes.add_collection(PolyCollection(shapes, facecolors=colors, edgecolors=palette.paper, linewidths=0.3))
    few = [ring for code, item in found.items() if 0 < item.people < FEW for ring in rings.get(code, [])]
    axes.add_collection(PolyCollection(few, facecolors="none", edgecolors=palette.quiet, hatch="////", linewidths=0.2))
    fit(axes, np.concatenate([np.array(ring) for ring in shapes]))
    axes.axis("off")
    key(axes, edges, bool(few), words, palette, (1.0, 0.02))
    name = departments()[department]["name"]
    title(made, words("Where the people exposed live: {name} ({code})", name=name, code=department), palette)
    marks = [
        Mark(axes, ring, communes()[code].name, valued(found.get(code), words), f"commune:{code}" if code in found else "")
        for code, held in rings.items()
        for ring in held
    ]
    return made, sentence(impact, found, rates, words), marks


def fit(axes: Axes, points: "np.ndarray[Any, np.dtype[np.float64]]") -> None:
    """The limits of a plane that fills the axes, a degree of longitude as long as it is there, with room for the legend."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    longitude = cos(radians(float(top + bottom) / 2))
    box = axes.get_window_extent()
    wide, high = (right - left) * (1 + ROOM), bottom - top
    wide = max(wide, high * box.width / box.height / longitude)
    more = max(wide * longitude * box.height / box.width - high, 0.0) / 2
    axes.set_xlim(left, left + wide)
    axes.set_ylim(bottom + more, top - more)
    axes.set_aspect(1 / longitude)


def valued(item: Commune | None, words: Words) -> str:
    if item is None:
        return words("nobody")
    rate = decimal(1000 * item.people / item.population, words) if item.population else "–"
    return words("{n} people, {rate} per 1,000 inhabitants", n=item.people, rate=rate)


def sentence(impact: Impact, found: Mapping[str, Commune], rates: Mapping[str, float], words: Words) -> Said:
    many = {code: rate for code, rate in rates.items() if found[code].people >= FEW} or rates
    unknown = impact.people.best - sum(item.people for item in found.values())
    if not many:
        return say("Postal codes alone do not tell in which communes these {n} people live.", n=unknown)
    first = max(many, key=lambda code: (many[code], code))
    told = {"n": len(found), "name": found[first].name, "rate": decimal(many[first], words)}
    if not unknown:
        return say(
            "{n} commune is concerned; the most exposed is {name}, with {rate} people per 1,000 inhabitants.",
            "{n} communes are concerned; the most exposed is {name}, with {rate} people per 1,000 inhabitants.",
            **told,
        )
    return say(
        "{n} commune is concerned; the most exposed is {name}, with {rate} people per 1,000 inhabitants. For {unknown} people "
        "postal code and town do not tell which it is.",
        "{n} communes are concerned; the most exposed is {name}, with {rate} people per 1,000 inhabitants. For {unknown} people "
        "postal code and town do not tell which it is.",
        unknown=unknown,
        **told,
    )
