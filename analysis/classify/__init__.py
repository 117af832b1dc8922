"""Leak in, Exposure out: what each column discloses, with the evidence for and against."""

from analysis.classify.coherence import coherence_said
from analysis.classify.exposure import classify, decided, with_kind
from analysis.classify.mask import masked

__all__ = ["classify", "coherence_said", "decided", "masked", "with_kind"]
