"""The name of a column in, what it says for and against each kind out (resources/rules/headers.toml)."""

import re
from functools import cache

from analysis.rules.kinds import plain
from analysis.rules.loading import load
from analysis.rules.shapes import Headers


def header_words(header: str) -> tuple[str, ...]:
    """The words of a column name: camelCase, snake_case, signs and digits split; accents and case folded."""
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", re.sub(r"\((e|s|es|x)\)", "", header[:255]).replace("°", " "))
    spaced = re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", " ", spaced)
    return tuple(re.findall(r"[^\W\d_]+|\d+", plain(spaced)))


@cache
def vocabulary() -> frozenset[str]:
    """Every word of at least three letters that a header of the rules holds."""
    return frozenset(
        word for item in load(Headers).kind.values() for phrase in item.names for word in phrase.split() if len(word) > 2
    ) | {"de", "no", "id", "nr"}


@cache
def parted(word: str) -> tuple[str, ...]:
    """A long word that is several known ones without a blank (`dateofbirth`), cut into them; else the word itself."""
    known = vocabulary()
    if word in known or len(word) < 6:
        return (word,)
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            head = best.get(start)
            if head is not None and word[start:end] in known and (end not in best or len(head) + 1 < len(best[end])):
                best[end] = (*head, word[start:end])
    return best.get(len(word)) or (word,)


def header_score(header: str, code: str) -> float:
    """1 when the header is a name of the kind, 0.4 to 0.9 when it contains one (by the share of its words), 0.2 for a weak
    word, -1 when it says otherwise."""
    return header_scores(header).get(code, 0.0)


@cache
def header_scores(header: str) -> dict[str, float]:
    """`header_score` for every kind that the header speaks for or against."""
    words = header_words(header)
    lettered = tuple(word for word in words if not word.isdigit())
    if not lettered:
        return {}
    cut = tuple(part for word in lettered for part in parted(word))
    long = tuple(part for word in cut for part in load(Headers).abbreviations.get(word, word).split())
    wholes = {" ".join(words), "".join(words), " ".join(lettered), "".join(lettered)}
    readings = [cut] if long == cut else [cut, long]
    found: dict[str, float] = {}
    for reading in readings:
        for code, score in scores_of(reading, wholes).items():
            # What speaks for a kind in one reading holds, unless the other names it better.
            found[code] = score if code not in found else max(found[code], score) if found[code] > 0 or score > 0 else score
    return found


def scores_of(cut: tuple[str, ...], written: set[str]) -> dict[str, float]:
    noise, generic = load(Headers).noise, load(Headers).generic
    written, cut = written | {" ".join(cut)}, without_owner(cut)
    told = tuple(word for word in cut if word not in noise)
    told = cut if not told or set(told) <= generic else told
    wholes = written | {" ".join(cut), " ".join(told)}
    runs = {" ".join(cut[at : at + size]): size for size in (1, 2, 3, 4) for at in range(len(cut) - size + 1)}
    found: dict[str, float] = {}
    for code, item in load(Headers).kind.items():
        if wholes & item.names:
            found[code] = 1.0
        elif item.against & set(cut):
            found[code] = -1.0
        elif covered := max((size for run, size in runs.items() if run in item.names), default=0):
            found[code] = 0.4 + 0.5 * min(covered / len(told), 1.0)
        elif runs.keys() & item.weak:
            found[code] = 0.2
    return found


def heard(header: str) -> dict[str, float] | None:
    """`header_scores`; None for a name that only counts the columns (c1, field_2, Unnamed: 3)."""
    words = header_words(header)
    return None if all(word.isdigit() or word in load(Headers).neutral for word in words) else header_scores(header)


def without_owner(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without the phrase that says whose the value is (`tel personne a prevenir`), where something else is left."""
    noise, owners = load(Headers).noise, load(Headers).owners
    for size in (4, 3, 2):
        for at in range(len(words) - size + 1):
            rest = words[:at] + words[at + size :]
            if " ".join(words[at : at + size]) in owners and set(rest) - noise:
                return rest
    return words


def names_field(text: str) -> bool:
    """Whether a text is the name of a field of personal data."""
    return any(score == 1.0 and kind != "none" for kind, score in header_scores(text).items())


def header_tells(cell: str) -> bool:
    """Whether a cell reads like the name of a column."""
    return len(cell) <= 60 and max(header_scores(cell).values(), default=0.0) >= 0.7
