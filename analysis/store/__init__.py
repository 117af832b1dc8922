"""The only place that names an engine."""

from analysis.store.engine import ENGINE, Question, compiled, reference_path, translator
from analysis.store.store import Store, estimate

__all__ = ["ENGINE", "Question", "Store", "compiled", "estimate", "reference_path", "translator"]
