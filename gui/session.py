"""What the program knows: the one thing in the window that changes. Pages send commands, nouns come back as signals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from analysis.case import ENDING
from analysis.model import Asked, Exposure, Impact, Incident, Leak, People
from analysis.words import Said, Words, say
from gui.demo import DEMO_ROWS, demo, template
from gui.job import Job, Runner

if TYPE_CHECKING:
    from analysis.read import Key
    from analysis.store import Store
    from analysis.watch import Watch


@dataclass(frozen=True, slots=True)
class Work:
    """A running command and the store that it fills."""

    job: Job
    name: str


class Session(Runner):
    """A newer command cancels an older one, and a late answer is dropped."""

    leak_changed = Signal(object)
    exposure_changed = Signal(object)
    people_changed = Signal(object)
    impact_changed = Signal(object)
    incident_changed = Signal(object)
    preview_changed = Signal(object)
    progress = Signal(object)
    busy_changed = Signal(bool)
    failed = Signal(object)
    said = Signal(object)
    revealed_changed = Signal(bool)
    language_changed = Signal()
    theme_changed = Signal(str)

    def __init__(self, words: Words, theme: str = "light", today: date | None = None) -> None:
        super().__init__()
        self.words = words
        self.theme = theme
        self.today = today or date.today()
        self.leak: Leak | None = None
        self.exposure: Exposure | None = None
        self.people: People | None = None
        self.impact: Impact | None = None
        self.incident = Incident()
        self.paths: tuple[Path, ...] = ()
        self.asked: Asked | None = None  # None where the source cannot be read again (the fictional hospital)
        self.preview: tuple[tuple[str, ...], ...] = ()
        self.revealed = False
        self.store: Store | None = None
        self._work: Work | None = None

    # -- commands

    def open_files(self, paths: Sequence[Path], asked: Asked | None = None) -> None:
        """Everything about one leak, each noun published as soon as it is made. A case file among the paths is what was decided of it
        before."""
        leaks = [path for path in paths if path.suffix.lower() != ENDING] or list(paths)
        case = next((path for path in paths if path not in leaks), None)
        farewell = self._forget()
        self.paths, self.asked = tuple(paths), asked or Asked()

        def work(job: Job) -> Impact:
            from analysis.case import load_case
            from analysis.pipeline import Question, analyze
            from analysis.store import Store, estimate

            farewell()
            store = Store(on_disk=estimate(sum(path.stat().st_size for path in leaks if path.is_file())))
            job.publish(store)
            question = Question(self.incident, self.today, asked, case=load_case(case) if case else None)
            return analyze(store, leaks, question, job.watch, publish=job.publish)

        self._start("open", work)

    def reread(self, asked: Asked) -> None:
        """The same files, read as a person says; what was declared of the incident stays."""
        if self.paths:
            incident = self.incident
            self.open_files(self.paths, asked)
            self.set_incident(incident, recompute=False)

    def choose_sheet(self, chosen: "str | Key") -> None:
        """Another table of the same source, or two of them joined."""
        leak, store = self.leak, self.store
        if leak is None or store is None or chosen == leak.sheet.name:
            return

        def work(job: Job) -> Impact:
            from analysis.pipeline import Question, analyze_leak
            from analysis.read import joined, with_sheet

            other = with_sheet(leak, chosen) if isinstance(chosen, str) else joined(store, leak, chosen, job.watch)
            job.publish(other)
            return analyze_leak(store, other, Question(self.incident, self.today), job.watch, publish=job.publish)

        self._start("open", work)

    def open_demo(self, rows: int = DEMO_ROWS) -> None:
        """The fictional hospital, generated on this machine, then analyzed like any file."""
        farewell = self._forget()
        self.paths, self.asked = (), None
        self.set_incident(template(), recompute=False)

        def work(job: Job) -> Impact:
            from analysis.pipeline import Question

            farewell()
            return demo(job, rows, Question(self.incident, self.today))

        self._start("open", work)

    def compare(self, what: str, path: Path) -> None:
        """The leak held against the controller's register, or an earlier leak: nothing of that file is kept but the counts."""
        impact, store, people = self.impact, self.store, self.people
        if impact is None or store is None or people is None:
            return
        link = "full" if people.level == "model" else "exact"

        def work(job: Job) -> Impact:
            from analysis.pipeline import against

            job.watch.tell(say("Reading the other file"), 0.05)
            found = against(store, people, what, path, link, job.watch)
            others = tuple(item for item in impact.matches if item.what != what)
            return publish_last(job, replace(impact, matches=(*others, found)))

        self._start("compare", work)

    def correct(self, position: int, kind: str) -> None:
        """One column's kind decided by a person; people and impact follow."""
        exposure, store = self.exposure, self.store
        if exposure is None or store is None:
            return

        def work(job: Job) -> Impact:
            from analysis.classify import with_kind

            day = self.incident.breach_date or self.today
            corrected = with_kind(store, exposure, position, kind, day, job.watch.within(0.0, 0.4))
            job.publish(corrected)
            return self._counted(job, corrected, job.watch.within(0.4, 1.0))

        self._start("correct", work)

    def judge(self, verdict: str, one: int, other: int) -> None:
        """Two rows joined (one person) or split (two) by hand: counted again, and kept in the case."""
        exposure, people = self.exposure, self.people
        if exposure is None or people is None or self.store is None:
            return
        judged = replace(exposure, case=exposure.case.with_people(verdict, one, other))
        link = "full" if people.level == "model" else "exact"

        def work(job: Job) -> Impact:
            job.publish(judged)
            return self._counted(job, judged, job.watch, link)

        self._start("judge", work)

    def link_persons(self) -> None:
        """Persons whose identity differs, compared by a model trained on the file; until then the exact ones stay on screen."""
        exposure = self.exposure
        if exposure is not None and self.store is not None:
            self._start("link", lambda job: self._counted(job, exposure, job.watch, "full"))

    def set_incident(self, incident: Incident, recompute: bool = True) -> None:
        """What a person declares; the impact follows."""
        self.incident = incident
        self.incident_changed.emit(incident)
        people, store = self.people, self.store
        if not recompute or people is None or store is None:
            return

        def work(job: Job) -> Impact:
            from analysis.assess import assess

            matches = self.impact.matches if self.impact is not None else ()
            return publish_last(job, replace(assess(store, people, incident, self.today, job.watch), matches=matches))

        self._start("assess", work)

    def export(self, work: Callable[[Impact, Words], None], done: Any) -> None:
        """Writes a document off the thread; `done` is what to say afterwards."""
        impact, words = self.impact, self.words
        if impact is None:
            return

        def run(job: Job) -> None:
            job.watch.tell(say("Writing the document"), 0.1)
            work(impact, words)

        self._start("export", run, lambda _: self.said.emit(done))

    def save(self, work: "Callable[[Store, Leak, Words, Watch], None]", done: Said) -> None:
        """Writes something of the leak itself (its ledger, its table) off the thread."""
        leak, store, words = self.leak, self.store, self.words
        if leak is None or store is None:
            return
        self._start("export", lambda job: work(store, leak, words, job.watch), lambda _: self.said.emit(done))

    def cancel(self) -> None:
        if self._work is not None:
            self._work.job.stop()

    def reveal(self, shown: bool) -> None:
        self.revealed = shown
        self.revealed_changed.emit(shown)

    def speak(self, language: str) -> None:
        self.words = Words(language)
        self.language_changed.emit()

    def dress(self, theme: str) -> None:
        self.theme = theme
        self.theme_changed.emit(theme)

    def close(self) -> None:
        """Stops everything and removes what was on disk."""
        self.cancel()
        self.finish()
        if self.store is not None:
            self.store.close()
            self.store = None

    # -- inside

    def _counted(self, job: Job, exposure: Exposure, watch: "Watch", link: str = "exact") -> Impact:
        from analysis.assess import assess
        from analysis.resolve import resolve

        assert self.store is not None
        people = resolve(self.store, exposure, watch.within(0.0, 0.6), link)
        job.publish(people)
        return publish_last(job, assess(self.store, people, self.incident, self.today, watch.within(0.6, 1.0)))

    @property
    def busy(self) -> bool:
        return self._work is not None

    def _start(self, name: str, work: Callable[[Job], Any], done: Callable[[Any], None] | None = None) -> None:
        self.cancel()
        job = Job(work)
        self._work = Work(job, name)
        self._keep(job)
        job.progress.connect(lambda progress: self.progress.emit(progress) if self._current(job) else None)
        job.published.connect(lambda noun: self._publish(job, noun))
        job.done.connect(lambda result: self._end(job, lambda: done(result) if done else None))
        job.failed.connect(lambda trouble: self._end(job, lambda: self.failed.emit(trouble)))
        job.cancelled.connect(lambda: self._end(job, lambda: None))
        self.busy_changed.emit(True)
        job.start()

    def _current(self, job: Job) -> bool:
        return self._work is not None and self._work.job is job

    def _publish(self, job: Job, noun: Any) -> None:
        if not self._current(job):
            if hasattr(noun, "close"):
                noun.close()
            return
        match noun:
            case Leak():
                self.leak = noun
                self.leak_changed.emit(noun)
            case Exposure():
                self.exposure = noun
                self.exposure_changed.emit(noun)
            case People():
                self.people = noun
                self.people_changed.emit(noun)
            case Impact():
                self.impact = noun
                self.impact_changed.emit(noun)
            case _:
                self.store = noun

    def _end(self, job: Job, tell: Callable[[], None]) -> None:
        if not self._current(job):
            return
        self._work = None
        self.busy_changed.emit(False)
        tell()

    def _forget(self) -> Callable[[], None]:
        """Lets the former leak go. What is returned waits for its last readers and takes it out of the memory: for the next
        job to call before a new leak comes in, since it can take a while."""
        self.cancel()
        self._work = None
        jobs, store = tuple(self._jobs), self.store

        def farewell() -> None:
            for job in jobs:
                job.wait()
            if store is not None:
                store.close()

        self.store = self.leak = self.exposure = self.people = self.impact = None
        self.incident = replace(Incident())
        self.incident_changed.emit(self.incident)
        for signal in (self.leak_changed, self.exposure_changed, self.people_changed, self.impact_changed):
            signal.emit(None)
        return farewell


def publish_last(job: Job, impact: Impact) -> Impact:
    job.publish(impact)
    return impact
