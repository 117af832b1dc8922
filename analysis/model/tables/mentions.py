"""What each row says of whom, and exact persons."""

from analysis.model.tables.kind import Flag, Hash, Int64, Table
from analysis.model.tables.shared import Features, Flags, Personal, Share, Two


class Mentions(
    Features,
    Flags,
    Table,
    one="what one row says of one person, normalized; identity: equal for the same exact person; strict: equal where all agrees",
    example=(
        "mention 0 | DURAND | JEAN | 1980-03-14 | identity 71",
        "mention 8 | MARTIN | ANNE |  | identity 15",
        "mention 16 | DURAND | JEAN | 1980-03-14 | identity 71",
    ),
):
    mention: Int64
    identity: Hash
    strict: Hash
    names: Hash


class RoleWords(
    Table,
    one="a value of the column that says what the person of a row is (key: its hash), and the bit of her role",
    example=(
        "901 | 2",
        "340 | 4",
        "77 | 8",
    ),
):
    key: Hash
    bit: Int64


class Referring(
    Table,
    one="a mention of one table, and the row of another to which it refers",
    example=(
        "1099511627776 | 0",
        "1099511627777 | 2",
        "1099511627778 | 0",
    ),
):
    mention: Int64
    at: Int64


class Several(
    Table,
    one="an identity of several mentions",
    example=(
        "71",
        "204",
        "388",
    ),
):
    identity: Hash


class Alike(
    Table,
    one="a name and birth date of several mentions, and what else they have in common",
    example=(
        "identity 71 | rows 2 | alike true",
        "identity 204 | rows 3 | alike true",
        "identity 388 | rows 2 | unlike true",
    ),
):
    identity: Hash
    rows: Int64
    alike: Flag
    unlike: Flag
    numbers: Flag


class Exact(
    Personal,
    Table,
    one="a person by her identity alone",
    example=(
        "identity 71 | person 0 | rows 2 | DURAND | JEAN",
        "identity 15 | person 8 | rows 1 | MARTIN | ANNE",
        "identity 40 | person 40 | rows 1 | DURANT | JEAN",
    ),
):
    identity: Hash


class Close(
    Share,
    Table,
    one="a person, by a contact point or home that others share",
    example=(
        "person 0 | 1980-03-14 | names 5 | key 901",
        "person 40 | 1980-03-14 | names 6 | key 901",
        "person 48 | 1955-01-02 | names 7 | key 901",
    ),
):
    pass


class Namesakes(
    Share,
    Table,
    one="a person, by names that others share",
    example=(
        "person 0 | 1980-03-14 | names 5 | key 33",
        "person 56 | 1949-06-30 | names 5 | key 33",
        "person 64 |  | names 5 | key 33",
    ),
):
    pass


class Coevals(
    Share,
    Table,
    one="a person, by a birth date that others share",
    example=(
        "person 0 | 1980-03-14 | names 5 | key 12",
        "person 40 | 1980-03-14 | names 6 | key 12",
        "person 72 | 1980-03-14 | names 9 | key 12",
    ),
):
    pass


class Twos(
    Two,
    Table,
    one="two persons who share a contact point or home, and their names",
    example=(
        "0 | 1980-03-14 | 64 | ",
        "0 | 1980-03-14 | 56 | 1949-06-30",
        "56 | 1949-06-30 | 64 | ",
    ),
):
    pass


class Births(
    Two,
    Table,
    one="two persons who share a contact point or home, and a birth date",
    example=(
        "0 | 1980-03-14 | 40 | 1980-03-14",
        "8 | 1961-05-05 | 80 | 1961-05-05",
        "16 | 2001-09-09 | 96 | 2001-09-09",
    ),
):
    pass
