"""Lists that came back from those who sent the messages in; whom they reached, and by what the others are told next, out."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import or_

import ibis
from ibis import _

from analysis.assess.profile import flags_of
from analysis.assess.rating import reaching
from analysis.classify.cells import bare
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import LANGUAGES, Said, Words, mark, printable, say
from analysis.model import Leak, tables
from analysis.model.codes import Channel
from analysis.model.tables import Kept
from analysis.resolve.mentions import ROWS
from analysis.rules.kinds import bare_words
from analysis.rules.loading import load
from analysis.rules.papers import Returned
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.functions import regexp_replace
from analysis.store.rows import Column, Rows

PERSON, MAIL, PHONE, LINE = mark("Person"), mark("E-mail"), mark("Phone"), mark("Line {n}")  # heads of the lists
SENT, FAILED, DELIVERED = 1, 2, 3
LOOKED_AT = 1_000  # rows that tell what a column says
FEW = 5  # texts that are told
MOST_WORDS = 2_000  # different texts of a column of what came of it


@dataclass(frozen=True, slots=True)
class Account:
    """People reached, people to whom it did not get, by channel; of those, how many can be told by another one; rows that name
    nobody of the lists, and texts that were not understood."""

    reached: tuple[tuple[Channel, int], ...]
    failed: tuple[tuple[Channel, int], ...]
    told: int
    again: int
    lost: int
    strange: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """One file that came back: which column names the person and how, by which channel it was (none: her own), which column says
    what came of it (none: all of it came back)."""

    leak: Leak
    by: str  # person, email or phone
    key: int
    channel: Channel | None
    state: int | None


def heads_of(said: str) -> frozenset[str]:
    """A head of our lists in every language, as it is compared."""
    return frozenset(bare_words(Words(language)(said, n=1)) for language in LANGUAGES)


def understood(store: Store, leak: Leak) -> Back:
    """Raises Trouble where no column names anybody."""
    heads = [bare_words(name) for name in leak.columns]

    def at(names: frozenset[str]) -> int | None:
        return next((place for place, head in enumerate(heads) if head in names), None)

    raw = store.table(leak.table)
    rows = store.rows(raw.limit(LOOKED_AT))
    mail, phone = at(heads_of(MAIL)), at(heads_of(PHONE))
    if mail is None:
        mail = next((place for place in range(len(heads)) if mostly(rows, place, lambda text: "@" in text)), None)
    state = at(load(Returned).heads)
    if state is None:
        known = {place: sum(state_of(text) is not None for text in column(rows, place)) for place in range(len(heads))}
        best = max(known, key=lambda place: known[place], default=0)
        state = best if known.get(best, 0) > len(rows) / 2 else None
    channel = Channel.EMAIL if mail is not None else Channel.SMS if phone is not None else None
    if channel is None and at(heads_of(LINE)) is not None:
        channel = Channel.POST
    for by, key in (("person", at(heads_of(PERSON))), ("email", mail), ("phone", phone)):
        if key is not None:
            return Back(leak, by, key, channel, state)
    said = say(
        "The list {name} names nobody: it needs the column Person of the lists, or an e-mail or phone.", name=printable(leak.name)
    )
    raise Trouble("returned", said, BAD_ARGUMENTS)


def column(rows: Sequence[Sequence[str | None]], place: int) -> list[str]:
    return [text for row in rows if (text := (row[place] or "").strip())]


def mostly(rows: Sequence[Sequence[str | None]], place: int, holds: Callable[[str], bool]) -> bool:
    texts = column(rows, place)
    return sum(map(holds, texts)) > len(texts) / 2


def state_of(text: str) -> int | None:
    """What a text says came of a message; None where it is not understood. The longest words decide."""
    rule, said = load(Returned), f" {bare_words(text)} "
    found = [
        (len(word), state)
        for state, words in ((SENT, rule.sent), (FAILED, rule.failed), (DELIVERED, rule.delivered))
        for word in words
        if f" {word} " in said
    ]
    return max(found)[1] if found else None


def came_back(
    store: Store, rows: Rows, leaks: Sequence[Leak], watch: Watch
) -> tuple[Kept[tables.Returned], int, tuple[str, ...]]:
    """What came of each message; rows that name nobody, texts that were not understood. `rows`: of `assess.addresses`."""
    parts, strange, unknown = list[Rows](), 0, dict[str, None]()
    for leak in leaks:
        back = understood(store, leak)
        told, words = states(store, back)
        unknown |= dict.fromkeys(words)
        found = matched(rows, told, back)
        named = int(store.one(found.aggregate(n=found.row.nunique()), watch)["n"])
        strange += leak.rows - named
        parts.append(found.select("person", "channel", "state"))
    every = parts[0] if len(parts) == 1 else ibis.union(*parts)
    best = every.group_by("person", "channel").aggregate(state=_.state.max())
    return store.keep(tables.Returned, best, watch), strange, tuple(unknown)


def states(store: Store, back: Back) -> tuple[Rows, list[str]]:
    """row, key, state: of each line of a file, and the texts that say nothing we know (such a line counts as sent: nothing tells
    that it came back)."""
    raw = store.table(back.leak.table)
    rows = raw.select(
        row=raw.rowid(), key=bare(raw[f"c{back.key}"]), said=bare(raw[f"c{back.state}"]) if back.state is not None else ""
    )
    if back.state is None:
        return rows.select("row", "key", state=ibis.literal(FAILED, "int64")), []
    texts = [str(text) for (text,) in store.rows(rows.select("said").distinct().limit(MOST_WORDS)) if text]
    known = {text: state for text in texts if (state := state_of(text)) is not None}
    state = ibis.cases(
        *((rows.said.isin([text for text in known if known[text] == code]), code) for code in (FAILED, DELIVERED)), else_=SENT
    )
    return rows.select("row", "key", state=state.cast("int64")), [text for text in texts if text not in known]


def matched(rows: Rows, told: Rows, back: Back) -> Rows:
    """row, person, channel, state. A contact stands for everybody who shares it."""
    people = rows.select("person", "channel", "email", "phone", "by_email", "by_phone", "profile")
    match back.by:
        case "person":
            slot = ibis.coalesce(told.key.split("/")[1].try_cast("int64"), 0)
            found = people.inner_join(told.mutate(person=told.key.split("/")[0].try_cast("int64") - 1 + slot * ROWS), "person")
        case "email":
            mine = people.mutate(key=ibis.coalesce(people.by_email, people.email).lower())
            found = mine.inner_join(told.mutate(key=told.key.lower()), "key")
        case _:
            mine = people.mutate(key=last_digits(ibis.coalesce(people.by_phone, people.phone)))
            found = mine.inner_join(told.mutate(key=last_digits(told.key)), "key")
    hers: Column = found.channel
    if back.channel is not None:
        hers = ibis.literal(str(back.channel))
        if back.channel is Channel.SMS:
            hers = ibis.ifelse(found.channel == str(Channel.CALL), found.channel, hers)
    return found.select("row", "person", channel=hers, state=found.state)


def last_digits(phone: Column) -> Column:
    return regexp_replace(phone, r"\D", "", "g").right(9).nullif("")


def following(store: Store, rows: Rows, returned: Kept[tables.Returned], watch: Watch) -> Kept[tables.Following]:
    """Whom nothing reached, and the next channel that may."""
    told = store.table(returned)
    failed = {channel: (told.filter((told.channel == str(channel)) & (told.state == FAILED)).person) for channel in Channel}
    reached = told.filter(told.state != FAILED).person
    back = rows.filter(rows.person.isin(told.person) & ~rows.person.isin(reached))
    marks = {f"f_{channel}": back.person.isin(people) for channel, people in failed.items()}
    known = back.select("person", "profile", **marks).view()
    combos = store.rows(known.drop("person").distinct(), watch)
    by_next: dict[str, list[Column]] = {}
    for profile, *tried in combos:
        gone = {str(channel) for channel, was in zip(Channel, tried, strict=True) if was}
        same = known.profile == int(profile)
        for channel, was in zip(Channel, tried, strict=True):
            same &= known[f"f_{channel}"] == bool(was)
        name = next((name for name in reaching(flags_of(int(profile))) if name not in gone), "none")
        by_next.setdefault(name, []).append(same)
    none = ibis.literal("none")
    cases = [(balanced(or_, told), name) for name, told in by_next.items() if name != "none"]
    chosen = ibis.cases(*cases, else_="none") if cases else none
    return store.keep(tables.Following, known.select("person", next=chosen), watch)


def account(
    store: Store,
    returned: Kept[tables.Returned],
    later: Kept[tables.Following],
    strange: int,
    unknown: tuple[str, ...],
    watch: Watch,
) -> Account:
    told, counts = store.table(returned), Counter[tuple[str, bool]]()
    for channel, bad, n in store.rows(told.group_by("channel", bad=told.state == FAILED).aggregate(n=_.count()), watch):
        counts[str(channel), bool(bad)] += int(n)
    reached = int(store.one(told.filter(told.state != FAILED).aggregate(n=_.person.nunique()), watch)["n"])
    many = {str(name): int(n) for name, n in store.rows(store.table(later).group_by("next").aggregate(n=_.count()), watch)}
    lost = many.pop("none", 0)

    def by_channel(bad: bool) -> Iterator[tuple[Channel, int]]:
        return ((channel, n) for channel in Channel if (n := counts[str(channel), bad]))

    return Account(tuple(by_channel(False)), tuple(by_channel(True)), reached, sum(many.values()), lost, strange, unknown)


def back_said(back: Account) -> list[Said]:
    """What the lists that came back tell, in sentences."""
    n = back.again + back.lost
    found = [
        say(
            "{n} person was reached by the lists that came back.",
            "{n} people were reached by the lists that came back.",
            n=back.told,
        ),
        say(
            "Of {n} whom nothing reached, {again} can be told by another channel and {lost} by none.",
            n=n,
            again=back.again,
            lost=back.lost,
        ),
    ]
    if back.strange:
        found.append(say("{n} line names nobody of this leak.", "{n} lines name nobody of this leak.", n=back.strange))
    if back.unknown:
        texts = ", ".join(printable(text)[:40] for text in back.unknown[:FEW])
        found.append(say("Not understood, and taken for sent: {texts}.", texts=texts))
    return found
