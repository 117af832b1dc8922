"""The table of persons: any of its rows at any time, fetched from the store a page at a time, off the thread."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer

from analysis import assess, classify, report
from analysis.model import Impact, tables
from analysis.model.codes import Band, Channel
from analysis.model.tables import NOWHERE, Kept
from gui.job import Job
from gui.session import Session

if TYPE_CHECKING:
    from analysis.store import Store

PAGE = 50
AT_ONCE = 4  # pages that lie side by side and are fetched together
MEANWHILE = 5  # milliseconds in which a view asks for all rows that it shows
KEPT = 240  # pages
SORTS = ("se", "se", "why", "age", "channel", "rows", "role")  # what each of our columns is ordered by
FIXED = len(SORTS)  # before the columns of the leak
WAITING = "…"
Index = QModelIndex | QPersistentModelIndex


class PersonModel(QAbstractTableModel):
    """Worst first. Cells of the leak are masked until the session reveals them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._impact: Impact | None = None
        self._group = ""
        self._by, self._down = "", False  # the column that orders the list (none: worst first)
        self._listing: Kept[tables.Listing] = NOWHERE
        self._pages: OrderedDict[int, list[assess.Person]] = OrderedDict()
        self._wanted: list[int] = []
        self._fetching = False
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(MEANWHILE)
        self._due.timeout.connect(self._fetch)
        self._total = 0
        self._job: Job | None = None  # puts the list in order
        self._columns: tuple[str, ...] = ()
        session.revealed_changed.connect(self._repaint)

    def show_people(self, impact: Impact | None, group: str = "", seen: bool = True) -> None:
        """Another impact, or none; all of its persons, or a group of them: the first page at once, then the rest is put in order.
        `seen`: the list is on screen; else it waits until every picture is painted, or `look`."""
        self.beginResetModel()
        self._impact, self._listing, self._total, self._group = impact, NOWHERE, 0, group
        self._pages.clear()
        self._wanted.clear()
        self._columns = tuple(field.column for field in impact.people.exposure.fields) if impact else ()
        self.endResetModel()
        if self._job is not None:
            self._job.stop()
            self._job = None
        store = self._session.store
        if impact is not None and store is not None:
            begin = self._session.run_aside if seen else self._session.run_last
            self._job = job = begin(lambda job: self._order(job, store, impact, group, self._by, self._down))
            job.published.connect(lambda found: self._began(job, *found))
            job.done.connect(lambda table: self._ordered(job, table))
            job.failed.connect(self._session.failed)
            if seen:
                job.start()

    def look(self) -> None:
        """The list comes on screen."""
        if self._job is not None:
            self._session.begin(self._job)

    def order_by(self, column: int) -> None:
        """By a column, up; again: down; a third time: worst first, as at the beginning."""
        by = SORTS[column] if column < FIXED else f"c{column - FIXED}"
        if by != self._by:
            self._by, self._down = by, False
        elif not self._down:
            self._down = True
        else:
            self._by, self._down = "", False
        self.show_people(self._impact, self._group)

    @property
    def ordered(self) -> tuple[int, bool] | None:
        """Which column orders the list, and whether the last stand first; None: the worst do."""
        if not self._by:
            return None
        column = SORTS.index(self._by) if self._by in SORTS else FIXED + int(self._by[1:])
        return column, self._down

    def person(self, row: int) -> "assess.Person | None":
        """The person of a row of the table; None until her page is there."""
        return self._person(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._impact is None else FIXED + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._session.words.number(section + 1)
        words = self._session.words
        ours = (
            words("Severity") if self._impact is None or self._impact.verdict.bands_tell else words("Among the first"),
            words("Score"),
            words("Why"),
            words("Age"),
            words("Best channel"),
            words("Rows"),
            words("Role"),
        )
        return ours[section] if section < FIXED else self._columns[section - FIXED][:40]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        person = self._person(index.row())
        return WAITING if person is None else self._text(person, index.column())

    # -- inside

    def _text(self, person: "assess.Person", column: int) -> str:

        words = self._session.words
        if column >= FIXED:
            cell = person.cells[column - FIXED]
            return cell[:200] if self._session.revealed else classify.masked(cell)
        assert self._impact is not None
        place = words.percent((person.position + 1) / max(self._total, 1))
        return (
            words.of(Band(person.band).said) if self._impact.verdict.bands_tell else place,
            words.decimal(person.se),
            report.why_said(person, words),
            "" if person.age is None else words.number(person.age),
            words.of(Channel(person.channel).said),
            words.number(person.rows),
            report.roles_said(person, words),
        )[column]

    def _person(self, row: int) -> "assess.Person | None":
        number = row // PAGE
        page = self._pages.get(number)
        if page is not None:
            return page[row % PAGE] if row % PAGE < len(page) else None
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        if not self._due.isActive():
            self._due.start()
        return None

    def _fetch(self) -> None:
        """The page that was asked for last, which is in view, with those beside it that are; one fetch at a time."""
        impact, store = self._impact, self._session.store
        if self._fetching or not self._wanted or impact is None or store is None or not self._listing:
            return
        first, table = self._wanted[-1], self._listing
        while first - 1 in self._wanted and self._wanted[-1] - first < AT_ONCE - 1:
            first -= 1
        last = first
        while last + 1 in self._wanted and last - first < AT_ONCE - 1:
            last += 1
        self._wanted = [number for number in self._wanted[-AT_ONCE:] if not first <= number <= last]
        self._fetching = True

        def work(_: Job) -> "list[assess.Person]":
            return assess.page(store, impact, table, first * PAGE, (last - first + 1) * PAGE)

        job = self._session.run_aside(work)
        job.done.connect(lambda found: self._arrived(table, first, found))
        job.failed.connect(lambda _: self._stopped())
        job.cancelled.connect(self._stopped)
        job.start()

    def _arrived(self, table: Kept[tables.Listing], first: int, found: "list[assess.Person]") -> None:
        self._fetching = False
        if table is self._listing:
            for at in range(0, len(found), PAGE):
                self._pages[first + at // PAGE] = found[at : at + PAGE]
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
            start = first * PAGE
            self.dataChanged.emit(self.index(start, 0), self.index(start + len(found) - 1, self.columnCount() - 1))
        self._fetch()

    def _stopped(self) -> None:
        self._fetching = False

    def _order(self, job: Job, store: "Store", impact: Impact, group: str, by: str, down: bool) -> Kept[tables.Listing]:
        job.publish(assess.begun(store, impact, job.watch, PAGE, group, by, down))
        return assess.listed(store, impact, job.watch, group, by, down)[0]

    def _began(self, job: Job, first: "list[assess.Person]", total: int) -> None:
        if job is self._job:
            self.beginResetModel()
            self._pages[0], self._total = first, total
            self.endResetModel()

    def _ordered(self, job: Job, table: Kept[tables.Listing]) -> None:
        if job is self._job:
            self._listing = self._session.held["list"] = table
            if self._session.store is not None:
                self._session.store.turn()
            self._fetch()

    def _repaint(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0, FIXED), self.index(self._total - 1, self.columnCount() - 1))
