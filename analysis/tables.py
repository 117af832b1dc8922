"""The commands about files alone: `inspect` says how each is understood, `classify` what its columns disclose, `anonymity` how well its
rows hide among each other, `convert` writes its table anew."""

import contextlib
import json
import math
import sys
import threading
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import BAD_ARGUMENTS, CANNOT_ANALYZE, Cancelled, Trouble
from analysis.model import Leak, Sheet
from analysis.report.ledger import counts
from analysis.watch import Watch
from analysis.words import Words, say

if TYPE_CHECKING:
    from analysis.store import Store


def asked(options: Namespace) -> Any:
    """What the person said of the files. Raises Trouble for a password file that cannot be read."""
    from analysis.formats.encoding import known
    from analysis.read import Asked

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


def inspect(options: Namespace, words: Words) -> int:
    """How each file is written: one JSON object per file, in the order given, going on after a file that fails."""
    return one_by_one(options, words, lambda _, path, leak, __: described(path, leak))


def classify(options: Namespace, words: Words) -> int:
    """What each column of each file discloses, likewise."""
    from analysis.classify import decided

    def fields(store: "Store", path: Path, leak: Leak, watch: Watch) -> dict[str, Any]:
        return {"file": str(path), "fields": [
            {"column": name, "position": at, "kind": item.kind, "variant": item.variant, "confidence": item.confidence, "second": item.second,
             "reasons": [words.of(said) for said in item.reasons], "against": [words.of(said) for said in item.against]}
            for at, (name, item) in enumerate(zip(leak.columns, decided(store, leak, watch), strict=True), start=1)
        ]}  # fmt: skip

    return one_by_one(options, words, fields)


def anonymity(options: Namespace, words: Words) -> int:
    """How well the rows of each file hide among each other."""
    from analysis.assess.anonymity import anonymity as measured
    from analysis.assess.anonymity import attacker_risks
    from analysis.pipeline import in_population

    def figures(store: "Store", path: Path, leak: Leak, watch: Watch) -> dict[str, Any]:
        names = [name.strip() for name in options.by.split(",") if name.strip()]
        by = [position(leak, name) for name in names] or quasi_identifiers(store, leak, watch)
        found = measured(store, leak, by, position(leak, options.sensitive) if options.sensitive else None, watch)
        among = in_population(store, leak, by, options.population, watch) if options.population else None
        risk, diversity = asdict(found.risks), asdict(found.diversity) if found.diversity else None
        if diversity and diversity["recursive_c"] == math.inf:
            diversity["recursive_c"] = None
        attackers: dict[str, Any] = {
            code: {name: share for name, share in asdict(item).items() if share is not None}
            for code, item in attacker_risks(found.risks, among).items()
        }
        if among and among.cells:
            attackers["population"] = {
                "file": str(options.population),
                "people": among.people,
                "rows_with_fewer_there": among.unknown_rows,
            }
        return {"file": str(path), "by": [leak.columns[at] for at in by], **risk, "sizes": dict(found.risks.sizes), "attackers": attackers,
                "sensitive": leak.columns[found.sensitive] if found.sensitive is not None else None, "diversity": diversity}  # fmt: skip

    return one_by_one(options, words, figures)


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


def quasi_identifiers(store: "Store", leak: Leak, watch: Watch) -> list[int]:
    """The columns of birth date, sex and postal code."""
    from analysis.assess.reidentification import QUASI_IDENTIFIERS
    from analysis.classify import decided

    kinds = [item.kind for item in decided(store, leak, watch)]
    found = [kinds.index(kind) for kind in QUASI_IDENTIFIERS if kind in kinds]
    if not found:
        raise Trouble("column", say("The file has no birth date, sex or postal code: name the columns with --by."), BAD_ARGUMENTS)
    return found


Describe = Callable[["Store", Path, Leak, Watch], dict[str, Any]]


def one_by_one(options: Namespace, words: Words, describe: Describe) -> int:
    """Writes a line for each file as soon as it is known. Small files share a store. The exit status: 0, or 3 where nothing could be said of
    any file."""
    from analysis.report.whole import whole
    from analysis.store import Store

    with contextlib.ExitStack() as stack:
        shared = Store()
        stack.callback(shared.close)
        out = None
        if options.json is not None:
            part = stack.enter_context(whole(options.json))
            out = stack.enter_context(part.open("w", encoding="utf-8", newline="\n"))
        told = 0
        for path in options.files:
            found = understood(shared, path, options, words, describe)
            told += "error" not in found
            print(json.dumps(found, ensure_ascii=out is None), file=out)
    return 0 if told else CANNOT_ANALYZE


def understood(shared: "Store", path: Path, options: Namespace, words: Words, describe: Describe) -> dict[str, Any]:
    """What is to be said of one file, or why nothing is; stopped when its time is over."""
    from analysis.read import read
    from analysis.store import Store, estimate

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
        late = say("Reading this file took longer than the time that was given.")
        return {"file": str(path), "error": {"code": "timeout", "message": words.of(late)}}
    except Exception as error:  # its words may quote a cell; the other files are still read
        unknown = say("Something unexpected happened ({kind}). Nothing was lost: try again.", kind=type(error).__name__)
        return {"file": str(path), "error": {"code": "unexpected", "message": words.of(unknown)}}
    finally:
        if alarm:
            alarm.cancel()


def described(path: Path, leak: Leak) -> dict[str, Any]:
    dialect = leak.dialect
    return {
        "file": str(path), "format": leak.format, "encoding": dialect.encoding, "delimiter": dialect.delimiter, "quote": dialect.quote,
        "escape": dialect.escape, "header": dialect.header, "header_rows": dialect.header_rows, "preamble": dialect.preamble,
        "confidence": dialect.confidence, "mojibake_repaired": dialect.twice, "table": leak.sheet.name, "tables": [table(sheet) for sheet in leak.sheets],
        "ledger": counts(leak.ledger), "files": leak.files, "refused_members": leak.refused,
    }  # fmt: skip


def table(sheet: Sheet) -> dict[str, Any]:
    return {"name": sheet.name, "rows": sheet.ledger.rows, "columns": len(sheet.columns), "column_names": list(sheet.columns), "persons": sheet.likely,
            "ledger": counts(sheet.ledger)}  # fmt: skip


def convert(options: Namespace, words: Words) -> int:
    """The table as understood, written anew; nothing is left of a table that failed."""
    from analysis.console import Bar
    from analysis.read import read
    from analysis.report.ledger import write_ledger
    from analysis.report.table import check_ending, write_table
    from analysis.store import Store, estimate

    check_ending(options.out)
    if any(path.resolve() == options.out.resolve() for path in options.files):
        raise Trouble("arguments", say("The table cannot replace its own source: choose another name."), BAD_ARGUMENTS)
    with Bar(words) as bar:
        store = Store(on_disk=estimate(options.files))
        try:
            leak = read(store, options.files, bar.watch.within(0.0, 0.6), asked(options))
            write_table(store, leak, options.out, bar.watch.within(0.6, 0.95))
            if options.ledger:
                write_ledger(store, leak, options.ledger, words, bar.watch.within(0.95, 1.0))
        finally:
            store.close()
    found = leak.ledger
    print(words("{rows} rows of {columns} columns written to {name}; {repaired} repaired, {rejected} rejected, {blank} blank.",
                rows=leak.rows, columns=len(leak.columns), name=options.out.name, repaired=found.repaired, rejected=found.rejected,
                blank=found.blank))  # fmt: skip
    others = [sheet.name for sheet in leak.sheets if sheet.name != leak.sheet.name]
    if others:
        print(
            words("Other tables of the source, to be chosen with --table: {names}", names=", ".join(map(printable, others[:20]))),
            file=sys.stdout,
        )
    return 0


def printable(name: str) -> str:
    from analysis.console import UNSAFE

    return UNSAFE.sub("\ufffd", name)[:80]
