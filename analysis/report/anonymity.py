"""How well rows hide in, measures in the field's words out, each with what it means."""

import math
from dataclasses import dataclass

from analysis.assess.anonymity import Among, Anonymity, Diversity, attacker_risks
from analysis.ground.words import Said, Words, say
from analysis.rules.loading import load
from analysis.rules.shapes import Severity


@dataclass(frozen=True, slots=True)
class Measure:
    """`share`: shown as a percentage; no value where the measure is not defined."""

    label: Said
    value: float | None
    share: bool
    meaning: Said

    def shown(self, words: Words) -> str:
        if self.value is None:
            return "–"
        if math.isinf(self.value):
            return "∞"
        if self.share:
            return words.percent(self.value)
        return words.number(self.value) if self.value == int(self.value) else words.decimal(self.value, 3)


def measures(found: Anonymity, among: Among | None) -> tuple[Measure, ...]:
    """In reading order; journalist and marketer where a table of the population was given."""
    risks, told = found.risks, attacker_risks(found.risks, among)
    above = say("rows found with a likelihood above {threshold}", threshold=load(Severity).reidentification.threshold)
    rows = [
        Measure(
            say("k-anonymity (smallest class)"), risks.k, False, say("every row looks like at least so many, itself among them")
        ),
        Measure(say("Equivalence classes"), risks.classes, False, say("different combinations of the chosen columns")),
        Measure(say("Rows alone in the file"), risks.uniques, False, say("no other row equals them")),
    ]
    knows = say("the least hidden row, for somebody who knows that the person is in the file")
    ignores = say("the least hidden row, for somebody who does not know whether the person is in the file")
    average = say("share of the rows that such a person finds, on average")
    labels = {
        "prosecutor": (say("Prosecutor, highest risk"), knows, say("Prosecutor, average risk"), say("Prosecutor, share at risk")),
        "journalist": (
            say("Journalist, highest risk"),
            ignores,
            say("Journalist, average risk"),
            say("Journalist, share at risk"),
        ),
    }
    for code, (highest, meaning, mean, at_risk) in labels.items():
        if code == "prosecutor" or among is not None:
            item = told[code]
            rows += [
                Measure(highest, item.highest, True, meaning),
                Measure(mean, item.average, True, average),
                Measure(at_risk, item.at_risk, True, above),
            ]
    if among is not None:
        marketer = say("share of the rows recognized by somebody who wants as many as possible")
        rows.append(Measure(say("Marketer, average risk"), told["marketer"].average, True, marketer))
    return (*rows, *(diversity(found.diversity) if found.diversity else ()))


def diversity(found: Diversity) -> list[Measure]:
    """Of the column that nobody should learn, the worst class."""
    told = [
        (
            say("l-diversity, distinct"),
            found.distinct_l,
            False,
            say("different sensitive values in the poorest class; 1: all who look the same share one value"),
        ),
        (say("l-diversity, entropy"), found.entropy, False, say("as many values as if they were equally frequent")),
        (
            say("(c, 2)-diversity, least c"),
            found.recursive_c,
            False,
            say("the most frequent value against all others; ∞: a class holds one value alone"),
        ),
        (say("alpha"), found.alpha, True, say("largest share of one value in a class")),
        (say("t-closeness"), found.t, False, say("farthest a class lies from the whole table; 0: alike, 1: opposite")),
        (
            say("t-closeness, ordered numbers"),
            found.t_ordered,
            False,
            say("the same, where a near number is less far than a distant one"),
        ),
        (say("beta, basic"), found.basic_beta, False, say("most that a value gains in likelihood by knowing the class")),
        (say("beta, enhanced"), found.enhanced_beta, False, say("the same, with rare values protected more")),
        (say("delta-disclosure"), found.delta, False, say("largest change of a value's likelihood, as a logarithm")),
    ]
    return [Measure(*item) for item in told if item[1] is not None]
