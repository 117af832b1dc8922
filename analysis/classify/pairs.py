"""Rows of the sample in, what the columns say of each other out: words that come back in another cell of the row, levels that go
with the sex of a first name, numbers that run against years as an age does.

Every feature is a share of rows between 0 and 1, like those of values.py.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from analysis.classify.dates import best_layout
from analysis.classify.numbers import number_of
from analysis.classify.values import PARTING, folded

ROWS = 200  # that are compared
HOLDERS = 12  # columns whose cells may hold the words of others
LEAST = 8  # rows that must say something
LONGEST = 80  # signs of a cell that is compared

Features = Mapping[str, float]
Known = Mapping[str, frozenset[str]]


def paired(columns: Sequence[Sequence[str]], features: Sequence[Features], known: Known) -> list[dict[str, float]]:
    """Per column the features that only its rows show. `columns`: trimmed cells, row for row; empty where nothing stands."""
    found: list[dict[str, float]] = [{} for _ in columns]
    cut = [column[:ROWS] for column in columns]
    echoes(cut, features, found)
    levels(cut, features, known, found)
    ages(cut, features, found)
    return found


def echoes(columns: Sequence[Sequence[str]], features: Sequence[Features], found: list[dict[str, float]]) -> None:
    """`echoed`: my word stands inside a longer cell of the row (a name in an e-mail address); `echoing`: the other way."""
    flat = {
        at: [folded(text[:LONGEST]) for text in column]
        for at, column in enumerate(columns)
        if features[at].get("g_letters", 0.0) > 0.3
    }
    long = [at for at in flat if holds_words(features[at])][:HOLDERS]
    short = [at for at in flat if features[at].get("words_1", 0.0) + features[at].get("words_2", 0.0) > 0.6]
    for mine in short:
        if len(set(flat[mine])) < 5:
            continue
        for other in long:
            pairs = [(a, b) for a, b in zip(flat[mine], flat[other], strict=True) if len(a) > 2 and b]
            if mine == other or len(pairs) < LEAST:
                continue
            share = sum(a in b and a != b for a, b in pairs) / len(pairs)
            if share > 0.2:
                found[mine]["echoed"] = max(found[mine].get("echoed", 0.0), share)
                found[other]["echoing"] = max(found[other].get("echoing", 0.0), share)


def holds_words(features: Features) -> bool:
    many = features.get("words_2", 0.0) + features.get("words_3", 0.0) + features.get("words_4_7", 0.0)
    return max(features.get("email", 0.0), many, features.get("initial_name", 0.0), features.get("url", 0.0)) > 0.5 or (
        features.get("words_1", 0.0) > 0.6 and features.get("unique", 0.0) > 0.6
    )


def levels(columns: Sequence[Sequence[str]], features: Sequence[Features], known: Known, found: list[dict[str, float]]) -> None:
    """`with_sex`: how far the levels of a column go with the sex that first names of the row tell (1: always)."""
    names = [at for at, item in enumerate(features) if names_share(item) > 0.4]
    told = [[(text, sex_of(text, known)) for text in columns[at]] for at in names]
    for at, column in enumerate(columns):
        if not 2 <= len(set(filter(None, column))) <= 5:
            continue
        for place, sexes in zip(names, told, strict=True):
            # A name counts once with each level: a list that repeats its rows tells no more than they do.
            both = dict.fromkeys((text, name, sex) for text, (name, sex) in zip(column, sexes, strict=True) if text and sex)
            pairs = [(text, sex) for text, _, sex in both]
            if place != at and len(pairs) >= LEAST:
                found[at]["with_sex"] = max(found[at].get("with_sex", 0.0), agreement(pairs))


def names_share(features: Features) -> float:
    first = max(features.get("list_first", 0.0), features.get("list_french_first", 0.0))
    return max(first, features.get("name_pair", 0.0), features.get("begins_first", 0.0))


def sex_of(text: str, known: Known) -> str:
    """Of the first word that is the name of one sex; empty where none is."""
    for word in PARTING.split(text)[:3]:
        told = known.get(folded(word), frozenset()) & {"girl", "boy"}
        if len(told) == 1:
            return next(iter(told))
    return ""


def agreement(pairs: Sequence[tuple[str, str]]) -> float:
    """Goodman and Kruskal's lambda of the sex given the level (JASA 1954): 0 where the level tells nothing."""
    sexes, both = Counter(sex for _, sex in pairs), Counter(pairs)
    most = max(sexes.values())
    if most == len(pairs):
        return 0.0
    best = sum(max(both[text, sex] for sex in sexes) for text in {text for text, _ in pairs})
    return (best - most) / (len(pairs) - most)


def ages(columns: Sequence[Sequence[str]], features: Sequence[Features], found: list[dict[str, float]]) -> None:
    """`with_years`: whole numbers and years whose sum hardly changes, as that of an age and a year of birth."""
    numbered = [at for at, item in enumerate(features) if item.get("n_age", 0.0) >= 0.8 and item.get("n_fraction", 0.0) <= 0.05]
    if not numbered:
        return
    dated = [at for at, item in enumerate(features) if max(item.get("date", 0.0), item.get("n_year", 0.0)) > 0.6]
    years = {at: years_of(columns[at]) for at in dated}
    for at in numbered:
        numbers = [number_of(text) for text in columns[at]]
        for other, born in years.items():
            sums = [a + b for a, b in zip(numbers, born, strict=True) if a is not None and b is not None]
            if other == at or len(sums) < LEAST or len({b for b in born if b}) < 6:
                continue
            middle = median(sums)
            share = sum(abs(one - middle) <= 1 for one in sums) / len(sums)
            if share > 0.6:
                for place in (at, other):
                    found[place]["with_years"] = max(found[place].get("with_years", 0.0), share)


def years_of(texts: Sequence[str]) -> list[int | None]:
    days = best_layout(list(dict.fromkeys(texts)))[1]
    return [day.year if (day := days.get(text)) else int(text) if text.isdigit() and len(text) == 4 else None for text in texts]
