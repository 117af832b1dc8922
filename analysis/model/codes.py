"""Every code that nouns and tables hold, with the sentence that a person reads. A code is stored by its name."""

from enum import StrEnum

from analysis.ground.words import Said, mark, say


class Code(StrEnum):
    """A text that equals its code; `said`: its sentence."""

    said: Said

    def __new__(cls, code: str, said: Said) -> "Code":
        made = str.__new__(cls, code)
        made._value_, made.said = code, said
        return made


class Band(Code):
    """Of a severity (ENISA 2013), the lowest first."""

    LOW = "low", say("Low")
    MEDIUM = "medium", say("Medium")
    HIGH = "high", say("High")
    VERY_HIGH = "very_high", say("Very high")


class Channel(Code):
    """How a person is told, the best first."""

    EMAIL = "email", say("E-mail")
    SMS = "sms", say("SMS")
    POST = "post", say("Letter")
    CALL = "call", say("Phone call")
    RELATIVES = "relatives", say("Relatives (deceased)")
    NONE = "none", say("None")


class DutyState(Code):
    """Whether something must be done."""

    DUE = "due", say("to do")
    OPEN = "open", say("to be decided")
    DONE = "done", say("done")
    NOT_DUE = "not_due", say("not required")
    NOT_LAW = "not_law", say("not law")


class DutyStatus(Code):
    """What a duty rests on."""

    LAW = "law", say("law")
    GUIDANCE = "guidance", say("guidance")
    PRACTICE = "practice", say("practice")
    PROPOSAL = "proposal", say("proposal")
    AWAITED = "awaited", say("adopted, not in force in France")


class EiReason(Code):
    """What decides a person's ease of identification, in the order in which it is tried."""

    NAME_AND_MORE = "name_and_more", say("full name with birth date, e-mail or address")
    LOGIN = "login", say("password with its account")
    EMAIL_NAMED = "email_named", say("e-mail that holds the name")
    NAME_SMALL_TOWN = "name_small_town", say("name in a small town")
    EMAIL = "email", say("main e-mail address")
    NAME_RARE = "name_rare", say("rare name")
    PHONE_TOWN = "phone_town", say("phone with its town")
    ADDRESS = "address", say("postal address")
    NAME_COMMON = "name_common", say("common name")
    PHONE = "phone", say("phone")
    CODE = "code", say("number")
    NOTHING = "nothing", say("no identifier")


class Meant(Code):
    """How a text means what it tells."""

    TOLD = "told", say("told of the person")
    PAST = "past", say("of the past")
    FAMILY = "family", say("of the family")
    SUSPECTED = "suspected", say("suspected")
    DENIED = "denied", say("denied")


class Likeness(Code):
    """How alike two persons are in some fields."""

    SAME = "same", say("same: {kinds}")
    NEAR = "near", say("one letter or digit differs: {kinds}")
    ALIKE = "alike", say("nearly the same: {kinds}")
    DIFFERENT = "different", say("different: {kinds}")


class Agreeing(Code):
    """What of a person who is looked for agrees with one of the leak."""

    NAME = "name", say("name")
    BIRTH = "birth", say("birth date")
    EMAIL = "email", say("e-mail")
    NUMBER = "number", say("number")


class MergeReason(Code):
    """Why rows were taken for one person."""

    SAME_IDENTITY = "same_identity", say("same name and birth date")
    NAME_SLIP = "name_slip", say("slip in the name, same birth date and contact")
    LINKED = "linked", say("most of what tells persons apart agrees (model trained on the file)")
    OTHER_LAST_NAME = "other_last_name", say("other last name, same first name, birth date and contact")
    MARRIED_NAME = "married_name", say("birth name and name in use, same first name and birth date")
    BY_HAND = "by_hand", say("joined by a person")
    BIRTH_DATE_MISSING = "birth_date_missing", say("birth date missing, same name and contact")
    BIRTH_DATE_SLIP = "birth_date_slip", say("slip in the birth date, same name and contact")


class Role(Code):
    """What a person is in the files: whom her data came with, and by whom she must be told."""

    SUBJECT = "subject", say("subject of the file")
    TRUSTED = "trusted", say("trusted person")
    TO_WARN = "to_warn", say("person to be warned")
    GUARDIAN = "guardian", say("parent or guardian")
    SPOUSE = "spouse", say("spouse or partner")
    PAYER = "payer", say("payer or insured")
    PROFESSIONAL = "professional", say("professional")
    STAFF = "staff", say("staff")
    OTHER = "other", say("other person")
    NOBODY = "nobody", say("no person")


class Counting(Code):
    """Whether the people of a table are counted."""

    COUNTED = "counted", say("counted")
    LEFT_OUT = "left_out", say("left out")
    NOT_COUNTED = "not_counted", say("not counted")
    NOBODY = "nobody", say("nobody")


class KeyEvidence(Code):
    """From what it is known that a column refers to another table."""

    DECLARED = "declared", say("the source says so")
    NAMES = "names", say("names and values agree")
    VALUES = "values", say("values agree")
    BY_HAND = "by_hand", say("said by a person")


class RowReason(Code):
    """Why a record was mended or rejected."""

    STRAY_QUOTE = "stray_quote", say("stray quotation mark")
    ESCAPED_QUOTE = "escaped_quote", say("quotation mark escaped by a backslash")
    EXTRA_DELIMITER = "extra_delimiter", say("extra delimiter")
    EXTRA_DELIMITER_AT_END = "extra_delimiter_at_end", say("extra delimiter at the end")
    DELIMITER_INSIDE_CELL = "delimiter_inside_cell", say("delimiter inside a value")
    TOO_MANY_CELLS = "too_many_cells", say("too many values")
    LINE_BREAK = "line_break", say("line break inside a value")
    CELLS_MISSING = "cells_missing", say("values missing")
    TOO_FEW_CELLS = "too_few_cells", say("too few values")
    NUL_REMOVED = "nul_removed", say("NUL characters removed")
    ROW_TOO_LONG = "row_too_long", say("record longer than one million characters")
    NOT_JSON = "not_json", say("not a JSON value")
    NOT_A_ROW = "not_a_row", say("cut off or damaged")
    OTHER_WIDTH = "other_width", say("another number of values")
    OUTSIDE_CARD = "outside_card", say("outside of a card")
    CARD_WITHOUT_END = "card_without_end", say("card without an end")
    NOT_AN_ATTRIBUTE = "not_an_attribute", say("not an attribute")
    NOT_BASE64 = "not_base64", say("not base64")
    NOT_A_SEGMENT = "not_a_segment", say("not a segment")
    NOT_A_PAIR = "not_a_pair", say("not a name and its value")
    ACTION = "action", say("what is to be done with the next line")
    RULER = "ruler", say("line of signs only")
    FOOTER = "footer", say("line below the table")
    COMMENT = "comment", say("comment")
    HEADER_AGAIN = "header_again", say("header repeated inside the table")
    ATTRIBUTE_AGAIN = "attribute_again", say("value that has no column of its own: its attribute comes twice, or is empty")
    NO_PARTNER = "no_partner", say("row of the joined table that no row refers to")
    REST_UNREADABLE = "rest_unreadable", say("the rest of the file cannot be read")
    OTHER_DELIMITER = "other_delimiter", say("another delimiter on this line")
    BY_HAND = "by_hand", say("placed by a person")
    LEFT_OUT = "left_out", say("left out by a person")


# What a person declares, as it is offered to her: code and words.
NATURES = {
    "unknown": mark("Not declared"),
    "hospital": mark("Hospital, clinic"),
    "psychiatry": mark("Psychiatric hospital"),
    "oncology": mark("Oncology center"),
    "laboratory": mark("Medical laboratory"),
    "pharmacy": mark("Pharmacy"),
    "insurer": mark("Health insurer, complementary insurance"),
    "shop": mark("Shop, supplier, association"),
    "school": mark("School, university, training"),
    "employer": mark("Employer, human resources"),
    "administration": mark("Administration, municipality"),
    "operator": mark("Telecom, internet or energy supplier"),
    "bank": mark("Bank, payment service"),
    "social": mark("Social service, housing, aid"),
    "belief": mark("Religious, political or trade union body"),
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
# What is said to authorities and people, in the words of the person: texts, and texts of several lines.
TEXTS = {
    "reference": mark("Internal reference of the breach"),
    "contact_details": mark("Contact details of the controller"),
    "dpo": mark("Data protection officer"),
    "dpo_contact": mark("How the officer is reached"),
    "hotline": mark("Where people can ask (phone, e-mail, page)"),
    "circumstances": mark("What happened, in plain words"),
    "discovery": mark("How it was found out"),
    "systems": mark("Systems concerned"),
    "late": mark("Reasons of a late notification"),
}
LINES = {
    "before": mark("Measures in place before"),
    "measures": mark("Measures taken"),
    "prevention": mark("Measures against a repetition"),
    "processors": mark("Other parties (processors, joint controllers)"),
    "authorities": mark("Other authorities told"),
}
FOUND_BY = {
    "": mark("Not declared"),
    "controller": mark("by the controller"),
    "processor": mark("by a processor"),
    "subject": mark("by somebody concerned"),
    "external": mark("by somebody outside"),
    "press": mark("by the press"),
    "other": mark("otherwise"),
}
POLICE = {"": mark("Not declared"), "yes": mark("a complaint was filed"), "no": mark("no complaint was filed")}
MALICE = {"": mark("Not declared"), "yes": mark("Malicious act"), "no": mark("Mistake or accident")}
CAUSES = {
    "unknown": mark("Not declared"),
    "exfiltration": mark("Data taken by an intruder"),
    "ransomware": mark("Ransomware"),
    "loss": mark("Lost or stolen device or papers"),
    "mistake": mark("Sent or shown to the wrong people"),
    "insider": mark("Taken by somebody of the organization"),
    "deception": mark("Obtained by deception"),
}
LOSSES = {"0": mark("no, or recovered without harm"), "0.25": mark("for a time, recoverable"), "0.5": mark("for good")}
CATEGORIES = {
    "treating_doctor": mark("treating doctor"),
    "identity_document": mark("identity document"),
    "password": mark("passwords"),
    "prescription": mark("prescriptions"),
    "diagnosis": mark("diagnoses"),
    "treatment": mark("treatments"),
    "death_certificate": mark("death certificates"),
    "insurance": mark("complementary insurance"),
    "nir": mark("social-security numbers"),
    "bank_account": mark("bank accounts"),
    "payment_card": mark("payment cards"),
    "income": mark("incomes"),
    "location": mark("locations"),
}
ENISA_CLASSES = {
    "simple": mark("Simple data"),
    "behavioral": mark("Behavioral data"),
    "financial": mark("Financial data"),
    "sensitive": mark("Sensitive data"),
    "ei": mark("Ease of identification"),
}
# Headings of a table of fields: what it is taken for, how surely, and how many of its cells are what.
FIELD_HEADS = (
    mark("Column"),
    mark("Kind"),
    mark("Confidence"),
    mark("Valid"),
    mark("Malformed"),
    mark("Placeholder"),
    mark("Empty"),
)
