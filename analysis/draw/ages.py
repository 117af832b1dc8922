"""Impact in, the age pyramid out: women and men by five-year band, minors and people of 75 or more marked."""

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.draw.style import Mark, Palette, bar_mark, figure, legend, title
from analysis.ground.words import Said, Words, say
from analysis.model import Impact


def age_pyramid(impact: Impact, words: Words, palette: Palette) -> tuple[Figure, Said, list[Mark]]:
    made, axes = figure(palette, height=5.6)
    bands = range(0, 110, 5)
    women = {item.age: item.people for item in impact.census.ages if item.sex == "f"}
    others = {item.age: 0 for item in impact.census.ages}
    for item in impact.census.ages:
        if item.sex != "f":
            others[item.age] += item.people
    largest = max([*women.values(), *others.values(), 1])
    drawn = axes.barh(list(bands), [women.get(age, 0) for age in bands], height=4.4, color=palette.second, label=words("Women"))
    label = words("Men") if any(item.sex == "m" for item in impact.census.ages) else words("Sex not known")
    left = axes.barh(
        list(bands),
        [-others.get(age, 0) for age in bands],
        height=4.4,
        color=palette.accent,
        label=label,
        hatch="//",
        edgecolor=palette.paper,
        linewidth=0,
    )
    for edge, text, where in ((15.4, words("minors"), "top"), (72.6, words("75 or older"), "bottom")):
        axes.axhline(edge, color=palette.ink, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(
            text,
            (largest * 1.5, edge),
            ha="right",
            va=where,
            fontsize=9,
            color=palette.ink,
            xytext=(0, -3 if where == "top" else 3),
            textcoords="offset points",
            fontfamily="Inter",
        )
    axes.set_yticks(list(bands), [band_said(age) for age in bands], fontsize=8)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(abs(int(value)))))
    axes.set_xlim(-largest * 1.1, largest * 1.52)
    axes.set_ylim(-3, 108)
    axes.grid(axis="x", color=palette.grid, linewidth=0.8)
    axes.axvline(0, color=palette.paper, linewidth=1.5)
    title(made, words("Ages of the people exposed"), palette)
    legend(made, axes, palette, 2)
    marks = [
        bar_mark(axes, bar, f"{name} · {band_said(age)}", words.number(int(abs(bar.get_width()))), f"age:{age}:{sex}")
        for of_sex, name, sex in ((drawn, words("Women"), "f"), (left, label, "o"))
        for bar, age in zip(of_sex, bands, strict=True)
    ]
    return made, sentence(impact), marks


def band_said(age: int) -> str:
    return f"{age}–{age + 4}" if age < 105 else "105+"


def sentence(impact: Impact) -> Said:
    if not impact.census.known_age:
        return say("The file holds no birth date that gives an age.")
    return say(
        "{minors} minors ({share} of known ages) and {old} people of 75 or older are exposed; the age of {unknown} is not known.",
        minors=impact.verdict.minors,
        share=impact.verdict.minors / impact.census.known_age,
        old=impact.verdict.over_75,
        unknown=impact.people.best - impact.census.known_age,
    )
