"""The linked level in the background: persons compared by a model, while every page is used with the exact level."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from analysis import pipeline
from analysis.model import People
from analysis.pipeline import Answer
from gui.job import Job, Runner

if TYPE_CHECKING:
    from analysis.store import Store

QUIET = 250  # milliseconds without another job after which the look goes on
OFTEN = 20  # times that a look gives way; then it ends beside everything else


class Closer(QObject):
    """At most one look at a time; a look that was stopped, failed or told nothing new is not begun again for the same leak. It
    gives way to whatever a person does meanwhile."""

    progress = Signal(object)  # Progress; None: it has ended
    found = Signal(object)  # Answer
    failed = Signal(object)

    def __init__(self, runner: Runner, wanted: bool) -> None:
        super().__init__(runner)
        self._runner, self._wanted = runner, wanted
        self._job: Job | None = None
        self._gave = 0
        self._done: People | None = None  # whom not to look at again
        self._calm = QTimer(self)
        self._calm.setInterval(QUIET)
        self._calm.timeout.connect(self._go_on)
        runner.began.connect(lambda _: self._give_way())

    @property
    def job(self) -> Job | None:
        return self._job

    @property
    def looking(self) -> bool:
        return self._job is not None

    def look(self, store: "Store", answer: Answer) -> None:
        """Begins, where a model can learn from the file and has not yet done so."""
        people = answer.people
        if (
            not self._wanted
            or self._job is not None
            or people is None
            or people == self._done
            or not pipeline.can_look_closer(people)
        ):
            return
        self._done, self._gave = people, 0

        def work(job: Job) -> Answer:
            return pipeline.closer(store, answer, job.watch)

        job = self._runner.run_aside(work)
        self._job = job
        job.progress.connect(lambda progress: self.progress.emit(progress) if self._job is job else None)
        job.done.connect(lambda result: self._end(job, lambda: self.found.emit(result)))
        job.failed.connect(lambda trouble: self._end(job, lambda: self.failed.emit(trouble)))
        job.cancelled.connect(lambda: self._end(job, lambda: None))
        job.start()

    def stop(self) -> None:
        """Gives the look up; a late answer is dropped."""
        job, self._job = self._job, None
        if job is not None:
            job.stop()
            self.progress.emit(None)

    def _give_way(self) -> None:
        if self._job is not None and self._gave < OFTEN:
            self._gave += not self._calm.isActive()
            self._job.watch.give_way()
            self._calm.start()

    def _go_on(self) -> None:
        if self._job is None or self._runner.idle_but(self._job):
            self._calm.stop()
            if self._job is not None:
                self._job.watch.go_on()

    def _end(self, job: Job, tell: Callable[[], None]) -> None:
        if self._job is job:
            self._job = None
            self.progress.emit(None)
            tell()
