"""How each file is written: one JSON object per file, in the order given."""

from argparse import Namespace
from pathlib import Path

from analysis.command.files import one_by_one
from analysis.ground.words import Words
from analysis.model import Leak, Sheet
from analysis.report.ledger import counts


def run(options: Namespace, words: Words) -> int:
    """How each file is written: one JSON object per file, in the order given, going on after a file that fails."""
    return one_by_one(options, words, lambda _, path, leak, __: described(path, leak))


def described(path: Path, leak: Leak) -> dict[str, object]:
    dialect = leak.dialect
    return {
        "file": str(path),
        "format": leak.format,
        "encoding": dialect.encoding,
        "encoding_perhaps": dialect.rival,
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "escape": dialect.escape,
        "header": dialect.header,
        "header_rows": dialect.header_rows,
        "preamble": dialect.preamble,
        "confidence": dialect.confidence,
        "mojibake_repaired": dialect.twice,
        "table": leak.sheet.name,
        "tables": [table(sheet, name, rows) for sheet in leak.sheets for name, rows in sheet.listed],
        "ledger": counts(leak.ledger),
        "files": leak.files,
        "refused_members": len(leak.unread),
        "unread": [{"name": item.name, "code": item.code} for item in leak.unread],
    }


def table(sheet: Sheet, name: str, rows: int) -> dict[str, object]:
    return {
        "name": name,
        "rows": rows,
        "read_as": sheet.name,
        "columns": sheet.width,
        "column_names": list(sheet.columns),
        "persons": sheet.likely,
        "ledger": counts(sheet.ledger),
    }
