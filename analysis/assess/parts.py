"""A code in, the persons whom it names out; and an Impact in, the Impact of those alone out: what a list, a click on a chart or a
filter narrows the people to.

Codes: a group of `surroundings.GROUPS` (`minor`); a role (`role:guardian`); whom another file holds (`register:sure`, `perhaps`,
`none`); a band (`band:high`), a channel (`channel:post`), so many abuses open (`open:3`), a tier (`tier:1`), an age and sex
(`age:40:f`; `o`: men, and whose sex is not known), a département (`department:75`; `none`: no known French one), a commune by
Insee's code (`commune:75111`), so many who share birth date, sex and postal code (`class:3-4`), kinds that stand together
(`has:email+phone`), or with some and without others (`set:email!phone+address`), a value of a column by which the leak is split
(`split:5:71:Lyon`: its hash, see `controllers.shares`), what stands in a column (`value:ville=Lyon`, `text:ville=lyo`,
`range:solde=1000..`, see `columns`), a severity, an age or so many rows (`severity:3..4`, `years:18..25`, `lines:2..`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

import ibis

from analysis.assess.columns import between, standing
from analysis.assess.communes import counted
from analysis.assess.controllers import By, shares, shares_of
from analysis.assess.counting import census_within, marks_of
from analysis.assess.findings import findings
from analysis.assess.impact import verdict_of
from analysis.assess.order import opened
from analysis.assess.profile import OLDEST, TOGETHER, flags_of, halves
from analysis.assess.rating import Rating, rated
from analysis.assess.reaching import of_several
from analysis.assess.reidentification import GROUPS as SIZES
from analysis.declare.ranges import ends, number
from analysis.ground.watch import Watch
from analysis.model import Impact, tables
from analysis.model.codes import Role
from analysis.resolve import for_sure
from analysis.resolve.mentions import bit_of
from analysis.store import Store
from analysis.store.rows import Column, Rows


def narrowed(store: Store, impact: Impact, parts: Sequence[str], watch: Watch) -> Impact:
    """The impact of the persons whom every one of `parts` names. The severity of the incident and the duties are those of the
    whole: looking at some of the people changes neither. What few have exposed is rare among everybody."""
    if not parts:
        return impact
    marks = store.table(marks_of(store, impact.census, watch))
    chosen = marks.filter([belongs(store, impact, code, marks) for code in parts])
    told, known = within(store, impact, chosen, parts, watch), impact.verdict
    if any(code.startswith("split:") for code in parts):  # of a controller of her own
        return told
    verdict = replace(
        told.verdict,
        severity=known.severity,
        declared=known.declared,
        most=known.most,
        flags=known.flags,
        duties=known.duties,
    )
    return findings(replace(told, verdict=verdict))


def within(store: Store, impact: Impact, chosen: Rows, parts: Sequence[str], watch: Watch) -> Impact:
    """The impact of some `marks`, with a severity and duties of their own."""
    few = store.view(tables.Marks, chosen)
    census = census_within(store, impact.census, few, watch)
    if sum(code.startswith("department:") for code in parts) == 1:
        census = replace(census, communes=counted(store, few, watch))
    verdict = verdict_of(store, census, impact.incident, impact.census)
    return findings(replace(impact, census=census, verdict=verdict, parts=tuple(parts), among=impact.people.best))


def split(store: Store, impact: Impact, by: By, watch: Watch) -> Iterator[tuple[str, Impact]]:
    """Each controller, in the order of `shares`, and the impact of its people: of an incident of its own."""
    marks = store.table(marks_of(store, impact.census, watch))
    held = store.table(shares_of(store, impact, by, watch))
    for value, part, _ in shares(store, impact, by, watch):
        chosen = marks.filter(marks.person.isin(held.filter(held.part == ibis.literal(part, "uint64")).person))
        code = f"split:{by}:{part}:{value[:200]}"
        yield value, within(store, impact, chosen, (*impact.parts, code), watch)


def those_of(store: Store, impact: Impact, code: str) -> Rows:
    """`person`: of a part of the people."""
    marks = store.table(marks_of(store, impact.census, Watch()))
    return marks.filter(belongs(store, impact, code, marks)).select("person")


def belongs(store: Store, impact: Impact, code: str, marks: Rows) -> Column:
    """Whether a person of `marks` is of a part of the people."""
    what, _, part = code.partition(":")
    match what:
        case "role":
            return (marks.roles & bit_of(Role(part))) != 0
        case "register" | "earlier":
            return held_by(store, impact, what, part, marks)
        case "band" | "channel" | "tier":
            return of_profiles(marks, [item.profile for item in ratings(impact) if str(getattr(item, what)) == part])
        case "unreachable":
            return belongs(store, impact, "channel:none", marks)
        case "open":
            return of_profiles(marks, [item.profile for item in ratings(impact) if opened(item) == int(part)])
        case "age":
            return aged(marks, part)
        case "department":
            return marks.department.isnull() if part == "none" else marks.department == part
        case "commune":
            return marks.commune == part
        case "class":
            low, high = next((low, high) for low, high, label in SIZES if label == part)
            return marks.class_size.between(low, min(high, 1 << 40))
        case "has":
            return of_profiles(marks, having(impact, parts_of(part)))
        case "split":
            at, n, *_ = part.split(":", 2)
            told = store.table(shares_of(store, impact, By.of(at), Watch()))
            return marks.person.isin(told.filter(told.part == ibis.literal(int(n), "uint64")).person)
        case "value" | "text" | "range":
            return marks.person.isin(store.table(standing(store, impact, what, part, Watch())).person)
        case "severity":
            low, high = ends(part, number)
            return of_profiles(marks, [item.profile for item in ratings(impact) if lies(item.se, low, high)])
        case "years":
            return between(marks.age, *ends(part, number))
        case "lines":
            people = store.table(impact.people.table)
            return marks.person.isin(people.filter(between(people.rows, *ends(part, number))).person)
        case "set":
            held, _, lacking = part.partition("!")
            return of_profiles(marks, having(impact, parts_of(held), parts_of(lacking)))
        case "shared_email" | "shared_phone":
            persons, kind = store.table(impact.people.table), what.removeprefix("shared_")
            return marks.person.isin(persons.semi_join(of_several(persons, kind), kind).person)
        case "minor" | "old" | "village" | "deceased":
            return marks[what]
        case _:
            return marks.home_place == what


def held_by(store: Store, impact: Impact, what: str, part: str, marks: Rows) -> Column:
    """Whom another file holds for sure, perhaps, or not."""
    found = next((item.table for item in impact.matches if item.what == what and item.table), None)
    if found is None:
        return ibis.literal(False)
    held = store.table(found)
    if part == "none":
        return ~marks.person.isin(held.a)
    return marks.person.isin(held.filter(for_sure(held) if part == "sure" else ~for_sure(held)).a)


def aged(marks: Rows, part: str) -> Column:
    """In a band of five years, and of a sex."""
    first, _, sex = part.partition(":")
    age = int(first)
    in_band = marks.age.between(age, age + 4) if age < OLDEST else marks.age >= OLDEST
    women = (marks.sex == "f").fill_null(False)
    return in_band & (women if sex == "f" else ~women) if sex else in_band


def lies(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def of_profiles(marks: Rows, profiles: Sequence[int]) -> Column:
    """Whose profile is one of these."""
    by_held: dict[int, list[int]] = {}
    for profile, held in map(halves, profiles):
        by_held.setdefault(held, []).append(profile)
    told = [(marks.held == held) & marks.profile.isin(found) for held, found in sorted(by_held.items())]
    return reduce(or_, told, ibis.literal(False)) if told else ibis.literal(False)


def ratings(impact: Impact) -> list[Rating]:
    return rated(impact.census.profiles, impact.incident)


def parts_of(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split("+")))


def having(impact: Impact, asked: frozenset[str], without: frozenset[str] = frozenset()) -> list[int]:
    """The profiles that hold all of some kinds, and none of others."""
    wanted, unwanted = ({TOGETHER.get(kind, kind) for kind in some} for some in (asked, without))
    held = [(profile, flags_of(profile)) for profile, _ in impact.census.profiles]
    return [profile for profile, flags in held if wanted <= flags and not unwanted & flags]
