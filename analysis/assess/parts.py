"""A code in, the persons whom it names out; and an Impact in, the Impact of those alone out: what a list, a click on a chart or a
filter narrows the people to.

Codes: a group of `surroundings.GROUPS` (`minor`); a role (`role:guardian`); whom another file holds (`register:sure`, `perhaps`,
`none`); a band (`band:high`), a channel (`channel:post`), so many abuses open (`open:3`), a tier (`tier:1`), an age and sex
(`age:40:f`; `o`: men, and whose sex is not known), a département (`department:75`; `none`: no known French one), so many who
share birth date, sex and postal code (`class:3-4`), kinds that stand together (`has:email+phone`).
"""

from collections.abc import Sequence
from dataclasses import replace

import ibis

from analysis.assess.counting import census_within, classes_of
from analysis.assess.findings import findings
from analysis.assess.impact import verdict_of
from analysis.assess.order import opened
from analysis.assess.persons import cell_key
from analysis.assess.profile import OLDEST, TOGETHER, flags_of, halves
from analysis.assess.rating import rated
from analysis.assess.reidentification import GROUPS as SIZES
from analysis.assess.surroundings import members
from analysis.ground.watch import Watch
from analysis.model import Impact, People, tables
from analysis.model.codes import Role
from analysis.resolve import for_sure
from analysis.resolve.mentions import bit_of
from analysis.store import Store
from analysis.store.rows import Rows


def narrowed(store: Store, impact: Impact, parts: Sequence[str], watch: Watch) -> Impact:
    """The impact of the persons whom every one of `parts` names. The severity of the incident and the duties are those of the
    whole: looking at some of the people changes neither. What few have exposed is rare among everybody."""
    if not parts:
        return impact
    some = store.table(impact.verdict.table).select("person")
    for code in parts:
        some = some.semi_join(those_of(store, impact, code), "person")
    chosen = store.keep(tables.Chosen, some, watch)
    census = census_within(store, impact.census, chosen, watch)
    told, known = verdict_of(store, census, impact.incident, impact.census), impact.verdict
    verdict = replace(
        told, severity=known.severity, declared=known.declared, most=known.most, flags=known.flags, duties=known.duties
    )
    return findings(replace(impact, census=census, verdict=verdict, parts=tuple(parts), among=impact.people.best))


def those_of(store: Store, impact: Impact, code: str) -> Rows:
    """`person`: of a part of the people."""
    what, _, part = code.partition(":")
    persons, scores = store.table(impact.people.table), store.table(impact.verdict.table)
    match what:
        case "role":
            return persons.filter((persons.roles & bit_of(Role(part))) != 0).select("person")
        case "register" | "earlier":
            return held_by(store, impact, what, part)
        case "band" | "channel":
            return scores.filter(scores[what] == part).select("person")
        case "tier":
            return scores.filter(scores.tier == int(part)).select("person")
        case "open":
            return of_profiles(scores, abusing(impact, int(part)))
        case "age":
            return aged(scores, part)
        case "department":
            return scores.filter(scores.department.isnull() if part == "none" else scores.department == part).select("person")
        case "class":
            return in_classes(store, impact.people, part)
        case "has":
            return of_profiles(scores, having(impact, frozenset(part.split("+"))))
        case _:
            return members(store, impact.people, impact.verdict.table, code)


def held_by(store: Store, impact: Impact, what: str, part: str) -> Rows:
    """`person`: whom another file holds for sure, perhaps, or not."""
    found = next((item.table for item in impact.matches if item.what == what and item.table), None)
    if found is None:
        return of_profiles(store.table(impact.verdict.table), ())
    held = store.table(found)
    if part == "none":
        persons = store.table(impact.people.table)
        return persons.anti_join(held.select(person=held.a), "person").select("person")
    return held.filter(for_sure(held) if part == "sure" else ~for_sure(held)).select(person=held.a)


def aged(scores: Rows, part: str) -> Rows:
    """`person`: of a band of five years, and of a sex."""
    first, _, sex = part.partition(":")
    age = int(first)
    in_band = scores.age.between(age, age + 4) if age < OLDEST else scores.age >= OLDEST
    women = (scores.sex == "f").fill_null(False)
    return scores.filter(in_band & (women if sex == "f" else ~women if sex else ibis.literal(True))).select("person")


def in_classes(store: Store, people: People, part: str) -> Rows:
    """`person`: who shares birth date, sex and postal code with so many."""
    low, high = next((low, high) for low, high, label in SIZES if label == part)
    classes, persons = store.table(classes_of(store, people, Watch())), store.table(people.table)
    chosen = classes.filter(classes.class_size.between(low, min(high, 1 << 40)))
    return persons.select("person", cell=cell_key(persons)).semi_join(chosen, "cell").select("person")


def of_profiles(scores: Rows, profiles: Sequence[int]) -> Rows:
    """`person`: whose profile is one of these."""
    pairs = [ibis.struct({"a": ibis.literal(a, "int32"), "b": ibis.literal(b, "int64")}) for a, b in map(halves, profiles)]
    if not pairs:
        return scores.filter(ibis.literal(False)).select("person")
    return scores.filter(ibis.struct({"a": scores.profile, "b": scores.held}).isin(pairs)).select("person")


def abusing(impact: Impact, n: int) -> list[int]:
    """The profiles whose data open so many abuses."""
    return [item.profile for item in rated(impact.census.profiles, impact.incident) if opened(item) == n]


def having(impact: Impact, asked: frozenset[str]) -> list[int]:
    """The profiles that hold all of some kinds."""
    wanted = {TOGETHER.get(kind, kind) for kind in asked}
    return [profile for profile, _ in impact.census.profiles if wanted <= flags_of(profile)]
