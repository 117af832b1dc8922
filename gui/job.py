"""One function off the window's thread: its result, its failure and its progress come back as signals."""

import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.guard import log, unexpected
from analysis.ground.watch import Progress, Watch


class Job(QObject):
    """Runs `work(watch)` once in a thread of its own. Exactly one of `done`, `failed`, `cancelled` is emitted."""

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progress = Signal(object)
    published = Signal(object)
    _posted = Signal(str, object)

    def __init__(self, work: Callable[["Job"], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.over = False  # its end was told
        self.watch = Watch(self._tell)
        # From the worker to the window's thread, where every public signal is emitted.
        self._posted.connect(self._relay, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="ampleur-job", daemon=True)

    def start(self) -> "Job":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Asks for the end; `cancelled` follows."""
        self.watch.stop()

    def wait(self, seconds: float = 10.0) -> bool:
        """True when the thread has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def publish(self, noun: object) -> None:
        self._posted.emit("published", noun)

    def _relay(self, name: str, value: object) -> None:
        if name == "cancelled":
            self.cancelled.emit()
        else:
            getattr(self, name).emit(value)
        if name in ("done", "failed", "cancelled"):
            self.over = True
            self.deleteLater()  # with who listened: else they would keep the job, and the job them, until the window is closed

    def _tell(self, progress: Progress) -> None:
        self._posted.emit("progress", progress)

    def _run(self) -> None:
        try:
            self.watch.check()
            result = self._work(self)
        except Cancelled:
            self._posted.emit("cancelled", None)
        except Trouble as trouble:
            self._posted.emit("failed", trouble)
        except Exception as error:  # its words may quote a cell: its type and lines alone are kept
            log(error)
            self._posted.emit("failed", unexpected(error))
        else:
            self._posted.emit("done", result)


class Runner(QObject):
    """Keeps the jobs that run aside, and lets the painters in one at a time."""

    began = Signal(object)  # a job

    def __init__(self) -> None:
        super().__init__()
        self._jobs: list[Job] = []
        self._turns: deque[Job] = deque()
        self._last: deque[Job] = deque()

    def stop_all(self) -> None:
        """Asks every job for its end: their leak goes. What has not begun never does."""
        self._last.clear()
        for job in self._jobs:
            job.stop()

    def finish(self) -> None:
        """Waits for every job; pictures that have not begun are dropped."""
        while len(self._turns) > 1:
            self._turns.pop()
        self._last.clear()
        for job in self._jobs:
            job.wait()
        self._jobs.clear()

    @property
    def painting(self) -> bool:
        """Whether pictures are still to come."""
        return bool(self._turns)

    def run_aside(self, work: Callable[[Job], object]) -> Job:
        """A small job that no newer command cancels (a page of a table, a picture)."""
        job = Job(work)
        self._keep(job)
        return job

    def run_in_turn(self, work: Callable[[Job], object]) -> Job:
        """A picture: one is painted at a time, so that the painters do not fight with the window for the interpreter."""
        job = Job(work)
        for end in (job.done, job.failed, job.cancelled):
            end.connect(self._next_turn)
        self._turns.append(job)
        if len(self._turns) == 1:
            self._keep(job)
            job.start()
        return job

    def run_last(self, work: Callable[[Job], object]) -> Job:
        """What nobody looks at yet: it begins once every picture is painted."""
        job = Job(work)
        self._last.append(job)
        QTimer.singleShot(0, self._begin_last)
        return job

    def begin(self, job: Job) -> None:
        """What waited for its turn is looked at now."""
        if job in self._last:
            self._last.remove(job)
            self._keep(job)
            job.start()

    def idle_but(self, one: Job | None) -> bool:
        """Whether nothing runs, but for one job."""
        return not self._turns and all(job.over or job is one for job in self._jobs)

    def _begin_last(self) -> None:
        while self._last and not self._turns:
            self.begin(self._last[0])

    def _next_turn(self) -> None:
        self._turns.popleft()
        if self._turns:
            self._keep(self._turns[0])
            self._turns[0].start()
        self._begin_last()

    def _keep(self, job: Job) -> None:
        self._jobs = [kept for kept in self._jobs if not kept.over]
        self._jobs.append(job)
        self.began.emit(job)
