"""Impact in, the same with its findings out: the sentences that a data protection officer must read first."""

from dataclasses import replace

from analysis.assess.severity import declared, plain
from analysis.model import Impact
from analysis.words import Said, say

BAND_LABELS = {"low": "Low", "medium": "Medium", "high": "High", "very_high": "Very high"}
MANY_SHARE = 0.05


def findings(impact: Impact) -> Impact:
    """At most seven sentences, the gravest first, each computed."""
    people = impact.people
    found = [head_count(impact), severity(impact)]
    if impact.minors:
        found.append(
            say(
                "{n} person was a minor on {day}.", "{n} people were minors on {day}.", n=impact.minors, day=impact.reference_date
            )
        )
    if impact.over_75:
        found.append(say("{n} person was 75 or older.", "{n} people were 75 or older.", n=impact.over_75))
    if homes := impact.surroundings.care_home:
        found.append(say("{n} person seems to live in a care home.", "{n} people seem to live in care homes.", n=homes))
    alone = impact.reidentification.alone_in_town
    if impact.reidentification.covered:
        found.append(
            say(
                "Without any name, birth date, sex and postal code alone would single out {share} of them in their town.",
                share=alone,
            )
        )
    reach = impact.reach
    if reach.none and people.best:
        found.append(say("{n} person cannot be reached by any valid contact detail.",
                         "{n} people cannot be reached by any valid contact detail.", n=reach.none))  # fmt: skip
    return replace(impact, findings=tuple(found))


def head_count(impact: Impact) -> Said:
    people = impact.people
    if people.low == people.high:
        return say("The file exposes {n} person.", "The file exposes {n} people.", n=people.best)
    return say("The file exposes {n} people (between {low} and {high}) in {rows} rows.",
               n=people.best, low=people.low, high=people.high, rows=people.exposure.leak.rows)  # fmt: skip


def severity(impact: Impact) -> Said:
    label = say(BAND_LABELS[impact.severity.band])
    if not declared(impact.incident):
        return say("Severity at least {band} (SE {se}): where the file comes from and who received it are not declared.",
                   band=label, se=plain(impact.severity.se))  # fmt: skip
    if impact.declared.se > impact.severity.se:
        return say("Severity {band} ({se}) for the file, {other} ({wider}) with the categories declared outside it.",
                   band=label, se=plain(impact.severity.se), other=say(BAND_LABELS[impact.declared.band]),
                   wider=plain(impact.declared.se))  # fmt: skip
    return say("Severity {band}: SE {se} on the ENISA scale.", band=label, se=plain(impact.severity.se))
