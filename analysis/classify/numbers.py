"""The cells of a column that are numbers in, their features out: size, precision, order (shares between 0 and 1)."""

import math
from collections.abc import Sequence
from itertools import pairwise


def of_numbers(items: Sequence[tuple[str, int]]) -> dict[str, float]:
    """Of the cells that are numbers: their size, their precision and whether they run on."""
    written = [(text.strip(), number) for text, _ in items if (number := number_of(text)) is not None]
    if not written:
        return {}
    numbers = [number for _, number in written]
    share, count = len(numbers) / len(items), len(numbers)
    whole = [int(number) for number in numbers if number.is_integer()]
    steps = [after - before for before, after in pairwise(whole)]
    many, ordered = len(set(numbers)) > 15, sorted(numbers)
    low, middle, high = (ordered[int((count - 1) * at)] for at in (0.05, 0.5, 0.95))
    decimals = [len(text) - 1 - max(text.rfind("."), text.rfind(",")) for text, number in written if not number.is_integer()]
    precise = sum(digits >= 4 for digits in decimals)

    def inside(least: float, most: float) -> float:
        return share * sum(least <= number <= most for number in numbers) / count

    return {
        "n_age": inside(0, 110) * many,
        "n_year": inside(1900, 2030),
        "n_birth_year": inside(1915, 2015) * many,
        "n_small": inside(0, 10),
        "n_percent": inside(0, 100),
        "n_height": inside(140, 210),
        "n_weight": inside(35, 150),
        "n_meters": inside(1.3, 2.2) * (len(set(numbers)) > 5),
        "n_thousands": inside(1000, 10_000_000),
        "n_income": inside(8_000, 500_000),
        "n_lat": inside(-90, 90),
        "n_lon": inside(-180, 180),
        "n_fraction": share * len(decimals) / count,
        "n_negative": share * (ordered[0] < 0) * sum(number < 0 for number in numbers) / count,
        "n_run": share * (sum(step == 1 for step in steps) / len(steps) if steps else 0.0),
        "n_rising": share * (sum(step > 0 for step in steps) / len(steps) if steps else 0.0),
        "n_flag": share * (set(numbers) <= {0.0, 1.0}),
        "n_number": share,
        "n_zero": share * numbers.count(0.0) / count,
        "n_comma": share * sum("," in text for text, _ in written) / count,
        "n_precise": share * precise / count,
        "n_coordinate": share * (many and precise > 0.8 * count and ordered[0] >= -180 and ordered[-1] <= 180),
        "n_region": share * (precise > 0.8 * count and high - low < 20 and abs(middle) > 1),
        "n_adult": share * (many and low >= 14 and 25 <= middle <= 60 and high <= 90 and len(whole) == count),
        "n_wide": share * (low > 0 and high > 100 * low),
        "n_middle": share * min(math.log10(1 + abs(middle)) / 8, 1.0),
        "n_high": share * min(math.log10(1 + abs(high)) / 8, 1.0),
        "n_round": share * sum(number >= 100 and number % 100 == 0 for number in numbers) / count,
    }


def number_of(text: str) -> float | None:
    flat = text.strip().replace(",", ".")
    try:
        number = float(flat) if len(flat) < 20 else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
