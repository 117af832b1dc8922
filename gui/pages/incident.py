"""Everything that the file cannot tell, in one dialog: who, when, how, what else, and where a person decides otherwise than
the rules propose."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from analysis.declare.incident import assumed_prices, in_order, load_incident
from analysis.declare.moments import moment
from analysis.ground.errors import Trouble
from analysis.ground.whole import keep_apart
from analysis.ground.words import mark, say
from analysis.model import NOT_YET, Incident
from analysis.model.codes import (
    CATEGORIES,
    CAUSES,
    DISCLOSURES,
    LOSSES,
    MALICE,
    MOMENTS,
    NATURES,
)
from analysis.report.incident import save_incident
from gui.pages.judgment import Judgment
from gui.pages.sayings import Sayings
from gui.session import Session
from gui.widgets.calm import Decimal, MomentField
from gui.widgets.forms import added, combo, many, sheet
from gui.widgets.parts import Card, button
from gui.widgets.plain import label

DECLARED = MOMENTS | {"notified": mark("The authority was told")}
PRICES = ("email", "sms", "post")


class IncidentDialog(QDialog):
    """Nothing is declared until *Compute again*; a file keeps it for the next time."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.resize(820, 720)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        area, inside = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(20, 18, 20, 18)
        self.sayings, self.judgment = Sayings(session), Judgment(session)
        for part in (self._origin(), self._when(), self._what(), self._people(), self.sayings, self.judgment):
            self.column.addWidget(part)
        self.column.addStretch()
        area.setWidget(inside)
        whole.addWidget(area, 1)
        whole.addLayout(self._foot())
        self.wrong = label("", "sentence", wrap=True)
        self.column.insertWidget(0, self.wrong)
        self.wrong.hide()
        self.setWindowTitle(session.words("What the file cannot tell"))
        self.setLocale(QLocale(session.words.language))
        self.show_incident(session.incident)

    def _origin(self) -> Card:
        words = self.session.words
        self.controller, self.nature = QLineEdit(), combo({code: words(text) for code, text in NATURES.items()})
        card, grid = sheet(words("The controller"))
        added(grid, words("Name"), self.controller)
        added(grid, words("Where it comes from"), self.nature)
        self.processor = QCheckBox(words("The data are processed for another controller"))
        card.column.addWidget(self.processor)
        return card

    def _when(self) -> Card:
        words = self.session.words
        card, grid = sheet(words("When"))
        self.zone = combo({"": words("UTC"), **{name: name for name in sorted(available_timezones()) if "/" in name}})
        added(grid, words("Time zone"), self.zone)
        self.moments = {code: MomentField(self._now) for code in DECLARED}
        for code, part in self.moments.items():
            part.speak(words, self.session.theme)
            part.setPlaceholderText(words("19/11/2024 10:30, today 9:00, nothing"))
            added(grid, words(DECLARED[code]), part)
        self.not_told = QCheckBox(words("The authority was not told yet"))
        self.not_told.toggled.connect(lambda on: self.moments["notified"].setEnabled(not on))
        card.column.addWidget(self.not_told)
        return card

    def _what(self) -> Card:
        words = self.session.words
        card, grid = sheet(words("What happened"))
        self.disclosure = combo({code: words(text) for code, text in DISCLOSURES.items()})
        self.cause = combo({code: words(text) for code, text in CAUSES.items()})
        self.malice = combo({code: words(text) for code, text in MALICE.items()})
        self.losses = {
            name: combo({code: words(text) for code, text in LOSSES.items()}) for name in ("integrity", "availability")
        }
        added(grid, words("Cause"), self.cause)
        added(grid, words("Who received it"), self.disclosure)
        added(grid, words("Intent"), self.malice)
        added(grid, words("Data altered"), self.losses["integrity"])
        added(grid, words("Data unavailable"), self.losses["availability"])
        self.unintelligible, self.public = (
            QCheckBox(words("The data are encrypted and the key is safe")),
            QCheckBox(words("The data were public before")),
        )
        card.column.addWidget(self.unintelligible)
        card.column.addWidget(self.public)
        return card

    def _people(self) -> Card:
        words = self.session.words
        card, grid = sheet(words("Beyond the file"))
        self.claimed = many(words("not known"))
        added(grid, words("People claimed or declared"), self.claimed)
        self.prices = {name: Decimal() for name in PRICES}
        for part, text in zip(
            self.prices.values(),
            (words("Price of an e-mail, euros"), words("Price of an SMS, euros"), words("Price of a letter, euros")),
            strict=True,
        ):
            part.setDecimals(3)
            part.setRange(0, 999)
            part.setSingleStep(0.01)
            added(grid, text, part)
        card.column.addWidget(label(words("Categories said to be exposed that the file does not hold"), "quiet"))
        self.categories = {code: QCheckBox(words(text)) for code, text in CATEGORIES.items()}
        boxes = QGridLayout()
        for at, box in enumerate(self.categories.values()):
            boxes.addWidget(box, at // 3, at % 3)
        card.column.addLayout(boxes)
        return card

    def _foot(self) -> QHBoxLayout:
        words, line = self.session.words, QHBoxLayout()
        line.setContentsMargins(20, 0, 20, 0)
        opened, saved = button(words("Open a file…"), "flat"), button(words("Save as a file…"), "flat")
        shut, self.apply = button(words("Cancel")), button(words("Compute again"), "primary")
        opened.clicked.connect(lambda: self._file(QFileDialog.AcceptMode.AcceptOpen, self._load))
        saved.clicked.connect(lambda: self._file(QFileDialog.AcceptMode.AcceptSave, self._save))
        shut.clicked.connect(self.reject)
        self.apply.clicked.connect(self._declare)
        for part in (opened, saved):
            line.addWidget(part)
        line.addStretch()
        for part in (shut, self.apply):
            line.addWidget(part)
        return line

    # -- values

    def show_incident(self, incident: Incident) -> None:
        self.controller.setText(incident.controller)
        for box, code in (
            (self.nature, incident.nature),
            (self.disclosure, incident.disclosure),
            (self.cause, incident.cause),
            (self.zone, incident.time_zone),
            (self.malice, {None: "", True: "yes", False: "no"}[incident.malicious]),
        ):
            box.setCurrentIndex(max(box.findData(code), 0))
        for name, box in self.losses.items():
            box.setCurrentIndex(box.findData(f"{getattr(incident, name):g}"))
        for code, part in self.moments.items():
            text = getattr(incident, code).removeprefix(NOT_YET)
            part.show_value(on_the_wall(moment(text, incident.time_zone)) if text else None)
        self.not_told.setChecked(incident.notified == NOT_YET)
        self.processor.setChecked(incident.processor)
        self.unintelligible.setChecked(incident.unintelligible)
        self.public.setChecked(incident.public)
        self.sayings.show_incident(incident)
        self.claimed.setValue(incident.claimed_people)
        assumed = assumed_prices()
        for name, part in self.prices.items():
            price = getattr(incident, f"price_{name}")
            part.setValue(float(assumed[name] if price is None else price))
        for code, box in self.categories.items():
            box.setChecked(code in incident.other_categories)
        self.judgment.show_incident(incident)

    def incident(self) -> Incident:
        """What is declared in the dialog. Raises Trouble where it cannot be."""
        before, assumed = self.session.incident, assumed_prices()
        zone = self.zone.currentData()
        moments = {code: self._moment(code, part, zone) for code, part in self.moments.items()}
        if self.not_told.isChecked():
            moments["notified"] = NOT_YET
        found = replace(
            before,
            controller=self.controller.text().strip(),
            nature=self.nature.currentData(),
            time_zone=zone,
            **moments,
            processor=self.processor.isChecked(),
            cause=self.cause.currentData(),
            disclosure=self.disclosure.currentData(),
            malicious={"": None, "yes": True, "no": False}[self.malice.currentData()],
            **{name: float(box.currentData()) for name, box in self.losses.items()},
            unintelligible=self.unintelligible.isChecked(),
            public=self.public.isChecked(),
            claimed_people=self.claimed.value(),
            other_categories=tuple(code for code, box in self.categories.items() if box.isChecked()),
            **self.sayings.declared(),
            **self.judgment.declared(),
            **{
                f"price_{name}": None if abs(part.value() - float(assumed[name])) < 1e-9 else part.value()
                for name, part in self.prices.items()
            },
        )
        in_order(found)
        return found

    def _now(self) -> datetime:
        """On the clock of the declared zone."""
        return datetime.now(ZoneInfo(self.zone.currentData()) if self.zone.currentData() else UTC)

    def _moment(self, code: str, part: MomentField, zone: str) -> str:
        """As it was declared, where nothing was changed. Raises Trouble for what is no moment."""
        before, when = self.session.incident, part.value()
        text = str(getattr(before, code)).removeprefix(NOT_YET)
        if part.wrong:
            what = say(DECLARED[code])
            raise Trouble("moment", say("{what}: type a day and an hour, as 19/11/2024 10:30, or nothing.", what=what))
        if text and zone == before.time_zone and when == on_the_wall(moment(text, zone)):
            return text
        return "" if when is None else f"{when:%Y-%m-%dT%H:%M}" + ("" if zone else "+00:00")

    def _declare(self) -> None:
        try:
            found = self.incident()
        except Trouble as trouble:
            self._say(trouble)
            return
        self.session.set_incident(found)
        self.accept()

    def _say(self, trouble: Trouble) -> None:
        self.wrong.setText(self.session.words.of(trouble.said))
        self.wrong.show()

    def _file(self, mode: QFileDialog.AcceptMode, chosen: object) -> None:
        dialog = QFileDialog(self, self.session.words("Incident file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(mode)
        dialog.setNameFilter("TOML (*.toml)")
        dialog.setDefaultSuffix("toml")
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _load(self, name: str) -> None:
        try:
            self.show_incident(load_incident(Path(name)))
            self.wrong.hide()
        except Trouble as trouble:
            self._say(trouble)

    def _save(self, name: str) -> None:
        try:
            keep_apart(self.session.question.files, [Path(name)])
            save_incident(self.incident(), Path(name))
        except Trouble as trouble:
            self._say(trouble)


def on_the_wall(when: datetime) -> datetime:
    """The date and hour of a clock where the moment is told (in UTC where no zone is), whatever the zone of this machine."""
    local = when if isinstance(when.tzinfo, ZoneInfo) else when.astimezone(UTC)
    return local.replace(tzinfo=None, second=0, microsecond=0)
