"""The moment of awareness in, until when the authority must be told out (GDPR, Article 33(1)).

The deadline is 72 hours after awareness, counted without a break across weekends, holidays and changes of the clock: the cautious
reading. Regulation 1182/71 does not count the hour in which the event falls (Article 3(1)), so that the period ends up to an hour
later (`latest`); its carry-over of holidays does not hold for hours (Article 3(4)); whether two working days must lie within
(Article 3(5)) is disputed, and nothing is drawn from it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from analysis.declare.moments import moment
from analysis.ground.words import Said, say
from analysis.model import NOT_YET, Incident

HOURS = 72


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of awareness, with its zone, and what follows from it, in the same zone."""

    aware: datetime

    @property
    def deadline(self) -> datetime:
        return self.after(HOURS)

    @property
    def latest(self) -> datetime:
        """The same counted from the end of the hour in which awareness fell (a whole hour is its own end)."""
        known = self.aware.astimezone(UTC)
        hour = known.replace(minute=0, second=0, microsecond=0)
        return Clock(hour + timedelta(hours=hour < known)).deadline.astimezone(self.zone)

    @property
    def zone(self) -> tzinfo:
        return self.aware.tzinfo or UTC

    def left(self, now: datetime) -> timedelta:
        """Until the deadline; negative once it has passed. Counted in UTC: Python subtracts two times of one zone as a clock
        on the wall."""
        return self.deadline.astimezone(UTC) - now.astimezone(UTC)

    def after(self, hours: int) -> datetime:
        """So many hours after awareness, in its zone."""
        return (self.aware.astimezone(UTC) + timedelta(hours=hours)).astimezone(self.zone)


def clock(incident: Incident) -> Clock | None:
    """None where the moment of awareness is not declared."""
    return Clock(moment(incident.aware, incident.time_zone)) if incident.aware else None


def told_at(incident: Incident) -> datetime | None:
    """When the authority was told; None where it was not, or where nobody said."""
    if incident.notified in ("", NOT_YET):
        return None
    return moment(incident.notified, incident.time_zone)


def clock_said(found: Clock, now: datetime, incident: Incident) -> Said:
    """What is left, or when it was done, in words. Late is only who said that the authority was not told, or told it late."""
    told, (day, hour, zone) = told_at(incident), on_the_wall(found.deadline)
    if told is not None:
        return told_said(found, told.astimezone(found.zone))
    hours = int(abs(found.left(now)).total_seconds() // 3600)
    if found.left(now) < timedelta():
        if incident.notified == NOT_YET:
            return say(
                "The 72 hours to notify the authority ended on {day} at {hour} ({zone}): notify at once, with the reasons for "
                "the delay (Article 33(1)).",
                day=day,
                hour=hour,
                zone=zone,
            )
        return say(
            "The 72 hours to notify the authority ended on {day} at {hour} ({zone}). Declare when it was told; if it was not, "
            "notify at once, with the reasons for the delay (Article 33(1)).",
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


def told_said(found: Clock, told: datetime) -> Said:
    day, hour, zone = on_the_wall(told)
    after = int((told.astimezone(UTC) - found.aware.astimezone(UTC)).total_seconds() // 3600)
    if told.astimezone(UTC) > found.latest.astimezone(UTC):
        return say(
            "The authority was told on {day} at {hour} ({zone}), {n} hours after awareness: the reasons for the delay must be "
            "given (Article 33(1)).",
            day=day,
            hour=hour,
            zone=zone,
            n=after,
        )
    return say(
        "The authority was told on {day} at {hour} ({zone}), within the 72 hours (Article 33(1)).", day=day, hour=hour, zone=zone
    )


def on_the_wall(when: datetime) -> tuple[date, str, str]:
    """Day, hour, and the name of the zone."""
    zone = "UTC" if isinstance(when.tzinfo, timezone) and not when.utcoffset() else f"UTC{when:%z}"[:6]
    return when.date(), f"{when:%H:%M}", zone
