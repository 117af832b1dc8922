"""Progress and cancel: what a long verb tells, and how it is stopped."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from analysis.ground.errors import Cancelled
from analysis.ground.words import Said


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
        self._lock = threading.Lock()
        self._range = (0.0, 1.0)

    def tell(self, step: Said, fraction: float = 0.0) -> None:
        """Reports, and raises Cancelled once `stop` was called."""
        if self._stopped.is_set():
            raise Cancelled
        if self._listener is not None:
            start, end = self._range
            self._listener(Progress(step, start + (end - start) * min(max(fraction, 0.0), 1.0)))

    def within(self, start: float, end: float) -> "Watch":
        """The same watch for a part of the work: its fractions run from `start` to `end` of this one."""
        part = Watch(self._listener)
        part._stopped, part._interrupts, part._lock = self._stopped, self._interrupts, self._lock
        low, high = self._range
        part._range = (low + (high - low) * start, low + (high - low) * end)
        return part

    def stop(self) -> None:
        """Asks for the end: a running query is interrupted at once."""
        self._stopped.set()
        with self._lock:
            for interrupt in self._interrupts:
                interrupt()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    @contextmanager
    def interruptible(self, interrupt: Callable[[], object]) -> Generator[None]:
        """While inside, `stop` also calls `interrupt`."""
        with self._lock:
            if self._stopped.is_set():
                raise Cancelled
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)
