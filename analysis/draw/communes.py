"""Impact in, the map of one département out: people exposed per 1,000 inhabitants of each of its communes."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.assess.communes import per_thousand
from analysis.draw.scale import FEW, color_of, decimal, key, painted, steps, valued
from analysis.draw.style import Mark, Palette, figure, title
from analysis.ground.words import Said, Words, say
from analysis.model import Commune, Impact
from analysis.rules.communes import communes, outlined, outlines
from analysis.rules.departments import departments

ROOM = 0.28  # of the width, for the legend


def in_view(impact: Impact) -> str:
    """The one département of the people in view whose communes are counted and can be drawn; else empty."""
    chosen = [code.partition(":")[2] for code in impact.parts if code.startswith("department:")]
    return chosen[0] if len(chosen) == 1 and impact.census.communes is not None and chosen[0] in outlined() else ""


def commune_map(impact: Impact, department: str, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    rings = outlines(department)
    found = {item.code: item for item in impact.census.communes or () if item.department == department}
    rates = {code: rate for code, item in found.items() if (rate := per_thousand(item)) is not None}
    edges = steps(list(rates.values()))
    made, axes = figure(palette, width=8.0, height=6.6)
    faces = [(ring, color_of(rates.get(code, 0.0), edges, palette)) for code, held in rings.items() for ring in held]
    few = [ring for code, item in found.items() if 0 < item.people < FEW for ring in rings.get(code, [])]
    fit(axes, painted(axes, faces, few, palette, border=0.3))
    key(axes, edges, bool(few), words, palette, (1.0, 0.02))
    name = departments()[department]["name"]
    title(made, words("Where the people exposed live: {name} ({code})", name=name, code=department), palette)

    def told(code: str) -> tuple[str, str]:
        return (valued(found[code], words), f"commune:{code}") if code in found else (words("nobody"), "")

    marks = [Mark(axes, ring, communes()[code].name, *told(code)) for code, held in rings.items() for ring in held]
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


def sentence(impact: Impact, found: Mapping[str, Commune], rates: Mapping[str, float], words: Words) -> Said:
    many = {code: rate for code, rate in rates.items() if found[code].people >= FEW} or rates
    unknown = impact.people.best - sum(item.people for item in found.values())
    if not many:
        return say(
            "Postal codes alone do not tell in which commune {n} person lives.",
            "Postal codes alone do not tell in which communes these {n} people live.",
            n=unknown,
        )
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
