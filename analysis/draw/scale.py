"""Places and rates in, the classes, colors, outlines and legend of a map out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch

from analysis.assess.communes import per_thousand
from analysis.draw.style import Palette
from analysis.ground.words import Words
from analysis.model import Place

FEW = 10  # people of a place below which a rate says little
CLASSES = 5
Ring = Sequence[tuple[float, float]]


def steps(values: list[float]) -> list[float]:
    """Bounds of classes that hold about as many places each."""
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


def key(axes: Axes, edges: Sequence[float], few: bool, words: Words, palette: Palette, corner: tuple[float, float]) -> None:
    """The legend; `few`: whether a place is hatched."""
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
    legend = axes.legend(
        handles=handles,
        title=words("per 1,000 inhabitants"),
        loc="lower right",
        bbox_to_anchor=corner,
        frameon=False,
        fontsize=8.5,
        labelcolor=palette.ink,
        prop={"family": "Inter", "size": 8.5},
        title_fontproperties={"family": "Inter", "size": 9},
    )
    legend.get_title().set_color(palette.quiet)


def painted(
    axes: Axes, faces: Sequence[tuple[Ring, str]], few: Sequence[Ring], palette: Palette, border: float
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Draws the places (`faces`: each ring with its color; `few`: those of so few people that a rate says little, hatched): all
    their points, n x 2."""
    rings, colors = [ring for ring, _ in faces], [color for _, color in faces]
    axes.add_collection(PolyCollection(rings, facecolors=colors, edgecolors=palette.paper, linewidths=border))
    axes.add_collection(PolyCollection(few, facecolors="none", edgecolors=palette.quiet, hatch="////", linewidths=0.2))
    axes.axis("off")
    return np.concatenate([np.array(ring) for ring in rings])


def valued(place: Place, words: Words) -> str:
    """What a mark says of a place."""
    rate = per_thousand(place)
    return words(
        "{n} person, {rate} per 1,000 inhabitants",
        "{n} people, {rate} per 1,000 inhabitants",
        n=place.people,
        rate="–" if rate is None else decimal(rate, words),
    )


def decimal(value: float, words: Words) -> str:
    return words.decimal(value, 1 if value >= 1 else 2)
