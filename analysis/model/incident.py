"""What a person declares of the incident."""

from dataclasses import dataclass
from datetime import date

NOT_YET = "no"  # what `notified` says where the authority was not told


@dataclass(frozen=True, slots=True)
class Incident:
    """What the file cannot know; typed by a person, never guessed."""

    controller: str = ""
    nature: str = "unknown"
    breach_date: date | None = None
    aware: str = ""  # ISO 8601, with its offset, or local time of `time_zone`; so are the next three
    started: str = ""
    ended: str = ""
    discovered: str = ""
    time_zone: str = ""  # its name: Europe/Paris
    disclosure: str = "undeclared"  # undeclared, none, known, unknown
    integrity: float = 0.0
    availability: float = 0.0
    malicious: bool | None = None
    other_categories: tuple[str, ...] = ()
    claimed_people: int = 0
    unintelligible: bool = False
    identifiers_rule: str = "or"
    price_email: float | None = None  # euros for one message; None: the assumption of the rules
    price_sms: float | None = None
    price_post: float | None = None
    cause: str = "unknown"
    notified: str = ""  # when the authority was told (a moment), or NOT_YET
    processor: bool = False  # the controller is somebody else
    template: bool = False
    public: bool = False  # the data were public before
    measures: tuple[str, ...] = ()  # taken until now, in the words of the person
    # For who must be told (Articles 33 and 34), in the words of the person:
    reference: str = ""  # the controller's own
    contact_details: str = ""  # of the controller
    dpo: str = ""
    dpo_contact: str = ""
    hotline: str = ""  # where the people concerned can ask
    circumstances: str = ""  # what happened
    found_by: str = ""  # a code of `codes.FOUND_BY`
    discovery: str = ""  # how it was found out
    systems: str = ""
    late: str = ""  # reasons of a notification after the 72 hours
    informed: date | None = None  # the day on which the people concerned were told
    informed_people: int = 0  # whom the messages reached; 0: not known
    police: bool | None = None  # whether a complaint was filed
    before: tuple[str, ...] = ()  # measures in place before
    prevention: tuple[str, ...] = ()  # against a repetition
    processors: tuple[str, ...] = ()  # other parties
    authorities: tuple[str, ...] = ()  # others that were told
    overrules: tuple[tuple[str, float, str], ...] = ()  # class of ENISA (or ei), score, and the reason of the person
