"""Loads the rules, which are read once, before they are asked for."""

from analysis.classify.scorer import model
from analysis.classify.values import lexicon
from analysis.rules.headers import vocabulary


def warm() -> None:
    """Loads the rules, which are read once, before they are asked for."""
    for load in (model, lexicon, vocabulary):
        load()
