"""Impact and a record in, that record in every table of the engine out: masked, from the text of the file to the person's
rating."""

from datetime import date

from analysis.classify import masked
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.model import Impact, tables
from analysis.model.tables import stage_of
from analysis.resolve.mentions import mention_of
from analysis.store import Store
from analysis.store.rows import Column

CODES = frozenset({"reason", "sex", "department"})  # texts that tell nobody

WIDE = 1 << 48  # from here on a number is a hash


def traced(store: Store, impact: Impact, row: int, watch: Watch) -> list[tuple[str, dict[str, str]]]:
    """Table, and column -> what stands there, in the order in which the tables were made. `row`: from 1. Raises Trouble."""
    people = impact.people
    leak = people.exposure.leak
    if not 1 <= row <= leak.rows:
        raise Trouble("row", say("The table has {n} rows: choose one of them.", n=leak.rows), BAD_ARGUMENTS)
    links, mention = store.table(people.links), mention_of(row - 1)
    ((person, exact),) = store.rows(links.filter(links.mention == mention).select("person", "exact"), watch)
    normalized, alone = (
        next(name for name in sorted(store.names()) if stage_of(name) == stage)
        for stage in (tables.Mentions.stage, tables.Exact.stage)
    )
    wanted = (
        (leak.table, "", row - 1),
        (people.exposure.table, "row", row - 1),
        (normalized, "mention", mention),
        (alone, "person", exact),
        (people.links, "mention", mention),
        (people.table, "person", person),
        (impact.verdict.table, "person", person),
    )
    return [(table, cells_of(store, table, column, number, watch)) for table, column, number in wanted]


def cells_of(store: Store, table: str, column: str, number: int, watch: Watch) -> dict[str, str]:
    rows = store.table(table)
    key: Column = rows[column] if column else rows.rowid()
    found = store.rows(rows.filter(key == number).select(*rows.columns), watch)
    return {name: shown(name, value) for name, value in zip(rows.columns, found[0], strict=True)} if found else {}


def shown(column: str, value: object) -> str:
    """A text of the leak masked; a code or a number as it is."""
    if value is None:
        return "–"
    if isinstance(value, int) and value >= WIDE:
        return f"…{value & 0xFFFF:04x}"  # enough to see what is equal; a whole hash of a phone could be guessed back
    if isinstance(value, date) or (isinstance(value, str) and column not in CODES):
        return masked(str(value))
    return str(value)
