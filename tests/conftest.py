"""What every test may use: a store, the committed sample, the two languages."""

import gc
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from analysis.store import Store

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"
# A shell starts what runs in the background deaf to Ctrl+C, and whatever that starts: the commands that are tested hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# As the command line does: expressions are many small objects that live long.
gc.set_threshold(200_000, 50, 50)

TOP = Path(__file__).parents[1]
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
SAMPLE = TOP / "resources" / "demo" / "hospital_5000.csv"
KEY = TOP / "resources" / "demo" / "hospital_5000.answer-key.parquet"
TEMPLATE = TOP / "resources" / "incidents" / "hospital_2024.toml"
DAY = date(2024, 11, 19)
CANARY = "ZZCANARYZZ"


def altered(impact, **parts):
    """The impact with other fields of itself, of its census or of its verdict."""

    def within(noun):
        return {name: value for name, value in parts.items() if name in noun.__dataclass_fields__}

    census, verdict = (replace(noun, **within(noun)) for noun in (impact.census, impact.verdict))
    return replace(impact, **within(impact), census=census, verdict=verdict)


@pytest.fixture(scope="session")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Store"]:
    """The store that tests share, with the reference tables: making one takes longer than most of what they ask."""
    from analysis.classify.births import folded_births
    from analysis.store import Store
    from analysis.store.engine import REFERENCE

    opened = Store(root=tmp_path_factory.mktemp("vault"))
    for kind in REFERENCE:
        opened.reference(kind)
    folded_births(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def one_store(lent: "Store") -> Iterator["Store"]:
    """The shared store, for all tests of a file: what it was asked is known to the next one."""
    with lent.scratch():
        yield lent


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["Store"]:
    """The shared store, without what earlier tests made; `pytestmark = pytest.mark.one_store`: with what those of the file made;
    `own_store`: one of its own."""
    from analysis.store import Store

    if request.node.get_closest_marker("own_store"):
        opened = Store(root=tmp_path / "vault")
        yield opened
        opened.close()
    elif request.node.get_closest_marker("one_store"):
        yield request.getfixturevalue("one_store")
    else:
        shared: Store = request.getfixturevalue("lent")
        with shared.scratch():
            yield shared


@pytest.fixture(scope="session")
def sample_impact(tmp_path_factory: pytest.TempPathFactory) -> Iterator["tuple[Store, object]"]:
    """The committed sample analyzed once: its store and its impact."""
    from analysis.declare.incident import load_incident
    from analysis.declare.question import Question
    from analysis.ground.watch import Watch
    from analysis.pipeline import answer
    from analysis.store import Store

    opened = Store(root=tmp_path_factory.mktemp("vault"))
    yield opened, answer(opened, Question(load_incident(TEMPLATE), DAY, files=(SAMPLE,)), Watch())
    opened.close()


@pytest.fixture(autouse=True)
def no_thread_survives() -> Iterator[None]:
    """A job that outlives its test would disturb the next one."""
    before = set(threading.enumerate())
    yield
    ours = [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("ampleur")]
    for thread in ours:
        for _ in range(1_000):
            try:
                thread.join(10)
                break
            except RuntimeError:  # it is about to start
                os.sched_yield()
    assert not [thread.name for thread in ours if thread.is_alive()]
