"""How long it takes to score every person with reasons, once the persons are resolved: run by `python -m bench`."""

import statistics
import time
from datetime import date
from pathlib import Path

from analysis.assess import assess, singled
from analysis.assess.coarse import coarse_classes
from analysis.assess.impact import scores_of
from analysis.assess.persons import facts
from analysis.assess.rating import rated
from analysis.assess.reaching import contacts
from analysis.assess.texts import told_of
from analysis.classify import classify
from analysis.declare.incident import load_incident
from analysis.ground.watch import Watch
from analysis.model import tables
from analysis.read import read
from analysis.resolve import resolve
from analysis.store import Store

DAY, RUNS = date(2026, 11, 1), 3


def measure(leak: Path) -> list[tuple[str, str, str, bool]]:
    """Rows of the table of all figures."""
    incident = load_incident(Path(__file__).parents[1] / "resources" / "incidents" / "hospital_2024.toml")
    scores, whole, alone, coarse = [], [], [], []
    for _ in range(RUNS):
        store, watch = Store(), Watch()
        people = resolve(store, classify(store, read(store, leak, watch), DAY, watch), watch)
        start = time.perf_counter()
        impact = assess(store, people, incident, DAY, watch)
        whole.append(time.perf_counter() - start)
        start = time.perf_counter()
        persons, told = store.table(people.table), told_of(store, people, watch)
        found = facts(store, people, persons, DAY, contacts(store, persons, watch), told)
        kept = store.keep(tables.Facts, found, watch, "again")
        rows = store.table(kept)
        counted = store.rows(rows.group_by("profile").aggregate(n=rows.person.count()), watch)
        scores_of(store, kept, rated(counted, incident))
        scores.append(time.perf_counter() - start)
        start = time.perf_counter()
        singled(store, people, watch)
        alone.append(time.perf_counter() - start)
        start = time.perf_counter()
        coarse_classes(store, impact, watch)
        coarse.append(time.perf_counter() - start)
        store.close()
    middle = statistics.median(scores)
    return [
        (
            f"scores and reasons of {impact.people.best:,} persons ({len(impact.census.profiles)} profiles), after resolve",
            f"{middle:.2f} s",
            "1.0 s",
            middle <= 1.0,
        ),
        (
            "the whole impact: places, ages, re-identification, surroundings, sample",
            f"{statistics.median(whole):.2f} s",
            "–",
            True,
        ),
        ("whom few fields single out, and by whom", f"{statistics.median(alone):.2f} s", "–", True),
        ("the 24 coarsenings of birth date, sex and place", f"{statistics.median(coarse):.2f} s", "–", True),
    ]
