"""An impact in, what of the EDPB's form the leak or the incident knows out, section by section: nothing that nobody declared, but
what is marked as assumed."""

from collections.abc import Iterator

from analysis.assess import country_said
from analysis.assess.severity import declared
from analysis.declare.moments import moment
from analysis.ground.words import Words, listed, mark, say
from analysis.handover.form import ASSUMED, INCIDENT, LEAK, METHOD, Answer, blank, chosen, option, texted
from analysis.model import Impact
from analysis.model.codes import DutyState, Role
from analysis.report.front import categories_said, kinds_exposed, sentence, told_categories
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.papers import Notification

LASTING = 0.5  # of a loss of integrity or availability: for good
# Kinds of data by how grave their disclosure is (letters of field 70), the gravest first.
GRAVEST = "kjcdhgefimqnslopabru"
SEVERITIES = {"low": "a", "medium": "b", "high": "c", "very_high": "c"}
APART = mark("{one}; {other}")
FOUND_BY = {"controller": "a", "processor": "b", "subject": "c", "external": "d", "press": "e", "other": "f"}


def filled(impact: Impact, words: Words) -> Iterator[Answer]:
    yield from who(impact)
    yield from when(impact, words)
    yield from what(impact)
    yield from whom(impact, words)
    yield from how_bad(impact, words)
    yield from told(impact, words)


def who(impact: Impact) -> Iterator[Answer]:
    """Section 1 and 2: the controller, its officer, other parties."""
    incident = impact.incident
    yield from texted(7, incident.reference)
    yield from texted(12, "" if incident.template else incident.controller)
    yield from texted(13, incident.contact_details)
    if incident.dpo:
        yield from texted(21, incident.dpo)
        yield from texted(22, incident.dpo_contact)
        yield chosen(23, "a", INCIDENT)
        yield Answer(29, "yes", "yes", INCIDENT)
        yield from texted(30, incident.dpo)
        yield from texted(31, incident.dpo_contact)
        yield chosen(33, "a", INCIDENT)
    yield chosen(38, "a", INCIDENT) if incident.processors else chosen(38, "b", ASSUMED)
    others = "; ".join(incident.processors) or "-"
    for number in (39, 40, 41):  # one text of the incident tells name, quality and contact
        yield Answer(number, others, others, INCIDENT if incident.processors else ASSUMED)


def when(impact: Impact, words: Words) -> Iterator[Answer]:
    """Section 3.1: the course of events."""
    incident = impact.incident
    if incident.started and incident.ended:
        yield chosen(44, "b", INCIDENT)
    elif incident.breach_date and not incident.started:
        yield chosen(44, "a", INCIDENT)
        yield Answer(45, True, words("yes"), INCIDENT)
    else:
        yield chosen(44, "e", INCIDENT)
    for number, text in ((46, incident.started), (47, incident.ended), (48, incident.aware)):
        if text:
            at = moment(text, incident.time_zone)
            yield Answer(number, at.isoformat(), at.isoformat(sep=" ", timespec="minutes"), INCIDENT)
    if not incident.started and incident.breach_date:
        yield Answer(46, f"{incident.breach_date.isoformat()}T00:00:00Z", words.day(incident.breach_date), INCIDENT)
    yield from texted(49, incident.late)
    if incident.found_by:
        yield chosen(50, FOUND_BY[incident.found_by], INCIDENT)
    yield from texted(51, incident.discovery)


def what(impact: Impact) -> Iterator[Answer]:
    """Section 3.2: the breach."""
    incident, rules = impact.incident, load(Notification)
    yield chosen(55, "a", LEAK)
    yield chosen(56, "a", LEAK)
    yield chosen(57, "a", INCIDENT) if incident.unintelligible else chosen(57, "c", LEAK)
    if incident.integrity:
        yield chosen(58, "b" if incident.integrity < LASTING else "c", INCIDENT)
        yield chosen(81, "d", METHOD)
    if incident.availability:
        yield chosen(59, "a" if incident.availability < LASTING else "b", INCIDENT)
        yield chosen(83, "d", METHOD)
    yield chosen(60, rules.incidents[incident.cause], INCIDENT)
    inside = incident.cause == "insider"
    letter = {None: "e", True: "b" if inside else "d", False: "a"}[incident.malicious]
    yield chosen(61, letter, INCIDENT)
    yield from texted(62, incident.circumstances)
    yield from texted(63, incident.systems)
    if incident.before:
        yield chosen(75, "l", INCIDENT)
        yield from texted(76, "; ".join(incident.before))


def whom(impact: Impact, words: Words) -> Iterator[Answer]:
    """Sections 3.3 and 3.4: people and data, counted."""
    rules, people, leak = load(Notification), impact.people, impact.people.exposure.leak
    category = next((letter for letter, natures in rules.natures.items() if impact.incident.nature in natures), "k")
    yield chosen(65, category, INCIDENT)
    subjects = next((item.best for item in people.roles if item.role is Role.SUBJECT), people.best)
    counted = [(say(option(65, category)), subjects)]
    counted += [(say(option(65, "d")), impact.verdict.minors)] if impact.verdict.minors else []
    counted += [(item.role.said, item.best) for item in people.roles if item.role is not Role.SUBJECT]
    told = words.of(listed([say("{name}: {n}", name=name, n=n) for name, n in counted], apart=APART))
    yield Answer(66, told, told, LEAK)
    exact = people.low == people.high == people.best
    between = words("{n} (between {low} and {high})", n=people.best, low=people.low, high=people.high)
    yield chosen(67, "a" if exact else "b", LEAK)
    yield Answer(68, people.best, between, LEAK)
    by_letter = {code: letter for letter, codes in rules.kinds.items() for code in codes}
    in_texts = {rules.categories[code]: code for code in told_categories(impact) if code in rules.categories}
    found = {by_letter[code] for code in kinds_exposed(impact) if code in by_letter} | set(in_texts)
    letters = sorted(found, key=GRAVEST.index)
    yield chosen(70, letters[0] if letters else "t", LEAK)
    of = {letter: [code for code in kinds_exposed(impact) if by_letter.get(code) == letter] for letter in letters}
    named = {letter: ", ".join(words.of(kinds()[code].said) for code in codes) for letter, codes in of.items()}
    if in_texts:
        named = {letter: told or words("in free text") for letter, told in named.items()}
    parts = [say("{what}: {told}", what=say(option(70, letter)), told=told) for letter, told in named.items()]
    if in_texts:
        parts.append(say("{what}: {told}", what=say("in free text"), told=categories_said(impact, words)))
    data = words.of(listed(parts, apart=APART)) if parts else "-"
    yield Answer(71, data, data, LEAK)
    yield chosen(72, "a", LEAK)
    yield Answer(73, leak.rows, words.number(leak.rows), LEAK)
    yield from lived(impact, words)


def lived(impact: Impact, words: Words) -> Iterator[Answer]:
    """Section 6.2: the countries of the EEA in which people live, and how many; those outside, and of whom it is not known."""
    every = impact.census.countries or ()
    here = [(code, n) for code, n in every if code in load(Notification).eea]
    if not here:
        return
    within, known = sum(n for _, n in here), sum(n for _, n in every)
    named = {code: country_said(code, words.language) for code, _ in here}
    parts = [say("{name}: {n}", name=named[code], n=n) for code, n in here]
    if known > within:
        parts.append(say("outside the EEA: {n}", n=known - within))
    if impact.people.best > known:
        parts.append(say("not known: {n}", n=impact.people.best - known))
    yield Answer(116, ", ".join(named), ", ".join(named.values()), LEAK)
    yield Answer(117, within, words.of(listed(parts, apart=APART)), LEAK)


def how_bad(impact: Impact, words: Words) -> Iterator[Answer]:
    """Section 4: consequences, risk, measures. Three levels for ENISA's four: a public proposal, not the EDPB's."""
    incident, rules, verdict = impact.incident, load(Notification), impact.verdict
    yield chosen(79, "b", METHOD)
    impacts = ["a", *dict.fromkeys(rules.impacts[code] for code, _, serious, grave in verdict.scenarios if serious + grave)]
    yield chosen(85, impacts[1] if len(impacts) > 1 else "a", METHOD)
    named = words.of(listed([say(option(85, letter)) for letter in impacts], apart=APART))
    yield Answer(86, named, named, METHOD)
    known = declared(incident)
    yield chosen(87, SEVERITIES[verdict.declared.band] if known else "d", METHOD)
    states = verdict.states
    high, some = states.get("people") is DutyState.DUE, states.get("authority") in (DutyState.DUE, DutyState.DONE)
    if known and "authority" in states:
        yield chosen(89, "a" if high else "b" if some else "c", METHOD)
    reasons = "\n".join(words.of(said) for said in (sentence(impact), *verdict.severity.reasons, *verdict.flags))
    yield Answer(90, reasons, reasons, METHOD)
    yield from texted(92, "\n".join(incident.measures))
    if incident.prevention:
        yield chosen(94, "o", INCIDENT)
        yield from texted(95, "\n".join(incident.prevention))


def reached(impact: Impact, words: Words) -> Iterator[Answer]:
    """Whether the messages reached everybody: that somebody has an address does not say that she was told."""
    people, told = impact.people.best, impact.incident.informed_people
    if not told:
        yield blank(102, words)
        yield blank(104, words)
        return
    yield chosen(102, "a" if told >= people else "b", INCIDENT)
    if told < people:
        why = words(
            "Messages reached {n} of {people} people; the others have no valid contact, or theirs came back.",
            n=told,
            people=people,
        )
        yield Answer(103, why, why, INCIDENT)
    yield chosen(104, "a", INCIDENT)


def told(impact: Impact, words: Words) -> Iterator[Answer]:
    """Sections 4.4 to 7: who else was told, borders, attachments."""
    incident, reach = impact.incident, impact.verdict.reach
    states = impact.verdict.states
    if incident.informed:
        yield chosen(97, "a", INCIDENT)
        yield Answer(98, incident.informed.isoformat(), words.day(incident.informed), INCIDENT)
        yield from reached(impact, words)
        yield blank(106, words)
        if reach.none and not incident.informed_people:
            why = words(
                "{n} person has no valid e-mail, phone or address in the file; a public notice is for her.",
                "{n} people have no valid e-mail, phone or address in the file; a public notice is for them.",
                n=reach.none,
            )
            yield Answer(103, why, why, LEAK)
    else:
        told_later = {DutyState.DUE: "b", DutyState.NOT_DUE: "d"} if declared(incident) else {}
        yield chosen(97, told_later.get(states.get("people", DutyState.OPEN), "c"), METHOD)
    yield chosen(109, {None: "c", True: "a", False: "b"}[incident.police], INCIDENT)
    yield chosen(110, "a" if incident.authorities else "c", INCIDENT)
    yield from texted(111, "; ".join(incident.authorities))
    yield chosen(113, "c", ASSUMED)
    yield chosen(120, "b", ASSUMED)
    yield chosen(125, "b", METHOD)
