"""Paths in, Leak out: every table of a file, however it is written, with every record accounted for."""

from analysis.model import Asked
from analysis.read.join import Key, joined, keys, title
from analysis.read.leak import first_lines, read, with_sheet

__all__ = ["Asked", "Key", "first_lines", "joined", "keys", "read", "title", "with_sheet"]
