"""Fields that nothing changes by accident: the wheel scrolls the page until a field was clicked; dates are typed as people type
them, or picked."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QDoubleSpinBox, QLineEdit, QMenu, QSpinBox, QWidgetAction

from analysis.declare.moments import typed_day, typed_moment
from analysis.ground.words import Words
from gui.widgets.plain import icon
from gui.widgets.theme import colors


class Combo(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Whole(QSpinBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Decimal(QDoubleSpinBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class DayField(QLineEdit):
    """A day, or nothing. What is no day stays as it was typed, marked, until it is one."""

    changed = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        """`now`: the clock of the place where the day is told."""
        super().__init__()
        self._now, self._words = now, Words("en")
        self.setClearButtonEnabled(True)
        self._pick = self.addAction(icon("calendar", "#52606d"), QLineEdit.ActionPosition.TrailingPosition)
        self._pick.triggered.connect(self.pick)
        self.editingFinished.connect(self._settle)
        self.textEdited.connect(lambda _: self._mark(False))

    def speak(self, words: Words, theme: str) -> None:
        self._words = words
        self._pick.setIcon(icon("calendar", colors(theme).quiet))
        self._pick.setText(words("Pick a day"))
        self.setPlaceholderText(words("19/11/2024, today, nothing"))
        if (known := self.value()) is not None:
            self.setText(self.shown(known))

    @property
    def wrong(self) -> bool:
        """Whether something is typed that is no day."""
        return bool(self.text().strip()) and self.value() is None

    def value(self) -> datetime | None:
        found = typed_day(self.text(), self._now().date())
        return None if found is None else datetime(found.year, found.month, found.day)

    def day(self) -> date | None:
        found = self.value()
        return None if found is None else found.date()

    def show_value(self, when: datetime | date | None) -> None:
        self.setText("" if when is None else self.shown(when))
        self._mark(False)

    def shown(self, when: datetime | date) -> str:
        return f"{when:%d/%m/%Y}" if self._words.language == "fr" else f"{when:%Y-%m-%d}"

    def pick(self) -> None:
        """The calendar, at the month of the day that is told."""
        menu, calendar, at = QMenu(self), QCalendarWidget(), self.value() or self._now()
        calendar.setSelectedDate(QDate(at.year, at.month, at.day))
        calendar.setMaximumDate(QDate(self._now().year, self._now().month, self._now().day))
        calendar.clicked.connect(lambda picked: (self._picked(picked), menu.close()))
        calendar.activated.connect(lambda picked: (self._picked(picked), menu.close()))
        held = QWidgetAction(menu)
        held.setDefaultWidget(calendar)
        menu.addAction(held)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

    def _picked(self, picked: QDate) -> None:
        before = self.value()
        hour, minute = (before.hour, before.minute) if before is not None else (0, 0)
        self.show_value(datetime(picked.year(), picked.month(), picked.day(), hour, minute))
        self.changed.emit()

    def _settle(self) -> None:
        known = self.value()
        if known is not None:
            self.setText(self.shown(known))
        self._mark(self.wrong)
        self.changed.emit()

    def _mark(self, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)


class MomentField(DayField):
    """A day with its hour."""

    def value(self) -> datetime | None:
        return typed_moment(self.text(), self._now().replace(tzinfo=None))

    def shown(self, when: datetime | date) -> str:
        day = super().shown(when)
        return f"{day} {when:%H:%M}" if isinstance(when, datetime) else day
