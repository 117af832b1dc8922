"""The verb: every person scored, and the small results that pages, charts and reports are made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, combinations_with_replacement

from analysis.assess.context import Minors
from analysis.assess.contradictions import contradictions, reference_day
from analysis.assess.counting import census_of
from analysis.assess.duties import Facts, duties
from analysis.assess.findings import findings
from analysis.assess.order import by_opened, slices
from analysis.assess.profile import TOGETHER, halves
from analysis.assess.rating import Rating, rarities, rated, reaching, totals
from analysis.assess.sample import sample_warnings
from analysis.assess.scenarios import all_scenarios
from analysis.assess.severity import BANDS, at_worst, flags, incident_severity
from analysis.declare.incident import assumed_prices
from analysis.ground.now import now
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Census, Impact, Incident, People, Reach, Verdict, tables
from analysis.model.tables import Kept
from analysis.rules import shapes
from analysis.rules.loading import load
from analysis.store import Store

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


def verdict_of(store: Store, census: Census, incident: Incident, among: Census | None = None) -> Verdict:
    """What the incident makes of the profiles: some hundreds, whatever the size of the file. `among`: everybody, where the census
    is of some: what is rare is rare among them."""
    people, ratings = census.people, rated(census.profiles, incident)
    rare = rarities(rated(among.profiles, incident) if among else ratings)
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
        duties=duties(Facts(incident, declared, most, reached.none, people.best, now())),
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
        table=scores_of(store, census.facts, ratings, rare),
        order=slices(ratings, rare),
        opened=by_opened(ratings),
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


def scores_of(
    store: Store, facts_name: Kept[tables.Facts], ratings: Sequence[Rating], rare: Mapping[int, float]
) -> Kept[tables.Scores]:
    """The facts of each person with what was judged of her profile; answered anew whenever it is asked, since a change of the
    incident changes some hundreds of ratings and no person."""
    rows = [
        (
            *(item.dpc, item.reason, item.ei, item.se, item.band, item.channel, item.tier, sum(item.levels)),
            *(rare[item.profile], *halves(item.profile)),
        )
        for item in ratings
    ]
    name = store.make(tables.Ratings, rows)
    judged = store.table(facts_name).select(*tables.Facts.columns).join(store.table(name), ["profile", "held"])
    return store.view(tables.Scores, judged)


def costs(incident: Incident, people: Mapping[str, int]) -> tuple[tuple[str, float], ...]:
    """Euros for telling each person once by the best channel: the declared price of a message, else the assumption of the
    rules."""
    assumed = assumed_prices()
    declared = {"email": incident.price_email, "sms": incident.price_sms, "post": incident.price_post}
    prices = {name: float(assumed[name] if price is None else price) for name, price in declared.items()}
    return tuple((name, round(count * prices[name], 2)) for name, count in people.items())
