"""What a score depends on, as one whole number per person: some hundreds of profiles stand for millions of persons, so that
whatever depends on the incident is plain Python over profiles."""

from analysis.rules.kinds import kinds

MINOR, OLD = 18, 75
OLDEST = 105  # of charts: so old or older
HARD = ("deceased", "crowded_email", "crowded_phone")  # why somebody is hard to reach
BY = ("by_email", "by_sms", "by_post")  # what reaches the parent or guardian of a minor
TOLD = ("private_told", "grave_told")  # what texts tell of her
# The bits of a profile, from the lowest: what stands in a person's rows, and what it is like. Above them, one for each of
# `kinds()` that `features` does not look at.
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
    *HARD,
    *BY,
    *TOLD,
)
# Bits of the two columns of the engine that hold a profile: these, and one for each kind.
BITS, KINDS = 31, 63
FEATURES = frozenset({"last_name", "first_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone"})

# Kinds of the co-exposure chart and the flag of each in a profile.
TOGETHER = {
    "last_name": "name",
    "birth_date": "birth",
    "sex": "sex",
    "address": "home",
    "postal_code": "place",
    "email": "email",
    "phone": "phone",
}


def flags_of(profile: int) -> frozenset[str]:
    """The names of the bits, and the codes of the kinds, that a profile holds."""
    core = {name for at, name in enumerate(PROFILE) if profile >> at & 1}
    return frozenset(core | {code for at, code in enumerate(kinds(), len(PROFILE)) if profile >> at & 1})


def whole(profile: int, held: int) -> int:
    """A profile as one number, of its two columns."""
    return profile | held << len(PROFILE)


def halves(profile: int) -> tuple[int, int]:
    """The two columns of a profile."""
    return profile & (1 << len(PROFILE)) - 1, profile >> len(PROFILE)


def room() -> tuple[int, int]:
    """Bits that are left for further features and for further kinds. Raises ValueError where one does not fit any more."""
    features, more = BITS - len(PROFILE), KINDS - len(kinds())
    if features < 0 or more < 0:
        missing = [*PROFILE[BITS:], *list(kinds())[KINDS:]]
        raise ValueError(f"no bit of a profile is left for {', '.join(missing)}")
    return features, more
