"""An impact and a folder in, everything that is handed over out: the documents that were asked for, in their formats; of one
incident, or of each of many controllers."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from analysis import assess
from analysis.assess import By
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole, whole_folder
from analysis.ground.words import Words, mark, printable, say
from analysis.handover import authority, letters, records, share
from analysis.handover.cnil import cnil
from analysis.handover.groups import NAMES, Audience, Group, audiences
from analysis.handover.summary import assessment, board, summary
from analysis.model import Impact
from analysis.render import Document, write_document
from analysis.report import as_json, write_charts, write_excel, write_json
from analysis.report.ledger import guarded
from analysis.store import Store

TEXTS = ("pdf", "docx", "html", "md", "txt")  # formats of documents
FORMATS = ("xlsx", "json", "charts", *TEXTS, "veris")
FORMS = ("edpb", "cnil")
MOST_PACKS = 100_000
PACKS, INDEX = "packs", "index.csv"
LETTERS = frozenset({*Group, "public-notice", "hotline", "press"})
STEMS = frozenset(
    {"analysis", "summary", "board", "edpb", "cnil", "register", "checklist", "risk-assessment", "shareable", "to-controllers"}
    | {"veris"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is handed over. `follows` and `before`: the authority's number of an earlier notification, and its form; `withdrawn`:
    why it is taken back."""

    formats: tuple[str, ...] = ("xlsx", "json")
    letters: bool = False
    forms: tuple[str, ...] = ()
    shareable: bool = False
    follows: str = ""
    before: Mapping[str, Any] | None = None
    withdrawn: str = ""
    template: Path | None = None  # of letters, a Word file of the controller

    @property
    def texts(self) -> tuple[str, ...]:
        """Formats of letters and forms: those of the documents, or Word and PDF."""
        return tuple(name for name in self.formats if name in TEXTS) or ("docx", "pdf")


def pack(store: Store, impact: Impact, to: Path, wanted: Wanted, words: Words, watch: Watch) -> tuple[str, ...]:
    """Writes into a folder; what was written and is not finished. Raises Trouble; each file is whole or not there, and letters
    that an earlier pack left there go."""
    impact, told = prepared(store, impact, watch, wanted.letters)
    for path in (to / "letters").glob("*"):
        if path.stem.removesuffix("-sms") in LETTERS and path.suffix[1:] in TEXTS:  # whoever sends the folder would send them too
            path.unlink(missing_ok=True)
    unfinished: list[str] = []
    if "json" in wanted.formats:
        write_json(as_json(impact, {}, words), to / "analysis.json")
    if "xlsx" in wanted.formats:
        write_excel(impact, to / "summary.xlsx", words)
    if "charts" in wanted.formats:
        write_charts(impact, to / "charts", words)
    if "veris" in wanted.formats:
        records.write_veris(impact, to / "veris.json")
    for name, make, formats in documents(impact, told, wanted, words):
        watch.check()
        document = make()
        for ending in formats:
            theirs = wanted.template if name.startswith("letters/") else None
            write_document(document, to / f"{name}.{ending}", words, theirs)
        if not document.finished:
            unfinished.append(name)
    if wanted.forms:
        records.write_register(impact, to / "register.csv", words)
    if "edpb" in wanted.forms and not impact.incident.processor:
        found = authority.answers(impact, words, wanted.follows, wanted.withdrawn)
        authority.write_form(found, to / "edpb.json")
    return tuple(unfinished)


def prepared(store: Store, impact: Impact, watch: Watch, letters: bool = True) -> tuple[Impact, tuple[Audience, ...]]:
    """The impact with the communes of its people, and whom letters are written to."""
    return assess.with_places(store, impact, watch), audiences(store, impact, watch) if letters else ()


def written_over(to: Path) -> list[Path]:
    """The files of a folder that a pack would take the place of."""
    here = [path for path in to.glob("*") if path.is_file() and path.stem in STEMS]
    return [*here, *(path for part in ("letters", "charts") for path in (to / part).glob("*") if path.is_file())]


# What a document is called where a person chooses it.
CALLED = {
    "summary": mark("Summary"),
    "board": mark("Page of the board"),
    "shareable": mark("Figures that may be shared"),
    "edpb": mark("Notification (EDPB)"),
    "cnil": mark("Notification (CNIL)"),
    "risk-assessment": mark("Risk assessment"),
    "register": mark("Register"),
    "checklist": mark("Checklist of notifications"),
    "to-controllers": mark("Notice to the controllers"),
    "letters/public-notice": mark("Notice to the public"),
    "letters/hotline": mark("Answers for the hotline"),
    "letters/press": mark("Line for the press"),
}


def called(name: str, words: Words) -> str:
    """A document by its name, in words."""
    group = name.removeprefix("letters/").removesuffix("-sms")
    if group in set(Group):
        kind = words("SMS") if name.endswith("-sms") else words("Letter")
        return f"{kind} ({words(NAMES[Group(group)])})"
    return words(CALLED[name])


Make = Callable[[], Document]


def documents(
    impact: Impact, told: Sequence[Audience], wanted: Wanted, words: Words
) -> Iterator[tuple[str, Make, tuple[str, ...]]]:
    """Name, what makes it, the formats it is written in. `told`: the groups of people, where letters are wanted."""
    summaries = tuple(name for name in wanted.formats if name in TEXTS)
    if summaries:
        yield "summary", lambda: summary(impact, words), summaries
        yield "board", lambda: board(impact, words), summaries
    if wanted.letters and told:
        yield from messages(impact, told, wanted, words)
    if wanted.forms:
        yield from forms(impact, wanted, words)
    if wanted.shareable:
        yield "shareable", lambda: share.shareable(impact, words), wanted.texts


def messages(
    impact: Impact, told: Sequence[Audience], wanted: Wanted, words: Words
) -> Iterator[tuple[str, Make, tuple[str, ...]]]:
    """To the people concerned."""
    every = tuple(dict.fromkeys((*wanted.texts, "txt")))
    for item in told:
        yield f"letters/{item.group}", lambda item=item: letters.letter(impact, item, words), every
        yield f"letters/{item.group}-sms", lambda item=item: letters.message(impact, item, words), ("txt",)
    yield "letters/public-notice", lambda: letters.notice(impact, told, words), every
    yield "letters/hotline", lambda: letters.hotline(impact, told, words), wanted.texts
    yield "letters/press", lambda: letters.press(impact, told, words), every


def forms(impact: Impact, wanted: Wanted, words: Words) -> Iterator[tuple[str, Make, tuple[str, ...]]]:
    """To the authority, and for the own files; a processor notifies nobody but its controllers."""
    if impact.incident.processor:
        yield "to-controllers", lambda: records.processor_note(impact, words), wanted.texts
    else:
        if "edpb" in wanted.forms:
            found = authority.answers(impact, words, wanted.follows, wanted.withdrawn)
            told = authority.changed(found, wanted.before) if wanted.before is not None else found
            yield "edpb", lambda: authority.notification(impact, told, words, wanted.before is not None), wanted.texts
        if "cnil" in wanted.forms:
            yield "cnil", lambda: cnil(impact, words), wanted.texts
        yield "risk-assessment", lambda: assessment(impact, words), wanted.texts
    yield "register", lambda: records.register(impact, words), wanted.texts
    yield "checklist", lambda: records.checklist(impact, words), wanted.texts


def split(
    store: Store, impact: Impact, by: By, to: Path, wanted: Wanted, words: Words, watch: Watch
) -> tuple[int, int, tuple[str, ...]]:
    """A pack for each controller, each in a folder of its own with its people alone, and an index whose counts add up to the
    people: how many packs, how many people stand in several, and what is not finished. The folder `packs` is new, and there
    whole or not at all. Raises Trouble."""
    values = assess.shares(store, impact, by, watch)
    if len(values) > MOST_PACKS:
        name = printable(impact.people.exposure.leak.columns[by.position])
        said = say("The column {name} has {n} values: it tells no controllers apart.", name=name, n=len(values))
        raise Trouble("split", said, BAD_ARGUMENTS)
    several = assess.in_several(store, impact, by, watch)
    lines: list[tuple[str, str, int]] = []
    unfinished: dict[str, None] = {}
    with (
        whole_folder(to / PACKS, of_whole=True) as place,
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="ampleur-pack") as writer,  # one is written, the next counted
    ):
        written: Future[tuple[str, ...]] | None = None
        for at, (value, part) in enumerate(assess.split(store, impact, by, watch)):
            watch.tell(say("Writing a pack for each controller"), at / len(values))
            own = part.told_of(replace(impact.incident, controller=value[:200]))
            folder = f"{at:06d}"
            if written is not None:
                unfinished |= dict.fromkeys(written.result())
            written = writer.submit(pack, store, own if value else part, place / folder, wanted, words, watch)
            lines.append((folder, value, part.people.best))
        if written is not None:
            unfinished |= dict.fromkeys(written.result())
        none = words("(not in the list)") if by.names else words("(no value)")
        write_index(lines, impact.people.best, several, none, place / INDEX, words)
    return len(values), several, tuple(unfinished)


def position_of(impact: Impact, column: str) -> int:
    """Of a column by its name (or its number, from 1). Raises Trouble."""
    names = impact.people.exposure.leak.columns
    if column in names:
        return names.index(column)
    if column.isdigit() and 1 <= int(column) <= len(names):
        return int(column) - 1
    known = ", ".join(printable(name) for name in names[:30])
    raise Trouble(
        "column", say("No column is called {name}: there are {known}.", name=printable(column), known=known), BAD_ARGUMENTS
    )


def write_index(lines: list[tuple[str, str, int]], people: int, several: int, none: str, path: Path, words: Words) -> None:
    """Folder, controller, people; then the sum, those who count more than once, and the people. `none`: what people of no
    controller are called. Raises Trouble."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([words("Folder"), words("Controller"), words("People")])
    writer.writerows((folder, guarded(value) or none, n) for folder, value, n in lines)
    counted = sum(n for *_, n in lines)
    writer.writerow(["", words("Sum of the packs"), counted])
    writer.writerow(["", words("Counted with more than one controller"), counted - people])
    writer.writerow(["", words("People with more than one controller"), several])
    writer.writerow(["", words("People"), people])
    with whole(path) as part:
        part.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
