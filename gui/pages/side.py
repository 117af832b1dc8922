"""The left side of the window: the steps, the search, masking, language, theme."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.page import At
from gui.session import Session
from gui.widgets.parts import button
from gui.widgets.plain import icon, label, tip
from gui.widgets.theme import colors

ICONS = {
    At.WELCOME: "hospital",
    At.SHORT: "circle-alert",
    At.LEAK: "file-text",
    At.FIELDS: "table-2",
    At.PEOPLE: "users",
    At.IMPACT: "shield-alert",
    At.RISKS: "triangle-alert",
    At.IDENTIFICATION: "fingerprint",
    At.WHAT_IF: "scale",
    At.REPORT: "download",
}

WIDE, NARROW, ROOM = 216, 64, 1150  # pixels: of the side, of its icons alone; of a window that has room for names


def key_of(at: int) -> str:
    """The key of a step."""
    return f"Ctrl+{(at + 1) % 10}"


class Side(QWidget):
    """It asks; the window does."""

    page_asked = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("side")
        self.compact = False
        self.setFixedWidth(WIDE)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(10, 20, 10, 14)
        column.setSpacing(4)
        self.brand = label("Ampleur", "brand")
        column.addWidget(self.brand)
        self.fictive = label("FICTIF", "fictive")
        self.fictive.hide()
        column.addWidget(self.fictive, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(16)
        self.steps = [button("", "nav") for _ in At]
        for at, step in enumerate(self.steps):
            step.setCheckable(True)
            step.clicked.connect(lambda _=False, at=at: self.page_asked.emit(at))
            column.addWidget(step)
        column.addStretch()
        self.search, self.masking, self.language, self.theme = (button("", "flat") for _ in range(4))
        for part in (self.search, self.masking, self.language, self.theme):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        session.busy_changed.connect(lambda _: self.enable())
        for signal in (session.leak_changed, session.exposure_changed, session.people_changed, session.impact_changed):
            signal.connect(lambda _: self.enable())
        session.language_changed.connect(self.retranslate)
        session.theme_changed.connect(lambda _: self.retranslate())
        session.revealed_changed.connect(lambda _: self.retranslate())
        self.retranslate()
        self.enable()

    def fit(self, width: int) -> None:
        """In a narrow window the icons alone: names stay as tips and for the screen reader."""
        if (width < ROOM) != self.compact:
            self.compact = width < ROOM
            self.setFixedWidth(NARROW if self.compact else WIDE)
            edge = 6 if self.compact else 10
            self.column.setContentsMargins(edge, 20, edge, 14)
            self.brand.setVisible(not self.compact)
            self.fictive.setProperty("small", self.compact)
            self.fictive.style().unpolish(self.fictive)
            self.fictive.style().polish(self.fictive)
            self.fictive.setContentsMargins(*((1, 3, 1, 3) if self.compact else (10, 4, 10, 4)))  # else those of before stay
            self.retranslate()

    def check(self, at: int) -> None:
        """The step that is shown."""
        for place, step in enumerate(self.steps):
            step.setChecked(place == at)

    def enable(self) -> None:
        """What can be looked at by now."""
        session = self.session
        begun, counted = session.leak is not None or session.busy, session.impact is not None
        ready = {At.WELCOME: True, At.SHORT: begun, At.LEAK: begun}
        ready |= {At.FIELDS: session.exposure is not None, At.PEOPLE: session.people is not None}
        for at, step in zip(At, self.steps, strict=True):
            step.setEnabled(ready.get(at, counted))
        self.search.setEnabled(counted)
        self.fictive.setVisible(session.fictive)

    def retranslate(self) -> None:
        words, found = self.session.words, colors(self.session.theme)
        names = {
            At.WELCOME: words("Start"),
            At.SHORT: words("In short"),
            At.LEAK: words("File"),
            At.FIELDS: words("Fields"),
            At.PEOPLE: words("People"),
            At.IMPACT: words("Impact"),
            At.RISKS: words("Risks"),
            At.IDENTIFICATION: words("Re-identification"),
            At.WHAT_IF: words("What if"),
            At.REPORT: words("Report"),
        }
        for at, step in zip(At, self.steps, strict=True):
            step.setText("" if self.compact else "  " + names[at])
            step.setIcon(icon(ICONS[at], found.quiet))
            step.setToolTip(tip(f"{names[at]} ({key_of(at)})"))
            step.setAccessibleName(names[at])
        revealed, dark = self.session.revealed, self.session.theme == "dark"
        self.search.setText(" " + words("Find a person (Ctrl+F)"))
        self.search.setIcon(icon("search", found.quiet))
        self.masking.setText(" " + (words("Hide the values (F9)") if revealed else words("Show the values (F9)")))
        self.masking.setIcon(icon("eye-off" if revealed else "eye", found.danger if revealed else found.quiet))
        self.language.setText(" English" if words.language == "fr" else " Français")
        self.language.setIcon(icon("languages", found.quiet))
        self.theme.setText(" " + (words("Light theme") if dark else words("Dark theme")))
        self.theme.setIcon(icon("sun" if dark else "moon", found.quiet))
        for push in (self.search, self.masking, self.language, self.theme):
            name = push.text().strip()
            push.setAccessibleName(name)
            push.setToolTip(tip(name))
            if self.compact:
                push.setText("")
