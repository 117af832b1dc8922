"""An impact in, what is said to the people concerned out (GDPR, Article 34): a letter, an e-mail and an SMS for each group of
people, a public notice, answers for the hotline, a line for the press. A letter that lacks one of the four things that Article
34(2) asks for is never called finished. What is said of the data, of what may follow and of what to do is of the group alone."""

from collections.abc import Iterator, Sequence

from analysis.assess import advice_of, all_scenarios, levels
from analysis.ground.words import Said, Words, listed, say
from analysis.handover.communes import in_communes
from analysis.handover.groups import NAMES, Audience, Group, everybody
from analysis.model import Impact, Incident
from analysis.model.codes import DutyState, Role
from analysis.render import Block, Document, Heading, Items, Paragraph
from analysis.report.front import made
from analysis.rules.kinds import kinds

MOST_ADVICE = 5
LONG, PLAIN = (
    306,
    134,
)  # signs of two messages in one: in the alphabet of SMS (GSM 03.38), and where another sign stands among them
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
FLAT = str.maketrans("’\u00a0\u202fêôîûçâëï", "'  eoiucaei")
OPEN_FROM = 1  # level of an abuse from which it is told
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
    Group.MINOR_BESIDE: say(
        "you receive this letter as the legal representative of a minor who stands in the file of somebody close, held by "
        "{controller}: the data about this minor were disclosed."
    ),
    Group.PROFESSIONAL: say("your professional data, held by {controller}, were disclosed."),
}
TITLES = {
    Group.ADULT: say("Disclosure of personal data about you"),
    Group.MINOR: say("Disclosure of personal data about a minor whom you represent"),
    Group.DECEASED: say("Disclosure of personal data about somebody whom you have lost"),
    Group.BESIDE: say("Disclosure of personal data about you"),
    Group.MINOR_BESIDE: say("Disclosure of personal data about a minor whom you represent"),
    Group.PROFESSIONAL: say("Disclosure of your professional data"),
}
SHORT = {
    Group.ADULT: say("{controller}: data about you were disclosed ({kinds}). Beware of messages in our name. {hotline}"),
    Group.MINOR: say("{controller}: data about your child were disclosed ({kinds}). Beware of messages in our name. {hotline}"),
    Group.DECEASED: say("{controller}: data about a relative whom you lost were disclosed ({kinds}). {hotline}"),
    Group.BESIDE: say(
        "{controller}: data about you, as a relative, were disclosed ({kinds}). Beware of messages in our name. {hotline}"
    ),
    Group.MINOR_BESIDE: say(
        "{controller}: data about your child were disclosed ({kinds}). Beware of messages in our name. {hotline}"
    ),
    Group.PROFESSIONAL: say("{controller}: your professional data were disclosed ({kinds}). {hotline}"),
}
HARMS = {
    "phishing": say("messages that imitate us or another body, and use what is known"),
    "sms_lure": say("SMS that ask for a payment or a code"),
    "phone_scam": say("calls by people who pretend to be a bank, a hospital or the police"),
    "identity_fraud": say("contracts or accounts opened under this identity"),
    "social_security_fraud": say("reimbursements asked for under this identity"),
    "account_takeover": say("access to accounts"),
    "blackmail": say("threats to reveal private information"),
    "unwanted_visit": say("unwanted visits at the address"),
    "sim_swap": say("the takeover of the phone number"),
}


def lacking(impact: Impact, told: Sequence[Audience]) -> tuple[Said, ...]:
    """What Article 34(2) asks for and nobody has declared: nature, contact, consequences, measures."""
    found, incident = list[Said](), impact.incident
    if not incident.controller or incident.template:
        found.append(say("the name of the controller"))
    if not incident.circumstances:
        found.append(say("what happened, in plain words (nature of the breach)"))
    if not incident.dpo_contact and not incident.hotline:
        found.append(say("where people can ask (contact)"))
    if not any(item.kinds for item in told):
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
    title = words.of(TITLES[audience.group])
    return made(impact, words, title, blocks, missing=lacking(impact, [audience]), letter=True)


def what_happened(incident: Incident, words: Words) -> Iterator[Block]:
    if incident.breach_date:
        yield Paragraph(words("It happened on {day}.", day=incident.breach_date))
    yield Paragraph(incident.circumstances or words("[what happened]"))


def said_kinds(audience: Audience, words: Words) -> str:
    if not audience.kinds:
        return words("[data]")
    said = words.of(listed([kinds()[code].said for code in audience.kinds]))
    return f"{said}; {words('in free text')} : {', '.join(words(label) for label in audience.texts)}" if audience.texts else said


def open_ones(impact: Impact, audience: Audience) -> list[int]:
    """Of each scenario, the level that the data of the group open by themselves."""
    return list(levels(audience.flags, audience.seen(impact.incident)))


def harms(impact: Impact, audience: Audience) -> list[Said]:
    if audience.group is Group.DECEASED:
        return [say("use of the data of this person by strangers")]
    found = zip(open_ones(impact, audience), all_scenarios(), strict=True)
    named = [HARMS[item.code] for level, item in found if level >= OPEN_FROM and item.code in HARMS]
    return named or [say("messages that imitate us or another body, and use what is known")]


def what_may_happen(impact: Impact, audience: Audience, words: Words) -> Iterator[Block]:
    yield Paragraph(words("What may follow:"))
    yield Items(tuple(words.of(said) for said in harms(impact, audience)))


def what_was_done(incident: Incident, words: Words) -> Iterator[Block]:
    yield Paragraph(words("What was done:"))
    yield Items(incident.measures or (words("[measures taken]"),))
    if incident.notified not in ("", "no"):
        yield Paragraph(words("The data protection authority was told."))


def what_to_do(impact: Impact, audience: Audience, words: Words) -> Iterator[Block]:
    if audience.group is Group.DECEASED:
        return
    flags = frozenset({"minor"}) if audience.group in (Group.MINOR, Group.MINOR_BESIDE) else frozenset[str]()
    flags |= {"password"} if "password" in audience.kinds else frozenset()
    roles = (Role.TRUSTED,) if audience.group in (Group.BESIDE, Group.PROFESSIONAL) else ()
    found = sorted(zip(open_ones(impact, audience), all_scenarios(), strict=True), key=lambda pair: -pair[0])
    told = [text for level, item in found if level and (text := advice_of(item, flags, roles))]
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
    """At most two messages long: kinds of data are left out, then the controller's name is shortened; where to ask stays."""
    incident = impact.incident
    where = (incident.hotline or incident.dpo_contact or words("[contact]"))[:80]
    names = [words.of(kinds()[code].said).lower() for code in audience.kinds]
    who = incident.controller or words("[controller]")
    texts = [
        words(
            SHORT[audience.group].text,
            controller=name,
            kinds=", ".join(names[:n]) + (", ..." if n < len(names) else ""),
            hotline=where,
        )
        for name in (who, who[:40], who[:15])
        for n in range(min(len(names), 4), -1, -1)
    ]
    flat = [text.translate(FLAT) for text in texts]
    return next((text for text in flat if len(text) <= (LONG if set(text) <= GSM else PLAIN)), f"{who[:15]} : {where}")


def message(impact: Impact, audience: Audience, words: Words) -> Document:
    """The SMS as a document of its own: nothing but its text."""
    missing = lacking(impact, [audience])
    return made(impact, words, "", [Paragraph(sms(impact, audience, words))], missing=missing, letter=True, bare=True)


def notice(impact: Impact, told: Sequence[Audience], words: Words) -> Document:
    """The public communication of Article 34(3)(c): for those whom no message reaches."""
    incident, whole = impact.incident, everybody(impact, told)
    most = sorted((place for place in impact.census.places if place.people), key=lambda place: -place.people)
    blocks: list[Block] = [
        Paragraph(
            words(
                "Personal data of about {n} person, held by {controller}, were disclosed.",
                "Personal data of about {n} people, held by {controller}, were disclosed.",
                n=impact.people.best,
                controller=incident.controller or words("[controller]"),
            )
        ),
        *what_happened(incident, words),
        Paragraph(words("Data concerned: {kinds}. All of them, or some.", kinds=said_kinds(whole, words))),
        *what_may_happen(impact, whole, words),
        *what_was_done(incident, words),
        *what_to_do(impact, whole, words),
        Paragraph(contact(incident, words)),
    ]
    if most:
        blocks.append(Heading(words("Where most of them live")))
        blocks.append(Items(tuple(f"{place.name} ({place.code})" for place in most[:20])))
    if communes := impact.census.communes:
        blocks += in_communes(communes, words)
    return made(impact, words, words("Notice to the public"), blocks, missing=lacking(impact, told))


def hotline(impact: Impact, told: Sequence[Audience], words: Words) -> Document:
    """What who answers the phone says, and does not."""
    incident = impact.incident
    blocks: list[Block] = [
        Heading(words("Before anything else")),
        Items(
            (
                words("Never ask for a password, a code, a bank account or a payment."),
                words("Never read out data of the file: say which kinds leaked, not their values."),
                words("Note the question, the day and the hour; pass on to the officer what is asked of Articles 15 to 22."),
            )
        ),
        Heading(words("“Are my data concerned?”")),
        Paragraph(
            words(
                "Do not say it on the phone: whoever holds the leak knows name and birth date too. Look the caller up (Find a "
                "person) and answer by the address, e-mail or number that you already have of this person."
            )
        ),
        Heading(words("“Which data?”")),
        Items(tuple(f"{words(NAMES[item.group])} ({words.number(item.people)}) : {said_kinds(item, words)}" for item in told)),
        Heading(words("“What happened?”")),
        Paragraph(incident.circumstances or words("[what happened]")),
        Heading(words("“What should I do?”")),
        *(block for item in told for block in advised(impact, item, words)),
        Heading(words("“Whom can I complain to?”")),
        Paragraph(words("To our data protection officer, then to the authority (in France the CNIL), or to the police.")),
    ]
    return made(impact, words, words("Answers for the hotline"), blocks, missing=lacking(impact, told))


def advised(impact: Impact, audience: Audience, words: Words) -> Iterator[Block]:
    """What a group can do, under its name."""
    if found := list(what_to_do(impact, audience, words)):
        yield Heading(words(NAMES[audience.group]), 2)
        yield from found[1:]


def press(impact: Impact, told: Sequence[Audience], words: Words) -> Document:
    """A line that says no more than what is known."""
    incident = impact.incident
    states = impact.verdict.states
    blocks: list[Block] = [
        Paragraph(
            words(
                "{controller} has found that personal data of about {n} person were disclosed.",
                "{controller} has found that personal data of about {n} people were disclosed.",
                controller=incident.controller or words("[controller]"),
                n=impact.people.best,
            )
        ),
        Paragraph(incident.circumstances or words("[what happened]")),
        *what_was_done(incident, words),
    ]
    if incident.informed:
        blocks.append(Paragraph(words("The people concerned were told on {day}.", day=incident.informed)))
    elif states.get("people") is DutyState.DUE:
        blocks.append(Paragraph(words("The people concerned will be told.")))
    blocks.append(Paragraph(contact(incident, words)))
    return made(impact, words, words("Line for the press"), blocks, missing=lacking(impact, told))
