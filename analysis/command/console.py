"""Progress and summary in a terminal. A text of the leak never reaches it with a control sign."""

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from analysis.assess.findings import between
from analysis.assess.severity import BAND_LABELS, declared
from analysis.ground.watch import Progress as Step
from analysis.ground.watch import Watch
from analysis.ground.words import UNSAFE, Said, Words
from analysis.model import Impact, Ledger, People
from analysis.model.codes import FIELD_HEADS
from analysis.report.duties import due, to_decide
from analysis.report.groups import only_said
from analysis.report.matches import all_sentences
from analysis.rules.kinds import kinds

STYLES = {"low": "grey50", "medium": "yellow", "high": "dark_orange", "very_high": "bold red"}


def inert(text: str) -> Text:
    """A text that a terminal only shows: no control, no markup."""
    return Text(UNSAFE.sub("\ufffd", text))


class Bar:
    """A progress bar on standard error; silent where that is not a terminal."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=1.0)
        self.watch = Watch(self._show)

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def say(self, said: Said) -> None:
        self._bar.update(self._task, description=self._words.of(said))

    def _show(self, step: Step) -> None:
        self._bar.update(self._task, completed=step.fraction, description=self._words.of(step.step))


def summary(impact: Impact, words: Words) -> None:
    """One screen: findings, fields, bands."""
    console = Console()
    people, severity = impact.people, impact.verdict.severity
    console.print()
    console.print(
        Text(words("{n} person", "{n} people", n=people.best), style="bold"),
        Text(words("between {low} and {high}", low=people.low, high=people.high)),
        end="   ",
    )
    known = declared(impact.incident)
    level = f"{words.score(severity.se)} {words.of(BAND_LABELS[severity.band])}" if known else between(impact)
    console.print(Text(words("severity {se}", se=level), style=STYLES[severity.band] if known else "bold"))
    if impact.parts:
        console.print(Text(" • " + only_said(impact, words), style="bold"))
    if people.roles:
        console.print(Text(" • " + roles_said(people, words)))
    for said in (item.said for item in impact.findings[2:]):
        console.print(Text(" • " + words.of(said)))
    for said in all_sentences(impact):
        console.print(inert(" • " + words.of(said)))
    for said in people.limits:
        console.print(inert(" • " + words.of(said)))
    console.print(fields_table(people, words))
    console.print(ledger_line(people.exposure.leak.ledger, words))
    for said in due(impact):
        console.print(Text(" → " + words.of(said), style="bold"))
    for said in to_decide(impact):
        console.print(Text(" ? " + words.of(said)))


def roles_said(people: People, words: Words) -> str:
    """How many people have each role, in a line."""
    parts = (f"{words.of(item.role.said)} {words.number(item.best)}" for item in people.roles)
    return words("By role: {parts}", parts=", ".join(parts))


def fields_table(people: People, words: Words) -> Table:
    """The personal columns, with how many cells of each are what."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate(FIELD_HEADS):
        table.add_column(words(head), justify="left" if at < 2 else "right")
    for field in people.exposure.personal[:14]:
        cells = (field.valid, field.malformed, field.placeholder, field.empty)
        table.add_row(
            inert(field.column[:30]),
            Text(words.of(kinds()[field.kind].said)),
            Text(words.percent(field.confidence)),
            *(Text(words.number(count)) for count in cells),
        )
    return table


def ledger_line(ledger: Ledger, words: Words) -> Text:
    """Where the records went."""
    return Text(
        words(
            "{records} records read: {kept} kept, {irregular} irregular, {repaired} repaired, {rejected} rejected, {blank} blank",
            records=ledger.records_read,
            kept=ledger.kept,
            irregular=ledger.irregular,
            repaired=ledger.repaired,
            rejected=ledger.rejected,
            blank=ledger.blank,
        ),
        style="grey50",
    )
