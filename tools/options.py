"""`docs/options.md`, drawn from `analysis/command/arguments.py` (`make tables`)."""

import argparse
from pathlib import Path

from analysis.command.arguments import parser
from analysis.ground.words import Words

PLACE = Path(__file__).parents[1] / "docs" / "options.md"
HEAD = """# The command line

Made by `make tables` from `analysis/command/arguments.py`. Every verb takes `--lang fr` or `--lang en`. Exit status: 0 done, 2 wrong
arguments, 3 the file cannot be analyzed, 130 stopped.
"""


def verbs() -> dict[str, argparse.ArgumentParser]:
    """Every verb by its name."""
    found = parser(Words("en"))
    (choices,) = (action for action in found._actions if isinstance(action, argparse._SubParsersAction))
    return dict(choices.choices)


def told(action: argparse.Action) -> str:
    name = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{action.metavar or action.dest}`"
    wanted = " / ".join(map(str, action.choices)) if action.choices else (action.metavar or "") if action.option_strings else ""
    return f"| {name} | {wanted.replace('|', ' / ')} | {action.help or ''} |"


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name, verb in verbs().items():
        rows = [
            told(action) for action in verb._actions if action.help != argparse.SUPPRESS and "--help" not in action.option_strings
        ]
        parts.append("\n".join(["", f"## {name}", "", "| option | takes | what it does |", "| --- | --- | --- |", *rows, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
