"""Cells in, what a reader sees out: numbers with the separators of the language, shares in percent."""

from analysis.ground.words import Words
from analysis.render.document import Cell


def shown(cell: Cell, words: Words) -> str:
    if isinstance(cell, bool | str):
        return str(cell)
    if isinstance(cell, int):
        return words.number(cell)
    return words.percent(cell) if 0 <= cell <= 1 else words.decimal(cell)


def is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
