"""An impact in, what is said to the people concerned out (GDPR, Article 34): a letter, an e-mail and an SMS for each group of
people, a public notice, answers for the hotline, a line for the press. A letter that lacks one of the four things that Article
34(2) asks for is never called finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.assess import advice_of, all_scenarios
from analysis.ground.words import Said, Words, listed, mark, say
from analysis.model import Impact, Incident
from analysis.model.codes import Role
from analysis.render import Block, Document, Heading, Items, Paragraph
from analysis.report.front import made
from analysis.resolve.gather import groups
from analysis.rules.kinds import kinds

MOST_ADVICE = 5
SMS = 306  # signs of two messages in one
LEAST_OPEN = 2  # level of an abuse from which advice is given


class Group(StrEnum):
    """Whom a letter is for."""

    ADULT = "adult"
    MINOR = "minor"  # to her representative
    DECEASED = "deceased"  # to the relatives
    BESIDE = "beside"  # who stands beside the subject in her row: trusted person, relative, payer
    PROFESSIONAL = "professional"


NAMES = {
    Group.ADULT: mark("the people concerned"),
    Group.MINOR: mark("the representatives of minors"),
    Group.DECEASED: mark("the relatives of the deceased"),
    Group.BESIDE: mark("trusted persons and relatives"),
    Group.PROFESSIONAL: mark("professionals"),
}
WORKING = frozenset({Role.PROFESSIONAL, Role.STAFF})
OPENING = {
    Group.ADULT: say("we must tell you that personal data about you, held by {controller}, were disclosed."),
    Group.MINOR: say(
        "you receive this letter as the legal representative of a minor: personal data about her or him, held by {controller}, "
        "were disclosed."
    ),
    Group.DECEASED: say(
        "we are sorry to write to you about somebody whom you have lost: personal data about this person, held by "
        "{controller}, were disclosed."
    ),
    Group.BESIDE: say(
        "somebody who is followed by {controller} named you as a person to be told, or as a relative: the data about you that "
        "were held with hers or his were disclosed."
    ),
    Group.PROFESSIONAL: say("your professional data, held by {controller}, were disclosed."),
}
SHORT = {
    Group.ADULT: say("{controller}: data about you were disclosed ({kinds}). Beware of messages in our name. {hotline}"),
    Group.MINOR: say("{controller}: data about your child were disclosed ({kinds}). Beware of messages in our name. {hotline}"),
    Group.DECEASED: say("{controller}: data about a relative whom you lost were disclosed ({kinds}). {hotline}"),
    Group.BESIDE: say(
        "{controller}: data about you, as a relative, were disclosed ({kinds}). Beware of messages in our name. {hotline}"
    ),
    Group.PROFESSIONAL: say("{controller}: your professional data were disclosed ({kinds}). {hotline}"),
}
HARMS = {
    "phishing": say("messages that imitate us or another body, and use what is known of you"),
    "sms_lure": say("SMS that ask for a payment or a code"),
    "phone_scam": say("calls by people who pretend to be a bank, a hospital or the police"),
    "identity_fraud": say("contracts or accounts opened in your name"),
    "social_security_fraud": say("reimbursements asked for in your name"),
    "account_takeover": say("access to your accounts"),
    "blackmail": say("threats to reveal private information"),
    "unwanted_visit": say("unwanted visits at your address"),
    "sim_swap": say("the takeover of your phone number"),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """A group, how many people it has, and the kinds of data that leaked of it."""

    group: Group
    people: int
    kinds: tuple[str, ...]


def audiences(impact: Impact) -> tuple[Audience, ...]:
    """Those of whom there is anybody, each with what leaked of it alone: of a trusted person, her name and phone, not the
    patient's diagnosis."""
    held = {Group.ADULT: list[str](), Group.BESIDE: list[str](), Group.PROFESSIONAL: list[str]()}
    for seat in groups(impact.people.exposure):
        held[group_of(seat.role)] += [item.kind for item in seat.exposure.fields if item.valid and item.kind in kinds()]
    subjects = tuple(dict.fromkeys(held[Group.ADULT]))
    there = impact.verdict.reach
    counted = dict.fromkeys(Group, 0)
    for item in impact.people.roles:
        counted[group_of(item.role)] += item.best
    minors, gone = impact.verdict.minors, there.deceased
    adults = counted[Group.ADULT] if impact.people.roles else impact.people.best
    counted |= {Group.ADULT: max(adults - minors - gone, 0), Group.MINOR: minors, Group.DECEASED: gone}
    of = {Group.ADULT: subjects, Group.MINOR: subjects, Group.DECEASED: subjects} | {
        group: tuple(dict.fromkeys(held[group])) for group in (Group.BESIDE, Group.PROFESSIONAL)
    }
    return tuple(Audience(group, counted[group], of[group]) for group in Group if counted[group])


def group_of(role: Role) -> Group:
    if role is Role.SUBJECT:
        return Group.ADULT
    return Group.PROFESSIONAL if role in WORKING else Group.BESIDE


def lacking(impact: Impact) -> tuple[Said, ...]:
    """What Article 34(2) asks for and nobody has declared: nature, contact, consequences, measures."""
    found, incident = list[Said](), impact.incident
    if not incident.controller or incident.template:
        found.append(say("the name of the controller"))
    if not incident.circumstances:
        found.append(say("what happened, in plain words (nature of the breach)"))
    if not incident.dpo_contact and not incident.hotline:
        found.append(say("where people can ask (contact)"))
    if not any(harms(impact, item) for item in audiences(impact)):
        found.append(say("the likely consequences"))
    if not incident.measures:
        found.append(say("the measures taken"))
    return tuple(found)


def letter(impact: Impact, audience: Audience, words: Words) -> Document:
    """For the post, and as an e-mail."""
    incident = impact.incident
    blocks: list[Block] = [
        Paragraph(words("Dear Sir or Madam,")),
        Paragraph(words(OPENING[audience.group].text, controller=incident.controller or words("[controller]"))),
        *what_happened(incident, words),
        Paragraph(words("Data concerned: {kinds}. All of them, or some.", kinds=said_kinds(audience, words))),
        *what_may_happen(impact, audience, words),
        *what_was_done(incident, words),
        *what_to_do(impact, audience, words),
        Paragraph(contact(incident, words)),
        Paragraph(words("We are sorry for what this disclosure may cause.")),
        Paragraph(incident.controller or words("[controller]")),
    ]
    return made(impact, words, words("Disclosure of personal data about you"), blocks, missing=lacking(impact), letter=True)


def what_happened(incident: Incident, words: Words) -> Iterator[Block]:
    if incident.breach_date:
        yield Paragraph(words("It happened on {day}.", day=incident.breach_date))
    yield Paragraph(incident.circumstances or words("[what happened]"))


def said_kinds(audience: Audience, words: Words) -> str:
    return words.of(listed([kinds()[code].said for code in audience.kinds])) if audience.kinds else words("[data]")


def harms(impact: Impact, audience: Audience) -> list[Said]:
    """What the data of the file open at a serious or grave level for somebody."""
    if audience.group is Group.DECEASED:
        return [say("use of the data of this person by strangers")]
    return [HARMS[code] for code, _, serious, grave in impact.verdict.scenarios if serious + grave and code in HARMS]


def what_may_happen(impact: Impact, audience: Audience, words: Words) -> Iterator[Block]:
    if found := harms(impact, audience):
        yield Paragraph(words("What may follow:"))
        yield Items(tuple(words.of(said) for said in found))


def what_was_done(incident: Incident, words: Words) -> Iterator[Block]:
    yield Paragraph(words("What was done:"))
    yield Items(incident.measures or (words("[measures taken]"),))
    if incident.notified not in ("", "no"):
        yield Paragraph(words("The data protection authority was told."))


def what_to_do(impact: Impact, audience: Audience, words: Words) -> Iterator[Block]:
    if audience.group is Group.DECEASED:
        return
    flags = frozenset({"minor"}) if audience.group is Group.MINOR else frozenset[str]()
    flags |= {"password"} if "password" in audience.kinds else frozenset()
    roles = (Role.TRUSTED,) if audience.group is Group.BESIDE else ()
    order = {code: grave * 2 + serious for code, _, serious, grave in impact.verdict.scenarios if serious + grave}
    told = [
        text
        for item in sorted(all_scenarios(), key=lambda item: -order.get(item.code, 0))
        if item.code in order and (text := advice_of(item, flags, roles))
    ]
    if told:
        yield Paragraph(words("What you can do:"))
        yield Items(tuple(words(text) for text in told[:MOST_ADVICE]))


def contact(incident: Incident, words: Words) -> str:
    told = [
        *([words("Your questions: {where}.", where=incident.hotline)] if incident.hotline else []),
        *([words("Data protection officer: {who}.", who=officer(incident))] if incident.dpo or incident.dpo_contact else []),
    ]
    return " ".join(told) or words("[contact]")


def officer(incident: Incident) -> str:
    return ", ".join(part for part in (incident.dpo, incident.dpo_contact) if part)


def sms(impact: Impact, audience: Audience, words: Words) -> str:
    """At most two messages long; what does not fit is on the page that it names."""
    incident = impact.incident
    where = incident.hotline or incident.dpo_contact or words("[contact]")
    names = [words.of(kinds()[code].said).lower() for code in audience.kinds]
    texts: list[str] = []
    for n in range(min(len(names), 4), -1, -1):
        told = ", ".join(names[:n]) + (", …" if n < len(names) else "")
        who = incident.controller or words("[controller]")
        texts.append(words(SHORT[audience.group].text, controller=who, kinds=told, hotline=where))
    return next((text for text in texts if len(text) <= SMS), texts[-1][:SMS])


def message(impact: Impact, audience: Audience, words: Words) -> Document:
    """The SMS as a document of its own."""
    said = f"SMS: {words(NAMES[audience.group])}"
    return made(impact, words, said, [Paragraph(sms(impact, audience, words))], missing=lacking(impact), letter=True)


def notice(impact: Impact, words: Words) -> Document:
    """The public communication of Article 34(3)(c): for those whom no message reaches."""
    incident = impact.incident
    everybody = Audience(
        Group.ADULT, impact.people.best, tuple(dict.fromkeys(kind for item in audiences(impact) for kind in item.kinds))
    )
    most = sorted((place for place in impact.census.places if place.people), key=lambda place: -place.people)
    blocks: list[Block] = [
        Paragraph(
            words(
                "Personal data of about {n} people, held by {controller}, were disclosed.",
                n=impact.people.best,
                controller=incident.controller or words("[controller]"),
            )
        ),
        *what_happened(incident, words),
        Paragraph(words("Data concerned: {kinds}. All of them, or some.", kinds=said_kinds(everybody, words))),
        *what_may_happen(impact, everybody, words),
        *what_was_done(incident, words),
        *what_to_do(impact, everybody, words),
        Paragraph(contact(incident, words)),
    ]
    if most:
        blocks.append(Heading(words("Where most of them live")))
        blocks.append(Items(tuple(f"{place.name} ({place.code})" for place in most[:20])))
    return made(impact, words, words("Notice to the public"), blocks, missing=lacking(impact))


def hotline(impact: Impact, words: Words) -> Document:
    """What who answers the phone says, and does not."""
    incident = impact.incident
    told = audiences(impact)
    blocks: list[Block] = [
        Heading(words("Before anything else")),
        Items(
            (
                words("Never ask for a password, a code, a bank account or a payment."),
                words("Never read out data of the file: say which kinds leaked, not their values."),
                words(
                    "Note the question, the day and the hour; pass on to the officer what is asked of rights (Articles 15 to 22)."
                ),
            )
        ),
        Heading(words("“Are my data concerned?”")),
        Paragraph(
            words(
                "About {n} people are. Look the caller up by name and birth date (Find a person); answer yes only where both "
                "agree, and offer to write to the address that is known.",
                n=impact.people.best,
            )
        ),
        Heading(words("“Which data?”")),
        Items(tuple(f"{words(NAMES[item.group])} ({words.number(item.people)}) : {said_kinds(item, words)}" for item in told)),
        Heading(words("“What happened?”")),
        Paragraph(incident.circumstances or words("[what happened]")),
        Heading(words("“What should I do?”")),
        *(block for item in told[:1] for block in what_to_do(impact, item, words)),
        Heading(words("“Whom can I complain to?”")),
        Paragraph(
            words(
                "To our data protection officer, then to the authority (in France the CNIL); a complaint to the police is free."
            )
        ),
    ]
    return made(impact, words, words("Answers for the hotline"), blocks, missing=lacking(impact))


def press(impact: Impact, words: Words) -> Document:
    """A line that says no more than what is known."""
    incident = impact.incident
    blocks: list[Block] = [
        Paragraph(
            words(
                "{controller} has found that personal data of about {n} people were disclosed.",
                controller=incident.controller or words("[controller]"),
                n=impact.people.best,
            )
        ),
        Paragraph(incident.circumstances or words("[what happened]")),
        *what_was_done(incident, words),
        Paragraph(words("The people concerned are told one by one. {contact}", contact=contact(incident, words))),
    ]
    return made(impact, words, words("Line for the press"), blocks, missing=lacking(impact))
