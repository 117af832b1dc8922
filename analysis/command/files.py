"""Files in, one JSON object per line out, going on after a file that fails."""

import contextlib
import json
import threading
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from analysis.command.reading import asked
from analysis.ground.errors import BAD_ARGUMENTS, CANNOT_ANALYZE, Cancelled, Trouble
from analysis.ground.guard import log, unexpected
from analysis.ground.watch import Watch, interrupted
from analysis.ground.whole import whole
from analysis.ground.words import Words, say
from analysis.model import Leak
from analysis.read import read
from analysis.store import Store, estimate

Describe = Callable[[Store, Path, Leak, Watch], dict[str, object]]


def one_by_one(options: Namespace, words: Words, describe: Describe) -> int:
    """Writes a line for each file as soon as it is known. Small files share a store. The exit status: 0, or 3 where nothing
    could be said of any file."""
    shared, told = Store(), list[bool]()

    def found() -> Iterator[dict[str, object]]:
        for path in options.files:
            one = understood(shared, path, options, words, describe)
            told.append("error" not in one)
            yield one

    try:
        written(options, found())
    finally:
        shared.close()
    return 0 if any(told) else CANNOT_ANALYZE


def written(options: Namespace, found: Iterable[dict[str, object]]) -> int:
    """Each object as a line, as soon as it is known, to the file that was named or to the console."""
    with contextlib.ExitStack() as stack:
        out = None
        if options.json is not None:
            part = stack.enter_context(whole(options.json))
            out = stack.enter_context(part.open("w", encoding="utf-8", newline="\n"))
        for one in found:
            print(json.dumps(one, ensure_ascii=out is None), file=out)
    return 0


def understood(shared: Store, path: Path, options: Namespace, words: Words, describe: Describe) -> dict[str, object]:
    """What is to be said of one file, or why nothing is; stopped when its time is over."""
    watch = Watch()
    alarm = threading.Timer(options.timeout_per_file, watch.stop) if options.timeout_per_file else None
    if alarm:
        alarm.daemon = True
        alarm.start()
    try:
        store = Store(on_disk=True) if estimate([path]) else shared
        try:
            leak = read(store, path, watch, asked(options))
            with store.scratch():  # nothing of one file answers a question about the next
                found = describe(store, path, leak, watch)
            for sheet in leak.sheets:
                store.drop(sheet.table)
                store.drop(sheet.notes)
            return found
        finally:
            if store is not shared:
                store.close()
    except Trouble as trouble:
        return {"file": str(path), "error": {"code": trouble.code, "message": words.of(trouble.said)}}
    except Cancelled:
        if interrupted():
            raise
        late = say("Reading this file took longer than the time that was given.")
        return {"file": str(path), "error": {"code": "timeout", "message": words.of(late)}}
    except Exception as error:  # its words may quote a cell; the other files are still read
        log(error)
        return {"file": str(path), "error": {"code": "unexpected", "message": words.of(unexpected(error).said)}}
    finally:
        if alarm:
            alarm.cancel()


def position(leak: Leak, name: str) -> int:
    """Of a column that a person names, or numbers from 1. Raises Trouble."""
    folded = [column.casefold() for column in leak.columns]
    if name.casefold() in folded:
        return folded.index(name.casefold())
    if name.isdecimal() and len(name) < 6 and 1 <= int(name) <= len(folded):
        return int(name) - 1
    raise Trouble(
        "column", say("The file has no column {name}: name one of its header, or its number.", name=name[:60]), BAD_ARGUMENTS
    )
