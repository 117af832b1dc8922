"""The sampled cells of one column in, its features out: shares of cells that have each form, stand in each list, pass each check.

Every feature is a number between 0 and 1, so that a weight says what it counts for.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.classify.checks import LOINC, hash_of, is_bic, is_card, is_iban, is_icd10, is_phone, national
from analysis.classify.dates import best_layout
from analysis.classify.numbers import of_numbers
from analysis.rules.kinds import CAPITALS, plain, unaccented
from analysis.rules.loading import load
from analysis.rules.shapes import Forms, Lexicon

MOST = 150  # distinct cells that are looked at
REGIONS = ("FR", "US", "GB", "DE", "ES", "IT", "NL", "PL", "BR")
# Features of how many words and signs a cell has, and up to how many.
WORDS = (("words_1", 1), ("words_2", 2), ("words_3", 3), ("words_4_7", 7))
LENGTHS = (("len_1_2", 2), ("len_3_5", 5), ("len_6_10", 10), ("len_11_20", 20), ("len_21_40", 40))
PARTING = re.compile(r"[\s,._]+")  # what stands between the names of a cell
PREFIX = re.compile(r"([^\W\d_]{1,8})[-_/ ]?\d[\d/-]*[^\W\d_]?$")
WORD = re.compile(r"[^\W_]+(?:[.'’+/%-][^\W_]+)*[+%.]?")


@dataclass(frozen=True, slots=True)
class Cells:
    """The sample of one column: distinct real cells and how often each came; filled and placeholder cells."""

    counts: Mapping[str, int]
    filled: int
    placeholders: int

    @property
    def first(self) -> list[str]:
        """The distinct cells that are looked at."""
        return list(self.counts)[:MOST]

    @property
    def real(self) -> int:
        return sum(self.counts.values())


@cache
def forms() -> dict[str, re.Pattern[str]]:
    """The forms of a cell that a pattern decides."""
    return {
        name: re.compile(item.pattern, re.DOTALL | (re.IGNORECASE if item.caseless else 0))
        for name, item in load(Forms).form.items()
        if item.pattern
    }


@cache
def lexicon() -> tuple[dict[str, frozenset[str]], ...]:
    """Words that are a whole cell, stand inside one, begin a code."""
    found = load(Lexicon)
    return tuple(
        {name: frozenset(map(plain, words)) for name, words in part.items()} for part in (found.whole, found.inside, found.prefix)
    )


def folded(text: str) -> str:
    """As the engine folds names: letters only, upper case, without accents."""
    if text.isascii():
        return "".join([sign for sign in text if sign.isalpha()]).upper()
    return "".join(CAPITALS.get(sign, sign) for sign in unaccented(text).upper() if sign.isalpha())


def features(cells: Cells, known: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Feature -> value. `known`: folded word -> the lists of names, places ... it stands in."""
    items = list(cells.counts.items())[:MOST]
    total = sum(count for _, count in items)
    found: Counter[str] = Counter()
    if not total:
        return {}
    for text, count in items:
        for name in of_cell(text, known):
            found[name] += count
    values = {name: count / total for name, count in found.items()}
    values |= of_dates([text for text, _ in items], total, dict(items))
    values |= of_numbers(items) | of_column(items, cells)
    best = max((name for name in values if name.startswith("national_")), key=lambda name: values[name], default="")
    values["national"] = values.get(best, 0.0) ** 2 if best else 0.0
    return values


def of_cell(text: str, known: Mapping[str, frozenset[str]]) -> set[str]:
    """The names of all features that one cell has."""
    short = text[:400]
    found = {name for name, pattern in forms().items() if pattern.fullmatch(short)}
    flat = plain(short)
    bare = flat.replace(".", "").strip()
    whole, inside, prefixes = lexicon()
    if begun := PREFIX.match(flat):
        found |= {f"prefix_{name}" for name, words in prefixes.items() if begun[1] in words}
    found |= {f"is_{name}" for name, words in whole.items() if flat in words or bare in words}
    words = WORD.findall(flat)
    numbered = any(map(str.isdigit, flat))  # `Dr` alone is no drive
    for word in words[:12]:
        stem = word.rstrip(".,")
        for name, stems in inside.items():
            if name.endswith("_end"):
                if len(stem) > 5 and any(stem.endswith(end) for end in stems):
                    found.add(f"in_{name}")
            elif (word in stems or stem in stems) and (name != "street" or len(stem) > 2 or numbered):
                found.add(f"in_{name}")
    found |= of_lists(short, known)
    if {"last", "french_last"} & known.get(initialled(short), frozenset()):
        found.add("initial_name")
    found |= of_checks(short, found)
    found.add(next((name for name, most in WORDS if len(words) <= most), "words_8p"))
    found.add(next((name for name, most in LENGTHS if len(text) <= most), "len_41p"))
    return found


def initialled(text: str) -> str:
    """What follows an initial: `jdupont`, `j.dupont` and `J_DUPONT7` are DUPONT."""
    found = re.fullmatch(r"[^\W\d_][._-]?([^\W\d_]{3,24})\d{0,4}", text)
    return folded(found[1]) if found else ""


def of_lists(text: str, known: Mapping[str, frozenset[str]]) -> set[str]:
    bare = folded(text)
    coded = sum(map(str.isdigit, text)) > len(bare)  # the letters of a code are no word
    found = set[str]() if coded else {f"list_{name}" for name in known.get(bare, ())}
    if "french_postal" in known.get(text, ()):
        found.add("list_french_postal")
    parts = [folded(part) for part in PARTING.split(text) if len(part) > 1][:6]
    if is_place_pair(text, known):
        found.add("place_pair")
    elif len(parts) > 1:
        first, last = known.get(parts[0], frozenset()), known.get(parts[-1], frozenset())
        anyfirst = {"first", "french_first"}
        anylast = {"last", "french_last"}
        if (first & anyfirst and last & anylast) or (first & anylast and last & anyfirst):
            found.add("name_pair")
        if first & anyfirst or (len(parts) > 2 and known.get(parts[1], frozenset()) & anyfirst):
            found.add("begins_first")
        if any({"city", "french_city"} & known.get(part, frozenset()) for part in parts[1:]):
            found.add("holds_city")
    return found


def is_place_pair(text: str, known: Mapping[str, frozenset[str]]) -> bool:
    """A town, then its region or country (names of families, most of them, and no pair of names)."""
    head, _, tail = (folded(part) for part in text.rpartition(","))
    wider, town = known.get(tail, frozenset()), known.get(head, frozenset())
    return bool(wider & {"country", "region"} and town & {"city", "french_city"})


def of_checks(text: str, forms: set[str]) -> set[str]:
    """The exact checks, each where the form of the cell admits it."""
    found: set[str] = set()
    if forms & {"phone_form", "plus_phone", "trunk", "spaced_digits"} and is_phone(text, REGIONS):
        found.add("phone_possible")
    if sum(sign.isdigit() for sign in text) >= 6 and len(text) < 25:
        found |= {f"national_{code}" for code in national(text)}
        if is_card(text):
            found.add("card")
    if is_iban(text):
        found.add("iban")
    if is_bic(text):
        found.add("bic")
    if hash_of(text):
        found.add("hash")
    if is_icd10(text.upper()):
        found.add("icd10")
    if LOINC.fullmatch(text):
        found.add("loinc")
    return found


def of_dates(texts: Sequence[str], total: int, counts: Mapping[str, int]) -> dict[str, float]:
    layout, days = best_layout(texts)
    if not layout:
        return {}
    share = sum(counts[text] for text in days) / total
    years = sorted(day.year for day in days.values())
    middle, low, high = years[len(years) // 2], years[int(len(years) * 0.05)], years[int(len(years) * 0.95)]
    return {
        "date": share,
        "date_old": share * sum(year < 2000 for year in years) / len(years),
        "date_ancient": share * sum(year < 1950 for year in years) / len(years),
        "date_recent": share * sum(year >= 2015 for year in years) / len(years),
        "date_future": share * sum(year >= 2027 for year in years) / len(years),
        "date_spread": share * min((high - low) / 60, 1.0),
        "date_middle": share * min(max((middle - 1930) / 100, 0.0), 1.0),
        "date_adult": share * (low <= 1960 and high >= 1985),
    }


def of_writing(texts: Sequence[str]) -> dict[str, float]:
    """Of which signs the cells are made: shares of the cells, or of their signs."""
    count, signs = len(texts), max(sum(map(len, texts)), 1)
    return {
        "g_digits": sum(sum(map(str.isdigit, text)) for text in texts) / signs,
        "g_letters": sum(sum(map(str.isalpha, text)) for text in texts) / signs,
        "g_capitals": sum(sum(map(str.isupper, text)) for text in texts) / signs,
        "g_blanks": sum(text.count(" ") for text in texts) / signs,
        "g_foreign": sum(sum(sign > "\u024f" for sign in text) for text in texts) / signs,
        "g_titled": sum(text.istitle() for text in texts) / count,
        "g_comma": sum("," in text for text in texts) / count,
        "g_slash": sum("/" in text for text in texts) / count,
        "g_bracket": sum("(" in text for text in texts) / count,
        "g_dash": sum("-" in text[1:] for text in texts) / count,
        "g_under": sum("_" in text for text in texts) / count,
        "g_dot": sum("." in text for text in texts) / count,
    }


def of_column(items: Sequence[tuple[str, int]], cells: Cells) -> dict[str, float]:
    distinct = len(cells.counts)
    lengths = [len(text) for text, _ in items]
    plainly = {plain(text).strip(". ") for text, _ in items[:30]}
    begun = Counter(found[1] for text, _ in items if (found := PREFIX.match(plain(text))))
    coded = sum(begun.values()) / len(items)
    both = all(plainly & words for words in load(Lexicon).sexes.values())
    mean = sum(lengths) / len(lengths)
    spread = math.sqrt(sum((length - mean) ** 2 for length in lengths) / len(lengths))
    return {
        "unique": distinct / max(cells.real, 1),
        "few": float(distinct <= 6),
        "some": float(6 < distinct <= 30),
        "one_length": float(spread < 0.01 and distinct > 3),
        "length": min(mean / 60, 1.0),
        "spread": min(spread / 20, 1.0),
        "filled_few": float(cells.real < 15),
        "constant": float(distinct == 1),
        "two": float(distinct == 2),
        "level": min(math.log10(1 + distinct) / 3, 1.0),
        "rows": min(math.log10(1 + cells.real) / 3, 1.0),
        **of_writing([text for text, _ in items]),
        "one_prefix": coded * (max(begun.values(), default=0) > 0.9 * sum(begun.values())),
        "many_prefixes": coded * (len(begun) > 5),
        "both_sexes": float(both and distinct < 10),
        "single_letters": float(distinct < 10 and max(lengths) == 1 and len(plainly & {"s", "d", "c"}) > 1),
        "placeholders": cells.placeholders / max(cells.filled, 1),
    }
