"""What is exposed and where it comes from in, ENISA's data processing context out: a score for each of the four classes,
moved by factors that the facts propose (ENISA 2013, annex 1), and overruled by a person with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.declare.incident import CLASSES
from analysis.ground.words import Said, listed, mark, say
from analysis.model import Exposure, Field, Impact, Incident
from analysis.model.codes import Meant
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.shapes import Nature, Sensitive, Severity

VOLUME = 12  # kinds of simple data from which a profile can be drawn (our convention)
TELLING_SHARE = 0.02  # of the texts of a column, from which what they tell counts for the whole incident
DOUBTFUL = 0.5  # share of invalid cells from which a class may count less


@dataclass(frozen=True, slots=True)
class Move:
    """One factor of the method: by how much it moves the score, and why. `applied`: not so where only the controller can be
    certain."""

    factor: str  # controller, individuals, volume, kind, nature, public, invalid
    by: int
    said: Said
    applied: bool = True


@dataclass(frozen=True, slots=True)
class ClassScore:
    """`proposed`: base and applied moves, within 1 to 4; `final`: what a person decided, else the same; `why`: her reason."""

    code: str
    base: int
    moves: tuple[Move, ...]
    proposed: int
    final: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Minors:
    """How many minors there are among the persons of known age."""

    people: int = 0
    known: int = 0

    @property
    def most(self) -> bool:
        """Whether they are most of them: one child among thousands of adults does not make the incident one of children (our
        convention; each child counts as one in her own severity)."""
        return self.people > 0 and 2 * self.people >= self.known


def class_scores(exposure: Exposure, incident: Incident, minors: Minors) -> tuple[ClassScore, ...]:
    """Of the classes that the file exposes, in the order of their bases."""
    found: list[ClassScore] = []
    for code, (base, _) in CLASSES.items():
        inside = [field for field in exposure.every if field.valid and belongs(field.kind, code)]
        inside += private_texts(exposure) if code == "sensitive" else []
        if inside or code == "simple":
            proposals = tuple(moves(code, inside, incident, minors))
            proposed = min(4, max(1, base + sum(move.by for move in proposals if move.applied)))
            by_hand = [(int(score), why) for what, score, why in incident.overrules if what == code]
            final, why = by_hand[0] if by_hand else (proposed, "")
            found.append(ClassScore(code, base, proposals, proposed, final, why))
    return tuple(found)


def private_texts(exposure: Exposure) -> list[Field]:
    """Columns of which enough texts tell what is of Article 9 or 10 to be no slip of the rules."""
    return [
        field
        for table in exposure.counted
        for field in table.fields
        if sum(item.rows for item in field.tells if item.meant in (Meant.TOLD, Meant.PAST) and article(item.category))
        >= max(1, TELLING_SHARE * field.filled)
    ]


def article(category: str) -> int:
    """Of the GDPR: 9, 10, or 0."""
    return load(Sensitive).category[category].article


def minors_of(impact: Impact) -> Minors:
    return Minors(impact.verdict.minors, impact.census.known_age)


def belongs(kind: str, code: str) -> bool:
    """Whether a kind counts in a class: of the graver ones those that the rules name."""
    return kinds()[kind].enisa == code and (code == "simple" or kind in load(Severity).exposed)


def moves(code: str, fields: list[Field], incident: Incident, minors: Minors) -> Iterator[Move]:
    here = {field.kind for field in fields}
    if code == "simple" and here:
        yield from moves_of_origin(here, load(Severity).nature[incident.nature], minors)
    elif code == "financial" and "credit_card" in here:
        yield Move("nature", 1, say("full card numbers enable fraud"))
    elif code == "financial" and "income" not in here:
        yield Move("nature", -1, say("an account number or card detail alone tells little of the situation"))
    if incident.public and code != "simple":
        yield Move("public", -1, say("public before the breach"))
    if fields and all(field.malformed > DOUBTFUL * (field.valid + field.malformed) for field in fields):
        yield Move("invalid", -1, say("most cells are invalid: lower the class if you are certain of it"), applied=False)


def moves_of_origin(here: set[str], nature: Nature, minors: Minors) -> Iterator[Move]:
    """What the controller, the individuals, the volume and numbers that open doors add to simple data."""
    if nature.dpc > 1:
        yield Move("controller", nature.dpc - 1, say("origin of the file: {nature}", nature=say(nature.label)))
    reached = nature.dpc
    if minors.people and nature.minors > nature.dpc:
        n = minors.people
        among = say("{n} minor is among the people", "{n} minors are among the people", n=n)
        beside = say("for the {n} minor the class is {dpc}", "for the {n} minors the class is {dpc}", n=n, dpc=nature.minors)
        yield Move("individuals", nature.minors - nature.dpc, among if minors.most else beside, applied=minors.most)
        reached = nature.minors if minors.most else reached
    if len(here) >= VOLUME and nature.dpc == 1:
        yield Move("volume", 1, say("{n} kinds of data for each person", n=len(here)))
        reached += 1
    exposed = load(Severity).exposed
    gravest = max(here & exposed.keys(), key=lambda kind: (exposed[kind], kind), default="")
    if gravest and exposed[gravest] > reached:
        yield Move("kind", exposed[gravest] - reached, say("in the file: {kind}", kind=kinds()[gravest].said))


def in_words(item: ClassScore) -> Said:
    """The way from the base to the score."""
    label = CLASSES[item.code][1]
    if item.why:
        return say(
            "DPC {dpc}: {label}, decided by hand (proposed: {proposed}): {why}",
            dpc=item.final,
            label=label,
            proposed=item.proposed,
            why=item.why[:200],
        )
    steps = [say("{by} ({what})", by=f"{move.by:+d}", what=move.said) for move in item.moves if move.applied]
    if steps:
        moved = listed(steps, mark("{one}; {other}"))
        return say("DPC {dpc}: {label}, base {base}; {moves}", dpc=item.final, label=label, base=item.base, moves=moved)
    return say("DPC {dpc}: {label}", dpc=item.final, label=label)
