"""A text in, what it tells of somebody's private life out: categories of Articles 9 and 10 of the GDPR and others that are grave,
each with how it is meant (told, of the past, of the family, suspected, denied).

Rules, no model: terms and cues in `rules/sensitive.toml`, matched in the clause of the term (NegEx, Chapman 2001; EDS-NLP of the
AP-HP for French)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.classify.phrases import Phrases
from analysis.model.codes import Meant
from analysis.rules.kinds import plain
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive

LONGEST = 20_000  # signs of a text that are read
NEAR = {"denied": 7, "suspected": 6, "family": 10, "spouse": 6, "past": 8}  # words from a cue to the term
BEHIND = {"denied_behind": 4, "denied_behind_all": 8, "suspected_behind": 6, "family_behind": 5, "past_behind": 6}
ASKED = 3  # words between a term and its question mark
ENDS = frozenset(".;!\n")
PIECE = re.compile(r"[a-z0-9]+|[.,;:!?+()/\n-]")
HYPHEN = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
YEAR = re.compile(r"(?:19|20)\d\d")
SINCE = frozenset({"depuis", "since", "seit", "jusqu", "until", "bis"})  # behind which a year is not over


def flat(text: str) -> list[str]:
    """The words of a text in small letters without accents, and its signs, each alone."""
    return list(abbreviations_joined(PIECE.findall(HYPHEN.sub(" ", plain(text[:LONGEST])))))


def abbreviations_joined(pieces: Iterable[str]) -> Iterator[str]:
    """Without the points behind one letter ("V. a.", "Z. n."), which end nothing."""
    before = ""
    for piece in pieces:
        if not (piece == "." and len(before) == 1 and before.isalpha()):
            yield piece
        before = piece


@cache
def categories() -> tuple[str, ...]:
    """Their codes, in the order of the rules."""
    return tuple(load(Sensitive).category)


@cache
def terms() -> Phrases:
    return Phrases.of({code: item.terms for code, item in load(Sensitive).category.items()})


@cache
def exceptions() -> Phrases:
    """Words in which a term means something else."""
    return Phrases.of({code: item.against for code, item in load(Sensitive).category.items()})


@cache
def cues() -> Phrases:
    return Phrases.of(load(Sensitive).cue)


def told(text: str) -> frozenset[tuple[str, Meant]]:
    """Category and how it is meant, for each that a text tells."""
    line = flat(text)
    found = terms().found(line)
    if not found:
        return frozenset()
    other = list(exceptions().every(line))
    held = [item for item in found if not any(start <= item[0] and item[1] <= end for start, end, _ in other)]
    if not held:
        return frozenset()
    heard = Heard(tuple(line), tuple(cues().every(line)))
    return frozenset((code, Around.of(heard, start, end).meant(code)) for start, end, code in held)


@dataclass(frozen=True, slots=True)
class Heard:
    """A line, and every cue in it: where it begins, behind its end, its name."""

    line: tuple[str, ...]
    cues: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A term (`start` to `end`) in its clause (`first` to `last`), which ends with the sentence or at a word like *but*."""

    heard: Heard
    start: int
    end: int
    first: int
    last: int

    @classmethod
    def of(cls, heard: Heard, start: int, end: int) -> "Around":
        stops = [at for at, piece in enumerate(heard.line) if piece in ENDS]
        stops += [at for first, behind, name in heard.cues if name == "but" for at in range(first, behind)]
        first = max((at + 1 for at in stops if at < start), default=0)
        return cls(heard, start, end, first, min((at for at in stops if at >= end), default=len(heard.line)))

    def meant(self, code: str) -> Meant:
        """How the term is meant, by the words around it: what denies it comes before all else."""
        rule = load(Sensitive).category[code]
        if self.denied:
            return Meant.DENIED
        if self.before("suspected") or self.behind("suspected_behind", commas=True) or self.asked:
            return Meant.SUSPECTED
        relative = rule.family and (self.before("family", commas=True) or self.behind("family_behind", commas=True))
        if relative or (rule.spouse and self.before("spouse", commas=True)):
            return Meant.FAMILY
        inside = any(at == self.start and name == "past" for at, _, name in self.heard.cues)
        if inside or self.before("past", commas=True) or self.behind("past_behind", commas=True) or self.dated:
            return Meant.PAST
        return Meant.TOLD

    def before(self, name: str, commas: bool = False) -> bool:
        """Whether a cue stands near enough before the term. `commas`: it may stand on the other side of one."""
        line = self.heard.line
        first, last = (self.first, self.start) if commas else self.reached()
        hits = [(at, end) for at, end, what in self.heard.cues if what == name and first <= at and end <= last]
        near = [(at, end) for at, end in hits if words_in(line[end : self.start]) <= NEAR[name]]
        void = [(at, end) for at, end, what in self.heard.cues if what == "neutral"] if name == "denied" else []
        return any(not any(one <= at and end <= two for one, two in void) for at, end in near)

    def behind(self, name: str, commas: bool = False) -> bool:
        """The same behind the term; a cue behind *non* says the opposite."""
        line, last = self.heard.line, self.last if commas else self.until(",")
        return any(
            what == name and self.end <= at < last and words_in(line[self.end : at]) <= BEHIND[name] and line[at - 1] != "non"
            for at, _, what in self.heard.cues
        )

    def reached(self) -> tuple[int, int]:
        """From where to where a denial may reach the term: behind the last comma, or before it where the term stands right behind
        it (an enumeration)."""
        commas = [at for at in range(self.first, self.start) if self.heard.line[at] == ","]
        if not commas:
            return self.first, self.start
        return (commas[-1] + 1, self.start) if commas[-1] + 1 < self.start else (self.first, commas[-1])

    def until(self, sign: str) -> int:
        return next((at for at in range(self.end, self.last) if self.heard.line[at] == sign), self.last)

    @property
    def denied(self) -> bool:
        """By a word before or behind, or by a minus as laboratories write it ("VIH -")."""
        rest = self.heard.line[self.end : self.last]
        minus = rest[:1] == ("-",) and (len(rest) == 1 or rest[1] in ",)")
        return minus or self.before("denied") or self.behind("denied_behind") or self.behind("denied_behind_all", commas=True)

    @property
    def asked(self) -> bool:
        """Whether a question mark stands right before it, or behind it with a few words between."""
        line, mark = self.heard.line, self.until("?")
        if self.start > self.first and line[self.start - 1] == "?":
            return True
        return mark < min(self.last, self.until(",") + 1) and words_in(line[self.end : mark]) <= ASKED

    @property
    def dated(self) -> bool:
        """A year behind the term, which is not the year since when."""
        words = [piece for piece in self.heard.line[self.end : min(self.last, self.end + 5)] if piece.isalnum()][:3]
        return any(YEAR.fullmatch(word) and SINCE.isdisjoint(words[:at]) for at, word in enumerate(words))


def words_in(pieces: Sequence[str]) -> int:
    return sum(map(str.isalnum, pieces))


def exact(text: str, category: str) -> tuple[int, int] | None:
    """Where the first term of a category stands in a text as it is written (its first word, for one of several)."""
    line = flat(text)
    word = next((line[start] for start, _, code in terms().found(line) if code == category), "")
    same = plain(text)
    at = same.find(word) if word and len(same) == len(text) else -1
    return (at, at + len(word)) if at >= 0 else None
