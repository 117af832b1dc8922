"""Faker and mimesis, each as a source of words of one locale."""

import random
from collections.abc import Callable

# No locale stands on both sides.
FAKER_FIT = (
    "fr_CA", "fr_BE", "fr_CH", "en_GB", "en_IN", "en_NZ", "de_AT", "es_MX", "es_CO", "es_AR", "nl_BE", "pt_BR", "sv_SE", "da_DK",
    "cs_CZ", "ro_RO", "hu_HU", "fi_FI", "tr_TR", "hr_HR", "no_NO", "ru_RU", "sl_SI", "lt_LT", "lv_LV",
)  # fmt: skip
MIMESIS_SCORE = ("fr", "de", "de-ch", "es", "it", "nl", "pl", "pt", "en-au", "en-ca", "et", "is", "sk", "el", "uk", "kk")


class Fake:
    """Faker. (Its addresses may exist: nothing of them is kept.)"""

    def __init__(self, locale: str, seed: int) -> None:
        from faker import Faker

        self.fake = Faker(locale)
        self.fake.seed_instance(seed)
        self.rng = random.Random(seed)
        fake = self.fake
        self.calls: dict[str, Callable[[], object]] = {
            "first": fake.first_name, "last": fake.last_name, "city": fake.city, "street": fake.street_address, "address": fake.address, "phone": fake.phone_number, "email": fake.ascii_email, "username": fake.user_name,
            "job": fake.job, "company": fake.company, "country": fake.country, "postal": getattr(fake, "postcode", lambda: "12345"), "sentence": lambda: fake.sentence(nb_words=self.rng.randrange(6, 18)),
            "region": next((getattr(fake, name) for name in ("state", "region", "administrative_unit", "province", "county", "department_name", "country") if hasattr(fake, name)), fake.city), "nationality": lambda: self.rng.choice(NATIONALITIES),
        }  # fmt: skip

    def word(self, what: str) -> str:
        return str(self.calls[what]())


NATIONALITIES = (
    "French",
    "Française",
    "Français",
    "German",
    "deutsch",
    "Spanish",
    "española",
    "Italian",
    "italiana",
    "Italiano",
    "British",
    "Polish",
    "polska",
    "Portuguese",
    "portuguesa",
    "Nederlandse",
    "Belge",
    "Suisse",
    "American",
    "Canadian",
    "Marocaine",
    "Algérienne",
    "Tunisienne",
    "Turkish",
    "Romanian",
    "FR",
    "DE",
    "Chinese",
    "Indian",
    "Brazilian",
    "fr",
    "en",
    "english",
    "spanish",
    "French",
    "Arabic",
)


class Mimesis:
    """mimesis."""

    def __init__(self, locale: str, seed: int) -> None:
        from mimesis import Generic
        from mimesis.locales import Locale

        self.generic = Generic(Locale(locale), seed=seed)
        self.rng = random.Random(seed)
        person, address = self.generic.person, self.generic.address
        self.calls: dict[str, Callable[[], object]] = {
            "first": person.first_name, "last": person.last_name, "city": address.city, "street": address.address, "address": lambda: f"{address.address()}, "
                f""
                f""
                f""
                f"{address.postal_code()} {address.city()}", "phone": person.phone_number, "email": lambda: person.email(),
            "username": person.username, "job": person.occupation, "company": self.generic.finance.company, "country": address.country, "postal": address.postal_code, "sentence": self.generic.text.sentence, "region": address.state, "nationality": person.nationality,
        }  # fmt: skip

    def word(self, what: str) -> str:
        return str(self.calls[what]())
