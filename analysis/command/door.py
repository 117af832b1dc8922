"""Arguments in, exit status out: the command line over the same verbs as the window."""

import gc
import sys
from argparse import Namespace
from pathlib import Path

import analysis.command as command
from analysis import handover
from analysis.command.arguments import FICTIONAL, chosen_language, parser, with_ending
from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.guard import log, unexpected
from analysis.ground.watch import interrupted
from analysis.ground.whole import keep_apart
from analysis.ground.words import Words

INTERRUPTED = 130
LISTS, LISTS_IN_CLEAR = "lists.zip", "lists"  # as `report` names them
READ = (
    "incident",
    "register",
    "earlier",
    "key",
    "population",
    "password_file",
    "passphrase_file",
    "since",
    "report",
    "template",
    "controllers",
)
WRITTEN = ("json", "excel", "persons", "held", "out", "ledger", "answer_key", "case")


def run(arguments: list[str]) -> int:
    """0; 2 for wrong arguments; 3 for a file that cannot be analyzed, with one sentence on standard error."""
    words = Words(chosen_language(arguments))
    # The expressions are many small objects that live to the end: looking for cycles among them costs a twentieth.
    gc.set_threshold(200_000, 50, 50)
    try:
        options = parser(words).parse_args(arguments)
        keep_apart(*told_files(options))
        return getattr(command, options.verb).run(options, words)  # the module of its name is imported here
    except Trouble as trouble:
        return failed(trouble, words)
    except (Cancelled, KeyboardInterrupt):
        return stopped(words)
    except Exception as error:  # its words may quote a cell
        if interrupted():
            return stopped(words)
        log(error)
        return failed(unexpected(error), words)


def failed(trouble: Trouble, words: Words) -> int:
    print(words("Ampleur: {sentence}", sentence=trouble.said), file=sys.stderr)
    return trouble.status


def stopped(words: Words) -> int:
    print(words("Ampleur: stopped; nothing was left behind."), file=sys.stderr)
    return INTERRUPTED


def told_files(options: Namespace) -> tuple[list[Path], list[Path]]:
    """The files that a command reads, and those that it writes."""

    def named(names: tuple[str, ...]) -> list[Path]:
        return [path for name in names if isinstance(path := getattr(options, name, None), Path)]

    written = named(WRITTEN)
    if (to := getattr(options, "to", None)) is not None:
        written += [*handover.written_over(to), *(path for name in (LISTS, LISTS_IN_CLEAR) if (path := to / name).exists())]
    folder = getattr(options, "charts", None)
    if folder is not None and folder.is_dir():
        written += [path for path in folder.iterdir() if path.suffix in (".png", ".svg")]
    return [*getattr(options, "files", ()), *getattr(options, "returned", ()), *named(READ)], [
        with_ending(path) if path is getattr(options, "excel", None) else path for path in written
    ]


def demo_file(arguments: list[str]) -> Path:
    """The fictional file that `demo` has written."""
    return parser(Words("en")).parse_args(arguments).out / FICTIONAL
