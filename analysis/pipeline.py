"""The verbs in a row: a path in, an Impact out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from analysis.model import Impact, Incident, Leak
from analysis.read import Asked, read
from analysis.store import Store, translator
from analysis.watch import Watch

T = TypeVar("T")

# Where each stage ends on the progress bar; measured on the reference file.
SHARES = {"read": (0.0, 0.25), "classify": (0.25, 0.48), "resolve": (0.48, 0.84), "assess": (0.84, 1.0)}


@dataclass(slots=True)
class Timings:
    """Seconds of each stage."""

    seconds: dict[str, float] = field(default_factory=dict[str, float])

    def of(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
        return result


def prepare() -> None:
    """Imports what the verbs after `read` need; alone it takes as long as the reading, beside it half of that."""
    from analysis.assess import assess
    from analysis.classify import warm
    from analysis.resolve import resolve

    assert assess and resolve
    translator()
    warm()


def analyze(
    store: Store,
    paths: Path | Sequence[Path],
    incident: Incident,
    today: date,
    watch: Watch,
    timings: Timings | None = None,
    publish: Callable[[Any], None] = lambda _: None,
    asked: Asked | None = None,
    link: str = "exact",
) -> Impact:
    """Reads, classifies, resolves, assesses; `publish` receives each noun as soon as it is made."""
    clock = timings or Timings()
    Thread(target=prepare, name="ampleur-prepare", daemon=True).start()
    leak = clock.of("read", lambda: read(store, paths, watch.within(*SHARES["read"]), asked))
    publish(leak)
    return analyze_leak(store, leak, incident, today, watch, clock, publish, link)


def analyze_leak(
    store: Store,
    leak: Leak,
    incident: Incident,
    today: date,
    watch: Watch,
    timings: Timings | None = None,
    publish: Callable[[Any], None] = lambda _: None,
    link: str = "exact",
) -> Impact:
    """The same from a leak that is in the store."""
    from analysis.assess import assess
    from analysis.classify import classify
    from analysis.resolve import resolve

    clock = timings or Timings()
    parts = {stage: watch.within(start, end) for stage, (start, end) in SHARES.items()}
    day = incident.breach_date or today
    exposure = clock.of("classify", lambda: classify(store, leak, day, parts["classify"]))
    publish(exposure)
    people = clock.of("resolve", lambda: resolve(store, exposure, parts["resolve"], link))
    publish(people)
    impact = clock.of("assess", lambda: assess(store, people, incident, today, parts["assess"]))
    publish(impact)
    return impact
