"""Persons in, one text column per field out. Nothing of it can reach a real person (resources/rules/fiction.toml)."""

import numpy as np
import pyarrow as pa

from analysis.rules.shapes import Fiction
from analysis.synth.columns import Column, joined, pc
from analysis.synth.people import Persons, choose

MOBILE_RANGE, MOBILE_STEP, MOBILE_START = 30_000_000, 18_475_303, 7_919


def texts_of(random: np.random.Generator, persons: Persons, fiction: Fiction) -> dict[str, Column]:
    """Kind -> texts, one per person, before any defect."""
    geo = persons.geo
    communes = pc.replace_substring_regex(geo["commune"].combine_chunks(), r" \d+e.*$", "")
    first, last = unaccented(persons.first_names), unaccented(persons.surnames)
    return {
        "person_id": person_numbers(random, len(persons)),
        "last_name": cased(random, persons.surnames, last, persons.last, upper=0.9),
        "first_name": cased(random, persons.first_names, first, persons.first, upper=0.3),
        "birth_date": pc.strftime(pa.array(persons.birth).cast(pa.timestamp("s")), "%d/%m/%Y"),
        "sex": pa.array(["M", "F"]).take(pa.array(persons.woman.astype(np.int64))),
        "address": addresses(random, persons, fiction),
        "city": cased(random, communes, unaccented(communes), persons.place, upper=0.7),
        "postal_code": geo["postal_code"].combine_chunks().take(pa.array(persons.place)),
        "email": emails(random, persons, (local_part(first, persons.first), local_part(last, persons.last)), fiction),
        "phone": phones(random, persons, fiction),
    }


def local_part(names: Column, chosen: np.ndarray) -> Column:
    return pc.ascii_lower(pc.replace_substring_regex(names, "[^A-Z]", "")).take(pa.array(chosen))


def padded(values: np.ndarray, width: int) -> Column:
    return pc.utf8_lpad(pa.array(values).cast(pa.string()), width, "0")


def person_numbers(random: np.random.Generator, count: int) -> Column:
    return joined(pa.scalar("HF"), padded(random.permutation(count) + 10_000_001, 8))


def unaccented(texts: Column) -> Column:
    plain = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFD"), r"\p{M}", "")
    for ligature, letters in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae")):
        plain = pc.replace_substring(plain, ligature, letters)
    return pc.ascii_upper(plain)


def cased(random: np.random.Generator, texts: Column, plain: Column, chosen: np.ndarray, upper: float) -> Column:
    """Entries of a list, a share in upper case without accents (`plain`), as old hospital systems store them."""
    both = pa.concat_arrays([texts, plain])
    return both.take(pa.array(chosen + len(texts) * (random.random(len(chosen)) < upper)))


def addresses(random: np.random.Generator, persons: Persons, fiction: Fiction) -> Column:
    """One address per household; a care home has its name in front."""
    households = int(persons.household[-1]) + 1
    number = pa.array(random.integers(1, 180, households)).cast(pa.string())
    bis = pa.array([" ", " bis "]).take(pa.array((random.random(households) < 0.03).astype(np.int64)))
    street = choose(random, fiction.kinds_of_street, fiction.street_weights, households)
    name = choose(random, fiction.streets, None, households)
    line = joined(number, bis, street, pa.scalar(" "), name)
    at_home = pa.array(np.isin(np.arange(households), persons.home))
    home = choose(random, [f"{name}, " for name in fiction.homes], None, households)
    line = joined(pc.if_else(at_home, home, pa.scalar("")), line)
    return cased(random, line, unaccented(line), persons.household, upper=0.5)


def emails(random: np.random.Generator, persons: Persons, names: tuple[Column, Column], fiction: Fiction) -> Column:
    """Under .example only, one mailbox per person; children use an adult's address."""
    count = len(persons)
    sign = choose(random, [".", "_", "", "-"], [60, 12, 20, 8], count)
    _, first_of_name = np.unique(persons.first * len(persons.surnames) + persons.last, return_index=True)
    plain = np.isin(np.arange(count), first_of_name) & (random.random(count) < 0.6)
    number = pc.if_else(pa.array(plain), pa.scalar(""), pa.array(random.permutation(count)).cast(pa.string()))
    domain = choose(random, fiction.domains, fiction.domain_weights, count)
    own = joined(names[0], sign, names[1], number, pa.scalar("@"), domain)
    return own.take(pa.array(contact_holder(random, persons, 0.05)))


def contact_holder(random: np.random.Generator, persons: Persons, shared: float) -> np.ndarray:
    """Whose contact point each person leaves: minors an adult's of the household, couples sometimes one for both."""
    head = np.searchsorted(persons.household, persons.household)
    borrows = (persons.home < 0) & (persons.rank > 0) & ((persons.age < 16) | (random.random(len(persons)) < shared))
    return np.where(borrows, head, np.arange(len(persons)))


def phones(random: np.random.Generator, persons: Persons, fiction: Fiction) -> Column:
    count = len(persons)
    order = (MOBILE_STEP * np.arange(count, dtype=np.int64) + MOBILE_START) % MOBILE_RANGE
    mobile = padded(700_000_000 + order, 10)
    blocks = choose(random, fiction.landline_blocks, None, count)
    landline = joined(blocks, padded(random.integers(0, 10_000, count), 4))
    fixed = random.random(count) < np.where(persons.age > 70, 0.5, 0.12)
    number = pc.if_else(pa.array(fixed), landline, mobile).take(pa.array(contact_holder(random, persons, 0.1)))
    return written(random, number)


def written(random: np.random.Generator, number: Column) -> Column:
    """Ten digits in the ways people and systems write them."""
    a, b, c, d, e = (pc.utf8_slice_codeunits(number, at, at + 2) for at in range(0, 10, 2))
    short = pc.utf8_slice_codeunits(number, 1)
    ways = [
        number,
        pc.binary_join_element_wise(a, b, c, d, e, " "),
        pc.binary_join_element_wise(a, b, c, d, e, "."),
        joined(pa.scalar("+33"), short),
        pc.binary_join_element_wise(pa.scalar("+33"), pc.utf8_slice_codeunits(a, 1), b, c, d, e, " "),
        joined(pa.scalar("0033"), short),
    ]
    way = random.choice(len(ways), len(number), p=[0.6, 0.18, 0.07, 0.07, 0.05, 0.03])
    return pc.choose(pa.array(way), *ways)
