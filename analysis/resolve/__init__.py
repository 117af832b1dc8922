"""Exposure in, People out: how many persons the rows are about, and who is who."""

from analysis.resolve.people import resolve

__all__ = ["resolve"]
