"""Columns that several kinds of table share."""

from analysis.model.tables.kind import Code, Day, Flag, Hash, Int32, Int64, Number, Text


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
    commune: Text  # where postal code and town tell it (Insee's code)
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
