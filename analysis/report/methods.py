"""Impact in; the classes of ENISA, the other methods, the scenarios, whom few fields single out and the order of priority
out, as JSON and as sheets."""

from collections.abc import Sequence
from dataclasses import asdict

from analysis.assess.context import class_scores, minors_of
from analysis.assess.lenses import all_lenses
from analysis.assess.scenarios import all_scenarios
from analysis.ground.words import Words, say
from analysis.model import Impact, Power, Singling
from analysis.report.groups import TIERS
from analysis.report.sheet import Cell, Page
from analysis.rules.kinds import kinds

LEVELS = (say("Possible"), say("Serious"), say("Grave"))
ALONE = say(
    "Alone in the file with what somebody knows already; alone in the file is not alone in town. For the strongest fields "
    "together, a missing field counts as a value of its own."
)


def methods_json(impact: Impact, words: Words) -> dict[str, object]:
    return {
        "classes": [
            {
                "class": item.code,
                "base": item.base,
                "proposed": item.proposed,
                "score": item.final,
                "by_hand": item.why,
                "moves": [{**asdict(move), "said": words.of(move.said)} for move in item.moves],
            }
            for item in class_scores(impact.people.exposure, impact.incident, minors_of(impact))
        ],
        "methods": {
            item.code: {
                "label": words.of(item.label),
                "status": words.of(item.status),
                "result": words.of(item.result),
                "reasons": [words.of(said) for said in item.reasons],
            }
            for item in all_lenses(impact)
        },
        "scenarios": {
            code: {"possible": low, "serious": middle, "grave": high} for code, low, middle, high in impact.verdict.scenarios
        },
        "singling_out": singling(impact.singling, words),
        "priority": {str(number): people for number, people in impact.verdict.tiers},
    }


def singling(found: Singling | None, words: Words) -> dict[str, object] | None:
    """None where it was not counted."""
    if found is None:
        return None
    return {
        "ranked": powers(found.ranked),
        "curve": powers(found.curve),
        "attackers": {
            item.code: {"label": words(item.label), "learns": words(item.adds), "steps": powers(item.steps)}
            for item in found.attackers
        },
    }


def powers(found: Sequence[Power]) -> list[dict[str, object]]:
    return [{"fields": list(item.fields), "known": item.known, "alone": item.alone} for item in found]


def scenario_sheet(impact: Impact, words: Words) -> Page:
    labels = {item.code: item for item in all_scenarios()}
    rows = [
        (words(labels[code].label), low, middle, high, words(labels[code].advice))
        for code, low, middle, high in impact.verdict.scenarios
    ]
    rows += [(words.of(TIERS[number]), people, "", "", "") for number, people in impact.verdict.tiers]
    columns = (words("Scenario; whom to tell first"), *(words.of(said) for said in LEVELS), words("Advice to the people"))
    said = words(
        "Persons to whom each abuse is open with what the file holds of them. Levels are ordinal and ours; none is a probability."
    )
    return Page(words("Scenarios"), said, columns, tuple(rows))


def other_methods(impact: Impact, words: Words) -> Page:
    rows = tuple(
        (words.of(item.label), words.of(item.result), "; ".join(words.of(said) for said in item.reasons), words.of(item.status))
        for item in all_lenses(impact)
    )
    columns = (words("Method"), words("Result"), words("Because"), words("Status"))
    return Page(
        words("Other methods"),
        words("The same incident by other methods. None of them decides: the tests of the law do."),
        columns,
        rows,
    )


def singled_out(impact: Impact, words: Words) -> list[Page]:
    """By attacker, one field more at each row; then each field by itself, and the best that can be known."""
    found = impact.singling
    if found is None:
        return []
    rows: list[tuple[Cell, ...]] = [
        (
            words(item.label),
            names_of(step.fields, words),
            step.known,
            step.alone,
            words(item.adds) if step is item.steps[-1] else "",
        )
        for item in found.attackers
        for step in item.steps
    ]
    rows += [(words("One field"), names_of(item.fields, words), item.known, item.alone, "") for item in found.ranked]
    rows += [
        (words("The strongest fields together"), names_of(item.fields, words), item.known, item.alone, "") for item in found.curve
    ]
    columns = (words("Who"), words("Knows"), words("People who have it"), words("Singles out"), words("Learns"))
    return [Page(words("Singling out"), words.of(ALONE), columns, tuple(rows))]


def names_of(fields: Sequence[str], words: Words) -> str:
    return " + ".join(words.of(kinds()[kind].said) for kind in fields)
