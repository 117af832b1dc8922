"""What authorities and people are told, in the words of the person: letters and forms are filled from it."""

from datetime import date, datetime

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from analysis.declare.incident import LONGEST
from analysis.ground.errors import Trouble
from analysis.ground.words import say
from analysis.model import Incident
from analysis.model.codes import FOUND_BY, LINES, POLICE, TEXTS
from analysis.report.declared import LABELS
from gui.session import Session
from gui.widgets.calm import DayField
from gui.widgets.forms import added, combo, many, sheet

LONG = frozenset({"contact_details", "circumstances", "systems", "late"})  # texts of several lines
HEIGHT = 72  # pixels of such a text


class Sayings(QWidget):
    """A card of fields."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        words = session.words
        card, grid = sheet(words("For the authority and the people (Articles 33 and 34)"))
        self.texts = {name: QPlainTextEdit() if name in LONG else QLineEdit() for name in TEXTS}
        self.lines = {name: QPlainTextEdit() for name in LINES}
        for name, part in self.texts.items():
            added(grid, words(TEXTS[name]), part)
        self.found_by = combo({code: words(text) for code, text in FOUND_BY.items()})
        added(grid, words("Found out"), self.found_by)
        self.informed = DayField(datetime.now)
        self.informed.speak(words, session.theme)
        added(grid, words("People told on"), self.informed)
        self.informed_people = many(words("not known"))
        added(grid, words(LABELS["informed_people"]), self.informed_people)
        self.police = combo({code: words(text) for code, text in POLICE.items()})
        added(grid, words("Complaint"), self.police)
        for name, part in self.lines.items():
            added(grid, words("{what}, one per line", what=words(LINES[name])), part)
        for part in (*self.texts.values(), *self.lines.values()):
            if isinstance(part, QPlainTextEdit):
                part.setFixedHeight(HEIGHT)
                part.setTabChangesFocus(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_incident(self, incident: Incident) -> None:
        for name, part in self.texts.items():
            write(part, getattr(incident, name))
        for name, part in self.lines.items():
            write(part, "\n".join(getattr(incident, name)))
        self.informed.show_value(incident.informed)
        self.informed_people.setValue(incident.informed_people)
        self.found_by.setCurrentIndex(max(self.found_by.findData(incident.found_by), 0))
        self.police.setCurrentIndex(self.police.findData({None: "", True: "yes", False: "no"}[incident.police]))

    def declared(self) -> dict[str, object]:
        """By the names of an incident. Raises Trouble for what is no day."""
        if self.informed.wrong:
            what = say("People told on")
            raise Trouble("day", say("{what}: type a day, as 19/11/2024, or nothing.", what=what))
        told: date | None = self.informed.day()
        return {
            **{name: written(part) for name, part in self.texts.items()},
            **{name: tuple(filter(None, map(str.strip, written(part).splitlines()))) for name, part in self.lines.items()},
            "found_by": self.found_by.currentData(),
            "informed": told,
            "informed_people": self.informed_people.value(),
            "police": {"": None, "yes": True, "no": False}[self.police.currentData()],
        }


def write(part: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(part, QPlainTextEdit):
        part.setPlainText(text)
    else:
        part.setText(text)


def written(part: QLineEdit | QPlainTextEdit) -> str:
    return (part.toPlainText() if isinstance(part, QPlainTextEdit) else part.text()).strip()[:LONGEST]
