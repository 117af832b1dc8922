"""Arguments in, exit status out: the command line over the same verbs as the window."""

import argparse
import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.arguments import chosen_language, parser
from analysis.errors import Cancelled, Trouble
from analysis.words import Words, say

if TYPE_CHECKING:
    from analysis.model import Impact

INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    """0; 2 for wrong arguments; 3 for a file that cannot be analyzed, with one sentence on standard error."""
    words = Words(chosen_language(arguments))
    # The expressions are many small objects that live to the end: looking for cycles among them costs a twentieth.
    gc.set_threshold(200_000, 50, 50)
    try:
        options = parser(words).parse_args(arguments)
        from analysis.tables import anonymity, classify, convert, inspect

        verbs = {
            "analyze": analyze,
            "synth": synth,
            "demo": demo,
            "inspect": inspect,
            "convert": convert,
            "classify": classify,
            "anonymity": anonymity,
            "hash": hash_persons,
        }
        return verbs[options.verb](options, words)
    except Trouble as trouble:
        print(words("Ampleur: {sentence}", sentence=trouble.said), file=sys.stderr)
        return trouble.status
    except (Cancelled, KeyboardInterrupt):
        print(words("Ampleur: stopped; nothing was left behind."), file=sys.stderr)
        return INTERRUPTED


def analyze(options: argparse.Namespace, words: Words) -> int:
    from analysis.case import save_case
    from analysis.console import Bar, summary
    from analysis.pipeline import Question
    from analysis.tables import asked

    question = Question(declared(options.incident), asked=asked(options), link=options.link,
                        case=remembered(options.case), register=options.register, earlier=options.earlier, key=shared(options.key),
                        singling=bool(options.attackers or options.excel))  # fmt: skip
    with Bar(words) as bar:
        impact, found = analyzed(options.files, question, bar.watch, words, options.persons)
        if options.case:
            save_case(impact.people.exposure.case, options.case)
        if options.json:
            from analysis.report.machine import write_json

            write_json(found, options.json)
        exports(impact, options.excel, options.charts, words, bar)
    summary(impact, words)
    return 0


def declared(path: Path | None) -> Any:
    from analysis.incident import load_incident
    from analysis.model import Incident

    return load_incident(path) if path else Incident()


def shared(path: Path | None) -> bytes:
    from analysis.report.hashes import key_of

    return key_of(path) if path else b""


def remembered(path: Path | None) -> Any:
    from analysis.case import load_case

    return load_case(path) if path and path.exists() else None


def analyzed(
    files: list[Path], question: Any, watch: Any, words: Words, persons: Path | None = None
) -> tuple["Impact", dict[str, Any]]:
    """The impact of a leak and its JSON; the store is closed when it returns."""
    from analysis.pipeline import Timings
    from analysis.pipeline import analyze as analyze_file
    from analysis.report.machine import as_json
    from analysis.store import Store, estimate

    start = time.perf_counter()
    others = [path for path in (question.register, question.earlier) if path]
    store = Store(on_disk=estimate([*files, *others]))
    timings = Timings()
    try:
        impact = analyze_file(store, files, question, watch, timings)
        if persons:
            from analysis.report.persons import write_persons

            write_persons(store, impact.people, files[0], persons, watch)
    finally:
        store.close()
    timings.seconds["total"] = time.perf_counter() - start
    return impact, as_json(impact, timings.seconds, words)


def exports(impact: "Impact", excel: Path | None, charts: Path | None, words: Words, bar: Any) -> None:
    if excel:
        bar.say(say("Writing the Excel summary"))
        from analysis.report.excel import write_excel

        write_excel(impact, excel if excel.suffix.lower() == ".xlsx" else excel.with_name(excel.name + ".xlsx"), words)
    if charts:
        bar.say(say("Drawing the charts"))
        from analysis.report.pictures import write_charts

        write_charts(impact, charts, words)


def hash_persons(options: argparse.Namespace, words: Words) -> int:
    from analysis.console import Bar
    from analysis.pipeline import people_of
    from analysis.report.hashes import key_of, write_hashes
    from analysis.store import Store, estimate
    from analysis.tables import asked

    new = not options.key.exists()
    key = key_of(options.key, make=True)
    store = Store(on_disk=estimate(options.files))
    try:
        with Bar(words) as bar:
            people = people_of(store, options.files, asked(options), bar.watch.within(0.0, 0.6))
            count = write_hashes(store, people, key, options.out, bar.watch.within(0.6, 1.0))
    finally:
        store.close()
    print(words("{n} persons hashed into {name}.", n=count, name=options.out.name))
    if new:
        print(words("A new key was written to {name}. Hand it over by another way than the hashes: who has both can try names out.", name=options.key.name))  # fmt: skip
    return 0


def synth(options: argparse.Namespace, words: Words) -> int:
    from analysis.console import Bar
    from analysis.synth import check_endings, hospital, write_hospital

    if options.patients < 1:
        raise Trouble("patients", say("A hospital has at least one patient."), 2)
    check_endings(options.out, options.answer_key)
    with Bar(words) as bar:
        made = hospital(options.patients, options.seed, bar.watch)
        write_hospital(made, options.out, options.answer_key)
    print(
        words(
            "{rows} rows about {persons} fictional people: {name}",
            rows=made.rows.num_rows,
            persons=made.persons,
            name=options.out.name,
        )
    )
    return 0


def demo(options: argparse.Namespace, words: Words) -> int:
    from importlib.resources import files

    from analysis.console import Bar, summary
    from analysis.pipeline import Question
    from analysis.report.machine import write_json
    from analysis.synth import hospital, write_hospital

    leak = options.out / "fictional-hospital.csv"
    template = Path(str(files("resources") / "incidents" / "hospital_2024.toml"))
    with Bar(words) as bar:
        made = hospital(options.patients, 2024, bar.watch)
        write_hospital(made, leak, options.out / "fictional-hospital.answer-key.parquet")
        del made
        impact, found = analyzed([leak], Question(declared(template), link="auto", singling=True), bar.watch, words)
        write_json(found, options.out / "analysis.json")
        exports(impact, options.out / "summary.xlsx", options.out / "charts", words, bar)
    summary(impact, words)
    print(
        words("Written to {folder}: summary.xlsx, analysis.json, charts, and the fictional file itself.", folder=str(options.out))
    )
    return 0
