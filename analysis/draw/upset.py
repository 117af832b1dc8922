"""Impact in, the chart of what is exposed together out: an UpSet chart (Lex et al. 2014)."""

from collections import Counter

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.assess.profile import TOGETHER, flags_of
from analysis.draw.style import Mark, Palette, figure, title
from analysis.ground.words import Said, Words, say
from analysis.model import Impact
from analysis.rules.kinds import kinds

MOST_KINDS, MOST_SETS = 8, 12
DOTS = 0.9  # height of the dots, of that of the bars


def together(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """Which kinds of data stand together for the same people, the most frequent combinations first: a bar for how many, and below
    it a dot for each kind that they hold."""
    found = combinations_of(impact)
    made, axes = figure(palette, width=8.0, height=5.6)
    title(made, words("What is exposed together"), palette)
    if not found:
        axes.axis("off")
        return made, sentence(impact), []
    shown = [kind for kind in weighty(impact) if any(kind in held for held, _ in found)]
    labels = {kind: words("Full name") if kind == "last_name" else words.of(kinds()[kind].said) for kind in shown}
    top = max(count for _, count in found)
    step = DOTS * top / max(len(shown), 1)
    lines = -step * (np.arange(len(shown)) + 0.9)
    axes.bar(range(len(found)), [count for _, count in found], width=0.62, color=palette.accent)
    marks: list[Mark] = []
    for x, (held, count) in enumerate(found):
        column(axes, x, count, [line for line, kind in zip(lines, shown, strict=True) if kind in held], list(lines), palette)
        share = words.percent(count / max(impact.people.best, 1))
        axes.annotate(
            share,
            (x, count),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=palette.ink,
            fontfamily="Inter",
        )
        low, high = float(lines[-1]) - step / 2, max(count, top / 30)
        ring = ((x - 0.5, low), (x + 0.5, low), (x + 0.5, high), (x - 0.5, high))
        name = " + ".join(labels[kind] for kind in shown if kind in held) or words("none of them")
        marks.append(Mark(axes, ring, name, words.number(count), code_of(held, weighty(impact))))
    axes.set_yticks(lines, [labels[kind] for kind in shown], color=palette.ink, fontsize=9)
    axes.set_xticks([])
    axes.set_xlim(-0.6, len(found) - 0.4)
    axes.set_ylim(float(lines[-1]) - step * 0.6, top * 1.12)
    axes.spines["bottom"].set_position(("data", 0))
    return made, sentence(impact), marks


def column(axes: Axes, x: int, count: int, mine: list[float], every: list[float], palette: Palette) -> None:
    """The dots below a bar; those of the kinds that are held, tied by a line."""
    axes.plot([x] * len(every), every, "o", color=palette.grid, markersize=6)
    axes.plot([x] * len(mine), mine, "o-", color=palette.ink if count else palette.quiet, markersize=6.5, linewidth=1.4)


def code_of(held: frozenset[str], shown: list[str]) -> str:
    """The part of the people (`assess.parts`): with these kinds, and without the others of the chart."""
    return "set:" + "+".join(kind for kind in shown if kind in held) + "!" + "+".join(kind for kind in shown if kind not in held)


def weighty(impact: Impact) -> list[str]:
    """The kinds of the chart, what weighs most first: health, numbers, money and passwords, then name, birth and contacts."""
    seen = frozenset[str]().union(*(flags_of(profile) for profile, _ in impact.census.profiles))
    grave = [code for code, kind in kinds().items() if code in seen and code not in TOGETHER and kind.sensitive]
    return [*grave, *(kind for kind in TOGETHER if TOGETHER[kind] in seen)][:MOST_KINDS]


def combinations_of(impact: Impact) -> list[tuple[frozenset[str], int]]:
    """Which of those kinds people hold, exactly, and how many do; the most frequent ones."""
    asked, counted = weighty(impact), Counter[frozenset[str]]()
    for profile, n in impact.census.profiles:
        flags = flags_of(profile)
        counted[frozenset(kind for kind in asked if TOGETHER.get(kind, kind) in flags)] += n
    return sorted(counted.items(), key=lambda item: (-item[1], sorted(item[0])))[:MOST_SETS]


def sentence(impact: Impact) -> Said:
    if not impact.people.best:
        return say("Nobody is exposed.")
    pairs = {frozenset((a, b)): count for a, b, count in impact.verdict.together}
    count = pairs.get(frozenset(("last_name", "birth_date")), 0)
    return say(
        "The full name and the birth date are exposed together for {share} of the people: enough to impersonate them.",
        share=count / impact.people.best,
    )
