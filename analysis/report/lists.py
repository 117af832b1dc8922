"""Impact in, the lists of those who must be told out (Article 34): one for each channel, ready for a mail merge, and who cannot
be told, and why. They hold names and contacts of the leak: encrypted with a passphrase unless somebody said otherwise."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis import _

from analysis import assess
from analysis.assess.profile import PROFILE
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.now import now
from analysis.ground.watch import Watch
from analysis.ground.words import Said, Words, mark, say
from analysis.model import Impact, Leak
from analysis.model.codes import Channel, Role
from analysis.report.merge import Line, made, target, write_csv, write_one
from analysis.report.returned import Account, account, came_back, following
from analysis.resolve.mentions import roles_of, row_of, slot_of
from analysis.store import Store
from analysis.store.functions import regexp_replace
from analysis.store.rows import Column, Rows

LINE = 38  # signs of a line of a French address (AFNOR XP Z10-011)
SHORTEST = 12  # signs of a passphrase
THEIRS = mark("The legal representative of {name}")
KIN = mark("The relatives of {name}")
TOGETHER = mark("{name} and the people of this address")
KINDS = ("csv", "xlsx", "parquet")
ORDER = (Channel.EMAIL, Channel.SMS, Channel.POST, Channel.CALL, Channel.RELATIVES, Channel.NONE)


@dataclass(frozen=True, slots=True)
class Handed:
    """How many people are on each list, how many lines it has, and why nobody can be told of those of the last."""

    people: tuple[tuple[Channel, int], ...]
    lines: tuple[tuple[Channel, int], ...]
    why: tuple[tuple[str, int], ...]  # a code of `UNTOLD`, people
    back: Account | None = None  # where these are the lists of those whom earlier ones did not reach

    @property
    def informed(self) -> int:
        return sum(n for channel, n in self.people if channel is not Channel.NONE)

    @property
    def not_informed(self) -> int:
        return dict(self.people).get(Channel.NONE, 0)


UNTOLD: dict[str, Said] = {
    "crowd": say("the contact is shared by many unrelated people"),
    "mailbox": say("the mailbox is that of an office, not of a person"),
    "nothing": say("no valid e-mail, phone or address"),
    "returned": say("everything that was sent came back"),
}


def write_lists(
    store: Store,
    impact: Impact,
    path: Path,
    words: Words,
    watch: Watch,
    passphrase: str | None,
    kind: str = "csv",
    households: bool = False,
    back: Sequence[Leak] = (),
) -> Handed:
    """An archive (AES-256, WinZip AE-2) of one list for each channel and a summary, or, without a passphrase, a folder of them in
    clear. `kind`: one of `KINDS`; `households`: one letter for each address and not for each person; `back`: lists that came
    back: only those whom they did not reach are listed, by their next channel. Raises Trouble; whole or not at all."""
    check(passphrase, kind)
    with store.scratch():
        rows = store.table(assess.addresses(store, impact, watch.within(0.0, 0.3)))
        rows, came = after(store, rows, back, watch) if back else (rows.mutate(why=untold(rows.profile)), None)
        people, why = counted(store, rows, watch)
        with target(path, passphrase) as add, ThreadPoolExecutor(1, "ampleur-lists") as writer:  # one is written, the next made
            writing: list[Future[int]] = []
            for at, channel in enumerate(ORDER):
                part = watch.within(0.3 + 0.1 * at, 0.4 + 0.1 * at)
                part.tell(say("Writing the lists"))
                asked = listed(store, rows, channel, words, households).order_by("person")
                write, head = made(store, asked, kind, part), heads(channel, words)
                name = f"{at + 1}-{channel}.{kind}"
                writing.append(writer.submit(copy_context().run, write_one, add, name, write, head, words))
            written = {channel: done.result() for channel, done in zip(ORDER, writing, strict=True)}
            handed = Handed(tuple((item, people[item]) for item in ORDER), tuple(written.items()), why, came)
            with add("0-summary.csv") as stream:
                write_csv(stream, (words("What"), words("People"), words("Lines")), summary(impact, handed, words), words)
    return handed


def counted(store: Store, rows: Rows, watch: Watch) -> tuple[Counter[Channel], tuple[tuple[str, int], ...]]:
    """People by channel, and of those whom none reaches, why."""
    found = store.rows(rows.group_by("channel").aggregate(n=_.count()), watch)
    none = rows.filter(rows.channel == str(Channel.NONE))
    why = store.rows(none.group_by("why").aggregate(n=_.count()).order_by("why"), watch)
    return Counter({Channel(str(channel)): int(n) for channel, n in found}), tuple((str(code), int(n)) for code, n in why)


def after(store: Store, rows: Rows, back: Sequence[Leak], watch: Watch) -> tuple[Rows, Account]:
    """Those whom the lists that came back did not reach, each with her next channel."""
    returned, strange, unknown = came_back(store, rows, back, watch)
    later = following(store, rows, returned, watch)
    found = rows.drop("channel").inner_join(store.table(later), "person").rename(channel="next")
    return found.mutate(why=ibis.literal("returned")), account(store, returned, later, strange, unknown, watch)


def check(passphrase: str | None, kind: str) -> None:
    if kind not in KINDS:
        raise Trouble("lists_kind", say("Lists are written as csv, xlsx or parquet."), BAD_ARGUMENTS)
    if passphrase is not None:
        check_passphrase(passphrase)


def check_passphrase(passphrase: str) -> None:
    """Raises Trouble for one that is too short."""
    if len(passphrase) < SHORTEST:
        said = say("The passphrase must have {n} signs or more: four words that you choose by chance are enough.", n=SHORTEST)
        raise Trouble("passphrase", said, BAD_ARGUMENTS)


def listed(store: Store, rows: Rows, channel: Channel, words: Words, households: bool) -> Rows:
    """The lines of a list, each cell as text: of the representative where one reaches a minor."""
    mine = rows.filter(rows.channel == str(channel)).mutate(at_home=ibis.literal(1, "int64"))
    if households and channel is Channel.POST:
        homes = mine.filter(mine.house.notnull()).group_by("house").aggregate(n=_.count(), first=_.person.min())
        joined = mine.left_join(homes, "house")
        mine = joined.filter(joined.first.isnull() | (joined.first == joined.person)).mutate(at_home=joined.n.fill_null(1))
    contact = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.POST: "street"}.get(channel)
    through = (mine.minor & mine[f"by_{contact}"].notnull()).fill_null(False) if contact else ibis.literal(False)

    def reached(part: str) -> Column:
        return ibis.ifelse(through, mine[f"by_{part}"], mine[part]).fill_null("")

    name, by = mine.name, mine.by_name.fill_null("")
    to = ibis.ifelse(mine.minor & ~through, phrased(words, THEIRS, name), ibis.ifelse(through & (by != ""), by, name))
    if channel is Channel.RELATIVES:
        to = phrased(words, KIN, name)
    elif households and channel is Channel.POST:
        to = ibis.ifelse(mine.at_home > 1, phrased(words, TOGETHER, to), to)
    told = {
        "n": numbered(mine.person),
        "role": in_roles(store, mine, words),
        "to": to,
        "about": ibis.ifelse(mine.minor | (channel is Channel.RELATIVES), name, ""),
        "last": ibis.coalesce(mine.last_name, mine.full_name, ibis.literal("")),
        "first": mine.first_name.fill_null(""),
    }
    match channel:
        case Channel.EMAIL:
            more = {"contact": reached("email"), "same": mine.same_mail}
        case Channel.SMS | Channel.CALL:
            more = {"contact": dialled(reached("phone")), "same": mine.same_line}
        case Channel.NONE:
            more = {"why": ibis.cases(*((mine.why == code, words.of(said)) for code, said in UNTOLD.items()), else_="")}
        case _:
            more = {"street": reached("street").upper(), "code": reached("postal_code"), "city": reached("city").upper()}
            more["same"] = mine.same_house
    texts = mine.select("person", **{key: value.cast("string") for key, value in (told | more).items()}).view()
    return in_block(texts) if "street" in more else texts


def phrased(words: Words, said: str, name: Column) -> Column:
    """A sentence with a name in it, as an expression."""
    before, _, after = words(said, name="{name}").partition("{name}")
    return ibis.literal(before) + name + ibis.literal(after)


def numbered(person: Column) -> Column:
    """As `persons.number_of` says it."""
    row, slot = (row_of(person) + 1).cast("string"), slot_of(person)
    return ibis.ifelse(slot > 0, row + "/" + slot.cast("string"), row)


def in_roles(store: Store, rows: Rows, words: Words) -> Column:
    masks = [int(mask) for (mask,) in store.rows(rows.select("roles").distinct())]
    subject = words.of(Role.SUBJECT.said)
    told = {mask: ", ".join(words.of(item.said) for item in roles_of(mask)) or subject for mask in masks}
    return (
        ibis.cases(*((rows.roles == mask, text) for mask, text in told.items()), else_=subject) if told else ibis.literal(subject)
    )


def dialled(phone: Column) -> Column:
    """Digits alone, + as 00: a sheet takes a plus for a formula."""
    digits = regexp_replace(phone, r"\D", "", "g")
    return ibis.ifelse(phone.startswith("+"), "00" + digits, digits)


def untold(profile: Column) -> Column:
    """Why nothing reaches somebody (a code of `UNTOLD`)."""

    def has(*flags: str) -> Column:
        return (profile & sum(1 << PROFILE.index(flag) for flag in flags)) != 0

    return ibis.cases((has("crowded_email", "crowded_phone"), "crowd"), (has("email_role"), "mailbox"), else_="nothing")


def heads(channel: Channel, words: Words) -> Line:
    fixed = (words("Person"), words("Role"), words("To"), words("About"), words("Last name"), words("First name"))
    shared = words("People who share it")
    match channel:
        case Channel.EMAIL:
            return (*fixed, words("E-mail"), shared)
        case Channel.SMS | Channel.CALL:
            return (*fixed, words("Phone"), shared)
        case Channel.NONE:
            return (*fixed, words("Why not"))
        case _:
            return (*fixed, *(words("Line {n}", n=at) for at in range(1, 5)), words("Postal code"), words("City"), shared)


def in_block(rows: Rows) -> Rows:
    """The addressee and the street in four lines of at most 38 signs; each takes one or two, and the last ones stay empty."""
    blanks, both = r"[\s\p{Z}]+", ("to", "street")
    plain = rows.mutate(**{name: regexp_replace(rows[name], blanks, " ", "g").strip() for name in both}).view()  # each once
    first = plain.mutate(**{f"{name}1": fitting(plain[name]) for name in both}).view()
    rest = first.mutate(**{f"{name}2": first[name].substr(first[f"{name}1"].length() + 1) for name in both}).view()
    lines = {f"{name}1": rest[f"{name}1"].left(LINE) for name in both}
    cut = rest.mutate(**lines, **{f"{name}2": fitting(rest[f"{name}2"]).left(LINE) for name in both}).view()
    more = cut.to2 != ""
    return cut.select(
        *("person", "n", "role", "to", "about", "last", "first"),
        line1=cut.to1,
        line2=ibis.ifelse(more, cut.to2, cut.street1),
        line3=ibis.ifelse(more, cut.street1, cut.street2),
        line4=ibis.ifelse(more, cut.street2, ""),
        code=cut.code,
        city=cut.city,
        same=cut.same,
    )


def fitting(text: Column) -> Column:
    """What a line takes of a text: whole words, or a single one that is longer."""
    words = text.left(LINE + 1).re_extract("^(.*) ", 1)
    return ibis.ifelse(text.length() <= LINE, text, ibis.ifelse(words != "", words, text.re_extract("^[^ ]*", 0)))


def summary(impact: Impact, handed: Handed, words: Words) -> Iterator[Line]:
    lines, back = dict(handed.lines), handed.back
    if back is not None:
        for channel, people in back.reached:
            yield words("Reached: {channel}", channel=channel.said), str(people), ""
        for channel, people in back.failed:
            yield words("Came back: {channel}", channel=channel.said), str(people), ""
        yield words("People reached by the lists that came back"), str(back.told), ""
        yield words("Lines that name nobody of this leak"), str(back.strange), ""
    for channel, people in handed.people:
        yield words.of(channel.said), str(people), str(lines[channel])
    for code, people in handed.why:
        yield words("Not told: {why}", why=UNTOLD[code]), str(people), ""
    yield words("People told"), str(handed.informed), ""
    yield words("People not told by these lists"), str(handed.not_informed), ""
    yield words("People in all"), str(handed.informed + handed.not_informed), ""
    yield words("SHA-256 of the file"), impact.people.exposure.leak.sha256, ""
    yield words("Written"), now().isoformat(sep=" ", timespec="minutes"), ""
