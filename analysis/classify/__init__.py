"""Leak in, Exposure out: what each column discloses, with the evidence for and against."""

from analysis.classify.exposure import classify, with_kind
from analysis.classify.mask import masked

__all__ = ["classify", "masked", "with_kind"]
