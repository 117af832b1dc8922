"""Codes of the store in words (message ids)."""

from analysis.words import mark

BANDS = (mark("Low"), mark("Medium"), mark("High"), mark("Very high"))
CHANNELS = (mark("E-mail"), mark("SMS"), mark("Letter"), mark("None"))
EI_REASONS = (
    mark("full name with birth date, e-mail or address"),
    mark("e-mail that holds the name"),
    mark("name in a small town"),
    mark("main e-mail address"),
    mark("rare name"),
    mark("phone with its town"),
    mark("postal address"),
    mark("common name"),
    mark("phone"),
    mark("number"),
    mark("no identifier"),
)
LIKENESS = (
    mark("same: {kinds}"),
    mark("one letter or digit differs: {kinds}"),
    mark("nearly the same: {kinds}"),
    mark("different: {kinds}"),
)
NATURES = {
    "unknown": mark("Not declared"),
    "hospital": mark("Hospital, clinic"),
    "psychiatry": mark("Psychiatric hospital"),
    "oncology": mark("Oncology center"),
    "laboratory": mark("Medical laboratory"),
    "pharmacy": mark("Pharmacy"),
    "insurer": mark("Health insurer, complementary insurance"),
    "shop": mark("Shop, supplier, association"),
    "luxury": mark("Luxury goods, wealth management"),
}
DISCLOSURES = {
    "undeclared": mark("Not declared"),
    "none": mark("No evidence of access"),
    "known": mark("Known recipients"),
    "unknown": mark("Unknown number of recipients (on sale, published)"),
}
