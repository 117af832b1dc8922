"""Impact in, a function that paints one chart to pixels out. It runs on a worker; Agg only, no window canvas."""

from collections.abc import Callable

from analysis import draw
from analysis.ground.words import Words
from analysis.model import Impact

NAMES = ("fields", "severity", "ages", "map", "together", "reidentification", "reach")
DPI = 100.0


def chart_names() -> tuple[str, ...]:
    """The charts, without importing what draws them."""
    return NAMES


def painter(name: str, impact: Impact, words: Words, dark: bool) -> Callable[[int, int, float], tuple[bytes, int, int, str]]:
    """`paint(width, height, ratio)`: RGBA bytes, their width and height in device pixels, the sentence of the chart."""

    def paint(width: int, height: int, ratio: float) -> tuple[bytes, int, int, str]:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figure, sentence = draw.draw(name, impact, words, dark)
        figure.set_dpi(DPI * ratio)
        figure.set_size_inches(width / DPI, height / DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        across, down = canvas.get_width_height()
        return bytes(canvas.buffer_rgba()), across, down, sentence

    return paint
