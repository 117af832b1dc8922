"""The verb: every column classified, every cell counted."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import date

import ibis

from analysis.classify.cells import status_of, text_of
from analysis.classify.coherence import coherence, sampled
from analysis.classify.compound import Part, parted
from analysis.classify.dates import stand_ins
from analysis.classify.decision import Decision, decide, variant
from analysis.classify.embedded import embedded
from analysis.classify.evidence import Evidence, evidence_of, gather, sample
from analysis.classify.examples import with_examples
from analysis.classify.freshness import freshness
from analysis.classify.inner import inner, together
from analysis.classify.roles import Seat, seated
from analysis.classify.texts import with_texts
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Case, Coherence, Disclosed, Exposure, Field, Freshness, Leak, Status, tables
from analysis.model.tables import NOWHERE
from analysis.rules.kinds import kinds, rules_version
from analysis.store import Store
from analysis.store.rows import Column, Rows

TOGETHER = 200  # columns counted by one query
MOST_OTHERS, MOST_RELATED = 200, 40  # other tables of a source that are looked at, and that are counted
WIDE = 500  # columns from which on one sample must do for everything


def classify(store: Store, leak: Leak, today: date, watch: Watch, case: Case | None = None) -> Exposure:
    """What each column discloses. `case`: what a person decided before; `today`: no birth lies after it."""
    known, table = case or Case(), leak.sheets.index(leak.sheet) if leak.sheet in leak.sheets else len(leak.sheets)
    if not known.of(leak.sha256, table):
        raise Trouble(
            "case", say("This case file belongs to another leak, or to another table of it: choose the one of this file.")
        )
    watch.tell(say("Looking at the columns"), 0.0)
    # The engine draws while the sample is looked at, and counts while signs are put into questions.
    with ThreadPoolExecutor(1) as aside:
        width = len(leak.columns)
        even = aside.submit(copy_context().run, sampled, store, leak, watch) if width <= WIDE else None
        looked = store.table(sample(store, leak.table, width, leak.rows, watch))
        whole, evidence, decisions = understood(store, leak, looked, watch)
        corrected = with_case(decisions, evidence, known)
        watch.tell(say("Counting every cell"), 0.4)
        seats = seats_of(whole, decisions, known)
        sketch = outlined(whole, decisions, evidence, seats)
        rows = even.result() if even else looked
        if whole is not leak:
            rows = sampled(store, whole, watch)
        signs = aside.submit(copy_context().run, authenticity, store, sketch, evidence, rows, watch)
        days = {
            at: stand_ins(evidence[at].cells.counts, item.variant)
            for at, item in enumerate(decisions)
            if item.kind == "birth_date" and at < len(evidence)
        }
        found = exposure_of(store, whole, decisions, seats, set(corrected), today, watch, days)
    by_form = embedded(store, whole.table, {at: item.kind for at, item in enumerate(decisions)}, evidence, watch)
    inside = together(by_form, inner(store, whole.table, evidence, watch))
    fields = tuple(with_embedded(field, inside.get(field.position, ())) for field in found.fields)
    found = with_texts(store, replace(found, fields=fields), evidence, watch)
    remembered = replace(
        known,
        sha256=leak.sha256,
        table=table,
        rules=found.rules,
        kinds=tuple((field.position, field.taken) for field in fields),
        corrected=tuple(corrected.items()),
    )
    agreeing, age = signs.result()
    return replace(found, case=remembered, coherence=agreeing, freshness=age)


def understood(store: Store, leak: Leak, looked: Rows, watch: Watch) -> tuple[Leak, list[Evidence], list[Decision]]:
    """What the sample says of each column, those of several kinds taken apart (the leak has a column more for each part)."""
    evidence = evidence_of(store, store.rows(looked, watch), len(leak.columns), watch)
    decisions = decide(leak.columns, evidence, leak.dialect.header, leak.sheet.types)
    found = parted(store, leak, [item.kind for item in decisions], evidence, looked, watch)
    if not found.parts:
        return leak, evidence, decisions
    evidence = gather(store, found.leak.table, len(found.leak.columns), found.leak.rows, watch)
    decisions = decide(found.leak.columns, evidence, leak.dialect.header)
    for part in found.parts:
        decisions[part.position] = of_part(part, leak.columns[part.of], evidence[part.position])
    return found.leak, evidence, decisions


def of_part(part: Part, column: str, evidence: Evidence) -> Decision:
    """A part is what its place in the cell says."""
    told = (say("a part of the cells of: {column}", column=column),)
    return Decision(part.kind, variant(evidence, part.kind), round(min(part.share, 0.99), 3), "", told, ())


def with_case(decisions: list[Decision], evidence: list[Evidence], known: Case) -> dict[int, str]:
    """Puts in what a person said instead (position -> kind)."""
    corrected = {position: kind for position, kind in known.corrected if position < len(decisions)}
    for position, kind in corrected.items():
        decisions[position] = by_hand(decisions[position], kind, variant(evidence[position], kind))
    for position, kind in known.kinds:
        if position < len(decisions) and decisions[position].kind != kind:
            decisions[position] = understood_before(decisions[position], kind)
    return corrected


def authenticity(
    store: Store, exposure: Exposure, evidence: list[Evidence], rows: Rows, watch: Watch
) -> tuple[tuple[Coherence, ...], Freshness]:
    """How far the columns agree, and how old the leak may be, by the same evenly spaced rows."""
    return coherence(store, exposure, rows, watch), freshness(store, exposure, evidence, rows, watch)


def seats_of(leak: Leak, decisions: list[Decision], known: Case) -> list[Seat]:
    """Whom each column describes."""
    named = leak.columns if leak.dialect.header else ()
    return seated(named, [item.kind for item in decisions], dict(known.roles))


def outlined(leak: Leak, decisions: list[Decision], evidence: list[Evidence], seats: list[Seat]) -> Exposure:
    """What the sample alone says, for questions to which the best column of a kind is enough."""
    fields = tuple(
        field_of(leak.columns[at], at, item, seats[at], False, [0, evidence[at].cells.real, 0, evidence[at].cells.placeholders])
        for at, item in enumerate(decisions)
    )
    return Exposure(leak, fields, NOWHERE, rules_version())


def with_embedded(field: Field, inside: tuple[tuple[str, int], ...]) -> Field:
    """What stands inside longer texts is told among the evidence against."""
    told = tuple(
        say("{n} row holds inside: {kind}", "{n} rows hold inside: {kind}", n=rows, kind=kinds()[kind].said)
        for kind, rows in inside
    )
    return replace(field, embedded=inside, against=told + field.against)


def decided(store: Store, leak: Leak, watch: Watch) -> tuple[Leak, list[Decision]]:
    """What each column is taken for, without counting its cells; the leak with the parts of its columns."""
    looked = store.table(sample(store, leak.table, len(leak.columns), leak.rows, watch))
    found, _, decisions = understood(store, leak, looked, watch)
    return found, decisions


def disclosed(store: Store, leak: Leak, watch: Watch) -> tuple[Disclosed, ...]:
    """What every other table of the source discloses, as far as a sample of each tells."""
    others = [sheet for sheet in leak.sheets if sheet.name != leak.sheet.name]
    found: list[Disclosed] = []
    for at, sheet in enumerate(others[:MOST_OTHERS]):
        watch.tell(say("Looking at the other tables"), at / len(others))
        _, decisions = decided(store, replace(leak, sheet=sheet), watch)
        kinds_held = dict.fromkeys(item.kind for item in decisions if item.kind != "none" and not item.check)
        found.append(Disclosed(sheet, tuple(kinds_held)))
    return (*found, *(Disclosed(sheet, ()) for sheet in others[MOST_OTHERS:]))


def related(store: Store, exposure: Exposure, case_of: Callable[[Leak], Case], watch: Watch, today: date) -> Exposure:
    """The exposure with the other tables that count: those that hold people, and those whose rows refer to one of them; every
    cell of them is counted as well. `case_of`: what a person decided of a table."""
    left_out = set(exposure.case.left_out)
    held = [item for item in exposure.others if item.rows and item.name not in left_out]
    counted = {exposure.leak.sheet.name, *(item.name for item in held if item.persons)}
    while more := {key.left for key in exposure.keys if key.right in counted} - counted - left_out:
        counted |= more
    chosen = [item.sheet for item in held if item.name in counted][:MOST_RELATED]
    known = {item.leak.sheet.name: item for item in exposure.related}
    found: list[Exposure] = []
    for at, sheet in enumerate(chosen):
        leak = replace(exposure.leak, sheet=sheet)
        case = case_of(leak)
        old = known.get(sheet.name)
        if old is None or case.of_columns != old.case.of_columns:
            old = classify(store, leak, today, watch.within(at / len(chosen), (at + 1) / len(chosen)), case)
        found.append(old)
    return replace(exposure, related=tuple(found))


def understood_before(decision: Decision, kind: str) -> Decision:
    """The case file had another kind: the rules have changed since, or a person did not."""
    return replace(decision, against=(say("the case file had: {kind}", kind=kinds()[kind].said), *decision.against))


def by_hand(decision: Decision, kind: str, narrowed: str) -> Decision:
    return replace(
        decision,
        kind=kind,
        variant=narrowed,
        confidence=1.0,
        second=decision.kind if decision.kind != kind else decision.second,
        reasons=(say("chosen by a person"),),
        check=False,
    )


def exposure_of(
    store: Store,
    leak: Leak,
    decisions: list[Decision],
    seats: list[Seat],
    corrected: set[int],
    today: date,
    watch: Watch,
    days: Mapping[int, tuple[str, ...]],
) -> Exposure:
    """The statuses of all cells in a table, and their counts by column. `days`: births that are stand-ins, by column."""
    raw = store.table(leak.table)
    chosen = {at: item for at, item in enumerate(decisions) if item.kind != "none"}
    statuses = {f"s{at}": status_of(raw[f"c{at}"], item.kind, item.variant, today) for at, item in chosen.items()}
    for at, texts in days.items():
        if texts:
            stands_in: Column = text_of(raw[f"c{at}"]).isin(texts)
            statuses[f"s{at}"] = ibis.ifelse(stands_in.fill_null(False), int(Status.PLACEHOLDER), statuses[f"s{at}"]).cast(
                "uint8"
            )
    table = store.keep(tables.Exposure, raw.select(row=raw.rowid(), **statuses), watch, rules_version())
    counts = status_counts(store, table, list(chosen), watch)
    others = [at for at in range(len(decisions)) if at not in chosen]
    for start in range(0, len(others), TOGETHER):
        part = others[start : start + TOGETHER]
        filled = store.one(raw.aggregate(**{f"n{at}": text_of(raw[f"c{at}"]).count() for at in part}), watch)
        counts |= {at: [leak.rows - int(filled[f"n{at}"]), int(filled[f"n{at}"]), 0, 0] for at in part}
    fields = tuple(
        field_of(leak.columns[at], at, item, seats[at], at in corrected, counts[at]) for at, item in enumerate(decisions)
    )
    return with_examples(store, Exposure(leak, fields, table, rules_version()), watch)


def status_counts(store: Store, table: str, positions: list[int], watch: Watch) -> dict[int, list[int]]:
    """Cells of each `Status` (empty, valid, malformed, placeholder) by column."""
    if not positions:
        return {}
    counted = store.table(table)
    asked = {f"n{at}_{int(status)}": (counted[f"s{at}"] == int(status)).sum() for at in positions for status in Status}
    totals = store.one(counted.aggregate(**asked), watch)
    return {at: [int(totals[f"n{at}_{int(status)}"] or 0) for status in Status] for at in positions}


def field_of(column: str, position: int, decision: Decision, seat: Seat, corrected: bool, counts: list[int]) -> Field:
    empty, valid, malformed, placeholder = counts
    return Field(
        column=column,
        position=position,
        kind="none" if decision.check else decision.kind,
        variant=decision.variant,
        confidence=decision.confidence,
        second=decision.second,
        corrected=corrected,
        filled=valid + malformed + placeholder,
        valid=valid,
        malformed=malformed,
        placeholder=placeholder,
        empty=empty,
        reasons=decision.reasons,
        against=decision.against,
        examples=(),
        suspected=decision.kind if decision.check else "",
        role=seat.role,
        slot=seat.slot,
    )
