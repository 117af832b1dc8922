"""One question, what is known of it, and the way back: a command says another question, which is asked anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis import pipeline
from analysis import store as engine
from analysis.declare.dossier import Dossier
from analysis.declare.question import Question
from analysis.ground.errors import Trouble
from analysis.ground.words import Said, Words, say
from analysis.model import Impact
from analysis.pipeline import Answer
from gui.documents import Documents
from gui.job import Job
from gui.operations import linked

if TYPE_CHECKING:
    from analysis.store import Store


# What each command does, as the list of what was done tells it.
DONE = {
    "open": say("another table looked at"),
    "compare": say("held against another file"),
    "correct": say("a column corrected"),
    "judge": say("people joined or split"),
    "tables": say("tables or relations changed"),
    "place": say("a record placed by hand"),
    "link": say("a closer look for the same person"),
    "assess": say("the incident declared"),
    "filter": say("a filter"),
    "case": say("a case taken up"),
}


MOST = 500  # commands that can be undone


@dataclass(frozen=True, slots=True)
class Step:
    """What was said before a command, and what the command did (a key of `DONE`)."""

    before: Question
    name: str


@dataclass(frozen=True, slots=True)
class Before:
    """What was known before the same file is read in another way; `farewell` waits for its last readers and closes its store."""

    store: "Store | None"
    answer: Answer
    question: Question
    past: tuple[Step, ...]
    farewell: Callable[[], None]


class Asking(Documents):
    """Each question is answered off the thread; what is made is published."""

    def __init__(self, words: Words, theme: str = "light", today: date | None = None, closer: bool = True) -> None:
        """`closer`: persons are compared by a model in the background."""
        super().__init__(words, theme, today, closer)
        self._past: list[Step] = []  # to go back to
        self._undone: list[Step] = []
        self._before: Before | None = None
        self.closer.found.connect(self._found_closer)

    def ask(self, name: str, question: Question, done: Callable[[Any], None] | None = None) -> None:
        """Another question of the leak at hand: what it touches is answered anew. It can be undone."""
        if self.store is None or question == self.question:
            return
        self._past.append(Step(self.question, name))
        del self._past[:-MOST]
        self._undone.clear()
        self._ask(name, question, done)

    def undo(self) -> None:
        """Back to what was said before the last command."""
        self._step(self._past, self._undone)

    def redo(self) -> None:
        """What was undone, again."""
        self._step(self._undone, self._past)

    @property
    def history(self) -> tuple[Said, ...]:
        """What was done, the last first."""
        return tuple(DONE[step.name] for step in reversed(self._past))

    def undo_to(self, steps: int) -> None:
        """Back by so many commands at once."""
        while steps > 1 and len(self._past) > 1:
            step = self._past.pop()
            self._undone.append(Step(self.question, step.name))
            self._say(step.before)
            steps -= 1
        self.undo()

    def close(self) -> None:
        """Stops everything and removes what was on disk."""
        self.cancel()
        self.closer.stop()
        self.stop_all()
        self.finish()
        if self._before is not None:
            self._before.farewell()
        if self.store is not None:
            self.store.close()
            self.store = None

    # -- inside

    def _open(self, question: Question, work: "Callable[[Job, Store], Impact] | None" = None, keep: bool = False) -> None:
        """Another leak, or the same one read anew; the store of the former one goes: at once, or (`keep`) once the other way to
        read the file has given something, since it may give nothing."""
        former, known, past = self._before, (self.store, self.answer, self.question), tuple(self._past)
        counted, farewell = self.impact is not None, self._forget()
        gone = [farewell]
        if keep and counted:
            self._before, gone = Before(*known, past, farewell), []
        elif not keep and former is not None:
            self._before = None
            gone.append(former.farewell)
        self._past.clear()
        self._undone.clear()
        if not keep:
            self.exports, self.choices, self.hidden, self.saved = (), (), (), Dossier()
        self._say(question)

        def run(job: Job) -> Impact:
            for leave in gone:
                leave()
            store = engine.Store(on_disk=engine.estimate(question.files))
            job.publish(store)
            return work(job, store) if work else pipeline.answer(store, self.question, job.watch, job.publish)

        self._start("open", run, lambda _: self._catch_up())

    def _know(self, answer: Answer) -> None:
        """What was there before another reading goes as soon as that one has given an impact."""
        super()._know(answer)
        if self._before is not None and self.impact is not None:
            before, self._before = self._before, None
            self.run_aside(lambda _: before.farewell()).start()

    def _ask(self, name: str, question: Question, done: Callable[[Any], None] | None = None) -> None:
        store, since = self.store, self.answer
        self._say(question)
        if store is not None:
            self._start(name, lambda job: pipeline.answer(store, question, job.watch, job.publish, since), done)

    def _say(self, question: Question) -> None:
        before, self.question = self.question, question
        if before.incident is not question.incident:
            self.incident_changed.emit(question.incident)
        self.question_changed.emit()

    def _catch_up(self) -> None:
        """What was declared while the leak was read."""
        if self.question != self.answer.question:
            self._ask("assess", self.question)

    def _step(self, source: list[Step], target: list[Step]) -> None:
        if source and self.store is not None:
            step = source.pop()
            question = step.before
            target.append(Step(self.question, step.name))
            link = (
                self.question.link if question.cases == self.question.cases and question.table == self.question.table else "exact"
            )
            self._ask("undo", replace(question, link=link))

    def _gave_up(self, trouble: Trouble | None = None) -> None:
        """A command that failed or was stopped before it found anything was never said; what was there before another reading is
        there again."""
        if (before := self._before) is not None:
            self._before = None
            self._restore(before)
        if self.answer.leak is not None and self.question != self.answer.question:
            if self._past and self._past[-1].before == self.answer.question:
                self._past.pop()
            self._say(self.answer.question)
        super()._gave_up(trouble)

    def _restore(self, before: Before) -> None:
        """What was there before another reading, which gave nothing."""
        failed, jobs = self.store, tuple(self._jobs)
        self.stop_all()
        self.store, self._past = before.store, list(before.past)
        self._say(before.question)
        self.leak = self.exposure = self.people = self.impact = self.shown = None
        self._know(before.answer)

        def leave(_: Job) -> None:
            for job in jobs:
                job.wait()
            if failed is not None and failed is not before.store:
                failed.close()

        self.run_aside(leave).start()

    def _found_closer(self, answer: Answer) -> None:
        """The model's answer, unless the leak on screen is understood otherwise by now."""
        store, people = self.store, answer.people
        if store is None or self.people is None or people is None or people.exposure != self.exposure or people.level != "model":
            return
        told = say(
            "A closer look found persons who stand in the file twice: {before} became {after}.",
            before=self.people.best,
            after=people.best,
        )
        if people.best == self.people.best:
            told = say("A closer look found nobody more who stands in the file twice.")
        self.answer = replace(answer, question=replace(self.answer.question, link="full"))
        self._ask("assess", linked(self.question), lambda _: self.said.emit(told))
