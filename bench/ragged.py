"""A clean table in, the same with a share of its lines spoiled out."""

import random


def ragged(text: str, share: float, seed: int) -> str:
    """Delimiters too many at the end, one inside the address, or a value lost."""
    rng = random.Random(seed)
    lines = text.split("\n")
    for at in range(1, len(lines) - 1):
        if rng.random() >= share:
            continue
        cells = lines[at].split(";")
        match rng.randrange(3):
            case 0:
                cells += ["", ""]
            case 1:
                cells[5] = cells[5].replace(" ", ";", 1)
            case _:
                del cells[rng.randrange(1, len(cells) - 1)]
        lines[at] = ";".join(cells)
    return "\n".join(lines)
