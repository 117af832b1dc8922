"""The people: how many, and every one of them, worst first."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from analysis import assess, report
from analysis import store as stores
from analysis.ground.errors import Trouble
from analysis.ground.watch import Progress, Watch
from analysis.ground.words import Words
from analysis.model import Impact, Leak, People
from analysis.report.groups import groups
from analysis.report.matches import all_sentences
from gui.models.persons import FIXED
from gui.pages.everyone import PeopleTable, columns_menu
from gui.pages.narrow import NarrowDialog
from gui.pages.page import Page
from gui.pages.review import ReviewDialog
from gui.pages.slip import SlipDialog
from gui.session import Session
from gui.widgets.calm import Combo
from gui.widgets.dialogs import ask_file, ask_target
from gui.widgets.flow import Flow
from gui.widgets.plain import label

ROLES_TOLD = 3  # of the people, beside their number
OWN = {1: "severity", 3: "years", 5: "lines"}  # columns of the list that are no column of the leak
FIRST = 0  # the column of the leak that is looked at where none is chosen


class PeoplePage(Page):
    slip_opened = Signal(object)
    review_opened = Signal(object)
    narrow_opened = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.figures = self.add_figures(4)
        self.limits = label("", "quiet", wrap=True)
        self.column.addWidget(self.limits)
        row = QHBoxLayout()
        self.link = QPushButton()
        self.link.clicked.connect(self._closer_or_stop)
        session.closer.progress.connect(self._tell_closer)
        self.told = label("", "quiet", wrap=True)
        self.look = QPushButton()
        self.look.clicked.connect(self.open_review)
        row.addWidget(self.link)
        row.addWidget(self.look)
        row.addWidget(self.told, 1)
        self.column.addLayout(row)
        chosen = Flow()
        self.group_label, self.group = label("", "quiet"), Combo()
        self.group_label.setFixedHeight(34)
        self.group.activated.connect(lambda _: self.model.show_people(self.session.shown, self.group.currentData() or ""))
        chosen.addWidget(self.group_label)
        chosen.addWidget(self.group)
        self.narrow, self.shown, self.save = QPushButton(), QPushButton(), QPushButton()
        self.narrow.clicked.connect(lambda: self.open_narrow(self.table.currentIndex().column()))
        self.shown.clicked.connect(
            lambda: columns_menu(self.table, self).popup(self.shown.mapToGlobal(self.shown.rect().bottomLeft()))
        )
        self.save.clicked.connect(self._save)
        for push in (self.narrow, self.shown, self.save):
            chosen.addWidget(push)
        self.verdicts = label("", "quiet", wrap=True)
        self.column.addLayout(chosen)
        self.column.addWidget(self.verdicts)
        compared = QHBoxLayout()
        self.compare = {what: QPushButton() for what in ("register", "earlier")}
        for what, push in self.compare.items():
            push.clicked.connect(lambda _=False, what=what: self._ask_other(what))
            compared.addWidget(push)
        self.matches = label("", "quiet", wrap=True)
        compared.addWidget(self.matches, 1)
        self.column.addLayout(compared)
        self.table = PeopleTable(session)
        self.model = self.table.people
        self.table.activated.connect(lambda index: self.open_slip(index.row()))
        self.table.narrowing.connect(self.open_narrow)
        self.column.addWidget(self.table, 1)
        session.people_changed.connect(lambda _: self.retranslate())
        session.shown_changed.connect(self._show)
        session.busy_changed.connect(lambda _: self._offer(self.session.people))
        self.retranslate()

    def _show(self, impact: Impact | None) -> None:
        self.group.setCurrentIndex(0)
        self.model.show_people(impact, seen=self.isVisible())
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        self.model.look()
        super().showEvent(event)

    def show_group(self, code: str) -> None:
        """Lists one group alone; everybody for an empty code."""
        self.group.setCurrentIndex(max(self.group.findData(code), 0))
        self.group.activated.emit(self.group.currentIndex())

    def _save(self) -> None:
        """The list on screen, as Excel or CSV."""
        words = self.session.words
        name = f"ampleur-{self.session.today.isoformat()}-{words('people')}.xlsx"
        ask_target(self, words("Save this list"), name, ("Excel (*.xlsx)", "CSV (*.csv)"), self.write_listed)

    def write_listed(self, path: Path) -> None:
        """Starts the export of the group on screen; the session says when it is done."""
        group, impact = self.group.currentData() or "", self.session.shown

        def work(store: "stores.Store", _: Leak, words: Words, watch: Watch) -> None:
            assert impact is not None
            report.write_listed(store, impact, group, path, words, watch)

        if impact is not None:
            self.session.save(work, path)

    def _ask_other(self, what: str) -> None:
        ask_file(self, self.compare[what].text(), lambda path: self._compare(what, path))

    def _compare(self, what: str, path: Path) -> None:
        """At once, or after the key of a file of hashes was shown."""

        def with_key(key: Path) -> None:
            try:
                self.session.compare(what, path, report.key_of(key))
            except Trouble as trouble:
                self.session.failed.emit(trouble)

        if report.holds_hashes(path):
            ask_file(self, self.session.words("The key file of the hashes"), with_key)
        else:
            self.session.compare(what, path)

    def _closer_or_stop(self) -> None:
        if self.session.closer.looking:
            self.session.closer.stop()
        else:
            self.session.link_persons()

    def _tell_closer(self, progress: Progress | None) -> None:
        if progress is None:
            self._offer(self.session.people)
        else:
            words = self.session.words
            self.link.setText(words("Stop"))
            self.told.setText(words("A model compares the persons in the background: {share}.", share=progress.fraction))

    def open_slip(self, row: int) -> None:
        """Everything of the person in a row, drawn off the thread."""
        person = self.model.person(row)
        if person is not None:
            self.show_slip(person)

    def show_slip(self, person: "assess.Person") -> None:
        """Her slip, wherever she was found."""
        impact, store = self.session.impact, self.session.store
        if impact is None or store is None:
            return
        job = self.session.run_aside(lambda job: assess.slip_of(store, impact, person.person, job.watch))
        job.done.connect(lambda found: self._slip_drawn(impact, person, found))
        job.start()

    def open_narrow(self, column: int) -> None:
        """The people by what stands in a column of the list (none: -1)."""
        if self.session.impact is not None:
            dialog = NarrowDialog(self, self.session, column - FIXED if column >= FIXED else OWN.get(column, FIRST))
            dialog.open()
            self.narrow_opened.emit(dialog)

    def open_review(self) -> None:
        """The doubtful pairs, drawn off the thread."""
        people, store = self.session.people, self.session.store
        if people is None or store is None:
            return
        job = self.session.run_aside(lambda job: assess.review_of(store, people, job.watch))
        job.done.connect(lambda found: self._review_drawn(people, found))
        job.start()

    def _review_drawn(self, people: People, found: "assess.Review") -> None:
        if people is self.session.people:
            dialog = ReviewDialog(self, self.session, found)
            dialog.open()
            self.review_opened.emit(dialog)

    def _slip_drawn(self, impact: Impact, person: "assess.Person", found: "assess.Slip") -> None:

        if impact is self.session.impact:
            dialog = SlipDialog(self, self.session, person, found)
            dialog.open()
            self.slip_opened.emit(dialog)

    def retranslate(self) -> None:
        words = self.session.words
        people, impact = self.session.people, self.session.shown
        self.head(
            words("The people"), words("Rows are not people: an interval, and each person with the severity of what is exposed.")
        )
        self.table.setAccessibleName(words("The people"))
        self.limits.setText("  ".join(words.of(said) for said in people.limits) if people else "")
        self.limits.setVisible(bool(people and people.limits))
        self._head_count(impact.people if impact is not None else people)
        self._offer(people)
        self._groups(impact)
        names = (words("Minors"), words("75 or older"), words("Cannot be reached"))
        if impact is None:
            for part, name in zip(self.figures[1:], names, strict=True):
                part.show_figure(name, "–")
            return
        day = words("on {day}", day=impact.census.reference_date)
        counts = (impact.verdict.minors, impact.verdict.over_75, impact.verdict.reach.none)
        most = impact.census.minors_at_most
        told = (
            words("{day}; up to {n}, as the day of birth is not told", day=day, n=most) if most > impact.verdict.minors else day
        )
        notes = (told, day, words("no valid e-mail, phone or address"))
        for part, name, count, text in zip(self.figures[1:], names, counts, notes, strict=True):
            part.show_figure(name, words.number(count), text)

    def _offer(self, people: People | None) -> None:
        """The model is offered once: it takes longer than everything else."""
        words = self.session.words
        self.compare["register"].setText(words("Compare with your register…"))
        self.compare["earlier"].setText(words("Compare with an earlier leak…"))
        impact = self.session.shown
        for push in self.compare.values():
            push.setEnabled(impact is not None and not self.session.busy)
        told = " ".join(words.of(said) for said in all_sentences(impact)) if impact is not None else ""
        self.matches.setText(
            told
            or words("Who of the leak is in your own list, and in an earlier leak. Nothing of the other file is kept but counts.")
        )
        self.narrow.setText(words("Filter or group…"))
        self.shown.setText(words("Columns"))
        self.save.setText(words("Save this list…"))
        for push in (self.narrow, self.shown, self.save):
            push.setEnabled(impact is not None and not self.session.busy)
        self.link.setText(words("Stop") if self.session.closer.looking else words("Look closer for the same person"))
        self.link.setVisible(people is not None and people.level == "rules")
        self.link.setEnabled(people is not None and not self.session.busy)
        self.look.setText(words("Review doubtful pairs…"))
        self.look.setEnabled(people is not None and bool(people.doubts) and not self.session.busy)
        self.verdicts.setText(
            self._said_by_hand(people)
            or words("Enter on a person opens her slip: what is exposed, which rows are hers, and who was almost taken for her.")
        )
        if people is None:
            self.told.setText("")
        elif self.session.closer.looking:
            self.told.setText(words("A model compares the persons in the background."))
        elif people.level == "rules":
            self.told.setText(
                words(
                    "Compares the persons whose names or dates differ, by a model that learns from this file. Some seconds "
                    "to a minute."
                )
            )
        else:
            merged = dict(people.merges).get("linked", 0)
            self.told.setText(words("{n} rows more were linked to a person by the model of this file.", n=merged))

    def _said_by_hand(self, people: People | None) -> str:
        """What a person decided of rows and pairs; nothing where she decided nothing."""
        words = self.session.words
        if people is None:
            return ""
        n, m = people.joined, people.split
        told = [words("{n} pair of rows was joined by hand.", "{n} pairs of rows were joined by hand.", n=n)] if n else []
        told += [words("{n} pair of rows was split by hand.", "{n} pairs of rows were split by hand.", n=m)] if m else []
        return " ".join(told + ([words.of(report.reviewed(people.review))] if people.review else []))

    def _groups(self, impact: Impact | None) -> None:
        """Who is listed: everybody, or one of the groups that need care, each with its number."""
        words, kept = self.session.words, self.group.currentIndex()
        self.group_label.setText(words("Show"))
        self.group.setAccessibleName(words("Show"))
        self.group.clear()
        self.group.addItem(words("Everybody"), "")
        self.group.setEnabled(impact is not None)
        if impact is not None:
            for code, said, count in groups(impact):
                if count:
                    self.group.addItem(f"{words.of(said)} ({words.number(count)})", code)
            self.group.setCurrentIndex(max(min(kept, self.group.count() - 1), 0))

    def _head_count(self, people: People | None) -> None:
        words = self.session.words
        if people is None:
            self.figures[0].show_figure(words("People"), "–")
            return
        between = words("between {low} and {high}", low=people.low, high=people.high)
        if people.roles:
            most = sorted(people.roles, key=lambda item: -item.best)[:ROLES_TOLD]
            between += " · " + ", ".join(f"{words.of(item.role.said)} {words.number(item.best)}" for item in most)
        self.figures[0].show_figure(words("People"), words.number(people.best), between)
