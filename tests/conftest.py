"""What every test may use: a store of its own, the committed sample, the two languages."""

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"
# A shell starts what runs in the background deaf to Ctrl+C, and whatever that starts: the commands that are tested hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)

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


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator["object"]:
    """One store for all tests of a file: it answers by what it is asked, so that leaks do not meet in it, and it loads the
    reference tables once."""
    from analysis.store import Store

    opened = Store(root=tmp_path_factory.mktemp("vault"))
    yield opened
    opened.close()


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["object"]:
    """A store of its own, or (`pytestmark = pytest.mark.one_store`) that of the file of tests."""
    from analysis.store import Store

    if request.node.get_closest_marker("one_store"):
        yield request.getfixturevalue("one_store")
        return
    opened = Store(root=tmp_path / "vault")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_impact(tmp_path_factory: pytest.TempPathFactory) -> Iterator["tuple[object, object]"]:
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
        thread.join(10)
    assert not [thread.name for thread in ours if thread.is_alive()]
