"""Impact in, charts out: all of them as PNG and SVG, or one as PNG, SVG or PDF."""

from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from analysis.draw import CHARTS, draw
from analysis.draw.style import LIGHT
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.whole import whole
from analysis.ground.words import Words, say
from analysis.model import Impact
from analysis.report.groups import only_said

DPI, SCREEN = 144, 100
CANVASES = {"png": FigureCanvasAgg, "svg": FigureCanvasSVG, "pdf": FigureCanvasPdf}


def write_charts(impact: Impact, folder: Path, words: Words) -> None:
    """Each chart with its sentence as the picture's description; all of them, or none."""
    with ExitStack() as written:
        for chart in CHARTS:
            figure, sentence = draw(chart.name, impact, words)
            png, svg = (written.enter_context(whole(folder / f"{chart.name}.{kind}")) for kind in ("png", "svg"))
            for kind, target in (("png", png), ("svg", svg)):
                CANVASES[kind](figure)
                figure.savefig(target, dpi=DPI, format=kind, metadata=about(kind, sentence))


def write_chart(impact: Impact, name: str, path: Path, words: Words) -> None:
    """One chart, in the format of the ending; which part of the people it shows stands in its description. Raises Trouble."""
    kind = path.suffix.lower()[1:]
    if kind not in CANVASES:
        said = say("A chart is written as .png, .svg or .pdf: choose a name with one of these endings.")
        raise Trouble("ending", said, BAD_ARGUMENTS)
    figure, sentence = draw(name, impact, words)
    if impact.parts:
        figure.text(
            0.988, 0.99, only_said(impact, words), ha="right", va="top", fontsize=8, fontfamily="Inter", color=LIGHT.quiet
        )
    CANVASES[kind](figure)
    with whole(path) as part:
        figure.savefig(part, dpi=DPI, format=kind, metadata=about(kind, sentence))


def drawn(impact: Impact, name: str, words: Words) -> tuple[bytes, bytes, str]:
    """One chart as PNG and as SVG, and its sentence."""
    figure, sentence = draw(name, impact, words)
    return in_bytes(figure, "png", sentence), in_bytes(figure, "svg", sentence), sentence


def picture(impact: Impact, name: str, words: Words) -> bytes:
    """One chart as PNG."""
    figure, sentence = draw(name, impact, words)
    return in_bytes(figure, "png", sentence, SCREEN)


def in_bytes(figure: Figure, kind: str, sentence: str, dpi: int = DPI) -> bytes:
    CANVASES[kind](figure)
    held = BytesIO()
    figure.savefig(held, dpi=dpi, format=kind, metadata=about(kind, sentence))
    return held.getvalue()


def about(kind: str, sentence: str) -> dict[str, str | None]:
    match kind:
        case "png":
            return {"Description": sentence, "Software": "Ampleur"}
        case "svg":
            return {"Description": sentence, "Date": None, "Creator": "Ampleur"}
        case _:
            return {"Subject": sentence, "Creator": "Ampleur", "Producer": "Ampleur", "CreationDate": None}
