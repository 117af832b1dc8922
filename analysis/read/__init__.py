"""Paths in, Leak out: every table of a file, however it is written, with every record accounted for."""

from analysis.read.dialect import Asked
from analysis.read.leak import read, with_sheet

__all__ = ["Asked", "read", "with_sheet"]
