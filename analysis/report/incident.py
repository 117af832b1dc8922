"""An Incident in, the TOML file out that `load_incident` reads."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

from analysis.ground.whole import whole
from analysis.model import Incident


def save_incident(incident: Incident, path: Path) -> None:
    """What differs from an incident of which nothing was declared. Raises Trouble."""
    before = Incident()
    lines = [
        f"{field.name} = {toml(getattr(incident, field.name))}"
        for field in fields(Incident)
        if field.name != "overrules" and getattr(incident, field.name) != getattr(before, field.name)
    ]
    for what, score, reason in incident.overrules:
        lines += ["", "[[overrules]]", f"what = {toml(what)}", f"score = {score:g}", f"reason = {toml(reason)}"]
    with whole(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


def toml(value: object) -> str:
    """A value as TOML writes it; a JSON text is one of TOML's."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
