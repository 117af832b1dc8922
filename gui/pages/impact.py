"""The impact: severity, what is declared of the incident, findings, charts."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout

from analysis import report
from analysis.assess import BAND_LABELS, BANDS, MOST, declared, grave
from analysis.ground.errors import Trouble
from analysis.ground.words import say
from analysis.model import Finding, Impact, Incident
from analysis.model.codes import DISCLOSURES, NATURES
from gui.pages.charts import Charts
from gui.pages.incident import IncidentDialog
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.calm import Combo, DayField
from gui.widgets.parts import Card, button
from gui.widgets.plain import label, tip
from gui.widgets.theme import colors


class ImpactPage(Page):
    incident_opened = Signal(object)
    group_asked = Signal(str)  # persons to be listed
    help_asked = Signal(str)  # a word of the method

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.figures = self.add_figures(4)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        self.findings, self.duties, self.why = Card(), Card(), Card()
        self.why_text, self.duties_text = label("", "", wrap=True), label("", "", wrap=True)
        self.lines = [(label("", "sentence", wrap=True), button("", "flat")) for _ in range(MOST)]
        for at, (text, push) in enumerate(self.lines):
            line = QHBoxLayout()
            line.addWidget(text, 1)
            line.addWidget(push)
            push.clicked.connect(lambda _=False, at=at: self._ask_group(at))
            self.findings.column.addLayout(line)
        self.findings.column.addStretch()
        self.duties.column.addWidget(self.duties_text)
        self.duties.column.addStretch()
        self.why.column.addWidget(self.why_text)
        self.explain = button("?", "flat")
        self.explain.clicked.connect(lambda: self.help_asked.emit("DPC × EI + CB"))
        self.why.column.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignLeft)
        self.why.column.addStretch()
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(self.findings)
        left.addWidget(self.why, 1)
        middle.addLayout(left, 1)
        middle.addWidget(self.duties, 1)
        self.column.addLayout(middle)
        self.form = self._form()
        self.column.addWidget(self.form)
        self.charts = Charts(session)
        self.column.addWidget(self.charts)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.charts.look())
        session.shown_changed.connect(lambda impact: self._numbers(impact))
        session.incident_changed.connect(self._show_incident)
        session.theme_changed.connect(lambda _: self._numbers(self.session.shown))
        self.retranslate()

    def _form(self) -> Card:
        card = Card()
        line, doing = QHBoxLayout(), QHBoxLayout()
        for row in (line, doing):
            row.setSpacing(12)
        self.nature, self.disclosure = Combo(), Combo()
        self.day = DayField(datetime.now)
        self.malicious, self.apply, self.more = QCheckBox(), button("", "primary"), button()
        for box in (self.nature, self.disclosure):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
        self.day.setMaximumWidth(210)
        self.names = [label("", "quiet") for _ in range(3)]
        for name, part in zip(self.names, (self.nature, self.disclosure, self.day), strict=True):
            column = QGridLayout()
            column.addWidget(name, 0, 0)
            column.addWidget(part, 1, 0)
            line.addLayout(column, 0 if part is self.day else 1)
        doing.addWidget(self.malicious)
        doing.addStretch()
        doing.addWidget(self.more)
        doing.addWidget(self.apply)
        card.column.addLayout(line)
        card.column.addLayout(doing)
        self.apply.clicked.connect(self._declare)
        self.more.clicked.connect(self.open_incident)
        return card

    def open_incident(self) -> None:
        """Everything that can be declared, in a dialog."""

        dialog = IncidentDialog(self, self.session)
        dialog.open()
        self.incident_opened.emit(dialog)

    def _declare(self) -> None:
        if self.day.wrong:
            said = say("{what}: type a day, as 19/11/2024, or nothing.", what=say("Date of the breach"))
            self.session.failed.emit(Trouble("day", said))
            return
        self.session.set_incident(
            replace(
                self.session.incident,
                nature=self.nature.currentData(),
                disclosure=self.disclosure.currentData(),
                malicious=self.malicious.isChecked(),
                breach_date=self.day.day(),
            )
        )

    def _show_incident(self, incident: Incident) -> None:
        self.nature.setCurrentIndex(max(self.nature.findData(incident.nature), 0))
        self.disclosure.setCurrentIndex(max(self.disclosure.findData(incident.disclosure), 0))
        self.day.show_value(incident.breach_date)
        self.malicious.setChecked(bool(incident.malicious))

    def retranslate(self) -> None:
        words, impact = self.session.words, self.session.shown
        self.head(words("The impact"), words("How bad it is, for whom, and what you must do now."))
        self.form.set_title(words("What the file cannot tell"))
        for part, text in zip(
            self.names, (words("Where it comes from"), words("Who received it"), words("Date of the breach")), strict=True
        ):
            part.setText(text)
        for box, texts in ((self.nature, NATURES), (self.disclosure, DISCLOSURES)):
            box.clear()
            for code, text in texts.items():
                box.addItem(words(text), code)
        self.nature.setAccessibleName(words("Where it comes from"))
        self.disclosure.setAccessibleName(words("Who received it"))
        self.day.setAccessibleName(words("Date of the breach"))
        self.day.speak(words, self.session.theme)
        self.malicious.setText(words("Malicious act"))
        self.apply.setText(words("Compute again"))
        self.more.setText(words("Everything else…"))
        self._show_incident(self.session.incident)
        self.findings.set_title(words("To know first"))
        self.why.set_title(words("Where the severity comes from"))
        self.explain.setText(words("?  What DPC, EI and CB are"))
        self.duties.set_title(words("What to do"))
        self._numbers(impact)
        self.charts.retranslate()

    def _found(self, findings: tuple[Finding, ...]) -> None:
        """Each finding with its method as a tip, and a way to its persons."""
        words = self.session.words
        for at, (text, push) in enumerate(self.lines):
            found = findings[at] if at < len(findings) else None
            text.setVisible(found is not None)
            push.setVisible(found is not None and bool(found.group))
            if found is not None:
                text.setText("•  " + words.of(found.said))
                text.setToolTip(tip(words.of(found.method)))
                push.setText(words("See them"))
                push.setAccessibleName(words("See them") + ": " + words.of(found.said))

    def _ask_group(self, at: int) -> None:
        impact = self.session.shown
        if impact is not None and at < len(impact.findings):
            self.group_asked.emit(impact.findings[at].group.strip("*"))

    def _numbers(self, impact: Impact | None) -> None:
        words = self.session.words
        names = (
            words("Severity of the file"),
            words("Severity as declared"),
            words("High or very high"),
            words("Alone in their town"),
        )
        if impact is None:
            for part, name in zip(self.figures, names, strict=True):
                part.show_figure(name, "–")
            self._found(())
            self.why_text.setText("")
            self.duties_text.setText("")
            return
        self._severity(impact, names)
        first = impact.verdict.order[0] if impact.verdict.order and not impact.verdict.bands_tell else None
        if first:
            told = words("{n} minor among them", "{n} minors among them", n=first.minors)
            self.figures[2].show_figure(
                words("The first {share} to be told", share=first.share), words.number(first.people), told
            )
        else:
            grave_ones = words.number(grave(impact.verdict.bands))
            self.figures[2].show_figure(names[2], grave_ones, words("people (our convention)"))
        risk = impact.census.reidentification
        share = words.percent(risk.alone_in_town) if risk.covered else "–"
        self.figures[3].show_figure(
            names[3],
            share,
            words("by birth date, sex and town") if risk.by_commune else words("by birth date, sex and postal code"),
        )
        self._found(impact.findings)
        lines = [words.of(said) for said in (*impact.verdict.severity.reasons, *impact.verdict.flags)]
        self.why_text.setText("\n\n".join(lines))
        todo = ["→  " + words.of(said) for said in report.due(impact)]
        open_ones = [words("To decide: {what}", what=said) for said in report.to_decide(impact)]
        self.duties_text.setText("\n\n".join(todo + open_ones))

    def _severity(self, impact: Impact, names: tuple[str, ...]) -> None:
        """A band, of the file and as declared; before enough is declared both ends of what it may be, and no band."""
        words, found = self.session.words, impact.verdict
        if not declared(impact.incident):
            told = words("declare what the file cannot tell")
            self.figures[0].show_figure(names[0], words("at least {se}", se=words.score(found.severity.se)), told)
            self.figures[1].show_figure(names[1], words("up to {se} of 6", se=words.score(found.most.se)), told)
            return
        shades = colors(self.session.theme).bands
        for part, name, one in zip(self.figures, names, (found.severity, found.declared), strict=False):
            formula = f"SE = {one.dpc} × {words.score(one.ei)} + {words.score(one.cb)} = {words.score(one.se)}"
            part.show_figure(name, words.of(BAND_LABELS[one.band]), formula, shades[BANDS.index(one.band)])
