"""What is read and what its columns disclose."""

from analysis.model.tables.kind import Code, Int64, Table, Text


class Leak(
    Table,
    one="a record of the file, as text",
    more=r"c\d+",
    example=(
        "DURAND | Jean | 14/03/1980",
        "MARTIN | Anne |  ",
        "DURAND | JEAN | 14/03/1980",
    ),
):
    pass


class Notes(
    Table,
    one="a record that was mended or rejected; line: of the source, from 1",
    example=(
        "leak.csv | 17 | repaired | delimiter_inside_cell | a;b;c;d | a;b c;d",
        "leak.csv | 40 | rejected | cells_missing | a | ",
        "leak.csv | 52 | repaired | nul_removed | a\\0b | ab",
    ),
):
    source: Text
    line: Int64
    outcome: Code
    reason: Code
    before: Text
    after: Text


class Joined(
    Table,
    one="a record of one table with its partner of another",
    more=r"c\d+",
    example=(
        "7 | DURAND | 7 | 2024-03-01",
        "7 | DURAND | 7 | 2024-09-12",
        "9 | MARTIN |  | ",
    ),
):
    pass


class Exposure(
    Table,
    one="a record: of each personal column, what its cell is (empty 0, valid 1, malformed 2, placeholder 3)",
    more=r"s\d+",
    of="uint8",
    example=(
        "0 | 1 | 1 | 1",
        "1 | 1 | 1 | 0",
        "2 | 1 | 1 | 1",
    ),
):
    row: Int64


class NameBirths(
    Table,
    one="a first name, by sex and decade",
    example=(
        "f | 1950 | 41230 | marie",
        "m | 1950 | 38110 | jean",
        "f | 1980 | 2210 | zoe",
    ),
):
    sex: Text
    decade: Int64
    births: Int64
    folded: Text
