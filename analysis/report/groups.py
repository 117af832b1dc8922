"""Impact in, the groups of people that can be listed out: a code (see `assess.parts`), its name, how many people."""

from collections.abc import Callable, Iterator
from functools import partial

from analysis.assess.profile import OLDEST
from analysis.assess.reidentification import GROUPS as SIZES
from analysis.declare.ranges import BETWEEN, ends, number
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import Said, Score, Words, listed, printable, say
from analysis.model import Impact
from analysis.model.codes import Band, Channel, Role
from analysis.rules.communes import communes
from analysis.rules.departments import departments
from analysis.rules.kinds import kinds

NAMES = {
    "minor": say("Minors"),
    "old": say("People of 75 or older"),
    "deceased": say("Possibly deceased"),
    "village": say("Inhabitants of villages"),
    "shared_email": say("People who share an e-mail address"),
    "shared_phone": say("People who share a phone"),
    "unreachable": say("Not reachable"),
}
PLACES = {
    "care_home": say("Residents of what looks like care homes"),
    "boarding_school": say("Residents of what looks like boarding schools"),
    "barracks_or_prison": say("Residents of what looks like barracks or prisons"),
}

TIERS = {
    1: say("First, very high severity of a minor or a person of 75 or older"),
    2: say("Second, very high severity"),
    3: say("Third, high severity"),
    4: say("Then, everybody else"),
}
HELD = {
    "register": (say("In your register"), say("Perhaps in your register"), say("Not in your register")),
    "earlier": (say("In the earlier leak"), say("Perhaps in the earlier leak"), say("Not in the earlier leak")),
}


def groups(impact: Impact) -> Iterator[tuple[str, Said, int]]:
    around = impact.census.surroundings
    yield "minor", NAMES["minor"], impact.verdict.minors
    yield "old", NAMES["old"], impact.verdict.over_75
    yield "deceased", NAMES["deceased"], around.deceased
    yield from ((item.kind, PLACES[item.kind], item.people) for item in around.places)
    yield "village", NAMES["village"], around.village
    yield "shared_email", NAMES["shared_email"], around.emails.people
    yield "shared_phone", NAMES["shared_phone"], around.phones.people
    yield "unreachable", NAMES["unreachable"], impact.verdict.reach.none
    yield from ((f"role:{item.role}", item.role.said, item.best) for item in impact.people.roles)
    for match in impact.matches:
        if match.table:
            counts = (match.confirmed, match.ambiguous, match.not_found)
            yield from zip(
                (f"{match.what}:{part}" for part in ("sure", "perhaps", "none")), HELD[match.what], counts, strict=True
            )


def parts_said(impact: Impact, words: Words) -> str:
    """Which part of the people is in view."""
    return "; ".join(words.of(part_said(code)) for code in impact.parts)


def only_said(impact: Impact, words: Words) -> str:
    """The same, with how many people there are in all."""
    return words("Only these people: {what} (of {n})", what=parts_said(impact, words), n=impact.among)


def part_said(code: str) -> Said:
    """A part of the people (see `assess.parts`), in words. Raises Trouble for a code that names none."""
    what, _, part = code.partition(":")
    try:
        return OF[what](part) if part or what in OF else (NAMES | PLACES)[what]
    except (KeyError, ValueError, StopIteration):
        said = say("No part of the people is called {code}: see the guide for what may be asked for.", code=code[:60])
        raise Trouble("part", said, BAD_ARGUMENTS) from None


def exactly(part: str) -> Said:
    """With some kinds, and without others."""
    held, _, lacking = part.partition("!")
    some, others = ([kinds()[kind].said for kind in text.split("+") if kind] for text in (held, lacking))
    if not others:
        return say("With {kinds}", kinds=listed(some))
    if not some:
        return say("Without {kinds}", kinds=listed(others))
    return say("With {kinds}, without {others}", kinds=listed(some), others=listed(others))


def aged(part: str) -> Said:
    first, _, sex = part.partition(":")
    low = int(first)
    if low % 5 or not 0 <= low <= OLDEST or sex not in ("", "f", "o"):
        raise ValueError
    band = f"{low}–{low + 4}" if low < OLDEST else f"{low}+"
    if not sex:
        return say("Ages {band}", band=band)
    return say("Women of {band} years", band=band) if sex == "f" else say("Men, or sex not known, of {band} years", band=band)


def placed(part: str) -> Said:
    if part == "none":
        return say("Without a known French postal code")
    return say("{name} ({code})", name=departments()[part]["name"], code=part)


def lived(part: str) -> Said:
    known = communes()[part]
    return say("{name} ({code})", name=known.name, code=known.department)


def sharing(part: str) -> Said:
    known = {label for *_, label in SIZES}
    if part not in known:
        raise ValueError
    if part == "1":
        return say("Alone in the file by birth date, sex and postal code")
    return say("{n} people share birth date, sex and postal code", n=part.replace("-", "–"))


def held(what: str, part: str) -> Said:
    return HELD[what][("sure", "perhaps", "none").index(part)]


def holding(said: Callable[[str, str], Said], part: str) -> Said:
    """What is asked of a column: its name or place, and what stands in it."""
    name, parted, text = part.partition("=")
    if not parted:
        raise ValueError
    name, text = printable(name), printable(text.strip())
    return said(name, text) if text else say("{column}: nothing", column=name)


def span(part: str) -> Said:
    """A range of numbers, or a single one. Raises Trouble where it is none."""
    low, high = ends(part, number)
    if low is None:
        return say("at most {n}", n=Score(high or 0))
    if high is None:
        return say("{n} and more", n=Score(low))
    return say("{low} to {high}", low=Score(low), high=Score(high)) if low < high else say("{n}", n=Score(low))


# What a code says before the colon -> the part in words, of what stands behind it.
OF: dict[str, Callable[[str], Said]] = {
    "role": lambda part: Role(part).said,
    "register": lambda part: held("register", part),
    "earlier": lambda part: held("earlier", part),
    "band": lambda part: say("Severity: {band}", band=Band(part).said),
    "channel": lambda part: say("Best channel: {channel}", channel=Channel(part).said),
    "tier": lambda part: TIERS[int(part)],
    "open": lambda part: say("{n} abuse open", "{n} abuses open", n=int(part)),
    "age": aged,
    "department": placed,
    "commune": lived,
    "class": sharing,
    "set": exactly,
    "split": lambda part: say("Of {name}", name=printable(part.split(":", 2)[2]) or "–"),
    "value": partial(holding, lambda column, held: say("{column}: {value}", column=column, value=held)),
    "text": partial(holding, lambda column, held: say("{column} holds “{value}”", column=column, value=held)),
    "range": partial(holding, lambda column, held: say("{column}: {value}", column=column, value=held.replace(BETWEEN, " … "))),
    "severity": lambda part: say("Severity: {range}", range=span(part)),
    "years": lambda part: say("Age: {range}", range=span(part)),
    "lines": lambda part: say("Rows: {range}", range=span(part)),
    "has": lambda part: say("With {kinds}", kinds=listed([kinds()[kind].said for kind in part.split("+")])),
}
