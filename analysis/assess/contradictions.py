"""What is declared and what the file says in, what cannot both be true out; and the day on which ages are counted."""

from collections.abc import Iterator
from datetime import date

from analysis.declare.moments import moment
from analysis.ground.words import Said, say
from analysis.model import Exposure, Incident
from analysis.model.codes import MOMENTS

# What comes first, and what can only come after it.
ORDER = (("started", "ended"), ("started", "discovered"), ("started", "aware"), ("discovered", "aware"))


def reference_day(incident: Incident, exposure: Exposure, today: date) -> date:
    """The declared day of the breach; else that of its discovery or of the awareness; else the newest date of the file; else
    today."""
    for name in ("discovered", "aware"):
        if incident.breach_date is None and (told := getattr(incident, name)):
            return moment(told, incident.time_zone).date()
    return incident.breach_date or exposure.freshness.newest or today


def contradictions(incident: Incident, unborn: int, day: date) -> Iterator[Said]:
    """`unborn`: people whose birth date is after `day`."""
    told = {name: moment(text, incident.time_zone) for name in MOMENTS if (text := getattr(incident, name))}
    for first, second in ORDER:
        if first in told and second in told and told[second] < told[first]:
            yield say(
                "Declared the wrong way round: “{one}” before “{other}”.", one=say(MOMENTS[second]), other=say(MOMENTS[first])
            )
    for name in ("discovered", "aware"):
        if incident.breach_date and name in told and told[name].date() < incident.breach_date:
            yield say("The day of the breach is declared after “{one}”: one of the two is wrong.", one=say(MOMENTS[name]))
    if unborn:
        yield say(
            "{n} person was born after {day}: that day or her birth date is wrong; her age is not counted.",
            "{n} people were born after {day}: that day or their birth dates are wrong; their ages are not counted.",
            n=unborn,
            day=day,
        )
