"""A leak in, every figure of it out: on the screen, as JSON, as a workbook, as charts."""

import time
from argparse import Namespace
from pathlib import Path

from analysis import report
from analysis.command.arguments import with_ending
from analysis.command.console import Bar, summary
from analysis.command.reading import asked
from analysis.declare.dossier import ENDING, Dossier, dossier_of, load_dossier, save_dossier
from analysis.declare.incident import load_incident
from analysis.declare.question import Other, Question
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words, say
from analysis.model import Asked, Impact
from analysis.pipeline import Timings, answer
from analysis.store import Store, estimate


def run(options: Namespace, words: Words) -> int:
    with Bar(words) as bar:
        question = question_of(options)
        impact, found = analyzed(question, bar.watch, words, (options.persons, options.held))
        if options.case:
            save_dossier(kept(question, impact), options.case)
        if options.json:
            report.write_json(found, options.json)
        exports(impact, options.excel, options.charts, words, bar)
    summary(impact, words)
    return 0


def question_of(options: Namespace) -> Question:
    """What was said on the command line."""
    if any(path.suffix.lower() == ENDING for path in options.files):
        said = say("A case file is no leak: name the leaked file, and the case with --case.")
        raise Trouble("case_alone", said, BAD_ARGUMENTS)
    key, before = shared(options.key), remembered(options.case)
    others = [Other(what, path, key) for what, path in (("register", options.register), ("earlier", options.earlier)) if path]
    return Question(
        load_incident(options.incident) if options.incident else before.incident,
        files=tuple(options.files),
        asked=asked(options) if asked(options) != Asked() else before.asked,
        cases=before.cases,
        link=options.link,
        others=tuple(others),
        singling=bool(options.attackers or options.excel),
        communes="json" not in options or bool(options.json or options.excel),  # a pack tells them always
        parts=known_parts(options.only),
    )


def known_parts(codes: list[str]) -> tuple[str, ...]:
    """Raises Trouble for a code that names no part of the people."""
    for code in codes:
        report.part_said(code)
    return tuple(codes)


def shared(path: Path | None) -> bytes:
    return report.key_of(path) if path else b""


def remembered(path: Path | None) -> Dossier:
    return load_dossier(path) if path and path.exists() else Dossier()


def kept(question: Question, impact: Impact) -> Dossier:
    """All that was said, with what was understood of the columns now."""
    case = impact.people.exposure.case
    others = tuple(item for item in question.cases if item.sha256 and not item.of(case.sha256, case.table))
    return dossier_of(question, (*others, case), case.sha256)


def analyzed(
    question: Question, watch: Watch, words: Words, lists: tuple[Path | None, Path | None] = (None, None)
) -> tuple[Impact, dict[str, object]]:
    """The impact of a leak and its JSON; the store is closed when it returns. `lists`: where to write whom each row is about,
    and whom the other files hold."""
    persons, held = lists
    start = time.perf_counter()
    store = Store(on_disk=estimate([*question.files, *(other.path for other in question.others)]))
    timings = Timings()
    try:
        impact = answer(store, question, watch, timings=timings)
        if persons:
            report.write_persons(store, impact.people, question.files[0], persons, watch)
        if held:
            report.write_held(store, impact, held, watch)
    finally:
        store.close()
    timings.seconds["total"] = time.perf_counter() - start
    return impact, report.as_json(impact, timings.seconds, words)


def exports(impact: Impact, excel: Path | None, charts: Path | None, words: Words, bar: Bar) -> None:
    if excel:
        bar.say(say("Writing the Excel summary"))
        report.write_excel(impact, with_ending(excel), words)
    if charts:
        bar.say(say("Drawing the charts"))
        report.write_charts(impact, charts, words)
