"""The verb: every person scored, and the small results that pages, charts and reports are made of."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import combinations, combinations_with_replacement
from typing import Any

from analysis.assess.context import Minors
from analysis.assess.contradictions import contradictions, reference_day
from analysis.assess.duties import Facts, duties
from analysis.assess.findings import findings
from analysis.assess.order import by_opened, slices
from analysis.assess.persons import births_told, cell_key, facts, youngest_age
from analysis.assess.profile import MINOR, halves, whole
from analysis.assess.rating import Rating, rarities, rated, reaching, totals
from analysis.assess.reaching import contacts
from analysis.assess.reidentification import risks
from analysis.assess.sample import sample_warnings
from analysis.assess.scenarios import all_scenarios
from analysis.assess.severity import BANDS, at_worst, flags, incident_severity
from analysis.assess.surroundings import surroundings
from analysis.assess.texts import counted, told_of
from analysis.declare.incident import assumed_prices
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import AgeBand, Census, Impact, Incident, People, Place, Reach, Reidentification, Verdict, tables
from analysis.model.tables import Kept
from analysis.rules import shapes
from analysis.rules.shapes import load
from analysis.store import Store
from analysis.store.functions import at_most
from analysis.store.rows import Rows

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
OLDEST = 105
SAMPLE = 1.1  # times the people of the file from which a claim makes it a sample, whose fairness is looked at


def assess(store: Store, people: People, incident: Incident, today: date, watch: Watch, before: Impact | None = None) -> Impact:
    """Scores every person (our convention) and the incident (ENISA 2013). Ages are counted on `reference_day`.
    `before`: an impact on the same people, of which everything is kept that the incident does not change."""
    day = reference_day(incident, people.exposure, today)
    watch.tell(say("Estimating the risk of each person"), 0.0)
    known = before is not None and before.people is people and before.census.reference_date == day
    census = before.census if before is not None and known else census_of(store, people, day, watch)
    watch.tell(say("Drawing up the results"), 0.7)
    impact = Impact(
        census,
        verdict_of(store, census, incident),
        rules="+".join((people.rules, load(shapes.Severity).version, load(shapes.Scenarios).version)),
    )
    if incident.claimed_people > SAMPLE * people.best:
        told = known and before is not None and before.incident.claimed_people > SAMPLE * people.best
        impact = replace(impact, warnings=before.warnings if told and before else sample_warnings(store, impact, watch))
    return findings(impact)


def verdict_of(store: Store, census: Census, incident: Incident) -> Verdict:
    """What the incident makes of the profiles: some hundreds, whatever the size of the file."""
    people, ratings = census.people, rated(census.profiles, incident)
    ages = totals(ratings, lambda item: item.flags & {"minor", "old"})
    tiers = totals(ratings, lambda item: [item.tier])
    best_ei = max((item.ei for item in ratings), default=0.25)
    minors = Minors(ages["minor"], census.known_age)
    sample, declared = incident_severity(people.exposure, incident, best_ei, minors)
    _, most = incident_severity(people.exposure, at_worst(incident), best_ei, minors)
    reached = reach_of(incident, ratings)
    bands = totals(ratings, lambda item: [item.band])
    pairs = totals(ratings, lambda item: pairs_in(item.flags))
    return Verdict(
        incident=incident,
        severity=sample,
        declared=declared,
        most=most,
        bands=tuple((band, bands[band]) for band in BANDS),
        flags=(*contradictions(incident, census.unborn, census.reference_date), *flags(incident, people.best)),
        duties=duties(Facts(incident, declared, most, reached.none, people.best, datetime.now(UTC))),
        minors=ages["minor"],
        over_75=ages["old"],
        together=tuple((a, b, pairs[a, b]) for a, b in combinations(TOGETHER, 2)),
        exposed=tuple((kind, pairs[kind, kind]) for kind in TOGETHER),
        reach=reached,
        scenarios=tuple(
            (item.code, counted[1], counted[2], counted[3])
            for item, counted in zip(all_scenarios(), by_level(ratings), strict=True)
        ),
        tiers=tuple((number, tiers[number]) for number in (1, 2, 3, 4)),
        table=scores_of(store, census.facts, ratings),
        order=slices(ratings),
        opened=by_opened(ratings),
    )


def census_of(store: Store, people: People, day: date, watch: Watch) -> Census:
    """Counts who they are at a day."""
    persons = store.table(people.table)
    classes = store.table(store.keep(tables.Classes, equivalence(persons), watch))
    shared, told_in_texts = contacts(store, persons, watch), told_of(store, people, watch)
    known = facts(store, people, persons, day, shared, told_in_texts)
    name = store.keep(tables.Facts, known, watch, load(shapes.Severity).version)
    rows = store.table(name)
    watch.tell(say("Drawing up the results"), 0.5)
    told = store.one(
        rows.aggregate(
            known_age=rows.age.count(),
            covered=rows.others.count(),
            communes=rows.town.sum(where=rows.others.notnull()),
            unborn=(rows.birth_date > day).sum(),
            young=(youngest_age(rows.age, rows.birth_date, day, births_told(people.exposure)) < MINOR).sum(),
            alone=(-rows.others).exp().mean(),
            others=rows.others.median(),
        ),
        watch,
    )
    histogram = tuple(sorted((int(size), int(n)) for size, n in store.rows(sizes(classes), watch)))
    found, abroad = departments(store, rows, watch)
    return Census(
        people=people,
        reference_date=day,
        facts=name,
        known_age=int(told["known_age"] or 0),
        minors_at_most=int(told["young"] or 0),
        unborn=int(told["unborn"] or 0),
        profiles=tuple(
            sorted(
                (whole(int(profile), int(held)), int(n))
                for profile, held, n in store.rows(rows.group_by("profile", "held").aggregate(n=rows.person.count()), watch)
            )
        ),
        ages=ages(store, rows, watch),
        places=found,
        abroad=abroad,
        told=counted(store, told_in_texts, watch),
        reidentification=reidentified(histogram, told),
        surroundings=surroundings(store, people, name, shared, watch),
    )


def reidentified(histogram: tuple[tuple[int, int], ...], told: Mapping[str, Any]) -> Reidentification:
    """How few people share birth date, sex and postal code: in the file (`histogram`: size of a class, classes) and, as is to be
    expected, in their town (`told`)."""
    risk = risks(histogram, load(shapes.Severity).reidentification.threshold)
    return Reidentification(
        rows=risk.rows,
        classes=risk.classes,
        k=risk.k,
        uniques=risk.uniques,
        highest=risk.highest,
        average=risk.average,
        at_risk=risk.at_risk,
        sizes=risk.sizes,
        histogram=histogram,
        covered=int(told["covered"] or 0),
        alone_in_town=float(told["alone"] or 0.0),
        median_others=float(told["others"] or 0.0),
        communes=int(told["communes"] or 0),
    )


def pairs_in(flags: frozenset[str]) -> list[tuple[str, str]]:
    """Every two kinds of the co-exposure chart that stand together, and each with itself."""
    return [(a, b) for a, b in combinations_with_replacement(TOGETHER, 2) if TOGETHER[a] in flags and TOGETHER[b] in flags]


def by_level(ratings: Sequence[Rating]) -> list[Counter[object]]:
    """Of each scenario, how many persons have each level."""
    return [totals(ratings, lambda item, at=at: [item.levels[at]]) for at in range(len(all_scenarios()))]


def reach_of(incident: Incident, ratings: Sequence[Rating]) -> Reach:
    best = totals(ratings, lambda item: [item.channel])
    together = totals(ratings, lambda item: ["+".join(reaching(item.flags))])
    every = totals(ratings, lambda item: reaching(item.flags))
    return Reach(
        email=best["email"],
        sms=best["sms"],
        post=best["post"],
        call=best["call"],
        none=best["none"],
        any_email=every["email"],
        any_sms=every["sms"],
        any_post=every["post"],
        any_call=every["call"],
        deceased=best["relatives"],
        minors=sum(item.people for item in ratings if "minor" in item.flags and reaching(item.flags)),
        costs=costs(incident, {name: best[name] for name in assumed_prices()}),
        together=tuple(sorted((str(name), n) for name, n in together.items())),
    )


def scores_of(store: Store, facts_name: Kept[tables.Facts], ratings: Sequence[Rating]) -> Kept[tables.Scores]:
    """The facts of each person with what was judged of her profile; answered anew whenever it is asked, since a change of the
    incident changes some hundreds of ratings and no person."""
    rare = rarities(ratings)
    rows = [
        (
            *(item.dpc, item.reason, item.ei, item.se, item.band, item.channel, item.tier, sum(item.levels)),
            *(rare[item.profile], *halves(item.profile)),
        )
        for item in ratings
    ]
    name = store.make(tables.Ratings, rows)
    judged = store.table(facts_name).join(store.table(name), ["profile", "held"])
    return store.view(tables.Scores, judged)


def costs(incident: Incident, people: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
    """Euros for telling each person once by the best channel: the declared price of a message, else the assumption of the
    rules."""
    assumed = assumed_prices()
    declared = {"email": incident.price_email, "sms": incident.price_sms, "post": incident.price_post}
    prices = {name: float(assumed[name] if price is None else price) for name, price in declared.items()}
    return tuple((name, round(count * prices[name], 2)) for name, count in people.items())


def equivalence(persons: Rows) -> Rows:
    """cell, class_size: classes of birth date + sex + postal code, among the people who have the three."""
    keyed = persons.select(cell=cell_key(persons))
    return keyed.filter(keyed.cell.notnull()).group_by("cell").aggregate(class_size=keyed.cell.count())


def sizes(classes: Rows) -> Rows:
    return classes.group_by("class_size").aggregate(classes=classes.class_size.count())


def ages(store: Store, rows: Rows, watch: Watch) -> tuple[AgeBand, ...]:
    """People by five-year band and sex; ages above 105 stay in the last one."""
    aged = rows.filter(rows.age.notnull())
    capped = at_most(aged.age, OLDEST)
    band = (capped // 5 * 5).cast("int32")
    grouped = aged.group_by(first=band, sex=aged.sex.fill_null("")).aggregate(people=aged.person.count())
    return tuple(AgeBand(int(age), sex, int(count)) for age, sex, count in sorted(store.rows(grouped, watch)))


def departments(store: Store, rows: Rows, watch: Watch) -> tuple[tuple[Place, ...], int]:
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
