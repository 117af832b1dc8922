"""An impact in, the groups of people to whom the same is said out: of whom they are made, and what leaked of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import ibis

from analysis.assess import marks_of
from analysis.assess.profile import TOGETHER
from analysis.ground.watch import Watch
from analysis.ground.words import mark
from analysis.model import Impact, Incident
from analysis.model.codes import Role
from analysis.report.front import told_categories
from analysis.resolve.gather import groups
from analysis.resolve.mentions import bit_of
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive
from analysis.store import Store


class Group(StrEnum):
    """Whom a letter is for."""

    ADULT = "adult"
    MINOR = "minor"  # to her representative
    DECEASED = "deceased"  # to the relatives
    BESIDE = "beside"  # who stands beside the subject in her row: trusted person, relative, payer
    MINOR_BESIDE = "minor-beside"  # to her representative
    PROFESSIONAL = "professional"


NAMES = {
    Group.ADULT: mark("the people concerned"),
    Group.MINOR: mark("the representatives of minors"),
    Group.DECEASED: mark("the relatives of the deceased"),
    Group.BESIDE: mark("trusted persons and relatives"),
    Group.MINOR_BESIDE: mark("the representatives of minors beside the people concerned"),
    Group.PROFESSIONAL: mark("professionals"),
}
WORKING = frozenset({Role.PROFESSIONAL, Role.STAFF})
FLAGS = TOGETHER | {"full_name": "name", "first_name": "name"}  # kind -> what a scenario calls it


@dataclass(frozen=True, slots=True)
class Audience:
    """A group, how many people it has, the kinds of data that leaked of it, and what texts tell of it (labels)."""

    group: Group
    people: int
    kinds: tuple[str, ...]
    texts: tuple[str, ...] = ()

    @property
    def flags(self) -> frozenset[str]:
        """What its data hold, as the scenarios name it."""
        found = {FLAGS.get(code, code) for code in self.kinds}
        found |= {"mobile"} if "phone" in found else set()
        return frozenset(found | ({"private_told"} if self.texts else set()))

    def seen(self, incident: Incident) -> Incident:
        """The incident as it is for the group: that somebody else is in care tells nothing of who stands beside her."""
        return incident if self.group in (Group.ADULT, Group.MINOR, Group.DECEASED) else replace(incident, nature="unknown")


def audiences(store: Store, impact: Impact, watch: Watch | None = None) -> tuple[Audience, ...]:
    """Those of whom there is anybody; together they are all the people. Of a trusted person leaked her name and phone, not the
    patient's diagnosis."""
    marks = store.table(marks_of(store, impact.census, watch or Watch()))
    subject = (marks.roles == 0) | ((marks.roles & bit_of(Role.SUBJECT)) != 0)
    others = sum(bit_of(role) for role in Role if role is not Role.SUBJECT and role not in WORKING)
    beside = (marks.roles & others) != 0
    young = marks.minor.fill_null(False)
    group = ibis.cases(
        (subject & marks.deceased, str(Group.DECEASED)),
        (subject & young, str(Group.MINOR)),
        (subject, str(Group.ADULT)),
        (beside & young, str(Group.MINOR_BESIDE)),
        (beside, str(Group.BESIDE)),
        else_=str(Group.PROFESSIONAL),
    )
    counted = {Group(str(code)): int(n) for code, n in store.rows(marks.group_by(group=group).aggregate(n=marks.person.count()))}
    of = held_by_group(impact)
    labels = tuple(load(Sensitive).category[code].label for code in told_categories(impact))
    return tuple(
        Audience(item, counted[item], of[item], labels if item in (Group.ADULT, Group.MINOR, Group.DECEASED) else ())
        for item in Group
        if counted.get(item)
    )


def held_by_group(impact: Impact) -> dict[Group, tuple[str, ...]]:
    """The kinds of personal data in the columns of each group."""
    held: dict[str, list[str]] = {"subject": [], "beside": [], "working": []}
    for seat in groups(impact.people.exposure):
        who = "subject" if seat.role is Role.SUBJECT else "working" if seat.role in WORKING else "beside"
        held[who] += [item.kind for item in seat.exposure.fields if item.valid and is_personal(item.kind)]
    subject, beside, working = (tuple(dict.fromkeys(codes)) for codes in held.values())
    living = tuple(code for code in subject if code != "death_date")
    return {
        Group.ADULT: living,
        Group.MINOR: living,
        Group.DECEASED: subject,
        Group.BESIDE: beside,
        Group.MINOR_BESIDE: beside,
        Group.PROFESSIONAL: working,
    }


def is_personal(kind: str) -> bool:
    return kind in kinds() and kinds()[kind].gdpr != "none"


def everybody(impact: Impact, told: Sequence[Audience]) -> Audience:
    """All groups as one, for what is said to nobody in particular."""
    every = tuple(dict.fromkeys(kind for item in told for kind in item.kinds))
    return Audience(Group.ADULT, impact.people.best, every, tuple(dict.fromkeys(text for item in told for text in item.texts)))
