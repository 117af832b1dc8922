"""Impact in, the charts of risk out: severity bands, doubles of the quasi-identifiers, reach."""

from matplotlib.figure import Figure

from analysis.assess.severity import BAND_LABELS, grave
from analysis.draw.style import Mark, Palette, bar_mark, counts, figure, note, title
from analysis.ground.words import Said, Words, say
from analysis.model import Impact


def severity_bands(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """People by ENISA band, worst on top; where one band holds nearly everybody, by how many abuses their data open."""
    if not impact.verdict.bands_tell:
        return abuses(impact, words, palette)
    labels = [words.of(BAND_LABELS[band]) for band, _ in impact.verdict.bands]
    parts = [f"band:{band}" for band, _ in impact.verdict.bands]
    values = [count for _, count in impact.verdict.bands]
    made, marks = bars(labels, values, palette.bands, words, palette, impact.people.best, parts)
    title(made, words("How severely each person is exposed"), palette)
    severe = grave(impact.verdict.bands)
    said = say(
        "{n} person is exposed at a high or very high level ({share}): each must in principle be informed (our convention).",
        "{n} people are exposed at a high or very high level ({share}): each must in principle be informed (our convention).",
        n=severe,
        share=severe / max(impact.people.best, 1),
    )
    return made, said, marks


def abuses(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """People by the number of abuses that their data open at a serious or grave level, most on top."""
    found = impact.verdict.opened
    shades = tuple(palette.bands[min(3, 4 * at // max(len(found), 1))] for at in range(len(found)))
    labels = [words("{n} abuse", "{n} abuses", n=n) for n, _ in found]
    values, parts = [people for _, people in found], [f"open:{n}" for n, _ in found]
    made, marks = bars(labels, values, shades, words, palette, impact.people.best, parts)
    title(made, words("How much each person's data open"), palette)
    most = found[-1] if found else (0, 0)
    said = say(
        "One level of severity holds nearly everybody and tells nobody apart. What the data open does: {n} people have data that "
        "open {most} abuses at a serious or grave level.",
        n=most[1],
        most=most[0],
    )
    return made, said, marks


def bars(
    labels: list[str],
    values: list[int],
    colors: tuple[str, ...],
    words: Words,
    palette: Palette,
    whole: int,
    parts: list[str],
) -> tuple[Figure, list[Mark]]:
    made, axes = figure(palette, height=1.7 + 0.5 * len(labels))
    drawn = axes.barh(range(len(labels)), values, color=colors, height=0.66)
    axes.set_yticks(range(len(labels)), labels, fontsize=10.5, color=palette.ink)
    for at, value in enumerate(values):
        note(axes, value, at, f"{words.number(value)}  ·  {words.percent(value / max(whole, 1))}", palette)
    axes.xaxis.set_major_formatter(counts(words))
    axes.set_xlim(0, max([*values, 1]) * 1.28)
    axes.grid(axis="x", color=palette.grid, linewidth=0.8)
    told = zip(drawn, labels, values, parts, strict=True)
    return made, [bar_mark(axes, bar, name, words.number(value), part) for bar, name, value, part in told]


def doubles(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """How many people of the file share birth date, sex and postal code."""
    found = impact.census.reidentification
    names = {"1": say("alone"), "2": say("with one other"), "3-4": say("3 to 4"), "5-9": say("5 to 9"), "10+": say("10 or more")}
    labels = [words.of(names[size]) for size, _ in found.sizes][::-1]
    values = [count for _, count in found.sizes][::-1]
    shades = (*palette.heat[1:5], palette.accent)
    parts = [f"class:{size}" for size, _ in found.sizes][::-1]
    made, marks = bars(labels, values, shades, words, palette, found.rows, parts)
    title(made, words("Who stands out without a name"), palette)
    if not found.rows:
        return made, say("The file does not hold birth date, sex and postal code together."), marks
    inside = found.uniques / found.rows
    if not found.covered:
        said = say(
            "{inside} of the people are alone in this file; their places or ages are not in our reference data, so how many "
            "would be alone in town is not known.",
            inside=inside,
        )
        return made, said, marks
    said = say(
        "{inside} of the people are alone in this file; in the real population of their town, {town} of them would be.",
        inside=inside,
        town=found.alone_in_town,
    )
    return made, said, marks


def reach(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    """People by the best channel that reaches them."""
    found = impact.verdict.reach
    labels = [words("Nothing valid"), words("Phone call"), words("Letter"), words("SMS"), words("E-mail")]
    values = [found.none, found.call, found.post, found.sms, found.email]
    colors = (palette.bands[3], palette.quiet, palette.empty, palette.second, palette.accent)
    parts = [f"channel:{name}" for name in ("none", "call", "post", "sms", "email")]
    made, marks = bars(labels, values, colors, words, palette, impact.people.best, parts)
    title(made, words("Best way to reach each person"), palette)
    said = say(
        "{email} of the people can be told by e-mail, {sms} more by SMS, {post} more by letter only, {call} by a call only; "
        "{n} by none of them.",
        email=found.email / max(impact.people.best, 1),
        sms=found.sms / max(impact.people.best, 1),
        post=found.post / max(impact.people.best, 1),
        call=found.call / max(impact.people.best, 1),
        n=found.none,
    )
    return made, said, marks
