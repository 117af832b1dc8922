"""A leak in, what is handed over out: summaries, and the lists of those who must be told."""

from argparse import Namespace
from pathlib import Path

from analysis import report
from analysis.command.analyze import exports, question_of
from analysis.command.console import Bar, summary
from analysis.command.reading import password
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import Words, say
from analysis.model import Impact
from analysis.pipeline import answer
from analysis.store import Store, estimate

FORMATS = ("xlsx", "json", "charts")
LISTS, LISTS_IN_CLEAR = "lists.zip", "lists"


def run(options: Namespace, words: Words) -> int:
    formats, secret = formats_of(options.formats), secret_of(options)
    handed: report.Handed | None = None
    with Bar(words) as bar:
        question = question_of(options)
        store = Store(on_disk=estimate(question.files))
        try:
            impact = answer(store, question, bar.watch.within(0.0, 0.7))
            if options.lists:
                part, kind = bar.watch.within(0.7, 1.0), options.lists_kind
                place = options.to / (LISTS if secret else LISTS_IN_CLEAR)
                handed = report.write_lists(store, impact, place, words, part, secret, kind, options.households)
        finally:
            store.close()
        write(impact, formats, options.to, words, bar)
    summary(impact, words)
    if handed is not None:
        print(words("The lists tell {n} people; {m} cannot be told by them.", n=handed.informed, m=handed.not_informed))
    return 0


def formats_of(asked: str) -> tuple[str, ...]:
    found = tuple(name.strip() for name in asked.split(",") if name.strip())
    if wrong := next((name for name in found if name not in FORMATS), None):
        said = say("No document is called {name}: there are {known}.", name=wrong[:40], known=", ".join(FORMATS))
        raise Trouble("formats", said, BAD_ARGUMENTS)
    return found


def secret_of(options: Namespace) -> str | None:
    """The passphrase of the lists; None where they are wanted in clear. Raises Trouble where nobody said which."""
    if not options.lists or options.in_clear:
        return None
    if options.passphrase_file is None:
        said = say(
            "The lists hold names and contacts: give a passphrase with --passphrase-file, or say --in-clear where the disk is "
            "encrypted."
        )
        raise Trouble("lists_secret", said, BAD_ARGUMENTS)
    return password(options.passphrase_file)


def write(impact: Impact, formats: tuple[str, ...], to: Path, words: Words, bar: Bar) -> None:
    if "json" in formats:
        report.write_json(report.as_json(impact, {}, words), to / "analysis.json")
    exports(
        impact, to / "summary.xlsx" if "xlsx" in formats else None, to / "charts" if "charts" in formats else None, words, bar
    )
