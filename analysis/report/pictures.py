"""Impact in, one PNG and one SVG per chart out."""

from contextlib import ExitStack
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from analysis.draw import CHARTS, draw
from analysis.ground.whole import whole
from analysis.ground.words import Words
from analysis.model import Impact

DPI = 144


def write_charts(impact: Impact, folder: Path, words: Words) -> None:
    """Each chart with its sentence as the picture's description; all of them, or none."""
    with ExitStack() as written:
        for chart in CHARTS:
            figure, sentence = draw(chart.name, impact, words)
            png, svg = (written.enter_context(whole(folder / f"{chart.name}.{kind}")) for kind in ("png", "svg"))
            FigureCanvasAgg(figure)
            figure.savefig(png, dpi=DPI, format="png", metadata={"Description": sentence, "Software": "Ampleur"})
            FigureCanvasSVG(figure)
            figure.savefig(svg, format="svg", metadata={"Description": sentence, "Date": None, "Creator": "Ampleur"})
