"""Colours, fonts and number formats of every chart. Colour-blind safe; a colour never carries a meaning alone."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from matplotlib import font_manager, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from analysis.ground.words import Words


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; every graphic colour has a contrast of 3 : 1 or more on the paper."""

    paper: str
    ink: str
    quiet: str
    grid: str
    valid: str
    malformed: str
    placeholder: str
    empty: str
    bands: tuple[str, str, str, str]
    accent: str
    second: str
    heat: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a chart shows of one thing: where (`ring`: corners, in the data of its axes), what it is called, its value, and the
    part of the people that it stands for (a code of `assess.parts`; empty: none)."""

    axes: Axes
    ring: tuple[tuple[float, float], ...]
    name: str
    value: str
    part: str = ""


def bar_mark(axes: Axes, bar: Rectangle, name: str, value: str, part: str = "") -> Mark:
    (left, low), width, height = bar.get_xy(), bar.get_width(), bar.get_height()
    return Mark(axes, ((left, low), (left + width, low), (left + width, low + height), (left, low + height)), name, value, part)


LIGHT = Palette(
    paper="#ffffff",
    ink="#1f2933",
    quiet="#52606d",
    grid="#e4e7eb",
    valid="#0072b2",
    malformed="#b5490b",
    placeholder="#8a5a83",
    empty="#9aa5b1",
    bands=("#7b8794", "#a8760a", "#c4500b", "#8f1838"),
    accent="#0072b2",
    second="#a23b72",
    heat=("#eef4f9", "#c6dcec", "#8dbbdb", "#4d92c4", "#1b6ba6", "#0a4676"),
)
DARK = Palette(
    paper="#1e2732",
    ink="#eef2f6",
    quiet="#a9b4c0",
    grid="#2c3642",
    valid="#56b4e9",
    malformed="#f0863a",
    placeholder="#d79bd0",
    empty="#6f7d8c",
    bands=("#8796a5", "#e0b23c", "#f0863a", "#f0607f"),
    accent="#56b4e9",
    second="#e58bb5",
    heat=("#1f2b38", "#22425d", "#245f8c", "#2f80bb", "#56a4dd", "#a5d4f5"),
)


@cache
def fonts() -> str:
    """The bundled font, so that a chart looks the same everywhere."""
    folder = files("resources") / "fonts"
    for name in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
        with as_file(folder / name) as path:
            font_manager.fontManager.addfont(str(path))
    rcParams["text.parse_math"] = False
    rcParams["svg.fonttype"] = "none"
    rcParams["svg.hashsalt"] = "ampleur"
    return "Inter"


def figure(palette: Palette, width: float = 8.0, height: float = 4.5) -> tuple[Figure, Axes]:
    """A figure with one axes in the house style."""
    family = fonts()
    made = Figure(figsize=(width, height), facecolor=palette.paper, layout="constrained")
    axes = made.add_subplot()
    dress(axes, palette, family)
    return made, axes


def dress(axes: Axes, palette: Palette, family: str = "Inter") -> None:
    axes.set_facecolor(palette.paper)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.grid)
    axes.tick_params(colors=palette.quiet, labelsize=9, length=0, labelfontfamily=family)
    axes.set_axisbelow(True)


def title(made: Figure, text: str, palette: Palette) -> None:
    """The title, from the left edge of the picture."""
    made.suptitle(text, x=0.012, ha="left", fontsize=13, fontweight="semibold", color=palette.ink, fontfamily="Inter")


def counts(words: Words) -> FuncFormatter:
    return FuncFormatter(lambda value, _: words.number(int(value)))


def percents(words: Words) -> FuncFormatter:
    return FuncFormatter(lambda value, _: words.percent(value))


def note(axes: Axes, x: float, y: float, text: str, palette: Palette, *, inside: bool = False) -> None:
    """A direct label beside (or inside) a bar."""
    axes.annotate(
        text,
        (x, y),
        xytext=(-6 if inside else 6, 0),
        textcoords="offset points",
        va="center",
        ha="right" if inside else "left",
        fontsize=9,
        color=palette.paper if inside else palette.ink,
        fontfamily="Inter",
    )


def legend(made: Figure, axes: Axes, palette: Palette, columns: int) -> None:
    """The legend under the chart, where it is never cut off."""
    made.legend(
        *axes.get_legend_handles_labels(),
        loc="outside lower left",
        ncols=columns,
        frameon=False,
        labelcolor=palette.quiet,
        handlelength=1.2,
        columnspacing=1.4,
        prop={"family": "Inter", "size": 9},
    )
