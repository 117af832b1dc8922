"""Who is told, looked for, sorted and parted."""

from analysis.model.tables.kind import Code, Flag, Hash, Int32, Int64, Table, Text


class Lines(
    Table,
    one="a line of a list of people, quoted for CSV",
    example=(
        '0 | "1","Jean DURAND"',
        '8 | "2","Anne MARTIN"',
        '16 | "3","Léo ROUX"',
    ),
):
    person: Int64
    line: Text


class Reached:
    name: Text  # first and last name, or the whole name of one column
    by_name: Text
    last_name: Text
    first_name: Text
    full_name: Text
    email: Text
    phone: Text
    street: Text
    postal_code: Text
    city: Text
    by_last_name: Text
    by_first_name: Text
    by_full_name: Text
    by_email: Text
    by_phone: Text
    by_street: Text
    by_postal_code: Text
    by_city: Text


class Addresses(
    Reached,
    Table,
    one="a person, the texts that tell and reach her, those of the representative of a minor (by_), and how many share a contact",
    example=(
        "person 0 | DURAND | Jean | jean@exemple.invalid | email",
        "person 8 | MARTIN | Anne |  | post",
        "person 16 | ROUX | Léo | by_email parent@exemple.invalid | email",
    ),
):
    person: Int64
    age: Int32
    minor: Flag
    channel: Code
    profile: Int32
    roles: Int32
    mail: Hash
    line: Hash
    house: Hash
    same_mail: Int64
    same_line: Int64
    same_house: Int64


class Returned(
    Table,
    one="a person to whom something was sent, by which channel, and what came of it: 1 sent, 2 not arrived, 3 arrived",
    example=(
        "person 0 | email | 3",
        "person 8 | email | 2",
        "person 8 | post | 1",
    ),
):
    person: Int64
    channel: Code
    state: Int64


class Following(
    Table,
    one="a person whom nothing reached until now, and the channel that is tried next (none: there is no other)",
    example=(
        "person 8 | post",
        "person 16 | none",
        "person 48 | sms",
    ),
):
    person: Int64
    next: Code


class Spelt(
    Table,
    one="a word of the names of the leak: its hash, how it sounds",
    example=(
        "DURAND | 71 | DURAN",
        "DURANT | 15 | DURAN",
        "JEAN | 40 | JEAN",
    ),
):
    word: Text
    key: Hash
    sound: Text


class NameWords(
    Table,
    one="a word of the names of a person",
    example=(
        "person 0 | 71",
        "person 0 | 40",
        "person 8 | 15",
    ),
):
    person: Int64
    key: Hash


class Sought(
    Table,
    one="a word of the names that a person asks for: which part of the question it answers, and how well (thousandths)",
    example=(
        "71 | 0 | 1000",
        "15 | 0 | 750",
        "40 | 1 | 1000",
    ),
):
    key: Hash
    at: Int64
    level: Int64


class Shares(
    Table,
    one="a person, and a value of the column by which the leak is split",
    example=(
        "person 0 | 71",
        "person 8 | 71",
        "person 48 | 15",
    ),
):
    person: Int64
    part: Hash  # of the value


class Controllers(
    Table,
    one="a value of a list of controllers, and whose it is",
    example=(
        "750100012 | Cabinet Fictif A",
        "750100020 | Cabinet Fictif A",
        "750100038 | Cabinet Fictif B",
    ),
):
    key: Text
    name: Text


class Standing(
    Table,
    one="a person who stands in a row whose cell of one column is what a filter asks",
    example=(
        "person 0",
        "person 8",
        "person 48",
    ),
):
    person: Int64


class Listing(
    Table,
    one="a person in the order of the list",
    example=(
        "0 | person 48 | 1 | 69 | high",
        "1 | person 0 | 3 | 44 | high",
        "2 | person 8 | 2 |  | low",
    ),
):
    position: Int64
    person: Int64
