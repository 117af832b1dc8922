"""An Incident in, the TOML file out that `load_incident` reads."""

import json
from datetime import date
from pathlib import Path

from analysis.declare.incident import told
from analysis.ground.whole import whole
from analysis.model import Incident


def save_incident(incident: Incident, path: Path) -> None:
    """What differs from an incident of which nothing was declared. Raises Trouble."""
    lines = [f"{key} = {toml(value)}" for key, value in told(incident).items() if key != "overrules"]
    for what, score, reason in incident.overrules:
        lines += ["", "[[overrules]]", f"what = {toml(what)}", f"score = {score:g}", f"reason = {toml(reason)}"]
    with whole(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


def toml(value: object) -> str:
    """A value as TOML writes it; a JSON text is one of TOML's."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
