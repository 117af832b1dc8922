"""A sample in, what may be expected of the whole out: where more people are claimed than the file holds.

The share of a group with Wilson's interval (1927; 95 %), its sample size corrected for a finite population: n (N - 1) / (N -
n) (our convention). It holds if the sample was drawn by chance, which a seller's sample seldom is: it is shown with these
words.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.assess.population import dankar
from analysis.assess.severity import grave
from analysis.ground.words import Said, say
from analysis.model import MANY_ROWS, Impact, People

Z = 1.959963984540054  # 95 %
WIDEST = 0.5  # share of the claim from which an interval says nothing


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


def distinct(people: People, claimed: int) -> tuple[Projected, ...]:
    """Distinct persons behind the rows that are claimed, of which the file is a sample drawn by chance: two rows of one person
    are both drawn seldom, so that the share of doubles of the file says little of theirs. Nothing where no useful bound
    exists."""
    rows = sum(size * persons for size, persons in people.sizes)
    if people.roles or not people.sizes or max(size for size, _ in people.sizes) >= MANY_ROWS or claimed <= rows:
        return ()
    found = persons_of(dict(people.sizes), claimed, max(people.best - people.low, 0), max(people.high - people.best, 0))
    if found is None:
        return ()
    said = say("Distinct persons, if the claim counts rows")
    return (Projected("persons", said, people.best, rows, *found),)


def persons_of(histogram: Mapping[int, int], claimed: int, more: int = 0, fewer: int = 0) -> tuple[int, int, int] | None:
    """Low, best and high number of persons among `claimed` rows. `histogram`: rows of a person in the sample, persons; `more`,
    `fewer`: pairs of rows of one person that there may be beside those that were found, or among them.

    A person of k rows is k - C(k, 2) + C(k, 3) - ... persons, so that (Bonferroni 1936) the persons are at least the rows less
    the pairs of rows of one person, and at most as many more as there are triples. Pairs and triples are estimated without bias
    from those of the sample by the chance to draw both or all three rows; their counts are taken for Poisson's (95 %)."""
    rows, persons = sum(size * n for size, n in histogram.items()), sum(histogram.values())
    pairs, triples = (sum(math.comb(size, k) * n for size, n in histogram.items()) for k in (2, 3))
    both = rows * (rows - 1) / (claimed * (claimed - 1))
    all_three = both * (rows - 2) / (claimed - 2)
    if not all_three:
        return None
    most, fewest = poisson(pairs + more)[1] / both, poisson(max(pairs - fewer, 0))[0] / both
    unseen = claimed - rows
    low = max(claimed - most, persons)
    best = min(max(claimed - pairs / both + triples / all_three, low), persons + unseen)
    high = max(min(claimed - fewest + poisson(triples)[1] / all_three, persons + unseen), best)
    return None if high - low > WIDEST * claimed else (round(low), round(best), round(high))


def poisson(count: int) -> tuple[float, float]:
    """Bounds of the mean of a count at 95 % (Byar's approximation, Breslow and Day 1987)."""
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    return low, (count + 1) * (1 - 1 / (9 * (count + 1)) + Z / (3 * math.sqrt(count + 1))) ** 3


def projection(impact: Impact) -> tuple[Projected, ...]:
    """Nothing where the claim is not above what the file holds, or a part of the people is looked at."""
    claimed, people = impact.incident.claimed_people, impact.people.best
    if not people or claimed <= people or impact.parts:
        return ()
    reach = impact.verdict.reach
    severe = grave(impact.verdict.bands)
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
        *distinct(impact.people, claimed),
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
