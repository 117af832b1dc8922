"""The charts by name; each is a figure, the sentence under it, and its marks: the numbers behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.draw.ages import age_pyramid
from analysis.draw.exposure import field_status
from analysis.draw.map import patient_map
from analysis.draw.risk import doubles, reach, severity_bands
from analysis.draw.style import DARK, LIGHT, Mark, Palette
from analysis.draw.upset import together
from analysis.ground.words import Said, Words, say
from analysis.model import Impact


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's name, title, and the functions that draw it and say what it shows."""

    name: str
    title: Said
    paint: Callable[[Impact, Words, Palette], tuple[Figure, Said, list[Mark]]]


CHARTS = (
    Chart("fields", say("What each field discloses"), field_status),
    Chart("severity", say("How severely each person is exposed"), severity_bands),
    Chart("ages", say("Ages of the people exposed"), age_pyramid),
    Chart("map", say("Where the people exposed live"), patient_map),
    Chart("together", say("What is exposed together"), together),
    Chart("reidentification", say("Who stands out without a name"), doubles),
    Chart("reach", say("How the people can be reached"), reach),
)


def draw(name: str, impact: Impact, words: Words, dark: bool = False) -> tuple[Figure, str]:
    """The figure of a chart and its sentence in the language of `words`."""
    figure, sentence, _ = marked(name, impact, words, dark)
    return figure, sentence


def marked(name: str, impact: Impact, words: Words, dark: bool = False) -> tuple[Figure, str, list[Mark]]:
    """The same, with what the chart shows, mark by mark: the numbers behind it."""
    chart = next(chart for chart in CHARTS if chart.name == name)
    figure, said, marks = chart.paint(impact, words, DARK if dark else LIGHT)
    return figure, words.of(said), marks
