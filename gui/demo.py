"""What a trainer shows: the fictional hospital, and the incident of November 2024."""

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import pipeline, synth
from analysis.declare.incident import load_incident
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.model import Impact, Incident
from analysis.pipeline import Answer

if TYPE_CHECKING:
    from analysis.store import Store

DEMO_ROWS = 758_912
TEMPLATE = "hospital_2024.toml"


def template() -> Incident:
    """The incident of November 2024, from public reports."""
    return load_incident(Path(str(files("resources") / "incidents" / TEMPLATE)))


def demo(store: "Store", rows: int, question: Question, watch: Watch, publish: Callable[[Answer], None]) -> Impact:
    """Generates the hospital in the private folder of a store and analyzes it like any file, which is gone afterwards."""
    made = synth.hospital(rows, 2024, watch.within(0.0, 0.4))
    leak = store.folder / "fictional-hospital.csv"
    synth.write_hospital(made, leak, None)
    del made

    def unnamed(answer: Answer) -> None:
        publish(replace(answer, question=question))

    try:
        return pipeline.answer(store, replace(question, files=(leak,)), watch.within(0.4, 1.0), unnamed)
    finally:
        leak.unlink(missing_ok=True)
