"""A leak that is split among controllers, by a column or by a list that says whose its values are, in; who stands with which of
them out."""

from dataclasses import dataclass

from analysis.assess.columns import all_cells
from analysis.classify.cells import bare
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import printable, say
from analysis.model import Impact, Leak, tables
from analysis.model.tables import Kept
from analysis.store import Store
from analysis.store.functions import capitals, hash
from analysis.store.rows import Column, Rows

WIDEST = 40  # columns of a list that are looked at


@dataclass(frozen=True, slots=True)
class By:
    """The column that tells controllers apart; `names`: the table of a list that says whose its values are (nothing: each value
    is a controller of its own). Written `3`, or `3@controllers_5c1d...`."""

    position: int
    names: str = ""

    @classmethod
    def of(cls, code: str) -> "By":
        at, _, names = code.partition("@")
        return cls(int(at), names)

    def __str__(self) -> str:
        return f"{self.position}@{self.names}" if self.names else str(self.position)


def controllers(store: Store, impact: Impact, position: int, told: Leak, watch: Watch) -> Kept[tables.Controllers]:
    """A list of controllers: the column whose values stand in the leak's, and the first other one that is filled, which names
    them. Raises Trouble where no value of the list stands there."""
    raw, places = store.table(told.table), range(min(len(told.columns), WIDEST))
    there = all_cells(store, impact, position).select(key=lambda t: keyed(t.value)).distinct()
    known = raw.select(**{f"k{at}": keyed(raw[f"c{at}"]) for at in places}, **{f"c{at}": bare(raw[f"c{at}"]) for at in places})
    met = {f"n{at}": known[f"k{at}"].isin(there.key).sum() for at in places}
    counted = store.one(known.aggregate(**met, **{f"f{at}": known[f"c{at}"].count() for at in places}), watch)
    best = max(places, key=lambda at: int(counted[f"n{at}"] or 0))
    if not counted[f"n{best}"]:
        name, column = printable(told.name), printable(impact.people.exposure.leak.columns[position])
        said = say("No line of the list {name} holds what stands in the column {column}.", name=name, column=column)
        raise Trouble("controllers", said, BAD_ARGUMENTS)
    named = known[f"c{next((at for at in places if at != best and counted[f'f{at}']), best)}"]
    listed = known.select(key=known[f"k{best}"], name=named).filter(lambda t: (t.key != "") & t.name.notnull())
    return store.keep(tables.Controllers, listed.group_by("key").aggregate(name=listed.name.min()), watch)


def keyed(text: Column) -> Column:
    """A value as it is compared."""
    return capitals(bare(text)).fill_null("")


def shares(store: Store, impact: Impact, by: By, watch: Watch) -> list[tuple[str, int, int]]:
    """The controllers among whom the leak is split, in the order of the alphabet, each with its hash and its people (who stands
    with several counts with each); the empty text first: people of none."""
    held = held_values(store, impact, by)
    counted = held.group_by("value", "part").aggregate(n=held.person.nunique()).order_by("value")
    return [(str(value), int(part), int(n)) for value, part, n in store.rows(counted, watch)]


def held_values(store: Store, impact: Impact, by: By) -> Rows:
    """person, value, part: of everybody in view, whatever she is in the rows of the table that is looked at; who stands in no row
    of it has the empty value. Raises Trouble where the list was not read."""
    told = all_cells(store, impact, by.position).distinct()
    if by.names:
        if by.names not in store.names():
            said = say("These figures are of a list of controllers: give the same list with --controllers.")
            raise Trouble("controllers", said, BAD_ARGUMENTS)
        names, known = store.table(by.names), told.mutate(key=keyed(told.value))
        told = known.left_join(names, "key").select("person", value=lambda t: t.name.fill_null("")).distinct()
        named = told.filter(told.value != "").person
        told = told.filter((told.value != "") | ~told.person.isin(named))  # of one in the list: not of none as well
    everybody = store.table(impact.census.facts).select("person")
    held = everybody.left_join(told, "person").select("person", value=told.value.fill_null(""))
    return held.mutate(part=hash(held.value))


def shares_of(store: Store, impact: Impact, by: By, watch: Watch) -> Kept[tables.Shares]:
    """Who stands with which value, by its hash."""
    held = held_values(store, impact, by)
    return store.keep(tables.Shares, held.select("person", "part"), watch)


def in_several(store: Store, impact: Impact, by: By, watch: Watch) -> int:
    """People who stand with more than one value."""
    held = store.table(shares_of(store, impact, by, watch))
    several = held.group_by("person").aggregate(n=held.part.count()).filter(lambda t: t.n > 1)
    return int(store.one(several.aggregate(n=lambda t: t.count()), watch)["n"])
