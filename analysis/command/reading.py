"""Options in, what a person said of the files out."""

from argparse import Namespace
from pathlib import Path

from analysis.formats.encoding import known
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import say
from analysis.model import Asked


def asked(options: Namespace) -> Asked:
    """What the person said of the files. Raises Trouble for a password file that cannot be read."""
    header = {"yes": 1, "no": 0, "auto": None}.get(options.header, options.header)
    if isinstance(header, str):
        if not header.isdecimal() or len(header) > 4:
            raise Trouble("arguments", say("`--header` takes yes, no, or the number of its rows."), BAD_ARGUMENTS)
        header = int(header)
    if options.encoding and not known(options.encoding):
        raise Trouble("arguments", say("No encoding has this name. Examples: utf-8, cp1252, utf-16."), BAD_ARGUMENTS)
    delimiter = {"tab": "\t", "\\t": "\t", "space": " "}.get(options.delimiter, options.delimiter) or ""
    quote = "" if options.quote == "none" else options.quote
    if (quote is not None and len(quote) > 1) or len(delimiter.encode()) > 4:
        raise Trouble("arguments", say("A quotation mark is one sign, a delimiter at most four."), BAD_ARGUMENTS)
    return Asked(
        options.encoding or "", delimiter, quote, header, options.table or options.sheet or "", password(options.password_file)
    )


def password(path: Path | None) -> str:
    """The first line of a file: a password on the command line would be seen by every user of the machine."""
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise Trouble("password_file", say("The file with the password cannot be read."), BAD_ARGUMENTS) from None
