"""The tables of the engine, declared: columns, types, what one row is. The store checks each where it is made; `docs/tables.md` draws them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

FEATURES = {
    "last_name": "string",
    "usage": "uint64",
    "first_name": "string",
    "birth_date": "date",
    "sex": "string",
    "postal_code": "string",
    "email": "uint64",
    "phone": "uint64",
    "home": "uint64",
}
FLAGS = {"mobile": "boolean", "email_named": "boolean", "email_role": "boolean", "kinds": "int64"}
PERSON = {"person": "int64", "rows": "int64", **FEATURES, "names": "uint64", **FLAGS}
FACTS = {
    "person": "int64",
    "rows": "int64",
    "birth_date": "date",
    "sex": "string",
    "age": "int32",
    "postal_code": "string",
    "department": "string",
    "population": "int64",
    "profile": "int64",
    "minor": "boolean",
    "old": "boolean",
    "others": "float64",
    "channel": "int8",
}
RATING = {
    "dpc": "int32",
    "ei_reason": "int32",
    "ei": "float64",
    "se": "float64",
    "band": "int32",
    "tier": "int32",
    "open": "int32",
}
TWO = {"person": "int64", "birth_date": "date", "person_b": "int64", "birth_date_b": "date"}
SHARED = {"person": "int64", "birth_date": "date", "names": "uint64", "key": "uint64"}


@dataclass(frozen=True, slots=True)
class Table:
    """`one`: what one row is. `more`: a pattern of further columns, of type `kind`. `example`: invented rows, as text."""

    one: str
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    more: str = ""
    kind: str = "string"
    example: tuple[str, ...] = ()

    def wrong(self, schema: Mapping[str, str]) -> str:
        """In what a table differs from its declaration; empty where it does not."""
        missing = [name for name in self.columns if name not in schema]
        other = [name for name, kind in schema.items() if kind != self.columns.get(name, self._more(name))]
        return ", ".join([*(f"{name} is missing" for name in missing), *(f"{name} is {schema[name]}" for name in other)])

    def _more(self, name: str) -> str:
        return self.kind if self.more and re.fullmatch(self.more, name) else "nothing declared"


# By the first part of the name of each, in the order in which they are made; what follows in a name is the hash of the question.
TABLES = {
    "leak": Table(
        "a record of the file, as text",
        more=r"c\d+",
        example=("DURAND | Jean | 14/03/1980", "MARTIN | Anne |  ", "DURAND | JEAN | 14/03/1980"),
    ),
    "notes": Table(
        "a record that was mended or rejected; line: of the source, from 1",
        {"source": "string", "line": "int64", "outcome": "string", "reason": "string", "before": "string", "after": "string"},
        example=(
            "leak.csv | 17 | repaired | delimiter_inside_cell | a;b;c;d | a;b c;d",
            "leak.csv | 40 | rejected | cells_missing | a | ",
            "…",
        ),
    ),
    "joined": Table("a record of one table with its partner of another", more=r"c\d+"),
    "exposure": Table(
        "a record: of each personal column, what its cell is (empty 0, valid 1, malformed 2, placeholder 3)",
        {"row": "int64"},
        more=r"s\d+",
        kind="uint8",
        example=("0 | 1 | 1 | 1", "1 | 1 | 1 | 0", "2 | 1 | 1 | 1"),
    ),
    "name_births": Table(
        "a first name, by sex and decade", {"sex": "string", "decade": "int64", "births": "int64", "folded": "string"}
    ),
    "rows": Table(
        "a record, normalized; identity: equal for the same exact person; strict: equal where all agrees; kinds: one bit for each kind that is there",
        {"row": "int64", **FEATURES, **FLAGS, "identity": "uint64", "strict": "uint64", "names": "uint64"},
        example=(
            "0 | DURAND | JEAN | 1980-03-14 | identity 71",
            "1 | MARTIN | ANNE |  | identity 15",
            "2 | DURAND | JEAN | 1980-03-14 | identity 71",
        ),
    ),
    "several": Table("an identity of several records", {"identity": "uint64"}, example=("71",)),
    "exact": Table(
        "a person by her identity alone; person: the number of her first record",
        {"identity": "uint64", **PERSON},
        example=("identity 71 | person 0 | rows 2 | DURAND | JEAN", "identity 15 | person 1 | rows 1 | MARTIN | ANNE"),
    ),
    "close": Table("a person, by a contact point or home that others share", SHARED),
    "namesakes": Table("a person, by names that others share", SHARED),
    "coevals": Table("a person, by a birth date that others share", SHARED),
    "twos": Table("two persons who share a contact point or home", TWO),
    "births": Table("two persons who share it, and a birth date", TWO),
    "named": Table(
        "two persons, with their names",
        {**TWO, "last_name": "string", "first_name": "string", "last_name_b": "string", "first_name_b": "string"},
    ),
    "town_names": Table("two persons of one town and name", TWO),
    "town_births": Table("two persons of one town and birth date", TWO),
    "pairs": Table("two exact persons who are, or may be, one", {"a": "int64", "b": "int64"}, example=("0 | 2",)),
    "evidence": Table("a person in the form in which the model compares her", {"person": "int64"}, more=r"k\d+"),
    "moves": Table(
        "a person who was taken for another, and why",
        {"person": "int64", "into": "int64", "reason": "string"},
        example=("5 | 0 | name_slip",),
    ),
    "near": Table("two exact persons who may be one and were kept apart", {"a": "int64", "b": "int64"}),
    "inner_pairs": Table("two persons whom the model compares", {"a": "int64", "b": "int64"}),
    "merged": Table("a person of several exact ones", PERSON),
    "persons": Table(
        "a person", PERSON, example=("person 0 | rows 2 | DURAND | JEAN | 1980-03-14", "person 1 | rows 1 | MARTIN | ANNE | ")
    ),
    "links": Table(
        "a record: whom it is about, by her identity alone (exact) and in the end (person); reason: why the two differ",
        {"row": "int64", "person": "int64", "exact": "int64", "reason": "string"},
        example=("0 | 0 | 0 | ", "2 | 0 | 0 | ", "5 | 0 | 5 | name_slip"),
    ),
    "candidates": Table("a person here and one there who share a key", {"a": "int64", "b": "int64"}),
    "rated": Table("the same, with how much agrees", {"a": "int64", "b": "int64", "score": "int16"}),
    "matched": Table("a person here, how many there are as near, and the first", {"a": "int64", "n": "int64", "b": "int64"}),
    "cumulated": Table(
        "a person who is in two leaks: the kinds known of her from each, one bit for each",
        {"a": "int64", "now": "int64", "before": "int64"},
    ),
    "hashes": Table("a person as keyed hashes", {"person": "int64", "kinds": "int64"}, more=r"h\d+"),
    "age_pyramid": Table(
        "an age and sex, and its share of the population", {"age": "int32", "sex": "string", "share": "float64"}
    ),
    "facts": Table(
        "a person, and what no incident changes; others: expected people of her age, sex and postal code; channel: place in Channel",
        FACTS,
        example=("person 0 | 44 | 75011 | profile 8707 | channel 0", "person 1 |  |  | profile 3 | channel 3"),
    ),
    "homes": Table("a home of several persons", {"home": "uint64", "size": "int64", "place": "string"}),
    "classes": Table("a cell of birth date, sex and postal code, and its people", {"cell": "uint64", "class_size": "int64"}),
    "ratings": Table(
        "a profile, and what the incident makes of it; ei_reason, band: places in EiReason, Band", {"profile": "int64", **RATING}
    ),
    "scores": Table(
        "a person with her rating", {**FACTS, **RATING}, example=("person 0 | se 3.0 | band 2", "person 1 | se 1.0 | band 0")
    ),
}


def stage_of(name: str) -> str:
    """The part of a table's name before the hash (the ledger of a table bears the name of the table, and its own behind it)."""
    return "notes" if name.endswith("_notes") else re.split(r"_(?=[0-9a-f]{16})", name)[0]
