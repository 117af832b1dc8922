"""Leak in, Exposure out: what each column discloses, with the evidence for and against."""

from analysis.classify.coherence import coherence_said
from analysis.classify.exposure import classify, decided, with_kind
from analysis.classify.freshness import freshness_said
from analysis.classify.mask import masked
from analysis.classify.scorer import model
from analysis.classify.values import lexicon
from analysis.headers import vocabulary

__all__ = ["classify", "coherence_said", "decided", "freshness_said", "masked", "warm", "with_kind"]


def warm() -> None:
    """Loads the rules, which are read once, before they are asked for."""
    for load in (model, lexicon, vocabulary):
        load()
