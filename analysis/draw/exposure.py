"""Impact in, the charts of what the file discloses out: status of each field, and what is exposed together."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.draw.style import Mark, Palette, bar_mark, counts, figure, legend, title
from analysis.ground.words import Said, Words, say
from analysis.model import Impact
from analysis.rules.kinds import kinds

MOST_FIELDS = 24


def field_status(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """Stacked bars: valid, malformed, placeholder and empty cells of each personal field."""
    fields = sorted(impact.people.exposure.personal, key=lambda item: item.valid)[-MOST_FIELDS:]
    made, axes = figure(palette, height=max(3.0, 1.6 + 0.34 * len(fields)))
    labels = [words.of(kinds()[field.kind].said) for field in fields]
    parts = (
        (words("Valid"), [field.valid for field in fields], palette.valid, ""),
        (words("Malformed"), [field.malformed for field in fields], palette.malformed, "///"),
        (words("Placeholder"), [field.placeholder for field in fields], palette.placeholder, "..."),
        (words("Empty"), [field.empty for field in fields], palette.grid, ""),
    )
    left, marks = np.zeros(len(fields)), list[Mark]()
    for label, values, color, hatch in parts:
        drawn = axes.barh(
            range(len(fields)),
            values,
            left=left,
            color=color,
            label=label,
            hatch=hatch,
            edgecolor=palette.paper,
            linewidth=0.4,
            height=0.72,
        )
        left += np.array(values)
        for bar, name, field, value in zip(drawn, labels, fields, values, strict=True):
            part = f"has:{field.kind}" if values is parts[0][1] else ""
            marks.append(bar_mark(axes, bar, f"{name} · {label}", words.number(value), part))
    axes.set_yticks(range(len(fields)), labels, fontsize=10, color=palette.ink)
    for at, field in enumerate(fields):
        share = field.valid / max(impact.people.exposure.leak.rows, 1)
        axes.annotate(
            words.percent(share),
            (left[at], at),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=palette.ink,
            fontfamily="Inter",
        )
    axes.xaxis.set_major_formatter(counts(words))
    axes.set_xlim(0, max(left.max(initial=1), 1) * 1.08)
    axes.grid(axis="x", color=palette.grid, linewidth=0.8)
    title(made, words("What each field discloses"), palette)
    legend(made, axes, palette, 4)
    return made, field_sentence(impact), marks


def field_sentence(impact: Impact) -> Said:
    fields = impact.people.exposure.personal
    if not fields:
        return say("No column discloses personal data.")
    rows = impact.people.exposure.leak.rows
    if not rows:
        return say("The file holds no row: what it would disclose is told by the names of its columns alone.")
    full = [field for field in fields if field.valid >= 0.95 * rows]
    least = min(fields, key=lambda field: field.valid)
    return say(
        "{n} field is disclosed for at least 95 % of the rows; the least filled, {kind}, for {share}.",
        "{n} fields are disclosed for at least 95 % of the rows; the least filled, {kind}, for {share}.",
        n=len(full),
        kind=kinds()[least.kind].said,
        share=least.valid / rows,
    )


def together(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """A triangle of shares: for how many people two kinds of data are exposed at once."""
    single = dict(impact.verdict.exposed)
    shown = [kind for kind, count in impact.verdict.exposed if count]
    made, axes = figure(palette, width=8.0, height=5.6)
    share = np.full((len(shown), len(shown)), np.nan)
    everyone = max(impact.people.best, 1)
    pairs = {frozenset((a, b)): count for a, b, count in impact.verdict.together}
    for row, one in enumerate(shown):
        for column, other in enumerate(shown[: row + 1]):
            count = single[one] if one == other else pairs[frozenset((one, other))]
            share[row, column] = count / everyone
    if not shown:
        axes.axis("off")
        return made, together_sentence(impact), []
    scale = LinearSegmentedColormap.from_list("heat", palette.heat)
    axes.imshow(share, cmap=scale, vmin=0, vmax=1, aspect="auto")
    labels = [words.of(kinds()[kind].said) if kind != "last_name" else words("Full name") for kind in shown]
    marks: list[Mark] = []
    for row in range(len(shown)):
        for column in range(row + 1):
            value = share[row, column]
            kept = dict.fromkeys((row, column))
            name, part = " + ".join(labels[at] for at in kept), "has:" + "+".join(shown[at] for at in kept)
            marks.append(Mark(axes, square(column, row), name, words.number(round(value * everyone)), part))
            axes.text(
                column,
                row,
                words.percent(value),
                ha="center",
                va="center",
                fontsize=9.5,
                fontfamily="Inter",
                color=readable(scale(value)),
            )
    axes.set_xticks(range(len(shown)), labels, rotation=25, ha="right", color=palette.ink, fontsize=10)
    axes.set_yticks(range(len(shown)), labels, color=palette.ink, fontsize=10)
    axes.spines["bottom"].set_visible(False)
    title(made, words("What is exposed together"), palette)
    return made, together_sentence(impact), marks


def square(x: float, y: float) -> tuple[tuple[float, float], ...]:
    """The cell of a picture around a point."""
    return ((x - 0.5, y - 0.5), (x + 0.5, y - 0.5), (x + 0.5, y + 0.5), (x - 0.5, y + 0.5))


def readable(color: tuple[float, float, float, float]) -> str:
    """Black or white, whichever is read better on a colour (relative luminance of WCAG 2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color[:3]]
    return "#10161d" if 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.18 else "#ffffff"


def together_sentence(impact: Impact) -> Said:
    if not impact.people.best:
        return say("Nobody is exposed.")
    pairs = {frozenset((a, b)): count for a, b, count in impact.verdict.together}
    count = pairs.get(frozenset(("last_name", "birth_date")), 0)
    return say(
        "The full name and the birth date are exposed together for {share} of the people: enough to impersonate them.",
        share=count / impact.people.best,
    )
