"""The file: how it is written, where every record went, its first rows."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from analysis import classify, read, report
from analysis import store as stores
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model import Leak
from gui.job import Job
from gui.pages.page import Page
from gui.pages.placing import PlaceDialog
from gui.pages.reading import ReadingCard
from gui.pages.relations import Relations
from gui.pages.sources import SourceTables
from gui.session import Session
from gui.widgets.dialogs import ask_target
from gui.widgets.parts import Card, button
from gui.widgets.plain import label
from gui.widgets.tables import over_buttons, plain_table

SHOWN, NOTED = 50, 200  # rows, and lines of the ledger
UNPLACEABLE = frozenset({"header_again", "rest_unreadable", "extra_delimiter_at_end", "line_break"})
DELIMITERS = {"\t": "⇥ (TAB)", "": "–"}


class LeakPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.figures = self.add_figures(4)
        self.ledger = Card()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(24)
        self.ledger.column.addLayout(self.grid)
        self.cells = [(label("", "quiet"), label("", "section")) for _ in range(9)]
        for at, (name, value) in enumerate(self.cells):
            self.grid.addWidget(name, 0, at)
            self.grid.addWidget(value, 1, at)
        self.ledger_note = label("", "quiet", wrap=True)
        self.save = button()
        self.save.clicked.connect(self._save)
        below = QHBoxLayout()
        below.addWidget(self.ledger_note, 1)
        below.addWidget(self.save)
        self.ledger.column.addLayout(below)
        self.column.addWidget(self.ledger)
        self.reading = ReadingCard(session)
        self.column.addWidget(self.reading)
        self.preview, self.notes = plain_table(), plain_table()
        self.tables, self.relations = SourceTables(session), Relations(session)
        self.tabs = QTabWidget()
        self.tabs.setMinimumHeight(240)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.preview, "")
        self.tabs.addTab(self._noted_tab(), "")
        self.tabs.addTab(self.tables, "")
        self.tabs.addTab(self.relations, "")
        self.column.addWidget(self.tabs, 1)
        self._rows: list[tuple[Any, ...]] = []
        self._noted: list[tuple[Any, ...]] = []
        session.leak_changed.connect(self._show)
        session.exposure_changed.connect(lambda _: self._name_relations())
        session.revealed_changed.connect(lambda _: self._fill())
        self.retranslate()

    def _noted_tab(self) -> QWidget:
        """The ledger's lines; the chosen one can be placed by hand, where it is a line of a text."""
        self.place_note, self.place = label("", "quiet", wrap=True), button()
        self.place.clicked.connect(self._place)
        self.notes.itemActivated.connect(lambda _: self._place())
        self.notes.itemSelectionChanged.connect(lambda: self.place.setEnabled(self._placeable() is not None))
        made = QWidget()
        made.setLayout(over_buttons(self.notes, self.place_note, self.place))
        return made

    def _placeable(self) -> tuple[str, int, bool, str] | None:
        """Table, line, whether it was rejected, and text of the chosen record of the ledger; None where it cannot be placed."""
        leak, row = self.session.leak, self.notes.currentRow()
        if leak is None or leak.format != "delimited" or not self.session.paths or not 0 <= row < len(self._noted):
            return None
        source, line, outcome, reason, before, _ = self._noted[row]
        return (source, line, outcome == "rejected", before) if line and before and reason not in UNPLACEABLE else None

    def _place(self) -> None:
        leak, found = self.session.leak, self._placeable()
        if leak is not None and found is not None:
            source, line, rejected, before = found
            PlaceDialog(self, self.session, leak, source, line, rejected, read.pieces(leak, before)).open()

    def _show(self, leak: Leak | None) -> None:
        self._rows, self._noted = [], []
        self.retranslate()
        store = self.session.store
        if leak is None or store is None:
            self._fill()
            return

        paths, asked = self.session.paths, self.session.asked

        def work(job: Job) -> tuple[Any, ...]:

            lines = read.first_lines(paths[0], asked) if asked and len(paths) == 1 and leak.format == "delimited" else ()
            joins = read.keys(store, leak, job.watch) if len(leak.sheets) > 1 else ()
            noted = store.rows(store.table(leak.notes).order_by(["source", "line"]).limit(NOTED), job.watch)
            return store.rows(store.table(leak.table).limit(SHOWN), job.watch), noted, lines, joins

        job = self.session.run_aside(work)
        job.done.connect(lambda found: self._arrived(leak, found))
        job.start()

    def _arrived(self, leak: Leak, found: tuple[Any, ...]) -> None:
        if leak is self.session.leak:
            self._rows, self._noted, lines, joins = found
            self._fill()
            self.reading.show_lines(lines)
            self.reading.offer_joins(joins)

    def _save(self) -> None:
        """The ledger, line by line, as Excel or CSV."""
        words = self.session.words
        name = f"ampleur-{self.session.today.isoformat()}-ledger.xlsx"
        ask_target(self, words("Save the ledger"), name, ("Excel (*.xlsx)", "CSV (*.csv)"), self.write_ledger)

    def write_ledger(self, path: Path) -> None:
        """Starts the export; the session says when it is done."""

        def work(store: "stores.Store", leak: Leak, words: Words, watch: Watch) -> None:

            report.write_ledger(store, leak, path, words, watch)

        self.session.save(work, path)

    def _fill_notes(self) -> None:
        """The first lines of the ledger: number, what was wrong, before and after (masked until asked for)."""

        words, shown = self.session.words, self.session.revealed
        self.notes.clear()
        self.notes.setRowCount(len(self._noted))
        self.notes.setColumnCount(5)
        self.notes.setHorizontalHeaderLabels([words("Line"), words("Outcome"), words("Reason"), words("Before"), words("After")])
        outcomes = {"repaired": words("Repaired"), "irregular": words("Irregular"), "rejected": words("Rejected")}
        for at, (_, line, outcome, reason, before, after) in enumerate(self._noted):
            texts = [text[:300] if shown else classify.masked(text, 120) for text in (before or "", after or "")]
            for place, text in enumerate(
                (words.number(line) if line else "–", outcomes[outcome], words.of(report.reason_said(reason)), *texts)
            ):
                self.notes.setItem(at, place, QTableWidgetItem(text))
        fit(self.notes)

    def _fill(self) -> None:

        self._fill_notes()
        leak = self.session.leak
        self.preview.clear()
        self.preview.setRowCount(len(self._rows))
        self.preview.setColumnCount(len(leak.columns) if leak and self._rows else 0)
        if leak is None or not self._rows:
            return
        self.preview.setHorizontalHeaderLabels([name[:40] for name in leak.columns])
        for at, cells in enumerate(self._rows):
            for place, cell in enumerate(cells):
                text = cell or ""
                self.preview.setItem(at, place, QTableWidgetItem(text[:200] if self.session.revealed else classify.masked(text)))
        fit(self.preview)

    def retranslate(self) -> None:
        words, leak = self.session.words, self.session.leak
        self.head(words("The file"), words("How it is written, and where every record went."))
        self.save.setText(words("Save the ledger…"))
        self.save.setEnabled(leak is not None)
        self.reading.show_leak(leak)
        self.tabs.setTabText(0, words("First rows"))
        changed = leak.ledger.changed if leak else 0
        self.tabs.setTabText(1, words("Irregular, repaired, rejected ({n})", n=words.number(changed)))
        self.tabs.setTabEnabled(1, changed > 0)
        self.tabs.setTabText(2, words("Tables of the source ({n})", n=words.number(listed(leak)) if leak else "–"))
        self.tabs.setTabVisible(2, leak is not None and listed(leak) + len(leak.unread) > 1)
        self._name_relations()
        self.place.setText(words("Place this record…"))
        self.place.setEnabled(self._placeable() is not None)
        self.place_note.setText(words("A record that is no whole row can be put into its columns by hand, or left out."))
        self.notes.setAccessibleName(words("Row ledger"))
        self.tabs.setAccessibleName(words("First rows"))
        self.tabs.tabBar().setAccessibleName(words("First rows"))
        self.preview.setAccessibleName(words("First rows"))
        self.ledger.set_title(words("Row ledger"))
        self._show_ledger(leak)
        self._show_figures(leak)

    def _name_relations(self) -> None:
        words, leak, exposure = self.session.words, self.session.leak, self.session.exposure
        self.tabs.setTabText(3, words("Relations ({n})", n=words.number(len(exposure.keys)) if exposure else "–"))
        self.tabs.setTabVisible(3, leak is not None and len(leak.sheets) > 1)

    def _show_ledger(self, leak: Leak | None) -> None:
        words = self.session.words
        ledger = leak.ledger if leak else None
        names = (
            words("Records read"),
            words("Header"),
            words("Preamble"),
            words("Blank"),
            words("Kept"),
            words("Irregular"),
            words("Repaired"),
            words("Rejected"),
            words("Physical lines"),
        )
        counts = (
            (
                ledger.records_read,
                ledger.header,
                ledger.preamble,
                ledger.blank,
                ledger.kept,
                ledger.irregular,
                ledger.repaired,
                ledger.rejected,
                ledger.physical_lines,
            )
            if ledger
            else ("–",) * 9
        )
        for (name, value), text, count in zip(self.cells, names, counts, strict=True):
            name.setText(text)
            value.setText(words.show(count))
        self.ledger_note.setText(
            words(
                "Records read = header + preamble + blank + kept + irregular + repaired + rejected. Nothing is dropped silently."
            )
        )

    def _show_figures(self, leak: Leak | None) -> None:
        words = self.session.words
        if leak is None:
            for part, name in zip(
                self.figures, (words("Rows"), words("Columns"), words("Written as"), words("Fingerprint")), strict=True
            ):
                part.show_figure(name, "–")
            return
        delimiter = DELIMITERS.get(leak.dialect.delimiter, leak.dialect.delimiter)
        header = words("with a header") if leak.dialect.header else words("without header")
        self.figures[0].show_figure(
            words("Rows"),
            words.number(leak.rows),
            words("{size} MB", size=round(leak.size / 1e6))
            if leak.size > 1e6
            else words("{size} kB", size=max(round(leak.size / 1e3), 1)),
        )
        self.figures[1].show_figure(words("Columns"), words.number(len(leak.columns)), header)
        delimited = leak.format == "delimited"
        self.figures[2].show_figure(
            words("Written as"),
            leak.dialect.encodings if delimited else leak.format,
            words("delimiter: {sign}", sign=delimiter) if delimited else leak.sheet.name[:40],
        )
        self.figures[3].show_figure(words("Fingerprint"), leak.sha256[:8], words("SHA-256, first signs"))


def listed(leak: Leak) -> int:
    """Tables of the source, those that were read together counted each."""
    return sum(len(sheet.listed) for sheet in leak.sheets)


def fit(table: QTableWidget) -> None:
    """Widths from the first rows, within reason."""
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column in range(table.columnCount()):
        wide = max(table.sizeHintForColumn(column), header.sectionSizeHint(column))
        table.setColumnWidth(column, min(max(90, wide + 24), 260))
