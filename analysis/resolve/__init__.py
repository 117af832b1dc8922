"""Exposure in, People out: how many persons the rows are about, who is who, and who is in another file too."""

from analysis.resolve.hashes import matched_hashes
from analysis.resolve.match import matched
from analysis.resolve.people import resolve, teachable

__all__ = ["matched", "matched_hashes", "resolve", "teachable"]
