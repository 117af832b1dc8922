"""The départements of France, from resources/reference."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def departments() -> dict[str, dict[str, Any]]:
    """Code -> name and population."""
    return json.loads((files("resources") / "reference" / "departments.json").read_text(encoding="utf-8"))
