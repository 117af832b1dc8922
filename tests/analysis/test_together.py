"""Commands that come faster than they are answered: an older one that was given up may still be at work in the same store."""

import threading
from dataclasses import replace

import pytest

from analysis.declare.question import Question
from analysis.ground.errors import Cancelled
from analysis.ground.watch import Watch
from analysis.model import Case, tables
from analysis.pipeline import Answer, answer
from tests.conftest import SAMPLE


@pytest.mark.own_store
def test_corrections_at_the_same_time_neither_fail_nor_count_anybody_twice(store):
    known = list[Answer]()
    question = Question(files=(SAMPLE,))
    answer(store, question, Watch(), known.append)
    cases = [known[-1].exposure.case.with_kinds([at], "none") for at in (4, 6, 7)]
    found, failed = dict[int, int](), list[Exception]()

    def asked(at: int, case: Case, watch: Watch) -> None:
        try:
            found[at] = answer(store, replace(question, cases=(case,)), watch, since=known[-1]).people.best
        except Cancelled:
            found[at] = -1
        except Exception as error:
            failed.append(error)

    watches = [Watch() for _ in cases]
    threads = [threading.Thread(target=asked, args=told) for told in zip(range(3), cases, watches, strict=True)]
    for thread in threads:
        thread.start()
    watches[1].stop()
    for thread in threads:
        thread.join()
    assert not failed
    again = {at: answer(store, replace(question, cases=(cases[at],)), Watch(), since=known[-1]).people.best for at in (0, 2)}
    assert {at: found[at] for at in (0, 2)} == again


def test_texts_that_are_inserted_at_the_same_time_land_in_their_own_tables(store):
    """As many at once as there are threads, each with texts that nobody else has."""
    failed, start = list[BaseException](), threading.Barrier(8)

    def filled(at: int) -> None:
        try:
            start.wait()
            for turn in range(12):
                name = f"texts{at}_{turn}"
                store.insert_text(name, [(f"{at}-{turn}-{row}", "x") for row in range(300)], Watch())
                rows = store.rows(store.table(name))
                assert len(rows) == 300 and {text.rpartition("-")[0] for text, _ in rows} == {f"{at}-{turn}"}
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=filled, args=(at,)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_what_two_scratches_share_goes_with_the_last_and_what_is_used_outside_stays(store):
    store.create("people_0123456789abcdef", {"person": "int64"})

    def made(most: int) -> str:
        rows = store.table("people_0123456789abcdef").filter(lambda t: t.person < most)
        return store.keep(tables.Pairs, rows.select(a="person", b="person"), Watch())

    with store.scratch():
        name = made(5)
        thread = threading.Thread(target=inner, args=(store, made, name))
        thread.start()
        thread.join()
        assert name in store.names() and not store.rows(store.table(name))
        outside = [""]
        thread = threading.Thread(target=lambda: outside.append(made(6)))
        made(6)
        thread.start()
        thread.join()
    assert name not in store.names() and outside[-1] in store.names()
    with store.scratch() as kept:
        kept.add(made(7))
        with store.scratch():
            made(7)
    assert made(7) in store.names() and not store.rows(store.table(made(7)))


def inner(store, made, name):
    with store.scratch():
        assert made(5) == name
