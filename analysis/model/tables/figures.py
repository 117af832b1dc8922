"""What is reckoned of each person."""

from analysis.model.tables.kind import Code, Day, Flag, Hash, Int32, Int64, Number, Table, Text
from analysis.model.tables.shared import Fact, Judged


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
