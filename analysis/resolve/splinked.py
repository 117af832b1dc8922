"""Persons with their evidence in, pairs that are probably one person out: Splink's model (Fellegi and Sunter, 1969), trained
on the file itself. Blocking and comparisons are chosen from what the file holds; nobody is asked."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import ibis

from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import tables
from analysis.resolve.belief import SEED, log_odds, probability, recall, shifted
from analysis.resolve.blocking import Key, keys
from analysis.resolve.compared import DIGITS, Compared
from analysis.resolve.conflict import (
    SLIPS,
    birth,
    births,
    column,
    differing,
    named_otherwise,
    same_numbers,
    with_evidence,
)
from analysis.resolve.levels import comparison
from analysis.store import Store, patiently
from analysis.store.functions import jaro_winkler_similarity, slips
from analysis.store.rows import Column, Rows

if TYPE_CHECKING:
    from splink import DuckDBAPI, Linker

PAIRS = 200_000  # drawn at random, to learn how often strangers agree
LEAST_WEIGHT = -6.0  # log2 of the odds from which a pair is kept
ITERATIONS, FEWER = 12, (4, 1, 1)  # of the expectation maximization; where it fails, and fails again
LEAST_M = 0.001
CERTAIN = 0.9  # probability from which the one difference may be what is wrong
STRANGE, USUAL, OTHER = (
    0.95,
    0.75,
    0.08,
)  # share of other names in one person that is not believed; equal ones, other ones usually


@dataclass(frozen=True, slots=True)
class Edge:
    """Two persons and the probability that they are one. `why`: the kinds that agree (=) or nearly do (~)."""

    a: int
    b: int
    probability: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs from `LEAST_WEIGHT` on; which share of all pairs of one person is found, and compared at all; and pairs that one
    difference alone keeps apart."""

    edges: tuple[Edge, ...] = ()
    recall: float = 1.0
    by_one_difference: tuple[tuple[int, int], ...] = ()


def edges(store: Store, evidence: Rows, name: str, columns: Sequence[Compared], rows: int, watch: Watch) -> Judged:
    """`evidence`: the table `name` with `person` and a column for each of `columns`."""
    chosen = keys(store, evidence, columns, rows, watch.within(0.0, 0.2))
    if not chosen or rows < 2 or len(columns) < 2:  # one column alone teaches nothing
        return Judged()
    with store.lent(watch) as cursor:
        api, hear = patient_api(cursor, watch)
        try:
            linker = trained(api, name, columns, chosen, watch.within(0.2, 0.7))
            watch.tell(say("Comparing persons"), 0.7)
            made = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT - 10)
            model = linker.misc.save_model_to_json()
            prior = log_odds(float(model["probability_two_random_records_match"]))  # what every weight holds
            found, shift, by_one_difference = judged(store, made.physical_name, evidence, columns, rows, prior, watch)
            filled = store.one(evidence.aggregate(**{item.name: evidence[item.name].count() for item in columns}), watch)
            there = {name: int(count) / rows for name, count in filled.items()}
            return Judged(found, recall(model, [key for key, _ in chosen], there, prior + shift), by_one_difference)
        finally:
            hear(Watch())  # whoever stopped it wants its tables gone as well
            api.delete_tables_created_by_splink_from_db()


def patient_api(cursor: Any, watch: Watch) -> tuple["DuckDBAPI", Callable[[Watch], None]]:
    """The library's own questions, each of which gives way to what a person asks meanwhile; and what gives them another watch."""
    from splink import DuckDBAPI

    heard = [watch]

    class Patient(DuckDBAPI):
        def _execute_sql_against_backend(self, final_sql: str) -> Any:
            return patiently(heard[0], cursor, lambda: cursor.sql(final_sql))

    def hear(other: Watch) -> None:
        heard[0] = other

    return Patient(connection=cursor), hear


def trained(api: "DuckDBAPI", name: str, columns: Sequence[Compared], chosen: list[tuple[Key, int]], watch: Watch) -> "Linker":
    """The model: u from random pairs, m by expectation maximization under keys of which each leaves other columns free."""
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="person",
        comparisons=[comparison(item) for item in columns],
        blocking_rules_to_generate_predictions=[block_on(*key) for key, _ in chosen],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        max_iterations=ITERATIONS,
    )
    people = api.register(name)
    linker = linker_of(people, settings)
    watch.tell(say("Learning how strangers agree"), 0.0)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1)
    own = {item.name for item in columns if item.field.kind != "none"}
    sure = surest(columns, [(key, n) for key, n in chosen if own & set(key)] or chosen)
    linker.training.estimate_probability_two_random_records_match([block_on(*key) for key in sure[:2]], recall=0.8)
    for at, key in enumerate(sure):
        watch.tell(say("Learning how one person differs from herself"), 0.3 + 0.7 * at / len(sure))
        linker = taught(linker, people, key)
    learned = linker.misc.save_model_to_json()
    personal = [item for item in columns if item.field.kind != "none"]
    known = [(key, n) for key, n in chosen if set(key) <= {item.name for item in personal}]
    if strange(learned, columns) and 1 < len(personal) < len(columns) and known:
        return trained(api, name, personal, known, watch)  # what is no one's own taught something else
    return linker_of(people, tempered(learned, columns))


def linker_of(people: Any, settings: Any) -> "Linker":
    """Silent, since its words may quote a cell; the settings are ours, and need no validation."""
    from splink import Linker

    return Linker(people, settings, log_level=logging.CRITICAL, validate_settings=False)


def taught(linker: "Linker", people: Any, key: Key) -> "Linker":
    """The model taught under a key as well. Where a level becomes impossible on the way the library gives up, and its model with
    it: it is taught again from what it knew before, for fewer rounds."""
    from splink import block_on

    for rounds in FEWER:
        before = linker.misc.save_model_to_json()
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*key))
            return linker
        except ValueError:
            linker = linker_of(people, before | {"max_iterations": rounds})
    return linker


def strange(model: dict[str, Any], columns: Sequence[Compared]) -> frozenset[str]:
    """The names and births of which the model has learned that one person mostly has another one."""
    telling = {item.name for item in columns if item.form in ("name", "date")}
    last = {
        item["output_column_name"]: item["comparison_levels"][-1].get("m_probability") or 0.0 for item in model["comparisons"]
    }
    return frozenset(name for name in telling if last.get(name, 0.0) > STRANGE)


def tempered(model: dict[str, Any], columns: Sequence[Compared]) -> dict[str, Any]:
    """The same model, without a level that it believes impossible in one person: a few thousand pairs do not teach that.
    Where it has learned that one person mostly has another name or birth date, it has learned of strangers (of few fields
    there is more than one thing to learn): the usual share of slips stands instead."""
    wrong = strange(model, columns)
    for item in model["comparisons"]:
        levels = [level for level in item["comparison_levels"] if not level.get("is_null_level")]
        if item["output_column_name"] in wrong:
            near = (1 - USUAL - OTHER) / max(len(levels) - 2, 1)
            for at, level in enumerate(levels):
                level["m_probability"] = USUAL if not at else OTHER if at == len(levels) - 1 else near
        for level in levels:
            if "m_probability" in level:
                level["m_probability"] = max(level["m_probability"], LEAST_M)
    return model


def surest(columns: Sequence[Compared], chosen: list[tuple[Key, int]]) -> list[Key]:
    """The keys that make the fewest pairs, until every column was left free by one."""
    found: list[Key] = []
    free: set[str] = set()
    for key, _ in sorted(chosen, key=lambda item: item[1]):
        if {item.name for item in columns} <= set(key):
            continue  # nothing is left to learn
        more = {item.name for item in columns} - set(key) - free
        if more or len(found) < 2:
            found.append(key)
            free |= more
        if len(found) == 4:
            break
    return found


def judged(
    store: Store, made: str, evidence: Rows, columns: Sequence[Compared], rows: int, prior: float, watch: Watch
) -> tuple[tuple[Edge, ...], float, tuple[tuple[int, int], ...]]:
    """The pairs of Splink's table `made` with their probabilities (and what was added to their weights), those that are two
    people for certain left out; and of these the pairs that are otherwise so likely that the one difference may be a slip. How
    many pairs are one person at all is estimated from the pairs themselves."""
    found = ibis.table({"person_l": "int64", "person_r": "int64", "match_weight": "float64"}, name=made)
    every = with_evidence(found, "person_l", "person_r", evidence)
    weighed = every.select(
        a=ibis.least(every.person_l, every.person_r),
        b=ibis.greatest(every.person_l, every.person_r),
        weight=every.match_weight,
        alike=(~differing(every, columns) | same_numbers(every, columns)).fill_null(False),
        slip=by_one(every, columns),
    )
    with store.scratch():
        pairs = store.table(store.keep(tables.Weighed, weighed, watch))
        tenths = pairs.filter(pairs.alike).mutate(tenth=lambda t: (t.weight * 10).round().cast("int64"))
        histogram = [(int(at) / 10, int(n)) for at, n in store.rows(tenths.group_by("tenth").aggregate(n=tenths.count()), watch)]
        shift = shifted(histogram, rows, prior)
        likely = pairs.filter([pairs.alike, pairs.weight >= LEAST_WEIGHT - shift])
        likely = with_evidence(likely, "a", "b", evidence)
        asked = store.rows(likely.select("a", "b", "weight", why=why(likely, columns)), watch)
        told = tuple(Edge(a, b, probability(weight + shift), said.strip()) for a, b, weight, said in asked)
        apart = pairs.filter([~pairs.alike, pairs.slip, pairs.weight >= log_odds(CERTAIN) - shift]).select("a", "b")
        return told, shift, tuple((a, b) for a, b in store.rows(apart, watch))


def by_one(pairs: Rows, columns: Sequence[Compared]) -> Column:
    """Whether one difference alone keeps them apart, which may be a slip: a birth date, or a few signs of a first name."""
    named, born, first = named_otherwise(pairs, columns), birth(columns), column(columns, "first_name")
    if not (named and born):
        return ibis.literal(False)
    other, unborn = named[0].fill_null(False), births(pairs[born], pairs[f"{born}_b"]).fill_null(False)
    near = slips(pairs[first], pairs[f"{first}_b"], SLIPS) if first else ibis.literal(False)
    return ((unborn & ~other) | (other & ~unborn & near)).fill_null(False)


def why(pairs: Rows, columns: Sequence[Compared]) -> Column:
    """The kinds in which two agree (=) or nearly do (~), in one text."""
    parts: list[Column] = []
    for item in columns:
        one, other = pairs[item.name], pairs[f"{item.name}_b"]
        near = jaro_winkler_similarity(one, other) >= 0.9
        if item.form in ("code", "date", "email"):
            near = slips(one, other, 2)
        if item.form == "email":
            near = near & (pairs[f"{item.name}{DIGITS}"] == pairs[f"{item.name}{DIGITS}_b"])
        parts.append(ibis.cases((one == other, f"{item.field.kind}= "), (near, f"{item.field.kind}~ "), else_=""))
    return reduce(lambda left, right: left + right, parts)
