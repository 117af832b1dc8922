"""The moment of awareness in, until when the authority must be told out (GDPR, Article 33(1)).

The deadline is 72 hours later, counted without a break (our reading of Regulation 1182/71, the cautious one), across changes
of the clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from analysis.declare.moments import moment
from analysis.ground.words import Said, say
from analysis.model import Incident

HOURS = 72


@dataclass(frozen=True, slots=True)
class Clock:
    """Both with their zone; `deadline` in the zone of `aware`."""

    aware: datetime
    deadline: datetime

    def left(self, now: datetime) -> timedelta:
        """Until the deadline; negative once it has passed. Counted in UTC: Python subtracts two times of one zone as a clock
        on the wall."""
        return self.deadline.astimezone(UTC) - now.astimezone(UTC)


def clock(incident: Incident) -> Clock | None:
    """None where the moment of awareness is not declared."""
    if not incident.aware:
        return None
    aware = moment(incident.aware, incident.time_zone)
    zone = aware.tzinfo or UTC
    return Clock(aware, (aware.astimezone(UTC) + timedelta(hours=HOURS)).astimezone(zone))


def clock_said(found: Clock, now: datetime) -> Said:
    """What is left, in words."""
    deadline = found.deadline
    zone = "UTC" if isinstance(deadline.tzinfo, timezone) and not deadline.utcoffset() else f"UTC{deadline:%z}"[:6]
    day, hour = deadline.date(), f"{deadline:%H:%M}"
    hours = int(abs(found.left(now)).total_seconds() // 3600)
    if found.left(now) < timedelta():
        return say(
            "The 72 hours to notify the authority ended on {day} at {hour} ({zone}): notify at once, with the reasons for "
            "the delay (Article 33(1)).",
            day=day,
            hour=hour,
            zone=zone,
        )
    return say(
        "Notify the authority before {day}, {hour} ({zone}): {n} hour left of the 72 (Article 33(1)).",
        "Notify the authority before {day}, {hour} ({zone}): {n} hours left of the 72 (Article 33(1)).",
        n=hours,
        day=day,
        hour=hour,
        zone=zone,
    )
