"""A seed in, an invented French file with the truth of who is who out: duplicates with every defect that registers know, and
people who look alike but are two (twins, father and son of one name, namesakes, couples with one mailbox)."""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyarrow.parquet as pq

from analysis.store import reference_path

KEYS = {"a": "qzs", "e": "zrd", "i": "uok", "o": "ipl", "n": "bh", "r": "et", "t": "ry", "s": "qd", "l": "mk", "u": "yi"}
OCR = (("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("e", "c"), ("u", "ii"), ("n", "ri"))
STREETS = ("rue", "avenue", "allée", "chemin", "place", "impasse", "boulevard")
FLOWERS = ("Acacias", "Bleuets", "Capucines", "Dahlias", "Églantines", "Fougères", "Glycines", "Hortensias", "Iris", "Jasmins", "Lilas", "Mimosas", "Narcisses", "Orchidées", "Pivoines", "Roses", "Tulipes", "Violettes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional person; `number` is the truth."""

    number: int
    last: str
    first: str
    born: date
    sex: str
    address: str
    city: str
    postal: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Made:
    """Rows in the order of the file, the person of each, and pairs of persons that must stay two."""

    rows: tuple[Person, ...]
    truth: tuple[int, ...]
    apart: tuple[tuple[int, int], ...]


def people(count: int, seed: int, duplicates: float = 0.1) -> Made:
    """About `count` persons and `duplicates` times as many rows more."""
    rng = random.Random(seed)
    names = pq.read_table(reference_path("names")).to_pylist()
    lasts = rng.choices(
        [row["name"].title() for row in names if row["last"]], [row["last"] for row in names if row["last"]], k=count
    )
    given = {sex: pq.read_table(reference_path("first_names"), filters=[("sex", "=", sex)]).to_pylist() for sex in "fm"}
    towns = [row for row in pq.read_table(reference_path("geo_fr")).to_pylist() if row["population"]]
    places = rng.choices(towns, [row["population"] for row in towns], k=count)
    firsts = {
        sex: rng.choices([row["name"] for row in given[sex]], [row["births"] for row in given[sex]], k=count) for sex in "fm"
    }

    def person(at: int) -> Person:
        sex, place = rng.choice("fm"), places[at]
        first, last = firsts[sex][at].title(), lasts[at]
        if rng.random() < 0.06:
            first = f"{first}-{firsts[sex][(at + 1) % count].title()}"
        born = date(1925, 1, 1) + timedelta(days=rng.randrange(36_500))
        mail = f"{first}.{last}{rng.randrange(1000)}@courriel.example".lower().replace(" ", "") if rng.random() < 0.7 else ""
        phone = f"0{rng.choice('67')}{rng.randrange(10**8):08d}" if rng.random() < 0.8 else ""
        return Person(at, last, first, born, sex, f"{rng.randrange(1, 200)} {rng.choice(STREETS)} des "
            f"{rng.choice(FLOWERS)}", place["commune"], place["postal_code"], mail, phone)  # fmt: skip

    everybody = [person(at) for at in range(count)]
    apart = [
        pair
        for first, step, alike in ((0, 97, twin), (10, 101, generation), (20, 23, couple))
        for pair in planted(everybody, rng, range(first, count - 1, step), alike)
    ]
    rows = list(everybody)
    for _ in range(int(count * duplicates)):
        one = rng.choice(everybody)
        copy = one
        for defect in rng.sample(DEFECTS, rng.choices((0, 1, 2, 3), (1, 6, 3, 1))[0]):
            copy = defect(copy, rng)
        rows.append(copy)
    rng.shuffle(rows)
    return Made(tuple(rows), tuple(row.number for row in rows), tuple(apart))


def with_home(one: Person, other: Person) -> Person:
    return replace(one, address=other.address, city=other.city, postal=other.postal)


Alike = Callable[[Person, Person, random.Random], Person | None]


def planted(everybody: list[Person], rng: random.Random, places: range, alike: Alike) -> list[tuple[int, int]]:
    """Makes the neighbor of each of these persons like her, where that can be; the pairs, who are two people."""
    found: list[tuple[int, int]] = []
    for at in places:
        other = alike(everybody[at], everybody[at + 1], rng)
        if other is not None:
            everybody[at + 1] = other
            found.append((at, at + 1))
    return found


def twin(one: Person, other: Person, _: random.Random) -> Person | None:
    if one.first == other.first:
        return None
    return replace(with_home(other, one), last=one.last, born=one.born, email=one.email, phone=one.phone)


def generation(one: Person, other: Person, rng: random.Random) -> Person:
    """Father and son, mother and daughter of one name at one address."""
    years = rng.randrange(20, 40) * (1 if one.born.year < 1980 else -1)  # nobody is born tomorrow
    same_day = one.born.replace(year=one.born.year + years, day=min(one.born.day, 28))
    born = same_day if rng.random() < 0.1 else one.born + timedelta(days=years * 365 + rng.randrange(365))
    return replace(with_home(other, one), last=one.last, first=one.first, sex=one.sex, born=born, phone=one.phone)


def couple(one: Person, other: Person, _: random.Random) -> Person | None:
    if one.first == other.first:
        return None
    return replace(with_home(other, one), last=one.last, email=one.email, phone=one.phone)


def typo(text: str, rng: random.Random) -> str:
    """One slip: a neighboring key, a letter lost, doubled or exchanged, or what a scanner misreads."""
    if len(text) < 3:
        return text
    at = rng.randrange(len(text) - 1)
    match rng.randrange(5):
        case 0:
            return text[:at] + rng.choice(KEYS.get(text[at].lower(), "e")) + text[at + 1 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + text[at] + text[at:]
        case 3:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case _:
            good, bad = rng.choice(OCR)
            return text.replace(good, bad, 1)


def other_name(one: Person, rng: random.Random) -> Person:
    """Married names, as systems write them."""
    new = rng.choice(
        ("Fontaine", "Chevalier", "Garnier", "Lambert", "Roussel", "Perrin", "Mercier", "Blanchard", "Joly", "Gaillard")
    )
    return replace(one, last=rng.choice((new, f"{new} ép. {one.last}", f"{one.last}-{new}", f"{new} ({one.last})", f"{one.last} {new}"))) if one.sex == "f" else one  # fmt: skip


def moved(one: Person, rng: random.Random) -> Person:
    return replace(one, address=f"{rng.randrange(1, 99)} {rng.choice(STREETS)} du "
        f"Moulin", city="Trifouilly", postal=f"{rng.randrange(10, 95)}{rng.randrange(10) * 100:03d}")  # fmt: skip


def day_month(one: Person, _: random.Random) -> Person:
    return replace(one, born=date(one.born.year, one.born.day, one.born.month)) if one.born.day <= 12 else one


def near_date(one: Person, rng: random.Random) -> Person:
    return replace(one, born=one.born.replace(**rng.choice(({"day": rng.randrange(1, 28)}, {"month": rng.randrange(1, 13), "day": min(one.born.day, 28)}))))  # fmt: skip


DEFECTS: tuple[Callable[[Person, random.Random], Person], ...] = (
    lambda one, rng: replace(one, last=typo(one.last, rng)),
    lambda one, rng: replace(one, first=typo(one.first, rng)),
    lambda one, _: replace(one, last=one.last.upper(), first=one.first.replace("-", " ")),
    lambda one, _: replace(one, last=one.first, first=one.last),
    lambda one, _: replace(one, first=one.first.split("-")[0]),
    lambda one, rng: replace(one, address=typo(one.address, rng)),
    lambda one, _: replace(one, email="", phone=""),
    lambda one, rng: replace(one, email=typo(one.email, rng)),
    lambda one, rng: replace(one, phone=f"06{rng.randrange(10**8):08d}"),
    other_name, moved, day_month, near_date,
)  # fmt: skip
PROFILES = {
    "hospital": ("last", "first", "born", "sex", "address", "city", "postal", "email", "phone"),
    "no contact": ("last", "first", "born", "sex", "city", "postal"),
    "names and date": ("last", "first", "born"),
    "date in three": ("first", "last", "year", "month", "day"),
    "one name": ("full", "email", "phone", "city"),
    "letters": ("full", "born", "postal"),
}
HEADERS = {"last": "nom", "first": "prenom", "born": "date_naissance", "sex": "sexe", "address": "adresse", "city": "ville", "postal": "code_postal", "email": "email",
           "phone": "telephone", "full": "nom_complet", "year": "annee_naissance", "month": "mois", "day": "jour"}  # fmt: skip


def cell(one: Person, name: str) -> str:
    match name:
        case "born":
            return f"{one.born:%d/%m/%Y}"
        case "full":
            return f"{one.last} {one.first}"
        case "year" | "month" | "day":
            return str(getattr(one.born, name))
        case "sex":
            return one.sex.upper()
        case _:
            return str(getattr(one, name))


def text(made: Made, profile: str) -> str:
    """The file with the columns of a profile."""
    names = PROFILES[profile]
    lines = [";".join(HEADERS[name] for name in names)]
    lines += [";".join(cell(row, name) for name in names) for row in made.rows]
    return "\n".join(lines) + "\n"


def pairs(groups: Iterable[Hashable]) -> int:
    """Pairs of rows in one group."""
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def mistaken(groups: Sequence[int], made: Made) -> int:
    """Of the pairs that must stay two, those of whom some rows were taken for one person."""
    of: dict[int, set[int]] = {}
    for group, person in zip(groups, made.truth, strict=True):
        of.setdefault(person, set()).add(group)
    return sum(bool(of[a] & of[b]) for a, b in made.apart)
