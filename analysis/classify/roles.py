"""The columns of a table with their kinds in, the people that a row of it speaks of out: one seat for each column."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.model.codes import Role
from analysis.rules.headers import header_scores, header_words
from analysis.rules.roles import NOBODY, SUBJECT, TEN, Spoken, spoken

# Kinds that name a person; by which she can be told apart or reached; and that belong to somebody even where nobody is named.
NAMES = frozenset({"last_name", "first_name", "full_name"})
REACHING = NAMES | {"email", "phone", "national_id", "username"}
OWN = frozenset({"birth_date", "national_id", "insurance_number"})
# Kinds by which a subject is told though she is not named.
KNOWING = OWN | NAMES | {"person_id"}
# Roles of whom a table may well be about, whatever else it says of them.
WORKING = frozenset({"staff", "payer", "other"})
# Kinds that are written of a person who was named just before.
FOLLOWING = REACHING | {"address", "city", "postal_code", "birth_date", "sex"}
MOST = 12  # people of a row
APART = -1  # the seat of a column that describes nobody who is counted

WHOLE_NAME = "nom complet"  # what a column is that names nothing but a role
NAMED = 0.7  # what a header must say of a kind
OTHER, GUARDIAN = str(Role.OTHER), str(Role.GUARDIAN)

Key = tuple[str, int]  # a role, and which of several


@dataclass(frozen=True, slots=True)
class Seat:
    """Whom a column describes: the role, and the place among the people of the row (0: its subject)."""

    role: Role = Role.SUBJECT
    slot: int = 0


def seated(columns: Sequence[str], kinds: Sequence[str], corrected: Mapping[int, str] | None = None) -> list[Seat]:
    """One seat for each column. `columns`: nothing where the file names none; `corrected`: roles that a person said."""
    keys = keys_of(columns, kinds) if columns else [(SUBJECT, 0)] * len(kinds)
    for at, role in (corrected or {}).items():
        if at < len(keys):
            keys[at] = (role, 0)
    groups = held_by(keys, kinds)
    chosen = set((corrected or {}).values())
    reached = [
        key for key, held in groups.items() if key[0] not in (SUBJECT, NOBODY) and (is_person(key, held) or key[0] in chosen)
    ]
    slots = {(SUBJECT, 0): 0, **{key: at for at, key in enumerate(reached[: MOST - 1], 1)}}
    return [seat(key, kind, slots, groups[SUBJECT, 0]) for key, kind in zip(keys, kinds, strict=True)]


def held_by(keys: Sequence[Key], kinds: Sequence[str]) -> defaultdict[Key, set[str]]:
    """The kinds that stand of each person of a row."""
    groups: defaultdict[Key, set[str]] = defaultdict(set)
    for key, kind in zip(keys, kinds, strict=True):
        groups[key].add(kind)
    return groups


def is_person(key: Key, held: set[str]) -> bool:
    """Whether the kinds of a group name somebody, or reach her. The name of a mother or father and nothing else is part of the
    child's own identity (filiation); a contact without a name is the subject's own."""
    if key[0] == GUARDIAN and key[1] >= TEN and held - {"none"} <= NAMES | {"maiden_name", "middle_name"}:
        return False
    return bool(held & (NAMES if key[0] == OTHER else REACHING))


def seat(key: Key, kind: str, slots: Mapping[Key, int], subject: set[str]) -> Seat:
    """What speaks of somebody who is not named belongs to the subject, unless she has the same of her own."""
    if key in slots:
        return Seat(Role(key[0]), slots[key])
    return Seat(Role(key[0]), APART) if kind in subject or key[0] != NOBODY else Seat()


def beside(columns: Sequence[str]) -> list[dict[int, str]]:
    """The columns of each other person of a row (position -> what its name says without her), which are judged by themselves: she
    has a name of her own."""
    groups: defaultdict[Key, dict[int, str]] = defaultdict(dict)
    keys = named(columns)
    for at, (key, name) in enumerate(zip(keys, columns, strict=True)):
        told = spoken(name)
        if key[0] not in (SUBJECT, NOBODY):
            rest = told.rest if told and told.role == key[0] else header_words(name)
            lettered = " ".join(word for word in rest if not word.isdigit())
            groups[key][at] = lettered or WHOLE_NAME
    return [group for group in groups.values() if len(group) < len(keys)]


def named(columns: Sequence[str]) -> list[Key]:
    """Of whom each column speaks by its name alone."""
    keys = [(item.role, item.number) if item and item.role != SUBJECT else (SUBJECT, 0) for item in map(spoken, columns)]
    numbered(columns, keys)
    return keys


def numbered(columns: Sequence[str], keys: list[Key]) -> None:
    """`nom_2`, `prenom_2` beside `nom_1` or `nom`: another person of the row."""
    bases: dict[tuple[str, ...], set[int]] = defaultdict(set)
    told: list[tuple[tuple[str, ...], int]] = []
    for name in columns:
        words = header_words(name)
        digits = [int(word) for word in words if word.isdigit() and len(word) == 1]
        told.append((tuple(word for word in words if not word.isdigit()), digits[0] if len(digits) == 1 else 0))
        bases[told[-1][0]].add(told[-1][1])
    for number in range(2, 10):
        places = [
            at for at, (base, found) in enumerate(told) if found == number and keys[at] == (SUBJECT, 0) and bases[base] & {0, 1}
        ]
        called = {kind for at in places for kind, score in header_scores(" ".join(told[at][0])).items() if score >= NAMED}
        if {"last_name", "first_name"} <= called or ("full_name" in called and len(places) > 1):
            for at in places:
                keys[at] = (OTHER, number)


def keys_of(columns: Sequence[str], kinds: Sequence[str]) -> list[Key]:
    """Of whom each column speaks: by its name; behind a person who was named, by what the subject has already."""
    keys = named(columns)
    followed(kinds, keys)
    named_alone(kinds, keys, [spoken(name) for name in columns])
    return keys


def followed(kinds: Sequence[str], keys: list[Key]) -> None:
    """`Phone` behind `Person to be warned` is hers, where the subject had a phone before."""
    before: set[str] = set()
    for at, (key, kind) in enumerate(zip(tuple(keys), kinds, strict=True)):
        if key == (SUBJECT, 0) and at and keys[at - 1][0] not in (SUBJECT, NOBODY) and kind in FOLLOWING and kind in before:
            last = keys[at - 1]
            hers = {kinds[place] for place, other in enumerate(keys) if other == last}
            if hers & NAMES and kind not in hers:
                keys[at] = last
                continue
        if key == (SUBJECT, 0):
            before.add(kind)


def named_alone(kinds: Sequence[str], keys: list[Key], heard: Sequence[Spoken | None]) -> None:
    """Where nobody is named but one in a role, she is whom the table is about: the employee of a table of employees, the
    contact of a list of contacts; not the doctor or the mother of somebody of whom a birth date stands there."""
    groups = held_by(keys, kinds)
    told = any(
        item is not None and item.role == SUBJECT and kind in KNOWING
        for key, kind, item in zip(keys, kinds, heard, strict=True)
        if key == (SUBJECT, 0)
    )
    subject = groups[SUBJECT, 0]
    if told or subject & NAMES:
        return
    born = bool(subject & OWN)
    named = [key for key, held in groups.items() if key[0] != NOBODY and held & NAMES and (key[0] in WORKING or not born)]
    chosen = min(named, key=lambda key: key[0] not in WORKING, default=None)
    for at, key in enumerate(keys):
        if key == chosen:
            keys[at] = (SUBJECT, 0)
