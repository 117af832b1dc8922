"""Who is compared with whom, and who became one."""

from analysis.model.tables.kind import Code, Flag, Int16, Int64, Number, Table, Text
from analysis.model.tables.shared import Pair, Personal, Two


class Named(
    Two,
    Table,
    one="the same, with their names and sex",
    example=(
        "0 | DURAND | JEAN | m | 40 | DURANT | JEAN | m",
        "8 | MARTIN | ANNE | f | 80 | PETIT | ANNE | f",
        "16 | ROUX | LEO | m | 96 | ROUX | LEA | f",
    ),
):
    last_name: Text
    first_name: Text
    sex: Text
    last_name_b: Text
    first_name_b: Text
    sex_b: Text


class TownNames(
    Two,
    Table,
    one="two persons of one town and name",
    example=(
        "0 | 1980-03-14 | 64 | ",
        "8 |  | 88 | 1961-05-05",
        "16 | 2001-09-09 | 24 | 2001-09-10",
    ),
):
    pass


class TownBirths(
    Two,
    Table,
    one="two persons of one town and birth date",
    example=(
        "0 | 1980-03-14 | 40 | 1980-03-14",
        "0 | 1980-03-14 | 72 | 1980-03-14",
        "40 | 1980-03-14 | 72 | 1980-03-14",
    ),
):
    pass


class Pairs(
    Pair,
    Table,
    one="two exact persons who are, or may be, one",
    example=(
        "0 | 40",
        "8 | 80",
        "16 | 24",
    ),
):
    pass


class Evidence(
    Table,
    one="a person in the form in which the model compares her",
    more=r"k\d+[lf]?[khdm]?",
    example=(
        "0 | DURAND | JEAN | 19800314",
        "40 | DURANT | JEAN | 19800314",
        "8 | MARTIN | ANNE | ",
    ),
):
    person: Int64


class Weighed(
    Pair,
    Table,
    one="two persons whom the model compared: the log2 of its odds; whether nothing says that they are two, or one difference "
    "alone, which may be a slip",
    example=(
        "0 | 40 | 11.25 | true | false",
        "0 | 64 | -3.5 | true | false",
        "16 | 72 | 9.75 | false | true",
    ),
):
    weight: Number
    alike: Flag
    slip: Flag


class Moves(
    Table,
    one="a person who was taken for another, and why",
    example=(
        "40 | 0 | name_slip",
        "80 | 8 | married_name",
        "24 | 16 | linked:last_name= first_name=",
    ),
):
    person: Int64
    into: Int64
    reason: Code


class Near(
    Pair,
    Table,
    one="two exact persons who may be one and were kept apart",
    example=(
        "0 | 56",
        "16 | 96",
        "40 | 72",
    ),
):
    pass


class Doubts(
    Pair,
    Table,
    one="two exact persons who may be one: how probably, and whether they are taken for one",
    example=(
        "0 | 56 | 0.04 | 0",
        "16 | 96 | 0.97 | 1",
        "40 | 72 | 0.31 | 1",
    ),
):
    probability: Number
    linked: Int64


class InnerPairs(
    Pair,
    Table,
    one="two persons whom the model compares",
    example=(
        "0 | 40",
        "0 | 64",
        "40 | 64",
    ),
):
    pass


class Merged(
    Personal,
    Table,
    one="a person of several exact ones",
    example=(
        "person 0 | rows 3 | DURAND | JEAN",
        "person 8 | rows 2 | MARTIN | ANNE",
        "person 16 | rows 2 | ROUX | LEO",
    ),
):
    pass


class Persons(
    Personal,
    Table,
    one="a person",
    example=(
        "person 0 | rows 3 | DURAND | JEAN | 1980-03-14",
        "person 8 | rows 2 | MARTIN | ANNE | ",
        "person 48 | rows 1 | PETIT | PAUL | 1955-01-02",
    ),
):
    pass


class Links(
    Table,
    one="a mention: whom it is about, by her identity alone (exact) and in the end (person); reason: why the two differ",
    example=(
        "0 | 0 | 0 | ",
        "16 | 0 | 0 | ",
        "40 | 0 | 40 | name_slip",
    ),
):
    mention: Int64
    person: Int64
    exact: Int64
    reason: Code


class Candidates(
    Pair,
    Table,
    one="a person here and one there who share a key",
    example=(
        "0 | 16",
        "0 | 24",
        "8 | 32",
    ),
):
    pass


class Rated(
    Pair,
    Table,
    one="the same, with how much agrees; sure: whether they are one for sure, or perhaps; agree, differ: one bit for each field",
    example=(
        "0 | 16 | 9 | true | 7 | 0",
        "0 | 24 | 4 | false | 1 | 6",
        "8 | 32 | 7 | true | 5 | 2",
    ),
):
    score: Int16
    sure: Flag
    agree: Int64
    differ: Int64


class Matched(
    Table,
    one="a person here who is there too: how many there are as near, the first, whether she is it for sure, what agrees and "
    "differs",
    example=(
        "0 | 1 | 16 | true | 7 | 0",
        "8 | 1 | 32 | true | 5 | 2",
        "40 | 2 | 56 | false | 1 | 6",
    ),
):
    a: Int64
    n: Int64
    b: Int64
    sure: Flag
    agree: Int64
    differ: Int64


class Cumulated(
    Table,
    one="a person who is in two leaks: the kinds known of her from each, one bit for each",
    example=(
        "0 | 7 | 3",
        "8 | 3 | 3",
        "48 | 1 | 65",
    ),
):
    a: Int64
    now: Int64
    before: Int64


class Hashes(
    Table,
    one="a person as keyed hashes",
    more=r"h\d+",
    example=(
        "0 | 7 | 8f3c… | 51d2…",
        "8 | 3 | 1b77… | ",
        "48 | 1 | 90aa… | 04fe…",
    ),
):
    person: Int64
    kinds: Int64
