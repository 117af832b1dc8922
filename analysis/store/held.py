"""The tables of a store by name: their columns, what a view asks, when each was last used; and who makes one alone."""

import hashlib
import re
import threading
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from analysis.ground.watch import AGAIN, Watch
from analysis.model.tables import TABLES, stage_of

Schema = dict[str, str]  # Ibis type of each column
QUOTED = re.compile('"([^"]+)"')


class Held:
    """Methods may be called from several threads."""

    def __init__(self) -> None:
        self._schemas: dict[str, Schema] = {}
        self._asks: dict[str, frozenset[str]] = {}  # of a view: the tables behind it
        self._used: dict[str, int] = {}  # of what answers a question: the turn in which it was last used
        self._turn = 0
        self._passing: ContextVar[list[str] | None] = ContextVar("passing", default=None)  # what is used inside `passing` alone
        self._lent: dict[str, int] = {}  # of what was made inside `passing`: by how many it is used
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}  # by the name of a table that is being made

    def names(self) -> frozenset[str]:
        return frozenset(self._schemas)

    def __contains__(self, name: str) -> bool:
        """Whether it is there; nobody uses it by asking."""
        return name in self._schemas

    def schema(self, name: str) -> Schema:
        """Of a table that is used now."""
        self.use(name)
        return self._schemas[name]

    def use(self, name: str) -> bool:
        """Whether it is there; if so, it was used in this turn."""
        with self._lock:
            if name in self._used:
                self._used[name] = self._turn
            if name in self._lent:
                self._lend(name)
            return name in self._schemas

    def _lend(self, name: str) -> None:
        """A table that was made inside `passing` is used by one more, or from outside, where it stays."""
        made = self._passing.get()
        if made is None:
            del self._lent[name]
        elif name not in made:
            made.append(name)
            self._lent[name] += 1

    def know(self, name: str, schema: Schema, question: bool = False, view: str = "") -> None:
        """Remembers a table. `question`: it answers one, and can be made again; `view`: the statement of a view."""
        checked(name, schema)
        with self._lock:
            if name not in self._schemas and (made := self._passing.get()) is not None:
                made.append(name)
                self._lent[name] = 1
            self._schemas[name] = schema
            if question:
                self._used[name] = self._turn
            if view:
                self._asks[name] = frozenset(asked for asked in QUOTED.findall(view) if asked in self._schemas)

    def forget(self, name: str) -> bool:
        """Whether it was a view."""
        with self._lock:
            return self._forget(name)

    def _forget(self, name: str) -> bool:
        self._schemas.pop(name, None)
        self._used.pop(name, None)
        self._lent.pop(name, None)
        return self._asks.pop(name, None) is not None

    def turn(self) -> None:
        """Something else is asked from now on."""
        self._turn += 1

    def unused(self, needed: Iterable[str], turns: int) -> list[tuple[str, bool]]:
        """Forgets what answered questions, was used in none of the last turns, and stands behind nothing that is needed; each
        name, and whether it was a view. Views first: nothing that is still there asks for a table that goes."""
        with self._lock:
            kept = {name for name in self._schemas if self._used.get(name, self._turn) > self._turn - turns} | set(needed)
            while more := {behind for name in kept for behind in self._asks.get(name, ())} - kept:
                kept |= more
            gone = sorted(self._used.keys() - kept, key=lambda name: name not in self._asks)
            return [(name, self._forget(name)) for name in gone]

    @contextmanager
    def alone(self, name: str, watch: Watch) -> Generator[None]:
        """Who makes the same table at the same time waits for the first one."""
        with self._lock:
            mine = self._making.setdefault(name, threading.Lock())
        while not mine.acquire(timeout=AGAIN):
            watch.check()
        try:
            yield
        finally:
            mine.release()

    @contextmanager
    def passing(self) -> Generator[Sequence[str]]:
        """The names of what is made or used inside alone, by this thread or in its context."""
        made = list[str]()
        before = self._passing.set(made)
        try:
            yield made
        finally:
            self._passing.reset(before)

    def passed(self, made: Sequence[str], kept: Collection[str]) -> list[tuple[str, bool]]:
        """Forgets what was made inside `passing`, is used by nobody else and is not to be kept; each name, and whether it was a
        view."""
        gone = list[tuple[str, bool]]()
        with self._lock:
            for name in reversed(made):
                users = self._lent.pop(name, 0)  # none: it is used from outside, too
                if users == 1 and name not in kept:
                    gone.append((name, self._forget(name)))
                elif users > 1 and name not in kept:
                    self._lent[name] = users - 1
        return gone


def name_of(stage: str, question: str) -> str:
    """The name of the table that answers a question."""
    return f"{stage}_{hashlib.sha256(question.encode()).hexdigest()[:16]}"


def checked(name: str, schema: Schema) -> None:
    """A table is as it was declared; another one is a mistake of ours, found where it is made."""
    declared = TABLES.get(stage_of(name))
    wrong = declared.wrong(schema) if declared else ""
    assert not wrong, f"{name}: {wrong}"
