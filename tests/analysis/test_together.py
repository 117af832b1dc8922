"""Commands that come faster than they are answered: an older one that was given up may still be at work in the same store."""

import threading
from dataclasses import replace

import pytest

from analysis.declare.question import Question
from analysis.ground.errors import Cancelled
from analysis.ground.watch import Watch
from analysis.model import Case
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
