"""A Question in, an Answer out: the one place that knows the order of the verbs."""

import time
from bisect import bisect_left
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from analysis import assess, classify, read, resolve
from analysis import store as engine
from analysis.declare.question import Other, Question
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Asked, Case, Exposure, Impact, Key, Leak, Matched, People, Placed

if TYPE_CHECKING:
    from analysis.assess import Among, By
    from analysis.store import Store

# A file of hashes: one line of names, then one line for each person.
HASHES = Asked(delimiter=",", header=1)


@dataclass(slots=True)
class Timings:
    """Seconds of each stage."""

    seconds: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def of(self, stage: str) -> Generator[None]:
        start = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a question; None: not yet."""

    question: Question = field(default_factory=Question)
    leak: Leak | None = None
    exposure: Exposure | None = None
    people: People | None = None
    impact: Impact | None = None  # of everybody
    shown: Impact | None = None  # of the people in view


def answer(
    store: "Store",
    question: Question,
    watch: Watch,
    publish: Callable[[Answer], None] = lambda _: None,
    since: Answer | None = None,
    timings: Timings | None = None,
) -> Impact:
    """Reads, classifies, resolves, assesses, compares; `publish` receives what is known after each stage that found something
    new.

    `since`: what was known until now, of which everything is kept that the question does not touch. Raises Trouble,
    Cancelled.
    """
    before, clock = since or Answer(), timings or Timings()
    known = Answer(question)
    with clock.of("read"):
        known = replace(known, leak=leak_of(store, question, before, watch.within(0.0, 0.25)))
    if known.leak is not before.leak:
        publish(known)
    with clock.of("classify"):
        known = replace(known, exposure=exposure_of(store, known, before, watch.within(0.25, 0.48)))
    if known.exposure is not before.exposure:
        publish(known)
    with clock.of("resolve"):
        known = replace(known, people=people_of(store, known, before, watch.within(0.48, 0.84)))
    if known.people is not before.people:
        publish(known)
    with clock.of("assess"):
        known = replace(known, impact=impact_of(store, known, before, watch.within(0.84, 1.0)))
    known = replace(known, impact=with_more(store, known, before, watch, clock))
    known = replace(known, shown=in_view(store, known, before, watch))
    publish(known)
    assert known.shown is not None
    return known.shown


def in_view(store: "Store", known: Answer, before: Answer, watch: Watch) -> Impact:
    """The impact of the people who were asked for: counted anew when they, or what is known of everybody, are others."""
    impact, parts, old = known.impact, known.question.parts, before.shown
    assert impact is not None
    if old is not None and impact is before.impact and parts == before.question.parts:
        return old
    shown = assess.narrowed(store, impact, parts, watch)
    return assess.with_places(store, shown, watch) if known.question.communes else shown


def with_more(store: "Store", known: Answer, before: Answer, watch: Watch, clock: Timings) -> Impact:
    """The impact with what was asked beside it: comparisons with other files, and whom few fields single out."""
    question, impact = known.question, known.impact
    assert impact is not None
    found = {item.what: item for item in kept_matches(known, before)}
    for other in question.others:
        if other.what not in found:
            with clock.of(other.what):
                found[other.what] = against(store, impact.people, other, question.link, watch.within(0.9, 1.0))
    impact = replace(impact, matches=tuple(found[other.what] for other in question.others))
    if question.singling:
        with clock.of("singling"):
            impact = assess.with_singling(impact, assess.singled(store, impact.people, watch.within(0.99, 1.0)))
    return impact


def kept_matches(known: Answer, before: Answer) -> tuple[Matched, ...]:
    """The comparisons of the same persons with the same files."""
    if before.impact is None or before.people is not known.people:
        return ()
    same = {other.what for other in known.question.others if other in before.question.others}
    return tuple(item for item in before.impact.matches if item.what in same)


def leak_of(store: "Store", question: Question, before: Answer, watch: Watch) -> Leak:
    """What was read stays as long as the files and how they are written do."""
    leak, asked = before.leak, before.question
    if leak is None or (question.files, question.reading) != (asked.files, asked.reading):
        Thread(target=prepare, name="ampleur-prepare", daemon=True).start()
        with store.alone("read", watch):  # a command that was given up may still be in it
            leak = read.read(store, question.files, watch, question.reading)
        if not question.table:
            return leak
    elif question.table == asked.table:
        return leak
    if isinstance(question.table, str):
        return read.with_sheet(leak, question.table or leak.sheets[0].name)
    return read.joined(store, leak, question.table, watch)


def prepare() -> None:
    """Imports what the verbs after `read` need; alone it takes as long as the reading, beside it half of that."""
    assert assess.assess and resolve.resolve
    engine.translator()
    classify.warm()


def exposure_of(store: "Store", known: Answer, before: Answer, watch: Watch) -> Exposure:
    """Columns are judged anew when another table is looked at or a person corrected one of them. (What is declared of the
    incident judges no column.)"""
    leak, old = known.leak, before.exposure
    assert leak is not None
    case = decided_of(known.question, leak, before)
    if old is None or before.leak != leak or case is None or case.of_columns != old.case.of_columns:
        with store.alone("classify", watch):
            found = classify.classify(store, leak, known.question.today, watch.within(0.0, 0.5), case)
        if len(leak.sheets) == 1:
            return found
        if old is not None and before.leak == leak:
            found = replace(found, others=old.others, related=old.related, proposed=old.proposed)
        else:
            others = classify.disclosed(store, leak, watch.within(0.5, 0.6))
            found = replace(found, others=others, proposed=read.keys(store, leak, watch.within(0.6, 0.7)))
        return beside(store, found, known.question, watch.within(0.7, 1.0))
    told = replace(case, rules=old.case.rules, kinds=old.case.kinds)
    return old if told == old.case else beside(store, replace(old, case=told), known.question, watch)


def beside(store: "Store", exposure: Exposure, question: Question, watch: Watch) -> Exposure:
    """The exposure with what refers to what, and with the other tables of the source whose people are counted. Two tables that a
    person joined are all she asks about."""
    leak = exposure.leak
    exposure = replace(exposure, keys=read.corrected(store, leak, exposure.proposed, exposure.case.relations, watch))
    if leak.sheet not in leak.sheets or isinstance(question.table, Key) or len(leak.sheets) == 1:
        return exposure

    def case_of(table: Leak) -> Case:
        place = leak.sheets.index(table.sheet)
        return question.case_of(leak.sha256, place) or Case(leak.sha256, place)

    return classify.related(store, exposure, case_of, watch, question.today)


def decided_of(question: Question, leak: Leak, before: Answer) -> Case | None:
    """The case of the table that is looked at. One of another leak is refused where the leak is opened (`classify` says so)."""
    place = leak.sheets.index(leak.sheet) if leak.sheet in leak.sheets else len(leak.sheets)
    found = question.case_of(leak.sha256, place)
    if found is not None or before.leak is not None or not question.cases:
        return found or Case(leak.sha256, place)
    return question.cases[0]


def renumbered(store: "Store", leak: Leak, files: Sequence[Path], case: Case, record: Placed, watch: Watch) -> Case:
    """The case before a record of the ledger comes in or is left out: its pairs are those of the rows where they stand then.
    They are dropped where no line can be told of a row (a table in an archive, one of several)."""
    lines = read.row_lines(store, leak, files[0], watch) if len(files) == 1 else None
    if lines is None:
        return case.renumbered(lambda _: None)
    row, by = bisect_left(lines, record[1]), 1 if record[2] else -1
    return case.renumbered(lambda mention: resolve.moved(mention, row, by))


def people_of(store: "Store", known: Answer, before: Answer, watch: Watch) -> People:
    """Persons are counted anew when their columns, what was decided of them, or the way they are linked is another."""
    old, link = before.people, known.question.link
    assert known.exposure is not None
    if old is not None and old.exposure == known.exposure and link == ("full" if old.level == "model" else "exact"):
        return old
    return resolve.resolve(store, known.exposure, watch, link)


def impact_of(store: "Store", known: Answer, before: Answer, watch: Watch) -> Impact:
    """Only what the incident changes is computed anew, where the persons are the same."""
    question, old = known.question, before.impact
    assert known.people is not None
    day = assess.reference_day(question.incident, known.people.exposure, question.today)
    if old is not None and old.people is known.people and (old.incident, old.census.reference_date) == (question.incident, day):
        return old
    return assess.assess(store, known.people, question.incident, question.today, watch, old)


def persons(store: "Store", question: Question, watch: Watch, known: bool = False) -> People:
    """The persons of a source, and nothing of their risk. `known`: its owner knows what its columns hold, so that none is
    doubted."""
    leak = read.read(store, question.files, watch.within(0.0, 0.4), question.reading)
    return people_in(store, Answer(question, leak), watch.within(0.4, 1.0), known)


def people_in(store: "Store", found: Answer, watch: Watch, known: bool = False) -> People:
    """The persons of a leak that was read."""
    exposure = exposure_of(store, found, Answer(), watch.within(0.0, 1 / 3))
    found = replace(found, exposure=exposure.believed() if known else exposure)
    return people_of(store, found, Answer(), watch.within(1 / 3, 1.0))


def closer(store: "Store", known: Answer, watch: Watch) -> Answer:
    """The same persons, compared by a model trained on the file."""
    linked = replace(known, question=replace(known.question, link="full"), impact=None)
    return replace(linked, people=people_of(store, linked, Answer(), watch))


def can_look_closer(people: People) -> bool:
    """Whether a model can learn from these persons, and has not yet."""
    return people.level == "rules" and resolve.teachable(people)


def against(store: "Store", people: People, other: Other, link: str, watch: Watch) -> Matched:
    """The leak held against another file, of which nothing is kept but the counts, who of the leak is in it (and, of an
    earlier leak, which kinds of data it held of her)."""
    watch.tell(say("Reading the other file"), 0.05)
    with store.scratch() as kept:
        if other.key:
            hashes = read.read(store, other.path, watch.within(0.0, 0.3), HASHES)
            found = resolve.matched_hashes(store, people, hashes, other.key, other.what, watch.within(0.3, 1.0))
        else:
            there = persons(store, Question(files=(other.path,), link=link), watch.within(0.0, 0.7), known=True)
            found = resolve.matched(store, people, there, other.what, watch.within(0.7, 1.0))
        kept.add(found.table)
        if found.cumulated:
            kept.add(found.cumulated.table)
    return found


def came_back(store: "Store", paths: Sequence[Path], watch: Watch) -> tuple[Leak, ...]:
    """Lists that came back from those who sent the messages, read; for a `scratch` of the store."""
    return tuple(read.read(store, path, watch.within(at / len(paths), (at + 1) / len(paths))) for at, path in enumerate(paths))


def by_controllers(store: "Store", impact: Impact, position: int, path: Path | None, watch: Watch) -> "By":
    """How a leak is split: by a column, or by a list that says whose its values are, of which nothing else is kept."""
    if path is None:
        return assess.By(position)
    with store.scratch() as kept:
        told = read.read(store, path, watch)
        names = assess.controllers(store, impact, position, told, watch)
        kept.add(names)
    return assess.By(position, names)


def in_population(store: "Store", leak: Leak, by: Sequence[int], path: Path, watch: Watch) -> "Among":
    """The classes of a file among everybody it may be about, from a table with columns of the same names, of which nothing is
    kept. Raises Trouble where it is the leak itself, and where a name is missing there, or stands twice on a side."""
    if path.is_file() and path.stat().st_size == leak.size:
        with path.open("rb") as file:
            if read.digest_of(file, leak.size, watch) == leak.sha256:
                said = say("The table of the population is the leaked file itself: choose another one.")
                raise Trouble("population", said, BAD_ARGUMENTS)
    with store.scratch():
        population = read.read(store, path, watch.within(0.0, 0.6))
        names = [leak.columns[at].casefold() for at in by]
        there = [column.casefold() for column in population.columns]
        for at, name in zip(by, names, strict=True):
            if there.count(name) != 1 or names.count(name) != 1:
                said = say(
                    "The table of the population must hold the column {name} once: give it one with the same name.",
                    name=leak.columns[at][:60],
                )
                raise Trouble("column", said, BAD_ARGUMENTS)
        return assess.among(store, leak, by, population, [there.index(name) for name in names], watch.within(0.6, 1.0))
