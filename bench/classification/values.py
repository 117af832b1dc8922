"""A source of words of one locale in, columns of every kind out: what a column may hold, in more ways than one."""

import random
import re
import string
import tomllib
import uuid
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol

Maker = Callable[[], str]
SYLLABLES = "ac al an ar av bel bor cal cor dan del dex don el en er fen gan gor hal ix kal kor lan len lor lux mar mer min nor nov on or pas per pol quin rad ran rel rix sal san sel sol tan tar tel tex tor ul va val ver vex vi vol war xan xo yor zan zor"


class Words(Protocol):
    """What a locale's library gives: one word or phrase a call."""

    def word(self, what: str) -> str: ...


@cache
def pools(section: str) -> dict[str, list[Any]]:
    """Words and patterns, from pools.toml."""
    return tomllib.loads((Path(__file__).parent / "pools.toml").read_text(encoding="utf-8"))[section]


def luhn(body: str) -> str:
    total = sum(int(digit) if at % 2 else sum(divmod(int(digit) * 2, 10)) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(string.digits, k=count))


def brand(rng: random.Random) -> str:
    """A name that nothing is called."""
    parts = mine(rng, SYLLABLES.split())
    words = ["".join(rng.choices(parts, k=rng.choice((2, 2, 3)))).capitalize() for _ in range(rng.choice((1, 1, 1, 2)))]
    return " ".join(words)


class Draw(random.Random):
    """Chance that knows every pool of patterns and words, or one half of each only (`half`: 0 or 1), so that what was fitted on one half can
    be scored on the other. `vary`: for a fit; what the pools hold is varied, so that nothing is learned by heart."""

    def __init__(self, seed: int, half: int | None = None, vary: bool = False) -> None:
        super().__init__(seed)
        self.half, self.vary = half, vary


def mine(rng: random.Random, pool: Sequence[Any]) -> Sequence[Any]:
    """The half of a pool that this chance knows; all of a pool of one."""
    return pool[rng.half :: 2] if isinstance(rng, Draw) and rng.half is not None and len(pool) > 1 else pool


def day(rng: random.Random, low: int, high: int) -> date:
    return date(low, 1, 1) + timedelta(days=rng.randrange(365 * (high - low) + 300))


def dates(rng: random.Random, low: int, high: int) -> Maker:
    form = layout(rng)
    names = rng.choice(mine(rng, pools("dates")["months"])).split() if "%B" in form else ()
    return lambda: written(day(rng, low, high), form, names)


def written(when: date, form: str, months: Sequence[str]) -> str:
    """A day with its month in the words of a language."""
    return when.strftime(form.replace("%B", months[when.month - 1]) if months else form)


def pattern(rng: random.Random, form: str) -> str:
    return "".join(
        rng.choice(string.digits)
        if sign == "#"
        else rng.choice(string.ascii_uppercase)
        if sign == "?"
        else rng.choice("0123456789abcdef")
        if sign == "^"
        else sign
        for sign in form
    )


def of_pattern(rng: random.Random, *forms: str) -> Maker:
    form = rng.choice(mine(rng, forms))
    if learning(rng) and len(form) > 4 and rng.random() < 0.5:
        form = mutated(rng, form)
    return lambda: pattern(rng, form)


def mutated(rng: random.Random, form: str) -> str:
    """A form like another: other letters before its digits, a digit more or less, another sign between its parts."""
    parting = rng.choice(("-", "_", "/", ".", " ", "")) if rng.random() < 0.4 else None
    made: list[str] = []
    for run in re.findall(r"#+|[A-Z]+|[-_/. ]|.", form):
        if run[0] == "#" and len(run) > 2:
            made.append("#" * (len(run) + rng.choice((-1, 0, 0, 1))))
        elif run.isalpha() and rng.random() < 0.7:
            made.append("".join(rng.choices(string.ascii_uppercase, k=max(1, len(run) + rng.choice((-1, 0, 0, 1))))))
        elif run in "-_/. " and parting is not None:
            made.append(parting)
        else:
            made.append(run)
    return "".join(made)


def learning(rng: random.Random) -> bool:
    return isinstance(rng, Draw) and rng.vary


def layout(rng: random.Random) -> str:
    """A way to write a date: one of the pool, or any order, month and sign between."""
    if learning(rng) and rng.random() < 0.4:
        year, month, sign = rng.choice(("%Y", "%Y", "%y")), rng.choice(("%m", "%m", "%m", "%b", "%B")), rng.choice("/-. ")
        order = rng.choice((("%d", month, year), (month, "%d", year), ("%Y", month, "%d")))
        return sign.join(order) + rng.choice(("", "", "", " 00:00", " 00:00:00", "T00:00:00"))
    return rng.choices(mine(rng, pools("dates")["layouts"]), mine(rng, pools("dates")["weights"]))[0]


def choice(rng: random.Random, *lists: Sequence[str]) -> Maker:
    chosen = rng.choice(mine(rng, lists)) if len(lists) > 1 else mine(rng, next(iter(lists)))
    weights = [rng.random() + 0.05 for _ in chosen]
    return lambda: rng.choices(chosen, weights)[0]


def latin(rng: random.Random) -> str:
    return rng.choice(mine(rng, pools("words")["latin"]))


def some(rng: random.Random, pool: Sequence[str]) -> list[str]:
    """Six or more of a pool."""
    known = mine(rng, pool)
    return rng.sample(known, rng.randrange(6, len(known)))


def checked(rng: random.Random) -> Maker:
    """National numbers with their check, drawn by trial."""
    from analysis.classify.checks import NATIONAL, passes

    forms = {
        "fr_nir": "fr",
        "us_ssn": "###-##-####",
        "gb_nhs": "### ### ####",
        "nl_bsn": "#########",
        "pl_pesel": "8#0#1######",
        "br_cpf": "###.###.###-##",
        "de_idnr": "###########",
        "it_cf": "it",
        "es_dni": "########?",
        "be_nn": "##.0#.1#-###.##",
        "ch_ahv": "756.####.####.##",
        "dk_cpr": "1#0#7#-####",
        "se_pnr": "7#0#1#-####",
        "no_fnr": "1#0#7######",
        "fi_hetu": "1#0#7#-###?",
        "pt_nif": "2########",
        "ro_cnp": "18#0#1#######",
        "tr_tckn": "###########",
        "ca_sin": "### ### ###",
        "cz_rc": "7#0#1#/####",
        "mx_curp": "mx",
        "za_id": "8#0#1#######",
        "ie_pps": "#######??",
        "gr_amka": "1#0#7######",
        "cn_ric": "11010119800#1####?",
        "in_aadhaar": "#### #### ####",
        "nino": "AB######C",
    }
    code = rng.choice(mine(rng, list(forms)))
    form = forms[code]
    if form == "fr":

        def nir() -> str:
            body = f"{rng.choice('12')}{rng.randrange(30, 99):02d}{rng.randrange(1, 13):02d}{rng.randrange(1, 95):02d}{rng.randrange(1, 900):03d}{rng.randrange(1, 999):03d}"
            return body + f"{97 - int(body) % 97:02d}"

        short = rng.random() < 0.2
        return lambda: nir()[:13] if short else nir()
    if form == "it":
        return of_pattern(rng, "??????8#A0#H50#?")
    if form == "mx":
        return of_pattern(rng, "????8#0#1#H?????0#")
    if code in ("nino",):
        return of_pattern(rng, form, "AB ## ## ## C")

    def trial() -> str:
        for _ in range(400):
            text = pattern(rng, form)
            if passes(NATIONAL[code], text):
                return text
        return pattern(rng, form)

    if rng.random() < 0.25:
        return lambda: pattern(rng, form)  # invented numbers seldom pass their check
    return trial


def makers(words: Words, rng: random.Random) -> dict[str, Callable[[], Maker]]:
    """Kind -> something that draws the way a column is written, then its cells."""
    w = words.word

    def name() -> Maker:
        style = rng.choice(("{f} {l}", "{f} {l}", "{l} {f}", "{l}, {f}", "{f} {m} {l}", "{t} {f} {l}", "{f} {l}"))
        return lambda: style.format(
            f=w("first"),
            l=w("last"),
            m=rng.choice((w("first"), rng.choice(string.ascii_uppercase) + ".")),
            t=rng.choice(("Dr.", "Mr.", "Mme", "Herr", "Sra.")),
        )

    def address() -> Maker:
        style = rng.random()
        if style < 0.6:
            return lambda: w("street")
        if style < 0.8:
            return lambda: f"{w('street')}, {w('postal')} {w('city')}"
        return lambda: w("address").replace("\n", ", ")

    def phone() -> Maker:
        if learning(rng) and rng.random() < 0.06:  # a spreadsheet took the zero
            return lambda: f"{rng.choice('67')}{digits(rng, 8)}"
        if rng.random() < 0.7:
            return lambda: w("phone")
        return of_pattern(rng, *pools("patterns")["phone"])

    def email() -> Maker:
        style = rng.random() if learning(rng) else 1.0
        if style < 0.08:
            return lambda: f"{w('first')} {w('last')} <{w('email')}>"
        if style < 0.11:
            return lambda: f"{w('email')} / {w('phone')}"
        return lambda: w("email")

    def city() -> Maker:
        if learning(rng) and rng.random() < 0.1:
            few = [w("country") for _ in range(rng.randrange(1, 9))]
            return lambda: f"{w('city')}, {rng.choice(few)}"
        return lambda: w("city")

    def person_id() -> Maker:
        start = rng.randrange(1, 90000)
        state = [start]

        def run() -> str:
            state[0] += rng.choice((1, 1, 1, 2, 7))
            return str(state[0])

        style = rng.random()
        if style < 0.3:
            return run
        if style < 0.45:
            return lambda: str(uuid.UUID(int=rng.getrandbits(128)))
        return of_pattern(rng, *pools("patterns")["person_id"])

    def username() -> Maker:
        style = rng.randrange(4)
        return lambda: (
            w("username"),
            (w("first") + digits(rng, 2)).lower(),
            (w("first")[:1] + w("last")).lower(),
            f"{w('first')}.{w('last')}".lower(),
        )[style].replace(" ", "")

    def password() -> Maker:
        style = rng.randrange(8)
        letters = string.ascii_letters + string.digits
        marks = letters + "!@#$%^&*()_+"
        return lambda: (
            pattern(rng, "^" * 32),
            pattern(rng, "^" * 40),
            pattern(rng, "^" * 64),
            "$2b$12$" + "".join(rng.choices(letters + "./", k=53)),
            "".join(rng.choices(marks, k=rng.randrange(8, 14))),
            rng.choice(mine(rng, pools("words")["common"])) + rng.choice(("", digits(rng, 2), "!")),
            "".join(rng.choices(letters, k=10)),
            latin(rng) + digits(rng, 3),
        )[style]

    def bank() -> Maker:
        from stdnum.iso7064 import mod_97_10

        country, length = rng.choice(
            (("FR", 23), ("DE", 18), ("ES", 20), ("IT", 0), ("NL", 0), ("GB", 0), ("PL", 24), ("BE", 12), ("PT", 21), ("CH", 17))
        )

        def iban() -> str:
            body = (
                digits(rng, length)
                if length
                else {
                    "IT": "X" + digits(rng, 10) + digits(rng, 12),
                    "NL": "ABNA" + digits(rng, 10),
                    "GB": "NWBK" + digits(rng, 14),
                }[country]
            )
            return (
                country + mod_97_10.calc_check_digits(country + "00" + body) + body
                if False
                else country + mod_97_10.calc_check_digits(body + country) + body
            )

        style = rng.random()
        if style < 0.65:
            return iban
        if style < 0.75:
            return lambda: " ".join(iban()[at : at + 4] for at in range(0, 34, 4)).strip()
        return of_pattern(rng, *pools("patterns")["account"])

    def card() -> Maker:
        body, spaced = (
            rng.choice(("4" + "#" * 14, "5" + "#" * 14, "37" + "#" * 12, "6011" + "#" * 11, "4" + "#" * 11)),
            rng.random(),
        )

        def number() -> str:
            text = luhn(pattern(rng, body))
            return (
                " ".join(text[at : at + 4] for at in range(0, 20, 4)).strip()
                if spaced < 0.2
                else "-".join(text[at : at + 4] for at in range(0, 16, 4))
                if spaced < 0.27
                else text
            )

        return number

    def detail() -> Maker:
        style = rng.randrange(5)
        if style == 0:
            return lambda: f"{rng.randrange(1, 13):02d}/{rng.randrange(24, 34)}"
        if style == 1:
            return lambda: f"{rng.randrange(1, 13)}/20{rng.randrange(24, 34)}"
        if style == 2:
            return of_pattern(rng, *pools("patterns")["card_code"])
        return choice(rng, pools("words")["cards"])

    def code() -> Maker:
        from analysis.classify.checks import icd10_stems

        stems = sorted(icd10_stems())
        style = rng.randrange(5)
        few = rng.sample(stems, 40)
        if style < 3:
            return lambda: (
                rng.choice(few) + ("" if style == 0 else ("." if style == 1 else "") + digits(rng, rng.randrange(1, 3)))
            )
        if style == 3:
            snomed = [
                pattern(rng, rng.choice(("########", "#########", "444814009", "1########", "2#######"))) for _ in range(30)
            ]
            return lambda: rng.choice(snomed).lstrip("0") or "1"
        return of_pattern(rng, *pools("patterns")["icd9"])

    def measure() -> Maker:
        if learning(rng) and rng.random() < 0.2:
            return answers()
        style = rng.randrange(12)
        if style == 0:
            return choice(rng, pools("words")["blood"])
        if style == 1:
            return lambda: f"{rng.randrange(95, 180)}/{rng.randrange(55, 110)}"
        if style == 2:
            return choice(rng, *pools("lists")["findings"])
        if style == 3:
            return lambda: f"{rng.gauss(70, 14):.1f} kg"
        low, high, places = rng.choice(
            (
                (145, 200, 0),
                (40, 120, 1),
                (1.4, 2.0, 2),
                (17, 42, 1),
                (60, 190, 0),
                (35.5, 40, 1),
                (3, 12, 1),
                (80, 300, 0),
                (0.4, 3, 2),
                (50, 110, 0),
            )
        )
        return lambda: f"{rng.uniform(low, high):.{places}f}"

    def geo() -> Maker:
        style = rng.randrange(4)
        if style == 0:
            return lambda: f"{rng.uniform(-60, 70):.{rng.choice((4, 6))}f}"
        if style == 1:
            return lambda: f"{rng.uniform(-170, 170):.6f}"
        if style == 2:
            return lambda: f"{rng.uniform(40, 52):.5f}, {rng.uniform(-5, 9):.5f}"
        return lambda: f"{rng.uniform(41, 51):.8f}"

    def text() -> Maker:
        return lambda: (
            w("sentence")
            if rng.random() < 0.7
            else " ".join(rng.choices(mine(rng, pools("words")["latin"]), k=rng.randrange(6, 20))).capitalize() + "."
        )

    def answers() -> Maker:
        """Whether something is so, mostly not."""
        yes, no = rng.choice(
            (
                ("Oui", "Non"),
                ("Yes", "No"),
                ("1", "0"),
                ("O", "N"),
                ("True", "False"),
                ("Y", "N"),
                ("oui", "non"),
                ("Sí", "No"),
                ("Ja", "Nein"),
                ("yes", "no"),
            )
        )
        share = rng.uniform(0.05, 0.6)
        return lambda: yes if rng.random() < share else no

    def medical() -> Maker:
        if learning(rng) and rng.random() < 0.12:
            return answers()
        few = some(rng, pools("words")["diseases"])
        style = rng.random()
        if style < 0.7:
            return lambda: rng.choice(few)
        return lambda: (
            f"{rng.choice(('Patient presents with', 'Patiente suivie pour', 'Verdacht auf', 'Paciente con', 'Paziente con', 'Pt c/o', 'ATCD :'))} {rng.choice(few).lower()}"
            + rng.choice((".", ", depuis 3 jours.", ", follow-up in 2 weeks.", ""))
        )

    def device() -> Maker:
        style = rng.randrange(4)
        browsers = [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15",
            "Opera/9.80 (X11; Linux i686; U; fr) Presto/2.9",
        ]
        return (
            lambda: ":".join(pattern(rng, "^^").upper() for _ in range(6)),
            lambda: luhn(pattern(rng, "35" + "#" * 12)),
            lambda: rng.choice(browsers),
            lambda: pattern(rng, "^" * 16),
        )[style]

    def ip() -> Maker:
        if rng.random() < 0.85:
            return lambda: ".".join(str(rng.randrange(1, 255)) for _ in range(4))
        return lambda: ":".join(pattern(rng, "^^^^") for _ in range(8))

    def url() -> Maker:
        style = rng.randrange(3)
        return lambda: (
            f"https://www.{w('last').lower().replace(' ', '')}.example/{latin(rng)}",
            f"http://{latin(rng)}.example.com",
            f"{latin(rng)}-{latin(rng)}.example",
        )[style]

    def nothing() -> Maker:
        if learning(rng) and rng.random() < 0.06:
            return answers()
        style = rng.randrange(28)
        counter = [rng.randrange(3)]

        def run() -> str:
            counter[0] += 1
            return str(counter[0])

        fixed: list[Maker] = [
            run,
            dates(rng, 2012, 2026),
            dates(rng, 2019, 2026),
            lambda: f"{rng.lognormvariate(4, 1):.2f}",
            lambda: f"{rng.lognormvariate(4, 1):.2f} €",
            lambda: str(rng.randrange(1, 20)),
            lambda: str(int(rng.lognormvariate(5, 1.5))),
            choice(rng, *pools("lists")["status"]),
            choice(rng, w("sentence").split()[: rng.randrange(2, 7)] if learning(rng) else pools("words")["products"]),
            choice(rng, *pools("lists")["status"]),
            choice(rng, pools("words")["products"]),
            of_pattern(rng, *pools("patterns")["reference"]),
            lambda: f"{rng.random() * 100:.1f}%",
            lambda: f"{rng.random():.4f}",
            lambda: f"{rng.randrange(24):02d}:{rng.randrange(60):02d}",
            lambda: (
                day(rng, 2015, 2026).strftime("%Y-%m-%d")
                + f" {rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"
            ),
            lambda: str(rng.randrange(2000, 2027)),
            lambda: f"{latin(rng)}.{rng.choice(('pdf', 'csv', 'jpg'))}",
            lambda: str(rng.randrange(1, 6)),
            lambda: f"{rng.gauss(0, 10):.3f}",
            lambda: f"{rng.randrange(1, 9)}.{rng.randrange(20)}.{rng.randrange(9)}",
            lambda: str(rng.randrange(1000, 99999)),
            lambda: str(1_500_000_000 + rng.randrange(200_000_000)),
            lambda: latin(rng),
            lambda: f"{rng.choice(mine(rng, pools('words')['products']))} {rng.randrange(1, 50)}",
            dates(rng, 1995, 2026),
            dates(rng, 2005, 2022),
            lambda: f"{rng.lognormvariate(8, 1.2):.2f}",
        ]
        return fixed[style]

    def organization() -> Maker:
        """Companies as the locale's library names them, brands that no list knows, initials, public bodies."""
        style = rng.random()
        if style < 0.5:
            return lambda: w("company")
        forms = rng.choice(
            (
                ("",),
                ("", "", " SA", " GmbH", " Ltd", " Inc.", " S.p.A.", " Group", " & Co", " BV", " AB", " Sp. z o.o."),
                (" Group", " Holding", " Systems", " Pharma", " Consulting", " Bank"),
            )
        )
        if style < 0.75:
            return lambda: brand(rng) + rng.choice(forms)
        if style < 0.85:
            return lambda: rng.choice(
                (brand(rng), "".join(rng.choices(string.ascii_uppercase, k=rng.randrange(2, 5))), w("company"))
            )
        few = rng.sample(mine(rng, pools("words")["bodies"]), 6)
        return lambda: rng.choice(few).format(w("city"))

    def occupation() -> Maker:
        return lambda: w("job")

    def income() -> Maker:
        style = rng.randrange(4)
        return lambda: (
            str(int(rng.lognormvariate(10.3, 0.5))),
            f"{rng.lognormvariate(10.3, 0.5):.2f}",
            f"{int(rng.lognormvariate(7.6, 0.4))} €",
            f"${int(rng.lognormvariate(11, 0.4)):,}",
        )[style]

    def region() -> Maker:
        return (lambda: w("region")) if rng.random() < 0.7 else choice(rng, *pools("lists")["regions"])

    def country() -> Maker:
        return (lambda: w("country")) if rng.random() < 0.6 else choice(rng, *pools("lists")["countries"])

    def middle() -> Maker:
        return (lambda: w("first")) if rng.random() < 0.6 else of_pattern(rng, *pools("patterns")["initial"])

    def age() -> Maker:
        style = rng.random()
        if style < 0.85:
            return lambda: str(min(100, max(0, int(rng.gauss(rng.choice((45, 50, 60)), 20)))))
        return choice(rng, *pools("lists")["ages"])

    def last() -> Maker:
        """One name; two, as in Spain and Portugal or with a hyphen."""
        style = rng.random()
        two = "-" if style < 0.04 else " " if style < 0.16 else ""
        return (lambda: f"{w('last')}{two}{w('last')}") if two else (lambda: w("last"))

    def birth_place() -> Maker:
        return (lambda: w("city")) if rng.random() < 0.6 else (lambda: f"{w('city')}, {w('region')}, {w('country')}")

    def document() -> Maker:
        return of_pattern(rng, *pools("patterns")["document"])

    def insurance() -> Maker:
        return of_pattern(rng, *pools("patterns")["insurance"])

    def treatment() -> Maker:
        style = rng.random()
        if style < 0.4:
            few = some(rng, pools("words")["drugs"])
            return lambda: rng.choice(few)
        if style < 0.75:
            few = some(rng, pools("words")["procedures"])
            return lambda: rng.choice(few)
        return of_pattern(rng, *pools("patterns")["treatment"])

    def postal() -> Maker:
        if rng.random() < 0.7:
            return lambda: w("postal")
        return of_pattern(rng, *pools("patterns")["postal"])

    def bearing() -> Maker:
        style = rng.random() if learning(rng) else 1.0
        if style < 0.06:  # as machines count days
            unit = rng.choice((1, 1, 1000))
            return lambda: str(unit * 86_400 * (day(rng, 1935, 2010) - date(1970, 1, 1)).days)
        if style < 0.08:
            return lambda: str((day(rng, 1935, 2010) - date(1899, 12, 30)).days)
        return (
            dates(rng, 1930, rng.choice((2005, 2010, 2024))) if rng.random() < 0.93 else (lambda: str(rng.randrange(1930, 2010)))
        )

    return {
        "last_name": last, "first_name": lambda: (lambda: w("first")), "full_name": name, "maiden_name": lambda: (lambda: w("last")), "middle_name": middle, "title": lambda: choice(rng, *pools("lists")["titles"]),
        "birth_date": bearing, "birth_place": birth_place, "death_date": lambda: dates(rng, rng.choice((1980, 2000, 2015)), 2025), "age": age, "sex": lambda: choice(rng, *pools("lists")["sexes"]), "nationality": lambda: (lambda: w("nationality")), "ethnicity": lambda: choice(rng, *pools("lists")["ethnic"]),
        "marital_status": lambda: choice(rng, *pools("lists")["marital"]), "occupation": occupation, "income": income, "address": address, "city": city, "postal_code": postal, "region": region, "country": country, "geo": geo, "email": email, "phone": phone, "national_id": lambda: checked(rng),
        "id_document": document, "person_id": person_id, "insurance_number": insurance, "username": username, "password": password, "ip_address": ip, "device_id": device, "bank_account": bank, "credit_card": card, "card_detail": detail, "diagnosis_code": code, "medical_text": medical,
        "treatment": treatment, "health_measure": measure, "free_text": text, "url": url, "organization": organization, "none": nothing,
    }  # fmt: skip


def noised(values: list[str], rng: random.Random) -> list[str]:
    """The case of the column, blanks and placeholders."""
    import unicodedata

    case = rng.choices(("as", "upper", "lower", "plain", "title"), (6, 2, 1, 1, 1))[0]
    if case == "upper":
        values = [value.upper() for value in values]
    elif case == "lower":
        values = [value.lower() for value in values]
    elif case == "title":
        values = [value.title() for value in values]
    elif case == "plain":
        values = [
            "".join(sign for sign in unicodedata.normalize("NFD", value) if not unicodedata.combining(sign)) for value in values
        ]
    blanks = rng.choice((0, 0, 0, 0.05, 0.2, 0.4))
    filler = rng.choice(("", "", "", "NULL", "N/A", "INCONNU", "-", "NC", "unknown"))
    return [(filler if rng.random() < 0.5 else "") if rng.random() < blanks else value for value in values]


def column(kind: str, words: Any, rng: random.Random, rows: int) -> list[str]:
    make = makers(words, rng)[kind]()
    return [make() for _ in range(rows)]
