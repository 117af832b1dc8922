"""The verb: every person scored, and the small results that pages, charts and reports are made of."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from itertools import combinations
from typing import Any

import ibis

from analysis.assess.findings import findings
from analysis.assess.persons import CHANNELS, EI_REASONS, EI_VALUES, banded, cell_key, described, scored
from analysis.assess.reidentification import risks
from analysis.assess.severity import BANDS, duties, flags, incident_severity, rules
from analysis.assess.surroundings import surroundings
from analysis.kinds import rules as rules_of
from analysis.model import AgeBand, Impact, Incident, People, Place, Reach, Reidentification
from analysis.store import Store
from analysis.watch import Watch
from analysis.words import say

# Kinds of the co-exposure chart and the flag of each in the table of persons.
TOGETHER = {"last_name": "has_name", "birth_date": "has_birth", "sex": "has_sex", "address": "has_home",
            "postal_code": "has_place", "email": "has_email", "phone": "has_phone"}  # fmt: skip
OLDEST = 105


def assess(store: Store, people: People, incident: Incident, today: date, watch: Watch) -> Impact:
    """Scores every person (our convention) and the incident (ENISA 2013). Ages are counted at the breach, else `today`."""
    day = incident.breach_date or today
    watch.tell(say("Estimating the risk of each person"), 0.0)
    classes_name = store.keep("classes", equivalence(store.table(people.table)), watch)
    table = score_table(store, people, incident, day, watch)
    watch.tell(say("Drawing up the results"), 0.7)
    rows = store.table(table)
    totals = store.one(rows.aggregate(**measures(rows)), watch)
    risk = risks(store.rows(sizes(store.table(classes_name)), watch), rules()["reidentification"]["threshold"])
    bands = tuple((band, int(totals[f"band_{at}"])) for at, band in enumerate(BANDS))
    best_ei = max((EI_VALUES[EI_REASONS[at]] for at in range(len(EI_REASONS)) if totals[f"ei_{at}"]), default=0.25)
    sample, declared = incident_severity(people.exposure, incident, best_ei, int(totals["minors"]))
    found, abroad = departments(store, rows, watch)
    impact = Impact(
        people=people,
        incident=incident,
        severity=sample,
        declared=declared,
        bands=bands,
        flags=flags(incident, people.best),
        duties=duties(declared, incident),
        findings=(),
        reference_date=day,
        minors=int(totals["minors"]),
        over_75=int(totals["old"]),
        known_age=int(totals["known_age"]),
        ages=ages(store, rows, watch),
        places=found,
        abroad=abroad,
        together=tuple((a, b, int(totals[f"both_{a}_{b}"])) for a, b in combinations(TOGETHER, 2)),
        exposed=tuple((kind, int(totals[f"any_{kind}"])) for kind in TOGETHER),
        reidentification=Reidentification(
            rows=risk.rows, classes=risk.classes, k=risk.k, uniques=risk.uniques, highest=risk.highest,
            average=risk.average, at_risk=risk.at_risk, sizes=risk.sizes, covered=int(totals["covered"]),
            alone_in_town=float(totals["alone"] or 0.0), median_others=float(totals["others"] or 0.0),
        ),
        reach=Reach(
            email=int(totals["channel_0"]), sms=int(totals["channel_1"]), post=int(totals["channel_2"]), none=int(totals["channel_3"]),
            any_email=int(totals["any_reach_email"]), any_sms=int(totals["any_sms"]), any_post=int(totals["any_address"]),
            costs=costs(incident, {name: int(totals[f"channel_{at}"]) for at, name in enumerate(CHANNELS[:-1])}),
            together=channels(store, rows, watch),
        ),
        surroundings=surroundings(store, people, table, watch),
        table=table,
        rules=f"{people.rules}+{rules()['version']}",
    )  # fmt: skip
    return findings(impact)


def costs(incident: Incident, people: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
    """Euros for telling each person once by the best channel: the declared price of a message, else the assumption of the rules."""
    assumed = rules_of("places")["price"]
    declared = {"email": incident.price_email, "sms": incident.price_sms, "post": incident.price_post}
    prices = {name: float(assumed[name] if price is None else price) for name, price in declared.items()}
    return tuple((name, round(count * prices[name], 2)) for name, count in people.items())


def channels(store: Store, rows: Any, watch: Watch) -> tuple[tuple[str, int], ...]:
    """Which channels reach a person together; persons whom none reaches under an empty name."""
    counted = rows.group_by("reachable_email", "mobile", "has_home").aggregate(n=rows.person.count())
    found: Counter[str] = Counter()
    for *reached, n in store.rows(counted, watch):
        found["+".join(name for name, there in zip(CHANNELS, reached, strict=False) if there)] += int(n)
    return tuple(sorted(found.items()))


def equivalence(persons: Any) -> Any:
    """cell, class_size: classes of birth date + sex + postal code, among the people who have the three."""
    keyed = persons.select(cell=cell_key(persons))
    return keyed.filter(keyed.cell.notnull()).group_by("cell").aggregate(class_size=keyed.cell.count())


def sizes(classes: Any) -> Any:
    return classes.group_by("class_size").aggregate(classes=classes.class_size.count())


def score_table(store: Store, people: People, incident: Incident, day: date, watch: Watch) -> str:
    has_code = people.exposure.of_kind("person_id") is not None
    scores = scored(described(store, store.table(people.table), day), incident, has_code)
    return store.keep("scores", banded(scores, incident), watch, rules()["version"])


def measures(rows: Any) -> dict[str, Any]:
    """Every total of the impact, in one pass."""
    found: dict[str, Any] = {
        "minors": rows.minor.sum(),
        "old": rows.old.sum(),
        "known_age": rows.age.count(),
        "covered": rows.others.count(),
        "alone": (-rows.others).exp().mean(),
        "others": rows.others.median(),
        "any_sms": rows.mobile.sum(),
        "any_reach_email": rows.reachable_email.sum(),
    }
    found |= {f"band_{at}": (rows.band == at).sum() for at in range(len(BANDS))}
    found |= {f"ei_{at}": (rows.ei_reason == at).sum() for at in range(len(EI_REASONS))}
    found |= {f"channel_{at}": (rows.channel == at).sum() for at in range(len(CHANNELS))}
    found |= {f"any_{kind}": rows[flag].sum() for kind, flag in TOGETHER.items()}
    found |= {f"both_{a}_{b}": (rows[TOGETHER[a]] & rows[TOGETHER[b]]).sum() for a, b in combinations(TOGETHER, 2)}
    return {name: value.fill_null(0) for name, value in found.items()}


def ages(store: Store, rows: Any, watch: Watch) -> tuple[AgeBand, ...]:
    """People by five-year band and sex; ages above 105 stay in the last one."""
    aged = rows.filter(rows.age.notnull())
    capped: Any = ibis.least(aged.age, OLDEST)
    band = (capped // 5 * 5).cast("int32")
    grouped = aged.group_by(first=band, sex=aged.sex.fill_null("")).aggregate(people=aged.person.count())
    return tuple(AgeBand(int(age), sex, int(count)) for age, sex, count in sorted(store.rows(grouped, watch)))


def departments(store: Store, rows: Any, watch: Watch) -> tuple[tuple[Place, ...], int]:
    """People by département, and those without a known French postal code."""
    known = json.loads((files("resources") / "reference" / "departments.json").read_text(encoding="utf-8"))
    counted = dict(store.rows(rows.group_by("department").aggregate(people=rows.person.count()), watch))
    elsewhere = int(counted.pop(None, 0))
    places = (
        Place(code, known[code]["name"], int(counted.get(code, 0)), known[code]["population"])
        for code in sorted(known)
        if known[code]["population"] or counted.get(code)
    )
    return tuple(places), elsewhere
