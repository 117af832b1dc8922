"""People and Incident in, Impact out: how bad, for whom, and what now.

The verb is imported at its first use: the window shows rules and words of this package before it needs the engine.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.assess.impact import assess

__all__ = ["assess"]


def __getattr__(name: str) -> Any:
    if name == "assess":
        from analysis.assess.impact import assess

        return assess
    raise AttributeError(name)
