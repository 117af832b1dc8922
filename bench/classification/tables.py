"""Tables with known kinds: columns that go together, headers in many styles, misleading or absent ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Headers
from bench.classification.values import Draw, column, mine, noised, pools

THEMES = (
    ("title", "first_name", "last_name", "birth_date", "sex", "address", "city", "postal_code", "email", "phone"), ("person_id", "last_name", "first_name", "maiden_name", "birth_date", "birth_place", "sex", "national_id", "phone"),
    ("person_id", "birth_date", "death_date", "national_id", "id_document", "title", "first_name", "middle_name", "last_name", "marital_status", "ethnicity", "sex", "birth_place", "address", "city", "region", "postal_code", "country", "geo", "income"),
    ("none", "person_id", "diagnosis_code", "medical_text", "none", "none"), ("none", "none", "person_id", "treatment", "treatment", "none", "medical_text"), ("person_id", "age", "sex", "health_measure", "health_measure", "health_measure", "medical_text"),
    ("full_name", "email", "username", "password", "ip_address", "phone"), ("username", "password", "email", "device_id", "ip_address", "none", "url"), ("full_name", "organization", "occupation", "email", "phone", "income", "none"),
    ("full_name", "bank_account", "credit_card", "card_detail", "card_detail", "country"), ("full_name", "age", "sex", "health_measure", "medical_text", "none", "full_name", "organization", "organization", "none", "none", "none", "treatment", "health_measure"),
    ("none", "none", "none", "none", "none", "none"), ("none", "full_name", "address", "city", "region", "postal_code", "phone", "none"), ("person_id", "nationality", "marital_status", "occupation", "income", "ethnicity", "birth_date"),
    ("last_name", "first_name", "insurance_number", "organization", "treatment", "free_text"), ("none", "none", "free_text", "email", "full_name", "none"), ("city", "region", "country", "geo", "geo", "none", "none"), ("organization", "address", "postal_code", "city", "phone", "url", "email"),
    ("email", "password"), ("first_name", "last_name", "birth_date"), ("full_name", "birth_date", "phone"), ("none", "device_id", "ip_address", "none", "url", "none"),
)  # fmt: skip
SELDOM = frozenset(
    {
        "death_date",
        "maiden_name",
        "middle_name",
        "birth_place",
        "insurance_number",
        "id_document",
        "income",
        "health_measure",
        "card_detail",
    }
)
PREFIXES = ("patient", "client", "customer", "usr", "p", "contact", "emp", "pat", "t", "member")


@dataclass(frozen=True, slots=True)
class Table:
    """Names (empty: no header), cells by column, and the truth."""

    header: str  # present, absent, neutral, misleading
    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]


def tables(sources: list[Any], count: int, seed: int, half: int | None = None, vary: bool = False) -> Iterator[Table]:
    """`half`, `vary`: see `Draw`."""
    rng = Draw(seed, half, vary)
    codes = list(kinds())
    for _ in range(count):
        words = rng.choice(sources)
        if vary and rng.random() < 0.02:
            yield animals(rng, words)
            continue
        if rng.random() < 0.7:
            theme = [kind for kind in rng.choice(THEMES) if rng.random() < 0.85] or ["none"]
            if rng.random() < 0.4:
                theme.insert(rng.randrange(len(theme) + 1), rng.choice(codes))
        else:
            theme = [rng.choice(codes) if rng.random() < 0.7 else "none" for _ in range(rng.randrange(1, 12))]
        header = rng.choices(("present", "absent", "neutral", "misleading"), (5, 3, 1, 0.6))[0]
        if header != "present":  # what cannot be told without its name is seldom there
            theme = [kind for kind in theme if kind not in SELDOM or rng.random() < 0.35] or ["none"]
            for _ in range(rng.choice((0, 0, 1, 2, 4))):
                theme.insert(rng.randrange(len(theme) + 1), "none")
        rows = rng.choice((8, 20, 40, 60, 100))
        cells = tuple(tuple(noised(column(kind, words, rng, rows), rng)) for kind in theme)
        style = rng.randrange(6)
        names = tuple(styled(rng.choice(sorted(load(Headers).kind[kind].names)), style, rng) for kind in theme)
        if header == "absent":
            names = tuple(f"column {at + 1}" for at in range(len(theme)))
        elif header == "neutral":
            form = rng.choice(("c{}", "field_{}", "col{}", "V{}", "F{}"))
            names = tuple(form.format(at + 1) for at in range(len(theme)))
        elif header == "misleading":
            names = tuple(
                styled(rng.choice(("value", "data", "info", "x", "field", "misc", "tmp", "str")), style, rng) for _ in theme
            )
        yield Table(header, names, cells, tuple(theme))


def animals(rng: Draw, words: Any) -> Table:
    """A table whose headers speak of persons and whose rows do not."""
    rows, of = rng.choice((8, 20, 60)), pools("words")
    species, breeds, colors = (
        rng.sample(mine(rng, of[name]), min(rng.randrange(3, 12), len(mine(rng, of[name]))))
        for name in ("species", "breeds", "colors")
    )
    drawn = {
        rng.choice(("race", "breed", "raza", "razza", "Rasse", "ras")): ("none", lambda: rng.choice(breeds)),
        rng.choice(("espece", "species", "especie", "Tierart")): ("none", lambda: rng.choice(species)),
        rng.choice(("robe", "color", "Farbe")): ("none", lambda: rng.choice(colors)),
        rng.choice(("poids", "weight", "Gewicht", "peso")): ("none", lambda: f"{rng.uniform(0.5, 700):.1f}"),
        rng.choice(("proprietaire", "owner", "Besitzer")): ("full_name", lambda: f"{words.word('first')} {words.word('last')}"),
    }
    names = rng.sample(list(drawn), rng.randrange(2, 6))
    cells = tuple(tuple(drawn[name][1]() for _ in range(rows)) for name in names)
    return Table("present", tuple(names), cells, tuple(drawn[name][0] for name in names))


def styled(phrase: str, style: int, rng: random.Random) -> str:
    words = phrase.split()
    if rng.random() < 0.12:
        words = [rng.choice(PREFIXES), *words]
    if rng.random() < 0.06:
        words = [*words, rng.choice(("1", "2", "p", "code" if rng.random() < 0.2 else "1"))]
    match style:
        case 0:
            return "_".join(words)
        case 1:
            return "_".join(words).upper()
        case 2:
            return " ".join(word.capitalize() for word in words)
        case 3:
            return words[0] + "".join(word.capitalize() for word in words[1:])
        case 4:
            return "".join(word.capitalize() for word in words)
        case _:
            return " ".join(words)
