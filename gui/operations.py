"""What a person does to a leak: each command is a function, Question in, Question out. They ask nothing: the session does."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.declare.dossier import ENDING, OF_CELLS, Dossier, load_dossier
from analysis.declare.question import Other, Question
from analysis.model import Asked, Case, Incident, Key, Placed, Relation


def opened(question: Question, paths: Sequence[Path], before: Dossier | None = None) -> Question:
    """Another leak, of which nothing was said. A case file among the paths is what was said of it before; it is no leak.
    `before`: what it holds, where it was read already."""
    return (before or said_before(paths)).question(parted(paths)[0], question.today)


def said_before(paths: Sequence[Path]) -> Dossier:
    """What the case file among the paths holds; nothing where there is none. Raises Trouble."""
    kept = parted(paths)[1]
    return load_dossier(kept[0]) if kept else Dossier()


def parted(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Leaks, and case files."""
    kept = tuple(path for path in paths if path.suffix.lower() == ENDING)
    return tuple(path for path in paths if path not in kept), kept


def taken_up(question: Question, dossier: Dossier) -> Question:
    """All that was said of the leak at hand before."""
    return replace(dossier.question(question.files, question.today), others=question.others)


def read_as(question: Question, asked: Asked) -> Question:
    """The same files, written otherwise than was thought."""
    return replace(question, asked=asked, table="", link="exact")


def looked_at(question: Question, table: str | Key) -> Question:
    """Another table of the source, or two of them joined."""
    return replace(question, table=table, link="exact")


def corrected(question: Question, case: Case, positions: Sequence[int], kind: str) -> Question:
    """The kind of some columns decided by a person; `case`: what was decided of their table until now."""
    return replace(decided(question, case.with_kinds(positions, kind)), link="exact")


def confirmed(question: Question, case: Case, kinds: Sequence[tuple[int, str]]) -> Question:
    """Columns, each of the kind that it was taken for."""
    for position, kind in kinds:
        case = case.with_kinds([position], kind)
    return replace(decided(question, case), link="exact")


def described(question: Question, case: Case, positions: Sequence[int], role: str) -> Question:
    """Whom some columns describe, said by a person."""
    return replace(decided(question, case.with_roles(positions, role)), link="exact")


def as_found(question: Question, case: Case, positions: Sequence[int]) -> Question:
    """Some columns as the program understands them."""
    return replace(decided(question, case.as_found(positions)), link="exact")


def judged(question: Question, case: Case, verdict: str, one: int, other: int) -> Question:
    """Two rows joined (one person) or split (two) by hand."""
    return decided(question, case.with_people(verdict, one, other))


def reviewed(question: Question, case: Case, answers: Sequence[tuple[str, int, int]]) -> Question:
    """Doubtful pairs answered by a person."""
    return decided(question, case.with_answers(answers))


def left_out(question: Question, case: Case, name: str, out: bool) -> Question:
    """Another table of the source is not of the incident, or is after all."""
    return decided(question, case.with_table(name, out))


def referring(question: Question, case: Case, relation: Relation) -> Question:
    """What a column of a table refers to, said by a person."""
    return replace(decided(question, case.with_relation(relation)), link="exact")


def placed(question: Question, case: Case, record: Placed) -> Question:
    """A record that is no whole row, its cells put into columns, or left out; the file is read again."""
    return replace(decided(question, case.with_record(record)), link="exact")


def decided(question: Question, case: Case) -> Question:
    """What was decided of the other tables stays."""
    others = tuple(item for item in question.cases if item.sha256 and not item.of(case.sha256, case.table))
    return replace(question, cases=(*others, case))


def linked(question: Question) -> Question:
    """Persons whose identity differs, compared by a model trained on the file."""
    return replace(question, link="full")


def declared(question: Question, incident: Incident) -> Question:
    """What the file cannot know."""
    return replace(question, incident=incident)


def narrowed(question: Question, part: str) -> Question:
    """Only the people of a part in view; another mark of the same chart, or value of the same column, takes the place of the
    first, and the same one is taken off."""
    others = tuple(code for code in question.parts if of_what(code) != of_what(part))
    return replace(question, parts=others if part in question.parts else (*others, part))


def of_what(part: str) -> str:
    """The chart, or the column, that a part of the people is of."""
    what, _, asked = part.partition(":")
    return asked.partition("=")[0] if part.startswith(OF_CELLS) else what


def widened(question: Question) -> Question:
    """Everybody in view again."""
    return replace(question, parts=())


def held_against(question: Question, other: Other) -> Question:
    """The leak beside a register or an earlier leak; one of each."""
    return replace(question, others=(*(item for item in question.others if item.what != other.what), other))
