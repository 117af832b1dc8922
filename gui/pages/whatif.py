"""What would have been had the data been fewer, coarser or encrypted: beside today, at once, and undone step by step."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QHeaderView

from analysis import assess
from analysis.assess import BAND_LABELS, BANDS, BIRTH, PLACE, Change, Outcome, all_scenarios, grave, removable, what_if
from analysis.model import Impact
from analysis.model.codes import BIRTHS, CHANGES, PLACES
from analysis.rules.kinds import kinds
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.parts import Card, button
from gui.widgets.plain import label
from gui.widgets.tables import filled, plain_table
from gui.widgets.theme import colors


class WhatIfPage(Page):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.steps: list[Change] = [Change()]
        self.classes: Any = None
        self.counting = False
        self.impact: Impact | None = None
        self.figures = self.add_figures(4)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        self.controls, self.compared = Card(), Card()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.controls.column.addLayout(self.grid)
        self.boxes: dict[str, QComboBox] = {}
        self.undo, self.reset = button(), button()
        self.undo.clicked.connect(self._undo)
        self.reset.clicked.connect(lambda: self._change(Change()))
        line = QHBoxLayout()
        line.addWidget(self.undo)
        line.addWidget(self.reset)
        line.addStretch()
        self.controls.column.addLayout(line)
        self.controls.column.addStretch()
        self.table, self.note = plain_table(), label("", "quiet", wrap=True)
        self.compared.column.addWidget(self.table)
        self.compared.column.addWidget(self.note)
        self.compared.column.addStretch()
        middle.addWidget(self.controls, 2)
        middle.addWidget(self.compared, 3)
        self.column.addLayout(middle)
        self.column.addStretch()
        session.impact_changed.connect(self._fresh)
        session.theme_changed.connect(lambda _: self._show())
        self.retranslate()

    @property
    def change(self) -> Change:
        return self.steps[-1]

    def _fresh(self, impact: Impact | None) -> None:
        """The changes stay while the persons do; the classes of every coarseness are counted once for them, off the thread,
        when somebody looks."""
        store = self.session.store
        same = impact is not None and self.impact is not None and impact.people is self.impact.people
        self.impact = impact
        if not same:
            self.steps, self.classes, self.counting = [Change()], None, False
        if impact is not None and store is not None and self.isVisible() and not self.counting:
            self.counting = True
            job = self.session.run_aside(lambda job: assess.coarse_classes(store, impact, job.watch))
            job.done.connect(lambda found: self._classes(impact, found))
            job.start()
        if self.isVisible():
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fresh(self.session.impact)

    def _classes(self, impact: Impact, found: Any) -> None:
        if self.impact is not None and self.impact.people is impact.people:
            self.classes = found
            self._show()

    def _change(self, change: Change) -> None:
        if change != self.change:
            self.steps.append(change)
            self.retranslate()

    def _undo(self) -> None:
        if len(self.steps) > 1:
            self.steps.pop()
            self.retranslate()

    def _chosen(self, kind: str, code: str) -> None:
        change = self.change
        removed, encrypted = change.removed - {kind}, change.encrypted - {kind}
        birth = code if kind == "birth_date" and code in BIRTH else "date" if kind == "birth_date" else change.birth
        place = code if kind == "postal_code" and code in PLACE else "postal_code" if kind == "postal_code" else change.place
        removed |= {kind} if code == "removed" else set()
        encrypted |= {kind} if code == "encrypted" else set()
        self._change(replace(change, removed=removed, encrypted=encrypted, birth=birth, place=place))

    def _state(self, kind: str) -> str:
        change = self.change
        if kind in change.removed:
            return "removed"
        if kind in change.encrypted:
            return "encrypted"
        found = {"birth_date": change.birth, "postal_code": change.place}.get(kind, "")
        return "" if found in ("date", "postal_code") else found

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("What if"),
            words(
                "What the breach would have been, had some of the data been removed, coarser or encrypted. Nothing is written."
            ),
        )
        self.controls.set_title(words("The data"))
        self.compared.set_title(words("Beside today"))
        self.undo.setText(words("Undo"))
        self.reset.setText(words("As today"))
        self.undo.setEnabled(len(self.steps) > 1)
        self.reset.setEnabled(self.change != Change())
        if self.isVisible():  # filling tables that nobody sees would keep the window busy
            self._boxes()
            self._show()

    def _boxes(self) -> None:
        words = self.session.words
        wanted = removable(self.impact) if self.impact else ()
        if tuple(self.boxes) != wanted:
            while self.grid.count():
                item = self.grid.takeAt(0)
                if item is not None and (part := item.widget()) is not None:
                    part.deleteLater()
            self.boxes = {kind: Combo() for kind in wanted}
            for at, (kind, box) in enumerate(self.boxes.items()):
                self.grid.addWidget(label(words.of(kinds()[kind].said), "quiet"), at, 0)
                self.grid.addWidget(box, at, 1)
                box.activated.connect(lambda _, kind=kind, box=box: self._chosen(kind, box.currentData()))
        for at, (kind, box) in enumerate(self.boxes.items()):
            item = self.grid.itemAtPosition(at, 0)
            name = item.widget() if item is not None else None
            if name is not None:
                name.setProperty("text", words.of(kinds()[kind].said))
            box.clear()
            coarser = {"birth_date": BIRTHS, "postal_code": PLACES}.get(kind, {})
            for code, text in {**CHANGES, **coarser}.items():
                box.addItem(words(text), code)
            box.setCurrentIndex(box.findData(self._state(kind)))
            box.setAccessibleName(words.of(kinds()[kind].said))

    def _show(self) -> None:
        words, impact = self.session.words, self.impact
        names = (
            words("Severity of the file"),
            words("High or very high"),
            words("Alone in their town"),
            words("Alone in the file"),
        )
        if impact is None:
            for part, name in zip(self.figures, names, strict=True):
                part.show_figure(name, "–")
            filled(self.table, (words("Measure"), words("Today"), words("What if")), [])
            return
        today, then = what_if(impact, Change(), self.classes), what_if(impact, self.change, self.classes)
        shades = colors(self.session.theme).bands
        at = BANDS.index(then.severity.band)
        was = words("today: {value}", value=words.of(BAND_LABELS[today.severity.band]) + f" ({words.score(today.severity.se)})")
        self.figures[0].show_figure(
            names[0], f"{words.of(BAND_LABELS[then.severity.band])} ({words.score(then.severity.se)})", was, shades[at]
        )
        self.figures[1].show_figure(
            names[1], words.number(grave(then.bands)), words("today: {value}", value=words.number(grave(today.bands)))
        )
        for part, name, figure in zip(self.figures[2:], names[2:], (self._town, self._file), strict=True):
            part.show_figure(name, figure(then), words("today: {value}", value=figure(today)))
        self._table(today, then)

    def _town(self, found: Outcome) -> str:
        share = found.unique.in_population if found.unique else None
        return "–" if share is None else self.session.words.percent(share)

    def _file(self, found: Outcome) -> str:
        return self.session.words.number(found.unique.alone) if found.unique else "–"

    def _table(self, today: Outcome, then: Outcome) -> None:
        words = self.session.words
        labels = {item.code: item.label for item in all_scenarios()}
        rows = [
            (words.of(BAND_LABELS[band]), words.number(a), words.number(b))
            for (band, a), (_, b) in zip(today.bands, then.bands, strict=True)
        ]
        if today.unique and then.unique:
            rows.append((words("k-anonymity (smallest class)"), words.number(today.unique.k), words.number(then.unique.k)))
        rows += [
            (words(labels[code]), words.number(a), words.number(b))
            for (code, a), (_, b) in zip(today.scenarios, then.scenarios, strict=True)
        ]
        filled(self.table, (words("Measure"), words("Today"), words("What if")), rows)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)  # the numbers are always in view
        self.note.setText(
            words(
                "Persons by band (our convention), and those to whom a scenario is open to a serious or grave level. "
                "Encrypted counts as removed, as long as the key is safe."
            )
        )
