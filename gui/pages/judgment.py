"""ENISA's classes: what the facts propose, and what a person decides instead, with her reason."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from analysis.assess import class_scores, minors_of
from analysis.ground.errors import Trouble
from analysis.ground.words import say
from analysis.model import Incident
from analysis.model.codes import ENISA_CLASSES
from gui.session import Session
from gui.widgets.forms import added, combo, sheet

SCORES, EASE = ("1", "2", "3", "4"), ("0.25", "0.5", "0.75", "1")
LONGEST = 200  # characters of a reason


class Judgment(QWidget):
    """A card of choices, each beside its reason."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        words, impact = session.words, session.impact
        card, grid = sheet(words("Scores decided by hand (ENISA)"))
        scores = class_scores(impact.people.exposure, impact.incident, minors_of(impact)) if impact else ()
        found = {item.code: item.proposed for item in scores}
        self.overrules: dict[str, tuple[QComboBox, QLineEdit]] = {}
        for what, text in ENISA_CLASSES.items():
            proposed = words("as proposed ({n})", n=found[what]) if what in found else words("as proposed")
            steps = EASE if what == "ei" else SCORES
            choice, reason = combo({"": proposed, **{step: step for step in steps}}), QLineEdit()
            reason.setPlaceholderText(words("Reason"))
            reason.setMaxLength(LONGEST)
            reason.setAccessibleName(words("Reason") + ": " + words(text))
            self.overrules[what] = (choice, reason)
            added(grid, words(text), choice, reason)
        self.rule = combo(
            {"or": words("a name and one of birth date, e-mail, address"), "and": words("a name, birth date and e-mail")}
        )
        added(grid, words("Full identity (EI = 1) is"), self.rule)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_incident(self, incident: Incident) -> None:
        self.rule.setCurrentIndex(max(self.rule.findData(incident.identifiers_rule), 0))
        by_hand = {what: (score, why) for what, score, why in incident.overrules}
        for what, (choice, reason) in self.overrules.items():
            score, why = by_hand.get(what, ("", ""))
            choice.setCurrentIndex(choice.findData(f"{score:g}" if score else ""))
            reason.setText(why)

    def declared(self) -> dict[str, object]:
        """By the names of an incident. Raises Trouble where a score has no reason."""
        overrules: list[tuple[str, float, str]] = []
        for what, (choice, reason) in self.overrules.items():
            if choice.currentData() and not reason.text().strip():
                raise Trouble("reason", say("A score decided by hand needs a reason."))
            if choice.currentData():
                overrules.append((what, float(choice.currentData()), reason.text().strip()))
        return {"identifiers_rule": self.rule.currentData(), "overrules": tuple(overrules)}
