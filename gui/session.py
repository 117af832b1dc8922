"""The commands that pages send: the one way in which what the program knows changes. Each replaces a part of one question and
asks again."""

from collections.abc import Sequence
from pathlib import Path

from analysis import pipeline
from analysis.declare.dossier import Dossier
from analysis.declare.question import Other, Question
from analysis.ground.errors import Trouble
from analysis.ground.words import Words
from analysis.model import Asked, Case, Incident, Key, Placed, Relation
from gui.asking import Asking
from gui.demo import DEMO_ROWS, demo, template
from gui.job import Job
from gui.operations import (
    as_found,
    confirmed,
    corrected,
    declared,
    described,
    held_against,
    judged,
    left_out,
    linked,
    looked_at,
    narrowed,
    opened,
    placed,
    read_as,
    referring,
    reviewed,
    said_before,
    taken_up,
    widened,
)


class Session(Asking):
    """What a person may say."""

    def open_files(self, paths: Sequence[Path], incident: Incident | None = None) -> None:
        """Everything about one leak, each noun published as soon as it is made."""
        try:
            before = said_before(paths)
        except Trouble as trouble:
            self.failed.emit(trouble)
            return
        question = opened(self.question, paths, before)
        self._open(declared(question, incident) if incident is not None else question)
        self.exports, self.choices, self.hidden = before.exports, before.choices, before.hidden

    def reread(self, asked: Asked) -> None:
        """The same files, read as a person says; what was said of the incident and decided of the tables stays."""
        if self.paths:
            self._open(read_as(self.question, asked), keep=True)

    def open_demo(self, rows: int = DEMO_ROWS) -> None:
        """The fictional hospital, generated on this machine, then analyzed like any file."""
        self._open(Question(template(), self.today), lambda job, store: demo(store, rows, self.question, job.watch, job.publish))

    def choose_sheet(self, chosen: str | Key) -> None:
        """Another table of the same source, or two of them joined."""
        if self.leak is not None and chosen != self.leak.sheet.name:
            self.ask("open", looked_at(self.question, chosen))

    def compare(self, what: str, path: Path, key: bytes = b"") -> None:
        """The leak held against the controller's register, or an earlier leak: nothing of that file is kept but the counts."""
        if self.impact is not None:
            self.ask("compare", held_against(self.question, Other(what, path, key)))

    def correct(self, positions: Sequence[int], kind: str) -> None:
        """The kind of some columns decided by a person; people and impact follow."""
        if self.exposure is not None:
            self.ask("correct", corrected(self.question, self.exposure.case, positions, kind))

    def confirm(self, kinds: Sequence[tuple[int, str]]) -> None:
        """Columns are what they were taken for."""
        if self.exposure is not None and kinds:
            self.ask("correct", confirmed(self.question, self.exposure.case, kinds))

    def describe(self, positions: Sequence[int], role: str) -> None:
        """Whom some columns describe, decided by a person; people and impact follow."""
        if self.exposure is not None:
            self.ask("correct", described(self.question, self.exposure.case, positions, role))

    def forget_columns(self, positions: Sequence[int]) -> None:
        """Some columns as the program understands them, whatever was said of them."""
        if self.exposure is not None:
            self.ask("correct", as_found(self.question, self.exposure.case, positions))

    def judge(self, verdict: str, one: int, other: int) -> None:
        """Two rows joined (one person) or split (two) by hand: counted again, and kept in the case."""
        if self.exposure is not None and self.people is not None:
            self.ask("judge", judged(self.question, self.exposure.case, verdict, one, other))

    def answers(self) -> dict[tuple[int, int], str]:
        """What was said of doubtful pairs until now."""
        return self.exposure.case.answers if self.exposure is not None else {}

    def review(self, answers: Sequence[tuple[str, int, int]]) -> None:
        """Doubtful pairs answered: counted again, and kept in the case."""
        if self.exposure is not None and self.people is not None:
            self.ask("judge", reviewed(self.question, self.exposure.case, answers))

    def leave_out(self, name: str, out: bool) -> None:
        """Another table of the source left out of the incident, or taken in again; kept in the case."""
        if self.exposure is not None:
            self.ask("tables", left_out(self.question, self.exposure.case, name, out))

    def refer(self, relation: Relation) -> None:
        """What a column refers to, decided by a person; people and impact follow."""
        if self.exposure is not None:
            self.ask("tables", referring(self.question, self.exposure.case, relation))

    def place(self, record: Placed, moves: bool) -> None:
        """A record of the ledger placed by hand, or left out; the file is read again. `moves`: rows get other numbers, and the
        pairs that were decided follow them."""
        store, exposure, paths = self.store, self.exposure, self.paths
        if store is None or exposure is None:
            return
        case = exposure.case
        if not (moves and case.of_pairs):
            self.ask("place", placed(self.question, case, record))
            return

        def work(job: Job) -> Case:
            return pipeline.renumbered(store, exposure.leak, paths, case, record, job.watch)

        self._start("place", work, lambda told: self.ask("place", placed(self.question, told, record)))

    def link_persons(self) -> None:
        """Persons whose identity differs, compared by a model trained on the file; until then the exact ones stay on screen."""
        if self.exposure is not None:
            self.ask("link", linked(self.question))

    def set_incident(self, incident: Incident) -> None:
        """What a person declares; the impact follows, once there is one."""
        question = declared(self.question, incident)
        if self.people is not None:
            self.ask("assess", question)
        else:
            self._say(question)

    def narrow(self, part: str) -> None:
        """Only the people of a part in view (see `assess.parts`), or no longer."""
        if self.impact is not None:
            self.ask("filter", narrowed(self.question, part))

    def widen(self) -> None:
        """Everybody in view."""
        if self.impact is not None:
            self.ask("filter", widened(self.question))

    def take_up(self, dossier: Dossier) -> None:
        """What was said of this leak before, said again; it can be undone."""
        if self.leak is None or dossier.sha256 != self.leak.sha256:
            return
        self.choices, self.hidden = dossier.choices, dossier.hidden
        question = taken_up(self.question, dossier)
        if question.reading != self.question.reading:
            self._open(question)
        else:
            self.ask("case", question)

    # -- what is shown

    def reveal(self, shown: bool) -> None:
        self.revealed = shown
        self.revealed_changed.emit(shown)

    def speak(self, language: str) -> None:
        self.words = Words(language)
        self.language_changed.emit()

    def dress(self, theme: str) -> None:
        self.theme = theme
        self.theme_changed.emit(theme)
