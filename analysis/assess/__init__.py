"""People and Incident in, Impact out: how bad, for whom, and what now."""

from analysis.assess.impact import assess

__all__ = ["assess"]
