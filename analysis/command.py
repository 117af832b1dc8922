"""Arguments in, exit status out: the command line over the same verbs as the window."""

import argparse
import gc
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from analysis.errors import BAD_ARGUMENTS, Cancelled, Trouble
from analysis.words import LANGUAGES, Words, say, system_language

if TYPE_CHECKING:
    from analysis.model import Impact

INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """Wrong arguments get one sentence in the person's language, and status 2."""

    def error(self, message: str) -> NoReturn:
        raise Trouble(
            "arguments", say("The command is not understood. Type `ampleur --help` to see how it is written."), BAD_ARGUMENTS
        )


def parser(words: Words) -> argparse.ArgumentParser:
    found = Parser(
        prog="ampleur", description=words("What a leaked file discloses, of whom, how badly. Everything stays on this machine.")
    )
    found.add_argument("--lang", choices=("fr", "en"), help=words("language of the messages and reports"))
    verbs = found.add_subparsers(dest="verb", required=True)
    made = (analyze_verb(verbs, words), *fiction(verbs, words), *tables(verbs, words), hash_verb(verbs, words))
    for verb in made:
        verb.add_argument("--lang", choices=("fr", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return found


def analyze_verb(verbs: Any, words: Words) -> argparse.ArgumentParser:
    analyze = verbs.add_parser("analyze", help=words("analyze a leaked file"))
    analyze.add_argument("files", type=Path, nargs="+", metavar="FILE")
    analyze.add_argument("--incident", type=Path, help=words("TOML file with what the leak cannot tell"))
    analyze.add_argument("--json", type=Path, help=words("write every figure as JSON"))
    analyze.add_argument("--excel", type=Path, help=words("write the Excel summary"))
    analyze.add_argument("--charts", type=Path, help=words("folder for the charts, PNG and SVG"))
    analyze.add_argument("--case", type=Path, help=words("what was decided of this leak before; written anew"))
    analyze.add_argument("--persons", type=Path, help=words("write whom each row is about: row, line, person, level, reason"))
    analyze.add_argument(
        "--register", type=Path, metavar="FILE", help=words("your own list of persons, to hold the leak against")
    )
    analyze.add_argument("--earlier", type=Path, metavar="FILE", help=words("an earlier leak, to hold this one against"))
    analyze.add_argument("--key", type=Path, metavar="FILE",
                         help=words("key file: the register or the earlier leak holds hashes, written by `ampleur hash`"))  # fmt: skip
    analyze.add_argument("--link", choices=("auto", "exact", "full"), default="auto",
                         help=words("compare persons whose identity differs, by a model trained on the file: full; not: exact"))  # fmt: skip
    reading(analyze, words)
    return analyze


def fiction(verbs: Any, words: Words) -> tuple[argparse.ArgumentParser, ...]:
    """The verbs of the fictional hospital."""
    synth = verbs.add_parser("synth", help=words("write the file of a fictional hospital"))
    synth.add_argument("--patients", type=int, default=758_912)
    synth.add_argument("--seed", type=int, default=2024)
    synth.add_argument("--out", type=Path, required=True)
    synth.add_argument("--answer-key", type=Path)
    demo = verbs.add_parser("demo", help=words("the fictional hospital, from its file to the window"))
    demo.add_argument("--patients", type=int, default=758_912)
    demo.add_argument("--out", type=Path, default=Path("out"))
    return synth, demo


def tables(verbs: Any, words: Words) -> tuple[argparse.ArgumentParser, ...]:
    """The verbs that say something of many files, or write one anew."""
    inspect = verbs.add_parser("inspect", help=words("say how files are written, one JSON object per line"))
    convert = verbs.add_parser("convert", help=words("write the table as it is understood: .csv, .parquet, .xlsx or .jsonl"))
    classify = verbs.add_parser("classify", help=words("say what each column of files discloses, one JSON object per line"))
    anonymity = verbs.add_parser(
        "anonymity", help=words("say how well the rows of files hide among each other, one JSON object per line")
    )
    for verb in (inspect, convert, classify, anonymity):
        verb.add_argument("files", type=Path, nargs="+", metavar="FILE")
        reading(verb, words)
    for verb in (inspect, classify, anonymity):
        verb.add_argument("--json", type=Path, help=words("write the objects to a file"))
        verb.add_argument("--timeout-per-file", type=float, metavar="SECONDS", help=words("give up a file after so many seconds"))
    convert.add_argument("--out", type=Path, required=True)
    convert.add_argument("--ledger", type=Path, help=words("write every repaired and rejected record: .csv or .xlsx"))
    anonymity.add_argument("--by", metavar="COLUMN,...", default="",
                           help=words("columns that others may know, by name or number; else birth date, sex and postal code"))  # fmt: skip
    anonymity.add_argument(
        "--sensitive", metavar="COLUMN", default="", help=words("the column that nobody should learn of a person")
    )
    anonymity.add_argument("--population", type=Path, metavar="FILE",
                           help=words("everybody the file may be about, in columns of the same names: for the journalist's and the marketer's risks"))  # fmt: skip
    return inspect, convert, classify, anonymity


def hash_verb(verbs: Any, words: Words) -> argparse.ArgumentParser:
    hashing = verbs.add_parser("hash", help=words("write keyed hashes of the persons, for a comparison that shows no name"))
    hashing.add_argument("files", type=Path, nargs="+", metavar="FILE")
    hashing.add_argument("--key", type=Path, required=True, metavar="FILE", help=words("key file; a new one is drawn where there is none"))  # fmt: skip
    hashing.add_argument("--out", type=Path, required=True)
    reading(hashing, words)
    return hashing


def reading(verb: argparse.ArgumentParser, words: Words) -> None:
    """What a person may say of a file, where the program would guess."""
    verb.add_argument("--encoding", help=words("as in Python: utf-8, cp1252 ..."))
    verb.add_argument("--delimiter", help=words("what keeps the cells apart; `tab` and `space` as words"))
    verb.add_argument("--quote", help=words("what wraps a cell; `none` for nothing"))
    verb.add_argument(
        "--header", default="auto", metavar="yes|no|N", help=words("whether the first row names the columns, or how many rows do")
    )
    verb.add_argument("--table", help=words("the table of a source that holds several"))
    verb.add_argument("--join", help=words("join another table of the source: its name, or NAME:COLUMN=COLUMN"))
    verb.add_argument("--sheet", help=words("the sheet of a workbook, by name or number"))
    verb.add_argument("--password-file", type=Path, help=words("file whose first line opens the archive"))


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


def chosen_language(arguments: list[str]) -> str:
    asked = [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    asked += [after for word, after in pairwise(arguments) if word == "--lang"]
    return next((language for language in asked if language in LANGUAGES), system_language())


def analyze(options: argparse.Namespace, words: Words) -> int:
    from analysis.case import save_case
    from analysis.console import Bar, summary
    from analysis.pipeline import Question
    from analysis.tables import asked

    question = Question(declared(options.incident), asked=asked(options), link=options.link,
                        case=remembered(options.case), register=options.register, earlier=options.earlier, key=shared(options.key))  # fmt: skip
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
        impact, found = analyzed([leak], Question(declared(template), link="auto"), bar.watch, words)
        write_json(found, options.out / "analysis.json")
        exports(impact, options.out / "summary.xlsx", options.out / "charts", words, bar)
    summary(impact, words)
    print(
        words("Written to {folder}: summary.xlsx, analysis.json, charts, and the fictional file itself.", folder=str(options.out))
    )
    return 0
