"""The only place that names an engine."""

from analysis.store.engine import ENGINE, Prepared, compiled, reference_path, translator
from analysis.store.store import Store, estimate

__all__ = ["ENGINE", "Prepared", "Store", "compiled", "estimate", "reference_path", "translator"]
