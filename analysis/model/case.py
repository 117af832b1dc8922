"""What a person decided of a leak."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from analysis.model.leak import Placed, Relation

VERDICTS = {"same": "join", "other": "split"}  # what an answer on a pair decides


@dataclass(frozen=True, slots=True)
class Case:
    """What a person decided of a leak, kept from one run to the next: the leak (`sha256` of its file, `table`: which of its
    tables), the rules under which its columns were understood (`kinds`), and what a person corrected; rows that a person
    joined or split."""

    sha256: str = ""
    table: int = 0
    rules: str = ""
    kinds: tuple[tuple[int, str], ...] = ()  # position, kind
    corrected: tuple[tuple[int, str], ...] = ()
    people: tuple[tuple[str, int, int], ...] = ()  # join or split, two mentions (of the first table: rows from 0)
    left_out: tuple[str, ...] = ()  # names of other tables of the source that are not of the incident
    placed: tuple[Placed, ...] = ()
    roles: tuple[tuple[int, str], ...] = ()  # position of a column, whom it describes (a code of `Role`)
    reviewed: tuple[tuple[str, int, int], ...] = ()  # same, other or unsure: answers on doubtful pairs, as two mentions
    relations: tuple[Relation, ...] = ()

    @property
    def verdicts(self) -> tuple[tuple[str, int, int], ...]:
        """The pairs that are joined or split, by themselves or as answers."""
        decided = {item[1:] for item in self.people}
        told = [(VERDICTS[answer], one, other) for answer, one, other in self.reviewed if answer in VERDICTS]
        return (*self.people, *(item for item in told if item[1:] not in decided))

    @property
    def answers(self) -> dict[tuple[int, int], str]:
        """Of each doubtful pair what was said."""
        return {(one, other): answer for answer, one, other in self.reviewed}

    def with_answers(self, answers: Iterable[tuple[str, int, int]]) -> "Case":
        """The same with more answers on doubtful pairs; an earlier one gives way."""
        told = {item[1:]: item for item in (*self.reviewed, *answers)}
        return replace(self, reviewed=tuple(told.values()))

    @property
    def of_columns(self) -> tuple[object, object]:
        """What a person said of the columns: kinds and roles."""
        return self.corrected, self.roles

    @property
    def of_pairs(self) -> bool:
        """Whether a person decided anything of two rows."""
        return bool(self.people or self.reviewed)

    def with_kinds(self, positions: Iterable[int], kind: str) -> "Case":
        """The same with the kind of some columns corrected; an earlier correction of one gives way."""
        others, told = without(self.corrected, positions)
        return replace(self, corrected=(*others, *((position, kind) for position in told)))

    def with_roles(self, positions: Iterable[int], role: str) -> "Case":
        """The same with the role of some columns said; an earlier one gives way."""
        others, told = without(self.roles, positions)
        return replace(self, roles=(*others, *((position, role) for position in told)))

    def as_found(self, positions: Iterable[int]) -> "Case":
        """The same with nothing said of some columns: they are understood anew."""
        positions = tuple(positions)
        lists = (without(told, positions)[0] for told in (self.kinds, self.corrected, self.roles))
        kinds, corrected, roles = lists
        return replace(self, kinds=kinds, corrected=corrected, roles=roles)

    def with_people(self, verdict: str, one: int, other: int) -> "Case":
        """The same with one more pair of rows joined or split; an earlier verdict on the pair gives way."""
        pair = (min(one, other), max(one, other))
        return replace(self, people=(*(item for item in self.people if item[1:] != pair), (verdict, *pair)))

    def with_table(self, name: str, left_out: bool) -> "Case":
        """The same with another table of the source left out, or taken in again."""
        others = tuple(item for item in self.left_out if item != name)
        return replace(self, left_out=(*others, name) if left_out else others)

    def with_relation(self, relation: Relation) -> "Case":
        """The same with what one column refers to; an earlier word on the column gives way."""
        return replace(self, relations=(*(item for item in self.relations if item[:2] != relation[:2]), relation))

    def with_record(self, record: Placed) -> "Case":
        """The same with a record placed by hand; an earlier placement gives way."""
        return replace(self, placed=(*(item for item in self.placed if item[:2] != record[:2]), record))

    def renumbered(self, number: Callable[[int], int | None]) -> "Case":
        """The same, where mentions have other numbers; a pair of which one has none (None) is gone."""

        def told(pairs: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
            found = [(what, number(one), number(other)) for what, one, other in pairs]
            return tuple((what, one, other) for what, one, other in found if one is not None and other is not None)

        return replace(self, people=told(self.people), reviewed=told(self.reviewed))

    def of(self, sha256: str, table: int) -> bool:
        """Whether the case is about this leak (a new one is about any)."""
        return not self.sha256 or (self.sha256, self.table) == (sha256, table)


def without(told: tuple[tuple[int, str], ...], positions: Iterable[int]) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
    """What is said of other columns; and these columns."""
    gone = tuple(positions)
    return tuple(item for item in told if item[0] not in gone), gone
