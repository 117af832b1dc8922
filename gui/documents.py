"""What is written for somebody: documents off the thread, whole or not at all, and the case."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from analysis import assess
from analysis.declare.dossier import Dossier, Exported, dossier_of, save_dossier
from analysis.ground.errors import Trouble
from analysis.ground.now import now
from analysis.ground.whole import keep_apart
from analysis.ground.words import Said, Words, say
from analysis.model import Impact, Leak
from gui.job import Job
from gui.state import State

if TYPE_CHECKING:
    from analysis.ground.watch import Watch
    from analysis.store import Store


class Documents(State):
    """Never over a file that is looked at."""

    case_saved = Signal(object)  # Path

    def __init__(self, words: Words, theme: str = "light", today: date | None = None, closer: bool = True) -> None:
        super().__init__(words, theme, today, closer)
        self.exports: tuple[Exported, ...] = ()
        self.choices: tuple[str, ...] = ()  # what was ticked to be handed over
        self.hidden: tuple[str, ...] = ()  # columns of the list that are not shown
        self.saved = Dossier()  # what was said when it was last saved

    def singled(self, store: "Store", impact: Impact, watch: "Watch") -> Impact:
        """The impact with whom few fields single out, counted once for its persons, whoever asks first and from whichever
        thread."""
        with self.counting:
            if self.singling is None or self.singling[0].table != impact.people.table:
                self.singling = impact.people, assess.singled(store, impact.people, watch)
            return assess.with_singling(impact, self.singling[1])

    def may_write(self, path: Path) -> bool:
        """Whether a document may be written there: never over a file that is looked at. Says why not."""
        try:
            keep_apart([*self.question.files, *(other.path for other in self.question.others)], [path])
        except Trouble as trouble:
            self.failed.emit(trouble)
            return False
        return True

    def export(self, work: Callable[[Impact, Words], None], path: Path, singled: bool = False) -> None:
        """Writes a document off the thread. `singled`: it tells whom few fields single out, where that can be counted."""
        impact, store, words = self.shown, self.store, self.words
        if impact is None or store is None or not self.may_write(path):
            return
        done = say("Saved: {name}", name=path.name)

        def run(job: Job) -> None:
            told = assess.with_places(store, impact, job.watch)
            if singled:
                with suppress(Trouble):
                    told = self.singled(store, told, job.watch.within(0.0, 0.5))
            job.watch.tell(say("Writing the document"), 0.5)
            work(told, words)

        self._start("export", run, lambda _: self._wrote(path, done))

    def _wrote(self, path: Path, done: Said) -> None:
        self.exports = (*self.exports, Exported(path.name, now().isoformat(timespec="seconds")))
        self.said.emit(done)

    def save(
        self, work: "Callable[[Store, Leak, Words, Watch], None]", path: Path, then: Callable[[], Said | None] = lambda: None
    ) -> None:
        """Writes something of the leak itself (its ledger, its table) off the thread; `then`: once it is there, and what is
        said of it."""
        leak, store, words = self.leak, self.store, self.words
        if leak is None or store is None or not self.may_write(path):
            return
        done = say("Saved: {name}", name=path.name)

        self._start("export", lambda job: work(store, leak, words, job.watch), lambda _: self.said.emit(then() or done))

    @property
    def dossier(self) -> Dossier:
        """All that was said of the leak, to be kept."""
        exposure, leak = self.exposure, self.leak
        if leak is None or not self.question.files:
            return Dossier()
        mine = (exposure.case,) if exposure is not None and exposure.leak.sha256 == leak.sha256 else ()
        said = tuple(item for item in self.question.cases if item.sha256 and not any(item.of(c.sha256, c.table) for c in mine))
        told = dossier_of(self.question, (*said, *mine), leak.sha256, self.exports, self.choices)
        return replace(told, hidden=self.hidden)

    @property
    def unsaved(self) -> bool:
        """Whether something was said that would be lost."""
        told = self.dossier
        return told.says and told.decided != self.saved.decided

    def save_case(self, path: Path) -> None:
        """All that was said, as a file of its own; the session says when it is there."""
        if self.may_write(path):
            try:
                save_dossier(self.dossier, path)
            except Trouble as trouble:
                self.failed.emit(trouble)
                return
            self.saved = self.dossier
            self.case_saved.emit(path)
            self.said.emit(say("Saved: {name}", name=path.name))
