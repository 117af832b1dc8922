"""An incident and its severity in, what must be done out: each duty with its article, its reason and its deadline.

A presumption drawn from common practice, not from the law: the tests remain GDPR Articles 33(1) and 34(1). Which duties there
are, whether each is law and since when, stands in `rules/duties.toml`; here is which facts call for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from analysis.assess.clock import clock, clock_said, told_at
from analysis.assess.severity import BANDS, declared
from analysis.ground.words import Said, Score, say
from analysis.model import Duty, Incident, Severity
from analysis.model.codes import DutyState, DutyStatus
from analysis.rules.loading import load
from analysis.rules.shapes import Duties

ESTABLISHMENTS = frozenset({"hospital", "psychiatry", "oncology", "laboratory"})
WATCHED = ESTABLISHMENTS | {"operator", "bank", "administration"}  # sectors of NIS2
GRAVE = BANDS[2:]
TIMED = frozenset({DutyState.DUE, DutyState.OPEN, DutyState.DONE})  # what is not required, or not law, ends at no moment


@dataclass(frozen=True, slots=True)
class Facts:
    """What duties depend on. `severity`: as declared, counted at its least; `most`: what it may come to while something is not
    declared; `unreached`: people whom no channel reaches."""

    incident: Incident
    severity: Severity
    most: Severity
    unreached: int
    people: int
    now: datetime

    @property
    def open_to_all(self) -> bool:
        """Nobody knows that who holds the data is harmless."""
        return self.incident.disclosure in ("unknown", "undeclared") and not self.incident.unintelligible

    @property
    def risk(self) -> bool:
        return self.severity.band != "low" or self.open_to_all

    def duty(self, code: str, state: DutyState, said: Said, why: Said) -> Duty:
        """With what the rules hold of it; what may have to be done has a deadline, once the moment of awareness is declared."""
        rule, known = load(Duties).duty[code], clock(self.incident)
        deadline = known.after(rule.hours) if known and rule.hours and state in TIMED else None
        return Duty(code, state, said, why, rule.article, DutyStatus(rule.status), rule.since, rule.checked, deadline)


def duties(found: Facts) -> tuple[Duty, ...]:
    """Those that hold, may hold, or are excluded for a reason, in the order in which they are looked at."""
    made = (*to_declare(found), *of_record(found), *to_people(found), *to_others(found))
    return tuple(item for item in made if item.since is None or item.since <= found.now.date())


def to_declare(found: Facts) -> Iterator[Duty]:
    if not declared(found.incident):
        yield Duty(
            "declare",
            DutyState.DUE,
            say("Declare where the file comes from and who received it: until then the severity is a minimum"),
            say("What is not declared counts nothing; the 72 hours run from awareness all the same."),
        )


def of_record(found: Facts) -> Iterator[Duty]:
    """The register, and the authority."""
    yield found.duty(
        "register",
        DutyState.DUE,
        say("Document the breach in the register (Article 33(5))"),
        say("Every breach is documented, whatever its risk."),
    )
    if found.incident.processor:
        yield found.duty(
            "controller",
            DutyState.DUE,
            say("Tell every controller without undue delay (Article 33(2))"),
            say("The data are processed for others: they assess the risk and notify."),
        )
        return
    yield authority(found)
    unknown = not declared(found.incident) or found.incident.claimed_people > found.people
    if found.risk and unknown and not told_at(found.incident):
        yield found.duty(
            "phases",
            DutyState.OPEN,
            say("Notify what is known; the rest may follow in phases (Article 33(4))"),
            say("Not everything is known yet: that is no reason to wait."),
        )


def authority(found: Facts) -> Duty:
    incident, known = found.incident, clock(found.incident)
    if not found.risk:
        return found.duty(
            "authority",
            DutyState.NOT_DUE,
            say("The authority need not be told while a risk is unlikely (Article 33(1))"),
            say("The severity is low, and who holds the data is known or cannot read them: write down why."),
        )
    if known:
        state = DutyState.DONE if told_at(incident) else DutyState.DUE
        return found.duty("authority", state, clock_said(known, found.now, incident), why_authority(found))
    if found.severity.band == "low":
        said = say(
            "Notify the authority within 72 hours of becoming aware, unless a risk is shown to be unlikely (Article 33(1))"
        )
    else:
        said = say("Notify the authority within 72 hours of becoming aware (Article 33(1))")
    return found.duty("authority", DutyState.DUE, said, why_authority(found))


def why_authority(found: Facts) -> Said:
    if found.severity.band == "low":
        return say("The severity is low as far as it is declared, but nobody knows that who holds the data is harmless.")
    return say("A risk is likely from medium severity on (presumption from common practice).")


def to_people(found: Facts) -> Iterator[Duty]:
    if found.incident.processor:
        return
    if found.severity.band in GRAVE:
        state, said = DutyState.DUE, say("Inform the people without undue delay (Article 34(1))")
        why = say("A high risk is likely from high severity on (presumption from common practice).")
    elif found.most.band in GRAVE:
        state, said = DutyState.OPEN, say("Decide whether the people must be informed (Article 34(1))")
        why = say("The severity may be up to {se} while something is not declared.", se=Score(found.most.se))
    else:
        state, said = DutyState.NOT_DUE, say("The people need not be informed while no high risk is likely (Article 34(1))")
        why = say("The severity is below high; the authority may still ask for it (Article 34(4)).")
    yield found.duty("people", state, said, why)
    if state is DutyState.NOT_DUE:
        return
    if found.incident.unintelligible:
        yield found.duty(
            "unreadable",
            DutyState.OPEN,
            say("The duty to inform may fall away: the data cannot be read (Article 34(3)(a))"),
            say("Encryption before the breach, with a key that is safe, was declared: show that both hold."),
        )
    if found.incident.measures:
        yield found.duty(
            "measures",
            DutyState.OPEN,
            say("The duty to inform may fall away: measures taken since make a high risk unlikely (Article 34(3)(b))"),
            say("Measures were declared: say how they end the high risk, or inform."),
        )
    if found.unreached:
        yield found.duty(
            "public",
            state,
            say(
                "Tell {n} person whom no channel reaches by a public communication (Article 34(3)(c))",
                "Tell {n} people whom no channel reaches by a public communication (Article 34(3)(c))",
                n=found.unreached,
            ),
            say("The file holds no valid address, phone or e-mail of them; your own records may."),
        )


def to_others(found: Facts) -> Iterator[Duty]:
    """Other authorities, the police, the insurer; and what is not law."""
    incident = found.incident
    if incident.nature in ESTABLISHMENTS or incident.nature == "social":
        sure = incident.nature in ESTABLISHMENTS
        said = say("Report a significant or serious incident to CERT Santé without delay (portal of the health ministry)")
        why = (
            say("A health establishment or laboratory; the confidentiality or the integrity of health data is touched.")
            if sure
            else say("Only where the body is a medico-social establishment.")
        )
        yield found.duty("cert", DutyState.DUE if sure else DutyState.OPEN, said, why)
    if incident.malicious:
        yield found.duty(
            "complaint",
            DutyState.OPEN,
            say("File a complaint within 72 hours: insurance of the losses depends on it"),
            say("A malicious act, and only where such an insurance exists; hours run from knowledge of the attack."),
        )
        yield found.duty(
            "insurer", DutyState.OPEN, say("Tell the insurer in the time of the contract"), say("A malicious act was declared.")
        )
    if incident.nature == "operator":
        yield found.duty(
            "telecom",
            DutyState.OPEN,
            say("Notify the authority within 24 hours where the body provides electronic communications"),
            say("Providers of electronic communications have a shorter time."),
        )
    if incident.nature == "bank":
        yield found.duty(
            "finance",
            DutyState.OPEN,
            say("Report a major incident to the financial supervisor, 24 hours after awareness at the latest"),
            say("Banks and payment services report major incidents of their systems."),
        )
    yield from not_law(found)


def not_law(found: Facts) -> Iterator[Duty]:
    """What is awaited or proposed: shown as such, never as advice."""
    if found.incident.nature in WATCHED:
        yield found.duty(
            "nis2",
            DutyState.NOT_LAW,
            say("Not yet law in France: early warning in 24 hours, notification in 72 hours, report in a month (NIS2)"),
            say("The sector is one of the directive; it was not transposed on {day}.", day=load(Duties).looked_at),
        )
    if found.risk and found.severity.band not in GRAVE and not found.incident.processor:
        yield found.duty(
            "omnibus",
            DutyState.NOT_LAW,
            say("Not law: as proposed, the authority would be told of high risks alone, in 96 hours (Digital Omnibus)"),
            say("A proposal on {day}: 72 hours and Article 33 hold.", day=load(Duties).looked_at),
        )
