"""An incident file (TOML) in, an Incident out; a wrong key or value is named."""

import tomllib
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.errors import BAD_ARGUMENTS, Trouble
from analysis.kinds import rules
from analysis.model import Incident
from analysis.words import say

STEPS = (0.0, 0.25, 0.5)


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
    severity = rules("severity")
    expect(found, "nature", lambda value: value in severity["nature"])
    expect(found, "disclosure", lambda value: value in severity["disclosure"])
    expect(found, "breach_date", lambda value: isinstance(value, date) and not isinstance(value, datetime))
    expect(found, "aware", is_moment)
    for key in ("integrity", "availability"):
        expect(found, key, lambda value: value in STEPS)
    for key in ("malicious", "unintelligible", "template"):
        expect(found, key, lambda value: isinstance(value, bool))
    expect(found, "controller", lambda value: isinstance(value, str))
    expect(found, "claimed_people", lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0)
    for key in ("price_email", "price_sms", "price_post"):
        expect(found, key, lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1000)
    expect(found, "identifiers_rule", lambda value: value in ("or", "and"))
    expect(
        found, "other_categories", lambda value: isinstance(value, list) and all(item in severity["category"] for item in value)
    )
    if "other_categories" in found:
        found = {**found, "other_categories": tuple(found["other_categories"])}
    incident = Incident(**found)
    if incident.aware and incident.breach_date and datetime.fromisoformat(incident.aware).date() < incident.breach_date:
        raise wrong(
            "aware", say("The incident file says that the breach was known before it happened: check {key}.", key="aware")
        )
    return incident


def is_moment(value: Any) -> bool:
    """A local time with its offset, as ISO 8601."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def expect(found: dict[str, Any], key: str, right: Any) -> None:
    if key in found and not right(found[key]):
        raise wrong(key, say("The incident file has a wrong value for the key: {key}.", key=key))


def wrong(key: str, said: Any) -> Trouble:
    return Trouble(f"incident_{key[:60]}", said, BAD_ARGUMENTS)
