"""Impact in, one PNG and one SVG per chart out."""

from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from analysis.draw import CHARTS, draw
from analysis.model import Impact
from analysis.report.whole import whole
from analysis.words import Words

DPI = 144


def write_charts(impact: Impact, folder: Path, words: Words) -> None:
    """Each chart with its sentence as the picture's description."""
    for chart in CHARTS:
        figure, sentence = draw(chart.name, impact, words)
        with whole(folder / f"{chart.name}.png") as part:
            FigureCanvasAgg(figure)
            figure.savefig(part, dpi=DPI, format="png", metadata={"Description": sentence, "Software": "Ampleur"})
        with whole(folder / f"{chart.name}.svg") as part:
            FigureCanvasSVG(figure)
            figure.savefig(part, format="svg", metadata={"Description": sentence, "Date": None, "Creator": "Ampleur"})
