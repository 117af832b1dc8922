"""The commands that pages send: the one way in which what the program knows changes."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.declare.case import ENDING
from analysis.ground.errors import Trouble
from analysis.ground.words import Said, Words, say
from analysis.model import Asked, Exposure, Impact, Incident, Leak, Matched, People
from gui.demo import DEMO_ROWS, demo, template
from gui.job import Job
from gui.state import State

if TYPE_CHECKING:
    from analysis.ground.watch import Watch
    from analysis.read import Key
    from analysis.store import Store


class Session(State):
    """Each command runs off the thread; what it makes is published."""

    def __init__(self, words: Words, theme: str = "light", today: date | None = None, closer: bool = True) -> None:
        """`closer`: persons are compared by a model in the background."""
        super().__init__(words, theme, today, closer)
        self.closer.found.connect(self._found_closer)

    def open_files(self, paths: Sequence[Path], asked: Asked | None = None) -> None:
        """Everything about one leak, each noun published as soon as it is made. A case file among the paths is what was decided of it
        before."""
        leaks = [path for path in paths if path.suffix.lower() != ENDING] or list(paths)
        case = next((path for path in paths if path not in leaks), None)
        farewell = self._forget()
        self.paths, self.asked = tuple(paths), asked or Asked()

        def work(job: Job) -> Impact:
            from analysis.declare.case import load_case
            from analysis.pipeline import Question, analyze
            from analysis.store import Store, estimate

            farewell()
            store = Store(on_disk=estimate(leaks))
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

    def compare(self, what: str, path: Path, key: bytes = b"") -> None:
        """The leak held against the controller's register, or an earlier leak: nothing of that file is kept but the counts."""
        impact, store, people = self.impact, self.store, self.people
        if impact is None or store is None or people is None:
            return

        def work(job: Job) -> Impact:
            found = held_against(store, people, {what: (path, key)}, job.watch)
            self.others[what] = (path, key)
            return publish_last(job, replace(impact, matches=(*(item for item in impact.matches if item.what != what), *found)))

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

    def _found_closer(self, people: People) -> None:
        """The model's answer, unless the leak on screen is understood otherwise by now."""
        store = self.store
        if store is None or self.people is None or people.exposure != self.exposure or people.level != "model":
            return
        before = self.people.best
        told = say(
            "A closer look found persons who stand in the file twice: {before} became {after}.", before=before, after=people.best
        )
        self._start("assess", lambda job: self._assessed(job, people, job.watch), lambda _: self.said.emit(told))

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
            return publish_last(
                job, replace(assess(store, people, incident, self.today, job.watch, self.impact), matches=matches)
            )

        self._start("assess", work)

    def singled(self, store: "Store", impact: Impact, watch: "Watch") -> Impact:
        """The impact with whom few fields single out, counted once for its persons, whoever asks first and from whichever thread."""
        from analysis.assess.singling import singled, with_singling

        with self.counting:
            if self.singling is None or self.singling[0] is not impact.people:
                self.singling = impact.people, singled(store, impact.people, watch)
            return with_singling(impact, self.singling[1])

    def export(self, work: Callable[[Impact, Words], None], done: Any, singled: bool = False) -> None:
        """Writes a document off the thread; `done` is what to say afterwards. `singled`: it tells whom few fields single out, where that
        can be counted."""
        impact, store, words = self.impact, self.store, self.words
        if impact is None or store is None:
            return

        def run(job: Job) -> None:
            told = impact
            if singled:
                with suppress(Trouble):
                    told = self.singled(store, impact, job.watch.within(0.0, 0.5))
            job.watch.tell(say("Writing the document"), 0.5)
            work(told, words)

        self._start("export", run, lambda _: self.said.emit(done))

    def save(self, work: "Callable[[Store, Leak, Words, Watch], None]", done: Said) -> None:
        """Writes something of the leak itself (its ledger, its table) off the thread."""
        leak, store, words = self.leak, self.store, self.words
        if leak is None or store is None:
            return
        self._start("export", lambda job: work(store, leak, words, job.watch), lambda _: self.said.emit(done))

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
        self.closer.stop()
        self.stop_all()
        self.finish()
        if self.store is not None:
            self.store.close()
            self.store = None

    # -- inside

    def _counted(self, job: Job, exposure: Exposure, watch: "Watch", link: str = "exact") -> Impact:
        from analysis.resolve import resolve

        assert self.store is not None
        return self._assessed(job, resolve(self.store, exposure, watch.within(0.0, 0.6), link), watch.within(0.6, 1.0))

    def _assessed(self, job: Job, people: People, watch: "Watch") -> Impact:
        """The impact on persons counted anew, who are held against the same other files as before."""
        from analysis.assess import assess

        assert self.store is not None
        job.publish(people)
        impact = assess(self.store, people, self.incident, self.today, watch.within(0.0, 0.6))
        matches = held_against(self.store, people, self.others, watch.within(0.6, 1.0))
        return publish_last(job, replace(impact, matches=matches))


def held_against(store: "Store", people: People, others: dict[str, tuple[Path, bytes]], watch: "Watch") -> tuple[Matched, ...]:
    """The comparison with each of the other files, at the level at which the persons are counted."""
    from analysis.pipeline import against

    link, found = "full" if people.level == "model" else "exact", list[Matched]()
    for what, (path, key) in others.items():
        watch.tell(say("Reading the other file"), 0.05)
        found.append(against(store, people, what, path, link, watch, key))
    return tuple(found)


def publish_last(job: Job, impact: Impact) -> Impact:
    job.publish(impact)
    return impact
