"""Codes of the store in words (message ids)."""

from analysis.ground.words import mark

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
# What may have been done to a field: code and words.
CHANGES = {"": mark("as today"), "removed": mark("removed or masked"), "encrypted": mark("encrypted, key safe")}
BIRTHS = {"month": mark("month and year"), "year": mark("year only")}
PLACES = {"department": mark("département only")}
MOMENTS = {
    "started": mark("It began"),
    "ended": mark("It ended"),
    "discovered": mark("It was discovered"),
    "aware": mark("The controller became aware"),
}
MALICE = {"": mark("Not declared"), "yes": mark("Malicious act"), "no": mark("Mistake or accident")}
LOSSES = {"0": mark("no, or recovered without harm"), "0.25": mark("for a time, recoverable"), "0.5": mark("for good")}
CATEGORIES = {
    "treating_doctor": mark("treating doctor"), "prescription": mark("prescriptions"), "diagnosis": mark("diagnoses"), "treatment": mark("treatments"),
    "death_certificate": mark("death certificates"), "insurance": mark("complementary insurance"), "nir": mark("social-security numbers"), "bank_account": mark("bank accounts"),
    "payment_card": mark("payment cards"), "income": mark("incomes"), "location": mark("locations"),
}  # fmt: skip
ENISA_CLASSES = {
    "simple": mark("Simple data"), "behavioral": mark("Behavioral data"), "financial": mark("Financial data"), "sensitive": mark("Sensitive data"), "ei": mark("Ease of identification"),
}  # fmt: skip
