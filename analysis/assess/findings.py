"""Impact in, the same with its findings out: the five sentences that a data protection officer must read first, each
computed, with how it was and whom it is about."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.assess.scenarios import all_scenarios
from analysis.assess.severity import BAND_LABELS, declared
from analysis.ground.words import Said, Score, listed, say
from analysis.model import Finding, Impact
from analysis.model.codes import Meant, Role
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive

WEIGHED = 3  # findings beside how many and how bad
MOST = WEIGHED + 3  # with the people who stand beside the subjects
# What one person of each group counts for when the findings are ranked (our convention): those who need care first.
WEIGHTS = {"text": 10.0, "minor": 3.0, "care_home": 3.0, "unreachable": 2.0, "old": 1.5, "scenario": 1.0, "alone": 0.5}


def findings(impact: Impact) -> Impact:
    """How many, how bad, then what concerns most, weighed."""
    rest = sorted(weighed(impact), key=lambda pair: -pair[0])
    told = tuple(item for weight, item in rest if weight > 0)
    return replace(impact, findings=(head_count(impact), severity(impact), *beside(impact), *told[:WEIGHED]))


def weighed(impact: Impact) -> Iterator[tuple[float, Finding]]:
    """Weight, and the finding."""
    yield from of_groups(impact)
    yield from of_texts(impact)
    yield from of_data(impact)


def of_groups(impact: Impact) -> Iterator[tuple[float, Finding]]:
    """Those who need care, or cannot be told."""
    day = impact.census.reference_date
    born = say(
        "Ages on {day}, of the {n} person whose birth date is known.",
        "Ages on {day}, of the {n} people whose birth date is known.",
        day=day,
        n=impact.census.known_age,
    )
    yield (
        WEIGHTS["minor"] * impact.verdict.minors,
        Finding(
            say("{n} person was a minor on {day}.", "{n} people were minors on {day}.", n=impact.verdict.minors, day=day),
            born,
            "minor",
        ),
    )
    yield (
        WEIGHTS["old"] * impact.verdict.over_75,
        Finding(say("{n} person was 75 or older.", "{n} people were 75 or older.", n=impact.verdict.over_75), born, "old"),
    )
    homes = impact.census.surroundings.care_home
    yield (
        WEIGHTS["care_home"] * homes,
        Finding(
            say("{n} person seems to live in a care home.", "{n} people seem to live in care homes.", n=homes),
            say("Addresses where eight people or more of the leak live, most of them 75 or older (our convention)."),
            "care_home",
        ),
    )
    none = impact.verdict.reach.none
    yield (
        WEIGHTS["unreachable"] * none,
        Finding(
            say(
                "{n} person cannot be reached by any valid contact detail.",
                "{n} people cannot be reached by any valid contact detail.",
                n=none,
            ),
            say("No valid e-mail of her own, no phone, no address: a public communication (Article 34(3)(c))."),
            "unreachable",
        ),
    )


def of_texts(impact: Impact) -> Iterator[tuple[float, Finding]]:
    """What free text tells of most people."""
    told = [(n, category) for category, how, n in impact.census.told if Meant(how) is Meant.TOLD]
    if not told:
        return
    most = sorted(told, key=lambda item: (-item[0], item[1]))[:3]
    labels = [say(load(Sensitive).category[category].label) for _, category in most]
    what = listed(labels)
    yield (
        WEIGHTS["text"] * most[0][0],
        Finding(
            say(
                "Texts of the file tell of private life; most often: {what} ({n} person).",
                "Texts of the file tell of private life; most often: {what} ({n} people).",
                what=what,
                n=most[0][0],
            ),
            say("By rules for words and what is said around them (denied, suspected, of the family, of the past)."),
        ),
    )


def of_data(impact: Impact) -> Iterator[tuple[float, Finding]]:
    """What the data alone single out, and what they open."""
    risk = impact.census.reidentification
    yield (
        WEIGHTS["alone"] * risk.alone_in_town * risk.covered,
        Finding(
            say("Without any name, birth date, sex and town alone would single out {share} of them.", share=risk.alone_in_town)
            if risk.by_commune
            else say(
                "Without any name, birth date, sex and postal code alone would single out {share} of them.",
                share=risk.alone_in_town,
            ),
            say(
                "Inhabitants of each commune (known of {m} people; of the others those of the postal code), ages and sexes of "
                "France, Poisson cells; {n} people have all three.",
                n=risk.covered,
                m=risk.communes,
            ),
        ),
    )
    code, *_, grave = max(impact.verdict.scenarios, key=lambda item: item[3], default=("", 0, 0, 0))
    label = next((item.label for item in all_scenarios() if item.code == code), "")
    yield (
        WEIGHTS["scenario"] * grave,
        Finding(
            say(
                "The data open {n} person to a grave level of: {scenario}.",
                "The data open {n} people to a grave level of: {scenario}.",
                n=grave,
                scenario=say(label),
            ),
            say("Combinations of fields that stand in each person's rows; ordinal levels, ours, no probability."),
        ),
    )


def head_count(impact: Impact) -> Finding:
    people = impact.people
    method = say(
        "Rows whose names and birth date agree, and sure links, are one person; low and high: possible links, and any difference."
    )
    if impact.parts:
        said = say("{n} person of {all} is looked at.", "{n} people of {all} are looked at.", n=people.best, all=impact.among)
        return Finding(said, say("Those whom every chosen filter names."), "*")
    if people.low == people.high:
        return Finding(say("The file exposes {n} person.", "The file exposes {n} people.", n=people.best), method, "*")
    told = say(
        "The file exposes {n} people (between {low} and {high}) in {rows} rows.",
        n=people.best,
        low=people.low,
        high=people.high,
        rows=people.exposure.leak.rows,
    )
    return Finding(told, method, "*")


def beside(impact: Impact) -> Iterator[Finding]:
    """The people of the file who are not its subjects: they too must be told (CNIL, restricted committee, September 2026: 202,246
    trusted third parties of 524,867 patients never were)."""
    people = impact.people
    others = people.best - sum(item.best for item in people.roles if item.role is Role.SUBJECT)
    if people.roles and others > 0:
        yield Finding(
            say(
                "{n} of them is not a subject of the file and stands in it beside one: to be told as well.",
                "{n} of them are not subjects of the file and stand in it beside one: to be told as well.",
                n=others,
            ),
            say(
                "Trusted persons, parents, payers, doctors and others: by the names of columns and tables, and the relation "
                "of a row."
            ),
        )


def severity(impact: Impact) -> Finding:
    return Finding(severity_said(impact), say("ENISA 2013: SE = DPC × EI + CB; the reasons stand beside."))


def between(impact: Impact) -> Said:
    """Before enough is declared a severity has two ends, and no name."""
    return say("at least {se}, and up to {most} of 6", se=Score(impact.verdict.severity.se), most=Score(impact.verdict.most.se))


def severity_said(impact: Impact) -> Said:
    label = BAND_LABELS[impact.verdict.severity.band]
    if not declared(impact.incident):
        return say("Severity {between}: where the file comes from and who received it are not declared.", between=between(impact))
    if impact.verdict.declared.se > impact.verdict.severity.se:
        return say(
            "Severity {band} ({se}) for the file, {other} ({wider}) with the categories declared outside it.",
            band=label,
            se=Score(impact.verdict.severity.se),
            other=BAND_LABELS[impact.verdict.declared.band],
            wider=Score(impact.verdict.declared.se),
        )
    return say("Severity {band}: SE {se} on the ENISA scale.", band=label, se=Score(impact.verdict.severity.se))
