"""Ratings in, what the first of the list are out: who is told first differs from who is told last, also where all are in one
band."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analysis.assess.rating import Rating, rarities
from analysis.model import Slice

SHARES = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0)
SERIOUS = 2


def opened(item: Rating) -> int:
    """How many abuses the data open at a serious or grave level."""
    return sum(level >= SERIOUS for level in item.levels)


def by_opened(ratings: Iterable[Rating]) -> tuple[tuple[int, int], ...]:
    """Abuses open at a serious or grave level, and persons."""
    found: Counter[int] = Counter()
    for item in ratings:
        found[opened(item)] += item.people
    return tuple(sorted(found.items()))


def slices(ratings: Sequence[Rating], rare: Mapping[int, float] | None = None) -> tuple[Slice, ...]:
    """The first hundredth, twentieth ... of the people, in the order of the list (`listing.ranked`: what follows there tells
    people of one profile apart, who are alike in all that is counted here)."""
    people = sum(item.people for item in ratings)
    rare = rarities(ratings) if rare is None else rare
    ordered = sorted(ratings, key=lambda item: (item.tier, -item.se, -sum(item.levels), -rare[item.profile], item.profile))
    return tuple(first(ordered, share, max(round(share * people), min(people, 1))) for share in SHARES) if people else ()


def first(ordered: Iterable[Rating], share: float, wanted: int) -> Slice:
    """`wanted`: how many people these are."""
    left, minors, old, open_to = wanted, 0, 0, 0
    for item in ordered:
        taken = min(item.people, left)
        minors += taken * ("minor" in item.flags)
        old += taken * ("old" in item.flags)
        open_to += taken * opened(item)
        left -= taken
        if not left:
            break
    return Slice(share, wanted, minors, old, open_to / wanted)
