"""What may be typed after `ampleur`, each with its help."""

import argparse
import re
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import NoReturn, Protocol

from analysis import __version__
from analysis.command import VERBS
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import LANGUAGES, Said, Words, say, system_language

FICTIONAL = "fictional-hospital.csv"  # what `demo` writes


class Parser(argparse.ArgumentParser):
    """Wrong arguments get one sentence in the person's language, and status 2."""

    def error(self, message: str) -> NoReturn:
        raise Trouble("arguments", in_our_words(message), BAD_ARGUMENTS)


def in_our_words(message: str) -> Said:
    """What argparse says in English of an argument, in a sentence that names it."""
    if match := re.match(r"argument (verb|[^:]+): invalid choice: '([^']*)'", message):
        name, typed = match.groups()
        near = get_close_matches(typed, VERBS, 1, 0.5)
        if name == "verb" and near:
            return say("There is no command {name}: did you mean {other}?", name=typed[:60], other=near[0])
        if name == "verb":
            return say("There is no command and no file {name}. Type `ampleur --help` to see what there is.", name=typed[:60])
        return say("{argument} may not be {value}. Type `ampleur --help` to see what it may be.", argument=name, value=typed[:60])
    if match := re.match(r"argument ([^:]+): ", message):
        return say("{argument} is not understood: its value is missing or of another kind.", argument=match[1])
    if match := re.match(r"the following arguments are required: (.*)", message):
        return say("Something is missing: {arguments}.", arguments=match[1])
    if match := re.match(r"unrecognized arguments: (.*)", message):
        return say("{arguments} is not known. Type `ampleur --help` to see what there is.", arguments=match[1][:100])
    return say("The command is not understood. Type `ampleur --help` to see how it is written.")


# What `analyze` may be asked beside the figures, and other verbs are not.
UNASKED = {"register": None, "earlier": None, "key": None, "link": "auto", "attackers": False, "excel": None}


class Verbs(Protocol):
    """Where a verb is added; argparse has no public name for it."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser: ...


def parser(words: Words) -> argparse.ArgumentParser:
    found = Parser(
        prog="ampleur", description=words("What a leaked file discloses, of whom, how badly. Everything stays on this machine.")
    )
    found.add_argument("--version", action="version", version=f"Ampleur {__version__}", help=words("the version of the program"))
    found.add_argument("--lang", choices=("fr", "en"), help=words("language of the messages and reports"))
    verbs = found.add_subparsers(dest="verb", required=True)
    made = (
        analyze_verb(verbs, words),
        *fiction(verbs, words),
        *tables(verbs, words),
        report_verb(verbs, words),
        verify_verb(verbs, words),
        hash_verb(verbs, words),
        trace_verb(verbs, words),
    )
    for verb in made:
        verb.add_argument("--lang", choices=("fr", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return found


def analyze_verb(verbs: Verbs, words: Words) -> argparse.ArgumentParser:
    analyze = verbs.add_parser("analyze", help=words("analyze a leaked file"))
    analyze.add_argument("files", type=Path, nargs="+", metavar="FILE")
    analyze.add_argument("--incident", type=Path, help=words("TOML file with what the leak cannot tell"))
    analyze.add_argument("--json", type=Path, help=words("write every figure as JSON"))
    analyze.add_argument("--excel", type=Path, help=words("write the Excel summary"))
    analyze.add_argument("--charts", type=Path, help=words("folder for the charts, PNG and SVG"))
    analyze.add_argument(
        "--attackers",
        action="store_true",
        help=words("count whom a few known fields single out, and which attackers; with --excel always"),
    )
    analyze.add_argument("--case", type=Path, help=words("what was decided of this leak before; written anew"))
    analyze.add_argument("--persons", type=Path, help=words("write whom each row is about: row, line, person, level, reason"))
    analyze.add_argument(
        "--held", type=Path, help=words("write whom your list or the earlier leak holds, and what agrees and differs")
    )
    analyze.add_argument(
        "--register", type=Path, metavar="FILE", help=words("your own list of persons, to hold the leak against")
    )
    analyze.add_argument("--earlier", type=Path, metavar="FILE", help=words("an earlier leak, to hold this one against"))
    analyze.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help=words("key file: the register or the earlier leak holds hashes, written by `ampleur hash`"),
    )
    analyze.add_argument(
        "--link",
        choices=("auto", "exact", "full"),
        default="auto",
        help=words("compare persons whose identity differs, by a model trained on the file: full; not: exact"),
    )
    only_some(analyze, words)
    reading(analyze, words)
    return analyze


def fiction(verbs: Verbs, words: Words) -> tuple[argparse.ArgumentParser, ...]:
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


def tables(verbs: Verbs, words: Words) -> tuple[argparse.ArgumentParser, ...]:
    """The verbs that say something of many files, or write one anew."""
    inspect = verbs.add_parser("inspect", help=words("say how files are written, one JSON object per line"))
    convert = verbs.add_parser("convert", help=words("write the table as it is understood: .csv, .parquet, .xlsx or .jsonl"))
    classify = verbs.add_parser("classify", help=words("say what each column of files discloses, one JSON object per line"))
    anonymity = verbs.add_parser(
        "anonymity", help=words("say how well the rows of files hide among each other, one JSON object per line")
    )
    for verb in (inspect, convert, classify, anonymity):
        verb.add_argument("files", type=Path, nargs="*" if verb is classify else "+", metavar="FILE")
        reading(verb, words)
    classify.add_argument(
        "--fields", metavar="NAME,...", default="", help=words("names of fields, as a seller posts them, without any file")
    )
    for verb in (inspect, classify, anonymity):
        verb.add_argument("--json", type=Path, help=words("write the objects to a file"))
        verb.add_argument("--timeout-per-file", type=float, metavar="SECONDS", help=words("give up a file after so many seconds"))
    convert.add_argument("--out", type=Path, required=True)
    convert.add_argument("--ledger", type=Path, help=words("write every repaired, irregular and rejected record: .csv or .xlsx"))
    anonymity.add_argument(
        "--by",
        metavar="COLUMN,...",
        default="",
        help=words("columns that others may know, by name or number; else birth date, sex and postal code"),
    )
    anonymity.add_argument(
        "--sensitive", metavar="COLUMN", default="", help=words("the column that nobody should learn of a person")
    )
    anonymity.add_argument(
        "--population",
        type=Path,
        metavar="FILE",
        help=words(
            "everybody the file may be about, in columns of the same names: for the journalist's and the marketer's risks"
        ),
    )
    return inspect, convert, classify, anonymity


def report_verb(verbs: Verbs, words: Words) -> argparse.ArgumentParser:
    handed = verbs.add_parser("report", help=words("write what is handed over: summaries, and the lists of those to be told"))
    handed.add_argument("files", type=Path, nargs="+", metavar="FILE")
    handed.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=words("where the documents go"))
    handed.add_argument("--incident", type=Path, help=words("TOML file with what the leak cannot tell"))
    handed.add_argument("--case", type=Path, help=words("what was said of this leak before"))
    handed.add_argument(
        "--formats", default="xlsx,json", metavar="NAME,...", help=words("of xlsx, json, charts, pdf, docx, html, md, txt, veris")
    )
    handed.add_argument("--letters", action="store_true", help=words("what the people concerned are told, by group and channel"))
    handed.add_argument(
        "--authority",
        default="",
        metavar="NAME,...",
        help=words("the notification: edpb, cnil; and the register"),
    )
    handed.add_argument(
        "--follows", default="", metavar="NUMBER", help=words("the authority's number of the earlier notification")
    )
    handed.add_argument("--since", type=Path, metavar="FILE", help=words("the earlier edpb.json: only what changed is told"))
    handed.add_argument("--withdraw", default="", metavar="WHY", help=words("the earlier notification is taken back"))
    handed.add_argument("--split-by", default="", metavar="COLUMN", help=words("a pack for each controller, by a column"))
    whose(handed, words)
    handed.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help=words("Word file of the controller, with {place} where the letter goes", place="{{text}}"),
    )
    handed.add_argument("--shareable", action="store_true", help=words("figures that may be published: no count below ten"))
    handed.add_argument(
        "--lists", action="store_true", help=words("lists of those to be told, by channel, and of those who cannot")
    )
    kinds = ("csv", "xlsx", "parquet")
    handed.add_argument("--lists-kind", choices=kinds, default="csv", help=words("how the lists are written"))
    handed.add_argument(
        "--returned",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help=words("a list that came back from those who sent it: only whom it did not reach is listed, by another channel"),
    )
    handed.add_argument("--households", action="store_true", help=words("one letter for each address"))
    handed.add_argument("--passphrase-file", type=Path, metavar="FILE", help=words("file whose first line encrypts the lists"))
    handed.add_argument("--in-clear", action="store_true", help=words("write the lists unencrypted"))
    only_some(handed, words)
    handed.set_defaults(**UNASKED)
    reading(handed, words)
    return handed


def verify_verb(verbs: Verbs, words: Words) -> argparse.ArgumentParser:
    proved = verbs.add_parser("verify", help=words("prove the figures of a report (JSON) against the leak, or name what differs"))
    proved.add_argument("report", type=Path, metavar="REPORT")
    proved.add_argument("files", type=Path, nargs="+", metavar="FILE")
    proved.add_argument("--incident", type=Path, help=words("what the leak cannot tell; else what the report says"))
    proved.add_argument("--case", type=Path, help=words("what was said of this leak before"))
    whose(proved, words)
    proved.set_defaults(**UNASKED, only=[])
    reading(proved, words)
    return proved


def whose(verb: argparse.ArgumentParser, words: Words) -> None:
    verb.add_argument(
        "--controllers",
        type=Path,
        metavar="FILE",
        help=words("a list that says whose the values of that column are (site, practice, RPPS, FINESS)"),
    )


def only_some(verb: argparse.ArgumentParser, words: Words) -> None:
    verb.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="PART",
        help=words("only these people, as minor, old, department:75, band:high, channel:post, has:email+phone; may be repeated"),
    )


def hash_verb(verbs: Verbs, words: Words) -> argparse.ArgumentParser:
    hashing = verbs.add_parser("hash", help=words("write keyed hashes of the persons, for a comparison that shows no name"))
    hashing.add_argument("files", type=Path, nargs="+", metavar="FILE")
    hashing.add_argument(
        "--key", type=Path, required=True, metavar="FILE", help=words("key file; a new one is drawn where there is none")
    )
    hashing.add_argument("--out", type=Path, required=True)
    reading(hashing, words)
    return hashing


def trace_verb(verbs: Verbs, words: Words) -> argparse.ArgumentParser:
    trace = verbs.add_parser("trace", help=words("show one row in every table of the analysis, masked"))
    trace.add_argument("files", type=Path, nargs="+", metavar="FILE")
    trace.add_argument("--row", type=int, required=True, metavar="N", help=words("number of the row in the table, from 1"))
    trace.add_argument("--link", choices=("auto", "exact", "full"), default="auto", help=argparse.SUPPRESS)
    reading(trace, words)
    return trace


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


def chosen_language(arguments: list[str]) -> str:
    asked = [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    asked += [after for word, after in pairwise(arguments) if word == "--lang"]
    return next((language for language in asked if language in LANGUAGES), system_language())


def with_ending(path: Path) -> Path:
    """Where a workbook is written."""
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
