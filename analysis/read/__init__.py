"""File in, Leak out: how it is written, its rows in the store, and where every record went."""

from analysis.read.leak import read

__all__ = ["read"]
