"""A leak in, every figure of it out: on the screen, as JSON, as a workbook, as charts."""

import time
from argparse import Namespace
from pathlib import Path

from analysis import report
from analysis.command.arguments import with_ending
from analysis.command.console import Bar, summary
from analysis.command.reading import asked
from analysis.declare.case import load_case, save_case
from analysis.declare.incident import load_incident
from analysis.declare.question import Other, Question
from analysis.ground.watch import Watch
from analysis.ground.words import Words, say
from analysis.model import Case, Impact, Incident
from analysis.pipeline import Timings, answer
from analysis.store import Store, estimate


def run(options: Namespace, words: Words) -> int:
    with Bar(words) as bar:
        impact, found = analyzed(question_of(options), bar.watch, words, (options.persons, options.held))
        if options.case:
            save_case(impact.people.exposure.case, options.case)
        if options.json:
            report.write_json(found, options.json)
        exports(impact, options.excel, options.charts, words, bar)
    summary(impact, words)
    return 0


def question_of(options: Namespace) -> Question:
    """What was said on the command line."""
    key, case = shared(options.key), remembered(options.case)
    others = [Other(what, path, key) for what, path in (("register", options.register), ("earlier", options.earlier)) if path]
    return Question(
        declared(options.incident),
        files=tuple(options.files),
        asked=asked(options),
        cases=(case,) if case else (),
        link=options.link,
        others=tuple(others),
        singling=bool(options.attackers or options.excel),
        parts=known_parts(options.only),
    )


def known_parts(codes: list[str]) -> tuple[str, ...]:
    """Raises Trouble for a code that names no part of the people."""
    for code in codes:
        report.part_said(code)
    return tuple(codes)


def declared(path: Path | None) -> Incident:
    return load_incident(path) if path else Incident()


def shared(path: Path | None) -> bytes:
    return report.key_of(path) if path else b""


def remembered(path: Path | None) -> Case | None:
    return load_case(path) if path and path.exists() else None


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
