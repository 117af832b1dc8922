"""The files of rules of which the documents that are handed over are made, each with its shape."""

from analysis.rules.loading import Rules, Shape


class Returned(Rules):
    heads: frozenset[str]
    delivered: frozenset[str]
    sent: frozenset[str]
    failed: frozenset[str]


class FormField(Shape):
    number: int
    label: str
    opens: str = ""


class FormSection(Shape):
    first: int
    last: int
    label: str


class Notification(Rules):
    eea: frozenset[str]
    countries: dict[str, str]  # as files write them, beside names and codes of two letters -> ISO 3166-1
    section: tuple[FormSection, ...]
    field: tuple[FormField, ...]
    kinds: dict[str, tuple[str, ...]]  # letter of field 70 -> our codes
    natures: dict[str, tuple[str, ...]]  # letter of field 65 -> natures of controllers
    incidents: dict[str, str]  # cause -> letter of field 60
    impacts: dict[str, str]  # scenario -> letter of field 85
    categories: dict[str, str]  # of private life in texts -> letter of field 70


class CnilItem(Shape):
    code: str
    label: str


class CnilSection(Shape):
    title: str
    items: tuple[CnilItem, ...]


class CnilBand(Shape):
    people: int
    label: str


class Cnil(Rules):
    section: tuple[CnilSection, ...]
    origins: dict[str, str]
    people: dict[str, str]
    levels: dict[str, str]
    harms: dict[str, str]
    losses: dict[str, str]
    band: tuple[CnilBand, ...]
    said: dict[str, str]


class Veris(Rules):
    varieties: dict[str, tuple[str, ...]]
    actions: dict[str, tuple[str, str]]
    victims: dict[str, str]
