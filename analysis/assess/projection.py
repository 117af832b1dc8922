"""A sample in, what may be expected of the whole out: where more people are claimed than the file holds.

The share of a group with Wilson's interval (1927; 95 %), its sample size corrected for a finite population: n (N - 1) / (N -
n) (our convention). It holds if the sample was drawn by chance, which a seller's sample seldom is: it is shown with these
words.
"""

import math
from dataclasses import dataclass

from analysis.assess.population import dankar
from analysis.assess.severity import grave
from analysis.ground.words import Said, say
from analysis.model import Impact

Z = 1.959963984540054  # 95 %


@dataclass(frozen=True, slots=True)
class Projected:
    """A group: `found` of `among` people of the file; expected number among all who are claimed, with its bounds."""

    code: str
    said: Said
    found: int
    among: int
    low: int
    expected: int
    high: int


def wilson(found: int, among: int, population: int | None = None) -> tuple[float, float]:
    """Bounds of a share at 95 %; of `population`, if it is finite. Raises ValueError for an empty sample."""
    if not 0 <= found <= among or not among:
        raise ValueError("an empty sample has no share")
    share = found / among
    if population is not None and population <= among:
        return share, share
    n = among if population is None else among * (population - 1) / (population - among)
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def projection(impact: Impact) -> tuple[Projected, ...]:
    """Nothing where the claim is not above what the file holds."""
    claimed, people = impact.incident.claimed_people, impact.people.best
    if not people or claimed <= people:
        return ()
    reach = impact.verdict.reach
    severe = grave(impact.verdict.bands)
    rows, persons = impact.people.exposure.leak.rows, impact.people
    distinct = Projected(
        "persons",
        say("Distinct persons, if the claim counts rows"),
        persons.best,
        rows,
        round(claimed * persons.low / rows),
        round(claimed * persons.best / rows),
        round(claimed * persons.high / rows),
    )
    counted = (
        ("minors", say("Minors"), impact.verdict.minors, impact.census.known_age),
        ("over_75", say("People of 75 or older"), impact.verdict.over_75, impact.census.known_age),
        ("high_severity", say("High or very high"), severe, people),
        ("email", say("Reachable by e-mail"), reach.any_email, people),
        ("sms", say("Reachable by SMS"), reach.any_sms, people),
        ("post", say("Reachable by letter"), reach.any_post, people),
        ("none", say("Not reachable"), reach.none, people),
    )
    return (
        distinct,
        *(projected(code, said, found, among, claimed) for code, said, found, among in counted if among),
        *alone(impact),
    )


def alone(impact: Impact) -> tuple[Projected, ...]:
    """People alone among all who are claimed by birth date, sex and postal code, by Dankar's rule; no interval."""
    risk, claimed = impact.census.reidentification, impact.incident.claimed_people
    if not risk.uniques:
        return ()
    found = dankar(dict(risk.histogram), claimed)
    said = {
        "pitman": say("Alone among all claimed, by birth date, sex and postal code (Pitman)"),
        "snb": say("Alone among all claimed, by birth date, sex and postal code (slide negative binomial)"),
        "zayatz": say("Alone among all claimed, by birth date, sex and postal code (Zayatz)"),
    }[found.by]
    expected = round(found.people)
    return (Projected("alone", said, risk.uniques, risk.rows, expected, expected, expected),)


def projected(code: str, said: Said, found: int, among: int, claimed: int) -> Projected:
    low, high = wilson(found, among, claimed)
    return Projected(
        code, said, found, among, max(math.floor(low * claimed), found), round(found / among * claimed), math.ceil(high * claimed)
    )
