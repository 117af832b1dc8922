"""The name of a column in, what it says for and against each kind out (resources/rules/headers.toml)."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.rules.kinds import kinds, plain, rules


@dataclass(frozen=True, slots=True)
class HeaderRules:
    """How headers name a kind: phrases, weaker ones, words that speak against it."""

    names: frozenset[str]
    weak: frozenset[str]
    against: frozenset[str]


@cache
def header_rules() -> dict[str, HeaderRules]:
    """The rules of headers.toml by kind."""
    found = rules("headers")
    return {
        code: HeaderRules(frozenset(found[code]["names"]), frozenset(found[code]["weak"]), frozenset(found[code]["not"]))
        for code in kinds()
    }


# Words that say whose the value is, or how it is kept, not what it is.
NOISE = frozenset(
    [
        "patient",
        "patients",
        "client",
        "clients",
        "customer",
        "cust",
        "user",
        "usr",
        "person",
        "contact",
        "emp",
        "employee",
        "member",
        "pat",
        "pt",
        "tbl",
        "fld",
        "col",
        "str",
        "txt",
        "field",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "of",
        "the",
        "der",
        "die",
        "das",
        "den",
        "del",
        "della",
        "di",
        "do",
        "da",
        "van",
        "een",
        "el",
        "un",
        "une",
        "a",
        "p",
        "c",
        "t",
        "i",
        "s",
        "x",
        "v",
        "primary",
        "main",
        "current",
        "data",
        "info",
        "value",
        "actual",
        "new",
        "old",
        "perso",
        "principal",
        "adherent",
        "beneficiaire",
        "assure",
        "subject",
        "applicant",
        "student",
        "guest",
        "respondent",
        "recipient",
        "sender",
        "billing",
        "shipping",
        "home",
        "work",
    ]
)


def header_words(header: str) -> tuple[str, ...]:
    """The words of a column name: camelCase, snake_case, signs and digits split; accents and case folded."""
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", re.sub(r"\((e|s|es|x)\)", "", header[:255]).replace("°", " "))
    spaced = re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", " ", spaced)
    return tuple(re.findall(r"[^\W\d_]+|\d+", plain(spaced)))


@cache
def vocabulary() -> frozenset[str]:
    """Every word of at least three letters that a header of the rules holds."""
    return frozenset(
        word for item in header_rules().values() for phrase in item.names for word in phrase.split() if len(word) > 2
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
    long = tuple(part for word in cut for part in abbreviations().get(word, word).split())
    wholes = {" ".join(words), "".join(words), " ".join(lettered), "".join(lettered)}
    readings = [cut] if long == cut else [cut, long]
    found: dict[str, float] = {}
    for reading in readings:
        for code, score in scores_of(reading, wholes).items():
            # What speaks for a kind in one reading holds, unless the other names it better.
            found[code] = score if code not in found else max(found[code], score) if found[code] > 0 or score > 0 else score
    return found


@cache
def abbreviations() -> dict[str, str]:
    """Short words of databases and what they stand for."""
    return rules("headers")["abbreviations"]


# A number alone says nothing: whose it is must stay beside it.
GENERIC = frozenset(
    {"id", "code", "number", "no", "nr", "num", "numero", "nummer", "identifier", "key", "name", "type", "date", "status"}
)


def scores_of(cut: tuple[str, ...], written: set[str]) -> dict[str, float]:
    told = tuple(word for word in cut if word not in NOISE)
    told = cut if not told or set(told) <= GENERIC else told
    wholes = written | {" ".join(cut), " ".join(told)}
    runs = {" ".join(cut[at : at + size]): size for size in (1, 2, 3, 4) for at in range(len(cut) - size + 1)}
    found: dict[str, float] = {}
    for code, item in header_rules().items():
        if wholes & item.names:
            found[code] = 1.0
        elif item.against & set(cut):
            found[code] = -1.0
        elif covered := max((size for run, size in runs.items() if run in item.names), default=0):
            found[code] = 0.4 + 0.5 * min(covered / len(told), 1.0)
        elif runs.keys() & item.weak:
            found[code] = 0.2
    return found


def header_tells(cell: str) -> bool:
    """Whether a cell reads like the name of a column."""
    return len(cell) <= 60 and max(header_scores(cell).values(), default=0.0) >= 0.7
