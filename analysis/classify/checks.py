"""A cell in, whether it passes an exact check out: check digits of national numbers, cards and accounts, phones, codes."""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files

from analysis.rules.loading import load
from analysis.rules.shapes import Lexicon

# Numbers given by a state and their check (python-stdnum's modules). Weak ones (few digits, no check) need the header.
NATIONAL = {
    "fr_nir": "fr.nir",
    "us_ssn": "us.ssn",
    "gb_nhs": "gb.nhs",
    "es_dni": "es.dni",
    "es_nie": "es.nie",
    "it_cf": "it.codicefiscale",
    "nl_bsn": "nl.bsn",
    "be_nn": "be.nn",
    "de_idnr": "de.idnr",
    "ch_ahv": "ch.ssn",
    "pl_pesel": "pl.pesel",
    "pt_nif": "pt.nif",
    "br_cpf": "br.cpf",
    "dk_cpr": "dk.cpr",
    "se_pnr": "se.personnummer",
    "no_fnr": "no.fodselsnummer",
    "fi_hetu": "fi.hetu",
    "cz_rc": "cz.rc",
    "ro_cnp": "ro.cnp",
    "bg_egn": "bg.egn",
    "hr_oib": "hr.oib",
    "ee_ik": "ee.ik",
    "lt_ak": "lt.asmens",
    "gr_amka": "gr.amka",
    "tr_tckn": "tr.tckimlik",
    "at_vnr": "at.vnr",
    "ie_pps": "ie.pps",
    "ca_sin": "ca.sin",
    "mx_curp": "mx.curp",
    "za_id": "za.idnr",
    "il_id": "il.idnr",
    "cn_ric": "cn.ric",
    "kr_rrn": "kr.rrn",
    "in_aadhaar": "in_.aadhaar",
}
# How many digits each of them has, so that most cells need no check; a letter may stand for one.
DIGITS = {
    "fr_nir": (12, 15),
    "us_ssn": (9, 9),
    "gb_nhs": (10, 10),
    "es_dni": (7, 8),
    "es_nie": (7, 7),
    "it_cf": (5, 9),
    "nl_bsn": (8, 9),
    "be_nn": (11, 11),
    "de_idnr": (11, 11),
    "ch_ahv": (13, 13),
    "pl_pesel": (11, 11),
    "pt_nif": (9, 9),
    "br_cpf": (11, 11),
    "dk_cpr": (10, 10),
    "se_pnr": (10, 12),
    "no_fnr": (11, 11),
    "fi_hetu": (9, 10),
    "cz_rc": (9, 10),
    "ro_cnp": (13, 13),
    "bg_egn": (10, 10),
    "hr_oib": (11, 11),
    "ee_ik": (11, 11),
    "lt_ak": (11, 11),
    "gr_amka": (11, 11),
    "tr_tckn": (11, 11),
    "at_vnr": (10, 10),
    "ie_pps": (7, 7),
    "ca_sin": (9, 9),
    "mx_curp": (7, 10),
    "za_id": (13, 13),
    "il_id": (8, 9),
    "cn_ric": (15, 18),
    "kr_rrn": (13, 13),
    "in_aadhaar": (12, 12),
}
NINO = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]")
HASHES = (
    ("bcrypt", re.compile(r"\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}")),
    ("argon2", re.compile(r"\$argon2\w+\$.+")),
    ("crypt", re.compile(r"\$[156y]\$.+|\{SSHA\}.+|pbkdf2_\w+\$.+|\$P\$.{31}|\*[0-9A-F]{40}")),
    ("sha512", re.compile(r"[0-9a-fA-F]{128}")),
    ("sha256", re.compile(r"[0-9a-fA-F]{64}")),
    ("sha1", re.compile(r"[0-9a-fA-F]{40}")),
    ("md5", re.compile(r"[0-9a-fA-F]{32}")),
)
ICD10 = re.compile(r"([A-Z]\d[0-9A-Z])(?:\.?[0-9A-Z+]{1,4})?")
BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.IGNORECASE)  # ISO 9362: bank, country, place, branch
LOINC = re.compile(r"\d{1,5}-\d")
CARD = re.compile(r"(?:\d[ -]?){12,18}\d")


@cache
def validator(module: str) -> Callable[[str], bool]:
    return import_module(f"stdnum.{module}").is_valid


def passes(module: str, text: str) -> bool:
    try:
        return bool(validator(module)(text))
    except Exception:  # a library's check may fail on signs it never met: not its number
        return False


def national(text: str) -> list[str]:
    """The national numbers that a cell could be; empty for most texts. Signs without meaning in any of them are refused first."""
    digits = sum(sign.isdigit() for sign in text)
    if NINO.fullmatch(text):
        return ["gb_nino"]
    if not 7 <= digits <= 18 or len(text) > 24 or "@" in text:
        return []
    return [code for code, module in NATIONAL.items() if DIGITS[code][0] <= digits <= DIGITS[code][1] and passes(module, text)]


def is_card(text: str) -> bool:
    """Thirteen to nineteen digits of a known beginning that pass Luhn's check."""
    return bool(CARD.fullmatch(text)) and text.lstrip()[:1] in "23456" and passes("luhn", re.sub(r"\D", "", text))


def is_iban(text: str) -> bool:
    return text[:2].isalpha() and 15 <= len(text.replace(" ", "")) <= 34 and passes("iban", text)


def is_bic(text: str) -> bool:
    """The form of a bank's identifier with the code of a country in its place."""
    found = BIC.fullmatch(text)
    return found is not None and found[1].lower() in load(Lexicon).whole["country_code"]


def hash_of(text: str) -> str:
    """The name of the hash that a cell has the shape of."""
    return next((name for name, pattern in HASHES if pattern.fullmatch(text)), "") if len(text) >= 30 else ""


@cache
def icd10_stems() -> frozenset[str]:
    return frozenset((files("resources") / "reference" / "icd10_stems.txt").read_text(encoding="utf-8").split())


def is_icd10(text: str) -> bool:
    found = ICD10.fullmatch(text)
    return found is not None and found[1] in icd10_stems()


def is_phone(text: str, regions: tuple[str, ...]) -> bool:
    """Possible in one of the regions (valid would refuse numbers kept for fiction), by libphonenumber's rules."""
    import phonenumbers

    for region in regions:
        try:
            if phonenumbers.is_possible_number(phonenumbers.parse(text, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
