"""A person typed as people type (name, birth date, phone, e-mail, national number, any number; in any order, without accents,
misspelled), persons of the leak out: the best first, near ones marked.

`prepare` makes an index of the words of names in the engine; contact points and numbers stand in the mentions already."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import pairwise
from typing import Any

import ibis

from analysis.assess.slip import one_sign_apart
from analysis.classify.cells import text_of
from analysis.classify.values import folded
from analysis.declare.moments import day_of
from analysis.ground.watch import Watch
from analysis.model import Impact, People, tables
from analysis.model.codes import Agreeing
from analysis.model.tables import Kept
from analysis.resolve.gather import groups, mentions
from analysis.resolve.mentions import mention_of
from analysis.resolve.normalize import numbered
from analysis.rules.kinds import months, plain
from analysis.rules.loading import load
from analysis.rules.shapes import Sounds
from analysis.store import Store
from analysis.store.functions import capitals, hash, last_signs, regexp_replace, rewritten
from analysis.store.rows import Column, Rows

NAMES = ("last_name", "first_name", "full_name", "maiden_name", "middle_name")
MOST = 50  # persons that are told
MANY = 2_000  # words of the leak that one typed word may stand for
WHOLE, BEGINS, SOUNDS, NEAR = 1000, 900, 800, 700  # how well a word agrees
ENOUGH = 0.5  # share of the question that a person must answer at least
BESIDE = 0.6  # share of what the best one answers, below which another is not told
FETCHED = 30_000  # words that are looked at closer
PARTICLES = frozenset(("DE", "DU", "DES", "LA", "LE", "LES", "NE", "NEE", "EP", "EPOUSE"))
TITLES = frozenset(("MR", "MME", "MLLE", "DR", "MONSIEUR", "MADAME", "MADEMOISELLE"))
EMAIL = r"[^\s<>;,]+@[^\s<>;,]+"
WHOLE_DATE = r"\b\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2} +[^\W\d]{3,9}\.? +\d{4}\b"
LONG_NUMBER = r"[+(]{0,2}\b\d(?:[ .\-()]{0,2}\d){8,}(?: ?[AB] ?(?:\d ?)+)?\b|\b[12] ?\d\d ?\d\d ?2[AB] ?(?:\d ?){6,8}"
SHORT_DATE = r"\b\d{1,2}[/.\-]\d{1,2}[/.\-]\d\d\b|\b\d{8}\b"
NUMBER = r"\b[A-Za-z]{0,5}[-_]?\d[\w\-]*"


@dataclass(frozen=True, slots=True)
class Typed:
    """A question in parts. `words`: of names, in capital letters; `days`: (readings of one date); `numbers`: without signs."""

    words: tuple[str, ...] = ()
    together: tuple[frozenset[str], ...] = ()  # of each word, what it is with its neighbors written as one (LEGOFF)
    days: tuple[tuple[date, ...], ...] = ()
    emails: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.words) + len(self.days) + len(self.emails) + len(self.numbers)

    @property
    def parts(self) -> tuple[tuple[Agreeing, str], ...]:
        """What each part is, and how it was understood, in the order of `Hit.levels`."""
        days = ((Agreeing.BIRTH, min(found).isoformat()) for found in self.days)
        emails = ((Agreeing.EMAIL, text) for text in self.emails)
        numbers = ((Agreeing.NUMBER, text) for text in self.numbers)
        return (*((Agreeing.NAME, word) for word in self.words), *days, *emails, *numbers)


@dataclass(frozen=True, slots=True)
class Hit:
    """A person, and how well each part of the question agrees (0 to 1)."""

    person: int
    levels: tuple[float, ...]

    @property
    def whole(self) -> bool:
        """Whether everything agrees to the letter."""
        return all(level == 1 for level in self.levels)


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked, the persons, whether there are more, and in which kinds of data it was looked for."""

    typed: Typed
    hits: tuple[Hit, ...]
    more: bool
    kinds: tuple[str, ...]


def understood(text: str) -> Typed:
    """What a person typed, taken apart: first what cannot be anything else."""
    text, days, numbers = text[:300], list[tuple[date, ...]](), list[str]()

    def dated(match: re.Match[str]) -> str:
        found = readings(match.group())
        days.extend([found] if found else [])
        return " " if found else match.group()

    def counted(match: re.Match[str]) -> str:
        numbers.append(re.sub(r"[^0-9A-Z]", "", match.group().upper()))
        return " "

    emails = [match.group().lower() for match in re.finditer(EMAIL, text)]
    text = re.sub(EMAIL, " ", text)
    for pattern, told in ((WHOLE_DATE, dated), (LONG_NUMBER, counted), (SHORT_DATE, dated), (NUMBER, counted)):
        text = re.sub(pattern, told, text)
    words, together = parted([folded(piece) for piece in re.split(r"[\s,;'’\-./]+", text)])
    return Typed(words, together, tuple(days[:2]), tuple(emails[:2]), tuple(numbers[:4]))


def parted(pieces: Sequence[str]) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The words that names are looked for by, and each with a neighbor as one word; particles alone tell nothing."""
    every = [piece for piece in pieces if piece]
    pairs = [set[str]() for _ in every]
    for at, (one, other) in enumerate(pairwise(every)):
        for place in (at, at + 1):
            pairs[place].add(one + other)
    kept = [at for at, word in enumerate(every) if len(word) > 1 and word not in PARTICLES | TITLES][:8]
    return tuple(every[at] for at in kept), tuple(frozenset(pairs[at]) for at in kept)


def readings(text: str) -> tuple[date, ...]:
    """The days that a text may mean: day first, else year first, else month first; two digits of a year are of either
    century."""
    named = re.fullmatch(r"(\d{1,2}) +([^\W\d]+)\.? +(\d{4})", text)
    if named:
        return if_real(day_of(int(named[3]), months().get(plain(named[2]), 0), int(named[1])))
    parts = [text[:2], text[2:4], text[4:]] if text.isdigit() else re.split(r"[/.\-]", text)
    if len(parts) != 3:
        return ()
    one, two, three = map(int, parts)
    if len(parts[0]) == 4:
        return if_real(day_of(one, two, three))
    years = [three] if len(parts[2]) == 4 else [1900 + three, 2000 + three] if len(parts[2]) == 2 else []
    return tuple(
        day
        for year in years
        for day in (*if_real(day_of(year, two, one)), *(if_real(day_of(year, one, two)) if two > 12 else ()))
    )


def if_real(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day,)


@dataclass(frozen=True, slots=True)
class Index:
    """The words of the names of each person, all those words with how they sound, and the mentions."""

    named: Kept[tables.NameWords]
    spelt: Kept[tables.Spelt]
    mentions: Kept[tables.Mentions]


def prepare(store: Store, people: People, watch: Watch) -> Index:
    """What persons are found by. Made once for one leak."""
    links, parts = store.table(people.links).select("mention", "person"), list[Rows]()
    for group in groups(people.exposure):
        raw = store.table(group.table.leak.table)
        for field in group.exposure.fields:
            if field.kind in NAMES and field.valid:
                cell = capitals(text_of(raw[f"c{field.position}"]))
                parts.append(raw.select(mention=mention_of(raw.rowid(), group.slot), text=cell))
    if not parts:
        parts.append(links.select("mention", text=ibis.null("string")).filter(False))
    cells = reduce(lambda one, more: one.union(more), parts).filter(lambda t: t.text.length() > 0)
    several = cells.filter(cells.text.re_search(r"\pL[^\pL]+\pL"))
    joined = several.select("mention", word=regexp_replace(several.text, r"[^\pL]", "", "g"))
    first_two = several.select("mention", word=regexp_replace(several.text, r"^[^\pL]*(\pL+)[^\pL]+(\pL+).*$", r"\1\2", "s"))
    words = cells.select("mention", word=words_of(cells.text)).union(joined).union(first_two)
    words = words.filter((words.word.length() > 1) & (words.word.length() < 60))
    spelt = words.select("word").distinct()
    known = store.keep(
        tables.Spelt,
        spelt.select("word", key=hash(spelt.word), sound=sound(spelt.word)),
        watch,
        load(Sounds).version,
    )
    named = words.inner_join(links, "mention").select("person", key=hash(words.word)).distinct()
    kept = store.keep(tables.NameWords, named.order_by("key"), watch)
    return Index(kept, known, mentions(store, people.exposure, watch))


def words_of(text: Column) -> Column:
    """One row for each word of a text."""
    split: Any = text
    return split.re_split(r"[^\pL]+").unnest()


def sound(word: Column) -> Column:
    """How a word of capital letters sounds (rules/sounds.toml)."""
    return rewritten(word, load(Sounds).steps)


def sound_of(word: str) -> str:
    """The same of one word."""
    return reduce(lambda text, step: re.sub(step[0], step[1], text), load(Sounds).steps, word)


def find(store: Store, impact: Impact, text: str, watch: Watch, index: Index | None = None) -> Found:
    """The persons who answer most of what was typed. Nothing of it is kept. `index`: where it is at hand."""
    typed, people = understood(text), impact.people
    kinds = searched(people)
    if not len(typed):
        return Found(typed, (), False, kinds)
    index = index or prepare(store, people, watch)
    rows = store.table(index.mentions).inner_join(store.table(people.links), "mention")
    with store.scratch():
        asked = [*by_name(store, typed, index, watch), *by_number(rows, typed)]
        if not asked:
            return Found(typed, (), False, kinds)
        every = reduce(lambda one, more: one.union(more), asked)
        best = every.group_by("person", "at").aggregate(level=every.level.max())
        here = {f"l{at}": (best.level * (best["at"] == at).cast("int64")).max() for at in range(len(typed))}
        whole = best.group_by("person").aggregate(score=best.level.sum(), **here)
        enough = whole.filter(whole.score >= int(ENOUGH * WHOLE * len(typed)))
        found = store.rows(enough.order_by(enough.score.desc(), enough.person).limit(MOST + 1), watch)
    near = [row for row in found if row[1] >= BESIDE * found[0][1]]
    hits = tuple(Hit(int(person), tuple(level / WHOLE for level in levels)) for person, _, *levels in near)
    return Found(typed, hits[:MOST], len(hits) > MOST, kinds)


def searched(people: People) -> tuple[str, ...]:
    """The kinds of data in which persons are looked for, and that the leak holds."""
    wanted = (*NAMES, "birth_date", "email", "phone", "national_id", "person_id")
    there = {field.kind for group in groups(people.exposure) for field in group.exposure.fields if field.valid}
    return tuple(kind for kind in wanted if kind in there)


def by_name(store: Store, typed: Typed, index: Index, watch: Watch) -> Iterator[Rows]:
    """person, at, level: whose names agree with a typed word."""
    found = dict[tuple[int, int], int]()
    for at, (word, together) in enumerate(zip(typed.words, typed.together, strict=True)):
        for key, level in words_like(store, store.table(index.spelt), word, together, watch):
            found[key, at] = level
    if found:
        sought = store.table(store.filled(tables.Sought, [(key, at, level) for (key, at), level in sorted(found.items())]))
        yield store.table(index.named).inner_join(sought, "key").select("person", "at", "level")


def words_like(store: Store, spelt: Rows, word: str, together: frozenset[str], watch: Watch) -> list[tuple[int, int]]:
    """Words of the leak that agree with a typed one, or with what it and a neighbor are as one, and how well: the best ones.

    One slip leaves the first or the second half of a word as it is: so near words are found without comparing with each."""
    said, half = sound_of(word), len(word) // 2
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    candidates = spelt.word.isin(sorted({word, *together, *swapped}))
    if said:
        candidates = candidates | (spelt.sound == said)
    if len(word) > 2:
        candidates = candidates | spelt.word.startswith(word)
    if len(word) > 3:
        long = spelt.word.length().between(len(word) - 1, len(word) + 1)
        candidates = candidates | (long & (spelt.word.startswith(word[:half]) | spelt.word.endswith(word[half:])))
    levels = [
        (int(key), how_well(there, sounds, word, said, together))
        for there, key, sounds in store.rows(spelt.filter(candidates).select("word", "key", "sound").limit(FETCHED), watch)
    ]
    return sorted((pair for pair in levels if pair[1]), key=lambda pair: (-pair[1], pair[0]))[:MANY]


def how_well(there: str, sounds: str, word: str, said: str, together: frozenset[str]) -> int:
    """How well a word of the leak agrees."""
    if there == word or there in together:
        return WHOLE
    if len(word) > 2 and there.startswith(word):
        return BEGINS
    if said and sounds == said:
        return SOUNDS
    return NEAR if len(word) > 3 and one_sign_apart(there, word) else 0


def by_number(rows: Rows, typed: Typed) -> Iterator[Rows]:
    """person, at, level: whose birth date, e-mail, phone or number agrees. `rows`: mentions with their persons."""
    at = len(typed.words)

    def agreeing(agrees: Column, place: int) -> Rows:
        return rows.filter(agrees).select("person", at=ibis.literal(place, "int64"), level=ibis.literal(WHOLE, "int64"))

    for days in typed.days:
        yield agreeing(rows.birth_date.isin(list(days)), at)
        at += 1
    for email in typed.emails:
        yield agreeing(rows.email == hash(ibis.literal(email)), at)
        at += 1
    for number in typed.numbers:
        plain: Column = ibis.literal(number)
        same = [rows.number == numbered(plain), rows.nir == numbered(plain)]
        if len(number) >= 9 and number.isdigit():
            same.append(rows.phone == hash(last_signs(plain, 9)))
        if len(number) == 5:
            same.append(rows.postal_code == number)
        yield agreeing(reduce(lambda one, more: one | more, same), at)
        at += 1
