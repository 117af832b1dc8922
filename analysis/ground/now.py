"""The hour that a document bears. SOURCE_DATE_EPOCH (seconds since 1970, the convention of reproducible builds) sets it: the
same input then gives the same bytes."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """With its zone; of this machine unless it is set."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(told), UTC) if told.isdigit() else datetime.now().astimezone()
