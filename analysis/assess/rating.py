"""Profiles and an incident in, ratings out: ENISA for one person (our convention), the scenarios that her data open, and in
which order people must be told. Plain Python: there are some hundreds of profiles whatever the size of the file, so an answer
takes milliseconds."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log2

from analysis.assess.profile import BY, HARD, flags_of
from analysis.assess.scenarios import levels
from analysis.assess.severity import band_of, circumstances, context, score
from analysis.model import Incident
from analysis.model.codes import Band, Channel, EiReason
from analysis.rules import shapes
from analysis.rules.kinds import kinds
from analysis.rules.loading import load

# Bits of a profile that say what somebody is like, not what is exposed of her.
NO_KINDS = frozenset({"email_named", "email_role", "mobile", "small_town", "rare_name", "minor", "old", *HARD, *BY})
# What a password opens.
ACCOUNTS = frozenset({"email", "username", "phone", "name", "full_name", "person_id"})


@dataclass(frozen=True, slots=True)
class Rating:
    """Of one profile. `flags`: what of it was looked at (all, or what a what-if leaves); `levels`: of each scenario, 0 to 3;
    `tier`: 1 to be told first ... 4."""

    profile: int
    people: int
    flags: frozenset[str]
    dpc: int
    reason: EiReason
    ei: float
    se: float
    band: Band
    channel: Channel
    levels: tuple[int, ...]
    tier: int


def rated(
    profiles: Iterable[tuple[int, int]], incident: Incident, seen: Callable[[frozenset[str]], frozenset[str]] | None = None
) -> list[Rating]:
    """`profiles`: profile, persons. `seen`: what of a person's flags is left (what-if)."""
    return [
        rating(profile, people, seen(flags) if seen else flags, incident)
        for profile, people in profiles
        for flags in (flags_of(profile),)
    ]


def rating(profile: int, people: int, flags: frozenset[str], incident: Incident) -> Rating:
    reason = identified(flags, incident.identifiers_rule)
    ei, dpc = load(shapes.Severity).ease[reason], person_context(flags, incident)
    se = score(dpc, ei, circumstances(incident))
    band = Band(band_of(se))
    open_to = levels(flags, incident)
    return Rating(profile, people, flags, dpc, reason, ei, se, band, channel_of(flags), open_to, tier(band, flags))


def person_context(flags: frozenset[str], incident: Incident) -> int:
    """The highest DPC of what stands in her rows; the score that a person gave a class counts for each person too."""
    by_hand = {what: int(given) for what, given, _ in incident.overrules}
    exposed = load(shapes.Severity).exposed
    graver = [by_hand.get(kinds()[flag].enisa, max(1, exposed[flag] - incident.public)) for flag in flags if flag in exposed]
    told = [by_hand.get("sensitive", 4)] * ("private_told" in flags) + [3] * ("grave_told" in flags)
    return max(by_hand.get("simple", context(incident, "minor" in flags)), *graver, *told, 1)


def identified(flags: frozenset[str], rule: str) -> EiReason:
    """What decides the ease of identification (ENISA's EI), the strongest first."""
    name = bool(flags & {"name", "full_name"})
    more = {"birth", "email"} <= flags if rule == "and" else bool(flags & {"birth", "email", "home"})
    tried = {
        "name_and_more": name and more,
        "login": "password" in flags and bool(flags & ACCOUNTS),
        "email_named": "email_named" in flags,
        "name_small_town": name and "small_town" in flags,
        "email": "email" in flags and "email_role" not in flags,
        "name_rare": name and "rare_name" in flags,
        "phone_town": {"phone", "place"} <= flags,
        "address": "home" in flags,
        "name_common": name,
        "phone": "phone" in flags,
        "code": bool(flags & {"person_id", "national_id", "id_document", "insurance_number"}),
    }
    return EiReason(next((reason for reason, holds in tried.items() if holds), "nothing"))


def channel_of(flags: frozenset[str]) -> Channel:
    """The best way to reach her: e-mail, SMS, post, a call, none; of the dead, the relatives."""
    return Channel.RELATIVES if "deceased" in flags else Channel(next(iter(reaching(flags)), "none"))


def reaching(flags: frozenset[str]) -> list[str]:
    """The channels by which a person can be told, the best first: her own, and those of the parent or guardian who stands in her
    row. A contact of many unrelated people reaches nobody in particular; a phone that takes messages is not called; the dead are
    reached by none."""
    if "deceased" in flags:
        return []
    phone = "phone" in flags and "crowded_phone" not in flags
    there = {
        "email": ("email" in flags and not flags & {"email_role", "crowded_email"}) or "by_email" in flags,
        "sms": (phone and "mobile" in flags) or "by_sms" in flags,
        "post": bool(flags & {"home", "by_post"}),
        "call": phone and "mobile" not in flags,
    }
    return [name for name, reached in there.items() if reached]


def tier(band: Band, flags: frozenset[str]) -> int:
    """Who is told first (our convention): 1, very high severity of a minor or an old person; 2, very high severity; 3, high;
    4, the rest. In a tier, severity and then the sum of the scenarios' levels decide."""
    if band == Band.VERY_HIGH:
        return 1 if flags & {"minor", "old"} else 2
    return 3 if band == Band.HIGH else 4


def rarities(ratings: Iterable[Rating]) -> dict[int, float]:
    """Of each profile, how seldom what is exposed of its people is exposed of the others: the bits of each kind, summed (after
    the attribute weights of Liu and Terzi 2010 and the M-score of Harel et al. 2012: what few have exposed counts more)."""
    known = list(ratings)
    every = sum(item.people for item in known)
    having = totals(known, lambda item: item.flags - NO_KINDS)
    return {item.profile: sum(-log2(having[flag] / every) for flag in item.flags - NO_KINDS) for item in known}


def rarest(flags: frozenset[str], having: Mapping[str, int], people: int) -> str:
    """The kind that fewest others have exposed, where less than half have it; empty where there is none."""
    seldom = [flag for flag in flags - NO_KINDS if 0 < having.get(flag, 0) < people / 2]
    return min(seldom, key=lambda flag: (having[flag], flag), default="")


def totals(ratings: Iterable[Rating], of: Callable[[Rating], Iterable[object]]) -> Counter[object]:
    """How many persons each answer of `of` holds for."""
    found: Counter[object] = Counter()
    for item in ratings:
        for what in of(item):
            found[what] += item.people
    return found
