"""Pairs that are one person in, groups of persons out, none of which holds two people that are known to be two."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from analysis.resolve.by_rule import Groups

Pair = tuple[int, int]
# A group of more exact persons than this is a tangle: only near-certain pairs count in it.
TANGLE, CERTAIN = 60, 0.999
CHAIN = 4  # groups up to which pairs that are possible may all be one person


@dataclass(slots=True)
class Found:
    """The groups, how many merges each reason made, why each person is in its group, and pairs that may be one person as well."""

    groups: Groups = field(default_factory=Groups)
    reasons: Counter[str] = field(default_factory=Counter[str])
    why: dict[int, str] = field(default_factory=dict[int, str])
    others: list[Pair] = field(default_factory=list[Pair])
    tangled: bool = False
    recall: float = 1.0  # share of the pairs of one person that are found, as the model says
    doubts: dict[Pair, tuple[float, bool]] = field(default_factory=dict[Pair, tuple[float, bool]])  # probability, linked

    def merge(self, a: int, b: int, reason: str) -> None:
        if self.groups.merge(a, b):
            self.reasons[reason.partition(":")[0]] += 1
            for person in (a, b):
                self.why.setdefault(person, reason)

    def possible(self, among: Callable[[int], bool] = lambda _: True) -> int:
        """How many merges more there may be (`among` some of the persons). A long chain of pairs that are possible one by one
        is not one person: in a chain of more than `CHAIN` groups, each is merged with one other at most."""
        looked = ((self.groups.find(a), self.groups.find(b)) for a, b in self.others if among(a) and among(b))
        pairs = [(a, b) for a, b in looked if a != b]
        long = {group for chain in grouped_by(pairs) if len(chain) > CHAIN for group in chain}
        loose, once, merges = Groups(), set[int](), 0
        for a, b in pairs:
            if a not in long:
                merges += loose.merge(a, b)
            elif a not in once and b not in once:
                once |= {a, b}
                merges += 1
        return merges


def grouped_by(pairs: Iterable[Pair]) -> list[list[int]]:
    """The groups that pairs make, of two members or more."""
    groups = Groups()
    people: set[int] = set()
    for a, b in pairs:
        groups.merge(a, b)
        people |= {a, b}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for person in sorted(people):
        found[groups.find(person)].append(person)
    return list(found.values())


def inner_pairs(groups: Sequence[Sequence[int]]) -> list[Pair]:
    """Every pair inside the groups that several pairs made: who was not compared may be somebody else."""
    return [(a, b) for group in groups if 2 < len(group) <= TANGLE for at, a in enumerate(group) for b in group[at + 1 :]]


def constrained(pairs: Sequence[tuple[int, int, float, str]], apart: set[Pair], found: Found) -> None:
    """Merges the surest pairs first (a, b, probability, reason), and never two groups of whom two members are apart."""
    tangled = {person for group in grouped_by((a, b) for a, b, *_ in pairs) if len(group) > TANGLE for person in group}
    members: dict[int, list[int]] = {}
    for a, b, probability, reason in sorted(pairs, key=lambda item: (-item[2], item[0], item[1])):
        if probability < CERTAIN and a in tangled:
            continue
        one, other = found.groups.find(a), found.groups.find(b)
        left, right = members.get(one, [one]), members.get(other, [other])
        if one == other:
            continue
        if apart and any((min(x, y), max(x, y)) in apart for x in left for y in right):
            found.others.append((min(a, b), max(a, b)))  # one of the differences may be the slip
            continue
        found.merge(a, b, reason)
        members[found.groups.find(a)] = left + right
