"""One file in, its tables out: each record of it accounted for."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.formats.containers import container_of
from analysis.formats.shapes import usual_shape
from analysis.formats.sniff import HEAD, format_of
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Asked, Dialect, Ledger, Sheet, Unread, tables
from analysis.model.tables import NOWHERE, Kept
from analysis.read.children import Leaf, ask, list_leaves
from analysis.read.delimited import read_text
from analysis.read.intake import Intake, Taken
from analysis.read.raw import BLOCK, Member, Part, Whole, changed, open_source
from analysis.read.source import Source
from analysis.read.stacked import LARGEST, spans
from analysis.read.surplus import with_surplus
from analysis.read.task import Note, note
from analysis.read.union import NEUTRAL
from analysis.read.unwrap import unwrapped
from analysis.rules.headers import header_scores, header_tells
from analysis.store import Store

STOPPING = frozenset({"memory", "disk", "changed"})  # what is wrong with more than one file
REFUSED = say("This member of the archive is a link, leads out of it, or stands too deep in others: it was not opened.")
LOOKED = 50  # rows that tell whether a table is about persons
PERSONAL = frozenset({"email", "phone", "date"})
NAMES, UNNAMED = ("last_name", "first_name", "full_name"), 0.7


def read_file(store: Store, path: Path, asked: Asked, watch: Watch) -> tuple[list[Sheet], str, int, list[Unread]]:
    """The tables of one file; its SHA-256, its size, and the members that were not read."""
    with open_source(path) as opened:
        head, size = opened.read(HEAD), path.stat().st_size
        kind = "container" if container_of(head) else format_of(head)
        if kind == "text":
            source = Source(Whole(path), asked.encoding)
            try:
                texts = stacked_sheets(store, source, asked, watch) or text_sheets(store, source, asked, path.name, watch)
                return texts, source.survey.sha256, size, []
            finally:
                source.close()
        refuse(kind)
        digest = digest_of(opened, size, watch.within(0.0, 0.1))
    state, unread = path.stat(), list[Unread]()
    leaves = [Leaf((), kind)]
    if kind == "container":
        leaves, refused = list_leaves(ask(path, size, "leaves", asked.password), watch.within(0.1, 0.1))
        unread = [Unread(name, "member", REFUSED) for name in refused]
    sheets: list[Sheet] = []
    for at, leaf in enumerate(leaves):
        part = watch.within(0.1 + 0.9 * at / len(leaves), 0.1 + 0.9 * (at + 1) / len(leaves))
        try:
            sheets += leaf_sheets(store, path, size, leaf, asked, f"{digest[:16]}_{at}", part)
        except Trouble as trouble:
            if len(leaves) == 1 or trouble.code in STOPPING:
                raise
            unread.append(Unread("/".join(leaf.path), trouble.code, trouble.said))  # the others are read
    after = path.stat() if path.exists() else None
    if after is None or (after.st_size, after.st_mtime_ns) != (state.st_size, state.st_mtime_ns):
        raise changed()
    return sheets, digest, size, unread


def stacked_sheets(store: Store, source: Source, asked: Asked, watch: Watch) -> list[Sheet]:
    """The tables of a text that holds several, one below the other; empty for an ordinary file."""
    path = source.raw.path
    if asked.delimiter or asked.header is not None or source.raw.size > LARGEST:
        return []
    source.look(watch.within(0.0, 0.2))
    found = spans(source)
    if len(found) < 2:
        return []
    sheets: list[Sheet] = []
    for at, (begin, end) in enumerate(found):
        part = Source(Part(path, begin, end), source.survey.encoding)
        try:
            sheets += text_sheets(store, part, asked, f"{path.name}/{at + 1}", watch.within(0.2 + 0.8 * at / len(found), 1.0))
        finally:
            part.close()
    source.raw.unchanged()
    return sheets


def leaf_sheets(store: Store, path: Path, size: int, leaf: Leaf, asked: Asked, mark: str, watch: Watch) -> list[Sheet]:
    name = "/".join(leaf.path[-1:]) or path.name
    if leaf.kind == "text":
        source = Source(Member(path, leaf.path, asked.password), asked.encoding)
        try:
            return text_sheets(store, source, asked, name, watch)
        finally:
            source.close()
    refuse(leaf.kind)
    return child_sheets(store, path, size, leaf, asked, mark, watch)


def child_sheets(store: Store, path: Path, size: int, leaf: Leaf, asked: Asked, mark: str, watch: Watch) -> list[Sheet]:
    request = ask(
        path,
        size,
        "tables",
        asked.password,
        kind=leaf.kind,
        member=list(leaf.path),
        encoding=asked.encoding,
        table=asked.table if leaf.kind == "workbook" else "",
    )
    taken = Intake(store, f"leak_{mark}", say("Reading the tables"), watch).take(request)
    inner = f"{leaf.path[-1]}/" if leaf.path else ""
    full = [item for item in taken if item.counts.get("rows")]
    if not full and leaf.kind == "html":
        refuse("?HTML")
    for empty in (item for item in taken if not item.counts.get("rows")):
        if full and empty.notes:
            # What was rejected of a table that has no row is shown in the ledger of the first one that has.
            full[0].counts["rejected"] = full[0].counts.get("rejected", 0) + empty.counts.get("rejected", 0)
            full[0].notes += empty.notes
        elif empty.columns and (leaf.kind == "sql" or not full):  # declared, and told by the names of its columns
            store.create(empty.table, {f"c{at}": "string" for at in range(len(empty.columns))})
            full.append(empty)
    return [sheet_of(store, item, leaf.kind, inner) for item in full]


def sheet_of(store: Store, taken: Taken, kind: str, inner: str) -> Sheet:
    counts = Counter(taken.counts)
    kept = counts["rows"] - counts["repaired"]
    header = counts["header"]
    records = header + counts["preamble"] + counts["blank"] + counts["rows"] + counts["rejected"]
    ledger = Ledger(
        physical_lines=records,
        records_read=records,
        header=header,
        preamble=counts["preamble"],
        blank=counts["blank"],
        kept=kept,
        repaired=counts["repaired"],
        rejected=counts["rejected"],
        reasons=reasons_of(taken.notes),
    )
    named = not all(NEUTRAL.fullmatch(name) for name in taken.columns)
    dialect = Dialect("utf-8", "", "", header, counts["preamble"], header, named=named)
    return finished(
        store,
        Sheet(
            inner + taken.name,
            kind,
            dialect,
            tuple(taken.columns),
            ledger,
            Kept[tables.Leak](taken.table),
            NOWHERE,
            0.0,
            tuple(taken.types),
            foreign=tuple(taken.foreign),
        ),
        taken.notes,
    )


def text_sheets(store: Store, source: Source, asked: Asked, name: str, watch: Watch) -> list[Sheet]:
    """The table of a text, or what a reader of lines makes of it where nothing keeps its cells apart."""
    asked = replace(asked, placed=tuple(item for item in asked.placed if item[0] == name))
    found = read_text(store, source, asked, watch)
    if isinstance(found, str):
        mark = f"{source.survey.sha256[:16]}_{found}"
        member = source.raw.member
        return child_sheets(store, source.raw.path, source.survey.size, Leaf(member, found), asked, mark, watch)
    reading, account = found
    dialect = reading.dialect
    if source.raw.cut:
        account.records += 1
        account.notes.append(note(source.survey.lines, "rest_unreadable", "", None))
    outcomes = Counter(outcome for _, outcome, *_ in account.notes)
    ledger = Ledger(
        physical_lines=source.survey.lines,
        records_read=account.records,
        header=dialect.header_rows,
        preamble=dialect.preamble,
        blank=account.blank,
        kept=account.rows - outcomes["repaired"] - outcomes["irregular"],
        irregular=outcomes["irregular"],
        repaired=outcomes["repaired"],
        rejected=outcomes["rejected"],
        reasons=reasons_of(account.notes),
    )
    sheet = Sheet(name, "delimited", dialect, reading.columns, ledger, Kept[tables.Leak](reading.table), NOWHERE, 0.0)
    return [finished(store, with_surplus(store, sheet), account.notes)]


def finished(store: Store, sheet: Sheet, notes: Sequence[Note]) -> Sheet:
    """With its notes in the store, its ledger balanced, and how much it speaks of persons."""
    assert sheet.ledger.balanced, "a record is unaccounted for"
    table = Kept[tables.Notes](f"{sheet.table}_notes")
    store.create(table, tables.Notes)
    store.insert(table, [(sheet.name, *note) for note in notes])
    sheet = unwrapped(store, sheet)
    return replace(sheet, notes=table, likely=likely(store, sheet))


def reasons_of(notes: Sequence[Note]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(reason for _, _, reason, *_ in notes).items()))


def likely(store: Store, sheet: Sheet) -> float:
    """Share of the columns whose name or values are those of a person's data; a table without names, and one of few rows, counts
    less."""
    rows = store.rows(store.table(sheet.table).limit(LOOKED))
    shapes = [usual_shape(row[at] or "" for row in rows) for at in range(len(sheet.columns))]
    told = [
        header_tells(name) or (shape in PERSONAL and share > 0.5)
        for name, (shape, share) in zip(sheet.columns, shapes, strict=True)
    ]
    names = any(header_scores(name).get(kind, 0.0) >= 0.7 for name in sheet.columns for kind in NAMES)
    return round(min(sum(told), 6) / 6 * (1.0 if names else UNNAMED) * min(1.0, 0.5 + sheet.ledger.rows / 20), 3)


def refuse(kind: str) -> None:
    if kind.startswith("?"):
        raise Trouble(
            "format",
            say("This file is of the format {name}, which holds no table. Look for the export it came from.", name=kind[1:]),
        )


def digest_of(opened: object, size: int, watch: Watch) -> str:
    digest = hashlib.sha256()
    done = 0
    opened.seek(0)  # type: ignore[attr-defined]
    while block := opened.read(BLOCK):  # type: ignore[attr-defined]
        digest.update(block)
        done += len(block)
        watch.tell(say("Reading the file"), done / max(size, 1))
    return digest.hexdigest()
