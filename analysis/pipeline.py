"""The verbs in a row: a path in, an Impact out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Asked, Case, Impact, Incident, Leak, Matched, People
from analysis.read import read
from analysis.read.leak import digest_of
from analysis.store import Store, translator

if TYPE_CHECKING:
    from analysis.assess.anonymity import Among

T = TypeVar("T")

# Where each stage ends on the progress bar; measured on the reference file.
SHARES = {"read": (0.0, 0.25), "classify": (0.25, 0.48), "resolve": (0.48, 0.84), "assess": (0.84, 1.0), "singling": (0.99, 1.0)}
# A file of hashes: one line of names, then one line for each person.
HASHES = Asked(delimiter=",", header=1)


@dataclass(slots=True)
class Timings:
    """Seconds of each stage."""

    seconds: dict[str, float] = field(default_factory=dict[str, float])

    def of(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
        return result


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a leak: what a person said of the incident, of the file and of earlier runs; how persons are linked (`resolve`).
    `today`: ages are counted on it where no date of the breach is declared. `register`, `earlier`: files that the leak is held against."""

    incident: Incident = field(default_factory=Incident)
    today: date = field(default_factory=date.today)
    asked: Asked | None = None
    link: str = "exact"
    case: Case | None = None
    register: Path | None = None
    earlier: Path | None = None
    key: bytes = b""  # of the other files, where they hold hashes
    singling: bool = False  # whom a few known fields single out is counted, too


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
    question: Question,
    watch: Watch,
    timings: Timings | None = None,
    publish: Callable[[Any], None] = lambda _: None,
) -> Impact:
    """Reads, classifies, resolves, assesses; `publish` receives each noun as soon as it is made."""
    clock = timings or Timings()
    Thread(target=prepare, name="ampleur-prepare", daemon=True).start()
    leak = clock.of("read", lambda: read(store, paths, watch.within(*SHARES["read"]), question.asked))
    publish(leak)
    return analyze_leak(store, leak, question, watch, clock, publish)


def analyze_leak(
    store: Store,
    leak: Leak,
    question: Question,
    watch: Watch,
    timings: Timings | None = None,
    publish: Callable[[Any], None] = lambda _: None,
) -> Impact:
    """The same from a leak that is in the store."""
    from analysis.assess import assess
    from analysis.classify import classify
    from analysis.resolve import resolve

    clock = timings or Timings()
    parts = {stage: watch.within(start, end) for stage, (start, end) in SHARES.items()}
    day = question.incident.breach_date or question.today
    exposure = clock.of("classify", lambda: classify(store, leak, day, parts["classify"], question.case))
    publish(exposure)
    people = clock.of("resolve", lambda: resolve(store, exposure, parts["resolve"], question.link))
    publish(people)
    impact = clock.of("assess", lambda: assess(store, people, question.incident, question.today, parts["assess"]))
    publish(impact)
    if question.singling:
        from analysis.assess.singling import singled, with_singling

        impact = with_singling(impact, clock.of("singling", lambda: singled(store, people, watch.within(*SHARES["singling"]))))
    others = {"register": question.register, "earlier": question.earlier}
    matches = tuple(
        clock.of(what, lambda what=what, path=path: against(store, people, what, path, question.link, watch, question.key))
        for what, path in others.items()
        if path is not None
    )
    return replace(impact, matches=matches) if matches else impact


def against(store: Store, people: People, what: str, path: Path, link: str, watch: Watch, key: bytes = b"") -> Matched:
    """The leak held against another file, of which nothing is kept but the counts (and, of an earlier leak, which kinds of data it held
    of the persons who are in both). `key`: the file holds hashes made with it."""
    from analysis.resolve import matched, matched_hashes

    with store.scratch() as kept:
        if key:
            found = matched_hashes(
                store, people, read(store, path, watch.within(0.0, 0.3), HASHES), key, what, watch.within(0.3, 1.0)
            )
        else:
            other = people_of(store, path, None, watch.within(0.0, 0.7), link)
            found = matched(store, people, other, what, watch.within(0.7, 1.0))
        if found.cumulated:
            kept.add(found.cumulated.table)
    return found


def in_population(store: Store, leak: Leak, by: Sequence[int], path: Path, watch: Watch) -> "Among":
    """The classes of a file among everybody it may be about, from a table with columns of the same names, of which nothing is kept.
    Raises Trouble where it is the leak itself, and where a name is missing there, or stands twice on a side."""
    from analysis.assess.anonymity import among

    if path.is_file() and path.stat().st_size == leak.size:
        with path.open("rb") as file:
            if digest_of(file, leak.size, watch) == leak.sha256:
                said = say("The table of the population is the leaked file itself: choose another one.")
                raise Trouble("population", said, BAD_ARGUMENTS)
    with store.scratch():
        population = read(store, path, watch.within(0.0, 0.6))
        names = [leak.columns[at].casefold() for at in by]
        there = [column.casefold() for column in population.columns]
        for at, name in zip(by, names, strict=True):
            if there.count(name) != 1 or names.count(name) != 1:
                said = say(
                    "The table of the population must hold the column {name} once: give it one with the same name.",
                    name=leak.columns[at][:60],
                )
                raise Trouble("column", said, BAD_ARGUMENTS)
        return among(store, leak, by, population, [there.index(name) for name in names], watch.within(0.6, 1.0))


def people_of(store: Store, paths: Path | Sequence[Path], asked: Asked | None, watch: Watch, link: str = "exact") -> People:
    """The persons of a source, and nothing of their risk."""
    from analysis.classify import classify
    from analysis.resolve import resolve

    leak = read(store, paths, watch.within(0.0, 0.4), asked)
    exposure = classify(store, leak, date.today(), watch.within(0.4, 0.6))
    return resolve(store, exposure, watch.within(0.6, 1.0), link)
