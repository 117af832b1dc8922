"""What a trainer shows: the fictional hospital, and the incident of November 2024."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.model import Impact, Incident
from gui.job import Job

if TYPE_CHECKING:
    from analysis.pipeline import Question

DEMO_ROWS = 758_912
TEMPLATE = "hospital_2024.toml"


def template() -> Incident:
    """The incident of November 2024, from public reports."""
    from analysis.declare.incident import load_incident

    return load_incident(Path(str(files("resources") / "incidents" / TEMPLATE)))


def demo(job: Job, rows: int, question: "Question") -> Impact:
    """Generates the hospital in the private folder of a store and analyzes it like any file."""
    from analysis.pipeline import analyze
    from analysis.store import Store
    from analysis.synth import hospital, write_hospital

    store = Store()
    job.publish(store)
    made = hospital(rows, 2024, job.watch.within(0.0, 0.4))
    leak = store.folder / "fictional-hospital.csv"
    write_hospital(made, leak, None)
    del made
    impact = analyze(store, leak, question, job.watch.within(0.4, 1.0), publish=job.publish)
    leak.unlink(missing_ok=True)
    return impact
