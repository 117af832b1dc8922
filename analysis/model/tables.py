"""The tables of the engine, declared: columns, types, what one row is. The store checks each where it is made;
`docs/tables.md` draws them.

A kind is a class: its annotations are the columns, `one` says what one row is, `more` is a pattern of further columns (of
type `of`), `example` are three invented rows. A noun holds a table as `Kept[Kind]`: its name, which says what is in it.
"""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Generic, Never, TypeVar, get_type_hints

Int64 = Annotated[int, "int64"]
Int32 = Annotated[int, "int32"]
Int16 = Annotated[int, "int16"]
Hash = Annotated[int, "uint64"]
Number = Annotated[float, "float64"]
Flag = Annotated[bool, "boolean"]
Text = Annotated[str, "string"]
Code = Annotated[str, "string"]  # of one of the enumerations of `codes`
Day = Annotated[str, "date"]


class Table:
    """A kind of table."""

    one: ClassVar[str] = ""
    more: ClassVar[str] = ""
    of: ClassVar[str] = "string"
    example: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[Mapping[str, str]] = {}
    stage: ClassVar[str] = ""  # the first part of the name of each table of this kind

    def __init_subclass__(cls, *, one: str, example: tuple[str, ...], more: str = "", of: str = "string") -> None:
        cls.one, cls.more, cls.of, cls.example = one, more, of, example
        told = get_type_hints(cls, include_extras=True)
        cls.columns = {name: kind.__metadata__[0] for name, kind in told.items() if hasattr(kind, "__metadata__")}
        cls.stage = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        TABLES[cls.stage] = cls

    @classmethod
    def wrong(cls, schema: Mapping[str, str]) -> str:
        """In what a table differs from its declaration; empty where it does not."""
        missing = [name for name in cls.columns if name not in schema]
        other = [name for name, kind in schema.items() if kind != cls.columns.get(name, cls._more(name))]
        return ", ".join([*(f"{name} is missing" for name in missing), *(f"{name} is {schema[name]}" for name in other)])

    @classmethod
    def _more(cls, name: str) -> str:
        return cls.of if cls.more and re.fullmatch(cls.more, name) else "nothing declared"


# By the first part of the name of each, in the order in which they are made; what follows in a name is the hash of the question.
TABLES: dict[str, type[Table]] = {}
Kind = TypeVar("Kind", bound=Table, covariant=True)


class Kept(str, Generic[Kind]):
    """The name of a table in the store, which knows what is in it."""

    __slots__ = ()


NOWHERE: Kept[Never] = Kept("")  # the name of no table


def stage_of(name: str) -> str:
    """The part of a table's name before the hash (the ledger of a table bears the name of the table, and its own behind it)."""
    return "notes" if name.endswith("_notes") else re.split(r"_(?=[0-9a-f]{16})", name)[0]


# -- columns that several kinds share


class Features:
    last_name: Text
    usage: Hash
    first_name: Text
    birth_date: Day
    sex: Text
    postal_code: Text
    email: Hash
    phone: Hash
    home: Hash
    nir: Hash  # national number
    number: Hash  # that the controller gave her


class Flags:
    mobile: Flag
    email_named: Flag
    email_role: Flag
    kinds: Int64  # one bit for each kind that is there
    roles: Int32  # one bit for each role that the person has


class Personal(Features, Flags):
    person: Int64  # the number of her first mention
    rows: Int64  # how many speak of her
    names: Hash


class Fact:
    person: Int64
    rows: Int64
    birth_date: Day
    sex: Text
    age: Int32
    postal_code: Text
    department: Text
    population: Int64  # of her commune within her postal code, or of all that the code holds
    town: Flag  # whether the commune is known
    village: Flag  # whether it has few inhabitants
    profile: Int32  # what is there of her, and what it is like (`assess.profile`)
    held: Int64  # the further kinds that are there, one bit for each
    minor: Flag
    old: Flag
    others: Number  # expected people of her age, sex and town


class Judged:
    dpc: Int32
    ei_reason: Code
    ei: Number
    se: Number
    band: Code
    channel: Code
    tier: Int32
    open: Int32
    rarity: Number  # bits: how seldom what is exposed of her is exposed of others


class Two:
    person: Int64
    birth_date: Day
    person_b: Int64
    birth_date_b: Day


class Share:
    person: Int64
    birth_date: Day
    names: Hash
    key: Hash


class Pair:
    a: Int64
    b: Int64


# -- the kinds


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
    more=r"k\d+[lf]?k?",
    example=(
        "0 | DURAND | JEAN | 19800314",
        "40 | DURANT | JEAN | 19800314",
        "8 | MARTIN | ANNE | ",
    ),
):
    person: Int64


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


class AgePyramid(
    Table,
    one="an age and sex, and its share of the population",
    example=(
        "0 | f | 0.0049",
        "0 | m | 0.0051",
        "44 | f | 0.0064",
    ),
):
    age: Int32
    sex: Text
    share: Number


class Facts(
    Fact,
    Table,
    one="a person, and what no incident changes",
    example=(
        "person 0 | 44 | 75011 | profile 515 | held 0",
        "person 8 |  |  | profile 3 | held 0",
        "person 48 | 69 | 69003 | profile 131 | held 4096",
    ),
):
    pass


class Marks(
    Facts,
    one="a person, and all that a filter counts of her",
    example=(
        "person 0 | 44 | 75011 | profile 515 | cell 501 of 1",
        "person 8 |  |  | profile 3 | no cell",
        "person 48 | 69 | 69003 | profile 131 | cell 502 of 1 | care_home",
    ),
):
    roles: Int32  # a bit for each
    cell: Hash  # birth date, sex and postal code
    class_size: Int64  # people of her cell
    home_place: Code  # what her address may be, where many share it
    deceased: Flag


class Classes(
    Table,
    one="a cell of birth date, sex and postal code, and its people",
    example=(
        "501 | 1",
        "502 | 1",
        "503 | 3",
    ),
):
    cell: Hash
    class_size: Int64


class Told(
    Table,
    one="a text of a column, by its hash, and what it tells of private life",
    example=(
        "71 | 9 | 1 | 0",
        "15 | 9 | 0 | 1",
        "40 | 12 | 65536 | 0",
    ),
):
    key: Hash
    position: Int32
    told: Int64  # a bit for each category, of the past above them
    beside: Int64  # of the family, suspected, denied


class ToldOf(
    Table,
    one="a person, and what texts of her rows tell",
    example=(
        "person 0 | 1 | 0",
        "person 8 | 0 | 1",
        "person 40 | 65536 | 0",
    ),
):
    person: Int64
    told: Int64
    beside: Int64


class Contacts(
    Table,
    one="an e-mail or a phone of several persons",
    example=(
        "email | 71 | 2 | false",
        "phone | 15 | 3 | false",
        "phone | 40 | 61 | true",
    ),
):
    kind: Code
    contact: Hash
    size: Int64
    crowd: Flag  # people of many last names share it


class Homes(
    Table,
    one="a home of several persons",
    example=(
        "44 | 2 | couple",
        "45 | 5 | family",
        "46 | 61 | institution",
    ),
):
    home: Hash
    size: Int64
    place: Code


class Ratings(
    Judged,
    Table,
    one="a profile, and what the incident makes of it",
    example=(
        "515 | 0 | dpc 3 | contact | se 3.0 | high",
        "3 | 0 | dpc 1 | names | se 1.0 | low",
        "131 | 4096 | dpc 1 | address | se 1.5 | low",
    ),
):
    profile: Int32
    held: Int64


class Scores(
    Fact,
    Judged,
    Table,
    one="a person with her rating",
    example=(
        "person 0 | se 3.0 | high",
        "person 8 | se 1.0 | low",
        "person 48 | se 1.5 | low",
    ),
):
    pass


class Cells(
    Table,
    one="a class of records that agree in the chosen columns, and a sensitive value in it",
    example=(
        "71 | asthma | 3",
        "71 | none | 1",
        "90 | asthma | 1",
    ),
):
    key: Hash
    value: Text
    n: Int64


class Coarse(
    Fact,
    Table,
    one="a person, with her share of the population",
    example=(
        "person 0 | 44 | f | 0.0064",
        "person 8 |  |  | ",
        "person 48 | 69 | m | 0.0058",
    ),
):
    cell_age: Int32
    crowd: Int64
    share: Number
    any_sex: Number


class Rest(
    Table,
    one="a person who is not alone in the fields that are known so far",
    example=(
        "DURAND | JEAN | 1980-03-14 | m",
        "DURAND | JEAN | 1980-03-14 | m",
        "MARTIN | ANNE |  | f",
    ),
):
    last_name: Text
    first_name: Text
    birth_date: Day
    sex: Text
    postal_code: Text
    address: Hash
    email: Hash
    phone: Hash


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
