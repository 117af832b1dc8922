"""A time as a person writes it in, a moment with its zone out."""

from datetime import datetime
from zoneinfo import ZoneInfo


def moment(text: str, zone: str) -> datetime:
    """An ISO 8601 time; one without an offset is local time in `zone`, a name like Europe/Paris. Raises ValueError for
    anything else."""
    found = datetime.fromisoformat(text)
    if not zone:
        if found.tzinfo is None:
            raise ValueError("a local time without a zone")
        return found
    local = ZoneInfo(zone)
    return found.replace(tzinfo=local) if found.tzinfo is None else found.astimezone(local)
