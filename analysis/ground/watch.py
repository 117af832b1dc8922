"""Progress and cancel: what a long verb tells, and how it is stopped."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakSet

from analysis.ground.errors import Cancelled
from analysis.ground.words import Said

AGAIN = 0.05  # seconds after which a question that did not hear the wish to stop is told again
_begun = WeakSet["Watch"]()  # every watch that is nobody's part
_interrupted = threading.Event()


def stop_everything() -> None:
    """The person pressed Ctrl+C: whatever runs is stopped, and what would begin is not."""
    _interrupted.set()
    for watch in list(_begun):
        watch.stop()


def interrupted() -> bool:
    """Whether `stop_everything` was called."""
    return _interrupted.is_set()


@dataclass(frozen=True, slots=True)
class Progress:
    """A step in words and the share of the whole that is done, 0 to 1."""

    step: Said
    fraction: float


class Watch:
    """Carries progress out of a verb and a wish to stop into it. One per command; safe to stop from any thread."""

    def __init__(self, listener: Callable[[Progress], object] | None = None) -> None:
        self._listener = listener
        self._stopped = threading.Event()
        self._interrupts: list[Callable[[], object]] = []
        self._patient: list[Callable[[], object]] = []  # of questions that are asked again after they gave way
        self._free = threading.Event()
        self._free.set()
        self._ways = [0]  # how often it was asked to give way
        self._lock = threading.Lock()
        self._range = (0.0, 1.0)
        _begun.add(self)
        if _interrupted.is_set():
            self._stopped.set()

    def tell(self, step: Said, fraction: float = 0.0) -> None:
        """Reports, and raises Cancelled once `stop` was called."""
        self.check()
        if self._listener is not None:
            start, end = self._range
            self._listener(Progress(step, start + (end - start) * min(max(fraction, 0.0), 1.0)))

    def check(self) -> None:
        """Raises Cancelled once `stop` was called."""
        if self._stopped.is_set():
            raise Cancelled

    def within(self, start: float, end: float) -> "Watch":
        """The same watch for a part of the work: its fractions run from `start` to `end` of this one."""
        part = Watch(self._listener)
        part._stopped, part._free, part._lock = self._stopped, self._free, self._lock
        part._interrupts, part._patient, part._ways = self._interrupts, self._patient, self._ways
        low, high = self._range
        part._range = (low + (high - low) * start, low + (high - low) * end)
        return part

    def stop(self) -> None:
        """Asks for the end: a running question is interrupted at once, and again until it ends. (The engine forgets an
        interrupt that comes in the moment before a question begins.)"""
        self._stopped.set()
        if self._interrupt():
            threading.Thread(target=self._insist, name="ampleur-stop", daemon=True).start()

    def give_way(self) -> None:
        """Something else is wanted first: a question that runs patiently is interrupted, and asked again after `go_on`."""
        self._ways[0] += 1
        self._free.clear()
        if self._interrupt_patient():
            threading.Thread(target=self._insist_on_way, name="ampleur-way", daemon=True).start()

    def go_on(self) -> None:
        """Nothing else is wanted first any more."""
        self._free.set()

    @property
    def ways(self) -> int:
        """How often it was asked to give way until now."""
        return self._ways[0]

    @property
    def waits(self) -> bool:
        """Whether something else is wanted first."""
        return not self._free.is_set()

    def wait(self) -> None:
        """Until nothing else is wanted first. Raises Cancelled once `stop` was called."""
        while not self._free.wait(AGAIN):
            self.check()

    def _interrupt(self) -> bool:
        """Whether something was still running."""
        with self._lock:
            for interrupt in (*self._interrupts, *self._patient):
                interrupt()
            return bool(self._interrupts or self._patient)

    def _interrupt_patient(self) -> bool:
        with self._lock:
            for interrupt in self._patient:
                interrupt()
            return bool(self._patient)

    def _insist(self) -> None:
        pause = threading.Event()
        while self._interrupt():
            pause.wait(AGAIN)

    def _insist_on_way(self) -> None:
        while not self._free.wait(AGAIN) and self._interrupt_patient():
            pass

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    @contextmanager
    def interruptible(self, interrupt: Callable[[], object], patient: bool = False) -> Generator[None]:
        """While inside, `stop` also calls `interrupt`, and `give_way` does where what runs is `patient`."""
        held = self._patient if patient else self._interrupts
        with self._lock:
            if self._stopped.is_set():
                raise Cancelled
            held.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                held.remove(interrupt)
