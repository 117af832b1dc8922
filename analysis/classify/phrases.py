"""Lists of phrases in, where they stand in a line of words out: in time for millions of lines, however long the lists are.

A phrase is words parted by blanks; a star stands for any ending or beginning of a word, alone for any word. All phrases make one
tree of words (a trie, Fredkin 1960); which branches a word may take is looked up once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

REMEMBERED = 50_000  # words whose branches are kept, of each node


@dataclass(slots=True)
class Phrases:
    """A node of the tree: the codes of the phrases that end there, and the branches by the word that follows."""

    codes: list[str] = field(default_factory=list[str])
    exact: dict[str, "Phrases"] = field(default_factory=dict[str, "Phrases"])
    open: dict[str, dict[str, "Phrases"]] = field(default_factory=dict[str, dict[str, "Phrases"]])  # by sign, word with a star
    known: dict[str, tuple["Phrases", ...]] = field(default_factory=dict[str, tuple["Phrases", ...]])

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "Phrases":
        """`lists`: code -> phrases."""
        root = cls()
        for code, phrases in lists.items():
            for phrase in phrases:
                node = root
                for word in phrase.split(" "):
                    branches = node.open.setdefault(word[0], {}) if "*" in word else node.exact
                    node = branches.setdefault(word, cls())
                node.codes.append(code)
        return root

    def after(self, word: str) -> tuple["Phrases", ...]:
        """The branches that a word may take, one that names it wholly first."""
        found = self.known.get(word)
        if found is None:
            own = [self.exact[word]] if word in self.exact else []
            near = {**self.open.get(word[0], {}), **self.open.get("*", {})} if self.open and word.isalnum() else {}
            found = (*own, *(node for pattern, node in near.items() if fits(pattern, word)))
            if len(self.known) < REMEMBERED:
                self.known[word] = found
        return found

    def every(self, line: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Every phrase wherever it stands, at each place the longest first: where it begins, behind its end, its code."""
        for place, word in enumerate(line):
            if nodes := self.after(word):
                ends: list[tuple[int, int, str]] = []
                at = place
                while nodes:
                    at += 1
                    ends += [(place, at, code) for node in nodes for code in node.codes]
                    nodes = tuple([more for node in nodes for more in node.after(line[at])]) if at < len(line) else ()
                yield from sorted(ends, key=lambda item: -item[1])

    def found(self, line: Sequence[str]) -> list[tuple[int, int, str]]:
        """The longest phrases from left to right, none inside another."""
        spans: list[tuple[int, int, str]] = []
        past = 0
        for item in self.every(line):
            if item[0] >= past:
                spans.append(item)
                past = item[1]
        return spans


def fits(pattern: str, word: str) -> bool:
    """Whether a word is that of a phrase."""
    if pattern == "*":
        return word.isalnum()
    if pattern.startswith("*"):
        inside = pattern.strip("*")
        return inside in word if pattern.endswith("*") else word.endswith(inside)
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
