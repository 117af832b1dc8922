"""Accuracy of the classification of columns: tables of our own generators, disjoint by generator and locale from those of the
fit."""
