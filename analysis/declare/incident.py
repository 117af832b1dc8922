"""An incident file (TOML) in, an Incident out; a wrong key or value is named."""

import tomllib
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from analysis.declare.moments import moment
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import say
from analysis.model import NOT_YET, Incident
from analysis.model.codes import CAUSES, FOUND_BY, LINES, TEXTS
from analysis.rules.loading import load
from analysis.rules.shapes import Places, Severity

STEPS = (0.0, 0.25, 0.5)
LONGEST = 5_000  # signs of a text
# The classes of ENISA 2013: base score and name.
CLASSES = {
    "simple": (1, say("civil status and contact details (simple data)")),
    "behavioral": (2, say("behavioral data")),
    "financial": (3, say("financial data")),
    "sensitive": (4, say("sensitive data")),
}
ORDER = (
    ("started", "ended"),
    ("started", "discovered"),
    ("started", "aware"),
    ("discovered", "aware"),
    ("started", "notified"),
    ("aware", "notified"),
)
MOMENTS = ("started", "ended", "discovered", "aware")


def load_incident(path: Path) -> Incident:
    """Raises Trouble that names the key."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise wrong("incident", say("There is no such incident file.")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        raise wrong("incident", say("The incident file cannot be read: it must be a TOML text.")) from None
    return incident_of(found)


def incident_of(found: dict[str, Any]) -> Incident:
    known = {field.name for field in fields(Incident)}
    for key in found:
        if key not in known:
            raise wrong(key, say("The incident file has an unknown key: {key}.", key=key[:60]))
    severity = load(Severity)
    among(found, "nature", severity.nature)
    among(found, "disclosure", severity.disclosure)
    among(found, "cause", CAUSES)
    among(found, "found_by", FOUND_BY)
    for key in ("breach_date", "informed"):
        expect(found, key, lambda value: isinstance(value, date) and not isinstance(value, datetime))
    expect(found, "time_zone", is_zone)
    zone = str(found.get("time_zone", ""))
    for key in MOMENTS:
        expect(found, key, lambda value: is_moment(value, zone))
    found |= {key: str(found[key].isoformat()) for key in (*MOMENTS, "notified") if isinstance(found.get(key), datetime)}
    for key in ("integrity", "availability"):
        among(found, key, STEPS)
    if found.get("notified") is False:
        found = {**found, "notified": NOT_YET}
    expect(found, "notified", lambda value: value == NOT_YET or is_moment(value, zone))
    for key in ("malicious", "unintelligible", "template", "public", "processor", "police"):
        expect(found, key, lambda value: isinstance(value, bool))
    expect(found, "controller", lambda value: isinstance(value, str))
    for key in ("claimed_people", "informed_people"):
        expect(found, key, lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0)
    for key in ("price_email", "price_sms", "price_post"):
        expect(found, key, lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1000)
    among(found, "identifiers_rule", ("or", "and"))
    expect(found, "other_categories", lambda value: isinstance(value, list))
    for category in found.get("other_categories", ()):
        among({"other_categories": category}, "other_categories", severity.category)
    if "other_categories" in found:
        found = {**found, "other_categories": tuple(found["other_categories"])}
    for key in LINES:
        expect(found, key, are_texts)
        if key in found:
            found = {**found, key: tuple(found[key])}
    for key in TEXTS:
        expect(found, key, lambda value: isinstance(value, str) and len(value) <= LONGEST)
    expect(found, "overrules", lambda value: isinstance(value, list) and all(is_overrule(item) for item in value))
    if "overrules" in found:
        found = {**found, "overrules": tuple((item["what"], float(item["score"]), item["reason"]) for item in found["overrules"])}
    incident = Incident(**found)
    in_order(incident)
    return incident


def told(incident: Incident) -> dict[str, Any]:
    """What differs from an incident of which nothing was declared, by the keys of an incident file: `incident_of` reads it."""
    before = Incident()
    found = {field.name: getattr(incident, field.name) for field in fields(Incident)}
    found = {key: value for key, value in found.items() if value != getattr(before, key)}
    if incident.overrules:
        found["overrules"] = [{"what": what, "score": score, "reason": reason} for what, score, reason in incident.overrules]
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def assumed_prices() -> dict[str, float]:
    """Euros of a message by channel where no price is declared (our assumption)."""
    return load(Places).price


def is_overrule(item: Any) -> bool:
    """A score of a class, 1 to 4, or of the ease of identification, with a reason."""
    if not isinstance(item, dict) or set(item) != {"what", "score", "reason"} or not str(item["reason"]).strip():
        return False
    allowed = (0.25, 0.5, 0.75, 1.0) if item["what"] == "ei" else (1, 2, 3, 4)
    return item["what"] in (*CLASSES, "ei") and item["score"] in allowed


def in_order(incident: Incident) -> None:
    """A breach begins before it ends or is discovered, and is discovered before the controller is aware of it."""
    moments = {key: str(getattr(incident, key)) for key in (*MOMENTS, "notified")}
    told = {key: moment(text, incident.time_zone) for key, text in moments.items() if text not in ("", NOT_YET)}
    for earlier, later in ORDER:
        if earlier in told and later in told and told[later].astimezone(UTC) < told[earlier].astimezone(UTC):
            raise wrong(
                later, say("The incident file says that {key} comes before {other}: check both.", key=later, other=earlier)
            )
    known = "discovered" if "discovered" in told else "aware"
    if incident.breach_date and known in told and told[known].date() < incident.breach_date:
        raise wrong(known, say("The incident file says that the breach was known before it happened: check {key}.", key=known))


def is_moment(value: Any, zone: str) -> bool:
    """A time of TOML, or one of ISO 8601 as text, with its offset or in the declared zone."""
    try:
        return (
            isinstance(value, str | datetime)
            and moment(value if isinstance(value, str) else value.isoformat(), zone).tzinfo is not None
        )
    except ValueError:
        return False


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def is_zone(value: Any) -> bool:
    """The name of a zone: an offset is none, since it does not know when the clock changes."""
    try:
        return isinstance(value, str) and "/" in value and ZoneInfo(value).key == value
    except (ValueError, OSError, KeyError):
        return False


def among(found: dict[str, Any], key: str, allowed: Iterable[Any]) -> None:
    """Where there are few right values, a wrong one is answered with them."""
    right = tuple(allowed)
    if key in found and found[key] not in right:
        values = ", ".join(map(str, right))
        raise wrong(
            key, say("The incident file has a wrong value for the key: {key}. It may be: {values}.", key=key, values=values)
        )


def expect(found: dict[str, Any], key: str, right: Any) -> None:
    if key in found and not right(found[key]):
        raise wrong(key, say("The incident file has a wrong value for the key: {key}.", key=key))


def wrong(key: str, said: Any) -> Trouble:
    return Trouble(f"incident_{key[:60]}", said, BAD_ARGUMENTS)
