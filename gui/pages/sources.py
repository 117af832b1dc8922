"""Every table of the source: its size, what it discloses, whether its people are counted; what could not be read, and why."""

from PySide6.QtWidgets import QWidget

from analysis.model import Disclosed, Exposure, Sheet
from analysis.rules.kinds import kinds
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import label
from gui.widgets.tables import fill, over_buttons, plain_table

MOST_KINDS = 8  # that are named of a table


class SourceTables(QWidget):
    """One line per table. The chosen one can be looked at instead, or left out of the incident."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.table = plain_table()
        self.table.itemSelectionChanged.connect(self._choose)
        self.note = label("", "quiet", wrap=True)
        self.look, self.leave = button(), button()
        self.look.clicked.connect(self._look)
        self.leave.clicked.connect(self._leave)
        self.setLayout(over_buttons(self.table, self.note, self.look, self.leave))
        self._sheets: list[Sheet] = []  # of the lines of the table
        session.leak_changed.connect(self.show_tables)
        session.exposure_changed.connect(self.show_tables)
        session.language_changed.connect(self.show_tables)
        self.show_tables()

    def show_tables(self, *_: object) -> None:
        words, leak = self.session.words, self.session.leak
        exposure = self.session.exposure
        known = {item.name: item for item in exposure.tables} if exposure else {}
        self._sheets, lines = [], list[tuple[str, ...]]()
        for sheet in leak.sheets if leak else ():
            item = known.get(sheet.name)
            held, people = self._kinds(item), self._people(exposure, item)
            for name, rows in sheet.listed:
                self._sheets.append(sheet)
                lines.append((name, words.number(rows), words.number(sheet.width), held, people))
        lines += [(item.name, "–", "–", words.of(item.said), words("not read")) for item in (leak.unread if leak else ())]
        self._fill(lines)
        self.note.setText(words("People of every table that holds some are counted, and who stands in two of them counts once."))
        self.look.setText(words("Look at this table"))
        self.table.setAccessibleName(words("Tables of the source"))
        self._choose()

    def _kinds(self, item: Disclosed | None) -> str:
        words = self.session.words
        if item is None:
            return "…"
        named = [words.of(kinds()[kind].said) for kind in item.kinds[:MOST_KINDS]]
        return ", ".join(named) + (" …" if len(item.kinds) > MOST_KINDS else "") or words("nothing personal")

    def _people(self, exposure: Exposure | None, item: Disclosed | None) -> str:
        words = self.session.words
        if exposure is None or item is None:
            return "…"
        return words.of(exposure.counting(item).said)

    def _fill(self, lines: list[tuple[str, ...]]) -> None:
        words, row = self.session.words, self.table.currentRow()
        fill(self.table, (words("Table"), words("Rows"), words("Columns"), words("Discloses"), words("People")), lines)
        self.table.setColumnWidth(3, min(max(self.table.columnWidth(3), 320), 520))
        if 0 <= row < len(lines):
            self.table.selectRow(row)

    def _chosen(self) -> Sheet | None:
        row = self.table.currentRow()
        return self._sheets[row] if 0 <= row < len(self._sheets) else None

    def _choose(self) -> None:
        sheet, exposure, words = self._chosen(), self.session.exposure, self.session.words
        other = exposure is not None and sheet is not None and sheet.name != exposure.leak.sheet.name
        out = exposure is not None and sheet is not None and sheet.name in exposure.case.left_out
        self.look.setEnabled(other)
        self.leave.setEnabled(other)
        self.leave.setText(words("Take in again") if out else words("Leave out"))

    def _look(self) -> None:
        if sheet := self._chosen():
            self.session.choose_sheet(sheet.name)

    def _leave(self) -> None:
        if (sheet := self._chosen()) and (exposure := self.session.exposure):
            self.session.leave_out(sheet.name, sheet.name not in exposure.case.left_out)
