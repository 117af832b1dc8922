"""What is kept of questions that nobody asks any more."""

from dataclasses import dataclass

import ibis
import pytest

from analysis.ground.watch import Watch
from analysis.model import tables
from analysis.model.tables import Kept, kept_in
from analysis.store.held import Held

pytestmark = pytest.mark.own_store


def pairs(store, of):
    return store.keep(tables.Pairs, ibis.table({"person": "int64"}, name=of).select(a="person", b="person"), Watch())


@pytest.fixture
def known(store):
    store.create("people_0123456789abcdef", {"person": "int64"})
    store.insert_own("people_0123456789abcdef", [(1,), (2,)])
    return store


def test_an_answer_that_nobody_needs_goes_after_some_turns_and_is_made_again(known):
    name = pairs(known, "people_0123456789abcdef")
    for _ in range(3):
        assert known.unneeded((), 3) is None
        known.turn()
    drop = known.unneeded((), 3)
    assert drop is not None and name not in known.names()
    drop(Watch())
    assert not known._run(f"SELECT 1 FROM duckdb_tables() WHERE table_name = '{name}'", Watch())
    assert pairs(known, "people_0123456789abcdef") == name and len(known.rows(known.table(name))) == 2


def test_what_is_needed_or_used_stays_with_what_stands_behind_it(known):
    first = pairs(known, "people_0123456789abcdef")
    view = known.view(tables.Pairs, known.table(first).filter(lambda t: t.a > 1))
    over = known.view(tables.Pairs, known.table(view).filter(lambda t: t.a > 0))
    for _ in range(9):
        known.turn()
    assert known.unneeded([over], 2) is None
    known.table(over)
    known.turn()
    assert known.unneeded((), 2) is None  # looked at a turn ago
    for _ in range(3):
        known.turn()
    drop = known.unneeded([first], 2)
    assert drop is not None and known.names() & {first, view, over} == {first}
    drop(Watch())
    assert len(known.rows(known.table(first))) == 2


def test_an_answer_made_again_before_the_old_one_is_taken_away_stays(known):
    name = pairs(known, "people_0123456789abcdef")
    for _ in range(3):
        known.turn()
    drop = known.unneeded((), 2)
    pairs(known, "people_0123456789abcdef")
    assert drop is not None
    drop(Watch())
    assert len(known.rows(known.table(name))) == 2


def test_tables_of_the_leak_and_of_the_reference_set_never_go(known):
    known.reference(tables.HistoryFr)
    before = known.names()
    for _ in range(50):
        known.turn()
    assert known.unneeded((), 1) is None and known.names() == before


def test_every_table_of_a_noun_is_found_however_deep():
    @dataclass(frozen=True)
    class Noun:
        one: Kept
        more: tuple
        text: str = "no table"

    noun = Noun(Kept("a"), (Noun(Kept("b"), ({"x": Kept("c")}, [Kept("")])), 5))
    assert kept_in((noun, noun)) == {"a", "b", "c"}


def test_a_view_is_known_by_what_it_asks():
    held = Held()
    held.know("a", {"x": "int64"})
    held.know("v", {"x": "int64"}, question=True, view='SELECT "x" FROM "a" WHERE "b" > 1')
    assert held._asks["v"] == {"a"} and held.forget("v") and not held.forget("a")
