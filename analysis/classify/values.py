"""The sampled cells of one column in, its features out: shares of cells that have each form, stand in each list, pass each check.

Every feature is a number between 0 and 1, so that a weight says what it counts for.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.classify.checks import LOINC, hash_of, is_bic, is_card, is_iban, is_icd10, is_phone, national
from analysis.classify.dates import best_layout
from analysis.rules.kinds import plain, rules

MOST = 150  # distinct cells that are looked at
REGIONS = ("FR", "US", "GB", "DE", "ES", "IT", "NL", "PL", "BR")
PATTERNS = {
    "email": r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,24}",
    "url": r"(?:https?|ftp)://\S+|www\.\S+\.\S+",
    "domain": r"(?:[a-z0-9-]+\.)+[a-z]{2,12}(?:/\S*)?",
    "ipv4": r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:/\d{1,2}|:\d{1,5})?",
    "ipv6": r"(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}",
    "mac": r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}",
    "uuid": r"\{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\}?",
    "plus_phone": r"\+\d[\d .()/-]{6,20}\d(?: ?x\d+)?",
    "phone_form": r"\(?\+?\d[\d ().+/-]{5,20}\d(?: ?(?:x|ext\.?) ?\d{1,6})?",
    "spaced_digits": r"\d{1,5}(?:[ .-]\d{1,5}){2,7}",
    "trunk": r"0\d{8,10}|0\d[\d .()/-]{7,14}\d",
    "integer": r"[+-]?\d{1,18}",
    "decimal": r"[+-]?\d{1,12}[.,]\d{1,12}",
    "negative": r"-\d.*",
    "money": r"[€$£¥]\s?-?\d[\d ,.' ]*|-?\d[\d ,.' ]*\s?(?:[€$£¥]|EUR|USD|GBP|PLN|zł|kr|CHF)",
    "percent": r"-?\d+(?:[.,]\d+)?\s?%",
    "d1": r"\d",
    "d2": r"\d\d",
    "d3": r"\d{3}",
    "d4": r"\d{4}",
    "d5": r"\d{5}",
    "d6": r"\d{6}",
    "d7_8": r"\d{7,8}",
    "d9": r"\d{9}",
    "d10": r"\d{10}",
    "d11": r"\d{11}",
    "d12_14": r"\d{12,14}",
    "d15": r"\d{15}",
    "d16": r"\d{16}",
    "d17p": r"\d{17,}",
    "zero_first": r"0\d{2,}",
    "zip4": r"\d{5}-\d{4}",
    "uk_post": r"[A-Z]{1,2}\d[A-Z0-9]? ?\d[A-Z]{2}",
    "ca_post": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
    "nl_post": r"\d{4} ?[A-Z]{2}",
    "dash_post": r"\d{2}-\d{3}|\d{4}-\d{3}|\d{5}-\d{3}|\d{3}-\d{4}|[A-Z]{1,2}-?\d{4,5}|\d{3} \d{2}",
    "ssn_form": r"\d{3}-\d{2}-\d{4}",
    "nir_form": r"[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}(?:\d{2})?|[12] \d{2} \d{2} .*",
    "cpf_form": r"\d{3}\.\d{3}\.\d{3}-\d{2}",
    "letter": r"[^\W\d_]",
    "letter_dot": r"[^\W\d_]\.",
    "cap2": r"[A-Z]{2}",
    "cap3": r"[A-Z]{3}",
    "code_letters_digits": r"[A-Z]{1,4}[-_/]?\d{3,12}",
    "code_mixed": r"(?=[A-Z0-9_/.-]*\d)(?=[A-Z0-9_/.-]*[A-Z])[A-Z0-9_/.-]{4,24}",
    "prefix_code": r"[A-Za-z]{2,6}[-_]\d{2,10}|[A-Z]{2,6}\d{4,10}",
    "passport": r"[A-Z]{1,2}\d{6,9}|[A-Z]{3}\d{6}|\d{2}[A-Z]{2}\d{5}",
    "time": r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?",
    "month_year": r"(?:0?[1-9]|1[0-2])[/-](?:\d{2}|20\d{2})",
    "hex8": r"[0-9a-f]{8,31}",
    "iso_stamp": r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*",
    "bp": r"\d{2,3}/\d{2,3}",
    "latlon": r"-?\d{1,3}\.\d{3,}",
    "pair": r"[(\[]?-?\d{1,2}\.\d{3,}[,;] ?-?\d{1,3}\.\d{3,}[)\]]?",
    "snomed": r"[1-9]\d{5,17}",
    "icd9": r"\d{3}\.\d{1,2}|[VE]\d{2,3}\.\d",
    "ccam": r"[A-Z]{4}\d{3}",
    "atc": r"[A-NP-V]\d{2}[A-Z]{2}\d{2}",
    "cip13": r"34009\d{8}",
    "ndc": r"\d{4,5}-\d{3,4}-\d{1,2}",
    "handle": r"@?[a-z][a-z0-9._-]{2,24}",
    "handle_digits": r"(?=[a-zA-Z._-]*\d)[a-zA-Z][a-zA-Z0-9._-]{3,24}",
    "strong": r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{6,32}",
    "dotted_words": r"[^\W\d_]{2,}[._][^\W\d_]{2,}\d{0,4}",
    "signs": r"(?=.*[!#$%^&*()?+=@])(?=.*\w)\S{6,40}",
    "no_space": r"\S+",
    "street_number": r"\d{1,5}[A-Za-z]?,? .*[^\W\d_]{2}.*",
    "number_street": r".*[^\W\d_]{3}[.,]? (?:nr?\.? ?|no\.? ?)?\d{1,5}[ -]?[A-Za-z]?(?:[/, -].*)?",
    "comma_name": r"[^\W\d_][\w'’. -]*, ?[^\W\d_][\w'’. -]*",
    "two_words": r"[^\W\d_][\w'’.-]* [^\W\d_][\w'’.-]*",
    "three_words": r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){2,3}",
    "one_word": r"[^\W\d_][\w'’-]*",
    "title_case": r"[^\W\d_a-zà-ÿ][^\W\dA-Z_]+.*",
    "upper": r"[^a-zà-ÿ]*[^\W\d_a-zà-ÿ][^a-zà-ÿ]*",
    "lower": r"[^A-ZÀ-Þ]*[^\W\d_A-ZÀ-Þ][^A-ZÀ-Þ]*",
    "has_digit": r".*\d.*",
    "comma": r".*,.*",
    "period_end": r".*[.!?]",
    "parens": r".*\(.+\).*",
    "slash": r".*/.*",
    "underscore": r".*_.*",
    "semicolons": r".*;.*",
    "jsonish": r"[{\[].*[:,].*[}\]]",
    "us_phone": r"(?:\+?1[-. ]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?: ?x\d+)?",
    "amex": r"3[47]\d{13}",
    "iban_form": r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?",
    "age_range": r"[\[(]?\d{1,2} ?[-–] ?\d{1,3}[\])]?|\d{2} ?\+|[<>] ?\d{2}",
    "fr_department": r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6]",
    "pairs": r"\w+=[^;&|]+[;&|]\s*\w+=.*",
    "nonlatin": r".*[\u0370-\u1fff\u3040-\ud7ff].*",
    "file": r".*\.(?:pdf|docx?|xlsx?|csv|txt|png|jpe?g|gif|mp[34]|zip)",
    "semver": r"v?\d+\.\d+\.\d+",
    "cf_form": r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",
    "dni_form": r"\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z]",
    "birth_first": r"(?:19|20)?\d\d(?:0[1-9]|1[0-2]|[4-7]\d|3[1-2]|2[1-2])(?:0[1-9]|[12]\d|3[01])[-/+ ]?\d{3,5}[A-Z\d]?|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+ ]?\d{3,5}[A-Z]?",
    "curp_form": r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d",
    "sentence": r"[¿¡\"'«]?[^\W\d_][^\n]*? [^\n]+? [^\n]+[.!?…][\"'»]?",
}
# Codes are codes in small letters, too.
CASELESS = frozenset(
    {
        "handle",
        "handle_digits",
        "iban_form",
        "fr_department",
        "uk_post",
        "ca_post",
        "nl_post",
        "dash_post",
        "code_letters_digits",
        "code_mixed",
        "prefix_code",
        "passport",
        "icd9",
        "ccam",
        "atc",
        "cap2",
        "cap3",
        "cf_form",
        "curp_form",
        "dni_form",
    }
)
COMPILED = {
    name: re.compile(pattern, re.DOTALL | (re.IGNORECASE if name in CASELESS else 0)) for name, pattern in PATTERNS.items()
}
MEN, WOMEN = (
    frozenset(words.split())
    for words in (
        "m h male man mann homme masculin mannlich hombre masculino varon maschio uomo mannelijk homem mezczyzna muz mies kvinna mand erkek barbat ferfi boy garcon mas masc м муж мужской 男",
        "f w v k z female woman frau femme feminin weiblich mujer femenino femmina donna vrouw vrouwelijk mulher feminino kobieta zena nainen kvinne kvinde kadin femeie no girl fille fem ж жен женский 女",
    )
)
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
def lexicon() -> tuple[dict[str, frozenset[str]], ...]:
    """Words that are a whole cell, stand inside one, begin a code."""
    found = rules("lexicon")
    return tuple(
        {name: frozenset(map(plain, words)) for name, words in found[part].items()} for part in ("whole", "inside", "prefix")
    )


def folded(text: str) -> str:
    """As the engine folds names: letters only, upper case, without accents."""
    flat = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)).upper()
    return "".join(sign for sign in flat if sign.isalpha())


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
    found = {name for name, pattern in COMPILED.items() if pattern.fullmatch(short)}
    flat = plain(short)
    bare = flat.replace(".", "").strip()
    whole, inside, prefixes = lexicon()
    if begun := PREFIX.match(flat):
        found |= {f"prefix_{name}" for name, words in prefixes.items() if begun[1] in words}
    found |= {f"is_{name}" for name, words in whole.items() if flat in words or bare in words}
    words = WORD.findall(flat)
    for word in words[:12]:
        stem = word.rstrip(".,")
        for name, stems in inside.items():
            if name.endswith("_end"):
                if len(stem) > 5 and any(stem.endswith(end) for end in stems):
                    found.add(f"in_{name}")
            elif word in stems or stem in stems:
                found.add(f"in_{name}")
    found |= of_lists(short, known)
    if {"last", "french_last"} & known.get(initialled(short), frozenset()):
        found.add("initial_name")
    found |= of_checks(short, found)
    count = len(words)
    found.add(
        "words_1"
        if count <= 1
        else "words_2"
        if count == 2
        else "words_3"
        if count == 3
        else "words_4_7"
        if count < 8
        else "words_8p"
    )
    length = len(text)
    found.add(
        "len_1_2"
        if length < 3
        else "len_3_5"
        if length < 6
        else "len_6_10"
        if length < 11
        else "len_11_20"
        if length < 21
        else "len_21_40"
        if length < 41
        else "len_41p"
    )
    return found


def initialled(text: str) -> str:
    """What follows an initial: `jdupont`, `j.dupont` and `J_DUPONT7` are DUPONT."""
    found = re.fullmatch(r"[^\W\d_][._-]?([^\W\d_]{3,24})\d{0,4}", text)
    return folded(found[1]) if found else ""


def of_lists(text: str, known: Mapping[str, frozenset[str]]) -> set[str]:
    bare = folded(text)
    coded = sum(map(str.isdigit, text)) > len(bare)  # the letters of a code are no word
    found = set[str]() if coded else {f"list_{name}" for name in known.get(bare, ())}
    parts = [folded(part) for part in PARTING.split(text) if len(part) > 1][:6]
    if len(parts) > 1:
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


def of_numbers(items: Sequence[tuple[str, int]]) -> dict[str, float]:
    """Of the cells that are numbers: their size and whether they run on."""
    numbers: list[float] = []
    for text, _ in items:
        plain_text = text.strip().replace(",", ".")
        try:
            number = float(plain_text) if len(plain_text) < 20 else math.nan
        except ValueError:
            continue
        if math.isfinite(number):
            numbers.append(number)
    if not numbers:
        return {}
    share, count = len(numbers) / len(items), len(numbers)
    whole = [int(number) for number in numbers if number.is_integer()]
    steps = [after - before for before, after in pairwise(whole)]
    inside = lambda low, high: share * sum(low <= number <= high for number in numbers) / count  # noqa: E731
    return {
        "n_age": inside(0, 110) * (len(set(numbers)) > 15),
        "n_year": inside(1900, 2030),
        "n_birth_year": inside(1915, 2015) * (len(set(numbers)) > 15),
        "n_small": inside(0, 10),
        "n_percent": inside(0, 100),
        "n_height": inside(140, 210),
        "n_weight": inside(35, 150),
        "n_meters": inside(1.3, 2.2) * (len(set(numbers)) > 5),
        "n_thousands": inside(1000, 10_000_000),
        "n_income": inside(8_000, 500_000),
        "n_lat": inside(-90, 90),
        "n_lon": inside(-180, 180),
        "n_fraction": share * sum(not number.is_integer() for number in numbers) / count,
        "n_negative": share * sum(number < 0 for number in numbers) / count,
        "n_run": share * (sum(step == 1 for step in steps) / len(steps) if steps else 0.0),
        "n_rising": share * (sum(step > 0 for step in steps) / len(steps) if steps else 0.0),
    }


def of_column(items: Sequence[tuple[str, int]], cells: Cells) -> dict[str, float]:
    distinct = len(cells.counts)
    lengths = [len(text) for text, _ in items]
    plainly = {plain(text).strip(". ") for text, _ in items[:30]}
    begun = Counter(found[1] for text, _ in items if (found := PREFIX.match(plain(text))))
    coded = sum(begun.values()) / len(items)
    both = bool(plainly & MEN) and bool(plainly & WOMEN)
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
        "one_prefix": coded * (max(begun.values(), default=0) > 0.9 * sum(begun.values())),
        "many_prefixes": coded * (len(begun) > 5),
        "both_sexes": float(both and distinct < 10),
        "single_letters": float(distinct < 10 and max(lengths) == 1 and len(plainly & {"s", "d", "c"}) > 1),
        "placeholders": cells.placeholders / max(cells.filled, 1),
    }
