"""Impact in, a function that paints one chart to pixels out. It runs on a worker; Agg only, no window canvas."""

from collections.abc import Callable

from analysis import draw
from analysis.ground.words import Words
from analysis.model import Impact
from gui.widgets.figure_view import Painted, Spot

NAMES = ("fields", "severity", "ages", "map", "together", "reidentification", "reach")
DPI = 100.0


def chart_names() -> tuple[str, ...]:
    """The charts, without importing what draws them."""
    return NAMES


def painter(name: str, impact: Impact, words: Words, dark: bool) -> Callable[[int, int, float], Painted]:
    """`paint(width, height, ratio)`: the chart as a picture of so many logical pixels."""

    def paint(width: int, height: int, ratio: float) -> Painted:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figure, sentence, marks = draw.marked(name, impact, words, dark)
        figure.set_dpi(DPI * ratio)
        figure.set_size_inches(width / DPI, height / DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        across, down = canvas.get_width_height()
        spots = [Spot(on_screen(mark, down, ratio), mark.name, mark.value, mark.part) for mark in marks]
        return Painted(bytes(canvas.buffer_rgba()), across, down, sentence, tuple(spots))

    return paint


def on_screen(mark: "draw.Mark", down: int, ratio: float) -> tuple[tuple[float, float], ...]:
    """The corners of a mark in logical pixels, from the upper left."""
    points = mark.axes.transData.transform(mark.ring)
    return tuple((float(x) / ratio, (down - float(y)) / ratio) for x, y in points)
