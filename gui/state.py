"""What the program knows, and the one command that changes it: nouns come back as signals, as soon as they are made."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal

from analysis import store as stores
from analysis.declare.question import Question
from analysis.ground.errors import Trouble
from analysis.ground.words import Words
from analysis.model import Asked, Exposure, Impact, Incident, Leak, People, Singling
from analysis.model.tables import kept_in
from analysis.pipeline import Answer
from gui.closer import Closer
from gui.job import Job, Runner

if TYPE_CHECKING:
    from analysis.store import Store

# Commands after which persons are counted anew.
ANEW = frozenset({"open", "correct", "judge", "link", "tables", "place"})


CALM = 250  # milliseconds without a job after which what nobody needs is let go
TURNS = 8  # commands and orders of the list whose answers stay: so far back, undo asks nothing anew


@dataclass(frozen=True, slots=True)
class Work:
    """A running command and the store that it fills."""

    job: Job
    name: str


class State(Runner):
    """A newer command cancels an older one, and a late answer is dropped."""

    leak_changed = Signal(object)
    exposure_changed = Signal(object)
    people_changed = Signal(object)
    impact_changed = Signal(object)  # of everybody
    shown_changed = Signal(object)  # of the people in view
    incident_changed = Signal(object)
    question_changed = Signal()  # something was said, done or undone
    preview_changed = Signal(object)
    progress = Signal(object)
    busy_changed = Signal(bool)
    failed = Signal(object)
    said = Signal(object)
    revealed_changed = Signal(bool)
    language_changed = Signal()
    theme_changed = Signal(str)

    def __init__(self, words: Words, theme: str = "light", today: date | None = None, closer: bool = True) -> None:
        """`closer`: persons are compared by a model in the background."""
        super().__init__()
        self.closer = Closer(self, closer)
        self.closer.failed.connect(self.failed)
        self.words = words
        self.theme = theme
        self.leak: Leak | None = None
        self.exposure: Exposure | None = None
        self.people: People | None = None
        self.impact: Impact | None = None  # of everybody
        self.shown: Impact | None = None  # of the people in view
        self.question = Question(today=today or date.today())  # all that was said of the leak
        self.answer = Answer()  # what is known of it until now
        self.preview: tuple[tuple[str, ...], ...] = ()
        self.revealed = False
        self.zoom = 0  # of the letters, in steps
        self.store: Store | None = None
        self.singling: tuple[People, Singling] | None = None  # whom few fields single out, and among which persons
        self.counting = threading.Lock()  # one counts it, the others wait
        self.held: dict[str, object] = {}  # what pages hold beside the answer: its tables stay
        self._work: Work | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self._tidy)
        self.began.connect(lambda _: self._calm.start())

    @property
    def incident(self) -> Incident:
        return self.question.incident

    @property
    def today(self) -> date:
        return self.question.today

    @property
    def paths(self) -> tuple[Path, ...]:
        return self.question.files

    @property
    def fictive(self) -> bool:
        """Whether the people in view are those of the fictional hospital."""
        return self.impact is not None and not self.question.files

    @property
    def asked(self) -> Asked | None:
        """None where the source cannot be read again (the fictional hospital)."""
        return self.question.asked if self.question.files else None

    def cancel(self) -> None:
        if self._work is not None:
            self._work.job.stop()

    @property
    def busy(self) -> bool:
        return self._work is not None

    def _start(self, name: str, work: Callable[[Job], object], done: Callable[[Any], None] | None = None) -> None:
        self.cancel()
        if name in ANEW:
            self.closer.stop()
        job = Job(work)
        self._work = Work(job, name)
        self._keep(job)
        job.progress.connect(lambda progress: self.progress.emit(progress) if self._current(job) else None)
        job.published.connect(lambda noun: self._publish(job, noun))
        job.done.connect(lambda result: self._end(job, lambda: done(result) if done else None))
        job.failed.connect(lambda trouble: self._end(job, lambda: self._gave_up(trouble)))
        job.cancelled.connect(lambda: self._end(job, self._gave_up))
        self.busy_changed.emit(True)
        job.start()

    def _gave_up(self, trouble: Trouble | None = None) -> None:
        """A command failed, or was stopped."""
        if trouble is not None:
            self.failed.emit(trouble)

    def _current(self, job: Job) -> bool:
        return self._work is not None and self._work.job is job

    def _publish(self, job: Job, noun: object) -> None:
        if not self._current(job):
            if isinstance(noun, stores.Store):
                noun.close()
            return
        match noun:
            case Answer():
                self._know(noun)
            case stores.Store():
                self.store = noun
            case _:
                raise TypeError(type(noun).__name__)

    def _know(self, answer: Answer) -> None:
        """Tells what is new. What is not known yet of a newer question stays on screen as it was."""
        self.answer = answer
        if answer.leak is not None and answer.leak is not self.leak:
            self.leak = answer.leak
            self.leak_changed.emit(answer.leak)
        if answer.exposure is not None and answer.exposure is not self.exposure:
            self.exposure = answer.exposure
            self.exposure_changed.emit(answer.exposure)
        if answer.people is not None and answer.people is not self.people:
            self.people = answer.people
            self.people_changed.emit(answer.people)
        if answer.impact is not None and answer.impact is not self.impact:
            self.impact = answer.impact
            self.impact_changed.emit(answer.impact)
        if answer.shown is not None and answer.shown is not self.shown:
            self.shown = answer.shown
            self.shown_changed.emit(answer.shown)

    def _end(self, job: Job, tell: Callable[[], None]) -> None:
        if not self._current(job):
            return
        self._work = None
        if self.store is not None:
            self.store.turn()
        self.busy_changed.emit(False)
        tell()
        if self.store is not None and self.people is not None and self._work is None:
            self.closer.look(self.store, self.answer)

    def _tidy(self) -> None:
        """Lets the answers of long ago go, once nothing runs that may ask for them."""
        if self.store is None:
            return
        if not self.idle_but(None):
            self._calm.start()
            return
        shown = (self.leak, self.exposure, self.people, self.impact, self.shown)  # of the answer before, while one is made
        if drop := self.store.unneeded(kept_in((self.answer, shown, self.held)), TURNS):
            self.run_aside(lambda job: drop(job.watch)).start()

    def _forget(self) -> Callable[[], None]:
        """Lets the former leak go. What is returned waits for its last readers and takes it out of the memory: for the next
        job to call before a new leak comes in, since it can take a while."""
        self.cancel()
        self.closer.stop()
        self._work, self.singling, self.answer = None, None, Answer()
        self.held.clear()
        jobs, store = tuple(self._jobs), self.store
        self.stop_all()

        def farewell() -> None:
            for job in jobs:
                job.wait()
            if store is not None:
                store.close()

        self.store = self.leak = self.exposure = self.people = self.impact = self.shown = None
        for signal in (self.leak_changed, self.exposure_changed, self.people_changed, self.impact_changed, self.shown_changed):
            signal.emit(None)
        return farewell
