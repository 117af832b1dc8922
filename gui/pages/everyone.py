"""The table of people: ordered by a click on a head; a head's menu filters, groups, hides a column and shows it again."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from gui.models.persons import FIXED, PersonModel
from gui.session import Session
from gui.widgets.tables import only_shows

WIDTHS = (150, 70, 270, 60, 120, 70, 160)
WIDTH = 150  # of a column of the leak
ROLE = FIXED - 1
COLUMNS = ("severity", "score", "why", "age", "channel", "rows", "role")  # as a case calls them


class PeopleTable(QTableView):
    narrowing = Signal(int)  # a column by which the people are to be filtered

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.people = PersonModel(session)
        only_shows(self)
        self.setModel(self.people)
        self.setMinimumHeight(380)
        self.people.modelReset.connect(self.arrange)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._order)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.open_menu(head.logicalIndexAt(at), head.mapToGlobal(at)))
        QShortcut(QKeySequence("Shift+F10"), self, self._by_key, context=Qt.ShortcutContext.WidgetShortcut)

    def arrange(self) -> None:
        """Widths, and which columns are seen: that of roles where there are several."""
        people = self.session.people
        for column in range(self.people.columnCount()):
            self.setColumnWidth(column, WIDTHS[column] if column < FIXED else WIDTH)
            needless = column == ROLE and not (people and people.roles)
            self.setColumnHidden(column, needless or code_of(column) in self.session.hidden)

    def show_column(self, column: int, shown: bool) -> None:
        """One column stays, whatever is hidden."""
        if not shown and sum(not self.isColumnHidden(at) for at in range(self.people.columnCount())) < 2:
            return
        others = tuple(code for code in self.session.hidden if code != code_of(column))
        self.session.hidden = others if shown else (*others, code_of(column))
        self.arrange()

    def open_menu(self, column: int, at: QPoint) -> QMenu:
        """What can be done with a column (none: -1), and every column to be shown or hidden."""
        menu = columns_menu(self, self)
        if 0 <= column < self.people.columnCount():
            words, first = self.session.words, menu.actions()[0]
            here = QAction(words("Filter or group by this column…"), menu)
            here.triggered.connect(lambda: self.narrowing.emit(column))
            away = QAction(words("Hide this column"), menu)
            away.triggered.connect(lambda: self.show_column(column, False))
            menu.insertActions(first, [here, away])
            menu.insertSeparator(first)
        menu.popup(at)
        return menu

    def _by_key(self) -> None:
        column = self.currentIndex().column()
        self.open_menu(column, self.horizontalHeader().mapToGlobal(QPoint(self.columnViewportPosition(max(column, 0)), 0)))

    def _order(self, column: int) -> None:
        """A click on the head of a column orders the list by it; off the thread, the newest wins."""
        self.people.order_by(column)
        head, ordered = self.horizontalHeader(), self.people.ordered
        head.setSortIndicatorShown(ordered is not None)
        if ordered is not None:
            head.setSortIndicator(ordered[0], Qt.SortOrder.DescendingOrder if ordered[1] else Qt.SortOrder.AscendingOrder)


def columns_menu(table: PeopleTable, parent: QWidget) -> QMenu:
    """Every column, with a tick where it is seen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    people = table.session.people
    for column in range(table.people.columnCount()):
        if column == ROLE and not (people and people.roles):
            continue
        name = table.people.headerData(column, Qt.Orientation.Horizontal) or f"#{column - FIXED + 1}"
        action = QAction(name.replace("&", "&&"), menu, checkable=True, checked=not table.isColumnHidden(column))
        action.toggled.connect(lambda shown, column=column: table.show_column(column, shown))
        menu.addAction(action)
    return menu


def code_of(column: int) -> str:
    """What a case calls a column of the list."""
    return COLUMNS[column] if column < FIXED else f"c{column - FIXED}"
