"""Arguments in, exit status out: the command line over the same verbs as the window."""

import gc
import sys

import analysis.command as command
from analysis.command.arguments import chosen_language, parser
from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.words import Words

INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    """0; 2 for wrong arguments; 3 for a file that cannot be analyzed, with one sentence on standard error."""
    words = Words(chosen_language(arguments))
    # The expressions are many small objects that live to the end: looking for cycles among them costs a twentieth.
    gc.set_threshold(200_000, 50, 50)
    try:
        options = parser(words).parse_args(arguments)
        return getattr(command, options.verb).run(options, words)  # the module of its name is imported here
    except Trouble as trouble:
        print(words("Ampleur: {sentence}", sentence=trouble.said), file=sys.stderr)
        return trouble.status
    except (Cancelled, KeyboardInterrupt):
        print(words("Ampleur: stopped; nothing was left behind."), file=sys.stderr)
        return INTERRUPTED
