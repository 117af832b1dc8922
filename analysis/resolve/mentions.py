"""The numbers of mentions, and whom they describe. A mention is what one row says of one person; a person has the number of her
first mention.

A number tells its row, and above it the slot: which people of which table the mention is of (0: the subjects of the table that is
looked at). Only this file knows how."""

from dataclasses import dataclass
from typing import overload

import ibis

from analysis.classify.cells import text_of
from analysis.ground.watch import Watch
from analysis.model import Exposure, tables
from analysis.model.codes import Role
from analysis.model.tables import NOWHERE, Kept
from analysis.rules.roles import spoken
from analysis.store import Store
from analysis.store.functions import hashed
from analysis.store.rows import Column, Rows

ROWS = 1 << 40  # that a table has room for
SLOTS = 64  # columns that describe one person each, of all tables
VALUES = 2_000  # ways to say a role that are looked at, the most frequent first


@overload
def mention_of(row: int, slot: int = 0) -> int: ...
@overload
def mention_of(row: Column, slot: int = 0) -> Column: ...
def mention_of(row: int | Column, slot: int = 0) -> int | Column:
    """The number of the mention of a row of a table."""
    return row + slot * ROWS


@overload
def row_of(mention: int) -> int: ...
@overload
def row_of(mention: Column) -> Column: ...
def row_of(mention: int | Column) -> int | Column:
    """The row of a mention; of a person, the row that stands for her."""
    return mention % ROWS


@overload
def slot_of(mention: int) -> int: ...
@overload
def slot_of(mention: Column) -> Column: ...
def slot_of(mention: int | Column) -> int | Column:
    """The slot of a mention."""
    return mention // ROWS


def moved(mention: int, row: int, by: int) -> int | None:
    """The number of a mention of a single table once a row has come in before `row` (`by`: 1) or `row` has gone (-1); None for
    the one that is gone."""
    if row_of(mention) < row:
        return mention
    return None if by < 0 and row_of(mention) == row else mention + by


def bit_of(role: Role) -> int:
    """Of the roles of a person."""
    return 1 << tuple(Role).index(role)


def roles_of(mask: int) -> tuple[Role, ...]:
    """The roles that the bits of a person stand for."""
    return tuple(role for role in Role if mask & bit_of(role))


@dataclass(frozen=True, slots=True)
class Described:
    """Whom some columns describe: her place among the people of a row, her role, and, where a column says the role of each (at
    `column`), the bits of its words."""

    slot: int = 0
    role: Role = Role.SUBJECT
    column: int = -1
    words: Kept[tables.RoleWords] = NOWHERE

    def bits(self, store: Store, rows: Rows) -> Rows:
        """The rows with `roles`; `role_key`: the hash of what the column says. A word that says no known role: another
        person's."""
        if not self.words:
            return rows.mutate(roles=ibis.literal(bit_of(self.role), "int32"))
        said = store.table(self.words)
        told = rows.left_join(said, rows.role_key == said.key)
        return told.mutate(roles=told.bit.fill_null(bit_of(Role.OTHER)).cast("int32")).drop("bit", "key")


def subject_of(store: Store, exposure: Exposure, slot: int, role: Role, watch: Watch) -> Described:
    """Whom the rows of a table are about."""
    field = exposure.telling
    if field is None:
        return Described(slot, role)
    raw = store.table(exposure.leak.table)
    cells = raw.select(value=text_of(raw[f"c{field.position}"])).mutate(key=lambda t: hashed(t.value))
    sizes = cells.group_by("value", "key").aggregate(n=cells.count())
    values = store.rows(sizes.order_by([sizes.n.desc(), sizes.key]).limit(VALUES), watch)
    known = [(key, bit_of(Role(told.role))) for value, key, _ in values if value and (told := spoken(value))]
    return Described(slot, role, field.position, store.make(tables.RoleWords, known))
