"""Exposure in, the mentions of every table that is counted out, each with its keys: of the subject of a row, of the other
people that it names, and of whom it refers to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis

from analysis.classify.cells import text_of
from analysis.ground.watch import Watch
from analysis.model import Exposure, Key, tables
from analysis.model.codes import Role
from analysis.model.tables import Kept
from analysis.resolve.compared import compared, evidence, whole_date
from analysis.resolve.fullname import has_names
from analysis.resolve.identity import OWNED, keyed, keyed_beside, keyed_of
from analysis.resolve.mentions import SLOTS, Described, mention_of, row_of, slot_of, subject_of
from analysis.resolve.normalize import features
from analysis.rules.kinds import rules_version
from analysis.rules.roles import NOBODY, spoken
from analysis.store import Store
from analysis.store.functions import hash_all, hashed
from analysis.store.rows import Column, Rows

# Kinds that tell namesakes apart where there is no whole birth date.
RESTING = frozenset({"birth_date", "sex", "birth_place", "national_id", "death_date", "middle_name", "maiden_name"})
# Roles in which a name alone tells who somebody is: there are few of them, and many rows speak of each.
KNOWN_BY_NAME = frozenset({Role.PROFESSIONAL, Role.STAFF})
SAME = 0.5  # share of the rows of a table that bear the name of whom they refer to, from which it is about her


@dataclass(frozen=True, slots=True)
class Group:
    """Columns of a table that describe one person of each row. `exposure`: of them alone; `table`: of the whole table."""

    table: Exposure
    exposure: Exposure
    slot: int  # among those of all tables
    place: int  # among those of the row
    role: Role
    key: Key | None = None  # by which the row refers to a person of another table

    @property
    def name(self) -> str:
        """Of the table."""
        return self.table.leak.sheet.name


def groups(exposure: Exposure) -> tuple[Group, ...]:
    """Those of all tables that are counted, in the order of their slots."""
    found: list[Group] = []
    for table in exposure.counted:
        key = key_of(exposure, table)
        for place in table.seats:
            if len(found) < SLOTS:
                role = table.role_of(place) if place or table is exposure else role_of(table, key)
                found.append(Group(table, table.seat(place), len(found), place, role, None if place else key))
    return tuple(found)


def lines_of(
    store: Store, every: tuple[Group, ...], mentions: Sequence[int], columns: Callable[[Group], Sequence[str]], watch: Watch
) -> Iterator[tuple[int, Group, tuple[str, ...]]]:
    """Each mention with its group and the texts that stand in its row: of the `columns` of that group (an empty one: no text)."""
    for slot in sorted({slot_of(mention) for mention in mentions}):
        group = every[slot]
        wanted = [row_of(mention) for mention in mentions if slot_of(mention) == slot]
        for row, *texts in store.lines(group.table.leak.table, columns(group), wanted, watch):
            yield mention_of(int(row), slot), group, tuple(cell or "" for cell in texts)


def key_of(exposure: Exposure, table: Exposure) -> Key | None:
    """By which column a row of a table refers to a person, the subject of a row before anybody else. Who is named in the table
    that is looked at refers to nobody."""
    order = [item.leak.sheet.name for item in exposure.counted]
    named = table is exposure and has_names(table.seat(0))
    mine = [key for key in exposure.keys if key.left == table.leak.sheet.name and key.right in order and not named]
    return min(mine, key=lambda key: (order.index(key.right), -key.share), default=None)


def role_of(table: Exposure, key: Key | None) -> Role:
    """What the subjects of another table are: by its name; people who stand beside a patient are others."""
    told = spoken(table.leak.sheet.name.rpartition("/")[2])
    if told and told.role != NOBODY:
        return Role(told.role)
    return Role.OTHER if key is not None and has_names(table.seat(0)) else Role.SUBJECT


def mentions(store: Store, exposure: Exposure, watch: Watch) -> Kept[tables.Mentions]:
    """The table of mentions, normalized, with their keys."""
    every = groups(exposure)
    first = every[0].exposure
    whom = subject_of(store, exposure, 0, every[0].role, watch)
    found = keyed(features(store, first, rest_of(store, first, watch), whom))
    if not first.about_people:
        found = found.filter(False)
    if len(every) == 1:
        return store.keep(tables.Mentions, found, watch, rules_version())
    whole = reduce(lambda one, more: one.union(more.select(*one.columns)), others(store, every, found, watch))
    return store.view(tables.Mentions, whole, rules_version())


def others(store: Store, every: tuple[Group, ...], first: Rows, watch: Watch) -> Iterator[Rows]:
    """The keyed mentions of each group, one after the other: what refers to others stands behind them."""
    subjects: dict[str, Rows] = {}  # of each table, the keyed mentions of its subjects
    for group in behind_one_another(every):
        name = group.name
        if not group.slot and group.key is None:
            made = first
        elif group.place:
            known = group.role in KNOWN_BY_NAME
            rows = features(store, group.exposure, None, Described(group.slot, group.role))
            made = keyed_beside(rows, owners(subjects[name], mention_of(row_of(subjects[name].mention), group.slot)), known)
        else:
            made = of_table(store, group, subjects, watch)
        kept = store.table(store.keep(tables.Mentions, made, watch, rules_version()))
        if not group.place:
            subjects[name] = kept
        yield kept


def behind_one_another(every: tuple[Group, ...]) -> list[Group]:
    """The groups of a table behind those of the table that it refers to; where references go round in a circle, in their
    order."""
    left, found, done = list(every), list[Group](), set[str]()
    while left:
        free = [item for item in left if item.key is None or item.key.right in done] or left[:1]
        for item in free:
            found += [other for other in left if other.table is item.table and other not in found]
            done.add(item.name)
        left = [item for item in left if item not in found]
    return found


def of_table(store: Store, group: Group, subjects: dict[str, Rows], watch: Watch) -> Rows:
    """The subjects of another table: people of their own, people beside those to whom they refer, or these themselves."""
    whom = subject_of(store, group.table, group.slot, group.role, watch)
    rows = features(store, group.exposure, rest_of(store, group.exposure, watch) if group.key is None else None, whom)
    key = group.key
    if key is None or key.right not in subjects:
        return keyed(rows).filter(lambda t: t.names.notnull() | t.email.notnull() | t.phone.notnull() | t.birth_date.notnull())
    raw = store.table(group.table.leak.table)
    referring = raw.select(of=mention_of(raw.rowid(), group.slot), key=hashed(text_of(raw[f"c{key.left_column}"])))
    there = store.table(next(sheet.table for sheet in group.table.leak.sheets if sheet.name == key.right))
    named = there.select(key=hashed(text_of(there[f"c{key.right_column}"])), at=there.rowid())
    named = named.filter(named.key.notnull()).group_by("key").aggregate(at=named["at"].min())
    owner = subjects[key.right].mutate(at=row_of(subjects[key.right].mention))
    refer = referring.inner_join(named, "key").select("at", mention=referring.of)
    found = store.table(store.keep(tables.Referring, refer, watch)).rename(of="mention")
    owned = owners(owner.inner_join(found, "at"), None)
    numbered = referring.filter(referring.key.notnull())
    if not has_names(group.exposure) or same_people(store, rows, owned, watch):
        return keyed_of(rows, owned, numbered)
    return keyed_beside(rows, owned, group.role in KNOWN_BY_NAME)


def same_people(store: Store, rows: Rows, owned: Rows, watch: Watch) -> bool:
    """Whether most rows bear the name of the person to whom they refer."""
    both = rows.inner_join(owned, rows.mention == owned.of)
    told = store.one(
        both.aggregate(
            n=(both.last_name.notnull() & both.last_name_of.notnull()).sum(),
            same=((both.last_name == both.last_name_of) & (both.first_name == both.first_name_of)).sum(),
        ),
        watch,
    )
    return int(told["same"] or 0) >= SAME * max(int(told["n"] or 0), 1)


def owners(rows: Rows, of: Column | None) -> Rows:
    """of: the mention beside which somebody stands; what is known of her, with `_of`."""
    number = rows["of"] if of is None else of
    return rows.select(of=number, **{f"{name}_of": rows[name] for name in OWNED})


def rest_of(store: Store, subject: Exposure, watch: Watch) -> Column | None:
    """One number for all that tells persons apart where there is no whole birth date; where nobody is named, for all that
    rows say."""
    born = subject.of_kind("birth_date")
    named = has_names(subject)
    if named and (born is None or whole_date(born)):
        return None
    items = [item for item in compared(store, subject, watch) if not named or item.field.kind in RESTING]
    raw = store.table(subject.leak.table)
    return hash_all(ibis.struct({item.name: evidence(raw, item) for item in items})) if items else None
