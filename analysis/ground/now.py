"""The hour that a document bears. SOURCE_DATE_EPOCH (seconds since 1970, the convention of reproducible builds) sets it: the
same input then gives the same bytes."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_hour: ContextVar[datetime | None] = ContextVar("hour", default=None)


def now() -> datetime:
    """With its zone; of this machine unless it is set."""
    if (hour := _hour.get()) is not None:
        return hour
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(told), UTC) if told.isdigit() else datetime.now().astimezone()


@contextmanager
def at(hour: datetime) -> Generator[None]:
    """While inside, in this thread, it is as late as it was then."""
    before = _hour.set(hour)
    try:
        yield
    finally:
        _hour.reset(before)
