"""What a score depends on, as one whole number per person: some hundreds of profiles stand for millions of persons, so that
whatever depends on the incident is plain Python over profiles."""

from analysis.rules.kinds import kinds

MINOR, OLD = 18, 75
# The bits of a profile, from the lowest: what stands in a person's rows, and what it is like. Above them, one for each of
# `kinds()` that
# `features` does not look at.
PROFILE = (
    "name",
    "birth",
    "email",
    "email_named",
    "email_role",
    "home",
    "phone",
    "mobile",
    "place",
    "sex",
    "small_town",
    "rare_name",
    "minor",
    "old",
)
BITS = 63  # of a whole number of the engine
FEATURES = frozenset({"last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone"})


def flags_of(profile: int) -> frozenset[str]:
    """The names of the bits, and the codes of the kinds, that a profile holds."""
    core = {name for at, name in enumerate(PROFILE) if profile >> at & 1}
    return frozenset(core | {code for at, code in enumerate(kinds(), len(PROFILE)) if profile >> at & 1})


def room() -> int:
    """Bits that are left for further kinds and features. Raises ValueError where a kind does not fit any more."""
    left = BITS - len(PROFILE) - len(kinds())
    if left < 0:
        raise ValueError(f"no bit of a profile is left for {', '.join(list(kinds())[left:])}")
    return left
