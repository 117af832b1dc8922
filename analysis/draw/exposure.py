"""Impact in, the chart of what the file discloses out: the status of each field."""

import numpy as np
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
