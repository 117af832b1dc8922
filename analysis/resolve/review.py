"""Pairs that may be one person in; which to show a person next, and what her answers say of the linkage, out.

Stratified sampling: pairs are drawn at random within strata of the program's own opinion, the next one from the stratum where one
more answer tells the most (Neyman's allocation, 1934). Each stratum's share of pairs that are one person has a beta prior
of the weight of one answer around that opinion, which is never wholly believed; what nobody was asked of is estimated.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, sqrt

from analysis.model.people import Measured, Share
from analysis.resolve.clusters import Pair

BANDS = (0.05, 0.2, 0.5, 0.9, 0.99)  # probabilities that part the strata
DOUBT = 0.1  # share of the program's opinion that is never believed
DEVIATIONS = 1.96  # of the bounds: 95 %
ENOUGH = 30  # answers from which the bounds of the count follow them


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two exact persons, how probably they are one, and whether the program takes them for one."""

    a: int
    b: int
    probability: float
    linked: bool

    @property
    def pair(self) -> Pair:
        return self.a, self.b

    @property
    def stratum(self) -> tuple[bool, int]:
        return self.linked, bisect(BANDS, self.probability)


@dataclass(slots=True)
class Stratum:
    """Pairs of one opinion. `mean`: their mean probability; `same`, `told`: answers."""

    pairs: list[Pair]
    mean: float
    same: int = 0
    told: int = 0

    @property
    def left(self) -> int:
        return len(self.pairs) - self.told

    def share(self) -> tuple[float, float]:
        """Of the pairs that are one person: mean, and variance as Agresti and Coull (1998) reckon it: few answers of one mind are
        not sure."""
        prior = min(max(self.mean, DOUBT), 1 - DOUBT)
        share = (prior + self.same) / (1 + self.told)
        every = self.told + DEVIATIONS**2
        near = (self.same + DEVIATIONS**2 / 2) / every
        return share, near * (1 - near) / every

    def one_more(self) -> float:
        """By how much one answer more narrows what is expected of the whole."""
        _, variance = self.share()
        every = self.told + DEVIATIONS**2
        return self.left**2 * variance * every * (1 / every - 1 / (every + 1))


def strata_of(doubts: Iterable[Doubt], answers: Mapping[Pair, str]) -> dict[tuple[bool, int], Stratum]:
    members: defaultdict[tuple[bool, int], list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        members[doubt.stratum].append(doubt)
    found: dict[tuple[bool, int], Stratum] = {}
    for key, held in sorted(members.items()):
        told = Counter(answers.get(doubt.pair) for doubt in held)
        mean = sum(doubt.probability for doubt in held) / len(held)
        found[key] = Stratum([doubt.pair for doubt in held], mean, told["same"], told["same"] + told["other"])
    return found


def queue(doubts: Sequence[Doubt], answers: Mapping[Pair, str], most: int) -> list[Pair]:
    """The next pairs to ask of, the one that tells most first."""
    strata = strata_of(doubts, answers)
    waiting = {key: sorted((pair for pair in item.pairs if pair not in answers), key=drawn) for key, item in strata.items()}
    found: list[Pair] = []
    while len(found) < most and any(waiting.values()):
        key = max((key for key in waiting if waiting[key]), key=lambda key: (strata[key].one_more(), key))
        found.append(waiting[key].pop(0))
        strata[key].told += 1  # as it is expected to be answered
        strata[key].same += strata[key].mean >= 0.5
    return found


def drawn(pair: Pair) -> str:
    """A random order that is the same each time."""
    return sha256(f"{pair[0]} {pair[1]}".encode()).hexdigest()


def measured(doubts: Sequence[Doubt], answers: Mapping[Pair, str]) -> Measured | None:
    """Precision and recall among the pairs that were compared; None without an answer."""
    strata = strata_of(doubts, answers)
    told = Counter(answers[doubt.pair] for doubt in doubts if doubt.pair in answers)
    if not told:
        return None
    linked, apart = ([item for key, item in strata.items() if key[0] is side] for side in (True, False))
    right, missed = expected(linked), expected(apart)
    every = sum(len(item.pairs) for item in linked)
    precision = Share(*(amount / every for amount in (right.low, right.best, right.high))) if every else Share(1.0, 1.0, 1.0)
    recall = Share(
        of(right.low, missed.high),
        of(right.best, missed.best),
        of(right.high, missed.low),
    )
    return Measured(told["same"] + told["other"], told["unsure"], precision, recall, ceil(missed.high))


def expected(strata: Sequence[Stratum]) -> Share:
    """How many pairs are one person: those of whom it was said, and what is expected of the others."""
    best, variance = 0.0, 0.0
    for item in strata:
        share, spread = item.share()
        best += item.same + item.left * share
        variance += item.left**2 * spread
    reach = DEVIATIONS * sqrt(variance)
    known = sum(item.same for item in strata)
    return Share(max(best - reach, known), best, min(best + reach, known + sum(item.left for item in strata)))


def of(right: float, missed: float) -> float:
    return right / (right + missed) if right + missed else 1.0
