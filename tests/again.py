"""The figures of the demonstration, computed once more by plain pandas from the rows themselves and from the public lists that are
shipped; nothing of `analysis` takes part. Who is one person is taken over (`links`)."""

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import accumulate
from math import ceil, exp, floor, log2
from typing import Any

import numpy as np
import pandas as pd

from tests.conftest import SAMPLE, TOP

BREACH = date(2024, 11, 19)
NOWHERE = date(1900, 1, 1)  # of seventeen rows
CLAIMED, THRESHOLD = 758_912, 0.2
UNKNOWN = frozenset({"INCONNU", "INCONNUE", "NON RENSEIGNE", "NR", "NC", "SDF", "X"})
OFFICE = re.compile(r"(accueil|contact|info|secretariat|patient|famille)s?@")
CHANNELS = ("email", "sms", "post", "call")
ZONES = {  # of the French numbering plan: départements of a zone, as far as they are called from another one's they do not agree
    zone: set(codes) for zone, codes in tomllib.loads((TOP / "resources/rules/values.toml").read_text("utf-8"))["zones"].items()
}
SCENARIOS = tomllib.loads((TOP / "resources/rules/scenarios.toml").read_text("utf-8"))["scenario"]
PRICES = {"email": 0.002, "sms": 0.06, "post": 1.60}

Figures = dict[str, float]


def fold(text: str) -> str:
    """Letters only, upper case, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(sign for sign in plain if sign.isalpha()).upper()


def birth_of(text: str) -> date | None:
    if not re.fullmatch(r"\d\d/\d\d/\d{4}", text.strip()):
        return None
    try:
        found = datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None
    return found if NOWHERE < found <= BREACH else None


def age_of(birth: date | None) -> int | None:
    return None if birth is None else BREACH.year - birth.year - ((BREACH.month, BREACH.day) < (birth.month, birth.day))


def digits_of(text: str) -> str:
    """A French number in ten digits, as it is called from within; other ones as they stand."""
    digits = re.sub(r"\D", "", text)
    found = re.fullmatch(r"(?:0033|33)0?([1-9]\d{8})", digits)
    return "0" + found[1] if found and text.strip().startswith(("+", "00")) else digits


def phone_of(text: str) -> str:
    digits = re.sub(r"[ .()-]", "", text)
    found = re.fullmatch(r"(?:\+33|0033|0)([1-9]\d{8})", digits)
    return found[1] if found and len(set(found[1][1:])) > 1 else ""


def email_of(text: str) -> str:
    plain = text.strip().lower()
    shaped = re.fullmatch(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", plain)
    return plain if shaped and not plain.startswith(("test@", "noreply@", "aucun@")) else ""


def real(text: str) -> str:
    """A name or an address; empty where it stands for none."""
    return "" if text.strip().upper() in UNKNOWN else text.strip()


def lists() -> dict[str, pd.DataFrame]:
    """The public lists that are shipped."""
    folder = TOP / "resources" / "reference"
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("geo_fr", "first_names", "history_fr")}


def rows_of(links: pd.DataFrame) -> pd.DataFrame:
    """The rows of the file, each with what valid cells say, and its person. `links`: row, person."""
    rows = pd.read_csv(SAMPLE, sep=";", dtype=str, keep_default_na=False)
    rows["person"] = links.set_index("row").person.reindex(range(len(rows)))
    codes = set(lists()["geo_fr"].postal_code)
    rows["last"], rows["first"] = rows.NOM.map(real).map(fold), rows.PRENOM.map(real).map(fold)
    rows["birth"] = rows.DATE_NAISSANCE.map(birth_of)
    rows["sex"] = rows.SEXE.map({"F": "f", "M": "m", "2": "f", "1": "m", "H": "m"})
    rows["place"] = rows.CODE_POSTAL.where(rows.CODE_POSTAL.isin(codes))
    rows["phone"] = rows.TELEPHONE.map(phone_of).replace("", None)
    rows["email"] = rows.EMAIL.map(email_of).replace("", None)
    street = rows.ADRESSE.map(real).map(lambda text: re.sub(r"[ -]+", " ", fold_signs(text)))
    rows["mail_named"] = [
        bool(mail and name and name in fold(mail.split("@")[0]))
        for mail, name in zip(rows.email.fillna(""), rows["last"], strict=True)
    ]
    rows["home"] = (street + "|" + rows.place.fillna("")).where((street != "") & rows.place.notna())
    return rows


def fold_signs(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).upper()


def first_of(found: pd.Series) -> Any:
    return min(found.dropna(), default=None)


def people_of(rows: pd.DataFrame) -> pd.DataFrame:
    """One line per person."""
    people = rows.groupby("person").agg(
        rows=("birth", "size"),
        **{name: (name, first_of) for name in ("birth", "sex", "place", "home")},
        last=("last", lambda found: min((one for one in found if one), default="")),
        named=("last", lambda found: any(found) and any(rows.loc[found.index, "first"])),
        email=("email", "count"),
        phone=("phone", "count"),
        mail_named=("mail_named", "any"),
        homes=("home", "nunique"),
        mailed=("email", lambda found: any(not OFFICE.match(one) for one in found.dropna())),
        mobile=("phone", lambda found: any(one[:1] in "67" for one in found.dropna())),
    )
    people["age"] = people.birth.map(age_of)
    people["minor"], people["old"] = (people.age < 18).fillna(False), (people.age >= 75).fillna(False)
    return people.join(towns_of(rows))


def towns_of(rows: pd.DataFrame) -> pd.DataFrame:
    """person: département, commune, the inhabitants of her town within her postal code, and whether it is a village."""
    geo = lists()["geo_fr"]
    by_code = dict(list(geo.groupby("postal_code")))
    found = {}
    for person, hers in rows[rows.place.notna()].groupby("person"):
        code = min(hers.place)
        part = by_code[code]
        main = part.sort_values("population").iloc[-1]
        department, commune, living, whole = main.department, None, part.population.sum(), part.commune_population.max()
        if len(part) == 1:
            commune, whole = main.insee, main.commune_population
        else:
            told = [name for at, town in hers.VILLE.items() if hers.CODE_POSTAL[at] in by_code and (name := fold(town))]
            same = [line for line in part.itertuples() if any(named(line.folded, name) for name in told)]
            if same:
                best = max(same, key=lambda line: line.population)
                commune, living = best.insee, best.population
                whole = max(line.commune_population for line in same)
        found[person] = (department, commune, living, whole < 500)
    return pd.DataFrame.from_dict(found, orient="index", columns=["department", "commune", "living", "village"])


def named(known: str, told: str) -> bool:
    return known == told or told.startswith(known) or known.startswith(told + "EARR")


# -- the figures, by their place in the JSON


def figures(rows: pd.DataFrame, people: pd.DataFrame) -> Figures:
    """Every figure that is not taken over."""
    parts = (file, fields, coherence, freshness, persons, reached, lived, classes, severity, rated, projected)
    found: Figures = {}
    for part in parts:
        for path, value in part(rows, people):
            assert path not in found, path
            found[path] = value
    return found


Told = Iterator[tuple[str, float]]


def file(rows: pd.DataFrame, _: pd.DataFrame) -> Told:
    lines = SAMPLE.read_text("utf-8").count("\n")
    yield from {"leak.size": SAMPLE.stat().st_size, "leak.files": 1, "leak.rows": len(rows), "leak.columns": 10}.items()
    yield from {"leak.tables.0.rows": len(rows), "leak.tables.0.columns": 10, "leak.refused_members": 0}.items()
    ledger = {"physical_lines": lines, "records_read": lines, "header": 1, "kept": lines - 1}
    for name in ("physical_lines", "records_read", "header", "preamble", "blank", "kept", "repaired", "rejected", "irregular"):
        yield f"leak.ledger.{name}", ledger.get(name, 0)


def fields(rows: pd.DataFrame, _: pd.DataFrame) -> Told:
    """How many cells are empty, valid, malformed, or stand for nothing."""
    nothing = {"?", "I", "00000", "99999", "0600000000", "00 00 00 00 00", "0000000000", "01/01/1900"}
    valid = {
        "NUM_PATIENT": rows.NUM_PATIENT != "",
        "NOM": rows.NOM.map(real) != "",
        "PRENOM": rows.PRENOM.map(real) != "",
        "DATE_NAISSANCE": rows.birth.notna(),
        "SEXE": rows.sex.notna(),
        "ADRESSE": rows.ADRESSE.map(real) != "",
        "VILLE": rows.VILLE.map(lambda text: bool(fold(text)) and not re.search(r"\d", text)),
        "CODE_POSTAL": rows.place.notna(),
        "EMAIL": rows.email.notna(),
        "TELEPHONE": rows.phone.notna(),
    }
    for at, (name, good) in enumerate(valid.items()):
        cell, empty = rows[name].str.strip(), rows[name].str.strip() == ""
        void = cell.map(
            lambda text: text.upper() in UNKNOWN or text in nothing or text.startswith(("test@", "noreply@", "aucun@"))
        )
        there = ~empty & ~void & ~good
        counted = {"filled": ~empty, "valid": good, "placeholder": void & ~good, "malformed": there, "empty": empty}
        yield from ((f"fields.{at}.{what}", int(flag.sum())) for what, flag in counted.items())
        yield from {f"fields.{at}.position": at + 1, f"fields.{at}.person": 1}.items()
        yield from ((f"fields.{at}.names_others.{side}", 0) for side in ("low", "high"))


def spaced(rows: pd.DataFrame) -> pd.DataFrame:
    """2,500 rows, evenly."""
    return rows.iloc[:: len(rows) // 2_500][:2_500]


def main_department() -> dict[str, str]:
    geo = lists()["geo_fr"].sort_values("population")
    return dict(zip(geo.postal_code, geo.department, strict=True))


def coherence(rows: pd.DataFrame, _: pd.DataFrame) -> Told:
    """How often two cells of a row agree, and how often those of rows that are 17 apart."""
    some, known = spaced(rows), lists()
    by_code = {code: list(part.folded) for code, part in known["geo_fr"].groupby("postal_code")}
    births = known["first_names"].assign(folded=known["first_names"].name.map(fold))
    by_sex = births.groupby(["folded", "sex"]).births.sum().unstack(fill_value=0)
    girls = (by_sex.f / by_sex.sum(axis=1)).to_dict()
    by_decade, by_name, every = births.groupby("decade").births.sum(), births.groupby("folded").births.sum(), births.births.sum()
    given = births.groupby(["folded", "decade"]).births.sum().to_dict()
    home = main_department()

    def town(code: str, city: str) -> bool | None:
        name = fold(city)
        if not name or code.strip() not in by_code:
            return None
        return any(named(one, name) or one.startswith(name + "ERARR") for one in by_code[code.strip()])

    def sex(first: str, mark: str) -> bool | None:
        share, told = girls.get(fold(first)), {"F": True, "2": True, "M": False, "1": False, "H": False}.get(mark.strip())
        return None if share is None or told is None or 0.05 < share < 0.95 else (share > 0.5) is told

    def decade(first: str, birth: str) -> bool | None:
        name, day = fold(first), born(birth)
        if day is None or name not in by_name.index:
            return None
        ten = (day.year - 1) // 10 * 10 + 1
        if not 1901 <= ten <= 2011:
            return None
        return given.get((name, ten), 0) * every >= 0.5 * by_name[name] * by_decade[ten]

    def zone(phone: str, code: str) -> bool | None:
        digits = digits_of(phone)
        if len(digits) != 10 or not "01" <= digits[:2] <= "05" or code.strip() not in home:
            return None
        return home[code.strip()] in ZONES[digits[:2]]

    asked = (
        ("CODE_POSTAL", "VILLE", town),
        ("PRENOM", "SEXE", sex),
        ("PRENOM", "DATE_NAISSANCE", decade),
        ("TELEPHONE", "CODE_POSTAL", zone),
    )
    for at, (one, other, agree) in enumerate(asked):
        here = [agree(a, b) for a, b in zip(some[one], some[other], strict=True)]
        there = [agree(a, b) for a, b in zip(some[one][:-17], some[other][17:], strict=True)]
        compared = [found for found in there if found is not None]
        yield f"coherence.{at}.agreeing", here.count(True)
        yield f"coherence.{at}.compared", len(here) - here.count(None)
        yield f"coherence.{at}.chance", sum(compared) / len(compared)


def born(text: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None


def freshness(rows: pd.DataFrame, _: pd.DataFrame) -> Told:
    some, history, home = spaced(rows), lists()["history_fr"], main_department()
    digits = some.TELEPHONE.map(digits_of)
    whole = digits[digits.str.len() == 10]
    yield "freshness.mobiles", int(whole.str[:2].isin(["06", "07"]).sum())
    yield "freshness.recent_mobiles", int((whole.str[:2] == "07").sum())
    yield "freshness.old_phones", int(((digits.str.len() == 8) & (digits.str[0] != "0")).sum())
    closed = set((TOP / "resources/reference/closed_postal_codes.txt").read_text("utf-8").split())
    dated = {(line.folded, line.department): (line.began, line.ended) for line in history.itertuples()}
    told = [
        dated.get((fold(city), home.get(code.strip(), "")), (0, 0))
        for city, code in zip(some.VILLE, some.CODE_POSTAL, strict=True)
    ]
    yield "freshness.places", sum(code.strip() in home or code.strip() in closed for code in some.CODE_POSTAL)
    yield "freshness.closed_codes", sum(code.strip() in closed for code in some.CODE_POSTAL)
    yield "freshness.new_places", sum(began > 0 for began, _ in told)
    yield "freshness.merged_places", sum(ended > 0 for _, ended in told)
    yield "freshness.new_place_year", max(began for began, _ in told)


def persons(rows: pd.DataFrame, people: pd.DataFrame) -> Told:
    ages = people.age.dropna()
    yield from {"people.rows": len(rows), "people.best": len(people), "people.levels.linked": len(people)}.items()
    yield from {"people.minors": int((ages < 18).sum()), "people.minors_at_most": int((ages < 18).sum())}.items()
    yield from {"people.over_75": int((ages >= 75).sum()), "people.known_age": len(ages), "people.in_several_roles": 0}.items()
    yield from ((f"people.rows_per_person.{size}", int(n)) for size, n in people.rows.value_counts().items())
    yield from ((f"people.departments.{code}", int(n)) for code, n in people.department.value_counts().items())
    yield "people.without_department", int(people.department.isna().sum())
    yield from ((f"people.communes.{code}", int(n)) for code, n in people.commune.value_counts().items())
    yield "people.countries.FR", int(people.department.notna().sum())  # no column names a country


def ways(people: pd.DataFrame) -> pd.DataFrame:
    """By which channels each person can be told."""
    home = people.home.notna()
    return pd.DataFrame({"email": people.mailed, "sms": people.mobile, "post": home, "call": (people.phone > 0) & ~people.mobile})


def reached(_: pd.DataFrame, people: pd.DataFrame) -> Told:
    by = ways(people)
    best = by.apply(lambda line: next((name for name in CHANNELS if line[name]), "none"), axis=1).value_counts()
    yield from ((f"people.reach.{name}", int(best.get(name, 0))) for name in (*CHANNELS, "none"))
    yield from ((f"people.reach.any_{name}", int(by[name].sum())) for name in CHANNELS)
    together = by.apply(lambda line: "+".join(name for name in CHANNELS if line[name]) or "none", axis=1).value_counts()
    yield from ((f"people.reach.together.{name}", int(n)) for name, n in together.items())
    yield from {"people.reach.deceased": 0, "people.reach.minors": int((by.any(axis=1) & people.minor).sum())}.items()
    euros = {name: round(int(best.get(name, 0)) * price, 2) for name, price in PRICES.items()}
    yield from ((f"people.reach.costs.{name}", value) for name, value in euros.items())
    yield "people.reach.costs.total", round(sum(euros.values()), 2)
    yield "people.surroundings.groups.unreachable", int(best.get("none", 0))


def lived(rows: pd.DataFrame, people: pd.DataFrame) -> Told:
    at_home = people.home.value_counts()
    homes = at_home[at_home > 1]
    yield from {"people.surroundings.households": len(homes), "people.surroundings.in_households": int(homes.sum())}.items()
    yield "people.surroundings.largest", int(homes.max())
    places = ("care_home", "boarding_school", "barracks_or_prison")  # of eight at least; here live six at most
    assert homes.max() < 8
    yield from ((f"people.surroundings.places.{place}.{what}", 0) for place in places for what in ("addresses", "people"))
    groups = {"minor": people.minor.sum(), "old": people.old.sum(), "village": (people.village == True).sum()}  # noqa: E712
    yield from ((f"people.surroundings.groups.{name}", int(n)) for name, n in groups.items())
    yield from ((f"people.surroundings.groups.{name}", 0) for name in ("deceased", *places))
    for part in ("email", "phone"):
        told = rows.dropna(subset=[part]).drop_duplicates(["person", part])
        several = told.groupby(part).person.nunique()
        shared = several[several > 1]
        yield f"people.surroundings.shared.{part}.points", len(shared)
        yield f"people.surroundings.shared.{part}.people", int(shared.sum())
        yield f"people.surroundings.shared.{part}.most", int(shared.max())
        yield f"people.surroundings.groups.shared_{part}", int(shared.sum())


def classes(_: pd.DataFrame, people: pd.DataFrame) -> Told:
    """Classes of birth date, sex and postal code; and how many others of her age and sex her town is expected to have."""
    at = "impact.reidentification"
    whole = people.dropna(subset=["birth", "sex", "place"])
    sizes = whole.groupby(["birth", "sex", "place"]).size()
    yield from {f"{at}.rows": len(whole), f"{at}.classes": len(sizes), f"{at}.k": int(sizes.min())}.items()
    yield from {f"{at}.uniques": int((sizes == 1).sum()), f"{at}.highest": 1 / sizes.min()}.items()
    yield from {
        f"{at}.average": len(sizes) / len(whole),
        f"{at}.at_risk": sizes[1 / sizes > THRESHOLD].sum() / len(whole),
    }.items()
    for label, low, high in (("1", 1, 1), ("2", 2, 2), ("3-4", 3, 4), ("5-9", 5, 9), ("10+", 10, 1 << 60)):
        yield f"{at}.sizes.{label}", int(sizes[sizes.between(low, high)].sum())
    for place, (size, n) in enumerate(sizes.value_counts().sort_index().items()):
        yield from {f"{at}.histogram.{place}.0": size, f"{at}.histogram.{place}.1": int(n)}.items()
    shape = json.loads((TOP / "resources/reference/age_shape.json").read_text("utf-8"))
    total = sum(shape["men"]) + sum(shape["women"])
    share = {("m", age): count / total for age, count in enumerate(shape["men"])}
    share |= {("f", age): count / total for age, count in enumerate(shape["women"])}
    told = people.dropna(subset=["age", "sex", "living"])
    others = [one.living * share[one.sex, min(int(one.age), 100)] / 365.25 for one in told.itertuples()]
    yield from {f"{at}.covered": len(others), f"{at}.communes": int(told.commune.notna().sum())}.items()
    yield from {
        f"{at}.alone_in_town": float(np.mean([exp(-n) for n in others])),
        f"{at}.median_others": float(np.median(others)),
    }.items()


def flags_of(people: pd.DataFrame) -> pd.DataFrame:
    held = {
        "last_name": people.named,
        "birth_date": people.birth.notna(),
        "sex": people.sex.notna(),
        "address": people.home.notna(),
    }
    held |= {"postal_code": people.place.notna(), "email": people.email > 0, "phone": people.phone > 0}
    return pd.DataFrame(held)


def severity(_: pd.DataFrame, people: pd.DataFrame) -> Told:
    """ENISA's SE = DPC x EI + CB: civil status and contact details (1) of a hospital (+2), of minors (+1, DPC 4 of theirs alone);
    the doctor of each patient was declared (4); a full name with a birth date, an e-mail or an address, or an e-mail made of a name: EI 1; sold by somebody
    unknown (0.5) with malice (0.5): CB 1."""
    file, declared = {"dpc": 3, "ei": 1.0, "cb": 1.0, "se": 4.0}, {"dpc": 4, "ei": 1.0, "cb": 1.0, "se": 5.0}
    yield from ((f"impact.{name}", value) for name, value in file.items())
    yield from ((f"impact.declared.{name}", value) for name, value in declared.items())
    yield from {"impact.at_least": 4.0, "impact.up_to": 5.0}.items()
    yield from {"impact.classes.0.base": 1, "impact.classes.0.proposed": 3, "impact.classes.0.score": 3}.items()
    yield from {"impact.classes.0.moves.0.by": 2, "impact.classes.0.moves.1.by": 1}.items()
    yield from ((f"impact.exposed.{kind}", int(there.sum())) for kind, there in flags_of(people).items())
    counted = Counter(band(one) for one in scores(people))
    yield from ((f"impact.bands.{name}", counted[name]) for name in ("low", "medium", "high", "very_high"))


def scores(people: pd.DataFrame) -> list[float]:
    """SE of each person."""
    held = flags_of(people)
    more = held.birth_date | held.email | held.address
    found = []
    for minor, sure, line in zip(people.minor, held.last_name & more | people.mail_named, held.itertuples(), strict=True):
        ease = 1.0 if sure else 0.75 if line.email else 0.5 if line.address or (line.phone and line.postal_code) else 0.25
        found.append((4 if minor else 3) * ease + 1.0)
    return found


def band(se: float) -> str:
    return "low" if se < 2 else "medium" if se < 3 else "high" if se < 4 else "very_high"


def opened(people: pd.DataFrame) -> pd.DataFrame:
    """The level, 0 to 3, of each abuse that a person's data open; all of them are patients."""
    held = flags_of(people)
    words = held.rename(columns={"last_name": "named", "birth_date": "birth", "address": "home", "postal_code": "place"})
    words = words.assign(mobile=(people.phone > 0) & people.mobile, old=people.old, minor=people.minor, health=True)
    known = [frozenset(words.columns[line]) for line in words.to_numpy(dtype=bool)]
    levels = {}
    for item in SCENARIOS:
        steps = [(3, item.get("grave", [])), (2, item.get("serious", [])), (1, item.get("possible", []))]
        levels[item["code"]] = [
            next((level for level, needs in steps if any(set(need.split()) <= one for need in needs)), 0) for one in known
        ]
    return pd.DataFrame(levels, index=people.index)


def rated(_: pd.DataFrame, people: pd.DataFrame) -> Told:
    """The abuses; who is told first: the tier, then severity, the sum of the levels, and how rare it is what is exposed of her."""
    levels = opened(people)
    for code, found in levels.items():
        yield from (
            (f"impact.scenarios.{code}.{name}", int((found == at).sum()))
            for at, name in enumerate(("possible", "serious", "grave"), start=1)
        )
    serious = (levels >= 2).sum(axis=1)
    yield from ((f"impact.opened.{at}", int(n)) for at, n in serious.value_counts().items())
    held = flags_of(people)
    bits = {kind: -log2(there.mean()) for kind, there in held.items()}
    se = scores(people)
    tier = [
        1 if one >= 4 and first else 2 if one >= 4 else 3 if one >= 3 else 4
        for one, first in zip(se, people.minor | people.old, strict=True)
    ]
    yield from ((f"impact.priority.{at}", tier.count(at)) for at in (1, 2, 3, 4))
    rare = held.apply(lambda line: round(sum(bits[kind] for kind in held.columns if line[kind]), 9), axis=1)
    order = pd.DataFrame(
        {
            "tier": tier,
            "se": se,
            "levels": levels.sum(axis=1),
            "rare": rare,
            "old": people.old,
            "minor": people.minor,
            "open": serious,
        }
    )
    order = order.sort_values(["tier", "se", "levels", "rare", "old"], ascending=[True, False, False, False, True])
    sums = {name: list(accumulate(order[name].astype(int))) for name in ("minor", "old", "open")}
    for at, share in enumerate((0.01, 0.05, 0.1, 0.25, 0.5, 1.0)):
        n = round(share * len(people))
        told = {
            "share": share,
            "people": n,
            "minors": sums["minor"][n - 1],
            "old": sums["old"][n - 1],
            "opened": sums["open"][n - 1] / n,
        }
        yield from ((f"impact.order.{at}.{name}", value) for name, value in told.items())


def projected(_: pd.DataFrame, people: pd.DataFrame) -> Told:
    """Groups of the file among all who are claimed: Wilson's bounds are the roots of (f - p)^2 = z^2 p (1 - p) / n."""
    by, ages, se = ways(people), people.age.dropna(), scores(people)
    everybody = len(people)
    counted = {
        "minors": ((ages < 18).sum(), len(ages)), "over_75": ((ages >= 75).sum(), len(ages)), "high_severity": (sum(one >= 3 for one in se), everybody),
        "email": (by.email.sum(), everybody), "sms": (by.sms.sum(), everybody), "post": (by.post.sum(), everybody), "none": ((~by.any(axis=1)).sum(), everybody),
    }  # fmt: skip
    for code, (found, among) in counted.items():
        n, share, z2 = among * (CLAIMED - 1) / (CLAIMED - among), found / among, 1.959963984540054**2
        low, high = sorted(np.roots([1 + z2 / n, -(2 * share + z2 / n), share * share]).real)
        told = {
            "found": found,
            "among": among,
            "low": max(floor(low * CLAIMED), found),
            "expected": round(share * CLAIMED),
            "high": ceil(high * CLAIMED),
        }
        yield from ((f"impact.projection.{code}.{name}", int(value)) for name, value in told.items())
