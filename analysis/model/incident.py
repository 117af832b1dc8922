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
    overrules: tuple[tuple[str, float, str], ...] = ()  # class of ENISA (or ei), score, and the reason of the person
