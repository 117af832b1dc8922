"""Impact in; the classes of ENISA, the other methods, the scenarios and the order of priority out, as JSON and as sheets."""

from dataclasses import asdict
from typing import Any

from analysis.assess.context import class_scores
from analysis.assess.lenses import lenses
from analysis.assess.scenarios import scenarios
from analysis.model import Impact
from analysis.report.sheet import Sheet
from analysis.words import Words, say

LEVELS = (say("Possible"), say("Serious"), say("Grave"))
TIERS = {
    1: say("First, very high severity of a minor or a person of 75 or older"),
    2: say("Second, very high severity"),
    3: say("Third, high severity"),
    4: say("Then, everybody else"),
}


def methods_json(impact: Impact, words: Words) -> dict[str, Any]:
    return {
        "classes": [
            {"class": item.code, "base": item.base, "proposed": item.proposed, "score": item.final, "by_hand": item.why,
             "moves": [{**asdict(move), "said": words.of(move.said)} for move in item.moves]}
            for item in class_scores(impact.people.exposure, impact.incident, impact.minors)
        ],
        "methods": {
            item.code: {"label": words.of(item.label), "status": words.of(item.status), "result": words.of(item.result),
                        "reasons": [words.of(said) for said in item.reasons]}
            for item in lenses(impact)
        },
        "scenarios": {code: {"possible": low, "serious": middle, "grave": high} for code, low, middle, high in impact.scenarios},
        "priority": {str(number): people for number, people in impact.tiers},
    }  # fmt: skip


def scenario_sheet(impact: Impact, words: Words) -> Sheet:
    labels = {item.code: item for item in scenarios()}
    rows = [
        (words(labels[code].label), low, middle, high, words(labels[code].advice)) for code, low, middle, high in impact.scenarios
    ]
    rows += [(words.of(TIERS[number]), people, "", "", "") for number, people in impact.tiers]
    columns = (words("Scenario; whom to tell first"), *(words.of(said) for said in LEVELS), words("Advice to the people"))
    said = words(
        "Persons to whom each abuse is open with what the file holds of them. Levels are ordinal and ours; none is a probability."
    )
    return Sheet(words("Scenarios"), said, columns, tuple(rows))


def other_methods(impact: Impact, words: Words) -> Sheet:
    rows = tuple(
        (words.of(item.label), words.of(item.result), "; ".join(words.of(said) for said in item.reasons), words.of(item.status))
        for item in lenses(impact)
    )
    columns = (words("Method"), words("Result"), words("Because"), words("Status"))
    return Sheet(
        words("Other methods"),
        words("The same incident by other methods. None of them decides: the tests of the law do."),
        columns,
        rows,
    )
